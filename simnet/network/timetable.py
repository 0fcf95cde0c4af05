"""Hours, cut-offs and departures as tables of minutes, found by address; equal ones stand there once (law 8)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from simnet.integers import Integers
from simnet.network.civil import utc_minutes
from simnet.scenario.days_off import DaysOff
from simnet.scenario.hours import Shipping
from simnet.scenario.week import Hours, Moments
from simnet.units import DAY

NONE = -1
BEFORE, AFTER = 2, 400
"""Days before the start and after the end that the tables hold."""


@dataclass(frozen=True)
class Week:
    """The working week of a site: what its tables are made from."""

    zone: str
    hours: Hours | None
    """None: round the clock."""
    off: DaysOff

    @classmethod
    def of(cls, site: Shipping) -> Week:
        """The week of a site of the scenario."""
        return cls(site.time_zone, site.hours, site.holidays)

    @property
    def always(self) -> bool:
        """Whether it works round the clock, all year."""
        return not self.off and (self.hours is None or self.hours.spans == tuple((day, 0, DAY) for day in range(7)))


@dataclass
class Timetable:
    """The tables of one run, one after the other."""

    start: date
    days: int
    """Days of the run, and some more."""
    _tables: list[Integers] = field(default_factory=list)
    _address: dict[Hashable, int] = field(default_factory=dict)
    _size: int = 0

    @classmethod
    def of(cls, start: date, horizon: int) -> Timetable:
        """An empty one for a run of `horizon` minutes."""
        return cls(start, -(-horizon // DAY) + AFTER)

    def put(self, key: Hashable, make: Callable[[], Integers]) -> int:
        """The address of a table: made unless there is one with this key."""
        if key not in self._address:
            table = make()
            self._address[key] = self._size
            self._tables.append(table)
            self._size += len(table)
        return self._address[key]

    def numbers(self) -> Integers:
        """All tables."""
        return np.concatenate([np.zeros(0, np.int64), *self._tables])

    def calendar(self, week: Week) -> int:
        """The address of a site's calendar; -1 where it works round the clock."""
        return NONE if week.always else self.put(("calendar", week), lambda: self._calendar(week))

    def open_spans(self, week: Week) -> Integers:
        """When a site is open: first minutes, minutes after the last, and open minutes before; a column a span."""
        return self._calendar(week)[1:].reshape(3, -1)

    def departures(self, week: Week, leaves: Moments | None) -> int:
        """The address of the gate of a lane, by the clock and the holidays of its source; -1: at any time."""
        if leaves is None or not leaves.times:
            return NONE
        return self.put(("gate", replaced(week), leaves, None), lambda: self._leaving(week, leaves, None))

    def release(self, week: Week, leaves: Moments | None, cut_off: int | None) -> int:
        """The address of the gate of an order class at a source; -1: released at once."""
        if leaves is not None and leaves.times:
            key = ("gate", week if cut_off is not None else replaced(week), leaves, cut_off)
            return self.put(key, lambda: self._leaving(week, leaves, cut_off))
        if cut_off is None:
            return NONE
        return self.put(("gate", week, None, cut_off), lambda: self._in_time(week, cut_off))

    def _calendar(self, week: Week) -> Integers:
        """Open spans of the days that are no holidays; those that touch are one."""
        spans = week.hours.spans if week.hours is not None else tuple((day, 0, DAY) for day in range(7))
        opens = self._minutes(week, ((day, first) for day, first, _ in spans))
        closes = self._minutes(week, ((day, last) for day, _, last in spans))
        opens, closes = opens[closes > opens], closes[closes > opens]
        apart = opens[1:] > closes[:-1]
        first, last = np.append(True, apart)[: len(opens)], np.append(apart, True)[: len(closes)]
        opens, closes = opens[first], closes[last]
        worked = np.cumsum(closes - opens) - (closes - opens)
        return table_of(opens, closes, worked)

    def _leaving(self, week: Week, leaves: Moments, cut_off: int | None) -> Integers:
        """A gate that opens at times of the week; by default what is there sharp at that time is in time."""
        at = self._minutes(week, leaves.times)
        if cut_off is None:
            return table_of(at, at, self._midnights(week, self._local(week, leaves.times)))
        local = self._cut_offs(week, cut_off)
        cuts = utc_minutes(week.zone, self.start, self.days, local)
        last = np.searchsorted(cuts, at, "right") - 1
        at, last = at[last >= 0], last[last >= 0]
        last, first = np.unique(last, return_index=True)
        return table_of(cuts[last], at[first], self._midnights(week, local)[last])

    def _in_time(self, week: Week, cut_off: int) -> Integers:
        """A gate that is open up to the cut-off of each working day, from its opening on."""
        local = self._cut_offs(week, cut_off)
        opening = dict(sorted(((day, first) for day, first, _ in week.hours.spans), reverse=True)) if week.hours else {}
        days = local // DAY
        opens = np.array([opening.get(day, 0) for day in range(7)], dtype=np.int64)[self._weekday(days)]
        at = utc_minutes(week.zone, self.start, self.days, days * DAY + opens)
        return table_of(utc_minutes(week.zone, self.start, self.days, local), at, self._midnights(week, local))

    def _cut_offs(self, week: Week, cut_off: int) -> Integers:
        """The local minutes of the cut-off, on working days."""
        return self._local(week, ((day, cut_off) for day in (week.hours.days if week.hours else range(7))))

    def _minutes(self, week: Week, times: Iterable[tuple[int, int]]) -> Integers:
        """The minutes of the run at which times of the week come, holidays left out."""
        return utc_minutes(week.zone, self.start, self.days, self._local(week, times))

    def _local(self, week: Week, times: Iterable[tuple[int, int]]) -> Integers:
        """Local minutes of times of the week, holidays left out, in order."""
        days = np.arange(-BEFORE, self.days)
        ends = [(self.start + timedelta(days=int(day))).year for day in days[[0, -1]]]
        off = [(day - self.start).days for day in week.off.days(ends[0], ends[1])] if week.off else []
        days = days[~np.isin(days, off)]
        weekday = self._weekday(days)
        found = [days[weekday == day] * DAY + minute for day, minute in times]
        return np.sort(np.concatenate([np.zeros(0, np.int64), *found]))

    def _weekday(self, days: Integers) -> Integers:
        return np.asarray((days + self.start.weekday()) % 7)

    def _midnights(self, week: Week, local: Integers) -> Integers:
        """The ends of the days of local times."""
        return utc_minutes(week.zone, self.start, self.days, (local // DAY + 1) * DAY)


def replaced(week: Week) -> Week:
    """The same week, its hours left out: where they do not matter, sites of other hours share a table."""
    return Week(week.zone, None, week.off)


def table_of(*columns: Integers) -> Integers:
    """The number of entries, then column after column."""
    return np.concatenate([np.array([len(columns[0])], dtype=np.int64), *columns])
