"""How bad news is told: a wrong input as it was found, a mistake of ours in three lines."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import click

from simnet.errors import SimnetError, clean

OURS = 3
"""The exit code of a mistake of ours."""


class AfterRun(SimnetError):
    """Something wrong after the work was done and kept."""

    closing = "The result is kept."


def colored() -> bool:
    """Whether color suits standard error."""
    return sys.stderr.isatty() and "NO_COLOR" not in os.environ


def complain(error: SimnetError) -> None:
    """Print what is wrong with the analyst's input, and what it means for the work."""
    text = str(error)
    red = click.style("error:", fg="red", bold=True) if colored() else "error:"
    lines = [red + line[6:] if line.startswith("error:") else line for line in text.split("\n")]
    click.echo("\n".join(lines), err=True)


def apologize(error: Exception, debug: bool) -> int:
    """Own up to a mistake of ours, in full with `--debug`; the exit code."""
    from simnet.provenance import simnet_version

    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True)
    name = type(error).__name__
    lines = [f"simnet made a mistake, sorry: {name}: {clean(str(error), 300)}"]
    lines.append(f"  {place(error)}simnet {simnet_version()}")
    if not debug:
        lines.append("  The same command with --debug tells all; please send it to us with your file.")
    click.echo("\n".join(lines), err=True)
    return OURS


def place(error: Exception) -> str:
    """The last line of our own code that was passed: `network/build.py:41 in build, `."""
    ours = Path(__file__).parents[1]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(ours):
            file = Path(frame.filename).relative_to(ours).as_posix()
            return f"at {file}:{frame.lineno} in {frame.name}, "
    return ""
