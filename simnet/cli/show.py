"""`simnet show FILE`: what was understood."""

from __future__ import annotations

import os
import sys

import click

from simnet.cli.options import debug, sets

MOST_POINTS = 100_000_000
"""Parts times sites up to which levels are worked out: some seconds, and about a gigabyte, where few of them meet."""


@click.command("show")
@click.argument("file")
@click.option("--design", metavar="NAME", help="A design of the file, instead of the file itself.")
@sets
@debug
def command(file: str, design: str | None, sets: tuple[tuple[str, str], ...]) -> None:
    """Say what was understood of FILE, defaults included; nothing is run."""
    from simnet.study import load
    from simnet.study.describe import describe
    from simnet.study.study import LABEL

    text = describe(load(file, dict(sets)), design, MOST_POINTS)
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        text = LABEL.sub(lambda label: click.style(label.group(), bold=True), text)
    click.echo(text)
