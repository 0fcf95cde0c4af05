"""Units moved from cells into heads: numbers a spreadsheet can add, where a whole column has one unit."""

from __future__ import annotations

import re
from dataclasses import replace

from simnet.scenario.excel import as_read
from simnet.workbook.sheets import Sheet

_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([A-Za-z%/]+)")
KINDS = ("table", "dealers")
"""Sheets that are read as tables, whose heads may hold units."""


def in_heads(sheet: Sheet) -> Sheet:
    """The sheet with `lead_time [d]` and 2 for `lead_time` and `2 d`; the same values, written otherwise."""
    if sheet.kind not in KINDS:
        return sheet
    columns = [list(column) for column in zip(*sheet.rows, strict=True)]
    header = list(sheet.header)
    for at, column in enumerate(columns):
        found = [_AMOUNT.fullmatch(text) for text in column if text]
        units = {match[2] if match else "" for match in found}
        if len(units) == 1 and "" not in units:
            header[at] = f"{header[at]} [{units.pop()}]"
            columns[at] = [as_read(float(text.split(" ")[0])) if text else "" for text in column]
    return replace(sheet, header=header, rows=[list(row) for row in zip(*columns, strict=True)])
