"""Vectorized draws shared by the demand models: how many lines, and when.

Work is cut into blocks of about 65,000 lines, which stay in the processor's cache (three times faster).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simnet.streams import GOLDEN, as_u64, finish

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simnet.demand.clock import Clock

BLOCK = 1 << 16
SMALL_MEAN = 12.0
MOST_STEPS = 64
GUIDE_SHIFT = 20
_GOLDEN = np.uint64(GOLDEN)
_HALF = np.uint64(32)

Minutes = Callable[["NDArray[np.uint64]"], "NDArray[np.int64]"]
Sizes = Callable[["NDArray[np.uint64]", "NDArray[np.int64]"], "NDArray[np.int64]"]


@dataclass(frozen=True)
class Even:
    """Minutes equally likely over the horizon: `(h >> 32) * horizon >> 32`."""

    horizon: int

    @property
    def effective(self) -> float:
        """Minutes at the stated rate that give the same number of lines."""
        return float(self.horizon)

    def __call__(self, draws: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return one minute a draw."""
        minutes = draws >> _HALF
        minutes *= np.uint64(self.horizon)
        minutes >>= _HALF
        return minutes.view(np.int64)


class Monthly:
    """Minutes whose intensity is constant within each calendar month: a change of time, in integers.

    The upper 32 bits of a draw are cut at thresholds in proportion to the months' weight; within its month
    a minute is equally likely. A month of weight zero gets none.
    """

    def __init__(self, clock: Clock, weights: NDArray[np.float64]) -> None:
        lengths = np.diff(clock.month_start)
        mass = np.concatenate([[0.0], np.cumsum(weights * lengths)])
        self.effective = float(mass[-1])
        cuts = np.rint(mass / (self.effective or 1.0) * 2.0**32).astype(np.int64)
        self.cuts, self.start, self.length = cuts, clock.month_start[:-1], lengths
        bins = np.arange(1 << (32 - GUIDE_SHIFT), dtype=np.int64) << GUIDE_SHIFT
        self.guide = np.searchsorted(cuts, bins, side="right") - 1
        self.width = np.maximum(np.diff(cuts), 1)

    def __call__(self, draws: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return one minute a draw."""
        level = (draws >> _HALF).view(np.int64)
        month = self.guide[level >> GUIDE_SHIFT]
        while (later := self.cuts[month + 1] <= level).any():
            month += later
        inside = (level - self.cuts[month]) * self.length[month] // self.width[month]
        return np.asarray(self.start[month] + inside)


def poisson_counts(u: NDArray[np.float64], mean: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the least k whose Poisson cdf reaches u: the exact quantile, in double precision."""
    counts = np.zeros(len(u), dtype=np.int64)
    small = mean <= SMALL_MEAN
    if small.all():
        return _climb(u, mean, counts)
    chosen = np.flatnonzero(small)
    counts[chosen] = _climb(u[chosen], mean[chosen], counts[chosen])
    chosen = np.flatnonzero(~small)
    counts[chosen] = _search(u[chosen], mean[chosen])
    return counts


def _climb(u: NDArray[np.float64], mean: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Add up the chances from 0 until they reach u; only streams not there yet go on."""
    chance = np.exp(-mean)
    left = np.flatnonzero(u > chance)
    total, chance = chance[left], chance[left]
    goal, mean, k = u[left], mean[left], 0
    while len(left):
        k += 1
        counts[left] = k
        chance = chance * (mean / k)
        total = total + chance
        more = np.flatnonzero((goal > total) & (chance > 1e-18))
        left, goal, mean, total, chance = left[more], goal[more], mean[more], total[more], chance[more]
    return counts


def _search(u: NDArray[np.float64], mean: NDArray[np.float64]) -> NDArray[np.int64]:
    """Start from the Cornish-Fisher estimate (off by one at most, nearly always) and correct by the cdf."""
    from scipy.special import gammaln, ndtri, pdtr

    z = ndtri(u)
    guess = mean + np.sqrt(mean) * z + (z * z - 1) / 6 - (z**3 - z * 7) / (72 * np.sqrt(mean))
    k = np.maximum(np.floor(guess), 0.0)
    cdf = pdtr(k, mean)
    pmf = np.exp(k * np.log(mean) - mean - gammaln(k + 1))
    active = np.flatnonzero((cdf < u) | (cdf - pmf >= u))
    for _ in range(MOST_STEPS):
        if not len(active):
            break
        a = active
        up = cdf[a] < u[a]
        step = np.where(up, mean[a] / (k[a] + 1), k[a] / mean[a])
        cdf[a] -= np.where(up, 0.0, pmf[a])
        pmf[a] *= step
        k[a] += np.where(up, 1.0, -1.0)
        cdf[a] += np.where(up, pmf[a], 0.0)
        active = a[(cdf[a] < u[a]) | ((cdf[a] - pmf[a] >= u[a]) & (k[a] > 0))]
    return np.asarray(k, dtype=np.int64)


def spread_lines(
    key: NDArray[np.uint64], counts: NDArray[np.int64], minutes: Minutes, sizes: Sizes
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return stream, minute and quantity of every line: line i of a stream uses draws 2i + 1 and 2i + 2."""
    asking = np.flatnonzero(counts)
    counts, key = counts[asking], key[asking]
    total = int(counts.sum())
    stream, minute, quantity = (np.empty(total, dtype=np.int64) for _ in range(3))
    for first, last, start, end in blocks_of(counts):
        size = counts[first:last]
        before = np.cumsum(size) - size
        draws = np.arange(2, 2 * (end - start) + 2, 2, dtype=np.uint64)
        draws *= _GOLDEN
        draws += np.repeat(key[first:last] - as_u64(2 * before) * _GOLDEN, size)
        stream[start:end] = np.repeat(asking[first:last], size)
        quantity[start:end] = sizes(finish(draws + _GOLDEN), stream[start:end])
        minute[start:end] = minutes(finish(draws))
    return stream, minute, quantity


def blocks_of(counts: NDArray[np.int64]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (first stream, last stream + 1, first line, last line + 1) of blocks of about BLOCK lines."""
    ends = np.cumsum(counts)
    first = start = 0
    while first < len(counts):
        last = max(int(np.searchsorted(ends, start + BLOCK, side="right")), first + 1)
        end = int(ends[last - 1])
        yield first, last, start, end
        first, start = last, end
