"""How far apart two places are, and how long that takes by each mode, where nobody wrote it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from simnet.places import find_place
from simnet.units import DAY

EARTH = 6_371_009
"""Mean radius in meters."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Mode:
    """How goods move: kilometers on the way to one as the crow flies, meters a day (0: any distance), fixed minutes."""

    detour: float
    meters_a_day: int
    fixed: int


MODES: Mapping[str, Mode] = {
    "road": Mode(1.3, 600_000, DAY // 2),
    "air": Mode(1.0, 0, DAY + DAY // 2),
    "sea": Mode(1.5, 600_000, 3 * DAY),
}
"""Road and sea: 600 km a day and half a day, or three days, to load and unload; air: a day and a half."""


def great_circle(one: Point, other: Point) -> float:
    """Meters between two places given by latitude and longitude in degrees."""
    (north, east), (to_north, to_east) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def great_circles(one: Point, others: Sequence[Point]) -> list[float]:
    """Meters from one place to each of many."""
    import numpy as np

    if not others:
        return []
    north, east = np.radians(np.array(others, dtype=np.float64)).T
    here, there = radians(one[0]), radians(one[1])
    half = np.sin((north - here) / 2) ** 2 + cos(here) * np.cos(north) * np.sin((east - there) / 2) ** 2
    found: list[float] = (2 * EARTH * np.arcsin(np.minimum(1.0, np.sqrt(half)))).tolist()
    return found


def point_of(at: str | Point | None) -> Point | None:
    """Latitude and longitude of a place, if it is known."""
    if not isinstance(at, str):
        return at
    try:
        return find_place(at)
    except ValueError:  # told by the check of places
        return None


def traveled(mode: str, meters: float) -> int:
    """Meters on the way between two places so far apart as the crow flies; a mode of one's own goes by road."""
    return round(meters * MODES.get(mode, MODES["road"]).detour)


def minutes_by(mode: str, meters: float) -> int | None:
    """Minutes that a mode takes for so many meters as the crow flies; None for a mode of one's own."""
    known = MODES.get(mode)
    if known is None:
        return None
    moving = traveled(mode, meters) * DAY / known.meters_a_day if known.meters_a_day else 0
    return round(moving) + known.fixed
