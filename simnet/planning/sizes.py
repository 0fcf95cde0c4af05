"""Size distributions as generating functions: on the unit circle for fill, on the real axis for bounds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from simnet.planning.arrays import Floats, Ints, Waves
from simnet.planning.item import Size

TAIL = 1e-15
"""Chance of a larger size that may be left out."""
LONGEST = 1 << 20
"""Sizes above are left out, whatever their chance."""
PIECE = 1 << 14
"""Sizes worked on at a time, for the sake of memory."""
LONG, RUN = 1 << 16, 1 << 10
"""Tables of more sizes are tilted run by run: exponentials of a thousandth of the numbers."""
OVERFLOW = float(np.log(np.finfo(np.float64).max))
TILTS: Floats = np.geomspace(1e-7, 20.0, 48)
"""Exponents tried, as multiples of one over the root mean square size, for the bounds of a distribution."""


class SizeTables:
    """The distinct sizes of some points: moments, bounds and transforms."""

    def __init__(self, sizes: Sequence[Size], used: Ints) -> None:
        self.row = np.zeros(len(sizes), dtype=np.int64)
        self.row[used] = np.arange(len(used))
        self.chances = [size_chances(sizes[index]) for index in used]
        moments = [_moments(each) for each in self.chances]
        self.mean = np.array([mean for mean, _, _ in moments])
        self.square = np.array([square for _, square, _ in moments])
        """E[Z] and E[Z^2] of each size, by row."""
        self.span = np.array([span for _, _, span in moments], dtype=np.int64)
        """Largest common divisor of the sizes that occur."""
        self.tilt = TILTS / np.sqrt(self.square)[:, None]
        """Exponents t tried for each size, by row."""

    @cached_property
    def rise(self) -> Floats:
        """E[exp(t Z)] - 1."""
        return _tilted(self.chances, self.tilt)

    @cached_property
    def fall(self) -> Floats:
        """E[exp(-t Z)] - 1."""
        return _tilted(self.chances, -self.tilt)

    @cached_property
    def place_rise(self) -> Floats:
        """log E[exp(t E)], E the place of a piece in its line: P(E = i) = P(Z >= i) / E[Z]."""
        found: Floats = np.log(self.rise / -np.expm1(-self.tilt)) - np.log(self.mean)[:, None]
        return found

    def waves(self, rows: Ints, length: int, shrink: float = 1.0) -> Waves:
        """E[z^Z] - 1 at `shrink` times the `length`-th roots of unity (half of them), a row a point."""
        found: Waves = _transform(self.chances, rows, length, shrink) - 1.0
        return found

    def place_waves(self, g: Waves, rows: Ints, length: int) -> Waves:
        """E[z^E] = z (E[z^Z] - 1) / (E[Z] (z - 1)) from `g`, the `waves` of the same rows and length."""
        turn = np.exp(-2j * np.pi / length * np.arange(1, length // 2 + 1))
        mean = self.mean[rows[: len(g)], None]
        found = np.ones_like(g)
        found[:, 1:] = g[:, 1:] * (turn / (turn - 1.0)) / mean
        return found


def size_chances(size: Size) -> Floats:
    """Chance of each size, index = size, as long as any chance counts; normalized."""
    length = max(64, int(8 * size.mean))
    while length < LONGEST and known_tail(size, length) > 1e-9:  # far too short: not worth a table
        length *= 2
    chances = np.asarray(size.pmf(length), dtype=np.float64)
    while chances.sum() < 1.0 - TAIL and length < LONGEST:
        before, length = float(chances.sum()), 2 * length
        chances = np.asarray(size.pmf(length), dtype=np.float64)
        if chances.sum() - before < TAIL:  # what is missing is rounding, not tail
            break
    chances = np.trim_zeros(np.where(chances < TAIL / length, 0.0, chances), "b")
    normal: Floats = chances / chances.sum()
    return normal


def known_tail(size: Size, length: int) -> float:
    """The chance of a larger size, where it is known without a table; else 0."""
    return float(size.tail(length)) if hasattr(size, "tail") else 0.0


def _moments(chances: Floats) -> tuple[float, float, int]:
    """Mean, mean square and common divisor of a size."""
    sizes = np.flatnonzero(chances)
    kept = chances[sizes]
    return float(sizes @ kept), float(sizes**2.0 @ kept), int(np.gcd.reduce(sizes))


def _tilted(tables: Sequence[Floats], tilts: Floats) -> Floats:
    """E[exp(t Z)] - 1 for every t, a row a size; infinite where it would overflow."""
    rows = np.zeros(tilts.shape)
    with np.errstate(over="ignore"):
        for row, (table, tilt) in enumerate(zip(tables, tilts, strict=True)):
            if len(table) > LONG:
                rows[row] = _tilted_long(table, tilt)
                continue
            sizes = np.flatnonzero(table)
            for start in range(0, len(sizes), PIECE):
                part = sizes[start : start + PIECE]
                rows[row] += np.expm1(np.multiply.outer(tilt, part)) @ table[part]
    return rows


def _tilted_long(table: Floats, tilt: Floats) -> Floats:
    """The same of one long table: e(x + y) = e(x) + e(y) + e(x) e(y), with e = expm1 and x a whole number of runs."""
    runs = -(-len(table) // RUN)
    chances = np.zeros(runs * RUN)
    chances[: len(table)] = table
    by_run = chances.reshape(runs, RUN)
    found: Floats = np.full(len(tilt), np.inf)
    fits = np.flatnonzero(tilt * (len(table) - 1.0) < OVERFLOW)
    within = np.expm1(np.multiply.outer(np.arange(RUN), tilt[fits]))
    before = np.expm1(np.multiply.outer(np.arange(runs) * float(RUN), tilt[fits]))
    tilted = by_run @ within
    found[fits] = (before * (by_run.sum(axis=1)[:, None] + tilted) + tilted).sum(axis=0)
    return found


def _transform(tables: Sequence[Floats], rows: Ints, length: int, shrink: float) -> Waves:
    """Generating functions of some tables on a circle; one row if all points share a size."""
    used, twin = np.unique(rows, return_inverse=True)
    folded = np.zeros((len(used), length))
    for place, row in enumerate(used):
        table = tables[row] if shrink == 1.0 else tables[row] * shrink ** np.arange(len(tables[row]))
        for start in range(0, len(table), length):  # powers of a root of unity repeat after `length`
            piece = table[start : start + length]
            folded[place, : len(piece)] += piece
    waves: Waves = np.fft.rfft(folded, axis=1)
    return waves if len(used) == 1 else waves[twin.reshape(-1)]
