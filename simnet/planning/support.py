"""How far a distribution reaches: the stretch of pieces outside which less than 1e-13 of the chance lies.

Chernoff's bound over a list of exponents, P(X >= n) <= E[exp(t X)] exp(-t n), so the stretch is certain,
only somewhat wider than need be. A transform of that length then has no aliasing to speak of.
"""

from __future__ import annotations

import numpy as np

from simnet.planning.arrays import Floats, Ints
from simnet.planning.periods import gamma_nodes
from simnet.planning.points import Points
from simnet.planning.sizes import SizeTables

NATS = 32.0
"""exp(-32) = 1.3e-14: the chance left outside at either end."""
NEAR = 256.0
"""A mean under which cutting off the low end does not pay, pieces."""
ROWS = 1 << 14
"""Points bounded at a time, for the sake of memory."""


def stretches(points: Points, sizes: SizeTables) -> tuple[Ints, Ints]:
    """First level and length (a good one for transforms) of the stretch of each point."""
    low, high = np.zeros(len(points), dtype=np.int64), np.zeros(len(points), dtype=np.int64)
    for start in range(0, len(points), ROWS):
        rows = np.arange(start, min(start + ROWS, len(points)))
        low[rows], high[rows] = _ends(points.take(rows), sizes)
    high += points.gap + points.lot
    return low, transform_length(high - low + 1)


def transform_length(least: Ints) -> Ints:
    """The next of 16, 24, 32, 48, 64, ...: powers of two and half as much again."""
    power = 2 ** np.ceil(np.log2(np.maximum(least, 16))).astype(np.int64)
    smaller = power * 3 // 4
    return np.where((smaller >= least) & (smaller >= 24), smaller, power)


def _ends(points: Points, sizes: SizeTables) -> tuple[Ints, Ints]:
    """Levels under and over which there is next to no chance."""
    rows = sizes.row[points.size]
    tilt, mean = sizes.tilt[rows], sizes.mean[rows]
    above = _log_exposed(points, sizes.rise[rows], upward=True) + sizes.place_rise[rows]
    high = np.ceil(np.nanmin((above + NATS) / tilt, axis=1)).astype(np.int64) + 1
    low = np.zeros(len(points), dtype=np.int64)
    far: Ints = np.flatnonzero(points.lines * mean > NEAR)
    if len(far):
        below = _log_exposed(points.take(far), sizes.fall[rows[far]], upward=False)
        low[far] = np.maximum(np.floor(np.nanmax(-(below + NATS) / tilt[far], axis=1)), 0).astype(np.int64)
    return low, high


def _log_exposed(points: Points, change: Floats, upward: bool) -> Floats:
    """A bound on log E[exp(t X)], `change` being E[exp(t Z)] - 1; a row a point, a column a t."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        if np.any(points.chance > 0):
            by_period: Floats = _lines(points, upward)[:, None] * np.log1p(points.chance[:, None] * change)
            return by_period
        mean, spread = points.lines[:, None] * change, points.cv[:, None] ** 2
        mixed = np.where(spread * mean < 1, -np.log1p(-spread * mean) / spread, np.inf)
        bound: Floats = np.where(spread > 0, mixed, mean)
        if upward:
            bound = bound + points.cycle[:, None] * change
        return bound


def _lines(points: Points, upward: bool) -> Floats:
    """Most (or fewest) demand periods that the exposure may touch."""
    ends = gamma_nodes(points.cv)[0]
    longest = points.lead_periods * (ends.max(axis=1) if upward else ends.min(axis=1))
    if upward:
        most: Floats = np.floor(longest + points.cycle_periods) + 2
        return most
    fewest: Floats = np.maximum(np.floor(longest) - 2, 0)
    return fewest
