"""Distances and the times that modes take for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simnet.places import find_place
from simnet.scenario.distance import great_circle, great_circles, minutes_by, traveled

DAY = 1440
POINT = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [("Paris FR", "Lyon FR", 392), ("Paris FR", "New York City US", 5837), ("Sydney AU", "Santiago CL", 11340)],
)
def test_known_distances(one: str, other: str, km: float) -> None:
    """Great circles between towns, to one percent of published figures."""
    assert great_circle(find_place(one), find_place(other)) == pytest.approx(km * 1000, rel=0.01)


def test_half_way_round() -> None:
    """From pole to pole is half the circumference; from a place to itself nothing."""
    assert great_circle((90, 0), (-90, 0)) == pytest.approx(20_015_115, abs=1000)
    assert great_circle((51.0, 3.7), (51.0, 3.7)) == 0


@given(POINT, st.lists(POINT, max_size=4))
def test_many_at_once_are_the_same(one: tuple[float, float], others: list[tuple[float, float]]) -> None:
    """The vector form gives what the scalar form gives, both ways round."""
    assert great_circles(one, others) == pytest.approx([great_circle(other, one) for other in others], abs=1)


@pytest.mark.parametrize(
    ("mode", "km", "days"),
    [("road", 600, 0.5 + 1.3), ("road", 0, 0.5), ("air", 100, 1.5), ("air", 9000, 1.5), ("sea", 6000, 3 + 15)],
)
def test_minutes_by_mode(mode: str, km: int, days: float) -> None:
    """Road and sea go 600 km a day on a way that is longer than the crow's; air takes a day and a half."""
    assert minutes_by(mode, km * 1000) == round(days * DAY)


def test_a_mode_of_ones_own_takes_no_known_time() -> None:
    """A mode without a speed has no time, and is as long as the road."""
    assert minutes_by("rail", 1000) is None
    assert traveled("rail", 1000) == traveled("road", 1000) == 1300
