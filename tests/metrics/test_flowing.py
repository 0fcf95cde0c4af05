"""Each KPI of the order flow against arithmetic done by hand, by class and site too, and what is not measured."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simnet.errors import SimnetError
from simnet.ledger.tally import CAUSES
from simnet.metrics import METRICS, compare, find, frame, kpis
from simnet.metrics.metric import Metric
from simnet.network.outline import outline
from tests.metrics import flowing, tiny

LINES, UNITS, VALUE = 134, 138, 130 * 20 + 8 * 500

BY_HAND = {
    "fill.line": 65 / LINES,
    "fill.order": 2 / 6,
    "fill.facing.line": (65 + 4) / LINES,
    "fill.facing.unit": (67 + 4) / UNITS,
    "fill.facing.value": (64 * 20 + 3 * 500 + 560) / VALUE,
    "fill.facing.order": 3 / 6,
    "fill.system.line": (65 + 4 + 1) / LINES,
    "fill.system.unit": (67 + 4 + 2) / UNITS,
    "fill.system.value": (64 * 20 + 3 * 500 + 1560) / VALUE,
    "fill.system.order": 4 / 6,
    "fill.system.line.vor": (5 + 4 + 1) / 14,
    "backorder.line": (1 + 62) / LINES,
    "backorder.unit": (1 + 63) / UNITS,
    "backorder.value": (20 + 61 * 20 + 1000) / VALUE,
    "backorder.order": 1 / 6,
    "backorder.line.vor": 3 / 14,
    "found.facing.line": 4 / LINES,
    "found.lateral.unit": 2 / UNITS,
    "found.supplier.value": 20 / VALUE,
    "found.lateral.line.vor": 1 / 14,
    "referral.rate": 1 / LINES,
    "fill.accommodation": (LINES - 40) / LINES,
    "fill.satisfaction": 65 / (LINES - 40),
    # lost pieces do not wait: 138 - 3
    "wait.mean": (20 + 120 + 8 + 6 * 8 / 24) / (UNITS - 3),
    "wait.mean.vor": (8 + 6 * 8 / 24) / (18 - 3),
    "wait.p50.vor": (6.0 - 5) / 5 * (8 - 4) / 24 + 4 / 24,  # the 6th of 12: the first of five in (4 h, 8 h]
    "within.24h.vor": (5 + 5) / 14,
    "within.24h.unit": (67 + 20 + 6) / UNITS,
    "within.7d.unit.vor": (7 + 8) / 18,
    "within.24h.order": (2 + 2) / 6,
    "promise.line": 10 / 14,
    "promise.line.vor": 10 / 14,
    "jobs.count": 6.0,
    "jobs.lines": 14 / 6,
    "jobs.wait.mean": (16 / 24 + 5) / 5,
    "jobs.wait.p50": (2.5 - 2) / 2 * (8 - 4) / 24 + 4 / 24,
    "jobs.wait.p90": 3 + 0.5 * 2,  # the 4.5th of 5: half way in the bin (3 d, 5 d]
    "jobs.wait.p95": 3 + 0.75 * 2,
    "jobs.wait.p99": 3 + 0.95 * 2,
    "jobs.held": 0.5,
    "jobs.lost": 1 / 6,
    # bins by their middle: 20 at 16 h, 41 at 60 h, 5 at 6 h and the fifth day's at 4 d (3 of it in this span)
    "ageing.up-to-3-d": (20 * 16 / 24 + 41 * 60 / 24 + 5 * 6 / 24 + 3) / 365,
    "ageing.4-to-7-d": 1 / 365,
    "ageing.over-30-d": 0.0,
    "cleared.p50": 2 + (34 - 25) / 41,  # of 67 completed and one given up the 34th, in (2 d, 3 d]
    "cleared.7d": 67 / 68,
    "cleared.14d": 67 / 68,
    "lost.lost-at-once.line": 0.0,
    "lost.will-fit.line": 1 / LINES,
    "lost.will-fit.line.vor": 1 / 14,
    "lost.gave-up.line": 1 / LINES,
    "lost.gave-up.unit": 2 / UNITS,
    "lost.share": 3 / UNITS,
    "missed.line": 64 / LINES,
    "why.not-stocked-here.line": 40 / LINES,
    "why.stocked-but-out.line": 21 / LINES,
    "why.lost-patience.unit": 2 / UNITS,
    "why.lost-patience.value": 1000 / VALUE,
    "why.upstream-out.line.vor": 1 / 14,
    "why.not-stocked-here.days": 120.0,
    "why.in-customs-or-transit.days": 5.0,
    "passed.line": 7 / LINES,
    "travel.units": (7 * 8 / 24 + 5) / 365,
    "owed.units": (20 + 120 + 2 + 28) / 365,
    "owed.units.vor": 30 / 365,
    "rush.line": 7 / (7 + 130),
    "rush.unit": 8 / (8 + 131),
    "rush.value": 1600 / (1600 + 120 * 20 + 11 * 500),
    # 14 kg x 4 + 6 lots x 10, 0.5 kg x 8 + 20
    "cost.passed": 140.0,
    "cost.passed.vor": 140.0,
    "cost.passed.day": 0.0,
    "cost.passed.dealer": 140.0,
    "cost.rush": 7 * 5.0,
    "cost.rush.vor": 35.0,
    # 960 as in the tiny year; 1 kg in two lots came from Turin, at 3 instead of 2 a kg and 5 a lot; 2 kg went back at 2
    "cost.transport": 960 - 2 - 10 + 3 + 4,
    "rush.freight": 140 / (140 + 85 * 2 + 20 * 2 + 130 * 5 - 12 + 3 + 4),
    "co2.passed": 14e-3 * 500 * 0.8 + 0.5e-3 * 2000 * 0.8,
    # to Gent by sea 100 kg, to Lyon by road 85 kg (one of them from Turin), to Turin 20 kg
    "co2.refill": 0.1 * 1000 * 0.015 + 0.084 * 500 * 0.1 + 0.001 * 300 * 0.1 + 0.02 * 600 * 0.1,
    "rush.co2": 6.4 / (6.4 + 4.2 + 0.03 + 1.2),
    "surcharge.year": 1600 * 0.25,
    "surcharge.year.vor": 1600 * 0.25,
    "discount.year": (120 * 20 + 11 * 500) * 0.05,
    "discount.year.vor": 0.0,
    "stock.owner.maker.units": 11.0,
    "stock.owner.maker.value": 680.0,
    "stock.owner.dealer.value": 120.0,
    "orders.held": 3 / 10,
    "returns.units": 4.0,
    "returns.value": 40.0,
    # filters: 64 off the shelf, 60 + 1 late, 3 given by Gent, 1 straight from the supplier; pumps: 3 and 3
    "turns": (129 * 10 + 6 * 200) / 800,
    "turns.central": ((118 - 4) * 10 + 10 * 200) / 680,
    "revenue.year": 129 * 20 + 6 * 500,
    "cost.purchase": 120 * 10 + 10 * 200 + 10,
    "cost.backorder": 170 * 4,
    "cost.year": 955 + 140 + 456 + 35 + 160 + 680,
    "margin": (5580 - 2490 - 955 - 140) / 5580,
}


@pytest.mark.parametrize("key", BY_HAND)
def test_kpi_equals_hand_arithmetic(key: str) -> None:
    """The KPI of the flowing year is what a pencil finds."""
    found = tiny.measured([flowing.ordinary()], flowing.network(), [key])[key]
    assert found.mean == pytest.approx(BY_HAND[key], rel=1e-12)


def test_every_metric_is_checked_by_hand() -> None:
    """No metric is without a number done by hand, here or in the plain year."""
    from tests.metrics.test_metrics import BY_HAND as PLAIN

    network = flowing.network()
    checked = {find(key, outline(network)).metric.key for key in (*BY_HAND, *PLAIN)}
    assert checked == {metric.key for metric in METRICS}


def test_the_rungs_add_up() -> None:
    """On each base: off the shelf, found, backordered and lost at once are all that was asked."""
    for base in ("line", "unit", "value"):
        keys = [f"fill.{base}", *(f"found.{kind}.{base}" for kind in ("facing", "referral", "lateral", "central"))]
        keys += [f"backorder.{base}"]
        found = tiny.measured([flowing.ordinary()], flowing.network(), keys)
        lost = {"line": 1 / LINES, "unit": 1 / UNITS, "value": 20 / VALUE}[base]
        assert math.fsum(found[key].mean or 0 for key in keys) + lost == pytest.approx(1)


def test_breadth_times_depth_is_fill() -> None:
    """Demand accommodation x demand satisfaction is the fill off the shelf."""
    keys = ["fill.accommodation", "fill.satisfaction", "fill.line"]
    found = tiny.measured([flowing.ordinary()], flowing.network(), keys)
    breadth, depth, fill = (found[key].mean or 0 for key in keys)
    assert breadth * depth == pytest.approx(fill)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_a_metric_is_finite_or_none(metric: Metric) -> None:
    """Each KPI of the flowing year is a finite number or not known; so it is of a year when nothing happened."""
    network = flowing.network()
    keys = [kpi.key for kpi in kpis(outline(network)) if kpi.metric is metric]
    assert keys
    for tally in (flowing.ordinary(), flowing.nothing()):
        for estimate in tiny.measured([tally], network, keys).values():
            assert estimate.mean is None or math.isfinite(estimate.mean)


def test_keys_are_unique() -> None:
    """No two KPIs share a key, however many classes and words there are."""
    keys = [kpi.key for kpi in kpis(outline(flowing.network()), [36 * 60])]
    assert len(keys) == len(set(keys))
    assert {"within.36h.unit.vor", "why.upstream-out.days", "fill.system.order.day"} <= set(keys)


def test_a_tier_called_system_does_not_hide_the_ladder() -> None:
    """Where a tier has the name of a rung, the key is the rung's."""
    network = flowing.network(tier_names=("system", "dealer"))
    assert find("fill.system.line", outline(network)).tier is None
    keys = [kpi.key for kpi in kpis(outline(network))]
    assert keys.count("fill.system.line") == 1


