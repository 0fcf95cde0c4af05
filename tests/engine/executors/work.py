"""Work for the tests of executors: importable by every worker."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def square(number: int) -> int:
    """Return the square; a negative number is poison."""
    if number < 0:
        raise ValueError(f"{number} is poison")
    return number * number


def slow(seconds: float) -> float:
    """Return after some seconds."""
    time.sleep(seconds)
    return seconds


def die(number: int) -> int:
    """Return the number, but take the worker down at 3."""
    if number == 3:
        os._exit(9)
    return number


def die_once(task: tuple[int, str]) -> int:
    """Return the number, but take the worker down the first time that a marked task is tried."""
    number, mark = task
    if mark and not Path(mark).exists():
        Path(mark).touch()
        os._exit(9)
    return number


def leave(number: int) -> int:
    """Leave the interpreter, as no task should."""
    sys.exit(number)


def printing(number: int) -> int:
    """Return the number, and print where nobody should be hurt by it."""
    print("printed by a task", number)
    os.write(1, b"written by a task\n")
    return number


def process(_: int) -> int:
    """Return the number of the process that does it."""
    time.sleep(0.2)
    return os.getpid()
