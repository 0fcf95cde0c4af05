"""`python -m simnet` is the command `simnet`."""

from simnet.cli import main

main()
