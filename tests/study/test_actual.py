"""Simulated against actual: a world small enough to count by hand."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import simnet as sn
from simnet.cli import main
from simnet.errors import SimnetError
from simnet.report.against import NOTE, Against
from simnet.study.actual import OPEN, Waits

WORLD = """simnet: 1
name: counted
money: EUR
run: {start: 2025-01-01, length: 3 mo, replications: 1}
suppliers: {factory: {lead_time: 10 d}}
warehouses: {central: {refilled_by: factory}}
dealers: {lyon: {served_by: central, lead_time: 2 d}, turin: {served_by: central, lead_time: 0 d}}
parts: {A: {class: fast}, B: {class: slow}}
demand: {orders: orders.csv, replay: exact}
stocking: {default: {policy: base-stock, up_to: 1}, tiers: {dealer: {policy: none}}}
"""
ORDERS = """part,date,quantity,dealer,delivered
A,2025-01-05,1,lyon,2025-01-07
A,2025-01-08,1,lyon,2025-01-08
A,2025-02-20,1,turin,2025-02-20
B,2025-03-01,1,turin,2025-03-09
B,2025-03-30,2,turin,
"""


def study(folder: Path, world: str = WORLD, orders: str = ORDERS) -> sn.Study:
    """The world in a folder of its own."""
    (folder / "orders.csv").write_text(orders)
    (folder / "counted.yaml").write_text(world)
    return sn.load(folder / "counted.yaml")


def test_both_sides_by_hand(tmp_path: Path) -> None:
    """Lyon's second line finds the shelf empty until 15 January; turin's are served at once; the last is owed."""
    result = study(tmp_path).run(lines=True, folder=None)
    found = result.against_actual().set_index("figure")
    assert found.loc["lines", ["actual", "simulated"]].tolist() == [4, 5]
    assert found.loc["the same day", ["actual", "simulated"]].tolist() == [0.5, 0.4]
    assert found.loc["within 2 d", ["actual", "simulated"]].tolist() == [0.75, 0.6]
    assert found.loc["wait, median", "actual"] == 0 and found.loc["wait, median", "simulated"] == 2
    assert found.loc["wait, 95th pct", "actual"] == 8


@pytest.mark.parametrize(("by", "groups"), [("site", ["lyon", "turin"]), ("part_class", ["fast", "slow"])])
def test_groups(tmp_path: Path, by: str, groups: list[str]) -> None:
    """By dealer and by part class, each side counts its own."""
    found = study(tmp_path).run(lines=True, folder=None).against_actual(by)
    lines = found[found["figure"] == "lines"].set_index("group")
    assert lines.index.tolist() == groups
    assert lines["actual"].tolist() == [2, 2] if by == "site" else [3, 1]


def test_lines_of_the_warm_up_count_on_neither_side(tmp_path: Path) -> None:
    """Only what is ordered in the measured time is compared."""
    world = WORLD.replace("length: 3 mo", "warm_up: 1 mo, length: 2 mo")
    found = study(tmp_path, world).run(lines=True, folder=None).against_actual().set_index("figure")
    assert found.loc["lines", ["actual", "simulated"]].tolist() == [2, 3]


def test_a_run_that_starts_in_another_year_compares_the_same_lines(tmp_path: Path) -> None:
    """The history is laid on the run's months; its waits are its own."""
    world = WORLD.replace("start: 2025", "start: 2031")
    found = study(tmp_path, world).run(lines=True, folder=None).against_actual().set_index("figure")
    assert found.loc["lines", "actual"] == 4 and found.loc["within 2 d", "actual"] == 0.75


def test_as_it_was_replays_line_by_line(tmp_path: Path) -> None:
    """A bootstrap is set to the history itself; an exact replay stays as it is."""
    exact = study(tmp_path)
    assert exact.as_it_was() is exact
    drawn = study(tmp_path, WORLD.replace("replay: exact", "replay: bootstrap"))
    assert drawn.as_it_was().scenario.demand[0].replay == "exact"  # type: ignore[attr-defined]


def test_a_history_without_deliveries_is_refused(tmp_path: Path) -> None:
    """With the remedy."""
    plain = "\n".join(line.rsplit(",", 1)[0] for line in ORDERS.splitlines()) + "\n"
    with pytest.raises(SimnetError, match="says when lines were delivered"):
        study(tmp_path, orders=plain).as_it_was()


def test_a_delivery_before_its_order_is_a_problem_of_the_table(tmp_path: Path) -> None:
    """With line and column."""
    with pytest.raises(SimnetError) as caught:
        study(tmp_path, orders=ORDERS.replace("2025-01-07", "2024-12-07"))
    (problem,) = caught.value.problems
    assert problem.message == "is before the order of 2025-01-05: 2024-12-07"
    assert (problem.line, problem.path) == (2, "column delivered")


def test_percentiles_are_those_of_whole_lines() -> None:
    """The p-th percentile is the least wait that p % of the lines do not exceed; open lines are longer than any."""
    found = Waits.of(np.array([0] * 10 + [3] * 8 + [9, OPEN]))
    assert found.within == (0.5, 0.5, 0.5, 0.9)
    assert found.percentile == (0, 3, 9)
    assert Waits.of(np.array([0, OPEN])).percentile == (0, None, None)


