# ruff: noqa: E501 - one case a line reads as the table it is
"""Hours, cut-offs and departures as tables: cases by hand, and any week against a walk minute by minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simnet.engine.rules_time import gate, missed, work
from simnet.network.civil import utc_minutes
from simnet.network.timetable import Timetable
from simnet.scenario.week import parse_clock, parse_moments
from tests.network.walk import Walk, World, local, minute, timetable, week

START = date(2026, 1, 1)
BRUSSELS, NEW_YORK, TOKYO = "Europe/Brussels", "America/New_York", "Asia/Tokyo"
OFFICE = "mon-fri 08:00-17:00"
EASTER = ["2026-04-06"]


@dataclass(frozen=True)
class Case:
    """What is asked at `asked` leaves, or is done, at `then`; both in local time."""

    name: str
    asked: str
    then: str
    zone: str = BRUSSELS
    hours: str | None = OFFICE
    holidays: tuple[str, ...] = ()
    cut_off: str | None = None
    leaves: str | None = None
    minutes: int = 0

    def table(self) -> Timetable:
        return Timetable.of(START, 366 * 1440)


CUT_OFFS = [
    Case("a minute before", "2026-01-07 15:59", "2026-01-07 15:59", cut_off="16:00"),
    Case("sharp", "2026-01-07 16:00", "2026-01-07 16:00", cut_off="16:00"),
    Case("a minute after", "2026-01-07 16:01", "2026-01-08 08:00", cut_off="16:00"),
    Case("after on a friday", "2026-01-09 16:01", "2026-01-12 08:00", cut_off="16:00"),
    Case("on a saturday", "2026-01-10 10:00", "2026-01-12 08:00", cut_off="16:00"),
    Case("before opening", "2026-01-12 05:00", "2026-01-12 08:00", cut_off="16:00"),
    Case("on a holiday", "2026-04-06 10:00", "2026-04-07 08:00", holidays=("2026-04-06",), cut_off="16:00"),
    Case("after, before a long weekend", "2026-04-02 16:01", "2026-04-07 08:00", holidays=("2026-04-03", "2026-04-06"), cut_off="16:00"),
    Case("a day of every year", "2026-12-25 10:00", "2026-12-28 08:00", holidays=("12-25",), cut_off="16:00"),
    Case("round the clock", "2026-01-10 16:01", "2026-01-11 00:00", hours=None, cut_off="16:00"),
    Case("round the clock but for a holiday", "2026-04-05 16:01", "2026-04-07 00:00", hours=None, holidays=("2026-04-06",), cut_off="16:00"),
    Case("east of UTC", "2026-01-07 16:01", "2026-01-08 08:00", TOKYO, cut_off="16:00"),
    Case("east of UTC, in time", "2026-01-07 08:30", "2026-01-07 08:30", TOKYO, cut_off="16:00"),
    Case("in summer", "2026-07-07 16:01", "2026-07-08 08:00", cut_off="16:00"),
    Case("after, the friday before the clocks go on", "2026-03-27 16:01", "2026-03-30 08:00", cut_off="16:00"),
    Case("the monday after", "2026-03-30 16:00", "2026-03-30 16:00", cut_off="16:00"),
    Case("after, the friday before the clocks go back", "2026-10-30 16:01", "2026-11-02 08:00", NEW_YORK, cut_off="16:00"),
]  # fmt: skip

DEPARTURES = [
    Case("ready in time", "2026-01-07 17:59", "2026-01-07 18:00", leaves="mon-fri 18:00"),
    Case("ready sharp", "2026-01-07 18:00", "2026-01-07 18:00", leaves="mon-fri 18:00"),
    Case("a minute late", "2026-01-07 18:01", "2026-01-08 18:00", leaves="mon-fri 18:00"),
    Case("late on a friday", "2026-01-09 18:01", "2026-01-12 18:00", leaves="mon-fri 18:00"),
    Case("twice a day", "2026-01-07 12:01", "2026-01-07 18:00", leaves="mon-fri 12:00, 18:00"),
    Case("weekly", "2026-01-07 18:01", "2026-01-14 18:00", leaves="wed 18:00"),
    Case("not on a holiday", "2026-01-07 18:01", "2026-01-21 18:00", holidays=("2026-01-14",), leaves="wed 18:00"),
    Case("in the hour that spring skips", "2026-03-29 01:00", "2026-03-29 03:00", leaves="daily 02:30"),
    Case("in the hour that autumn repeats", "2026-10-25 01:00", "2026-10-25 02:30", leaves="daily 02:30"),
    Case("released by a cut-off", "2026-01-07 12:00", "2026-01-07 18:00", cut_off="12:00", leaves="mon-fri 18:00"),
    Case("released, after the cut-off", "2026-01-07 12:01", "2026-01-08 18:00", cut_off="12:00", leaves="mon-fri 18:00"),
    Case("released next morning", "2026-01-07 16:00", "2026-01-08 06:00", cut_off="16:00", leaves="mon-fri 06:00"),
    Case("released the morning after next", "2026-01-07 16:01", "2026-01-09 06:00", cut_off="16:00", leaves="mon-fri 06:00"),
    Case("released weekly", "2026-01-07 12:01", "2026-01-14 18:00", cut_off="12:00", leaves="wed 18:00"),
    Case("released on the weekend", "2026-01-09 16:00", "2026-01-10 06:00", cut_off="16:00", leaves="daily 06:00"),
    Case("asked on the weekend", "2026-01-10 05:00", "2026-01-13 06:00", cut_off="16:00", leaves="daily 06:00"),
]  # fmt: skip

WORK = [
    Case("within the day", "2026-01-07 10:00", "2026-01-07 12:00", minutes=120),
    Case("up to closing", "2026-01-07 15:00", "2026-01-07 17:00", minutes=120),
    Case("over night", "2026-01-07 16:00", "2026-01-08 09:00", minutes=120),
    Case("over the weekend", "2026-01-09 16:00", "2026-01-12 09:00", minutes=120),
    Case("over a holiday", "2026-04-03 16:00", "2026-04-07 09:00", holidays=("2026-04-06",), minutes=120),
    Case("begun at night", "2026-01-07 03:00", "2026-01-07 10:00", minutes=120),
    Case("begun at closing", "2026-01-07 17:00", "2026-01-08 10:00", minutes=120),
    Case("of several days", "2026-01-07 08:00", "2026-01-12 17:00", minutes=4 * 540),
    Case("over lunch", "2026-01-07 11:00", "2026-01-07 14:00", hours="mon-fri 08:00-12:00, 13:00-17:00", minutes=120),
    Case("none, open", "2026-01-07 10:00", "2026-01-07 10:00"),
    Case("none, shut", "2026-01-10 10:00", "2026-01-12 08:00"),
    Case("none, at closing", "2026-01-07 17:00", "2026-01-08 08:00"),
    Case("round the clock", "2026-01-10 10:00", "2026-01-10 12:00", hours=None, minutes=120),
    Case("a day of 23 hours", "2026-03-29 00:00", "2026-03-30 00:00", hours="daily 00:00-24:00", minutes=23 * 60),
    Case("a day of 25 hours", "2026-10-25 00:00", "2026-10-26 00:00", hours="daily 00:00-24:00", minutes=25 * 60),
    Case("a day of 23 hours in New York", "2026-03-08 00:00", "2026-03-09 00:00", NEW_YORK, "daily 00:00-24:00", minutes=23 * 60),
    Case("a day of 25 hours in New York", "2026-11-01 00:00", "2026-11-02 00:00", NEW_YORK, "daily 00:00-24:00", minutes=25 * 60),
    Case("a night shift when clocks go on", "2026-03-29 00:00", "2026-03-29 06:00", hours="sun 00:00-06:00", minutes=5 * 60),
    Case("a night shift when clocks go back", "2026-10-25 00:00", "2026-10-25 06:00", hours="sun 00:00-06:00", minutes=7 * 60),
]  # fmt: skip


@pytest.mark.parametrize("case", [*CUT_OFFS, *DEPARTURES], ids=lambda case: case.name)
def test_lines_leave_when_a_calendar_says(case: Case) -> None:
    """Cut-offs, releases and departures, to the minute."""
    table = case.table()
    where = week(case.zone, case.hours, list(case.holidays))
    cut = parse_clock(case.cut_off) if case.cut_off else None
    address = table.release(where, parse_moments(case.leaves) if case.leaves else None, cut)
    leaves = gate(World(table.numbers()), address, minute(START, case.zone, case.asked))
    assert local(START, case.zone, leaves) == case.then


@pytest.mark.parametrize("case", WORK, ids=lambda case: case.name)
def test_work_is_done_in_working_hours(case: Case) -> None:
    """Picking and receiving, to the minute."""
    table = case.table()
    address = table.calendar(week(case.zone, case.hours, list(case.holidays)))
    done = work(World(table.numbers()), address, minute(START, case.zone, case.asked), case.minutes)
    assert local(START, case.zone, done) == case.then


@pytest.mark.parametrize(
    ("asked", "late"),
    [("2026-01-07 16:00", 0), ("2026-01-07 16:01", 1), ("2026-01-07 23:59", 1), ("2026-01-08 00:00", 0), ("2026-01-10 12:00", 0)],
)
def test_a_cut_off_is_missed_until_midnight(asked: str, late: int) -> None:
    """After the cut-off of its day, and not on the days without one."""
    table = Timetable.of(START, 366 * 1440)
    address = table.release(week(BRUSSELS, OFFICE), None, 960)
    assert missed(World(table.numbers()), address, minute(START, BRUSSELS, asked)) == late


def test_minute_0_is_midnight_in_utc() -> None:
    """A local midnight east of it comes before, one west of it after."""
    there = {zone: int(utc_minutes(zone, START, 10, np.zeros(1, np.int64))[0]) for zone in ("UTC", BRUSSELS, NEW_YORK, TOKYO, "Asia/Kolkata")}
    assert there == {"UTC": 0, BRUSSELS: -60, NEW_YORK: 300, TOKYO: -540, "Asia/Kolkata": -330}


def test_equal_hours_share_a_table() -> None:
    """Two thousand sites of one week have one calendar, and departures do not care for hours."""
    table = Timetable.of(START, 3650 * 1440)
    addresses = {table.calendar(week(BRUSSELS, OFFICE, EASTER)) for _ in range(50)}
    assert len(addresses) == 1
    assert table.calendar(week(TOKYO, OFFICE, EASTER)) not in addresses
    leaves = parse_moments("mon-fri 18:00")
    assert table.departures(week(BRUSSELS, OFFICE), leaves) == table.departures(week(BRUSSELS), leaves)
    assert len(table.numbers()) < 3 * (3 * 2_900 + 1)


def test_who_keeps_no_hours_has_no_table() -> None:
    """Round the clock, released at once, at any time."""
    table = Timetable.of(START, 1440)
    assert table.calendar(week(BRUSSELS)) == table.calendar(week(TOKYO, "daily")) == -1
    assert table.departures(week(BRUSSELS, OFFICE), None) == table.release(week(BRUSSELS, OFFICE), None, None) == -1
    assert len(table.numbers()) == 0


def test_past_the_tables_nobody_waits() -> None:
    """Later than a year after the end there is nothing to count any more."""
    table = Timetable.of(START, 1440)
    where = week(BRUSSELS, OFFICE)
    gates, calendar = table.release(where, None, 960), table.calendar(where)
    world = World(table.numbers())
    assert (gate(world, gates, 10**7), work(world, calendar, 10**7, 30)) == (10**7, 10**7 + 30)


ZONES = st.sampled_from(["UTC", BRUSSELS, NEW_YORK, TOKYO, "Australia/Lord_Howe", "Africa/Cairo", "America/Havana", "Asia/Kathmandu"])
STARTS = st.sampled_from([START, date(2026, 3, 3), date(2026, 3, 24), date(2026, 3, 31), date(2026, 4, 20), date(2026, 10, 20), date(2026, 10, 27)])
DAYS = st.sampled_from(["mon-fri", "daily", "sun, mon", "sat-tue", "fri, sun, mon"])
CLOCK = st.integers(0, 1439)
NOW = st.integers(0, 9 * 1440)


def text(at: int) -> str:
    """A time of day as it is written."""
    return f"{at // 60:02d}:{at % 60:02d}"


@st.composite
def hours(draw: st.DrawFn) -> str | None:
    """Opening hours of one or two spans, some of them in the small hours."""
    cuts = sorted(draw(st.lists(st.one_of(st.integers(0, 240), CLOCK), min_size=4, max_size=4, unique=True)))
    spans = [f"{text(cuts[0])}-{text(cuts[1])}", f"{text(cuts[2])}-{text(cuts[3])}"][: draw(st.integers(0, 2))]
    return f"{draw(DAYS)} {', '.join(spans)}" if spans else None


@st.composite
def moments(draw: st.DrawFn) -> str:
    """One or two times of the week."""
    return f"{draw(DAYS)} {', '.join(text(draw(CLOCK)) for _ in range(draw(st.integers(1, 2))))}"


HOLIDAYS = st.sampled_from([[], ["2026-03-29", "2026-03-30"], ["2026-11-01", "10-25"], ["01-01", "2026-01-05"]])


@settings(max_examples=60, deadline=None)
@given(start=STARTS, zone=ZONES, hours=hours(), off=HOLIDAYS, asked=st.lists(st.tuples(NOW, st.integers(0, 2000)), min_size=3, max_size=3))
def test_work_equals_a_walk(start: date, zone: str, hours: str | None, off: list[str], asked: list[tuple[int, int]]) -> None:
    """Working minutes by table and by minute, whatever the zone does."""
    where, table = week(zone, hours, off), timetable(start)
    address, walk = table.calendar(where), Walk(start, where)
    world = World(table.numbers())
    for now, minutes in asked:
        minutes = min(minutes, 300) if hours else minutes
        try:
            expected = walk.work(now, minutes)
        except IndexError:
            continue  # not done within the weeks that are walked
        assert work(world, address, now, minutes) == expected


@settings(max_examples=60, deadline=None)
@given(start=STARTS, zone=ZONES, hours=hours(), off=HOLIDAYS, cut=CLOCK, now=NOW)
def test_cut_offs_equal_a_walk(start: date, zone: str, hours: str | None, off: list[str], cut: int, now: int) -> None:
    """Released at once or at the opening of the next working day, by table and by minute."""
    where, table = week(zone, hours, off), timetable(start)
    address = table.release(where, None, cut)
    assert gate(World(table.numbers()), address, now) == Walk(start, where).released(now, cut)


@settings(max_examples=60, deadline=None)
@given(start=STARTS, zone=ZONES, hours=hours(), off=HOLIDAYS, cut=st.none() | CLOCK, leaves=moments(), now=NOW)
def test_departures_equal_a_walk(
    start: date, zone: str, hours: str | None, off: list[str], cut: int | None, leaves: str, now: int
) -> None:
    """Departures and releases with their cut-offs, by table and by minute."""
    where, table, times = week(zone, hours, off), timetable(start), parse_moments(leaves)
    address = table.release(where, times, cut)
    try:
        expected = Walk(start, where).leaving(now, times.times, cut)
    except IndexError:
        return
    assert gate(World(table.numbers()), address, now) == expected
