"""Law 8: lots, their lead times, and those that are on the way at the end."""

from __future__ import annotations

import pytest

from tests.worlds import DAY, HEAD, ONE, PART, TWO, network, play

BASE = "stocking: {default: {policy: base-stock, up_to: %d}}\n"
LEAD = 10 * DAY
TABLE = "{table: {1 d: 50 %, 9 d: 50 %}}"


def test_each_giving_is_a_lot(clock: str) -> None:
    """Gent gives Lyon's line of three what it has, then what comes in two receipts: three shipments (law 8.1)."""
    stocking = "stocking: {default: {policy: none}, sites: {gent: {policy: base-stock, up_to: 1}}}\n"
    of = network(TWO + PART + stocking)
    # minute 0: gent gives 1 to turin; minute 5: lyon asks 3 and gets none; gent's lots of 1 and 3 come apart
    story = play(of, [(0, "turin", "filter", 1), (5, "lyon", "filter", 3)], clock)
    assert story.point("lyon", "orders", "shipments", "received") == (1, 2, 3)
    assert story.point("turin", "shipments") == 1
    assert story.flow("lyon", "waited_minutes") == (LEAD - 5 + 2 * DAY) + 2 * (LEAD + 2 * DAY)


def test_the_lead_time_starts_when_the_lot_leaves(clock: str) -> None:
    """Lyon's two days run from day 10, when Gent has the piece (law 8.1)."""
    story = play(network(TWO + PART + BASE % 0), [(0, "lyon", "filter", 1)], clock)
    assert story.lines()[1] == (0, "gent", "lyon", 1, 0, 0, LEAD + 2 * DAY)


def test_a_drawn_lead_time_is_whole_minutes_around_its_mean(clock: str) -> None:
    """Of a table of one and nine days only these two are met, to the minute (law 8.2)."""
    of = network(ONE.replace("factory}", f"factory, lead_time: {TABLE}}}") + PART + BASE % 9)
    story = play(of, [(at, "lyon", "filter", 1) for at in range(1, 9)], clock)
    took = {line[6] - line[0] for line in story.lines() if line[1] == "supplier"}
    assert took == {DAY, 9 * DAY}


def test_the_mean_of_a_table_of_chance_is_exact() -> None:
    """The 4096 entries add up to 4096 times one (law 8.2)."""
    of = network(ONE.replace("factory}", "factory, lead_time: {mean: 10 d, cv: 0.7}}") + PART + BASE % 9)
    assert of.shapes.sum(axis=1).tolist() == [4096 << 24]


@pytest.mark.parametrize("crossing", [True, False])
def test_crossing(clock: str, crossing: bool) -> None:
    """Eight lots a minute apart: they overtake each other, or each arrives no earlier than the one before (law 8.3)."""
    lane = f"lanes: {{factory: {{lyon: {{lead_time: {TABLE}, crossing: {str(crossing).lower()}}}}}}}\n"
    of = network(ONE + lane + PART + BASE % 9)
    story = play(of, [(at, "lyon", "filter", 1) for at in range(1, 9)], clock)
    lots = [(line[0], line[6]) for line in story.lines() if line[1] == "supplier"]
    free = play(network(ONE + lane.replace("false", "true") + PART + BASE % 9),
                [(at, "lyon", "filter", 1) for at in range(1, 9)], clock)  # fmt: skip
    alone = [line[6] for line in free.lines() if line[1] == "supplier"]
    expected = [max(alone[: number + 1]) for number in range(8)]
    assert sorted(alone) != alone  # this seed has lots that overtake
    assert [arrival for _, arrival in lots] == (alone if crossing else expected)


def test_a_lot_on_its_way_at_the_end(clock: str) -> None:
    """Sent on day 25, due on day 35: five days of transit to the end, and its line is done after it (law 8.4)."""
    story = play(network(ONE + PART + BASE % 1), [(25 * DAY, "lyon", "filter", 1)], clock)
    assert story.point("lyon", "in_transit", "on_order") == (1, 1)
    assert story.point("lyon", "transit_minutes", "on_order_minutes") == (5 * DAY, 5 * DAY)
    assert story.lines()[1] == (25 * DAY, "supplier", "lyon", 1, 1, 0, 35 * DAY)
    assert HEAD.count("30 d") == 1
