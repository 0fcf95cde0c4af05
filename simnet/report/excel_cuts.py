"""Sheets that tell figures apart: by site, by part, by month, by cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.metrics import Comparison
from simnet.metrics.compare import DesignResult
from simnet.metrics.frames import tidy_rows
from simnet.metrics.intervals import estimate
from simnet.metrics.kpi import find, unit_of
from simnet.metrics.metric import CHOICES
from simnet.report.cut_notes import cut_notes
from simnet.report.excel_book import Book
from simnet.report.excel_table import Amount, Cell, Column, put_table, written_below
from simnet.report.numbers import clean
from simnet.units import DAY, MONEY, YEAR

if TYPE_CHECKING:
    from simnet.ledger.sums import Sums

MOST_PARTS, MOST_ROWS, MOST_DESIGNS = 5_000, 10_000, 12
SITE_KEYS = (
    "demand.lines", "fill.line", "fill.facing.line", "fill.system.line", "wait.mean", "lost.share",
    "stock.on_hand.units", "stock.on_hand.value", "turns", "owed.units",
)  # fmt: skip
"""Of customers, then of stock."""
MONTH_KEYS = (
    "demand.lines", "demand.units", "fill.line", "fill.unit", "fill.value", "fill.facing.line", "fill.system.line",
    "stock.on_hand.units", "stock.on_hand.value",
)  # fmt: skip


@dataclass(frozen=True)
class Catalog:
    """The parts of a design, in the order of its numbers."""

    names: Sequence[str]
    classes: Sequence[str] = ()
    suppliers: Sequence[str | None] = ()
    cost: Sequence[int] | Any = ()
    """In 1/10,000 of the currency."""


def shown(comparison: Comparison) -> tuple[list[DesignResult], list[str]]:
    """The designs that are told apart, and a sentence where not all are."""
    every = list(comparison.results)
    if len(every) <= MOST_DESIGNS:
        return every, []
    return every[:MOST_DESIGNS], [f"By site, part and month: the first {MOST_DESIGNS} of {len(every)} designs."]


def known(comparison: Comparison, keys: Sequence[str]) -> list[str]:
    """The figures that the comparison has."""
    return [key for key in keys if key in comparison.kpis]


def headed(comparison: Comparison, key: str) -> Column:
    """The column of a figure, as wide as its numbers take: money more than a share."""
    kpi, outline = comparison.kpi(key), comparison.results[0].outline
    unit = unit_of(kpi.metric, outline)
    return Column(clean(kpi.title), 14 if unit == outline.money else 11, unit)


def site_sheet(book: Book, comparison: Comparison) -> list[str]:
    """A row a design and site; fill of a site is of what anyone asked it, customer fill of what customers did."""
    designs, told = shown(comparison)
    keys = known(comparison, SITE_KEYS)
    columns = [Column("design", 20, name=True), Column("site", 24, name=True), Column("tier", 11, wrap=True)]
    columns += [Column("fill", 10, "share"), Column("±", 9, "half")]
    columns += [headed(comparison, key) for key in keys]
    put_table(book, book.sheet("By site"), columns, site_rows(designs, keys), 0, 2)
    return told


def site_rows(designs: Sequence[DesignResult], keys: Sequence[str]) -> Iterator[list[Cell]]:
    """Levels of each figure at each site, the fill with its interval."""
    for result in designs:
        outline = result.outline
        table: dict[str, dict[str, Amount]] = {}
        own: dict[str, dict[str, Any]] = {}
        for key in keys:
            for row in tidy_rows(result, key, ("site",)):
                table.setdefault(row["site"], {})[key] = Amount(row["value"], row["unit"])
        for tier in outline.tier_names:
            key = f"fill.{tier}.line"
            if find(key, outline).tier is not None:
                own |= {row["site"]: row for row in tidy_rows(result, key, ("site",))}
        for number, site in enumerate(outline.site_names):
            fill = own.get(site, {})
            yield [
                clean(result.name), clean(site), clean(outline.tier_names[outline.site_tier[number]]),
                Amount(fill.get("value"), "share"), Amount(fill.get("half_width"), "share", half=True),
                *(table.get(site, {}).get(key) for key in keys),
            ]  # fmt: skip


def part_sheet(book: Book, comparison: Comparison, catalogs: Mapping[str, Catalog]) -> list[str]:
    """A row a design and part that customers asked, those first of which most lines were not on the shelf."""
    designs, told = shown(comparison)
    money = designs[0].outline.money
    most = max(min(MOST_PARTS, MOST_ROWS // len(designs)), 1)
    columns = [
        Column("design", 22, name=True), Column("part", 24, name=True), Column("class", 14, wrap=True),
        Column("supplier", 14, wrap=True), Column("cost", 13, money), Column("lines a year", 12, "lines"),
        Column("pieces a year", 12, "pieces"), Column("fill, lines", 10, "share"), Column("±", 9, "half"),
        Column("fill, pieces", 10, "share"), Column("lines not on the shelf a year", 12, "lines"),
        Column("lost lines a year", 12, "lines"), Column("open at the end", 12, "lines"), Column("wait, mean", 11, "d"),
    ]  # fmt: skip
    rows, cut = [], 0
    for result in designs:
        found, count = part_rows(result, catalogs.get(result.name, Catalog(())), most)
        rows += found
        cut = max(cut, count)
    if not rows:
        return told
    page = book.sheet("By part")
    end = put_table(book, page, columns, rows, 0, 2)
    written_below(book, page, end + 1, cut_notes(comparison, ["fill.line"], "part_class"), columns, 2)
    if cut > most:
        told.append(
            f"By part: of {cut:,} parts that customers asked, the {most:,} with most lines not on the shelf a design."
        )
    return told


def part_rows(result: DesignResult, catalog: Catalog, most: int) -> tuple[list[list[Cell]], int]:
    """The rows of a design, worst first, and how many parts were asked."""
    numbers, table = part_table(result.sums)
    if not len(numbers):
        return [], 0
    mean = table.mean(axis=0)
    order = np.lexsort((numbers, -(mean[:, 0] - mean[:, 2])))[:most]
    years = result.sums[0].minutes / YEAR
    figures = part_figures(table[:, order], years)
    fronts = (part_front(result.name, catalog, int(number)) for number in numbers[order])
    return [[*front, *row] for front, row in zip(fronts, figures, strict=True)], len(numbers)


FIELDS = ("lines", "units", "filled_lines", "filled_units", "lost_lines", "open_lines", "minutes")


def part_table(sums: Sequence[Sums]) -> tuple[Any, Any]:
    """The parts that any replication asked, and FIELDS by replication and part."""
    numbers = np.unique(np.concatenate([each.part["part"] for each in sums]))
    table = np.zeros((len(sums), len(numbers), len(FIELDS)))
    for at, each in enumerate(sums):
        where = np.searchsorted(numbers, each.part["part"])
        for column, name in enumerate(FIELDS):
            table[at, where, column] = each.part[name]
    return numbers, table


def part_figures(table: Any, years: float) -> Iterator[list[Cell]]:
    """The figures of each part: means over the replications that have them, and the half width of the fill."""
    lines, units, filled, pieces, lost, still, minutes = np.moveaxis(table, 2, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        fills, of_pieces, waits = filled / lines, pieces / units, minutes / lines / DAY
    fill, of_units, wait = (averaged(each) for each in (fills, of_pieces, waits))
    rates = [np.round(each.mean(axis=0) / years, 1).tolist() for each in (lines, units, lines - filled, lost)]
    open_lines = np.round(still.mean(axis=0), 1).tolist()
    for at, values in enumerate(zip(*rates, strict=True)):
        asked, asked_units, missed, gone = values
        half = estimate([each for each in fills[:, at].tolist() if each == each], "share").half_width
        yield [
            asked, asked_units, fill[at], Amount(half, "share", half=True), of_units[at], missed, gone, open_lines[at],
            wait[at],
        ]  # fmt: skip


def averaged(values: Any) -> list[float | None]:
    """The mean of each column over the rows that have it."""
    there = ~np.isnan(values)
    count = there.sum(axis=0)
    sums = np.where(there, values, 0).sum(axis=0)
    return [float(total / many) if many else None for total, many in zip(sums, count, strict=True)]


def part_front(design: str, catalog: Catalog, number: int) -> list[Cell]:
    """What names a part: design, number, class, supplier, cost."""

    def of(column: Sequence[Any], other: Any) -> Any:
        return column[number] if number < len(column) else other

    cost = of(catalog.cost, None)
    words = (design, part_name(catalog, number), of(catalog.classes, "") or "", of(catalog.suppliers, "") or "")
    return [*map(clean, words), None if cost is None else float(cost) / MONEY]


def part_name(catalog: Catalog, number: int) -> str:
    """A part's name, or its number where the catalog is not known."""
    return catalog.names[number] if number < len(catalog.names) else f"part {number}"


