"""Unit fill of one site, exact, and the smallest level that reaches a target, for many points at once.

A piece asked is served at once if, counted down from the top of the position, there is stock left for it:

    fill = P(X + E + J <= top)

X the pieces asked while a replenishment is on its way (`exposure`), E the place of the piece in its own line
(`sizes`), J the distance of the position from its top (`position`), all independent. So the fill at every
level is one cumulative distribution, and its generating function the product of three. It is worked out by a
Fourier transform over the stretch that holds all but 1e-13 of the chance (`support`), which neither
underflows nor slows down at thousands of pieces; the error is under 1e-9.

Exact for: constant lead times; any independent lead times under continuous base stock (Palm). An
approximation elsewhere: with lots or reviews a variable lead time is taken as gamma, and orders as not
overtaking each other (then it is exact); for demand by periods under base stock, the mean lead time is
used; where a million pieces are in play, see `wide`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from simnet.planning.arrays import Floats, Ints, Waves
from simnet.planning.exposure import exposed
from simnet.planning.item import Items, LevelArrays
from simnet.planning.known import known
from simnet.planning.lots import MOST_PIECES
from simnet.planning.points import Points, distinct, points_of
from simnet.planning.position import distance_waves
from simnet.planning.sizes import SizeTables
from simnet.planning.steps import stepwise
from simnet.planning.support import stretches
from simnet.planning.wide import Wide

CELLS = 1 << 17
"""Points times levels worked out together: fits the cache of a processor."""
WIDEST = 1 << 20
"""Pieces over which a curve would be too long to work out level by level."""
CLOSE = 1e-12
"""A fill this little under the target meets it: rounding must not cost a piece."""


def unit_fill(items: Items, levels: LevelArrays, review: int = 0) -> Floats:
    """Share of the pieces asked that are served at once, at the given levels; 1 where nothing is asked."""
    fill = np.ones(len(items))
    asked: Ints = np.flatnonzero(items.rate > 0)
    if not len(asked):
        return fill
    trigger, up_to, lot = (np.asarray(each, dtype=np.int64)[asked] for each in levels)
    every, twin = distinct(points_of(some(items, asked), review, lot, up_to - trigger))
    order = np.argsort(twin, kind="stable")
    ends = np.searchsorted(twin[order], np.arange(len(every) + 1))
    top, found = up_to + lot - 1, np.zeros(len(asked))
    for block in blocks(every, items):
        for place, row in enumerate(block.rows):
            same = order[ends[row] : ends[row + 1]]
            found[same] = block.fill_at(place, top[same])
    fill[asked] = np.clip(found, 0.0, 1.0)
    return fill


def target_triggers(items: Items, target: float, review: int, lot: Ints, gap: Ints | None = None) -> Ints:
    """Smallest trigger, -1 or more, whose unit fill reaches `target`; -1 where nothing is asked.

    `review` in minutes (0 = continuous), `lot` and `gap` (up-to minus trigger, 1 if left out) in pieces.
    """
    trigger = np.full(len(items), -1, dtype=np.int64)
    asked: Ints = np.flatnonzero(items.rate > 0)
    if not len(asked):
        return trigger
    gaps = np.ones_like(lot) if gap is None else gap
    every, twin = distinct(points_of(some(items, asked), review, lot[asked], gaps[asked]))
    sizes = SizeTables(items.sizes, np.unique(every.size))

    def tops(points: Points) -> Ints:
        top = np.zeros(len(points), dtype=np.int64)
        for block in blocks(points, items, sizes):
            top[block.rows] = block.top_for(target)
        return top

    top = known.of(every, items.sizes, target, lambda points: stepwise(points, tops))[twin]
    found = top - lot[asked] + 1 - gaps[asked]
    trigger[asked] = np.clip(found, -1, MOST_PIECES)
    return trigger


def some(items: Items, rows: Ints) -> Items:
    """The items of some rows."""
    names = [each.name for each in fields(items) if each.name not in _SHARED]
    kept: dict[str, Any] = {name: getattr(items, name)[rows] for name in names}
    return Items(sizes=items.sizes, **kept)


_SHARED = ("sizes", "names")


@dataclass(frozen=True)
class Block:
    """Some points whose fill curves have one length, worked out together."""

    rows: Ints
    """Which points."""
    low: Ints
    """Level at which the curve of each begins."""
    reached: Floats
    """Fill at each level from there, a row a point."""

    def top_for(self, target: float) -> Ints:
        """The smallest top that reaches the target."""
        top: Ints = self.low + np.count_nonzero(self.reached < target - CLOSE, axis=1)
        return top

    def fill_at(self, place: int, top: Ints) -> Floats:
        """The fill of one of the points at some tops."""
        level = top - self.low[place]
        inside = self.reached[place, np.clip(level, 0, self.reached.shape[1] - 1)]
        return np.where(level < 0, 0.0, inside)


@dataclass(frozen=True)
class WideBlock:
    """A point whose demand or lot spreads over more than `WIDEST` pieces."""

    rows: Ints
    """Which point."""
    wide: Wide
    """Its fill, approximately."""

    def top_for(self, target: float) -> Ints:
        """The smallest top that reaches the target."""
        return self.wide.top(target)

    def fill_at(self, place: int, top: Ints) -> Floats:
        """The fill of the point at some tops."""
        return np.array([self.wide.fill(each)[place] for each in top[:, None]])


def blocks(points: Points, items: Items, sizes: SizeTables | None = None) -> Iterator[Block | WideBlock]:
    """All points, in blocks that fit the cache; `sizes` may hold the tables of their sizes."""
    sizes = sizes or SizeTables(items.sizes, np.unique(points.size))
    for kind in (points.chance == 0, points.chance > 0):  # Poisson demand, demand by periods
        rows: Ints = np.flatnonzero(kind)
        if len(rows):
            yield from _blocks_of_kind(points, rows, sizes)


def _blocks_of_kind(points: Points, rows: Ints, sizes: SizeTables) -> Iterator[Block | WideBlock]:
    """Blocks of the points of some rows, whose demand is of one kind."""
    low, length = stretches(points.take(rows), sizes)
    for width in np.unique(length).tolist():
        same: Ints = np.flatnonzero(length == width)
        if width > WIDEST:
            for row in rows[same, None]:
                yield WideBlock(row, Wide(points.take(row), sizes))
            continue
        step = max(1, CELLS // width)
        for start in range(0, len(same), step):
            some = same[start : start + step]
            block = rows[some]
            yield Block(block, low[some], _curve(points.take(block), sizes, low[some], width))


def _curve(points: Points, sizes: SizeTables, low: Ints, length: int) -> Floats:
    """Fill with the top at low, low + 1, ..., a row a point."""
    rows = sizes.row[points.size]
    g = sizes.waves(rows, length)
    waves: Waves = exposed(points, g) * sizes.place_waves(g, rows, length)
    distance = distance_waves(points, sizes, length)
    if distance is not None:
        waves = waves * distance
    if np.any(low > 0):
        turns = (low[:, None] % length) * np.arange(length // 2 + 1) % length
        waves = waves * np.exp(2j * np.pi / length * turns)
    return np.asarray(np.cumsum(np.fft.irfft(waves, n=length, axis=1), axis=1))