@pytest.mark.parametrize("key", ["fill.facing.line", "fill.system.unit", "backorder.value", "found.lateral.line"])
def test_rungs_without_a_list_are_not_measured(key: str) -> None:
    """A class that asks nobody has no facing or system fill; a plain network does not even list it."""
    assert tiny.measured([flowing.ordinary()], flowing.network(), [f"{key}.day"])[f"{key}.day"].mean is None
    plain = flowing.network(terms=np.zeros(0, flowing.TERMS))
    assert tiny.measured([flowing.ordinary()], plain, [key])[key].mean is None
    assert key not in {kpi.key for kpi in kpis(outline(tiny.network()))}


def test_a_plain_network_lists_what_it_listed() -> None:
    """Without an order flow there is no figure of it, and none by class."""
    keys = [kpi.key for kpi in kpis(outline(tiny.network()))]
    assert not [key for key in keys if key.startswith(("why", "found", "rush", "jobs", "ageing", "co2", "promise"))]
    assert not [key for key in keys if key.endswith(".day")]


def test_unknown_distances_are_not_zero_kilometers() -> None:
    """CO2 is not known where a distance is not, or a mode has no factor; freight is."""
    unknown = flowing.ways()
    unknown["distance"][1] = -1
    for network in (flowing.network(ways=unknown), flowing.network(modes=("road", "balloon", "sea"))):
        found = tiny.measured([flowing.ordinary()], network, ["co2.passed", "rush.co2", "cost.passed", "co2.refill"])
        assert found["co2.passed"].mean is None and found["rush.co2"].mean is None
        assert found["cost.passed"].mean == 140 and found["co2.refill"].mean is not None


