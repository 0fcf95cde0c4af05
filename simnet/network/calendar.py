"""Civil dates turned into minutes: the horizon, the warm-up, and the periods of the monthly tally."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from simnet.demand.clock import Clock, minute_of, ordinal_month

if TYPE_CHECKING:
    from simnet.integers import Integers
    from simnet.scenario.scenario import Run


@dataclass(frozen=True)
class Calendar:
    """The minutes of one run."""

    start: date
    horizon: int
    warm_up: int
    period_start: Integers
    """First minute of each period, then the horizon: calendar months, cut at the end of the warm-up."""
    labels: tuple[str, ...]
    """The month of each period, `2026-01`."""
    first_period: int
    """The period in which measuring starts."""

    @property
    def clock(self) -> Clock:
        """What demand models see of it."""
        return Clock.of(self.start, self.horizon)


def calendar_of(run: Run) -> Calendar:
    """The calendar that a scenario's `run` asks for: months and years follow the days of the calendar."""
    measured_from = run.warm_up.add_to(run.start)
    warm_up = minutes_between(run.start, measured_from)
    horizon = minutes_between(run.start, run.length.add_to(measured_from))
    starts = np.unique(np.append(Clock.of(run.start, horizon).month_start[:-1], warm_up))
    labels = tuple((run.start + timedelta(minutes=int(minute))).strftime("%Y-%m") for minute in midnights(starts))
    return Calendar(
        start=run.start,
        horizon=horizon,
        warm_up=warm_up,
        period_start=np.append(starts, horizon).astype(np.int64),
        labels=labels,
        first_period=int(np.searchsorted(starts, warm_up)),
    )


def midnights(minutes: Integers) -> Integers:
    """Whole days only: a date plus a timedelta forgets the rest anyway."""
    return minutes // 1440 * 1440


def minutes_between(start: date, end: datetime) -> int:
    """Minutes from midnight of `start`."""
    return int((end - datetime.combine(start, datetime.min.time())).total_seconds()) // 60


__all__ = ["Calendar", "calendar_of", "minute_of", "minutes_between", "ordinal_month"]
