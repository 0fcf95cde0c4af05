"""Law 8 in hours: with ample stock each class is delivered when the calendars of both ends say, to the minute.

The expected minutes are walked one by one with Python's own time zones, without the tables of the program.
"""

from __future__ import annotations

import random
from datetime import date

import pytest

from simnet.ledger.tally import CAUSES
from simnet.network.network import Network
from simnet.scenario.week import parse_moments
from tests.network.walk import Walk, minute, week
from tests.worlds import DAY, HEAD, PART, Asked, network, play

BRUSSELS, NEW_YORK = "Europe/Brussels", "America/New_York"
GENT, BOSTON = ("mon-fri 08:00-17:00", ["2026-04-06"]), ("mon-sat 09:00-18:00", [])
SITES = """
warehouses:
  gent:
    refilled_by: factory
    hours: mon-fri 08:00-17:00
    time_zone: Europe/Brussels
    holidays: [2026-04-06]
    picking: 2 h
dealers:
  lyon: {served_by: gent, lead_time: 2 d}
  boston:
    served_by: gent
    lead_time: 30 h
    hours: mon-sat 09:00-18:00
    time_zone: America/New_York
    receiving: 3 h
lanes:
  gent:
    boston:
      departures: mon-fri 18:00
      classes: {vor: {lead_time: 20 h, departures: "daily 06:00, 21:00"}}
order_classes:
  stock: {release: wed 12:00, cut_off: 10:00}
  vor: {ask: facing, cut_off: 16:00, lead_time: 12 h}
  campaign: {ask: facing, release: {days: mon-fri, at: 15:00}}
stocking:
  default: {policy: none}
  sites: {gent: {policy: base-stock, up_to: 9999}}
"""
SPRING, AUTUMN = date(2026, 3, 24), date(2026, 10, 20)
LENGTH = 10 * DAY
ROAD = {
    ("lyon", "vor"): 720, ("lyon", "campaign"): 2 * DAY, ("lyon", "stock"): 2 * DAY,
    ("boston", "vor"): 1200, ("boston", "campaign"): 1800, ("boston", "stock"): 1800,
}  # fmt: skip
BY = {"vor": (None, 960), "campaign": ("mon-fri 15:00", None), "stock": ("wed 12:00", 600)}
EVENING = "mon-fri 18:00"
LEAVES = {("boston", "vor"): "daily 06:00, 21:00", ("boston", "campaign"): EVENING, ("boston", "stock"): EVENING}


def world(start: date) -> Network:
    """Gent in one zone serves Lyon, which keeps no hours, and Boston in another."""
    return network(SITES + PART, HEAD.replace("2026-01-01", str(start)).replace("30 d", "24 d"))


def due(start: date, now: int, site: str, order_class: str) -> int:
    """When the customer has what was asked now: released, picked, departed, traveled, received."""
    gent = Walk(start, week(BRUSSELS, *GENT))
    release, cut_off = BY[order_class]
    if release is None:
        assert cut_off is not None
        at = gent.released(now, cut_off)
    else:
        at = gent.leaving(now, parse_moments(release).times, cut_off)
    at = gent.work(at, 120)
    if (site, order_class) in LEAVES:
        at = gent.leaving(at, parse_moments(LEAVES[site, order_class]).times, None)
    at += ROAD[site, order_class]
    return Walk(start, week(NEW_YORK, *BOSTON)).work(at, 180) if site == "boston" else at


@pytest.mark.parametrize("start", [SPRING, AUTUMN])
def test_delivery_times_are_the_calendars(clock: str, start: date) -> None:
    """Around changes of clocks and a holiday, two zones, three classes (law 1.8, law 8.5, law 8.6, law 8.7)."""
    chance, of = random.Random(5), world(start)
    asked: list[Asked] = []
    for name in ("vor", "campaign", "day"):
        for site in ("lyon", "boston"):
            asked += [(chance.randrange(LENGTH), site, "filter", 1, name) for _ in range(12)]
    story = play(of, asked, clock)
    done = sorted((line[0], line[6]) for line in story.lines() if line[2] == "customer")
    expected = [(now, due(start, now, site, "stock" if name == "day" else name)) for now, site, _, _, name in asked]
    assert done == sorted(expected)


EDGE = [
    ("2026-03-25 15:00", "2026-03-25 17:00", "picked by closing"),
    ("2026-03-25 15:59", "2026-03-26 08:59", "a minute before the cut-off"),
    ("2026-03-25 16:00", "2026-03-26 09:00", "sharp: an hour today, an hour tomorrow"),
    ("2026-03-25 16:01", "2026-03-26 10:00", "a minute after: released next morning"),
    ("2026-03-27 16:01", "2026-03-30 10:00", "after, the friday before the clocks go on"),
    ("2026-04-03 16:01", "2026-04-07 10:00", "after, before a holiday"),
]


@pytest.mark.parametrize(("asked", "picked", "why"), EDGE, ids=[why for _, _, why in EDGE])
def test_a_minute_at_the_cut_off(clock: str, asked: str, picked: str, why: str) -> None:
    """Twelve hours on the road after picking, to a dealer who keeps no hours (law 8.5, law 8.6)."""
    story = play(world(SPRING), [(minute(SPRING, BRUSSELS, asked), "lyon", "filter", 1, "vor")], clock)
    done = next(line[6] for line in story.lines() if line[2] == "customer")
    assert done == minute(SPRING, BRUSSELS, picked) + 720, why


def test_late_for_the_cut_off_is_a_cause_of_its_own(clock: str) -> None:
    """A line found in Gent that is late only because it came after the cut-off says so (law 5.16, law 8.6)."""
    of = world(SPRING)
    late, early = (minute(SPRING, BRUSSELS, f"2026-03-25 {text}") for text in ("16:01", "10:00"))
    story = play(of, [(early, "lyon", "filter", 1, "vor"), (late, "lyon", "filter", 1, "vor")], clock)
    lines = [row for row in story.run.lines.rows() if row["dest"] == -1]
    assert [int(row["done"] - row["minute"]) <= DAY for row in lines] == [True, False]
    missed = story.run.tally.why["lines"].reshape(-1, len(CAUSES)).sum(axis=0)
    assert {cause: int(number) for cause, number in zip(CAUSES, missed, strict=True) if number} == {"after cut-off": 1}


def test_two_ways_keep_both_hours(clock: str) -> None:
    """What Gent sends through Paris is picked, received, picked again and received (law 8.8)."""
    text = """
warehouses:
  gent: {refilled_by: factory, hours: "mon-fri 08:00-17:00", picking: 2 h}
  paris: {refilled_by: gent, lead_time: 10 h, hours: "mon-fri 06:00-14:00", picking: 1 h, receiving: 2 h}
dealers: {lyon: {served_by: paris, lead_time: 5 h, hours: "mon-fri 09:00-18:00", receiving: 1 h}}
order_classes: {vor: {ask: central, consolidate: true, lead_time: 5 h}}
lanes: {gent: {paris: {lead_time: 10 h}}}
stocking: {default: {policy: none}, sites: {gent: {policy: base-stock, up_to: 99}}}
"""
    monday = 4 * DAY  # 2026-01-05, all in UTC
    story = play(network(text + PART), [(monday + 9 * 60, "lyon", "filter", 1, "vor")], clock)
    done = next(line[6] for line in story.lines() if line[2] == "customer")
    # picked 11:00, paris 21:00, received tuesday 06:00-08:00, picked 09:00, lyon 14:00, received 15:00
    assert done == monday + DAY + 15 * 60
