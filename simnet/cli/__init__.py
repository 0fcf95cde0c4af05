"""The command line: one verb a file, each thin over the API."""

from simnet.cli.program import main

__all__ = ["main"]
