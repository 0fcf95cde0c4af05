"""What `simnet run --against-actual` prints under its table: the history's waits beside the simulated ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simnet.cli.options import Wanted
from simnet.wrapping import filled

if TYPE_CHECKING:
    from simnet.report.against import Against
    from simnet.study import Result

WIDTH = 80


def print_actual(result: Result, wanted: Wanted) -> None:
    """Print both sides: all figures of all lines, or the main ones of each group."""
    from simnet.report.against import NOTE
    from simnet.study.actual import BY, against, against_actual

    by = wanted.by if wanted.by in BY else None
    if wanted.form == "csv":
        click.echo(against_actual(result, by).to_csv(index=False, lineterminator="\n"), nl=False)
        return
    found = against(result, by)
    if wanted.form == "md":
        print_markdown(found)
        return
    click.echo(f"\n{found.title}")
    print_table(found)
    click.echo("\n".join(filled(each, WIDTH) for each in (found.verdict, NOTE) if each))


def print_table(found: Against) -> None:
    """The table for a terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from simnet.cli.tables import Trimmed, terminal
    from simnet.report.numbers import clean

    console = Trimmed(terminal())
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), pad_edge=False)
    for name in found.heads:
        table.add_column(name, overflow="fold")
    for name in ("actual", "simulated"):
        table.add_column(name, justify="right")
    last = ""
    for names, figure in found.rows():
        named = [clean(each) for each in names]
        if found.by:
            named[0], last = ("" if named[0] == last else named[0]), named[0]
        table.add_row(*map(Text, [*named, *map(str, figure.cells)]))
    console.console.print(table)
    console.flush()


def print_markdown(found: Against) -> None:
    """The table as Markdown."""
    from simnet.report.export import quiet

    click.echo("\n| " + " | ".join([*found.heads, "actual", "simulated"]) + " |")
    click.echo("|" + "---|" * len(found.heads) + "---:|---:|")
    for names, figure in found.rows():
        click.echo("| " + " | ".join(map(quiet, [*names, *map(str, figure.cells)])) + " |")
    if found.verdict:
        click.echo(f"\n{quiet(found.verdict)}")