def values(key: str, *by: str) -> dict[tuple[str, ...], float | None]:
    """The KPI of the year without luck, at each place."""
    table = frame([flowing.design(lucks=(0,))], key, list(by))
    found = table["value"].astype(object).where(table["value"].notna(), None)
    return dict(zip(zip(*(table[name] for name in by), strict=True), found, strict=True))


@pytest.mark.parametrize(
    ("key", "by", "expected"),
    [
        ("fill.system.line", ("order_class",), {("day",): None, ("vor",): 10 / 14}),
        ("fill.line", ("order_class",), {("day",): 60 / 120, ("vor",): 5 / 14}),
        ("fill.system.line", ("part_class",), {("wear",): 67 / 130, ("repair",): 3 / 4}),
        ("fill.system.line", ("site",), {("gent",): None, ("lyon",): 70 / 94, ("turin",): 0.0}),
        ("why.not-stocked-here.line", ("site",), {("gent",): None, ("lyon",): 0.0, ("turin",): 1.0}),
        (
            "wait.mean",
            ("tier", "order_class"),
            {
                ("central", "day"): None, ("central", "vor"): None,
                ("dealer", "day"): 140 / 120, ("dealer", "vor"): 10 / 15,
            },
        ),
        ("cost.passed", ("site",), {("gent",): 0.0, ("lyon",): 140.0, ("turin",): 0.0}),
    ],
)  # fmt: skip
def test_by_place(key: str, by: tuple[str, ...], expected: dict[tuple[str, ...], float | None]) -> None:
    """The figures of the order flow are told apart by class, part class, site and tier."""
    found = values(key, *by)
    assert set(found) == set(expected)
    for place, value in expected.items():
        assert found[place] == (None if value is None else pytest.approx(value))


