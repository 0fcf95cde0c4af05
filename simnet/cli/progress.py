"""Progress on standard error: a bar on a terminal, silence elsewhere (files, pipes, CI)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


def lively() -> bool:
    """Whether somebody watches standard error."""
    return sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


@contextmanager
def watching(quiet: bool, what: str = "simulating") -> Iterator[Callable[[int, int], None] | None]:
    """A function (done, of) that moves the bar; None where nobody watches. The bar leaves no trace."""
    if quiet or not lively():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
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
