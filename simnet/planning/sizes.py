"""Size distributions as generating functions: on the unit circle for fill, on the real axis for bounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simnet.planning.arrays import Floats, Ints, Waves
from simnet.planning.item import Size

TAIL = 1e-15
"""Chance of a larger size that may be left out."""
LONGEST = 1 << 20
"""Sizes above are left out, whatever their chance."""
TILTS: Floats = np.geomspace(1e-7, 20.0, 56)
"""Exponents tried, as multiples of one over the root mean square size, for the bounds of a distribution."""


class SizeTables:
    """The distinct sizes of some points: moments, bounds and transforms, made when first asked."""

    def __init__(self, sizes: Sequence[Size], used: Ints) -> None:
        self.row = np.zeros(len(sizes), dtype=np.int64)
        self.row[used] = np.arange(len(used))
        self.chances = [size_chances(sizes[index]) for index in used]
        self.places = [piece_places(chances) for chances in self.chances]
        self.mean = np.array([np.arange(len(each)) @ each for each in self.chances])
        self.span = np.array([np.gcd.reduce(np.flatnonzero(each)) for each in self.chances], dtype=np.int64)
        square = np.array([np.arange(len(each)) ** 2.0 @ each for each in self.chances])
        self.tilt = TILTS / np.sqrt(square)[:, None]
        """Exponents tried for each size, by row."""
        self.rise = _rows(self.chances, self.tilt)
        self.fall = _rows(self.chances, -self.tilt)
        """E[exp(t Z)] - 1 and E[exp(-t Z)] - 1."""
        self.place_rise = np.log1p(_rows(self.places, self.tilt))
        """log E[exp(t E)] of a piece's place in its line."""

    def waves(self, rows: Ints, length: int, shrink: float = 1.0) -> Waves:
        """E[w^Z] - 1 at `shrink` times the `length`-th roots of unity (half of them), a row a point."""
        waves: Waves = _transform(self.chances, rows, length, shrink) - 1.0
        return waves

    def place_waves(self, rows: Ints, length: int) -> Waves:
        """E[w^E], E the place of a piece in its line, as `waves`."""
        return _transform(self.places, rows, length, 1.0)


def size_chances(size: Size) -> Floats:
    """Chance of each size, index = size, as long as any chance counts; normalized."""
    length = max(64, int(8 * size.mean))
    chances = np.asarray(size.pmf(length), dtype=np.float64)
    while chances.sum() < 1.0 - TAIL and length < LONGEST:
        before, length = float(chances.sum()), 2 * length
        chances = np.asarray(size.pmf(length), dtype=np.float64)
        if chances.sum() - before < TAIL:  # what is missing is rounding, not tail
            break
    chances = np.trim_zeros(np.where(chances < TAIL / length, 0.0, chances), "b")
    normal: Floats = chances / chances.sum()
    return normal


def piece_places(chances: Floats) -> Floats:
    """Chance that a piece asked is the i-th of its line: P(Z >= i) / E[Z], index i."""
    at_least = np.cumsum(chances[::-1])[::-1].copy()
    at_least[0] = 0.0
    places: Floats = at_least / at_least.sum()
    return places


def _rows(tables: Sequence[Floats], tilts: Floats) -> Floats:
    """E[exp(t Z)] - 1 for every t, a row a table; infinite where it would overflow."""
    rows = np.zeros(tilts.shape)
    with np.errstate(over="ignore"):
        for row, (table, tilt) in enumerate(zip(tables, tilts, strict=True)):
            sizes = np.flatnonzero(table)
            rows[row] = np.expm1(tilt[:, None] * sizes) @ table[sizes]
    return rows


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
