"""Each KPI of the tiny year against arithmetic done by hand."""

from __future__ import annotations

import math

import pytest

from simnet.metrics import METRICS, find, kpis
from simnet.metrics.metric import UNITS, Metric
from simnet.network.outline import outline
from simnet.units import YEAR
from tests.metrics import tiny

YEAR_DAYS = 365

BY_HAND = {
    # 80 + 40 + 11 lines; 60 + 0 + 6 at once
    "fill.unit": 66 / 131,
    "fill.line": 66 / 131,
    "fill.value": (60 * 20 + 6 * 500) / (120 * 20 + 11 * 500),
    "fill.complete": 66 / 131,
    "fill.central.line": 119 / 130,
    "fill.central.unit": 119 / 130,
    "fill.central.value": (110 * 20 + 9 * 500) / (120 * 20 + 10 * 500),
    "fill.dealer.line": 66 / 131,
    "ready.central": 1.0,
    "ready.dealer": (0.75 + 0 + 0.5) / 3,
    "wait.mean": (20 * 1 + 40 * 3 + 4 * 10 + 6) / 131,
    "wait.delayed": (20 * 1 + 40 * 3 + 4 * 10 + 6) / 65,
    "wait.p50": 0.0,
    # the 117.9th of 131: after 66 at once, 20 in (8 h, 24 h], 31.9 of the 40 in (2 d, 3 d]
    "wait.p90": 2 + 31.9 / 40,
    # the 124.45th: after 126, no: 66 + 20 + 40 = 126, so still in (2 d, 3 d]
    "wait.p95": 2 + 38.45 / 40,
    # the 129.69th: the open line (6 d old) is in (5 d, 7 d], then 2.69 of 4 in (7 d, 14 d]
    "wait.p99": 7 + 2.69 / 4 * 7,
    "wait.censored": 1.0,
    "within.4h": 66 / 131,
    "within.24h": 86 / 131,
    "within.48h": 86 / 131,
    "within.72h": 126 / 131,
    "within.7d": 126 / 131,
    "stock.on_hand.units": 13.5,
    "stock.on_hand.value": 10 * 10 + 3.5 * 200,
    "stock.central.on_hand.units": 11.0,
    "stock.dealer.on_hand.value": 2 * 10 + 0.5 * 200,
    "stock.on_order.units": 11.0,
    "stock.on_order.value": 110.0,
    "stock.central.on_order.value": 100.0,
    "stock.dealer.transit.value": 5.0,
    "stock.transit.units": 10.5,
    "stock.transit.value": 105.0,
    "stock.central.transit.units": 10.0,
    "stock.dealer.on_order.units": 1.0,
    "turns": (120 * 10 + 10 * 200) / 800,
    "turns.central": (118 * 10 + 10 * 200) / (8 * 10 + 3 * 200),
    "turns.dealer": (120 * 10 + 10 * 200) / 120,
    "stock.months": 12 / 4,
    "stock.dead.value": 0.0,  # every point was asked; others are below
    "stock.dealer.dead.value": 0.0,
    "owed.units": (20 + 120 + 46) / YEAR_DAYS,
    "owed.central.units": 0.0,
    "owed.dealer.units": (20 + 120 + 46) / YEAR_DAYS,
    "owed.closing": 1.0,
    "demand.lines": 131.0,
    "demand.units": 131.0,
    "lost.share": 0.0,
    "orders.year": 152.0,
    "shipments.year": 152.0,
    "cost.purchase": 120 * 10 + 10 * 200,
    # kg x EUR/kg: central 60 + 40, dealers (122 filters = 61 kg, 11 pumps = 44 kg) x 2; 130 lots x 5
    "cost.transport": 100 + 105 * 2 + 130 * 5,
    "cost.order": 152 * 3,
    "cost.holding": 800 * 0.2,
    "cost.backorder": (20 + 120 + 46) * 4,
    "cost.year": 960 + 456 + 160 + 744,
    "revenue.year": 120 * 20 + 10 * 500,
    "margin": (7400 - 3200 - 960) / 7400,
}


@pytest.mark.parametrize("key", BY_HAND)
def test_kpi_equals_hand_arithmetic(key: str) -> None:
    """The KPI of the ordinary year is what a pencil finds."""
    found = tiny.measured([tiny.ordinary()], tiny.network(), [key])[key]
    assert found.mean == pytest.approx(BY_HAND[key], rel=1e-12)


def test_dead_stock_is_what_nobody_asked_for() -> None:
    """Lyon's pump lay there all year unasked; Gent's went to a site, Lyon's filters to customers: these are alive."""
    year = tiny.tally(
        point={
            tiny.LYON_PUMP: {"on_hand_minutes": YEAR},
            tiny.GENT_PUMP: {"on_hand_minutes": 2 * YEAR},
            tiny.LYON_FILTER: {"on_hand_minutes": 3 * YEAR},
        },
        stock={tiny.GENT_PUMP: {"lines": 1, "units": 1}},
        day={tiny.LYON_FILTER: {"lines": 1, "units": 1}},
    )
    keys = ["stock.dead.value", "stock.dealer.dead.value", "stock.central.dead.value", "stock.on_hand.value"]
    found = tiny.measured([year], tiny.network(), keys)
    assert [found[key].mean for key in keys] == [200.0, 200.0, 0.0, 200 + 2 * 200 + 3 * 10]


def test_every_plain_metric_is_checked_by_hand() -> None:
    """No metric of a plain network is without a number done by hand."""
    network = tiny.network()
    checked = {find(key, outline(network)).metric.key for key in BY_HAND}
    assert checked == {metric.key for metric in METRICS if not metric.needs}


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_a_metric_says_what_it_is(metric: Metric) -> None:
    """Each metric has a unit that is listed, a title, one sentence of definition and a known direction."""
    assert metric.unit in UNITS
    assert metric.title
    assert metric.definition.endswith(".") and len(metric.definition) > 20
    assert metric.better in ("higher", "lower", None)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_a_metric_is_finite_or_none(metric: Metric) -> None:
    """Each KPI of a busy year is a finite number; of a year when nothing happened, finite or None."""
    network = tiny.network()
    keys = [kpi.key for kpi in kpis(outline(network)) if kpi.metric is metric]
    for estimate in tiny.measured([tiny.ordinary()], network, keys).values():
        assert estimate.mean is not None and math.isfinite(estimate.mean)
    for estimate in tiny.measured([tiny.tally()], network, keys).values():
        assert estimate.mean is None or math.isfinite(estimate.mean)


def test_keys_are_unique() -> None:
    """No two KPIs share a key."""
    keys = [kpi.key for kpi in kpis(outline(tiny.network()), [36 * 60])]
    assert len(keys) == len(set(keys))
    assert "within.36h" in keys
