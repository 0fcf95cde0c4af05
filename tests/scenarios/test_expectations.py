"""The shipped scenarios keep what they promise in `expect:`."""

from __future__ import annotations

from pathlib import Path

import pytest

import simnet as sn
from simnet.study.expect import check

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PROMISE = """
simnet: 1
name: promise
money: EUR
run: {length: 60 d}
suppliers: {factory: {lead_time: 10 d}}
warehouses: {gent: {tier: central, refilled_by: factory}}
dealers: {lyon: {served_by: gent, lead_time: 2 d}}
parts: {filter: {cost: 10 EUR, price: 20 EUR}}
demand: {part: filter, orders: 2 per day}
stocking: {default: {policy: base-stock, up_to: 100}}
expect: {%s: %s}
"""


def kept(path: Path) -> dict[str, bool]:
    """Return each expectation of a file and whether it holds."""
    result = sn.load(path).run(folder=None)
    return {each.expectation.kpi: each.holds for each in check(result)}


@pytest.mark.parametrize(
    "name",
    [
        "minimal.yaml",
        "demo/demo.yaml",
        pytest.param("ladder/ladder.yaml", marks=pytest.mark.long),
        pytest.param("ladder/surcharge.yaml", marks=pytest.mark.long),
        pytest.param("managed-dealers/managed-dealers.yaml", marks=pytest.mark.long),
        pytest.param("volvo-like/volvo-like.yaml", marks=pytest.mark.long),
    ],
)
def test_a_shipped_scenario_keeps_its_promises(name: str) -> None:
    """Every expectation of the file holds for the file itself."""
    found = kept(SCENARIOS / name)
    assert found
    assert [kpi for kpi, holds in found.items() if not holds] == []


def promise(folder: Path, kpi: str, limit: str) -> dict[str, bool]:
    """Return what becomes of one promise."""
    path = folder / "promise.yaml"
    path.write_text(PROMISE % (kpi, limit), encoding="utf-8")
    return kept(path)


@pytest.mark.parametrize(
    ("kpi", "limit", "holds"),
    [
        ("fill.line", "at least 95 %", True),
        ("fill.line", "at most 95 %", False),
        ("wait.mean", "at most 1 h", True),
        ("wait.mean", "at least 1 d", False),
        ("cost.purchase", "between 3 kEUR and 12 kEUR", True),
        ("revenue.year", "at least 1 MEUR", False),
        ("turns", "at least 1", True),
    ],
)
def test_limits_are_read_in_the_units_of_their_figure(tmp_path: Path, kpi: str, limit: str, holds: bool) -> None:
    """Shares, times, money and plain numbers are compared in their own units."""
    assert promise(tmp_path, kpi, limit) == {kpi: holds}


@pytest.mark.parametrize(
    ("kpi", "limit", "message"),
    [
        ("fill.lin", "at least 95 %", "did you mean 'fill.line'"),
        ("fill.line", "at most 10 d", "is no limit on it"),
        ("cost.year", "within 2 % of baseline", "needs a stored baseline"),
    ],
)
def test_what_cannot_be_checked_never_passes(tmp_path: Path, kpi: str, limit: str, message: str) -> None:
    """A misspelt figure, or a limit of another kind, is an error."""
    with pytest.raises(sn.SimnetError) as raised:
        promise(tmp_path, kpi, limit)
    assert message in str(raised.value)
