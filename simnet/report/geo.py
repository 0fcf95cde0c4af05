"""The Earth on a page: the Equal Earth projection, ways over its surface, and the outline of its land.

Equal Earth is from Savric, Patterson and Jenny (2018), "The Equal Earth map projection", International Journal of
Geographical Information Science 33(3). Of latitude p and longitude l, in radians on a sphere of radius 1:

    sin t = sqrt(3)/2 sin p
    x = 2 sqrt(3) l cos t / (3 (9 A4 t^8 + 7 A3 t^6 + 3 A2 t^2 + A1))
    y = A4 t^9 + A3 t^7 + A2 t^3 + A1 t

Places are arrays of latitude and longitude in degrees; points on the page are arrays [point, x or y].
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
RADIUS_KM = 6371.009
"""Kilometers that a unit of the page stands for, near its center."""
LONGEST_EDGE = 4.0
"""Degrees; longer edges of an outline are bent with the projection."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def equal_earth(lat: Any, lon: Any, center: float = 0.0) -> Floats:
    """Places on the page, the meridian `center` in its middle. Longitudes more than half round the Earth from the
    center stand off the page on their side: bring them `about` the center first."""
    tilt = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(np.asarray(lat, np.float64))))
    around = np.radians(np.asarray(lon, np.float64) - center)
    square = tilt * tilt
    sixth = square**3
    slope = 9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1
    x = 2 * np.sqrt(3) * around * np.cos(tilt) / (3 * slope)
    y = tilt * (A4 * sixth * square + A3 * sixth + A2 * square + A1)
    return np.stack([x, y], axis=-1)


def about(lon: Any, center: float) -> Floats:
    """The same longitudes within half a turn of the center."""
    turned = (np.asarray(lon, np.float64) - center + 180) % 360 - 180
    return np.asarray(turned + center)


CUSTOMARY, ALL_AROUND = 10.0, 100.0
"""Degrees: the meridian in the middle of usual maps of the world; places without a wider gap are all around it."""


def center_of(lon: Any) -> float:
    """The meridian opposite to the middle of the widest gap between longitudes, in steps of five degrees; 0 of none.

    Of places all around the Earth it is CUSTOMARY: the map that everybody knows, cut in the Bering Strait.
    """
    around = np.unique(np.round(np.asarray(lon, np.float64) % 360, 6))
    if not len(around):
        return 0.0
    gaps = np.diff(np.append(around, around[0] + 360))
    widest = int(np.argmax(gaps))
    if gaps[widest] < ALL_AROUND:
        return CUSTOMARY
    opposite = around[widest] + gaps[widest] / 2 + 180
    return float((5 * round(opposite / 5) + 180) % 360 - 180)


def great_circle(one: tuple[float, float], other: tuple[float, float], count: int) -> Floats:
    """`count` places, [place, latitude or longitude], evenly along the shortest way between two."""
    lat, lon = np.radians(np.array([one, other], np.float64)).T
    ends = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)
    angle = float(np.arccos(np.clip(ends[0] @ ends[1], -1, 1)))
    if angle < 1e-9 or angle > np.pi - 1e-6:  # the same place; or opposite ones, between which any way is the shortest
        return np.linspace(one, other, count)
    share = np.linspace(0, 1, count)[:, None]
    way = (np.sin((1 - share) * angle) * ends[0] + np.sin(share * angle) * ends[1]) / np.sin(angle)
    found: Floats = np.degrees(np.stack([np.arcsin(np.clip(way[:, 2], -1, 1)), np.arctan2(way[:, 1], way[:, 0])], -1))
    return found


def arc(one: tuple[float, float], other: tuple[float, float], center: float, step: float = 4.0) -> list[Floats]:
    """The shortest way on the page, a point every `step` degrees: two pieces where it leaves the page on one side and
    comes back on the other."""
    apart = float(np.hypot(one[0] - other[0], (one[1] - other[1] + 180) % 360 - 180))
    lat, lon = great_circle(one, other, max(2, min(60, 1 + round(apart / step)))).T
    lon = about(lon, center)
    jump = np.flatnonzero(np.abs(np.diff(lon)) > 180)
    if not len(jump):
        return [equal_earth(lat, lon, center)]
    at = int(jump[0])
    side = 180.0 if lon[at] > center else -180.0
    after = lon[at + 1] + 2 * side
    share = (center + side - lon[at]) / (after - lon[at]) if after != lon[at] else 0.5
    edge = lat[at] + share * (lat[at + 1] - lat[at])
    first = np.append(lat[: at + 1], edge), np.append(lon[: at + 1], center + side)
    second = np.insert(lat[at + 1 :], 0, edge), np.insert(lon[at + 1 :], 0, center - side)
    return [equal_earth(*first, center), equal_earth(*second, center)]


