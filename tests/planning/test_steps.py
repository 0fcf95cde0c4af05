"""Levels read from steps are those of the points one by one, for far fewer of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simnet.demand.sizes import Fixed, Geometric
from simnet.planning import fill, steps
from simnet.planning.arrays import Ints
from simnet.planning.fill import target_triggers
from simnet.planning.item import Items
from simnet.planning.known import known
from simnet.planning.points import Points
from simnet.units import DAY, WEEK

SIZES = [Fixed(pieces=1), Fixed(pieces=3), Geometric(mean=1.6), Geometric(mean=4.0)]


@pytest.fixture(autouse=True)
def _nothing_is_known() -> None:
    """Each test starts from nothing."""
    known.clear()


def drawn(seed: int, count: int, lots: int = 1) -> Items:
    """Points of a few kinds and all rates, from a line in ten years to ten a day."""
    luck = np.random.default_rng(seed)
    rate = 10.0 ** luck.uniform(-3.5, 1, count) / DAY
    rate[:3] = 0.0
    return Items.of(
        rate,
        sizes=SIZES,
        size=luck.integers(0, len(SIZES), count),
        lead_mean=luck.choice([0, 2 * DAY, 20 * DAY], count),
        lead_cv=luck.choice([0.0, 0.4], count),
        pack=luck.integers(1, 1 + lots, count),
    )


@pytest.mark.parametrize("review", [0, DAY, WEEK])
@pytest.mark.parametrize("lots", [1, 3])
@pytest.mark.parametrize("target", [0.5, 0.95])
def test_the_levels_are_those_of_the_points_one_by_one(
    review: int, lots: int, target: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For any sizes, lead times, reviews and lots, whatever the points are sorted by."""
    items = drawn(7, 3_000, lots)
    lot = np.asarray(items.pack)
    found = target_triggers(items, target, review, lot)
    known.clear()
    monkeypatch.setattr(fill, "stepwise", lambda points, tops: tops(points))
    assert found.tolist() == target_triggers(items, target, review, lot).tolist()


def test_few_points_are_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 20,000 points of 24 kinds less than a sixth is worked out, none twice."""
    asked = []

    def counted(points: Points, tops: Any) -> Ints:
        def once(some: Points) -> Ints:
            asked.append(len(some))
            found: Ints = tops(some)
            return found

        return steps.stepwise(points, once)

    monkeypatch.setattr(fill, "stepwise", counted)
    items = drawn(11, 20_000)
    target_triggers(items, 0.9, 0, np.ones(len(items), dtype=np.int64))
    assert sum(asked) < len(items) / 6


@pytest.mark.parametrize("gap", [1, 4])
def test_what_is_no_step_is_worked_out_point_by_point(gap: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Demand by periods, and a position that depends on demand (min-max), are not halved."""
    items = drawn(3, 1_500)
    by_period = Items.of(
        items.rate, size=0, lead_mean=DAY, period=30 * DAY, chance=np.minimum(items.rate * 30 * DAY, 1)
    )
    for some in (by_period, items)[gap > 1 :]:
        gaps = np.full(len(some), gap)
        found = target_triggers(some, 0.9, 0, np.ones(len(some), dtype=np.int64), gaps)
        with monkeypatch.context() as patch:
            patch.setattr(fill, "stepwise", lambda points, tops: tops(points))
            assert found.tolist() == target_triggers(some, 0.9, 0, np.ones(len(some), dtype=np.int64), gaps).tolist()