@pytest.mark.parametrize(("rows", "words"), [
    ([("within 2 d", "share", 0.94, 0.96, None)], "Close: every share"),
    ([("within 2 d", "share", 0.94, 0.99, 0.0)], "Close: every share"),
    ([("within 2 d", "share", 0.60, 0.99, 0.01), ("the same day", "share", 0.5, 0.6, 0.0)],
     "Far off: within 2 d, 99.0 % simulated where the history has 60.0 %. The simulated network is faster"),
    ([("within 2 d", "share", 0.99, 0.60, 0.01)], "The simulated network is slower"),
    ([("within 2 d", "share", 0.90, 0.70, 0.16)], "Close: every share"),  # the interval reaches there
    ([("wait, 95th pct", "d", 6.0, 2.0, 0.0)], "Close: every share"),  # the shares tell of it
    ([("wait, 95th pct", "d", 10.0, 13.0, 0.0)], "Far off: wait, 95th pct, 13 d simulated where the history has 10 d."),
    ([("wait, 95th pct", "d", 40.0, 48.0, 0.0)], "Close: every share"),
    ([("wait, 95th pct", "d", 13.0, 9.0, 0.0)], "is faster than the real one was"),
    ([("wait, 95th pct", "d", 10.0, None, None)], "no delivery simulated where the history has 10 d."),
    ([("wait, 95th pct", "d", 10.0, None, None)], "is slower than"),
    ([("lines", "lines", 100.0, 300.0, None), ("wait, median", "d", None, None, None)], "Close: every share"),
])  # fmt: skip
def test_whether_the_history_speaks_for_the_simulation(rows: list[tuple[object, ...]], words: str) -> None:
    """Five points of a share, a quarter or two days of a wait; the farthest is named, and which side is slower."""
    names = ("figure", "unit", "actual", "simulated", "half_width")
    found = Against.of("a", None, [{"group": "all", **dict(zip(names, row, strict=True))} for row in rows])
    assert words in found.verdict
    assert not Against.of("a", "site", [{"group": "lyon", **dict(zip(names, rows[0], strict=True))}]).verdict


def test_the_report_and_the_workbook_hold_it(tmp_path: Path) -> None:
    """The words and cells of the terminal, by part class too, on the sheet by site as well."""
    from python_calamine import CalamineWorkbook

    result = study(tmp_path).run(lines=True, folder=None)
    page = result.report(tmp_path / "report.html").read_text()
    trust = unescape(page[page.index('id="trust"') :]).replace("\u00a0", " ")
    for words in ("Against the history: 4 lines that it knows the delivery of", "Against the history, by part class",
                  "within 2 d", "75.0 %", "60.0 %", "wait, 95th pct", NOTE):  # fmt: skip
        assert words in trust, words
    sheets = CalamineWorkbook.from_path(result.excel(tmp_path / "report.xlsx"))
    rows = sheets.get_sheet_by_name("Against actual").to_python()
    assert ["counted", "all lines", "all", "within 2 d", 0.75, 0.6] in [row[:6] for row in rows]
    assert {row[1] for row in rows} >= {"all lines", "part class", "site"}


def test_a_run_that_was_not_asked_says_how_to(tmp_path: Path) -> None:
    """Without lines, or of months that are drawn, there is no table, but the command that makes it."""
    for world in (WORLD, WORLD.replace("replay: exact", "replay: bootstrap")):
        result = study(tmp_path, world).run(lines=world != WORLD, folder=None)
        page = result.report(tmp_path / "report.html").read_text()
        assert "Against the history" not in page
        assert "simnet run counted.yaml --against-actual" in page
    plain = ORDERS.replace(",delivered", "").replace(",lyon,2025-01-07", ",lyon").replace(",lyon,2025-01-08", ",lyon")
    plain = (
        plain.replace(",turin,2025-02-20", ",turin").replace(",turin,2025-03-09", ",turin").replace("turin,", "turin")
    )
    page = study(tmp_path, orders=plain).run(folder=None).report(tmp_path / "report.html").read_text()
    assert "--against-actual" not in page


def test_a_history_outside_the_measured_time_leaves_the_report_without_it(tmp_path: Path) -> None:
    """Nothing to compare is no reason to have no report."""
    world = WORLD.replace("length: 3 mo", "warm_up: 5 mo, length: 1 mo")
    page = study(tmp_path, world).run(lines=True, folder=None).report(tmp_path / "report.html").read_text()
    assert "Against the history" not in page


def test_a_network_run_in_slices_is_refused_before_it_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command does not run for hours to say that it cannot."""
    monkeypatch.setattr("simnet.study.ready.LARGE", 1)
    path = study(tmp_path).path
    done = CliRunner().invoke(main, ["run", str(path), "--against-actual", "--out", str(tmp_path / "out")])
    assert done.exit_code == 2 and "too large to be held whole" in done.output
    assert not (tmp_path / "out").exists()


def test_a_network_run_in_slices_says_where_its_lines_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are on disk only: a message, no traceback, and a report without the table."""
    monkeypatch.setattr("simnet.study.ready.LARGE", 1)
    result = study(tmp_path).run(lines=True, folder=tmp_path / "runs")
    with pytest.raises(SimnetError, match=r"too large to be held whole.*\n.*lines-\*\.parquet"):
        result.against_actual()
    assert "Against the history" not in result.report(tmp_path / "report.html").read_text()
