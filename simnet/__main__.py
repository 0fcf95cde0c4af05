"""The command `simnet`, also as `python -m simnet`: what the program does that a library should not.

It looks for garbage less often than Python would, and leaves without taking its modules apart: half a second.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress

from simnet.process import process

GARBAGE = 20_000
"""Objects made between two looks for garbage."""


class Ending:
    """Ends the process at once, after everything else that is to be done at the end."""

    code: int | None = None
    """The exit code, once the program knows it."""

    def leave(self) -> None:
        """End, if the program came to its own end and what it printed is out."""
        with suppress(OSError, ValueError, AttributeError):
            sys.stdout.flush()
            sys.stderr.flush()
            if self.code is not None:
                os._exit(self.code)


def run() -> None:
    """Run the command line of this process and end it."""
    gc.set_threshold(GARBAGE)
    ending = Ending()
    atexit.register(ending.leave)  # the first to be registered is the last to be called
    from simnet.cli import main

    process.ends = True
    try:
        main()
    except SystemExit as error:
        ending.code = error.code if isinstance(error.code, int) else None
        raise


if __name__ == "__main__":
    run()
