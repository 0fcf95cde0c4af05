"""What planners leave in a workbook: emptied sheets, spaces that do not break, totals, durations, errors."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from simnet.errors import Problem, SimnetError
from simnet.study import load
from simnet.workbook import to_workbook, to_yaml
from tests.reader.samples import BASE
from tests.workbook.books import Sheets, made
from tests.workbook.cases import put
from tests.workbook.test_round_trip import same


def told(path: Path) -> list[Problem]:
    """What is said of a file."""
    with pytest.raises(SimnetError) as caught:
        load(path)
    return list(caught.value.problems)


def formatted(sheet: str, row: int, column: int, value: float, code: str) -> Callable[[Workbook], None]:
    """A number in a format of its own."""

    def after(book: Workbook) -> None:
        page = book.get_worksheet_by_name(sheet)
        assert page is not None
        page.write_number(row, column, value, book.add_format({"num_format": code}))

    return after


def failing(sheet: str, row: int, column: int) -> Callable[[Workbook], None]:
    """A cell that shows an error."""

    def after(book: Workbook) -> None:
        page = book.get_worksheet_by_name(sheet)
        assert page is not None
        page.write_formula(row, column, "=NA()", None, "#N/A")

    return after


def sheet(name: str, *rows: list[Any]) -> Callable[[Sheets], None]:
    """A workbook in which a sheet holds these rows."""
    return lambda found: found.__setitem__(name, list(rows))


def below(name: str, *cells: Any) -> Callable[[Sheets], None]:
    """A workbook in which a row stands below a sheet's table."""
    return lambda found: found[name].append(list(cells))


@pytest.mark.parametrize("name", ["lanes", "costs", "order_classes", "designs", "expect"])
@pytest.mark.parametrize("rows", [[], [[" "], ["\u00a0"]]], ids=["empty", "spaces"])
def test_an_emptied_sheet_says_nothing(name: str, rows: list[list[Any]], tmp_path: Path) -> None:
    """As one that is not there; a section that must be there is told to be empty."""
    load(made(tmp_path / "tiny.xlsx", sheet(name, *rows)))
    assert [each.message for each in told(made(tmp_path / "bare.xlsx", sheet("dealers", *rows)))] == ["is empty"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(put("dealers", 1, 0, "lyon\u00a0"), id="behind a name"),
        pytest.param(put("dealers", 0, 1, "\u00a0served_by"), id="before a head"),
        pytest.param(put("stocking", 1, 3, "95\u00a0%"), id="before a unit"),
        pytest.param(put("parts", 1, 2, "23\u00a0EUR"), id="before a currency"),
        pytest.param(below("dealers", "\u00a0", "\u00a0", None), id="in a row of its own"),
    ],
)
def test_a_space_that_does_not_break_is_a_space(change: Callable[[Sheets], None], tmp_path: Path) -> None:
    """Nobody sees the difference in a cell."""
    same(made(tmp_path / "tiny.xlsx"), made(tmp_path / "spaces.xlsx", change))


@pytest.mark.parametrize("word", ["Total", "Gesamt", "SUM:"])
def test_a_row_of_totals_is_told_and_is_no_part(word: str, tmp_path: Path) -> None:
    """It would be one more part, and nobody would see it."""
    (problem,) = told(made(tmp_path / "tiny.xlsx", below("parts", word, 100.4, 193)))
    assert problem.message == "a row of totals stands below the table"
    assert problem.cell == "A4"
    load(made(tmp_path / "name.xlsx", below("parts", word, "100 EUR", "193 EUR", "fast")))


