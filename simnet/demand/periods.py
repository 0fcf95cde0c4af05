"""Vectorized draws of demand that comes at most once a period.

The gaps between periods with a line are geometric, so one draw a line is enough, however many periods pass
in between. Where the chance changes by period (season, trend) the gaps are those of the highest chance, and
each period found is kept with the chance that it has, over the highest: a Bernoulli process thinned.
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

GAP, MINUTE, SIZE, KEEP = 0, 1, 2, 3
"""Draw 4i + GAP of a stream is the gap before its i-th period found, 4i + MINUTE its minute, and so on."""


@dataclass(frozen=True)
class Occurrences:
    """Streams with a chance a period, and the periods."""

    key: NDArray[np.uint64]
    chance: NDArray[np.float64]
    """The chance of a line in a period, by stream."""
    starts: NDArray[np.int64]
    """First minute of each period, and the end of the last."""
    factors: NDArray[np.float64] | None = None
    """By period, what multiplies the chance (up to 1); None: nothing changes."""

    @property
    def periods(self) -> int:
        """The number of periods."""
        return len(self.starts) - 1

    @property
    def highest(self) -> NDArray[np.float64]:
        """The highest chance of each stream."""
        top = 1.0 if self.factors is None else float(self.factors.max(initial=0.0))
        return np.minimum(self.chance * top, 1.0)


def draw_period_lines(
    streams: Occurrences, horizon: int, spread: bool, sizes: Sizes
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return stream, minute and quantity of every line in [0, horizon).

    A line falls at any minute of its period (`spread`) or its first; one that falls at the horizon or after
    it (the last period may be cut) is not asked.
    """
    columns: list[tuple[NDArray[np.int64], ...]] = [(np.empty(0, dtype=np.int64),) * 3]
    length = np.diff(streams.starts)
    for stream, number, period in found_periods(streams):
        minute, key, number = streams.starts[period], streams.key[stream], 4 * number
        if spread:
            minute += pick_array(mix_array(key, number + MINUTE), length[period])
        quantity = sizes(mix_array(key, number + SIZE), stream)
        lines = (stream, minute, quantity)
        if len(minute) and minute.max() >= horizon:
            inside = np.flatnonzero(minute < horizon)
            lines = (stream[inside], minute[inside], quantity[inside])
        columns.append(lines)
    stream, minute, quantity = (np.concatenate(column) for column in zip(*columns, strict=True))
    return stream, minute, quantity


Found = tuple["NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.int64]"]


def found_periods(streams: Occurrences) -> Iterator[Found]:
    """Yield (stream, number of the draw, period) of the periods with a line."""
    highest = streams.highest
    with np.errstate(divide="ignore"):
        scale = 1.0 / np.log1p(-highest)
    able = np.flatnonzero(highest > 0)
    for first in range(0, len(able), BLOCK):
        for found in _walk(streams, able[first : first + BLOCK], highest, scale):
            yield found if streams.factors is None else _thin(streams, highest, found)


def _walk(
    streams: Occurrences,
    active: NDArray[np.int64],
    highest: NDArray[np.float64],
    scale: NDArray[np.float64],
) -> Iterator[Found]:
    """Draw gaps in batches: about as many for each stream under way as it is expected to need."""
    number = np.zeros(len(active), dtype=np.int64)
    period = np.full(len(active), -1, dtype=np.int64)
    while len(active):
        left = float(((streams.periods - 1 - period) * highest[active]).max())
        batch = int(min(left + 2, max(BLOCK // len(active), 1)))
        counter = (4 * number + GAP)[:, None] + 4 * np.arange(batch)
        gap = np.log(uniform_array(mix_array(streams.key[active][:, None], counter)))
        gap *= scale[active][:, None]
        # Flooring is what the conversion does: gaps are at least 0. Longer than the run is as good as never.
        gap = np.minimum(gap, float(streams.periods), out=gap)
        place = gap.astype(np.int64)
        place += 1
        place[:, 0] += period
        place = np.cumsum(place, axis=1, out=place) if batch > 1 else place
        flat = place.ravel()
        hit = np.flatnonzero(flat < streams.periods)
        row = hit // batch if batch > 1 else hit
        yield active[row], number[row] + hit - row * batch, flat[hit]
        more = np.flatnonzero(place[:, -1] < streams.periods)
        active, number, period = active[more], number[more] + batch, place[more, -1]


def _thin(streams: Occurrences, highest: NDArray[np.float64], found: Found) -> Found:
    """Keep each period found with its own chance over the highest."""
    assert streams.factors is not None
    stream, number, period = found
    chance = np.minimum(streams.chance[stream] * streams.factors[period], 1.0)
    u = uniform_array(mix_array(streams.key[stream], 4 * number + KEEP))
    kept = np.flatnonzero(u * highest[stream] < chance)
    return stream[kept], number[kept], period[kept]
