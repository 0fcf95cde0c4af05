"""Hours by walking: minute after minute with Python's own time zones, no tables; and the tables read by the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from simnet.network.timetable import Timetable, Week
from simnet.scenario.days_off import parse_holidays
from simnet.scenario.week import parse_hours

DAYS = 24


class World(NamedTuple):
    """All that the rules of hours look at."""

    table: Any


def week(zone: str, hours: str | None = None, holidays: list[str] | None = None) -> Week:
    """A working week as a scenario writes it."""
    return Week(zone, parse_hours(hours) if hours else None, parse_holidays(holidays or []))


def minute(start: date, zone: str, text: str) -> int:
    """The minute of the run of a local time `2026-03-29 02:30` (of two, the first)."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return round((local.astimezone(UTC) - datetime.combine(start, time(), UTC)) / timedelta(minutes=1))


def local(start: date, zone: str, at: int) -> str:
    """The local time of a minute of the run."""
    moment = datetime.combine(start, time(), UTC) + timedelta(minutes=int(at))
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def timetable(start: date) -> Timetable:
    """An empty timetable of three weeks."""
    return Timetable.of(start, (DAYS - 3) * 1440)


@cache
def clock(start: date, zone: str) -> list[tuple[date, int]]:
    """By minute from two days before the start: the local day, and the latest time of day that its clock has shown."""
    where, moment = ZoneInfo(zone), datetime.combine(start, time(), UTC) - timedelta(days=2)
    shown: list[tuple[date, int]] = []
    latest, today = 0, None
    for _ in range((DAYS + 2) * 1440):
        here = moment.astimezone(where)
        latest = here.hour * 60 + here.minute if here.date() != today else max(latest, here.hour * 60 + here.minute)
        today = here.date()
        shown.append((today, latest))
        moment += timedelta(minutes=1)
    return shown


class Walk:
    """One site, seen minute by minute."""

    def __init__(self, start: date, at: Week) -> None:
        self.shown, self.week = clock(start, at.zone), at
        years = [day.year for day, _ in self.shown]
        self.off = at.off.days(min(years), max(years))

    def works(self, day: date) -> bool:
        """Whether a day is a working day."""
        return day not in self.off and (self.week.hours is None or day.weekday() in self.week.hours.days)

    def is_open(self, now: int) -> bool:
        """Whether the site is open in a minute."""
        day, shown = self.shown[now + 2880]
        if self.week.hours is None:
            return self.works(day)
        spans = self.week.hours.spans
        return self.works(day) and any(on == day.weekday() and a <= shown < b for on, a, b in spans)

    def strikes(self, now: int, clock_time: int) -> bool:
        """Whether a minute is the first of its day at which the clock has come to a time of day."""
        day, shown = self.shown[now + 2880]
        before = self.shown[now + 2879]
        return shown >= clock_time and (before[0] != day or before[1] < clock_time)

    def is_cut(self, now: int, cut_off: int) -> bool:
        """Whether the cut-off of a working day is now."""
        return self.works(self.shown[now + 2880][0]) and self.strikes(now, cut_off)

    def leaves(self, now: int, times: tuple[tuple[int, int], ...]) -> bool:
        """Whether something leaves now."""
        day = self.shown[now + 2880][0]
        return day not in self.off and any(on == day.weekday() and self.strikes(now, at) for on, at in times)

    def work(self, now: int, minutes: int) -> int:
        """When so many minutes of work are done."""
        if minutes == 0:
            return next(at for at in range(now, 10**6) if self.is_open(at))
        while minutes > 0:
            minutes -= self.is_open(now)
            now += 1
        return now

    def released(self, now: int, cut_off: int) -> int:
        """Released at once if before the cut-off of a working day, else when the next working day opens."""
        cut = next(at for at in range(now, 10**6) if self.is_cut(at, cut_off))
        day = self.shown[cut + 2880][0]
        spans = self.week.hours.spans if self.week.hours else [(day.weekday(), 0, 1440)]
        opening = min(a for on, a, _ in spans if on == day.weekday())
        at = cut
        while self.shown[at + 2880][0] == day and not self.strikes(at, opening):
            at -= 1 if self.shown[at + 2880][1] >= opening else -1
        return max(now, at)

    def leaving(self, now: int, times: tuple[tuple[int, int], ...], cut_off: int | None) -> int:
        """The first time of the week by whose cut-off (the last before it) something was ready."""
        for at in range(now, 10**6):
            if self.leaves(at, times):
                by = at
                while cut_off is not None and by > -2800 and not self.is_cut(by, cut_off):
                    by -= 1
                if by >= now:
                    return at
        raise AssertionError
