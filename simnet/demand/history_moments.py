"""What a history says about each of its series: how often, how many, and in what share of the months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simnet.units import MONTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simnet.demand.history import History


@dataclass(frozen=True)
class HistoryMoments:
    """What a history says about each series, in the order of `code`."""

    code: NDArray[Any]
    """Code of each series with demand, rising (int64)."""
    part: NDArray[Any]
    """Index into the history's part_names (int64)."""
    rate: NDArray[Any]
    """Lines a minute over the span."""
    size_mean: NDArray[Any]
    """Mean pieces a line."""
    chance: NDArray[Any]
    """Share of the months with demand."""
    month_mean: NDArray[Any]
    """Mean pieces of a month with demand: with `chance` the maximum likelihood fit of Bernoulli months with
    geometric sizes."""


def history_moments(history: History) -> HistoryMoments:
    """Return rate, mean size, chance a month and mean of a month with demand, by part (or part at site)."""
    import numpy as np

    code, first, place = np.unique(history.series, return_index=True, return_inverse=True)
    lines = np.bincount(place, minlength=len(code))
    months = np.maximum(history.observed_months()[history.part[first]], 1)
    pieces = np.bincount(place, weights=history.quantity, minlength=len(code))
    cells = np.unique(place * history.months + history.month)
    busy = np.bincount(cells // history.months, minlength=len(code))
    return HistoryMoments(
        code=code,
        part=history.part[first],
        rate=lines / (months * MONTH),
        size_mean=pieces / lines,
        chance=busy / months,
        month_mean=pieces / busy,
    )
