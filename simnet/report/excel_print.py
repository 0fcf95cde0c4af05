"""How sheets are printed: one page wide, or on pages side by side that break where a reader would break them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from simnet.report.excel_book import Book
    from simnet.report.excel_table import Column

WIDEST_PAGE = 215.0
"""Characters across a sheet of paper that can still be read, landscape A4."""
ROOM, PER_CHAR, PER_COLUMN = 1020, 8.5, 6
"""Pixels across landscape A4 within margins; of a character, and around a column, where Calibri has a stand-in."""
LINE = 15
"""Points of a line of text."""


@dataclass(frozen=True)
class Pages:
    """The columns of a table on pages side by side; its first columns stand on each."""

    starts: tuple[int, ...]
    """The first column of each page."""
    end: int
    """The column after the last one that is printed."""
    names: int
    scale: int
    """In percent, where there are several."""

    @property
    def across(self) -> int:
        """How many stand side by side."""
        return len(self.starts)

    @property
    def told(self) -> tuple[int, int]:
        """The first and the last column for sentences: on the first page alone, and never cut."""
        return (self.names, self.starts[1] - 1) if self.across > 1 else (0, self.end - 1)


def pages_of(columns: Sequence[Column], names: int) -> Pages:
    """Pages for columns: all on one where they fit, else new ones where a column says so, or where none is left.

    The half width and the verdict stay beside their number; columns at the end that are for the screen are not printed.
    """
    end = max((at + 1 for at, column in enumerate(columns) if not column.screen), default=len(columns))
    widths = [column.width for column in columns[:end]]
    if sum(widths) <= WIDEST_PAGE:
        return Pages((0,), end, names, 100)
    front = sum(widths[:names])
    starts, wide, widest = [0], front, front
    for at in range(names, end):
        group = widths[at] + sum(widths[at + 1 : at + 1 + _beside(columns[at + 1 : end])])
        new = not columns[at].beside and (columns[at].apart or wide + group > WIDEST_PAGE)
        if new and wide > front:
            starts.append(at)
            wide = front
        wide += widths[at]
        widest = max(widest, wide)
    most = math.ceil(end / len(starts)) + names
    return Pages(
        tuple(starts), end, names, max(min(100, int(100 * ROOM / (PER_CHAR * widest + PER_COLUMN * most))), 10)
    )


def _beside(columns: Sequence[Column]) -> int:
    """How many of the first columns belong to the one before them."""
    return next((at for at, column in enumerate(columns) if not column.beside), len(columns))


def set_up(page: Worksheet, pages: Pages, last_row: int, columns: int, cut: bool = False) -> None:
    """Let a sheet be printed so; `cut` where rows below the last are for the screen."""
    if pages.across > 1:
        page.set_print_scale(pages.scale)
        page.set_v_pagebreaks(list(pages.starts[1:]))
        if pages.names:
            page.repeat_columns(0, pages.names - 1)
    if pages.end < columns or cut:
        page.print_area(0, 0, last_row, pages.end - 1)


def sentence(book: Book, page: Worksheet, row: int, pages: Pages, widths: Sequence[float], text: str) -> None:
    """A sentence over the columns of the first page, in as many lines as it takes."""
    first, last = pages.told
    look = book.look("faint wrap")
    if last > first:
        page.merge_range(row, first, row, last, text, look)
    else:
        page.write_string(row, first, text, look)
    wide = sum(widths[first : last + 1])
    page.set_row(row, LINE * max(1, math.ceil(len(text) / (1.35 * wide))))