FINE_BELOW = 1.6
"""The width on the page of a part of the Earth, below which its outline is the finer one: about a continent."""


@cache
def rings(scale: str) -> tuple[Floats, ...]:
    """The outline of the land at `110m` or `50m` to one: closed rings [point, longitude or latitude] in degrees, cut at
    180 degrees."""
    with files("simnet").joinpath(f"data/land_{scale}.npz").open("rb") as file, np.load(file) as stored:
        xy, start = stored["xy"] / 100.0, stored["start"].tolist()
    return tuple(xy[a:b] for a, b in zip(start, start[1:], strict=False))


@lru_cache(maxsize=8)
def land(center: float, box: Box, step: float) -> tuple[Floats, ...]:
    """The land within a box of the page, thinned to points `step` apart; islets smaller than that are left out."""
    found = []
    for ring in rings("50m" if box[2] - box[0] < FINE_BELOW else "110m"):
        for turn in (-360.0, 0.0, 360.0):
            moved = ring + np.array([turn, 0.0])
            strip = (center - 180, -90.0, center + 180, 90.0)
            inside = clipped(moved, strip) if touches(moved, strip) else moved[:0]
            if len(inside) < 3:
                continue
            lon, lat = bent(inside).T
            shape = clipped(equal_earth(lat, lon, center), box)
            shape = thinned(shape, step)
            if len(shape) > 2 and area(shape) > 2 * step * step:
                found.append(shape)
    return tuple(found)


def touches(ring: Floats, box: Box) -> bool:
    """Whether the ring's own box and another share anything."""
    (left, bottom), (right, top) = ring.min(axis=0), ring.max(axis=0)
    return bool(left < box[2] and right > box[0] and bottom < box[3] and top > box[1])


def bent(ring: Floats) -> Floats:
    """The ring with long edges cut into short ones."""
    after = np.roll(ring, -1, axis=0)
    pieces = np.maximum(1, np.ceil(np.abs(after - ring).max(axis=1) / LONGEST_EDGE)).astype(int)
    if pieces.max() == 1:
        return ring
    which = np.repeat(np.arange(len(ring)), pieces)
    first = np.cumsum(pieces) - pieces
    share = ((np.arange(len(which)) - first[which]) / pieces[which])[:, None]
    return np.asarray(ring[which] + share * (after - ring)[which])


def clipped(ring: Floats, box: Box) -> Floats:
    """The part of a ring within a box (Sutherland and Hodgman 1974), a side after the other."""
    for axis, bound, sign in ((0, box[0], 1.0), (1, box[1], 1.0), (0, box[2], -1.0), (1, box[3], -1.0)):
        if len(ring) < 3:
            return ring[:0]
        depth = sign * (ring[:, axis] - bound)
        after, beyond = np.roll(ring, -1, axis=0), np.roll(depth, -1)
        inside, crosses = depth >= 0, (depth >= 0) != (beyond >= 0)
        share = np.where(crosses, depth / np.where(crosses, depth - beyond, 1.0), 0.0)[:, None]
        both = np.stack([ring, ring + share * (after - ring)], axis=1).reshape(-1, 2)
        ring = both[np.stack([inside, crosses], axis=1).ravel()]
    return ring


def thinned(line: Floats, step: float) -> Floats:
    """A line without the points that lie within `step` of the way between those kept (Douglas and Peucker 1973)."""
    if len(line) < 3:
        return line
    keep = np.zeros(len(line), bool)
    keep[[0, -1]] = True
    far = int(np.argmax(np.hypot(*(line - line[0]).T)))  # a ring is two lines, to its far end and back
    keep[far] = True
    open_ends = [(0, far), (far, len(line) - 1)]
    while open_ends:
        first, last = open_ends.pop()
        if last - first < 2:
            continue
        off = distance(line[first + 1 : last], line[first], line[last])
        worst = int(np.argmax(off))
        if off[worst] > step:
            keep[first + 1 + worst] = True
            open_ends += [(first, first + 1 + worst), (first + 1 + worst, last)]
    return line[keep]


def distance(points: Floats, one: Floats, other: Floats) -> Floats:
    """How far points are from the piece of line between two."""
    along = other - one
    length = float(along @ along)
    share = np.clip((points - one) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.asarray(np.hypot(*(points - one - share[:, None] * along).T))


def area(ring: Floats) -> float:
    """The area within a ring."""
    x, y = ring.T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)
