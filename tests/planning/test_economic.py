"""The economic level: least cost by trial, and never less stock for a dearer rush order."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from simnet.planning.economic import economic_triggers
from simnet.planning.item import Item, Items
from simnet.policy import Economic
from simnet.units import DAY, YEAR


def test_level_is_that_of_least_cost() -> None:
    """Holding at 25 %/y of 400, rush at 30: of all levels up to 60 the one whose yearly cost is least."""
    ones = np.ones(6, dtype=np.int64)
    rates = np.array([0.3, 2.0, 12.0, 50.0, 200.0, 900.0]) / YEAR
    items = Items.of(rates, lead_mean=14.0 * DAY, cost=400, holding=0.25 / YEAR, rush=30.0)
    levels = np.arange(61)
    for rate, found in zip(rates, economic_triggers(items, 0, ones), strict=True):
        waiting = poisson(rate * 14 * DAY)
        on_hand = np.array([(np.maximum(s - np.arange(400), 0) * waiting.pmf(np.arange(400))).sum() for s in levels])
        cost = 0.25 * 400 * on_hand - rate * YEAR * 30 * waiting.cdf(levels - 1)
        assert found + 1 == cost.argmin()


@pytest.mark.parametrize("review", [0, 7 * DAY])
def test_dearer_rush_orders_never_mean_less_stock(review: int) -> None:
    """Over rates, packs, sizes by months and lots: the level rises with the surcharge, from nothing."""
    rate = np.array([1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-5])
    pack = np.array([1, 1, 1, 5, 10, 3], dtype=np.int64)
    before = np.full(len(rate), -1)
    for rush in (0.0, 1.0, 10.0, 100.0, 1000.0, 1e5):
        items = Items.of(rate, lead_mean=20.0 * DAY, lead_cv=0.4, cost=1000, holding=0.2 / YEAR, rush=rush, pack=pack)
        found = economic_triggers(items, review, pack)
        assert (found >= before).all() and (rush > 0 or (found == -1).all())
        before = found
    assert (before >= 0).all()


def test_a_million_pieces_are_weighed_too() -> None:
    """Where curves would be too long the level is found among some fills: well above the mean for a dear rush."""
    items = Items.of(50.0, lead_mean=100.0 * DAY, cost=100, holding=0.2 / YEAR, rush=np.array([100.0]))
    assert 50 * 100 * DAY < economic_triggers(items, 0, np.ones(1, dtype=np.int64))[0] < 1.01 * 50 * 100 * DAY


def test_policy_has_the_level_of_an_item() -> None:
    """One part at one site: a piece for a line a month, none where rush orders are free."""
    item = Item(rate=1 / (30 * DAY), lead_mean=5.0 * DAY, cost=1000, price=2000, holding=0.2 / YEAR, rush=500.0)
    assert Economic().levels(item)[:3] == (1, 2, 1)
    assert Economic().levels(Item(rate=1e-4, cost=1000, holding=0.2 / YEAR))[:3] == (-1, 0, 1)
