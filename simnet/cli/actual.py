"""What `simnet run --against-actual` prints under its table: the history's waits beside the simulated ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from simnet.cli.options import Wanted

if TYPE_CHECKING:
    from simnet.study import Result

NOTE = """Days from the order's to the delivery's; simulated: the history's own lines, open ones
beyond any window; ± is the 95 % confidence half-width. docs/history.md says what the
two sides do not share."""
SHORT = {"the same day": "same day", "within 2 d": "within 2 d", "wait, 95th pct": "wait, 95th pct"}
"""The figures told of each group."""


def print_actual(result: Result, wanted: Wanted) -> None:
    """Print both sides: all figures of all lines, or the main ones of each group."""
    from simnet.study.actual import BY, against_actual

    by = wanted.by if wanted.by in BY else None
    frame = against_actual(result, by)
    if wanted.form == "csv":
        click.echo(frame.to_csv(index=False, lineterminator="\n"), nl=False)
        return
    rows: list[dict[str, Any]] = [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
    lines = int(sum(row["actual"] for row in rows if row["figure"] == "lines"))
    if wanted.form == "md":
        print_markdown(rows, by)
        return
    click.echo(f"\nAgainst the history: {lines:,} lines that it knows the delivery of")
    print_table(rows, by)
    click.echo(NOTE)


def cell(value: Any, unit: str, half: Any = None) -> str:
    """`61.2 %`, `2.4 d ±0.3`, `-` where nothing is known."""
    if value is None or value != value:
        return "-"
    text = f"{100 * value:.1f} %" if unit == "share" else f"{value:,.1f}".removesuffix(".0") + f" {unit}"
    if half is not None and half == half:
        text += f" ±{100 * half:.1f}" if unit == "share" else f" ±{half:.1f}"
    return text


def table_rows(rows: list[dict[str, Any]], by: str | None) -> list[list[str]]:
    """Cells of the table: a row a figure; a row a group and figure where groups are told apart."""
    made = []
    for row in rows:
        if row["figure"] == "lines" or (by is not None and row["figure"] not in SHORT):
            continue
        name = [str(row["group"]), SHORT[row["figure"]]] if by is not None else [row["figure"]]
        made.append([*name, cell(row["actual"], row["unit"]), cell(row["simulated"], row["unit"], row["half_width"])])
    return made


def print_table(rows: list[dict[str, Any]], by: str | None) -> None:
    """The table for a terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from simnet.cli.tables import Trimmed, terminal
    from simnet.report.numbers import clean

    console = Trimmed(terminal())
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), pad_edge=False)
    names = [by.replace("_", " "), ""] if by is not None else [""]
    for name in names:
        table.add_column(name, overflow="fold")
    for name in ("actual", "simulated"):
        table.add_column(name, justify="right")
    last = ""
    for cells in table_rows(rows, by):
        shown = [clean(each) for each in cells]
        if by is not None:
            shown[0], last = ("" if shown[0] == last else shown[0]), shown[0]
        table.add_row(*map(Text, shown))
    console.console.print(table)
    console.flush()


def print_markdown(rows: list[dict[str, Any]], by: str | None) -> None:
    """The table as Markdown."""
    from simnet.report.export import quiet

    names = [by.replace("_", " "), ""] if by is not None else [""]
    click.echo("\n| " + " | ".join([*names, "actual", "simulated"]) + " |")
    click.echo("|" + "---|" * len(names) + "---:|---:|")
    for cells in table_rows(rows, by):
        click.echo("| " + " | ".join(map(quiet, cells)) + " |")
