"""What the scenarios of the order flow show: managed dealers, the ladder of an average maker, the rush surcharge."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from simnet.study import load as read
from simnet.study.result import Result

SCENARIOS = Path(__file__).parents[2] / "scenarios"
REPLICATIONS = [pytest.param(1, id="once"), pytest.param(None, id="in full", marks=pytest.mark.long)]


def compared(name: str, replications: int | None) -> Result:
    """Every design of a shipped scenario, the base first."""
    return read(SCENARIOS / name).compare(replications=replications, folder=None)


def means(found: Result, kpi: str) -> list[float]:
    """The mean of a figure in each design."""
    return [found.kpi(kpi, design).mean or 0.0 for design in found.designs]


def said(folder: str, figures: list[str]) -> list[str]:
    """Which figures the folder's README does not say."""
    text = (SCENARIOS / folder / "README.md").read_text("utf-8")
    return [each for each in figures if f"| {each} |" not in text]


@pytest.mark.parametrize("replications", REPLICATIONS)
def test_a_managed_program_fills_the_shelf(replications: int | None) -> None:
    """From under 80 % to about 90 %, by depth and then by breadth, for fewer rush orders and more stock."""
    found = compared("managed-dealers/managed-dealers.yaml", replications)
    assert list(found.designs) == ["independent", "managed-depth", "managed"]
    fill = means(found, "fill.line")
    assert 0.65 < fill[0] < 0.80
    assert 0.87 < fill[2] < 0.92
    depth, breadth = means(found, "fill.satisfaction"), means(found, "fill.accommodation")
    assert depth[1] > depth[0] + 0.08 and abs(breadth[1] - breadth[0]) < 0.02
    assert breadth[2] > breadth[1] + 0.04
    rush, stock = means(found, "rush.line"), means(found, "stock.dealer.on_hand.value")
    assert rush[0] > rush[1] > rush[2]
    assert stock[0] < stock[1] < stock[2]
    if replications is None:
        shares = [f"{100 * each:.1f} %" for each in fill + rush]
        assert said("managed-dealers", [" | ".join(shares[:3]), " | ".join(shares[3:])]) == []


@pytest.mark.parametrize("replications", REPLICATIONS)
def test_the_ladder_of_an_average_maker(replications: int | None) -> None:
    """Near the published 55-60, 94-95 and 98-99.7 %, and near the published mix of what dealers order."""
    result = read(SCENARIOS / "ladder/ladder.yaml").run(replications=replications, folder=None)
    rungs = [result.kpi(kpi).mean for kpi in ("fill.line", "fill.facing.line", "fill.system.line")]
    assert rungs == pytest.approx([0.55, 0.945, 0.99], abs=0.025)
    assert 0.35 < result.kpi("rush.line").mean < 0.45
    if replications is None:
        assert said("ladder", [f"{100 * each:.1f} %" for each in rungs]) == []


@pytest.mark.parametrize("replications", REPLICATIONS)
def test_the_surcharge_moves_rush_down_and_stock_up(replications: int | None) -> None:
    """Each step of 0, 10, 25 and 50 % lowers the rush share, in lines, pieces and value, and raises stock and fill."""
    found = compared("ladder/surcharge.yaml", replications)
    for kpi in ("rush.line", "rush.unit", "rush.value", "passed.line"):
        assert all(later < before for before, later in pairwise(means(found, kpi))), kpi
    for kpi in ("stock.dealer.on_hand.units", "stock.dealer.on_hand.value", "fill.line"):
        assert all(later > before for before, later in pairwise(means(found, kpi))), kpi
    if replications is None:
        rows = [[f"{100 * each:.1f} %" for each in means(found, kpi)] for kpi in ("rush.line", "fill.line")]
        assert said("ladder", [" | ".join(row) for row in rows]) == []
