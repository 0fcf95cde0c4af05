"""Lots, packs and cover."""

from __future__ import annotations

import numpy as np
import pytest

from simnet.planning.item import Item, Items
from simnet.planning.lots import cover_levels, economic_lots, round_up, smallest_orders
from simnet.units import DAY, MONEY, WEEK, YEAR
from tests.planning.reference import MIXED


def test_economic_lot_published() -> None:
    """Nahmias, Production and Operations Analysis, example 4.1: 60 pencils a week, 12 $ an order, 3,870."""
    items = Items.of(3120 / YEAR, cost=round(0.02 * MONEY), order_cost=12.0 * MONEY, holding=0.25 / YEAR)
    assert economic_lots(items, 30 * DAY).tolist() == [3870]


@pytest.mark.parametrize("seed", range(5))
def test_economic_lot_is_the_cheapest(seed: int) -> None:
    """No whole number of pieces costs less a year, in orders and holding of half the lot."""
    rng = np.random.default_rng(seed)
    demand, order, hold = rng.uniform(1, 2000), rng.uniform(1, 300), rng.uniform(0.1, 50)
    items = Items.of(demand / YEAR, cost=10_000, order_cost=order * 1e4, holding=hold / YEAR)
    lots = np.arange(1, 5000)
    cheapest = lots[np.argmin(order * demand / lots + hold * lots / 2)]
    assert economic_lots(items, DAY)[0] == cheapest


def test_lot_without_costs() -> None:
    """Without the costs to weigh, a lot is the demand of the order cycle, and never nothing."""
    items = Items.of([0.0, 2 / WEEK, 1.0], sizes=[MIXED], cost=5, order_cost=[1.0, 1.0, 0.0], holding=0.0)
    assert economic_lots(items, 3 * WEEK).tolist() == [1, 12, 55_944]


@pytest.mark.parametrize(
    ("pack", "minimum", "least"), [(1, 0, 1), (5, 0, 5), (1, 12, 12), (5, 12, 15), (5, 15, 15)]
)
def test_smallest_order(pack: int, minimum: int, least: int) -> None:
    """The least order is the first multiple of the pack that reaches the minimum."""
    assert smallest_orders(Items.of(0.1, pack=pack, minimum=minimum)).tolist() == [least]
    assert round_up(np.array([least, least + 1]), np.array([pack, pack])).tolist() == [least, least + pack]


def test_cover() -> None:
    """Two pieces a day, ten days to wait and thirty to cover: eighty pieces."""
    assert cover_levels(Items.of([2 / DAY, 0.0], lead_mean=10.0 * DAY), 30 * DAY).tolist() == [80, 0]


def test_items_and_item_are_one_view() -> None:
    """A point taken from the arrays is the item that was put in."""
    items = Items.of(
        [0.1, 0.2], sizes=[MIXED], pack=[1, 4], price=300, names={"part": ["a", "b"], "tier": ["x", "y"]}
    )
    second = items.item(1)
    assert second == Item(rate=0.2, size=MIXED, pack=4, price=300, part="b", tier="y")
    assert Items.one(second).item(0) == Item(rate=0.2, size=MIXED, pack=4, price=300)
    assert len(items) == 2
    with pytest.raises(TypeError, match="unknown field of Items: lead"):
        Items.of(0.1, lead=3)
