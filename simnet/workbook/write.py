"""Sheets of text as a workbook that a planner can edit: notes on the heads, drop-down lists, frozen heads."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simnet.report.excel_book import Book, new, width
from simnet.workbook.lists import choices
from simnet.workbook.meaning import meaning_of, of_head
from simnet.workbook.read_me import write_read_me
from simnet.workbook.sheets import Sheet
from simnet.workbook.tables import number

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_MONEY = re.compile(r"\[[A-Z]{3}\]")
SPARE = 200
"""Rows below the last one that have drop-down lists too."""
MOST_MEASURED = 2000
COLORS = {"settings": "#6B7785", "costs": "#6B7785", "designs": "#B25C00", "expect": "#B25C00", "table": "#2F7D5B"}
WIDE = {"value": 44, "path": 30, "meaning": 64, "limit": 30, "about": 60}
NAMES = {"lanes": 2, "stocking": 2, "demand": 0, "table": 1}
"""Columns that name a row; one where not said."""


def written(title: str, about: str, sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook; the same sheets give the same bytes."""
    book = new(title, about, "A scenario of simnet")
    write_read_me(book, title, about, sheets)
    for sheet in sheets:
        _write(book, sheet, sheets)
    return book.done()


def _write(book: Book, sheet: Sheet, sheets: Sequence[Sheet]) -> None:
    page = book.sheet(sheet.title, COLORS.get(sheet.kind, "#1F4E79"))
    names = min(NAMES.get(sheet.kind, 1), len(sheet.header))
    for column, head in enumerate(sheet.header):
        page.write_string(0, column, head, book.look("head"))
        note = of_head(sheet, head)
        if note:
            shown = textwrap.fill(note, 48, replace_whitespace=False)
            lines = sum(1 + len(line) // 48 for line in shown.split("\n"))
            page.write_comment(0, column, shown, {"width": 300, "height": 24 + 15 * lines, "font_size": 9})
        _column(book, page, sheet, column, head, names)
    page.set_row(0, 20)
    for row, texts in enumerate(sheet.rows, 1):
        _row(book, page, sheet, row, texts, names)
    last, right = max(len(sheet.rows), 1), len(sheet.header) - 1
    page.freeze_panes(1, names)
    page.autofilter(0, 0, last, max(right, 0))
    page.repeat_rows(0)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + SPARE}"})
    for choice in choices(sheet, sheets):
        choice.put(page, last + SPARE)


def _column(book: Book, page: Worksheet, sheet: Sheet, column: int, head: str, names: int) -> None:
    texts = [head + "   ", *(row[column] if column < len(row) else "" for row in sheet.rows[:MOST_MEASURED])]
    wide = width([part for text in texts for part in text.split("\n")], WIDE.get(head, 40))
    if head in ("meaning", "default"):
        page.set_column(column, column, WIDE.get(head, 16), book.look("faint"))
    else:
        numeric = any(number(head, text) is not None for text in texts[1:])
        page.set_column(column, column, wide, book.look("name" if column < names else "body" if numeric else "text"))


def _row(book: Book, page: Worksheet, sheet: Sheet, row: int, texts: list[str], names: int) -> None:
    for column, text in enumerate(texts):
        value = number(sheet.header[column], text) if sheet.kind in ("table", "dealers") and column >= names else None
        if value is not None:
            money = _MONEY.search(sheet.header[column]) is not None
            page.write_number(row, column, value, book.look("body", num_format="#,##0.00" if money else "General"))
        elif text:
            page.write_string(row, column, text, _look(book, text, column < names))
    for column in range(len(texts), len(sheet.header)):
        said = meaning_of(sheet, texts[0], sheet.header[column])
        if said:
            page.write_string(row, column, said, book.look("faint"))


def _look(book: Book, text: str, name: bool) -> Any:
    wrapped = len(text) > 44 or "\n" in text
    if name:
        return book.look("name")
    return book.look("text", text_wrap=True, valign="top") if wrapped else book.look("text")
