"""Vectorized draws of demand that comes at most once a period.

The gaps between periods with a line are geometric, so one draw a line is enough, however many periods pass
in between. Where the chance changes by period (season, trend) each period has a draw of its own instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simnet.demand.arrivals import BLOCK, Sizes
from simnet.streams import mix_array, pick_array, uniform_array

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

GAP, MINUTE, SIZE = 0, 1, 2
"""Draw 3i + GAP of a stream is the gap before its i-th line (or decides period i), and so on."""


@dataclass(frozen=True)
class Occurrences:
    """Streams with a chance a period, and the periods."""

    key: NDArray[np.uint64]
    chance: NDArray[np.float64]
    """The chance of a line in a period, by stream."""
    starts: NDArray[np.int64]
    """First minute of each period, and the end of the last."""
    factors: NDArray[np.float64] | None = None
    """By period, what multiplies the chance; None: nothing changes."""

    @property
    def periods(self) -> int:
        """The number of periods."""
        return len(self.starts) - 1


def draw_period_lines(
    streams: Occurrences, horizon: int, spread: bool, sizes: Sizes
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return stream, minute and quantity of every line in [0, horizon).

    A line falls at any minute of its period (`spread`) or its first; one that falls at the horizon or after
    it (the last period may be cut) is not asked.
    """
    columns: list[tuple[NDArray[np.int64], ...]] = [(np.empty(0, dtype=np.int64),) * 3]
    walk = gaps if streams.factors is None else coins
    for stream, number, period in walk(streams):
        minute = streams.starts[period]
        key = streams.key[stream]
        if spread:
            length = streams.starts[period + 1] - minute
            minute = minute + pick_array(mix_array(key, 3 * number + MINUTE), length)
        quantity = sizes(mix_array(key, 3 * number + SIZE), stream)
        inside = minute < horizon
        columns.append((stream[inside], minute[inside], quantity[inside]))
    stream, minute, quantity = (np.concatenate(column) for column in zip(*columns, strict=True))
    return stream, minute, quantity


Found = tuple["NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.int64]"]


def gaps(streams: Occurrences) -> Iterator[Found]:
    """Yield (stream, number of its line, period) by drawing geometric gaps.

    All streams still under way draw a batch of gaps at once: about as many as they are expected to need.
    """
    with np.errstate(divide="ignore"):
        fall = np.log1p(-np.minimum(streams.chance, 1.0))
    under_way = np.flatnonzero(streams.chance > 0)
    step = max(BLOCK, 1)
    for first in range(0, len(under_way), step):
        yield from _walk(streams, under_way[first : first + step], fall)


def _walk(streams: Occurrences, active: NDArray[np.int64], fall: NDArray[np.float64]) -> Iterator[Found]:
    number = np.zeros(len(active), dtype=np.int64)
    period = np.full(len(active), -1, dtype=np.int64)
    while len(active):
        left = float(((streams.periods - 1 - period) * streams.chance[active]).max())
        batch = int(min(left + 2, max(BLOCK // len(active), 1)))
        counter = number[:, None] + np.arange(batch)
        u = uniform_array(mix_array(streams.key[active][:, None], 3 * counter + GAP))
        gap = np.floor(np.minimum(np.log(u) / fall[active][:, None], float(streams.periods)))
        place = period[:, None] + np.cumsum(gap.astype(np.int64) + 1, axis=1)
        found = place < streams.periods
        row, column = np.nonzero(found)
        yield active[row], counter[row, column], place[row, column]
        more = np.flatnonzero(found[:, -1])
        active, number, period = active[more], number[more] + batch, place[more, -1]


def coins(streams: Occurrences) -> Iterator[Found]:
    """Yield (stream, period, period) by one draw for each period, its chance times the period's factor."""
    assert streams.factors is not None
    step = max(BLOCK // max(streams.periods, 1), 1)
    period = np.arange(streams.periods, dtype=np.int64)
    for first in range(0, len(streams.key), step):
        chance = streams.chance[first : first + step, None] * streams.factors
        u = uniform_array(mix_array(streams.key[first : first + step, None], 3 * period + GAP))
        row, column = np.nonzero(u < chance)
        yield row + first, column, column
