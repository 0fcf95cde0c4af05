"""Sheets of the comparison: the headline, every KPI, and the points of a sweep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from simnet.metrics import Comparison
from simnet.metrics.intervals import Difference, Estimate
from simnet.report.excel_book import Book
from simnet.report.excel_table import Amount, Cell, Column, put_table, written_below
from simnet.report.numbers import NOTHING, clean, scale
from simnet.report.page import measured
from simnet.report.points import Points
from simnet.report.rows import PAIRED, headline, notes, spoken
from simnet.report.sentences import sentences

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

E = TypeVar("E", bound=Estimate)
MOST_WIDE = 16
"""Designs that stand side by side; more of them follow each other."""
TOP = 3
"""The row of the heads, below title and question."""
LONG = (
    Column("design", 30, name=True), Column("key", 28, name=True), Column("title", 30, wrap=True),
    Column("level", 14, "level"), Column("±", 11, "half"), Column("difference to the first", 14, "difference"),
    Column("±", 11, "half"), Column("verdict", 10, wrap=True),
)  # fmt: skip
"""Where designs follow each other."""


def as_told(comparison: Comparison, key: str) -> str:
    """The unit of a row: hours where the page and the terminal tell the first design's days so; else the figure's."""
    unit = comparison.kpi(key).metric.unit
    first = comparison.levels[comparison.designs[0]].get(key)
    if unit == "d" and first is not None and first.mean is not None:
        return scale(unit, first.mean).unit
    return unit


def in_hours(found: E) -> E:
    """Days as hours."""
    mean, half = (None if value is None else 24 * value for value in (found.mean, found.half_width))
    return replace(found, mean=mean, half_width=half, unit="h")


def level_cells(found: Estimate | None, hours: bool = False) -> list[Cell]:
    """Mean and half width; `-` where the figure is known to nobody."""
    if found is None:
        return [None, None]
    if found.mean is None:
        return [NOTHING, None]
    found = in_hours(found) if hours else found
    level = Amount(found.mean, found.unit, beside=found.half_width)
    return [level, Amount(found.half_width, found.unit, half=True)]


def change_cells(found: Difference | None, hours: bool = False) -> list[Cell]:
    """Difference, half width, verdict."""
    if found is None:
        return [None, None, ""]
    found = in_hours(found) if hours else found
    half = Amount(found.half_width, found.unit, half=True)
    return [Amount(found.mean, found.unit, signed=True, beside=found.half_width), half, found.verdict or ""]


def heads(designs: Sequence[str]) -> Iterator[Column]:
    """Levels of every design, then differences to the first."""
    for name in designs:
        yield Column(clean(name)[:60], 14, "level")
        yield Column("±", 11, "half")
    for number, name in enumerate(designs[1:]):
        yield Column(f"{clean(name)[:60]} less {clean(designs[0])[:40]}", 15, "difference", apart=number == 0)
        yield Column("±", 11, "half")
        yield Column("verdict", 10, wrap=True)


def cells(comparison: Comparison, key: str) -> list[Cell]:
    """What stands under `heads`."""
    found: list[Cell] = []
    hours = as_told(comparison, key) == "h"
    for name in comparison.designs:
        found += level_cells(comparison.levels[name].get(key), hours)
    for name in comparison.designs[1:]:
        found += change_cells(comparison.differences[name].get(key), hours)
    return found


def on_a_sheet(note: str) -> str:
    """A note of the table as it is true of the sheet, where levels and differences stand beside each other."""
    told = "Levels of every design, and of all but the first the paired difference to it, under the same orders."
    return note.replace(PAIRED, f"{told} Half widths and differences of shares are in points.")


def comparison_sheet(book: Book, comparison: Comparison, title: str, about: str) -> None:
    """The headline: levels, differences to the first design, what may be said of them."""
    page = book.sheet("Comparison")
    columns = [Column("figure", 30, name=True), *heads(comparison.designs)]
    if len(comparison.designs) > MOST_WIDE:
        titled(book, page, title, about, LONG, 2)
        long_table(book, page, comparison, headline(comparison), TOP)
        return
    titled(book, page, title, about, columns, 1)
    rows: list[list[Cell]] = []
    for key in headline(comparison):
        label, _, depth = spoken(comparison, key)
        rows.append(["    " * depth + clean(label), *cells(comparison, key)])
    end = put_table(book, page, columns, rows, TOP, 1, False)
    said = [f"{clean(each.design)} {clean(each.text)}" for each in sentences(comparison)]
    told = [*map(on_a_sheet, notes(comparison)), "", *said]
    written_below(book, page, end + 1, told, columns, 1)


def titled(book: Book, page: Worksheet, title: str, about: str, columns: Sequence[Column], frozen: int) -> None:
    """Title and question above a table."""
    page.write_string(0, 0, title[:255], book.look("title"))
    page.set_row(0, 26)
    written_below(book, page, 1, [about[:1000]], columns, frozen)


def kpi_sheet(book: Book, comparison: Comparison) -> None:
    """Every KPI with its key, unit and definition; those of which no design has a value come last, and are not
    printed."""
    page = book.sheet("KPIs")
    known = measured(comparison)
    keys = [*known, *(key for key in comparison.kpis if key not in set(known))]
    if len(comparison.designs) > MOST_WIDE:
        long_table(book, page, comparison, keys, 0)
        return
    columns = [
        Column("key", 28, name=True), Column("title", 30, wrap=True), Column("unit", 10, wrap=True),
        *heads(comparison.designs), Column("better", 9, wrap=True, screen=True),
        Column("definition", 100, screen=True),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for key in keys:
        kpi = comparison.kpi(key)
        unit = as_told(comparison, key).replace("money", comparison.results[0].outline.money)
        front: list[Cell] = [clean(key), clean(kpi.title), "%" if unit == "share" else unit]
        rows.append([*front, *cells(comparison, key), kpi.metric.better or "", kpi.metric.definition])
    put_table(book, page, columns, rows, 0, 1, printed=len(known))


def long_table(book: Book, page: Worksheet, comparison: Comparison, keys: Sequence[str], top: int) -> None:
    """A row a design and figure, where designs are too many to stand side by side."""
    hours = {key: as_told(comparison, key) == "h" for key in keys}
    rows = (
        [clean(name), clean(key), clean(comparison.kpi(key).title),
         *level_cells(comparison.levels[name].get(key), hours[key]),
         *change_cells(comparison.differences.get(name, {}).get(key), hours[key])]
        for name in comparison.designs for key in keys if key in comparison.levels[name]
    )  # fmt: skip
    put_table(book, page, LONG, rows, top, 2)


def points_sheet(book: Book, points: Points, title: str, about: str) -> None:
    """The points of a sweep: a row a point, varied values, then levels with their intervals."""
    page = book.sheet("Points")
    found = points.comparison
    keys = points.keys(None)
    columns = [Column(clean(path), 22, name=True) for path in points.paths]
    for key in keys:
        columns += [Column(points.title(key, True), 14, "level"), Column("±", 11, "half")]
    hours = {key: as_told(found, key) == "h" for key in keys}
    rows: list[list[Cell]] = [
        [
            *map(clean, points.values[name]),
            *(cell for key in keys for cell in level_cells(found.levels[name].get(key), hours[key])),
        ]
        for name in found.designs
    ]
    titled(book, page, title, about, columns, len(points.paths))
    end = put_table(book, page, columns, rows, TOP, len(points.paths))
    written_below(book, page, end + 1, points.notes(False, keys), columns, len(points.paths))
