"""Progress on standard error: a bar, the rate and the time left on a terminal; silence in files, pipes and CI."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


def lively() -> bool:
    """Whether somebody watches standard error."""
    return sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


def rate(lines: float | None) -> str:
    """Demand lines a second; nothing as long as it is not known."""
    if not lines:
        return ""
    size, unit = (1e6, " M") if lines >= 1e6 else (1e3, " k") if lines >= 1e3 else (1.0, "")
    scaled = lines / size
    return f"{scaled:.{1 if scaled < 9.95 else 0}f}{unit} lines/s"


def time_left(seconds: float | None) -> str:
    """`40 s left`, `12 min left`, `3.5 h left`; nothing as long as it is not known."""
    if seconds is None:
        return ""
    if seconds < 99.5:
        return f"{seconds:.0f} s left"
    if seconds < 99.5 * 60:
        return f"{seconds / 60:.0f} min left"
    return f"{seconds / 3600:.1f} h left"


@contextmanager
def watching(quiet: bool, what: str = "simulating") -> Iterator[Callable[[int, int], None] | None]:
    """A function (done, of) in demand lines that moves the bar; None where nobody watches. The bar leaves no trace."""
    if quiet or not lively():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, Task, TaskProgressColumn, TextColumn
    from rich.text import Text

    class Pace(TextColumn):
        """How fast, and how much longer."""

        def render(self, task: Task) -> Text:
            told = (rate(task.speed), time_left(task.time_remaining))
            return Text(", ".join(each for each in told if each))

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), Pace(""))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("getting ready", total=None)

        def move(done: int, of: int) -> None:
            told = what if done < of else "measuring, writing the report"
            progress.update(task, description=told, completed=done, total=of)

        yield move


def remark(text: str, quiet: bool) -> None:
    """A remark on standard error."""
    if not quiet:
        click.echo(text, err=True)
