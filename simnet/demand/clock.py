"""The calendar of a run, as far as demand needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DAY = 1440
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def ordinal_month(day: date) -> int:
    """Return the number of the month, 12 a year, January of year 0 being 0."""
    return day.year * 12 + day.month - 1


def first_of(month: int) -> date:
    """Return the first day of an ordinal month."""
    return date(month // 12, month % 12 + 1, 1)


@dataclass(frozen=True)
class Clock:
    """Minutes [0, horizon) from midnight of `start`, cut at the ends of calendar months."""

    start: date
    horizon: int
    """Minutes."""
    month_start: NDArray[Any]
    """First minute of each month (int64), and the horizon as the last entry."""
    month_of_year: NDArray[Any]
    """1 to 12, one for each month begun (int64)."""

    @classmethod
    @lru_cache(maxsize=16)  # every shard of a run asks for the same
    def of(cls, start: date, horizon: int) -> Clock:
        """Return the clock of a run of `horizon` minutes from midnight of `start`."""
        import numpy as np

        first, starts = ordinal_month(start), [0]
        while (minute := minute_of(start, first + len(starts))) < horizon:
            starts.append(minute)
        numbers = (first + np.arange(len(starts), dtype=np.int64)) % 12 + 1
        clock = cls(start, horizon, np.array([*starts, horizon], dtype=np.int64), numbers)
        clock.month_start.flags.writeable = clock.month_of_year.flags.writeable = False
        return clock

    def days(self, count: int = 1) -> NDArray[Any]:
        """Return the first minutes of spans of `count` days, from minute 0 on, and the horizon."""
        import numpy as np

        return np.append(np.arange(0, self.horizon, count * DAY, dtype=np.int64), self.horizon)

    def full_months(self, count: int) -> NDArray[Any]:
        """Return the first minutes of `count` whole calendar months and the end of the last.

        The first month starts on the 1st, so before minute 0 when the run starts later; none is cut at H.
        """
        import numpy as np

        first = ordinal_month(self.start)
        return np.array([minute_of(self.start, first + k) for k in range(count + 1)], dtype=np.int64)


def minute_of(start: date, month: int) -> int:
    """Return the minute, counted from midnight of `start`, at which an ordinal month begins."""
    return (first_of(month) - start).days * DAY


def month_weights(clock: Clock, season: Sequence[float] | None, growth: float) -> NDArray[Any]:
    """Return the intensity in each month over the stated rate.

    Season factors are divided by their mean over a year of 365 days, so the stated rate stays the yearly
    mean and only proportions matter. Growth (a share a year) compounds month by month from the start of the
    run, where the stated rate holds; it is not normalized.
    """
    import numpy as np

    months = len(clock.month_of_year)
    weights = (1.0 + growth) ** (np.arange(months) / 12.0)
    if season is not None:
        factors = np.asarray(season, dtype=np.float64)
        factors = factors / np.average(factors, weights=MONTH_DAYS)
        weights = weights * factors[clock.month_of_year - 1]
    return np.asarray(weights, dtype=np.float64)
