"""Cells that are wrong: what is changed in the tiny workbook, and what is said of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from tests.workbook.books import Sheets


def put(sheet: str, row: int, column: int, cell: Any) -> Callable[[Sheets], None]:
    """A change of one cell."""

    def change(found: Sheets) -> None:
        rows = found[sheet]
        while len(rows) <= row:
            rows.append([])
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = cell

    return change


def without(sheet: str) -> Callable[[Sheets], None]:
    """A workbook that lacks a sheet."""
    return lambda found: found.__delitem__(sheet)


def renamed(sheet: str, name: str) -> Callable[[Sheets], None]:
    """A workbook in which a sheet has another name."""

    def change(found: Sheets) -> None:
        found[name] = found.pop(sheet)

    return change


BROKEN = [
    pytest.param(without("Settings"), "", "has no sheet 'Settings'", "simnet new NAME --excel", id="no settings"),
    pytest.param(
        renamed("Settings", "Setings"),
        "",
        "has no sheet 'Settings'",
        "did you mean 'Setings'?",
        id="settings misspelled",
    ),
    pytest.param(
        renamed("dealers", "delaers"),
        "sheet delaers",
        "not part of the scenario",
        "did you mean 'dealers'?",
        id="stray sheet",
    ),
    pytest.param(
        without("parts"),
        "sheet Settings, cell B9",
        "there is no sheet 'parts'",
        "its sheets are",
        id="sheet named is missing",
    ),
    pytest.param(
        put("dealers", 0, 1, "servd_by"),
        "sheet dealers, cell B1",
        "unknown column 'servd_by'",
        "did you mean 'served_by'?",
        id="head misspelled",
    ),
    pytest.param(
        put("Settings", 0, 1, "val"),
        "sheet Settings, cell row 1",
        "has no column 'value'",
        "did you mean 'val'?",
        id="head of settings",
    ),
    pytest.param(
        put("stocking", 0, 3, "targt"), "sheet stocking, cell D2", "targt", "", id="key of stocking misspelled"
    ),
    pytest.param(
        put("stocking", 1, 3, 95), "sheet stocking, cell D2", "such as '95 %'", "", id="number where a share is due"
    ),
    pytest.param(
        put("Settings", 5, 1, 365), "sheet Settings, cell B6", "needs a unit", "", id="number where a time is due"
    ),
    pytest.param(
        put("parts", 1, 1, datetime.date(2026, 1, 31)),
        "sheet parts, cell B2",
        "12.40 EUR",
        "",
        id="date where money is due",
    ),
    pytest.param(
        put("parts", 2, 0, "0123"),
        "sheet parts, cell A3",
        "is there twice; the first is in row 2",
        "keep one",
        id="part twice",
    ),
    pytest.param(
        put("dealers", 2, 0, "lyon"), "sheet dealers, cell A3", "'lyon' is there twice", "keep one", id="site twice"
    ),
    pytest.param(
        lambda s: s["Settings"].append(["run.lenght", "2 y"]),
        "sheet Settings, cell A10",
        "unknown key 'lenght'",
        "did you mean 'length'?",
        id="unknown path",
    ),
    pytest.param(
        lambda s: s["Settings"].append(["run..length", "2 y"]),
        "sheet Settings, cell A10",
        "is no path",
        "",
        id="no path",
    ),
    pytest.param(
        lambda s: s["Settings"].append(["run.length", "2 y"]),
        "sheet Settings, cell A10",
        "is given twice",
        "the first is in tiny.xlsx, sheet Settings, cell A6",
        id="path twice",
    ),
    pytest.param(
        lambda s: s["Settings"].append(["dealers.lyon.share", "2"]),
        "sheet Settings, cell A10",
        "'dealers' is given here and in the sheet",
        "keep one",
        id="section twice",
    ),
    pytest.param(
        put("stocking", 2, 0, "tiers"),
        "sheet stocking, cell A3",
        "no place to stock is called 'tiers'",
        "did you mean 'tier'?",
        id="where",
    ),
    pytest.param(
        put("stocking", 2, 1, None), "sheet stocking, cell B3", "the name of a class is due", "", id="no name"
    ),
    pytest.param(
        put("suppliers", 1, 1, "{mean: 20 d, cv: 0.5"),
        "sheet suppliers, cell B2",
        "is not YAML",
        "'}' is missing",
        id="map not closed",
    ),
    pytest.param(
        put("suppliers", 1, 1, "{mean: 20, cv: 0.5}"),
        "sheet suppliers, cell B2",
        "needs a unit",
        "",
        id="map without a unit",
    ),
    pytest.param(
        put("designs", 1, 2, None),
        "sheet designs, cell C2",
        "is empty",
        "write null to remove it",
        id="design without a value",
    ),
    pytest.param(
        put("designs", 1, 1, None),
        "sheet designs, cell B2",
        "the path of the value beside it is due",
        "",
        id="design without a path",
    ),
    pytest.param(
        put("designs", 1, 1, "stocking.default.targt"), "sheet designs, cell B2", "targt", "", id="path of a design"
    ),
    pytest.param(put("expect", 1, 0, "fill.lin"), "sheet expect", "fill.lin", "", id="figure"),
    pytest.param(put("expect", 1, 1, ">= 95 %"), "sheet expect, cell B2", "", "at least", id="limit"),
    pytest.param(
        put("dealers", 1, 1, "ghent"), "sheet dealers, cell B2", "ghent", "did you mean 'gent'?", id="source misspelled"
    ),
]
"""A change, then where the message says it is, what it says, and its remedy."""
