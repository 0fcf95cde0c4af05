"""The comparison as a table for a terminal of 80 columns; more designs than fit go into further tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.numbers import Shown, clean
from simnet.report.rows import Row, notes, rows

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

WIDTH = 80
STYLES = {"better": "green", "worse": "red", "same": "dim", "higher": "bold", "lower": "bold"}
LONGEST_NAME = 22


def show(comparison: Comparison, console: Console | None = None, keys: Iterable[str] | None = None) -> None:
    """Print the comparison; color only on a terminal, and none where NO_COLOR is set."""
    from rich.console import Console

    console = console or Console(highlight=False)
    found = rows(comparison, keys)
    for group in groups(comparison, found, console):
        console.print(table(comparison, found, group))
        console.print()
    for note in notes(comparison):
        console.print(note, style="dim", markup=False, highlight=False)


def text(comparison: Comparison, keys: Iterable[str] | None = None, width: int = WIDTH) -> str:
    """The same without color, as text."""
    import io

    from rich.console import Console

    out = io.StringIO()
    show(comparison, Console(file=out, width=width, color_system=None, highlight=False), keys)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def groups(comparison: Comparison, found: list[Row], console: Console) -> list[list[int]]:
    """Which designs stand in which table: the first in each, with as many others as fit."""
    width = min(console.width, WIDTH)
    made: list[list[int]] = [[0]]
    for design in range(1, len(comparison.designs)):
        wider = [*made[-1], design]
        if len(made[-1]) > 1 and measured(table(comparison, found, wider), console) > width:
            wider = [0, design]
            made.append(wider)
        else:
            made[-1] = wider
    return made


def measured(made: Table, console: Console) -> int:
    """The width that a table would like, in columns."""
    from rich.measure import Measurement

    return Measurement.get(console, console.options.update(width=1000), made).maximum


def table(comparison: Comparison, found: list[Row], designs: list[int]) -> Table:
    """One table of some designs."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), pad_edge=False)
    made.add_column("", no_wrap=True)
    columns = []
    for design in designs:
        name = clean(comparison.designs[design])
        made.add_column(Text(name), no_wrap=False, overflow="fold", max_width=LONGEST_NAME + 14)
        columns.append(column([row.cells[design] for row in found]))
    for number, row in enumerate(found):
        made.add_row(Text("  " * row.depth + clean(row.title)), *(cells[number] for cells in columns))
    return made


def column(cells: list[Shown]) -> list[Text]:
    """The cells of a design with values, half widths and words each under each other."""
    from rich.text import Text

    value = max(len(cell.value) for cell in cells)
    half = max(len(cell.half) for cell in cells)
    made = []
    for cell in cells:
        shown = Text(f"{cell.value:>{value}}")
        if half:
            shown.append(f" {cell.half:<{half}}", style="dim")
        if cell.verdict:
            shown.append(f" {cell.verdict}", style=STYLES[cell.verdict])
        made.append(shown)
    return made
