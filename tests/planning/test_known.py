"""What is known of earlier levels changes how many points are worked out, never a level."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simnet.planning import fill, known, steps
from simnet.planning.arrays import Ints
from simnet.planning.fill import target_triggers
from simnet.planning.item import Items
from simnet.planning.points import Points
from simnet.units import DAY, WEEK
from tests.planning.test_steps import drawn


@pytest.fixture(autouse=True)
def _nothing_is_known() -> None:
    """Each test starts from nothing."""
    known.known.clear()


def triggers(items: Items, target: float = 0.9, review: int = 0) -> list[int]:
    """The triggers of items without lots."""
    found: list[int] = target_triggers(items, target, review, np.ones(len(items), dtype=np.int64)).tolist()
    return found


@pytest.mark.parametrize("review", [0, DAY, WEEK])
@pytest.mark.parametrize("target", [0.5, 0.95])
def test_levels_are_the_same_whatever_is_known(review: int, target: float) -> None:
    """After other points, other targets and other reviews, of the same kinds and beyond their rates."""
    items = drawn(3, 2_000)
    fresh = triggers(items, target, review)
    known.known.clear()
    for seed, other_target, other_review in ((4, target, review), (5, 0.8, review), (6, target, 3 * DAY)):
        triggers(drawn(seed, 2_000), other_target, other_review)
    assert triggers(items, target, review) == fresh
    assert triggers(items, target, review) == fresh


def test_points_between_known_ones_need_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 20,000 further points of the same 24 kinds few are worked out; of the same ones none."""
    asked: list[int] = []

    def counted(points: Points, tops: Any) -> Ints:
        asked.append(len(points))
        return steps.stepwise(points, tops)

    monkeypatch.setattr(fill, "stepwise", counted)
    triggers(drawn(1, 20_000))
    first, items = asked.copy(), drawn(2, 20_000)
    asked.clear()
    triggers(items)
    assert 0 < sum(asked) < sum(first) / 5
    asked.clear()
    triggers(items)
    assert not asked


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The groups learned longest ago are forgotten, and worked out once more."""
    monkeypatch.setattr(known, "MOST", 50)
    items = drawn(9, 3_000)
    fresh = triggers(items)
    assert known.known.count == sum(len(rates) for rates, _ in known.known.ends.values()) <= 50
    assert triggers(items) == fresh
