"""All that is wrong is told in one go: cells, heads and sheets together with what does not fit together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simnet.errors import Problem, SimnetError
from simnet.study import load
from tests.workbook.books import Sheets, made
from tests.workbook.cases import put, renamed

Fault = Callable[[Sheets], None]


def told(path: Path) -> tuple[list[Problem], bool]:
    """What is said of a file, and whether more may follow."""
    with pytest.raises(SimnetError) as caught:
        load(path)
    return list(caught.value.problems), caught.value.more


def all_of(*faults: Fault) -> Fault:
    """Several mistakes in one workbook."""

    def change(found: Sheets) -> None:
        for fault in faults:
            fault(found)

    return change


TEN: dict[str, Fault] = {
    "unknown key 'lenght'": lambda found: found["Settings"].append(["run.lenght", "2 y"]),
    "is not YAML": put("stocking", 3, 4, "{tier: dealer, class: slow"),
    "unknown column 'servd_by'": put("dealers", 0, 1, "servd_by"),
    "no place to stock is called 'clas'": put("stocking", 2, 0, "clas"),
    "needs a percent sign": put("stocking", 1, 3, 95),
    "'12,4' - decimal comma?": put("parts", 1, 1, "12,4"),
    "there is no part '0124'": put("demand", 1, 0, "0124"),
    "there is no site or tier 'lyons'": put("demand", 1, 1, "lyons"),
    "unknown key 'targt'": put("designs", 1, 1, "stocking.default.targt"),
    "unknown KPI 'fill.lin'": put("expect", 1, 0, "fill.lin"),
}
"""Mistakes on eight sheets, of the form of a cell and of its meaning; each with what is said of it."""


def test_ten_mistakes_on_all_sheets_are_ten_problems(tmp_path: Path) -> None:
    """Whoever mends what is told has mended all."""
    problems, more = told(made(tmp_path / "tiny.xlsx", all_of(*TEN.values())))
    found = [f"{each.headline()} {each.cell}" for each in problems]
    assert all(any(word in each for each in found) for word in TEN), found
    assert len(found) == 10, found
    assert not more


@pytest.mark.parametrize(
    ("first", "message"),
    [
        pytest.param(put("dealers", 0, 1, "servd_by"), "unknown column 'servd_by'", id="head of a column"),
        pytest.param(put("stocking", 0, 0, "were"), "has no column 'where'", id="head of stocking"),
        pytest.param(put("Settings", 0, 1, "valu"), "has no column 'value'", id="head of settings"),
        pytest.param(put("parts", 0, 0, "prt"), "unknown column 'prt'", id="head of parts"),
        pytest.param(renamed("dealers", "delaers"), "'delaers' is not part of the scenario", id="sheet"),
        pytest.param(renamed("Settings", "Setings"), "has no sheet 'Settings'", id="settings"),
        pytest.param(put("dealers", 2, 1, None), "needs 'served_by'", id="blank source"),
        pytest.param(put("demand", 1, 2, "often"), "'often'", id="cell of demand"),
        pytest.param(put("suppliers", 1, 1, "{mean: 20 d"), "is not YAML", id="YAML in a cell"),
    ],
)
def test_nothing_follows_from_a_typo(first: Fault, message: str, tmp_path: Path) -> None:
    """What is meant is plain: it is told once, and beside it what else is wrong."""
    assert [message in each.message for each in told(made(tmp_path / "one.xlsx", first))[0]] == [True]
    change = all_of(put("designs", 1, 1, "stocking.default.targt"), put("stocking", 2, 1, "slwo"), first)
    found = [each.message for each in told(made(tmp_path / "tiny.xlsx", change))[0]]
    assert len(found) == 3, found
    assert any("slwo" in each for each in found) and any("targt" in each for each in found)


def test_where_the_rest_cannot_be_judged_it_is_said(tmp_path: Path) -> None:
    """No name of a part is known: what asks for parts is looked at when that is mended, all else now."""
    wrong = all_of(put("parts", 0, 0, "number"), put("stocking", 2, 1, "slwo"), put("demand", 1, 1, "lyons"))
    path = made(tmp_path / "tiny.xlsx", wrong)
    problems, more = told(path)
    assert more
    assert {"lyons" in each.message for each in problems} == {True, False}
    with pytest.raises(SimnetError) as caught:
        load(path)
    assert str(caught.value).endswith("Nothing was run. More may follow once these are mended.")


def test_yaml_and_its_tables_are_told_together(tmp_path: Path) -> None:
    """Errors of the scenario, of each CSV file beside it, and of how they fit."""
    (tmp_path / "dealers.csv").write_text("dealer,servd_by,lead_time\nlyon,gent,2\nturin,gnet,1 d\n")
    (tmp_path / "parts.csv").write_text("part,cost,price\nhose,1,2,3\nfilter,x,3 EUR\n")
    (tmp_path / "orders.csv").write_text(
        "part,date,quantity,dealer\nhose,2025-01-03,two,lyon\nhoes,2025-02-03,1,lyon\nhose,2025-03-03,1,lion\n"
    )
    (tmp_path / "net.yaml").write_text(
        "simnet: 1\nrun: {length: 365}\nsuppliers: {f: {lead_time: 9 d}}\nwarehouses: {gent: {refilled_by: ff}}\n"
        "dealers: dealers.csv\nparts: parts.csv\ndemand: {orders: orders.csv}\n"
        "stocking: {default: {target: 95}}\nexpect: {fill.lin: at least 9 %}\n"
    )
    problems, _ = told(tmp_path / "net.yaml")
    found = " | ".join(f"{each.message} {Path(each.file or '').name}:{each.line}" for each in problems)
    for words in (
        "unknown column 'servd_by' dealers.csv:1", "dealers.csv:2", "'gnet' dealers.csv:3", "4 cells, the header 3",
        "'x' parts.csv:3", "'two' orders.csv:2", "'hoes' orders.csv:3", "'lion' orders.csv:4", "net.yaml:2",
        "percent sign", "'fill.lin'", "'ff' net.yaml:4",
    ):  # fmt: skip
        assert words in found, found
    assert len(problems) == 12, found


def beside(found: Sheets) -> None:
    """What a planner adds to a workbook for himself."""
    found["dealers"][0].append("note")
    found["dealers"][1].append("call them")
    found["parts"][0].append("Meaning")
    found["parts"][1].append("of the pump")
    found["stocking"][0][3] = "Target"
    found["Sheet1"] = []


def test_notes_and_empty_sheets_change_nothing(tmp_path: Path) -> None:
    """A column called note is for people in every sheet, and an empty sheet holds nothing that could be lost."""
    plain = load(made(tmp_path / "tiny.xlsx")).scenario
    edited = load(made(tmp_path / "edited.xlsx", beside)).scenario
    assert edited.dealers == plain.dealers
    assert edited.stocking == plain.stocking
    assert list(edited.parts.names) == list(plain.parts.names)


def test_what_stands_beside_a_table_is_told(tmp_path: Path) -> None:
    """A cell without a head is not dropped."""
    problems, _ = told(made(tmp_path / "tiny.xlsx", put("dealers", 1, 6, "call them")))
    assert ["beside the table" in (each.remedy or "") for each in problems] == [True]


def test_a_title_above_a_table_is_told_once(tmp_path: Path) -> None:
    """The row below it names the columns."""

    def title(found: Sheets) -> None:
        found["suppliers"].insert(0, ["Our suppliers"])

    found = [each.message for each in told(made(tmp_path / "tiny.xlsx", title))[0]]
    assert found == ["a title stands above the names of the columns"]
