"""A table on a sheet: heads, cells of text or of numbers with their unit, filter, frozen head, print setup."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simnet.report.excel_book import Book
from simnet.report.excel_print import pages_of, sentence, set_up

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

WORDS = ("verdict", "better")
"""Columns of a word beside numbers."""
LONGEST = 32_000
"""Characters of a cell; a spreadsheet takes 32,767."""
MOST_DECIMALS = 6
"""Of a number that would else read as nothing; smaller ones are written 2E-09."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    title: str
    width: float = 12
    unit: str = ""
    """Of its numbers, as KPIs have them; cells may bring one of their own."""
    name: bool = False
    wrap: bool = False
    signed: bool = False
    """Whether its numbers are differences."""
    apart: bool = False
    """Whether a new page begins with it, where the table takes several side by side."""
    screen: bool = False
    """Whether it is for the screen: at the end of a table it is not printed."""

    @property
    def beside(self) -> bool:
        """Whether it belongs to the column before it."""
        return self.title in ("±", *WORDS)


@dataclass(frozen=True)
class Amount:
    """A number with a unit of its own."""

    value: float | None
    unit: str
    signed: bool = False
    half: bool = False
    """Whether it is half the width of an interval."""
    beside: float | None = None
    """Half the width of its interval, which stands beside it: it has the decimals that this deserves."""


Cell = str | float | int | Amount | None


def put_table(
    book: Book, page: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], top: int, frozen: int,
    filtered: bool = True, printed: int | None = None,
) -> int:  # fmt: skip
    """Write a table from row `top` on, its first `frozen` columns held; the row after its last. Of its rows the first
    `printed` are printed; all, unless it is given."""
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width)
        numeric = bool(column.unit) or (not column.name and not column.wrap and column.width <= 14)
        aside = {"indent": 1} if column.title in WORDS else {}
        page.write_string(top, at, column.title[:LONGEST], book.look("head right" if numeric else "head", **aside))
    page.set_row(top, 15 * max(1 + int(len(column.title) / max(column.width - 1, 1)) for column in columns) + 4)
    row = top
    for row, cells in enumerate(rows, top + 1):
        high = 1
        for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            put(book, page, row, at, column, cell)
            if column.wrap and isinstance(cell, str):
                high = max(high, math.ceil(len(cell) / (1.1 * column.width)), 1 + cell.count("\n"))
        if high > 1:
            page.set_row(row, min(15 * high, 400))
    page.freeze_panes(top + 1, frozen)
    page.repeat_rows(top)
    set_up(
        page, pages_of(columns, frozen), row if printed is None else top + printed, len(columns), printed is not None
    )
    if filtered and row > top:
        page.autofilter(top, 0, row, len(columns) - 1)
    return row + 1


def put(book: Book, page: Worksheet, row: int, at: int, column: Column, cell: Cell) -> None:
    """Write one cell; a text is never a formula."""
    if isinstance(cell, str):
        look = "wrap" if column.wrap else "name" if column.name else "text"
        if column.title in WORDS:
            look = cell if cell in ("better", "worse") else "verdict"
        if cell:
            aside = {"align": "right"} if column.unit else {}
            page.write_string(row, at, cell[:LONGEST], book.look(look, **aside))
        return
    amount = cell if isinstance(cell, Amount) else Amount(cell, column.unit, column.signed)
    if amount.value is not None and math.isfinite(amount.value):
        points = amount.signed and amount.unit == "share" or amount.half and amount.unit == "share"
        value = 100 * amount.value if points else amount.value
        page.write_number(row, at, value, book.look("body", num_format=number_format(amount)))


def number_format(amount: Amount) -> str:
    """How a number is shown: 95.1%, +2.9 pt, ±0.6 pt, 1,234,567 EUR, 3.2 d; never nothing for what is something."""
    unit, size = amount.unit, abs(amount.value or 0.0)
    points = unit == "share" and (amount.signed or amount.half)
    factor = 100.0 if unit == "share" else 1.0
    plain = "0.0" if unit == "share" else digits(unit, size)
    decimals = len(plain.partition(".")[2])
    if amount.beside:
        decimals = min(_telling(decimals, factor * amount.beside), MOST_DECIMALS)
    if size > (amount.beside or 0.0) and (points or unit != "share"):  # else it is not told apart from nothing
        decimals = _telling(decimals, factor * size)
    if size and decimals > MOST_DECIMALS:
        number = "0E+00"
    else:
        number = plain.partition(".")[0] + ("." + "0" * decimals if decimals else "")
    shown = f"{number}%" if unit == "share" and not points else f'{number}" pt"' if points else number + suffix(unit)
    if amount.half:
        return f'"±"{shown}'
    return f"+{shown};-{shown};{shown}" if amount.signed else shown


def _telling(decimals: int, size: float) -> int:
    """As many decimals as it takes for a number not to read as nothing."""
    while decimals <= MOST_DECIMALS and size and round(size, decimals) == 0:
        decimals += 1
    return decimals


def digits(unit: str, size: float) -> str:
    """As many decimals as a number of this size deserves in its unit; money has none, unless it is small."""
    if unit in ("d", "mo", "d/y"):
        return "#,##0.0" if size >= 1 else "0.00"
    if unit == "h":
        return "0.00" if size < 10 else "#,##0.0" if size < 100 else "#,##0"
    if unit == "1/y":
        return "0.00"
    if unit in ("lines", "pieces", "jobs", "orders/y", "shipments/y", "pieces/y"):
        return "#,##0" if size >= 100 else "#,##0.0"
    return "#,##0" if size >= 100 or size == 0 else "#,##0.0" if size >= 10 else "#,##0.00"


def suffix(unit: str) -> str:
    """The unit behind a number; counts have none."""
    if unit in ("", "lines", "pieces", "jobs", "1/y"):
        return ""
    if unit in ("orders/y", "shipments/y", "pieces/y"):
        return '"/y"'  # what is counted stands in the title; beside a half width there is no room for it
    return f'" {unit}"'


def written_below(
    book: Book, page: Worksheet, row: int, texts: Sequence[Any], columns: Sequence[Column], frozen: int
) -> int:
    """Sentences under a table."""
    pages, widths = pages_of(columns, frozen), [column.width for column in columns]
    for text in map(str, texts):
        if text:
            sentence(book, page, row, pages, widths, text[:LONGEST])
        row += 1
    return row
