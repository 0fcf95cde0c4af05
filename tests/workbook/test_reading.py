"""A workbook written by hand is a scenario: what cells hold, and what they may not."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from simnet.scenario import load
from tests.workbook.books import Sheets, made

FORMAT = dict[str, Any]


def test_a_workbook_is_a_scenario(tmp_path: Path) -> None:
    """Parts keep their zeros, units stand in heads or cells, rules and designs are there."""
    found = load(made(tmp_path / "tiny.xlsx"))
    assert found.name == "tiny"
    assert list(found.parts.names) == ["0123", "4711E3"]
    assert found.parts.cost.tolist() == [124_000, 880_000]
    assert [dealer.lead_time.mean for dealer in found.dealers.values() if dealer.lead_time] == [2880, 4320]
    assert found.stocking.rules[0].policy == "none"
    assert found.designs == ("tiny", "richer")
    assert found.design("richer").stocking.default.target == 0.99
    assert found.expect[0].kpi == "fill.line"


@pytest.mark.parametrize(
    ("cell", "style"),
    [
        pytest.param("95 %", {}, id="text"),
        pytest.param(0.95, {"num_format": "0%"}, id="percent cell"),
        pytest.param(0.95, {"num_format": 10}, id="percent cell with decimals"),
        pytest.param(0.95, {"num_format": "0.0 %;[Red]-0.0 %"}, id="percent cell of a format of its own"),
    ],
)
def test_a_percentage_is_what_it_shows(tmp_path: Path, cell: Any, style: FORMAT) -> None:
    """Whoever types 95% gets a cell that holds 0.95 and shows 95 %: that is what he wrote."""

    def typed(book: Workbook) -> None:
        page = book.get_worksheet_by_name("stocking")
        assert page is not None
        page.write(1, 3, cell, book.add_format(style))

    assert load(made(tmp_path / "tiny.xlsx", after=typed)).stocking.default.target == 0.95


@pytest.mark.parametrize(
    ("path", "cell", "style", "value"),
    [
        pytest.param("run.start", datetime.date(2027, 3, 1), "yyyy-mm-dd", "2027-03-01", id="date"),
        pytest.param("run.start", datetime.date(2027, 3, 1), "d.m.yy", "2027-03-01", id="date shown otherwise"),
        pytest.param("order_classes.day.cut_off", datetime.time(14, 30), "hh:mm", "14:30", id="time"),
        pytest.param("order_classes.day.consolidate", True, "General", "true", id="true"),
        pytest.param("run.seed", 7.0, "0.00", "7", id="whole number"),
        pytest.param("about", "=1+1", "@", "=1+1", id="text like a formula"),
        pytest.param("about", '"  two spaces, {not a map}\\n"', "@", "  two spaces, {not a map}\n", id="quoted"),
        pytest.param('stocking.sites."lyon".target', "91 %", "@", "91 %", id="quoted step"),
    ],
)
def test_a_cell_becomes_the_text_that_yaml_would_hold(
    tmp_path: Path, path: str, cell: Any, style: str, value: str
) -> None:
    """Dates, times, booleans and numbers are as in YAML; text is text."""

    def typed(book: Workbook) -> None:
        page = book.get_worksheet_by_name("Settings")
        assert page is not None
        page.write_string(9, 0, path)
        shown = book.add_format({"num_format": style})
        page.write_string(9, 1, cell, shown) if isinstance(cell, str) else page.write(9, 1, cell, shown)

    def gone(found: Sheets) -> None:
        found["Settings"] = [row for row in found["Settings"] if row[0] != path]
        found["Settings"] += [[None, None]] * (9 - len(found["Settings"]))

    there: Any = load(made(tmp_path / "tiny.xlsx", gone, typed)).written()
    for step in path.replace('"', "").split("."):
        there = there[step]
    assert there == value


def test_a_long_value_goes_on_in_the_row_below(tmp_path: Path) -> None:
    """A spreadsheet ends a cell at 32,767 characters."""

    def long(found: Sheets) -> None:
        found["Settings"] += [["about", "x" * 30_000], [None, "y" * 30_000]]

    assert load(made(tmp_path / "tiny.xlsx", long)).about == "x" * 30_000 + "y" * 30_000


def test_entries_of_demand_are_rows(tmp_path: Path) -> None:
    """A sheet `demand` that no value names holds entries, one a row."""

    def entries(found: Sheets) -> None:
        found["Settings"] = [row for row in found["Settings"] if row[0] != "demand.table"]
        found["demand"] = [["part", "orders", "size", "at"], ["0123", "2 per month", "{geometric: {mean: 1.5}}", None],
                           ["all", "1 per year", 2, "[lyon, turin]"]]  # fmt: skip

    found = load(made(tmp_path / "tiny.xlsx", entries))
    assert [entry.part for entry in found.demand] == [("0123",), ("all",)] or len(found.demand) == 2


def test_a_sheet_for_people_may_stay(tmp_path: Path) -> None:
    """Its name begins with `_`."""

    def more(found: Sheets) -> None:
        found["_pivot"] = [["anything"]]
        found["Read me"] = [["hello"]]

    assert load(made(tmp_path / "tiny.xlsx", more)).name == "tiny"
