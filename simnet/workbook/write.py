"""Sheets of text as a workbook that a planner can edit: notes on the heads, drop-down lists, frozen heads."""

from __future__ import annotations

import re
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
WIDE = {"value": 44, "path": 44, "limit": 30}
BESIDE = {"meaning": 70.0, "default": 26.0}
"""Columns for people, and how wide they are."""
NUMERIC = ("table", "dealers")
"""Sheets in which a plain number is written as one."""
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
    widths = []
    for column, head in enumerate(sheet.header):
        page.write_string(0, column, head, book.look("head"))
        _note(page, column, of_head(sheet, head))
        widths.append(_column(book, page, sheet, column, head, names))
    page.set_row(0, 20)
    for row, texts in enumerate(sheet.rows, 1):
        _row(book, page, sheet, row, texts, widths, names)
    last, right = max(len(sheet.rows), 1), len(sheet.header) - 1
    page.freeze_panes(1, names)
    page.autofilter(0, 0, last, max(right, 0))
    page.repeat_rows(0)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + SPARE}"})
    for choice in choices(sheet, sheets):
        choice.put(page, last + SPARE)


def _note(page: Worksheet, column: int, note: str) -> None:
    """The note on a head."""
    if note:
        lines = sum(1 + len(line) // 48 for line in note.split("\n"))
        page.write_comment(0, column, note, {"width": 300, "height": 24 + 15 * lines, "font_size": 9})


def _column(book: Book, page: Worksheet, sheet: Sheet, column: int, head: str, names: int) -> float:
    """Set a column up; its width."""
    texts = [head + "   ", *(row[column] if column < len(row) else "" for row in sheet.rows[:MOST_MEASURED])]
    wide = width([part for text in texts for part in text.split("\n")], WIDE.get(head, 40))
    if head in BESIDE:
        wide = BESIDE[head]
        page.set_column(column, column, wide, book.look("faint wrap"))
    else:
        numeric = any(number(head, text) is not None for text in texts[1:])
        page.set_column(column, column, wide, book.look("name" if column < names else "body" if numeric else "text"))
    return wide


def _row(
    book: Book, page: Worksheet, sheet: Sheet, row: int, texts: list[str], widths: Sequence[float], names: int
) -> None:
    beside = [meaning_of(sheet, texts[0], head, "".join(texts[1:2])) for head in sheet.header[len(texts) :]]
    lines = 1
    for column, text in enumerate([*texts, *beside]):
        value = number(sheet.header[column], text) if sheet.kind in NUMERIC and column >= names else None
        if value is not None:
            money = _MONEY.search(sheet.header[column]) is not None
            page.write_number(
                row,
                column,
                value,
                book.look("body", indent=1, align="right", num_format="#,##0.00" if money else "General"),
            )
        elif column >= len(texts):
            page.write_string(row, column, text, book.look("faint wrap"))
        elif text:
            page.write_string(row, column, text, _look(book, text, column < names, widths[column]))
        lines = max(
            lines, *(-(-len(part) // int(1.05 * widths[column])) for part in text.split("\n")), text.count("\n") + 1
        )
    if lines > 1:
        page.set_row(row, min(14 * lines + 2, 400))


def _look(book: Book, text: str, name: bool, wide: float) -> Any:
    if name:
        return book.look("name", valign="top")
    return book.look("text", text_wrap=True, valign="top") if len(text) > wide or "\n" in text else book.look("text")
