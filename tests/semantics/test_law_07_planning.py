"""Law 7, inside the run: stocking lists, managed levels, what is proposed and what goes back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import poisson

from simnet.network.plans import level_at
from simnet.streams import mix_int, stream_keys
from tests.worlds import DAY, ONE, TWO, Asked, network, play

HEAD = """
simnet: 1
name: planned
run: {start: 2026-01-01, length: 80 d}
suppliers: {factory: {lead_time: 10 d}}
"""
SELDOM = "parts: {filter: {cost: 10 EUR}}\ndemand: {part: filter, orders: 1 per year}\n"
OFTEN = SELDOM.replace("1 per year", "2/d")
LISTED = "stocking: {default: {up_to: 3, phase_in: {hits: 2, within: 3 d, every: 1 d}, phase_out: 3 d}}\n"
WEEK = 7 * DAY


def ordered(story: Any, source: str = "supplier") -> list[tuple[int, int]]:
    """Minute and pieces of the replenishment lines at a source."""
    return [(line[0], line[3]) for line in story.lines() if line[1] == source and line[2] != "customer"]


@pytest.mark.parametrize(
    ("asked", "orders"),
    [
        ([DAY + 10, 2 * DAY + 10], [(DAY + 10, 1), (2 * DAY + 10, 1), (3 * DAY, 3)]),
        ([DAY + 10, 3 * DAY + 10], [(DAY + 10, 1), (3 * DAY + 10, 1), (4 * DAY, 3)]),
        ([DAY + 10, 4 * DAY + 10], [(DAY + 10, 1), (4 * DAY + 10, 1)]),
        ([DAY, 4 * DAY - 1], [(DAY, 1), (4 * DAY - 1, 1), (4 * DAY, 3)]),
        ([DAY - 1, 4 * DAY - 1], [(DAY - 1, 1), (4 * DAY - 1, 1)]),
    ],
    ids=["two days", "in the window", "a day too late", "the last minute counts", "a minute before the window"],
)
def test_phase_in(clock: str, asked: list[int], orders: list[tuple[int, int]]) -> None:
    """Off the list orders are for what is owed; with two lines in three whole days the part is listed (law 7.7).

    It is looked at in the minute of planning (law 7.6): three pieces are ordered beside those owed.
    """
    of = network(ONE + SELDOM + LISTED.replace(", phase_out: 3 d", ""), HEAD)
    story = play(of, [(minute, "lyon", "filter", 1) for minute in asked], clock)
    assert ordered(story) == orders


def test_phase_out(clock: str) -> None:
    """After three days in a row without a line the part comes off: what is there sells off (law 7.7)."""
    of = network(ONE + OFTEN + LISTED, HEAD)
    lines = [100, 4 * DAY - 1, 8 * DAY + 1, 12 * DAY + 1, 20 * DAY + 1, 24 * DAY + 1]
    story = play(of, [(minute, "lyon", "filter", 1) for minute in lines], clock)
    # on the list the first two lines are ordered again; the fourth day without one, at 8 d, ends that
    assert ordered(story) == [(100, 1), (4 * DAY - 1, 1), (24 * DAY + 1, 1)]
    assert story.flow("lyon", "filled_lines", "lines") == (5, 6)


def test_quiet_days_are_counted_in_a_row(clock: str) -> None:
    """A line every third day keeps a part on the list for ever (law 7.7)."""
    of = network(ONE + OFTEN + LISTED, HEAD)
    lines = [number * 3 * DAY for number in range(20)]
    story = play(of, [(minute, "lyon", "filter", 1) for minute in lines], clock)
    assert ordered(story) == [(minute, 1) for minute in lines]


MANAGED = "stocking: {{default: {{policy: none, managed: {{window: 28 d, every: 1 w{}}}}}}}\n"
SOLD: list[Asked] = [(day * DAY + 5, "lyon", "filter", 1) for day in range(1, 7)]
"""Six pieces in the first week."""


def level(pieces: int, lead: int) -> int:
    """The smallest S with P(Poisson <= S - 1) >= 95 % over the lead time, at so many pieces in 28 days."""
    mean = pieces * lead / 28
    return 0 if pieces == 0 else next(s for s in range(1, 99) if poisson(mean).cdf(s - 1) >= 0.95)


def test_levels_are_those_of_the_formula() -> None:
    """The table of levels is Poisson's, from no piece to the longest of it, and never falls beyond (law 7.8)."""
    of = network(ONE + SELDOM + MANAGED.format(""), HEAD)
    table = of.timetable[of.plans["levels"][0] :]
    assert level_at(table, np.arange(32)).tolist() == [level(pieces, 10) for pieces in range(32)]
    beyond = level_at(table, np.arange(31, 300))
    assert (np.diff(beyond) >= 0).all()
    assert abs(beyond[32] - level(63, 10)) <= 2


