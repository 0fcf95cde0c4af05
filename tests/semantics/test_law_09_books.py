"""Law 9: how a run begins, where counting starts, how it ends."""

from __future__ import annotations

import pytest

from tests.worlds import DAY, HEAD, ONE, PART, TWO, network, play

BASE = "stocking: {default: {policy: base-stock, up_to: %d}}\n"
LEAD = 10 * DAY
WARM = HEAD.replace("length: 30 d", "warm_up: 12 d, length: 18 d")


@pytest.mark.parametrize(
    ("policy", "full"),
    [
        ("policy: base-stock, up_to: 4", 4),
        ("policy: min-max, trigger: 1, up_to: 4", 4),
        ("policy: reorder-lot, trigger: 2, lot: 5", 7),
        ("policy: none", 0),
    ],
)
def test_shelves_start_full(clock: str, policy: str, full: int) -> None:
    """Without a table each point starts at its up-to, or trigger + lot, and nothing is on order (law 9.1)."""
    story = play(network(ONE + PART + f"stocking: {{default: {{{policy}}}}}\n"), [], clock)
    assert story.point("lyon", "opening_on_hand", "on_hand", "ordered") == (full, full, 0)


def test_what_is_not_stocked_starts_empty_in_packs_too(clock: str) -> None:
    """A part in packs of four that a point does not keep is not on its shelf (law 9.1)."""
    of = network(ONE + PART.replace("price: 25 EUR", "pack: 4") + "stocking: {default: {policy: none}}\n")
    assert play(of, [], clock).point("lyon", "opening_on_hand") == 0


def test_an_opening_table(clock: str) -> None:
    """Lyon starts with one on hand and two on their way for ten days; Gent, not named, with nothing (law 9.1)."""
    text = ONE.replace("factory}", "gent, lead_time: 2 d}") + "warehouses: {gent: {refilled_by: factory}}\n"
    of = network(
        text + PART + BASE % 3 + "opening: opening.csv\n", opening="site,part,on_hand,on_order\nlyon,filter,1,2\n"
    )
    story = play(of, [], clock)
    assert story.point("lyon", "opening_on_hand", "opening_on_order", "opening_in_transit") == (1, 2, 2)
    assert story.point("lyon", "received", "on_hand", "on_hand_minutes") == (2, 3, 1 * 2 * DAY + 3 * 28 * DAY)
    assert story.point("gent", "opening_on_hand", "ordered", "received") == (0, 3, 3)


def test_an_opening_debt(clock: str) -> None:
    """Two pieces owed since before minute 0 are ordered at once and served first; their wait is not known (law 9.1)."""
    of = network(ONE + PART + BASE % 3 + "opening: opening.csv\n", opening="site,part,owed\nlyon,filter,2\n")
    story = play(of, [(DAY, "lyon", "filter", 1)], clock)
    assert story.point("lyon", "opening_owed", "owed", "on_hand") == (2, 0, 3)
    assert story.flow("lyon", "units", "late_units", "late_lines", "waited_minutes") == (1, 3, 1, LEAD - DAY)


def test_a_first_look(clock: str) -> None:
    """Points that open under their triggers order at minute 0 without a customer, dealers first (law 9.2)."""
    opening = "site,part,on_hand\nlyon,filter,0\nturin,filter,0\ngent,filter,1\n"
    story = play(network(TWO + PART + BASE % 1 + "opening: opening.csv\n", opening=opening), [], clock)
    # as many dealers as there are pieces; gent orders for what it gave and what it owes
    asked = [line[:5] for line in story.lines()]
    assert asked == [
        (0, "gent", "turin", 1, 1),
        (0, "supplier", "gent", 1, 1),
        (0, "gent", "lyon", 1, 0),
        (0, "supplier", "gent", 1, 1),
    ]


def test_a_first_review(clock: str) -> None:
    """A reviewed point that opens under its trigger orders once, at its review of minute 0 (law 9.2)."""
    weekly = "stocking: {default: {policy: base-stock, up_to: 2, review: 1 w}}\n"
    of = network(ONE + PART + weekly + "opening: opening.csv\n", opening="site,part,on_hand\nlyon,filter,0\n")
    assert [line[:4] for line in play(of, [], clock).lines()] == [(0, "supplier", "lyon", 2)]


def test_the_warm_up_is_carried_over(clock: str) -> None:
    """Stock, orders and debts at day 12 are those of the run before; counters start at nothing (law 9.3)."""
    of = network(ONE + PART + BASE % 1, WARM)
    # day 3: the shelf gives one, one is ordered for day 13; day 4: one is owed and ordered for day 14
    story = play(of, [(3 * DAY, "lyon", "filter", 1), (4 * DAY, "lyon", "filter", 1)], clock)
    opening = ("opening_on_hand", "opening_on_order", "opening_in_transit", "opening_owed")
    assert story.point("lyon", *opening) == (0, 2, 2, 1)
    assert story.point("lyon", "ordered", "orders", "shipments", "received", "shipped") == (0, 0, 0, 2, 1)
    assert story.point("lyon", "owed_minutes", "on_order_minutes", "transit_minutes") == (DAY, 3 * DAY, 3 * DAY)
    assert story.point("lyon", "on_hand_minutes", "stocked_minutes") == (16 * DAY, 16 * DAY)
    assert story.flow("lyon", "lines", "late_units", "late_lines", "waited_minutes") == (0, 1, 0, 0)