def test_by_month() -> None:
    """Rungs by month: 6 of 8 on the shelf, one at the facing warehouse, one elsewhere."""
    assert [values(f"fill.{rung}line", "month")[("2026-02",)] for rung in ("", "facing.", "system.")] == [
        0.75, 7 / 8, 1.0,
    ]  # fmt: skip
    assert values("fill.system.value", "month", "part_class")[("2026-02", "wear")] == 1.0


@pytest.mark.parametrize(
    ("key", "by", "said"),
    [
        ("fill.system.line", ["month", "order_class"], "month and order class"),
        ("fill.system.line.vor", ["month"], "month and order class"),
        ("fill.system.line.vor", ["order_class"], "by order class"),
        ("turns", ["order_class"], "by order class"),
        ("fill.order", ["part_class"], "part class"),
        ("backorder.line", ["month"], "by month"),
    ],
)
def test_what_cannot_be_told_apart_is_said(key: str, by: list[str], said: str) -> None:
    """An axis that a KPI does not have is an error, not a table of nothing."""
    with pytest.raises(SimnetError, match=said):
        frame([flowing.design()], key, by)


def test_a_figure_that_is_not_listed_may_be_asked() -> None:
    """A comparison works out a key that it does not list; one that nobody has is None."""
    found = compare([tiny.design("a"), tiny.design("b", (5, 6, 7))])
    assert "within.24h.unit" not in found.kpis
    level, change = found.level("a", "within.24h.unit"), found.difference("b", "within.24h.unit")
    assert level is not None and level.mean == pytest.approx(86 / 131)
    assert change is not None and change.verdict == "same"
    assert found.level("a", "fill.nowhere.line") is None and found.difference("a", "fill.line") is None


def test_little() -> None:
    """Pieces owed are pieces a day x mean wait, where nothing is lost."""
    found = tiny.measured([flowing.ordinary()], flowing.network(), ["owed.units.day", "wait.mean.day"])
    assert found["owed.units.day"].mean == pytest.approx(120 / 365 * (found["wait.mean.day"].mean or 0))


def test_missed_lines_by_cause() -> None:
    """The rows of all causes add up to what was missed, by site and by order class too; other bases likewise."""
    table = frame([flowing.design(lucks=(0,))], "missed.line", ["cause"])
    told = dict(zip(table["cause"], table["value"], strict=True))
    assert list(told) == list(CAUSES)
    assert told["not stocked here"] == pytest.approx(40 / LINES)
    assert told["stocked but out"] == pytest.approx(21 / LINES)
    assert sum(told.values()) == pytest.approx(64 / LINES)
    vor = frame([flowing.design(lucks=(0,))], "missed.line.vor", ["cause"])
    assert sum(vor["value"]) == pytest.approx(4 / 14)
    by_site = frame([flowing.design(lucks=(0,))], "why.upstream-out.unit", ["site", "cause"])
    there = by_site[(by_site["site"] == "lyon") & (by_site["cause"] == "lost patience")]
    assert list(there["value"]) == pytest.approx([2 / (UNITS - 40)])
    each = frame([flowing.design()], "missed.line", ["cause", "replication"])
    assert len(each) == len(CAUSES) * len(flowing.design().sums)


def test_other_figures_have_no_causes() -> None:
    """The message names those that have."""
    with pytest.raises(SimnetError, match="fill.line is not known by cause; missed.line and the figures under why are"):
        frame([flowing.design()], "fill.line", ["cause"])