def test_managed_levels_follow_what_was_asked(clock: str) -> None:
    """Six pieces in a week are a level of their own for four weeks, then none again (laws 7.6 and 7.8)."""
    of = network(ONE + SELDOM + MANAGED.format(", buy_back: false"), HEAD)
    story = play(of, SOLD, clock)
    assert ordered(story) == [(line[0], 1) for line in SOLD] + [(WEEK, level(6, 10))]
    assert story.point("lyon", "on_hand", "returned") == (level(6, 10), 0)


def test_a_proposal_is_made_once(clock: str) -> None:
    """A dealer accepts half of all proposals, by the draw of its number; a refused one is not repeated (law 7.8).

    The draw is that of the proposal's number against 2,048 of 4,096 (law 3.3).
    """
    of = network(ONE + SELDOM + MANAGED.format(", accept: 50 %"), HEAD)
    met = set()
    for seed in range(1, 9):
        key = int(stream_keys(of.plans["key"], seed, 0)[0] >> np.uint64(1))
        accepted = mix_int(key, 0) >> 52 < 2048
        lots = [order for order in ordered(play(of, SOLD, clock, seed)) if order[1] > 1]
        assert lots == ([(WEEK, level(6, 10))] if accepted else [])
        met.add(accepted)
    assert met == {True, False}


def test_what_is_taken_as_sold_leaves_week_by_week(clock: str) -> None:
    """A year's expected demand is the window before minute 0, evenly: it starts at its level (law 7.6)."""
    text = SELDOM.replace("1 per year", "1/d")
    of = network(ONE + text + MANAGED.format(", buy_back: false"), HEAD)
    assert (int(of.plans["sold"][0]), int(of.points["up_to"][0])) == (28, level(28, 10))
    story = play(of, [], clock)
    assert ordered(story) == []  # levels only fall, to nothing, as nobody asks
    assert story.point("lyon", "on_hand") == level(28, 10)


def test_bought_back_stock_serves_others(clock: str) -> None:
    """When the level falls to nothing, what is there goes to the warehouse in the lane's time and serves (law 7.9).

    Lyon's pieces leave at 35 d and are in Gent at 37 d, where Turin has waited since 34 d: its customer is served at
    40 d, four days before the factory's piece could be.
    """
    settings = "stocking: {default: {policy: none}, sites: {lyon: {managed: {window: 28 d, every: 1 w}}}}\n"
    of = network(TWO + SELDOM + settings, HEAD)
    story = play(of, [*SOLD, (34 * DAY, "turin", "filter", 1)], clock)
    back = level(6, 2)
    assert story.point("lyon", "returned", "on_hand") == (back, 0)
    assert story.point("gent", "taken_back", "returning", "on_hand") == (back, 0, back)
    assert (34 * DAY, "turin", "customer", 1, 0, 0, 40 * DAY) in story.lines()


def test_what_went_back_late_is_on_the_way(clock: str) -> None:
    """Pieces sent back too late are on the way at the horizon, and with a supplier they are gone (law 7.9)."""
    settings = "stocking: {default: {policy: none, managed: {window: 28 d, every: 1 w}}}\n"
    direct = play(network(ONE + SELDOM + settings, HEAD), SOLD, clock)
    assert direct.point("lyon", "returned", "returning") == (level(6, 10), 0)
    late = HEAD.replace("80 d", "36 d")
    lyon = settings.replace("default: {policy: none, ", "default: {policy: none}, sites: {lyon: {").replace(
        "}}}\n", "}}}}\n"
    )
    below = play(network(TWO + SELDOM + lyon, late), SOLD, clock)
    assert below.point("gent", "returning", "taken_back") == (level(6, 2), 0)
