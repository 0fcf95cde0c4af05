"""Vectorized draws of a replayed history: lines of series first, then their sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simnet.demand.arrivals import BLOCK
from simnet.demand.block import Lines
from simnet.demand.history_moments import history_moments
from simnet.demand.periods import Occurrences, draw_period_lines
from simnet.demand.sizes import draw_geometric
from simnet.streams import as_u64, mix_array, pick_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simnet.demand.block import Streams, Targets
    from simnet.demand.clock import Clock
    from simnet.demand.history import History

DAY = 1440
PICK = 0
"""Draw 0 of a series and month picks the observed month; 2j + 1 and 2j + 2 are line j's minute and site."""
FITTED_SITE = np.uint64(0xD1B54A32D192ED03)
"""Sets the draws that give a fitted line its site apart from the draws of the fitted law."""


@dataclass(frozen=True)
class Bound:
    """A history whose series are tied to streams."""

    history: History
    code: NDArray[np.int64]
    """Code of each series, rising."""
    key: NDArray[np.uint64]
    """Key of each series: of the part, or of the stream if the history names sites."""
    streams: NDArray[np.int64]
    """The streams, sorted by series."""
    series: NDArray[np.int64]
    """The series of each of these streams, as an index into `code`."""
    cuts: NDArray[np.int64]
    """Series x 2**32 + the cumulative share in 32 bits of each of these streams within its series."""


@dataclass(frozen=True)
class Found:
    """Lines of series, not yet given to sites."""

    series: NDArray[np.int64]
    minute: NDArray[np.int64]
    quantity: NDArray[np.int64]
    draw: NDArray[np.uint64]
    """The draw that decides each line's site."""


