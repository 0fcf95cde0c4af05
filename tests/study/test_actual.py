"""Simulated against actual: a world small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import simnet as sn
from simnet.errors import SimnetError
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