@pytest.mark.parametrize(
    ("change", "after", "shown"),
    [
        pytest.param(None, formatted("dealers", 1, 2, 2.0, "[h]:mm"), "'48:00'", id="days as hours"),
        pytest.param(None, formatted("suppliers", 1, 1, 0.5, "[h]:mm"), "'12:00'", id="half a day"),
        pytest.param(put("dealers", 1, 2, datetime.date(2026, 1, 2)), None, "'2026-01-02'", id="a date"),
    ],
)
def test_a_duration_that_the_sheet_formats_is_told_as_it_is_shown(
    change: Callable[[Sheets], None] | None, after: Callable[[Workbook], None] | None, shown: str, tmp_path: Path
) -> None:
    """With the way to write it."""
    (problem,) = told(made(tmp_path / "tiny.xlsx", change, after))
    assert problem.message.startswith(f"{shown} is a time of day or a date")
    assert "35 d" in problem.message


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("dealers", 1, 1), ("parts", 1, 0), ("parts", 1, 1), ("stocking", 1, 3), ("stocking", 2, 1), ("Settings", 5, 0),
        ("Settings", 5, 1), ("suppliers", 1, 1), ("demand", 1, 2), ("designs", 1, 2), ("expect", 1, 0),
        ("expect", 1, 1),
    ],
)  # fmt: skip
def test_an_error_is_told_once_in_any_sheet(name: str, row: int, column: int, tmp_path: Path) -> None:
    """As what it is, not as a name that is not known or a number that is none; nothing follows from it."""
    (problem,) = told(made(tmp_path / "tiny.xlsx", None, failing(name, row, column)))
    assert problem.message == "holds a spreadsheet error: '#N/A'"
    assert problem.remedy == "correct the formula, or write the value"


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (("dealers", 1, 2), "is not a number with its unit: 'true'"),
        (("stocking", 1, 3), "is not a number with its unit: 'true'"),
        (("Settings", 6, 1), "is not a number: 'true'"),
    ],
)
def test_a_boolean_is_no_number(place: tuple[str, int, int], says: str, tmp_path: Path) -> None:
    """TRUE is not 1."""
    (problem,) = told(made(tmp_path / "tiny.xlsx", put(*place, True)))
    assert problem.message == says


HEADS = ["supplier", "lead_time", "order_every", "minimum_order_value", "hold_at_most"]
SAME = [
    pytest.param(HEADS, ["1 w", "5000 EUR", "4 w"], None, id="with units"),
    pytest.param(HEADS, ["7 d", 5000, "28 d"], None, id="a plain number"),
    pytest.param(HEADS, ["1 w", "5000", "4 w"], None, id="a number as text"),
    pytest.param(HEADS, ["1 w", 0, "4 w"], formatted("suppliers", 1, 3, 5000, "#,##0.00 [$€-407]"), id="currency"),
    pytest.param(
        ["Supplier", "lead_time", "Order every [w]", "Minimum order value [EUR]", "Hold at most [w]"], [1, 5000, 4],
        None, id="units in the heads",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("heads", "cells", "after"), SAME)
def test_orders_of_all_parts_together_in_a_sheet(
    heads: list[str], cells: list[Any], after: Callable[[Workbook], None] | None, tmp_path: Path
) -> None:
    """However the cells are written, they say the same."""
    path = made(tmp_path / "tiny.xlsx", sheet("suppliers", heads, ["factory", "20 d", *cells]), after)
    seller = load(path).design("tiny").suppliers["factory"]
    assert (seller.order_every, seller.minimum_order_value, seller.hold_at_most) == (10_080, 50_000_000, 40_320)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (["1 w", "5000 USD", "4 w"], "is in USD, but this scenario counts in EUR"),
        ([7, 5000, "4 w"], "needs a unit, such as '7 d'"),
        ([None, 5000, "4 w"], "needs to know when orders leave"),
    ],
)
def test_what_one_key_needs_of_another_is_told_alone(cells: list[Any], says: str, tmp_path: Path) -> None:
    """A wrong value is told once; that another key lacks it follows."""
    (problem,) = told(made(tmp_path / "tiny.xlsx", sheet("suppliers", HEADS, ["factory", "20 d", *cells])))
    assert problem.message.startswith(says)


def test_orders_of_all_parts_together_go_to_a_workbook_and_back(tmp_path: Path) -> None:
    """As columns of the suppliers whose heads say what they mean, and as the same keys again."""
    terms = "order_every: 1 w, minimum_order_value: 5 kEUR, hold_at_most: 4 w"
    text = BASE.replace("lead_time: {mean: 45 d", f"{terms}, lead_time: {{mean: 45 d")
    assert text != BASE
    (tmp_path / "network.yaml").write_text(text, encoding="utf-8")
    book = to_workbook(tmp_path / "network.yaml", tmp_path / "network.xlsx")
    same(tmp_path / "network.yaml", book)
    head, row = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("suppliers").to_python()[:2]
    assert dict(zip(head, row, strict=True)).items() >= {
        "order_every": "1 w", "minimum_order_value": "5 kEUR", "hold_at_most": "4 w"
    }.items()  # fmt: skip
    with zipfile.ZipFile(book) as packed:
        notes = "".join(packed.read(name).decode() for name in packed.namelist() if "comments" in name)
        texts = packed.read("xl/sharedStrings.xml").decode()
    for said in ("How often it takes orders", "Least value of a site", "How long an order is held"):
        assert said in notes
    assert "where parts come from, how often and from which value orders are taken" in texts
    back, *_ = to_yaml(book, tmp_path / "back" / "network.yaml")
    same(tmp_path / "network.yaml", back)
    assert "minimum_order_value: 5 kEUR" in back.read_text(encoding="utf-8")
