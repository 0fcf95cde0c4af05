"""Drop-down lists: the words of the language, and the names in other sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simnet.scenario.sheet_kinds import WHERE
from simnet.scenario.tables import cell_name
from simnet.workbook.meaning import found_of
from simnet.workbook.sheets import Sheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_TEXT, MOST_CHOICES = 255, 20
"""Of a list that is written out, as a spreadsheet takes it."""
WORDS = {
    "tier": ("central", "regional", "support"),
    "mode": ("road", "sea", "air"),
    "policy": ("base-stock", "min-max", "reorder-lot", "economic", "none"),
}
"""Usual words, beside which one may write others."""
NAMES = {
    "refilled_by": ("warehouses", "suppliers"), "served_by": ("warehouses",), "supplier": ("suppliers",),
    "from": ("warehouses", "suppliers"), "to": ("warehouses", "dealers"), "dealer": ("dealers",),
    "order_class": ("order_classes",), "part": ("parts",), "site": ("dealers",),
}  # fmt: skip
"""Columns that name rows of other sheets."""
REFERRED = 5000


@dataclass(frozen=True)
class Choice:
    """A list for the cells of a column, or for one cell."""

    column: int
    source: list[str] | str
    strict: bool
    """Whether nothing else may be written."""
    row: int | None = None

    def put(self, page: Worksheet, last: int) -> None:
        """Attach it to the sheet."""
        first, end = (1, last) if self.row is None else (self.row, self.row)
        page.data_validation(
            first, self.column, end, self.column,
            {"validate": "list", "source": self.source, "ignore_blank": True,
             "error_type": "stop" if self.strict else "information",
             "error_title": "Not in the list", "error_message": "Choose from the list." if self.strict else
             "This is not in the list; is it spelled as meant?"},
        )  # fmt: skip


def choices(sheet: Sheet, sheets: Sequence[Sheet]) -> Iterator[Choice]:
    """The lists of a sheet."""
    if sheet.kind in ("settings", "costs"):
        for row, (path, *_) in enumerate(sheet.rows, 1):
            words = _words(path) if path else ()
            if words:
                yield Choice(1, list(words), True, row)
        return
    for column, head in enumerate(sheet.header):
        if sheet.kind == "stocking" and column < 2:
            if column == 0:
                yield Choice(0, list(WHERE), True)
        elif column == 0 and sheet.kind not in ("lanes", "table", "designs", "demand"):
            continue
        else:
            yield from _column(sheet, sheets, column, head)


def _column(sheet: Sheet, sheets: Sequence[Sheet], column: int, head: str) -> Iterator[Choice]:
    if sheet.kind == "designs":
        if column == 0:
            names = list(dict.fromkeys(row[0] for row in sheet.rows if row[0]))
            yield from _listed(column, names, False)
        return
    if head in NAMES and not (sheet.kind == "table" and column == 0):
        if sheet.kind == "table" and head in ("part", "supplier") and len(sheet.rows) > REFERRED:
            return
        there = next((each for kind in NAMES[head] for each in sheets if each.kind == kind), None)
        there = there or next((each for each in sheets if each.title in NAMES[head] and each.kind == "table"), None)
        if there is not None and there is not sheet and len(there.rows) <= REFERRED:
            title = there.title.replace("'", "''")
            end = cell_name(len(there.rows) + 1, 0)[1:]
            yield Choice(column, f"='{title}'!$A$2:$A${end}", False)
    elif head == "class":
        yield from _listed(column, list(dict.fromkeys(row[column] for row in sheet.rows if row[column])), False)
    elif head in WORDS:
        own = [row[column] for row in sheet.rows if row[column] and not row[column].startswith(("{", "["))]
        yield from _listed(column, list(dict.fromkeys((*WORDS[head], *own))), False)
    elif sheet.about:
        words = _words(f"{sheet.about}.{head}")
        if words:
            yield Choice(column, list(words), True)


def _listed(column: int, names: list[str], strict: bool) -> Iterator[Choice]:
    """A list written out, if it is short enough and no name in it holds a comma."""
    if 0 < len(names) <= MOST_CHOICES and len(",".join(names)) <= MOST_TEXT and not any("," in name for name in names):
        yield Choice(column, names, strict)


def _words(path: str) -> tuple[str, ...]:
    """The words of which a key takes one."""
    found = found_of(path)
    written = found.written if found is not None else ""
    if written == "true or false":
        return ("true", "false")
    if not written.startswith("one of ") or ";" in written:
        return ()
    return tuple(word.strip() for word in written.removeprefix("one of ").split(","))