def find_series(
    history: History, code: NDArray[np.int64], targets: Targets
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return, for each stream, the index into `code` of its series, and whether it has one."""
    parts = {name: number for number, name in enumerate(history.part_names)}
    part = np.array([parts.get(str(name), -1) for name in targets.part_names], dtype=np.int64)[targets.part]
    site = np.zeros(len(targets), dtype=np.int64)
    if history.site_names:
        sites = {name: number for number, name in enumerate(history.site_names)}
        numbers = [sites.get(str(name), -1) for name in targets.site_names]
        site = np.array(numbers, dtype=np.int64)[targets.site]
    wanted = history.code(part, site)
    place = np.minimum(np.searchsorted(code, wanted), len(code) - 1)
    return place, (code[place] == wanted) & (part >= 0) & (site >= 0)


def bind(history: History, streams: Streams) -> Bound:
    """Tie a history's series to the streams; series without a stream are left out."""
    targets = streams.targets
    code = np.unique(history.series)
    place, found = find_series(history, code, targets)
    chosen = np.flatnonzero(found)
    chosen = chosen[np.argsort(place[chosen], kind="stable")]
    used, series = np.unique(place[chosen], return_inverse=True)
    first = chosen[np.searchsorted(series, np.arange(len(used)))]
    key = streams.key[first] if history.site_names else streams.part_key()[targets.part[first]]
    cuts = _cuts(series, targets.share[chosen], len(used))
    return Bound(history, code[used], key, chosen, series.astype(np.int64), cuts)


def _cuts(series: NDArray[np.int64], share: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    if not count:
        return np.empty(0, dtype=np.int64)
    running = np.cumsum(share)
    last = np.searchsorted(series, np.arange(count), side="right") - 1
    total = np.diff(running[last], prepend=0.0)
    within = running - (running[last] - total)[series]
    cuts = np.rint(within / total[series] * 2.0**32).astype(np.int64)
    cuts[last] = 1 << 32
    return np.asarray(np.clip(cuts, 0, 1 << 32) + (series << 32))


def exact(bound: Bound, clock: Clock) -> Found:
    """Return the history's lines as they were."""
    history = bound.history
    place = np.minimum(np.searchsorted(bound.code, history.series), max(len(bound.code) - 1, 0))
    row = np.flatnonzero(bound.code[place] == history.series) if len(bound.code) else place[:0]
    series, month = place[row], history.month[row]
    cell = series * history.months + month
    number = np.arange(len(row)) - np.searchsorted(cell, cell)
    return _lay(bound, clock, series, month, number, row)


def bootstrap(bound: Bound, clock: Clock) -> Found:
    """Return, for each series and month of the run, the lines of an observed month drawn at random."""
    history, months = bound.history, len(clock.month_of_year)
    rows = history.series
    place = np.minimum(np.searchsorted(bound.code, rows), max(len(bound.code) - 1, 0))
    kept = np.flatnonzero(bound.code[place] == rows) if len(bound.code) else place[:0]
    cells, starts, counts = np.unique(
        place[kept] * history.months + history.month[kept], return_index=True, return_counts=True
    )
    parts: list[tuple[NDArray[np.int64], ...]] = [(np.empty(0, dtype=np.int64),) * 4]
    for first in range(0, len(bound.code) * months if len(kept) else 0, BLOCK):
        slot = np.arange(first, min(first + BLOCK, len(bound.code) * months))
        series, month = slot // months, slot % months
        draws = mix_array(mix_array(bound.key[series], month), PICK)
        wanted = series * history.months + _observed_month(bound, series, draws)
        at = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
        hit = np.flatnonzero(cells[at] == wanted)
        size = counts[at[hit]]
        number = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
        row = kept[np.repeat(starts[at[hit]], size) + number]
        parts.append((np.repeat(series[hit], size), np.repeat(month[hit], size), number, row))
    return _lay(bound, clock, *(np.concatenate(column) for column in zip(*parts, strict=True)))


def _observed_month(bound: Bound, series: NDArray[np.int64], draws: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return a month of the history for each draw, among those observed for the series' part."""
    history = bound.history
    if history.observed is None:
        return pick_array(draws, history.months)
    part = bound.code[series] // max(len(history.site_names), 1)
    order = np.argsort(~history.observed, axis=1, kind="stable")
    return np.asarray(order[part, pick_array(draws, history.observed_months()[part])])


def _lay(
    bound: Bound,
    clock: Clock,
    series: NDArray[np.int64],
    month: NDArray[np.int64],
    number: NDArray[np.int64],
    row: NDArray[np.int64],
) -> Found:
    """Lay rows of the history on months of the run: the `number`-th line of its series in that month."""
    history = bound.history
    key = mix_array(bound.key[series], month)
    starts = clock.full_months(max(history.months, len(clock.month_of_year)))
    length = np.diff(starts)[month]
    day = history.day[row]
    dated = day > 0
    start = starts[month] + np.where(dated, (np.minimum(day, length // DAY) - 1) * DAY, 0)
    minute = start + pick_array(mix_array(key, 2 * number + 1), np.where(dated, DAY * history.days, length))
    inside = np.flatnonzero((minute >= 0) & (minute < clock.horizon))
    site = mix_array(key[inside], 2 * number[inside] + 2)
    return Found(series[inside], minute[inside], history.quantity[row[inside]], site)


def fitted(bound: Bound, clock: Clock) -> Found:
    """Return lines of Bernoulli months with geometric sizes, fitted to each series."""
    known = history_moments(bound.history)
    place = np.searchsorted(known.code, bound.code)
    mean = known.month_mean[place]
    starts = clock.full_months(len(clock.month_of_year))
    starts[0] = 0
    series, minute, quantity = draw_period_lines(
        Occurrences(bound.key, known.chance[place], starts),
        clock.horizon,
        True,
        lambda draws, stream: draw_geometric(draws, mean[stream]),
    )
    site = mix_array(bound.key[series] ^ FITTED_SITE, minute)
    return Found(series, minute, quantity, site)


def divide(bound: Bound, found: Found, pieces: bool) -> Lines:
    """Give each line, or each of its pieces, to one of its series' streams by chance, by share."""
    if not pieces:
        return Lines(_choose(bound, found.series, found.draw), found.minute, found.quantity)
    line = np.repeat(np.arange(len(found.series)), found.quantity)
    piece = np.arange(len(line)) - np.repeat(np.cumsum(found.quantity) - found.quantity, found.quantity)
    stream = _choose(bound, found.series[line], mix_array(found.draw[line], piece))
    width = int(bound.streams.max(initial=0)) + 1
    cell, quantity = np.unique(line * width + stream, return_counts=True)
    return Lines(cell % width, found.minute[cell // width], quantity.astype(np.int64))


def _choose(bound: Bound, series: NDArray[np.int64], draws: NDArray[np.uint64]) -> NDArray[np.int64]:
    level = (series << 32) + (as_u64(draws) >> np.uint64(32)).view(np.int64)
    return bound.streams[np.searchsorted(bound.cuts, level, side="right")]