def month_sheet(book: Book, comparison: Comparison) -> list[str]:
    """A row a design and month."""
    designs, told = shown(comparison)
    keys = [key for key in known(comparison, MONTH_KEYS) if comparison.kpi(key).metric.month is not None]
    columns = [Column("design", 20, name=True), Column("month", 9, name=True)]
    for key in keys:
        head = headed(comparison, key)
        columns += [head, Column("±", head.width - 2, "half")]
    rows: list[list[Cell]] = []
    for result in designs:
        table: dict[str, list[Cell]] = {}
        for key in keys:
            for row in tidy_rows(result, key, ("month",)):
                half = Amount(row["half_width"], row["unit"], half=True)
                table.setdefault(row["month"], []).extend(
                    (Amount(row["value"], row["unit"], beside=row["half_width"]), half)
                )
        rows += [[clean(result.name), month, *cells] for month, cells in table.items()]
    put_table(book, book.sheet("By month"), columns, rows, 0, 2)
    return told


def causes_sheet(book: Book, comparison: Comparison) -> None:
    """Why lines were not on the shelf: a row a design and cause; nothing where runs do not count causes."""
    rows: list[list[Cell]] = []
    for name in comparison.designs:
        for words in CHOICES["CAUSE"]:
            keys = [f"why.{words.replace(' ', '-')}.{of}" for of in ("line", "unit", "value", "days")]
            levels = [comparison.levels[name].get(key) for key in keys]
            if any(level is not None and level.mean for level in levels):
                rows.append([clean(name), words, *(cell for level in levels for cell in pair(level))])
    if rows:
        columns = [Column("design", 22, name=True), Column("cause", 28, name=True)]
        for title, unit in (
            ("of lines", "share"),
            ("of pieces", "share"),
            ("of value", "share"),
            ("days a year", "d/y"),
        ):
            columns += [Column(title, 12, unit), Column("±", 11, "half")]
        put_table(book, book.sheet("Causes"), columns, rows, 0, 2)


def pair(level: Any) -> tuple[Cell, Cell]:
    """Mean and half width."""
    if level is None:
        return None, None
    return Amount(level.mean, level.unit, beside=level.half_width), Amount(level.half_width, level.unit, half=True)
