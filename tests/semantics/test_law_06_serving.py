"""Law 6: the queue, and how waits are counted."""

from __future__ import annotations

import pytest

from tests.worlds import DAY, HEAD, ONE, PART, TWO, network, play

BASE = "stocking: {default: {policy: base-stock, up_to: %d}}\n"
LEAD = 10 * DAY


def test_the_queue_is_served_in_the_order_of_asking(clock: str) -> None:
    """Gent's pieces go to Turin's line, then a customer's at Gent, then Lyon's: whoever asked first (law 6.1)."""
    demand = PART.replace("orders:", "at: [gent, lyon, turin], orders:")
    of = network(TWO + demand + "stocking: {default: {policy: none}}\n")
    lines = [(1, "turin", "filter", 1), (2, "gent", "filter", 1), (3, "lyon", "filter", 1)]
    story = play(of, lines, clock)  # type: ignore[arg-type]
    done = {(line[1], line[2]): line[6] for line in story.lines()}
    assert done["gent", "turin"] == 1 + LEAD + 3 * DAY
    assert done["gent", "customer"] == 2 + LEAD
    assert done["gent", "lyon"] == 3 + LEAD + 2 * DAY


def test_a_receipt_is_shared_by_asking_not_by_class(clock: str) -> None:
    """A rush line behind a day line waits its turn (law 6.1)."""
    of = network(ONE + "order_classes: {rush: {unmet: backorder}}\n" + PART + BASE % 0)
    story = play(of, [(5, "lyon", "filter", 2), (9, "lyon", "filter", 1, "rush")], clock)
    assert story.flow("lyon", "waited_minutes", order_class="rush") == LEAD
    assert story.flow("lyon", "waited_minutes") == 2 * LEAD


def test_only_the_rest_goes_to_the_shelf(clock: str) -> None:
    """Of a lot of four two serve the queue and two stay (law 6.1)."""
    stocking = "stocking: {default: {policy: reorder-lot, trigger: -1, lot: 4}}\n"
    story = play(network(ONE + PART + stocking + "opening: opening.csv\n", opening="site,part,on_hand\n"
                         "lyon,filter,0\n"), [(5, "lyon", "filter", 2)], clock)  # fmt: skip
    assert story.point("lyon", "received", "shipped", "on_hand") == (4, 2, 2)


def test_pieces_and_lines_wait_to_their_last(clock: str) -> None:
    """Pieces that waited LEAD and LEAD + 1 make a line that waited LEAD + 1 (law 6.2)."""
    of = network(ONE + PART + BASE % 1)
    # minute 0 takes the piece and orders 1; minute 9 asks 2, owed, and orders 2: the lots come at LEAD and LEAD + 9
    story = play(of, [(0, "lyon", "filter", 1), (9, "lyon", "filter", 2)], clock)
    assert story.flow("lyon", "late_units", "waited_minutes") == (2, (LEAD - 9) + LEAD)
    assert story.flow("lyon", "late_lines", "line_waited_minutes") == (1, LEAD)


def test_a_site_waits_until_its_lot_leaves(clock: str) -> None:
    """Lyon's line at Gent waited for Gent's stock, not for the two days on the road (law 6.2)."""
    story = play(network(TWO + PART + BASE % 0), [(5, "lyon", "filter", 1)], clock)
    assert story.flow("gent", "waited_minutes", order_class="stock") == LEAD
    assert story.flow("lyon", "waited_minutes") == LEAD + 2 * DAY


def test_waits_begun_in_the_warm_up_are_not_counted(clock: str) -> None:
    """A line asked in the warm-up and served after it is late, but its wait counts nowhere (law 6.2)."""
    of = network(ONE + PART + BASE % 0, HEAD.replace("length", "warm_up: 1 d, length"))
    story = play(of, [(DAY - 1, "lyon", "filter", 1), (DAY, "lyon", "filter", 1)], clock)
    assert story.flow("lyon", "late_units", "late_lines", "waited_minutes") == (2, 1, LEAD)
    assert story.waits("lyon") == {14651: (1, 1)}


@pytest.mark.parametrize(
    ("wait", "edge"),
    [("1 min", 1), ("2 min", 5), ("5 min", 5), ("4 h", 240), ("242 min", 248), ("1 d", DAY), ("7 d", 7 * DAY),
     ("123 min", 123)],
)  # fmt: skip
def test_bins_hold_their_upper_edge(clock: str, wait: str, edge: int) -> None:
    """A wait of exactly an edge is in the bin that ends there (law 6.3)."""
    head = HEAD.replace("length: 30 d", "length: 30 d, windows: [123 min]").replace("10 d", wait)
    story = play(network(ONE + PART + BASE % 1, head), [(0, "lyon", "filter", 4)], clock)
    assert story.waits("lyon") == {edge: (1, 3)}


def test_edges_are_three_percent_apart() -> None:
    """From an hour on, neighboring edges differ by at most 3 % and a half minute (law 6.3)."""
    edges = network(ONE + PART + BASE % 1).wait_edges.tolist()
    assert {1, 5, 15, 30, 60, 240, DAY, 2 * DAY, 3 * DAY, 7 * DAY} <= set(edges)
    steps = zip(edges[:-1], edges[1:-1], strict=False)
    assert all(after <= before * 1.03 + 1 for before, after in steps if before >= 60)
