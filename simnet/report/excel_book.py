"""A new workbook: its look, and bytes that are the same on repeat."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

BORN = datetime(2000, 1, 1)
"""The date in every workbook, so that the same content is the same bytes."""
FONT = "Calibri"
INK, FAINT, PAPER, RULE, BAND, DARK = "#1F2933", "#6B7785", "#FFFFFF", "#D5DBE1", "#F3F6F9", "#1F4E79"
BASE: Mapping[str, Any] = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "body": {},
    "text": {"num_format": "@"},
    "wrap": {"text_wrap": True},
    "faint": {"font_color": FAINT},
    "faint wrap": {"font_color": FAINT, "text_wrap": True, "valign": "top"},
    "name": {"bold": True, "num_format": "@"},
    "head": {
        "bold": True, "font_color": PAPER, "bg_color": DARK, "text_wrap": True, "valign": "vcenter", "border": 1,
        "border_color": DARK,
    },
    "head right": {
        "bold": True, "font_color": PAPER, "bg_color": DARK, "text_wrap": True, "valign": "vcenter", "align": "right",
        "border": 1, "border_color": DARK,
    },
    "title": {"bold": True, "font_size": 16, "font_color": DARK},
    "group": {"bold": True, "bg_color": BAND, "font_color": DARK},
    "link": {"font_color": "#1F5FA8", "underline": 1},
    "better": {"font_color": "#1B6E3C", "bold": True, "indent": 1},
    "worse": {"font_color": "#A5341B", "bold": True, "indent": 1},
    "verdict": {"font_color": FAINT, "indent": 1},
}  # fmt: skip
"""Formats by name, over the base."""
PAPER_A4, MOST_WIDTH, LEAST_WIDTH = 9, 60, 8


@dataclass
class Book:
    """A workbook that is being written, with its formats by name."""

    made: Workbook
    buffer: io.BytesIO
    _formats: dict[Any, Format] = field(default_factory=dict)

    def look(self, name: str, **more: Any) -> Format:
        """A format: one of LOOKS, with what else is said."""
        key = (name, tuple(sorted(more.items())))
        if key not in self._formats:
            self._formats[key] = self.made.add_format({**BASE, **LOOKS[name], **more})
        return self._formats[key]

    def sheet(self, title: str, color: str = DARK, landscape: bool = True) -> Worksheet:
        """A new sheet, ready for print: one page wide, its first row on every page."""
        sheet = self.made.add_worksheet(title)
        sheet.set_tab_color(color)
        sheet.hide_gridlines(2)
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(PAPER_A4)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&8&A&R&8&P / &N")
        return sheet

    def done(self) -> bytes:
        """Close it; its bytes."""
        self.made.close()
        return self.buffer.getvalue()


def new(title: str, subject: str, comments: str) -> Book:
    """An empty workbook with document properties; nothing written to it becomes a formula or a link by itself."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made = Workbook(buffer, options)
    made.set_properties(
        {"title": title[:200], "subject": subject[:200], "author": "", "comments": comments, "created": BORN}
    )
    return Book(made, buffer)


def width(texts: list[str], most: int = MOST_WIDTH, least: int = LEAST_WIDTH) -> float:
    """The width of a column that holds these texts; wide letters count twice."""
    longest = max((sum(2 if ord(char) > 0x2E7F else 1 for char in text[: 2 * most]) for text in texts), default=0)
    return max(least, min(most, longest + 2))
