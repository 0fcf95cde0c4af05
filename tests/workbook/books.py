"""Workbooks of the tests: a tiny scenario, sheet by sheet, with some cells as a planner may leave them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

TINY: Mapping[str, Sequence[Sequence[Any]]] = {
    "Settings": [
        ["path", "value", "note"],
        ["simnet", 1],
        ["name", "tiny"],
        ["money", "EUR"],
        ["run.start", "2026-01-01"],
        ["run.length", "1 y"],
        ["run.replications", 2],
        ["demand.table", "sheet demand"],
        ["parts", "sheet parts"],
    ],
    "suppliers": [["supplier", "lead_time"], ["factory", "{mean: 20 d, cv: 0.5}"]],
    "warehouses": [["warehouse", "tier", "refilled_by"], ["gent", "central", "factory"]],
    "dealers": [["dealer", "served_by", "lead_time [d]"], ["lyon", "gent", 2], ["turin", "gent", 3]],
    "parts": [
        ["part", "cost [EUR]", "price", "class"],
        ["0123", 12.4, "23 EUR", "fast"],
        ["4711E3", 88, "170", "slow"],
    ],
    "demand": [["part", "at", "orders"], ["0123", "lyon", "2 per month"], ["4711E3", "turin", "3 per year"]],
    "stocking": [
        ["where", "name", "policy", "target", "when"],
        ["default", None, "base-stock", "95 %", None],
        ["class", "slow", None, "90 %", None],
        ["rule", None, "none", None, "{tier: dealer, class: slow}"],
    ],
    "designs": [["design", "path", "value"], ["richer", "stocking.default.target", "99 %"]],
    "expect": [["figure", "limit"], ["fill.line", "at least 10 %"]],
}
"""One central, two dealers, two parts whose numbers look like other things."""
Sheets = dict[str, list[list[Any]]]
Change = Callable[[Sheets], None]


def sheets() -> Sheets:
    """The tiny scenario's sheets, to be changed."""
    return copy.deepcopy({name: [list(row) for row in rows] for name, rows in TINY.items()})


def made(
    path: Path,
    change: Change | None = None,
    after: Callable[[Workbook], None] | None = None,
    like: Sheets | None = None,
) -> Path:
    """Write a workbook of some sheets, numbers as numbers; `after` does to it what cells alone cannot."""
    found = sheets() if like is None else like
    if change is not None:
        change(found)
    book = Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "d.m.yyyy"})
    for name, rows in found.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, column, cell)
                elif cell is not None:
                    page.write(number, column, cell)
    if after is not None:
        after(book)
    book.close()
    return path
