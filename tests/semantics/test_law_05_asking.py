"""Law 5: what a line gets at once, and what becomes of the rest."""

from __future__ import annotations

import pytest

from tests.worlds import DAY, ONE, PART, TWO, network, play

BASE = "stocking: {default: {policy: base-stock, up_to: %d}}\n"
LEAD = 10 * DAY
ALL = ("lines", "units", "filled_lines", "filled_units", "complete_units")
LATER = ("late_lines", "late_units", "lost_lines", "lost_units")


def classes(**day: str) -> str:
    """The order classes `stock` and `day`."""
    given = ", ".join(f"{key}: {value}" for key, value in day.items())
    return f"order_classes: {{day: {{{given}}}}}\n"


def test_a_line_is_filled_whole_or_not(clock: str) -> None:
    """Of lines of 1 and 3 on a shelf of 2, one line and two pieces are filled at once (law 5.1)."""
    of = network(ONE + PART + BASE % 2)
    story = play(of, [(5, "lyon", "filter", 1), (6, "lyon", "filter", 3)], clock)
    assert story.flow("lyon", *ALL) == (2, 4, 1, 2, 1)
    assert story.flow("lyon", *LATER) == (1, 2, 0, 0)


def test_a_customers_line_splits(clock: str) -> None:
    """One piece leaves at once and two when the order of minute 6 arrives (law 5.2)."""
    of = network(ONE + PART + BASE % 1)
    story = play(of, [(6, "lyon", "filter", 3)], clock)
    assert story.lines()[0] == (6, "lyon", "customer", 3, 1, 0, 6 + LEAD)
    assert story.flow("lyon", "waited_minutes", "line_waited_minutes") == (2 * LEAD, LEAD)


def test_a_replenishment_line_splits_into_lots(clock: str) -> None:
    """Gent sends Lyon one piece of two at once and one ten days later: two shipments (law 5.2)."""
    of = network(TWO + PART + "stocking: {default: {policy: base-stock, up_to: 1}, sites: {lyon: {up_to: 2}}}\n")
    story = play(of, [(0, "lyon", "filter", 2)], clock)
    assert story.point("lyon", "orders", "shipments", "received") == (1, 2, 2)
    assert story.lines()[1] == (0, "gent", "lyon", 2, 1, 0, LEAD + 2 * DAY)


def test_a_complete_line_waits_for_all_its_pieces(clock: str) -> None:
    """Two pieces lie on the shelf while a line of three waits for the third (law 5.3)."""
    of = network(ONE + classes(lines="complete") + PART + BASE % 2)
    story = play(of, [(6, "lyon", "filter", 3)], clock)
    assert story.lines()[0] == (6, "lyon", "customer", 3, 0, 0, 6 + LEAD)
    assert story.flow("lyon", *ALL) == (1, 3, 0, 0, 0)
    # two pieces from minute 0 to 6 + LEAD; then 3 come, 3 leave and 2 stay to the end
    assert story.point("lyon", "on_hand", "on_hand_minutes") == (2, 2 * 30 * DAY)


def test_a_complete_line_that_can_leaves_at_once(clock: str) -> None:
    """A complete line that finds all its pieces is filled (law 5.3)."""
    of = network(ONE + classes(lines="complete") + PART + BASE % 3)
    assert play(of, [(6, "lyon", "filter", 3)], clock).flow("lyon", *ALL) == (1, 3, 1, 3, 3)


def test_a_complete_line_holds_back_those_behind(clock: str) -> None:
    """A line of one behind a complete line of three waits although two pieces lie there (law 5.3)."""
    of = network(ONE + classes(lines="complete") + PART + BASE % 2)
    story = play(of, [(6, "lyon", "filter", 3), (7, "lyon", "filter", 1)], clock)
    first, second = (line for line in story.lines() if line[2] == "customer")
    assert first[6] == second[6] == 6 + LEAD  # three come: 5 on hand, three leave, then one
    assert story.flow("lyon", "filled_lines") == 0


def test_a_lost_line_behind_a_queue_is_lost(clock: str) -> None:
    """A hurried line that may not wait finds a queue and is lost, though two pieces lie there (law 5.4)."""
    kinds = "order_classes: {day: {lines: complete}, rush: {unmet: lost}}\n"
    of = network(ONE + kinds + PART + BASE % 2)
    story = play(of, [(6, "lyon", "filter", 3), (7, "lyon", "filter", 1, "rush")], clock)
    assert story.flow("lyon", "lines", "lost_lines", "lost_units", order_class="rush") == (1, 1, 1)


@pytest.mark.parametrize(("lines", "filled", "lost", "left"), [("split", 2, 1, 0), ("complete", 0, 3, 2)])
def test_what_is_lost(clock: str, lines: str, filled: int, lost: int, left: int) -> None:
    """Of three pieces asked of two, a split line loses one and a complete line all three (law 5.5)."""
    of = network(ONE + classes(unmet="lost", lines=lines) + PART + BASE % 2)
    story = play(of, [(6, "lyon", "filter", 3)], clock)
    assert story.flow("lyon", *ALL) == (1, 3, 0, filled, 0)
    assert story.flow("lyon", *LATER) == (0, 0, 1, lost)
    assert story.flow("lyon", "owed", "open_lines") == (0, 0)
    assert story.point("lyon", "ordered") == filled  # what is lost is never ordered
    assert story.lines()[0] == (6, "lyon", "customer", 3, filled, lost, 6)
    assert left + filled == 2


def test_replenishment_is_never_lost() -> None:
    """A class `stock` that loses lines is an error (law 5.5)."""
    from simnet.errors import SimnetError

    with pytest.raises(SimnetError, match="replenishment cannot be lost"):
        network(ONE + "order_classes: {stock: {unmet: lost}}\n" + PART + BASE % 2)


def test_a_request_climbs_to_the_supplier_in_its_minute(clock: str) -> None:
    """The customer of minute 6 makes Lyon, Gent and the factory act in minute 6 (law 5.6)."""
    story = play(network(TWO + PART + BASE % 1), [(6, "lyon", "filter", 1)], clock)
    assert [line[:3] for line in story.lines()] == [
        (6, "lyon", "customer"),
        (6, "gent", "lyon"),
        (6, "supplier", "gent"),
    ]


def test_a_supplier_is_never_short(clock: str) -> None:
    """A thousand pieces leave the factory whole (law 5.6)."""
    story = play(network(ONE + PART + BASE % 0), [(6, "lyon", "filter", 1000)], clock)
    assert story.lines()[1] == (6, "supplier", "lyon", 1000, 1000, 0, 6 + LEAD)
