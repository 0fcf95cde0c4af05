"""Law 4: the tape, drawn before the run."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from simnet.engine.simulate import simulate
from simnet.ledger.audit import audit
from simnet.network.network import Tape
from simnet.network.tape import draw
from simnet.units import HOUR
from tests.worlds import DAY, HEAD, ONE, PART, network

BASE = "stocking: {default: {policy: base-stock, up_to: %d}}\n"
HISTORY = "part,date,quantity,dealer\nfilter,2026-01-05,3,lyon\nfilter,2026-01-05,1,lyon\nfilter,2026-01-31,2,lyon\n"
REPLAY = "parts: {filter: {cost: 10 EUR}}\ndemand: {part: filter, orders: orders.csv, replay: exact}\n"


def test_the_tape_does_not_depend_on_the_stock() -> None:
    """The same lines are asked of a full shelf and of an empty one (law 4.1)."""
    busy = PART.replace("1 per year", "100 per month")
    tapes = [draw(network(ONE + busy + BASE % level), seed=2) for level in (0, 50)]
    assert len(tapes[0]) > 50
    assert all(np.array_equal(a, b) for a, b in zip(tapes[0].columns, tapes[1].columns, strict=True))


def test_the_tape_is_in_order_and_inside_the_run() -> None:
    """Minutes rise from 0 to less than H (law 4.1)."""
    busy = PART.replace("1 per year", "100 per month")
    tape = draw(network(ONE + busy + BASE % 1), seed=2)
    assert (np.diff(tape.minute) >= 0).all()
    assert tape.minute[0] >= 0
    assert tape.minute[-1] < 30 * DAY


def test_a_day_of_a_history_is_kept() -> None:
    """Lines of January 5th fall at some minute of that day; the 31st is after a run of 30 days (law 4.2)."""
    tape = draw(network(ONE + REPLAY + BASE % 1, orders=HISTORY), seed=2)
    assert (tape.minute // DAY).tolist() == [4, 4]
    assert sorted(tape.quantity.tolist()) == [1, 3]


def test_pieces_of_a_history_are_kept() -> None:
    """A run that holds the whole history asks each of its pieces (law 4.2)."""
    head = HEAD.replace("length: 30 d", "length: 1 mo")
    tape = draw(network(ONE + REPLAY + BASE % 1, head, orders=HISTORY), seed=2)
    assert sorted(tape.quantity.tolist()) == [1, 2, 3]


PARIS = """
dealers:
  lyon:
    served_by: factory
    hours: mon-fri 09:00-12:00, 13:30-18:00
    time_zone: Europe/Paris
    holidays: [2026-04-06]
parts: {filter: {cost: 10 EUR}, hose: {cost: 10 EUR}}
"""
ENTRIES = {
    "poisson": "{part: filter, orders: 90 per month%s}",
    "season": "{part: filter, orders: 90 per month, season: [0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]%s}",
    "intermittent": "{part: filter, chance: 80 %%, every: 1 w%s}",
    "jobs": "{jobs: {orders: 40 per month, parts: [filter, hose]}%s}",
}
YEAR = HEAD.replace("length: 30 d", "length: 1 y")


def in_paris(tape: Tape) -> list[datetime]:
    """What the clocks in Lyon show at each line."""
    start = datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC"))
    return [(start + timedelta(minutes=each)).astimezone(ZoneInfo("Europe/Paris")) for each in tape.minute.tolist()]


@pytest.mark.parametrize("entry", ENTRIES)
def test_customers_come_while_the_site_is_open(entry: str) -> None:
    """In its hours and zone, over both changes of the clocks, on no holiday; the same lines in each cell (law 4.3)."""
    both = [PARIS + "demand: " + ENTRIES[entry] % more + "\n" + BASE % 1 for more in ("", ", when: open")]
    always, opened = (draw(network(text, YEAR), seed=3) for text in both)
    assert len(always) > 30
    for at in in_paris(opened):
        clock = at.hour * 60 + at.minute
        assert at.weekday() < 5
        assert 9 * HOUR <= clock < 12 * HOUR or 13.5 * HOUR <= clock < 18 * HOUR
        assert (at.month, at.day) != (4, 6)
    assert opened.quantity.tolist() == always.quantity.tolist()
    weeks, months = np.arange(0, 365 * DAY, 7 * DAY), network(both[0], YEAR).month_start
    cells = weeks if entry == "intermittent" else months
    counts = [np.histogram(tape.minute, cells)[0].tolist() for tape in (opened, always)]
    assert counts[0] == counts[1]


def test_lines_of_a_job_still_come_together() -> None:
    """One site and one minute, in opening hours too (law 4.3)."""
    tape = draw(network(PARIS + "demand: " + ENTRIES["jobs"] % ", when: open" + "\n" + BASE % 1, YEAR), seed=3)
    together: dict[int, set[int]] = {}
    for job, minute in zip(tape.job.tolist(), tape.minute.tolist(), strict=True):
        together.setdefault(job, set()).add(minute)
    assert len(together) > 100
    assert all(len(minutes) == 1 for minutes in together.values())


def test_a_day_of_a_history_is_kept_if_it_is_a_working_day() -> None:
    """Monday January 5th stays, Saturday the 10th becomes Monday the 12th, at an open minute (law 4.3)."""
    history = "part,date,quantity,dealer\nfilter,2026-01-05,3,lyon\nfilter,2026-01-10,1,lyon\n"
    text = PARIS + "demand: {part: filter, orders: orders.csv, replay: exact, when: open}\n" + BASE % 1
    for seed in range(1, 9):
        tape = draw(network(text, orders=history), seed=seed)
        assert (tape.minute // DAY).tolist() == [4, 11]
        assert all(9 <= at.hour < 18 for at in in_paris(tape))


def test_the_last_line_of_a_run_is_not_pushed_out_of_it() -> None:
    """A run that ends on a Sunday asks Saturday's line on the Friday before (law 4.3)."""
    head = HEAD.replace("2026-01-01, length: 30 d", "2026-01-05, length: 1 w")
    history = "part,date,quantity,dealer\nfilter,2026-01-10,1,lyon\n"
    text = PARIS + "demand: {part: filter, orders: orders.csv, replay: exact, when: open}\n" + BASE % 1
    assert (draw(network(text, head, orders=history), seed=1).minute // DAY).tolist() == [4]


def test_other_hours_meet_the_same_customers_in_the_same_order() -> None:
    """Sizes in the order of time are alike in designs with other hours (law 4.3, law 3.1)."""
    entry = "demand: {part: filter, orders: 90 per month, size: {geometric: {mean: 3}}, when: open}\n"
    texts = [PARIS + entry + BASE % 1, (PARIS + entry + BASE % 1).replace("mon-fri 09:00", "mon, wed 11:00")]
    long, short = (draw(network(text, YEAR), seed=3) for text in texts)
    assert long.quantity.sum() == short.quantity.sum()
    assert long.minute.tolist() != short.minute.tolist()
    assert np.mean(long.quantity == short.quantity) > 0.9  # two in one minute go by their number


def test_opening_hours_are_alike_in_both_clocks(clock: str) -> None:
    """They are in the tape, before any clock runs; the books balance (law 4.3)."""
    world = network(PARIS + "demand: " + ENTRIES["jobs"] % ", when: open" + "\n" + BASE % 2, YEAR)
    tape = draw(world, seed=3)
    run, other = (simulate(world, tape, seed=3, engine=each) for each in (clock, "simpy"))
    audit(run.tally, world)
    assert run.tally.point.tolist() == other.tally.point.tolist()