def test_open_lines_are_censored(clock: str) -> None:
    """Asked on day 28 and owed at the end: one open line of two pieces, two days each so far (law 9.4)."""
    story = play(network(ONE + PART + BASE % 1), [(28 * DAY, "lyon", "filter", 3)], clock)
    assert story.flow("lyon", "open_lines", "open_units", "open_minutes") == (1, 2, 2 * 2 * DAY)
    assert story.flow("lyon", "lines", "filled_units", "late_lines") == (1, 1, 0)
    assert story.lines()[0] == (28 * DAY, "lyon", "customer", 3, 1, 0, -1)


def test_open_lines_of_the_warm_up_are_not(clock: str) -> None:
    """A line asked before counting starts is owed at the end, but is not an open line (law 9.4)."""
    head = HEAD.replace("length: 30 d", "warm_up: 2 d, length: 3 d")
    story = play(network(ONE + PART + BASE % 0, head), [(DAY, "lyon", "filter", 1)], clock)
    assert story.flow("lyon", "owed", "opening_owed", "open_lines", "open_minutes") == (1, 1, 0, 0)
    assert story.flow("lyon", "owed_minutes") == 3 * DAY


MONTHS = HEAD.replace("start: 2026-01-01, length: 30 d", "start: 2026-01-25, warm_up: 10 d, length: 30 d")


def test_months_are_cut_at_the_end_of_the_warm_up() -> None:
    """Ten days from January 25th end on February 4th: January, two periods of February, March (law 9.5)."""
    of = network(ONE + PART + BASE % 1, MONTHS)
    assert of.month_start.tolist() == [0, 7 * DAY, 10 * DAY, 35 * DAY, 40 * DAY]
    assert of.month_labels == ("2026-01", "2026-02", "2026-02", "2026-03")
    assert of.first_month == 2


def test_months_count_what_happens_in_them(clock: str) -> None:
    """A line in January's warm-up, its receipt in February, lines in the first minute of each period (law 9.5)."""
    of = network(ONE + PART + BASE % 2, MONTHS)
    lines = [(DAY, "lyon", "filter", 1), (7 * DAY, "lyon", "filter", 3), (35 * DAY, "lyon", "filter", 1)]
    story = play(of, lines, clock)  # type: ignore[arg-type]
    assert story.month("lyon", "lines") == [1, 1, 0, 1]
    assert story.month("lyon", "ordered") == [1, 3, 0, 1]
    # on hand: 2, 1 from day 1, 0 from day 7; day 11: one comes for the two owed; day 17: three come, one owed
    assert story.month("lyon", "on_hand_change") == [1, -1, 2, -1]
    assert story.month("lyon", "owed_change") == [0, 2, -2, 0]
    # January: 2 x 7 - 1 x 6 days; February: -1 x 3; then +2 over days 17 to 35; March: -1 x 5
    assert story.month("lyon", "on_hand_minutes") == [8 * DAY, -3 * DAY, 36 * DAY, -5 * DAY]
    assert story.month("lyon", "owed_minutes") == [0, 6 * DAY, -(24 + 18) * DAY, 0]


def test_a_level_from_the_months(clock: str) -> None:
    """The area of measured periods, from levels and changes, is the run's (law 9.5)."""
    of = network(ONE + PART + BASE % 2, MONTHS)
    lines = [(DAY, "lyon", "filter", 1), (7 * DAY, "lyon", "filter", 3), (35 * DAY, "lyon", "filter", 1)]
    story = play(of, lines, clock)  # type: ignore[arg-type]
    level, area = 0, []
    starts = of.month_start.tolist()
    changes = zip(story.month("lyon", "on_hand_change"), story.month("lyon", "on_hand_minutes"), strict=True)
    for number, (change, minutes) in enumerate(changes):
        area.append(level * (starts[number + 1] - starts[number]) + minutes)
        level += change
    assert sum(area[of.first_month :]) == story.point("lyon", "on_hand_minutes")
    assert level == story.point("lyon", "on_hand")


def test_stocked_time(clock: str) -> None:
    """Stocked on days 0 to 5, empty to day 15, and again to the end (law 9.6)."""
    story = play(network(ONE + PART + BASE % 1), [(5 * DAY, "lyon", "filter", 1)], clock)
    assert story.point("lyon", "stocked_minutes") == 20 * DAY


def test_a_receipt_for_the_queue_is_no_stocked_time(clock: str) -> None:
    """Pieces that pass from the truck to those who wait are no stock (law 9.6)."""
    story = play(network(ONE + PART + BASE % 0), [(5 * DAY, "lyon", "filter", 1)], clock)
    assert story.point("lyon", "received", "stocked_minutes", "on_hand_minutes") == (1, 0, 0)
