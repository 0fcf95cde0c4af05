"""Money that a workbook shows in another currency than the scenario's is told, never read as if it were in that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simnet.currencies import currency_of_format, may_be
from simnet.errors import Problem, SimnetError
from simnet.scenario import load
from simnet.scenario.cells import _cells
from tests.workbook.books import Sheets, made
from tests.workbook.cases import put
from tests.workbook.test_left_by_planners import formatted, sheet

LANES = [["from", "to", "cost", "shipment_cost"], ["gent", "lyon", 1.1, 40]]
ORDERING = [["supplier", "lead_time [d]", "minimum_order_value", "order_every"], ["factory", 20, 5000, "1 w"]]


def told(path: Path) -> list[Problem]:
    """What is said of a file."""
    with pytest.raises(SimnetError) as caught:
        load(path)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('"$"#,##0.00', "$"), (r"\$0.00", "$"), ("$#,##0.00", "$"), ("[$$-409]#,##0.00", "USD"), ("[$USD] 0.00", "USD"),
        ("[$$-1009]#,##0.00", "CAD"), ("#,##0.00 [$€-407]", "€"), ('0.0 "kEUR"', "EUR"), ("[$£-809]0.00", "£"),
        ('#,##0 "kr"', "kr"), ("[$CHF-807] 0.00", "CHF"), ('_-* #,##0.00\\ "zł"_-;-* #,##0.00', "zł"),
        ("[$R$-416] 0.00", "R$"), ("General", None), ("0.00%", None), ('0 "pcs"', None), ('0.0 "kg"', None),
        ("[$-409]d mmm yyyy", None), ("[Red]0.00", None), ('[h]:mm "h"', None),
    ],
)  # fmt: skip
def test_number_formats_name_currencies(code: str, shown: str | None) -> None:
    """By letters, by a sign, or by the country of a dollar; other words are none."""
    assert currency_of_format(code) == shown


def test_a_sign_may_stand_for_several_currencies() -> None:
    """A dollar is no euro, and a Canadian one is not one of the United States."""
    assert may_be("$", "CAD")
    assert may_be("€", "EUR")
    assert not may_be("$", "EUR")
    assert not may_be("USD", "CAD")


@pytest.mark.parametrize(
    ("change", "place", "cell"),
    [
        pytest.param(None, ("parts", 1, 1), "B2", id="cost"),
        pytest.param(None, ("parts", 2, 2), "C3", id="price"),
        pytest.param(sheet("lanes", *LANES), ("lanes", 1, 2), "C2", id="freight"),
        pytest.param(sheet("lanes", *LANES), ("lanes", 1, 3), "D2", id="shipment"),
        pytest.param(sheet("suppliers", *ORDERING), ("suppliers", 1, 2), "C2", id="least order"),
    ],
)
def test_an_amount_shown_in_another_currency_is_no_amount_of_this(
    change: Callable[[Sheets], None] | None, place: tuple[str, int, int], cell: str, tmp_path: Path
) -> None:
    """The sheet and the cell are named; a format in the scenario's own currency, or in none, changes nothing."""
    (problem,) = told(made(tmp_path / "dollars.xlsx", change, formatted(*place, 7, "[$$-409]#,##0.00")))
    assert (problem.sheet, problem.cell) == (place[0], cell)
    assert problem.message == "is shown in USD, but this scenario counts in EUR (money: EUR)"
    assert problem.remedy == "write the amount in EUR, and format the cell as such or as a plain number"
    for code in ("#,##0.00 [$€-407]", '0.00 "EUR"', "#,##0.00"):
        load(made(tmp_path / "euros.xlsx", change, formatted(*place, 7, code)))


def test_the_parts_of_a_workbook_without_settings_for_them_are_held_to_their_formats(tmp_path: Path) -> None:
    """A sheet of parts that is no table is read row by row."""

    def apart(found: Sheets) -> None:
        found["Settings"] = [row for row in found["Settings"] if row[0] != "parts"]

    (problem,) = told(made(tmp_path / "dollars.xlsx", apart, formatted("parts", 1, 1, 7, '"$"0.00')))
    assert (problem.sheet, problem.cell) == ("parts", "B2")
    assert "is shown in $" in problem.message


def test_formats_of_what_is_no_money_or_no_number_say_nothing(tmp_path: Path) -> None:
    """A planner who formats a whole sheet as money has no other pack, name or text for it."""
    load(made(tmp_path / "days.xlsx", after=formatted("dealers", 1, 2, 3, '"$"#,##0')))
    load(made(tmp_path / "name.xlsx", put("demand", 1, 0, 123), formatted("parts", 1, 0, 123, '"$"#,##0')))


@pytest.mark.parametrize(
    ("head", "message", "remedy"),
    [
        ("cost (USD)", "is in USD, but this scenario counts in EUR (money: EUR)", "write the amounts in EUR"),
        ("cost [$]", "is in $, but this scenario counts in EUR (money: EUR)", "write the amounts in EUR"),
        ("cost (€)", "names its currency by a sign: €", "write cost [EUR]"),
        ("cost_usd", "unknown column 'cost_usd'", "name the currency in brackets: cost [USD]"),
        ("Cost EUR", "unknown column 'Cost EUR'", "name the currency in brackets: cost [EUR]"),
    ],
)
def test_a_head_that_names_another_currency_is_told_once_there(
    head: str, message: str, remedy: str, tmp_path: Path
) -> None:
    """However many cells stand below it."""
    (problem,) = told(made(tmp_path / "tiny.xlsx", put("parts", 0, 1, head)))
    assert (problem.cell, problem.message, problem.remedy) == ("B1", message, remedy)


@pytest.mark.parametrize(
    "cell",
    [
        b'<c s="3" r="B2"><v>1</v></c>', b'<c r="B2" t="n" s="3"><v>1</v></c>', b'<x:c r="B2" s="3"><x:v>1</x:v></x:c>',
        b'<c r="B2" s="3"/>', b'<row r="2" s="7"><c r="B2" s="3"><v>1</v></c>',
    ],
)  # fmt: skip
def test_cells_are_found_however_their_attributes_stand(cell: bytes) -> None:
    """Other programs write other orders and prefixes."""
    assert _cells(cell) == [(b"B", b"2", b"3")]


def test_a_cell_without_a_style_stands_beside_one_with_a_style() -> None:
    """Each has its own."""
    assert _cells(b'<c r="A1"><v>1</v></c><c r="B1" t="s" s="3"/>') == [(b"A", b"1", b""), (b"B", b"1", b"3")]
