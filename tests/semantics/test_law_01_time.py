"""Law 1: minutes, phases, ties."""

from __future__ import annotations

import numpy as np

from tests.worlds import DAY, HEAD, ONE, PART, TWO, network, play

BASE = "stocking: {default: {policy: base-stock, up_to: %d}}\n"
WEEKLY = "stocking: {default: {policy: base-stock, up_to: 1, review: 1 w}}\n"


def test_an_event_at_the_horizon_does_not_happen(clock: str) -> None:
    """A receipt due at H - 1 is received, one due at H stays on its way (law 1.1)."""
    of = network(ONE + PART + BASE % 2)  # 30 days = 43,200 minutes; ten days of lead time
    assert of.horizon == 30 * DAY
    story = play(of, [(20 * DAY - 1, "lyon", "filter", 1), (20 * DAY, "lyon", "filter", 1)], clock)
    assert story.point("lyon", "received", "in_transit", "on_hand") == (1, 1, 1)


def test_a_line_at_the_horizon_is_not_asked(clock: str) -> None:
    """The last minute is H - 1: a customer then counts, one at H does not (law 1.1)."""
    of = network(ONE + PART + BASE % 2)
    story = play(of, [(of.horizon - 1, "lyon", "filter", 1), (of.horizon, "lyon", "filter", 1)], clock)
    assert story.flow("lyon", "lines", "filled_lines") == (1, 1)


def test_receipts_come_before_customers(clock: str) -> None:
    """A customer of the minute in which a lot arrives is served from it (law 1.2)."""
    of = network(ONE + PART + BASE % 1)
    story = play(of, [(100, "lyon", "filter", 1), (100 + 10 * DAY, "lyon", "filter", 1)], clock)
    assert story.flow("lyon", "filled_lines", "late_lines") == (2, 0)


def test_reviews_come_before_customers(clock: str) -> None:
    """A customer in the minute of a review is too late for it: the order leaves a week later (law 1.2)."""
    story = play(network(ONE + PART + WEEKLY), [(7 * DAY, "lyon", "filter", 1)], clock)
    assert story.lines() == [
        (7 * DAY, "lyon", "customer", 1, 1, 0, 7 * DAY),
        (14 * DAY, "supplier", "lyon", 1, 1, 0, 24 * DAY),
    ]


def test_a_customer_just_before_a_review_is_in_time(clock: str) -> None:
    """A minute earlier, the order leaves at the review (law 1.2)."""
    story = play(network(ONE + PART + WEEKLY), [(7 * DAY - 1, "lyon", "filter", 1)], clock)
    assert story.lines()[1] == (7 * DAY, "supplier", "lyon", 1, 1, 0, 17 * DAY)


def test_the_warm_up_ends_before_the_rest_of_its_minute(clock: str) -> None:
    """A receipt and a customer in the first measured minute are measured (law 1.2)."""
    head = HEAD.replace("length: 30 d", "warm_up: 12 d, length: 18 d")
    of = network(ONE + PART + BASE % 1, head)
    story = play(of, [(2 * DAY, "lyon", "filter", 1), (12 * DAY, "lyon", "filter", 1)], clock)
    assert story.point("lyon", "opening_on_hand", "opening_on_order", "received") == (0, 1, 2)
    assert story.flow("lyon", "lines", "filled_lines") == (1, 1)  # its piece came back on day 22


def test_a_warehouse_sees_the_orders_of_the_same_review(clock: str) -> None:
    """Gent's review of day 7 follows Lyon's of the same minute and orders at once (law 1.3)."""
    story = play(network(TWO + PART + WEEKLY), [(100, "lyon", "filter", 1)], clock)
    assert [line[:3] for line in story.lines()] == [
        (100, "lyon", "customer"),
        (7 * DAY, "gent", "lyon"),
        (7 * DAY, "supplier", "gent"),
    ]


def test_customers_of_a_minute_in_the_order_of_the_tape(clock: str) -> None:
    """Of two customers in one minute the first on the tape gets the piece (law 1.4)."""
    of = network(TWO + PART + "stocking: {default: {policy: none}, sites: {gent: {policy: base-stock, up_to: 1}}}\n")
    story = play(of, [(500, "turin", "filter", 1), (500, "lyon", "filter", 1)], clock)
    replenishment = [line for line in story.lines() if line[1] == "gent"]
    assert [(to, at_once) for _, _, to, _, at_once, _, _ in replenishment] == [("turin", 1), ("lyon", 0)]


def test_reviews_of_a_minute_in_the_order_of_falling_due(clock: str) -> None:
    """Turin fell to its trigger first, so its order is the first at the review (law 1.4)."""
    levels = "stocking: {default: {policy: base-stock, up_to: 1, review: 1 w}, sites: {gent: {up_to: 1}}}\n"
    lines = [(100, "turin", "filter", 1), (200, "lyon", "filter", 1)]
    story = play(network(TWO + PART + levels), lines, clock)  # type: ignore[arg-type]
    assert [line[2:5] for line in story.lines() if line[1] == "gent"] == [("turin", 1, 1), ("lyon", 1, 0)]


def test_lots_of_a_minute_in_the_order_of_shipping(clock: str) -> None:
    """Two lots that arrive in one minute serve the queue one after the other (law 1.4)."""
    of = network(ONE + PART + BASE % 0)
    story = play(of, [(9, "lyon", "filter", 2), (9, "lyon", "filter", 3)], clock)
    assert [line[6] for line in story.lines()] == [9 + 10 * DAY] * 4
    assert story.flow("lyon", "late_lines", "waited_minutes") == (2, 5 * 10 * DAY)


def test_a_lead_time_of_nothing(clock: str) -> None:
    """A lot with no lead time is there in the same minute, before the next customer, but too late to fill (law 1.5)."""
    of = network(ONE.replace("factory}", "factory, lead_time: 0 d}") + PART + BASE % 1)
    story = play(of, [(50, "lyon", "filter", 2), (50, "lyon", "filter", 1)], clock)
    assert story.flow("lyon", "filled_units", "filled_lines", "late_units", "late_lines") == (2, 1, 1, 1)
    assert story.flow("lyon", "waited_minutes") == 0
    assert story.waits("lyon") == {1: (1, 1)}


def test_parts_do_not_meet(clock: str) -> None:
    """A part's counters are the same with another part beside it (law 1.6)."""
    two = "parts: {filter: {cost: 1 EUR}, pump: {cost: 1 EUR}}\ndemand: {part: all, orders: 1 per year}\n"
    alone = play(network(TWO + PART + BASE % 1), [(5, "lyon", "filter", 3)], clock)
    beside = play(network(TWO + two + BASE % 1), [(5, "lyon", "pump", 1), (5, "lyon", "filter", 3)], clock)
    rows = [story.run.tally.point[story.row(site)] for story in (alone, beside) for site in ("gent", "lyon")]
    assert rows[0] == rows[2]
    assert rows[1] == rows[3]
    assert np.array_equal(alone.run.lines["minute"], beside.run.lines["minute"][: len(alone.run.lines)])
