"""Law 5 beyond the shelf: reserves, will-fit, sourcing lists, where the rest waits, patience, causes."""

from __future__ import annotations

import pytest

from tests.semantics.flowing import HOUR, PART, customers, day, orders, vor, world
from tests.worlds import DAY, HEAD, ONE, Asked, network, play

LEAD = 10 * DAY
COMPLETE = "backorder: dealer, lines: complete"


def test_down_the_list(clock: str) -> None:
    """Of nine pieces one is on the shelf; facing, referral, central and supplier give what they have (law 5.9)."""
    asked = "facing, referral, central, supplier"
    story = world([vor(60, 9)], clock, ask=asked, lyon=1, gent=2, bonn=1, kiel=1)
    assert story.missed("lyon", "vor") == {
        "facing": (0, 1), "referral": (0, 1), "central": (0, 2), "supplier": (1, 4),
    }  # fmt: skip
    assert customers(story) == [(60, 1, 0, 60 + LEAD)]
    assert story.flow("lyon", "passed_lines", "passed_units", order_class="vor") == (1, 8)
    assert story.flow("gent", "taken_lines", "given_units", order_class="vor") == (1, 2)
    assert story.flow("lyon", "waited_minutes", order_class="vor") == 4 * 6 * HOUR + 4 * LEAD


def test_who_has_nothing_is_passed_by(clock: str) -> None:
    """Bonn is empty, Kiel gives: Bonn neither owes nor orders (law 5.9)."""
    story = world([vor(60)], clock, ask="facing, referral", kiel=1)
    assert story.missed("lyon", "vor")["referral"] == (1, 1)
    assert story.point("bonn", "owed", "ordered", "shipped") == (0, 0, 0)
    assert story.point("kiel", "shipped", "ordered") == (1, 1)


def test_a_lateral_stops_at_the_hold_back(clock: str) -> None:
    """Nice keeps a last piece, Turin none: of five asked one of Nice's two and both of Turin's come (law 5.9)."""
    story = world([vor(60, 5)], clock, ask="lateral", nice=2, turin=2)
    assert story.missed("lyon", "vor")["lateral"] == (0, 3)
    assert story.flow("nice", "given_units", order_class="vor") == 1
    assert story.flow("turin", "given_units", order_class="vor") == 2


def test_nobody_overtakes_at_another_source(clock: str) -> None:
    """A complete line of two waits for Bonn's second piece; a line from Lyon does not get the first (law 5.4)."""
    lines = [day(60, 2, "bonn"), vor(61)]
    story = world(lines, clock, ask="facing", more=", day: {lines: complete}", bonn=1)
    assert story.missed("lyon", "vor")["waited"] == (1, 1)
    assert story.flow("bonn", "taken_lines", order_class="vor") == 0


def test_a_source_looks_in_the_same_minute(clock: str) -> None:
    """Kiel gave its piece to Lyon's line of minute 60 and orders it again in minute 60 (law 1.7)."""
    story = world([vor(60)], clock, ask="referral", kiel=1, gent=1)
    assert (60, "gent", "kiel", 1) in orders(story)


def test_the_chain_of_the_point_asked_orders_first(clock: str) -> None:
    """Lyon orders the piece that its shelf gave before Kiel, that gave the other, looks (law 1.7)."""
    story = world([vor(60, 2)], clock, ask="referral", kiel=1, lyon=1, gent=5, bonn=5)
    assert [dest for _, _, dest, _ in orders(story)] == ["lyon", "bonn", "gent", "kiel", "gent"]


def test_a_reserve_holds(clock: str) -> None:
    """Of three pieces two are kept from class `day`: it gets one, and `vor` two. The two that come for the first leave
    day's second where it is; the two of a minute later do not (law 5.7)."""
    story = world([day(60, 2), vor(61, 2)], clock, lyon=3, rule=", reserve: {day: 2}")
    assert customers(story)[1] == (61, 2, 0, 61)
    assert story.flow("lyon", "filled_units", "owed_minutes") == (1, LEAD + 4 * DAY + 1)


def test_a_reserve_holds_for_what_a_source_gives(clock: str) -> None:
    """Bonn keeps two of three pieces from day lines: one of two asked at Lyon is found there (law 5.7)."""
    more = ", day: {ask: [facing], lead_time: 6 h}"
    story = world([day(60, 2)], clock, more=more, bonn=3, rule=", reserve: {day: 2}")
    assert story.missed("lyon")["facing"] == (0, 1)


def test_will_fit_comes_before_the_list(clock: str) -> None:
    """Every customer takes another make for what the shelf does not give: Bonn, that has it, is not asked (law 5.8)."""
    story = world([vor(60, 3)], clock, ask="facing", vor="will_fit: 100 %", lyon=1, bonn=5)
    assert customers(story) == [(60, 1, 2, 60)]
    assert story.missed("lyon", "vor") == {"will-fit": (1, 2)}
    assert story.point("bonn", "shipped") == 1  # Lyon's own order


def test_fickle_customers_are_the_same_in_every_design(clock: str) -> None:
    """Half of the customers are fickle; on a fuller shelf those that it fails are of the same ones (law 3.3)."""
    lines = [vor(60 + number) for number in range(20)]
    empty, full = (world(lines, clock, vor="will_fit: 50 %", lyon=level) for level in (0, 5))
    lost = [{line[0] for line in customers(story) if line[2]} for story in (empty, full)]
    assert 4 <= len(lost[0]) <= 16
    assert lost[1] == {minute for minute in lost[0] if minute >= 65}


def test_a_complete_line_is_not_put_together(clock: str) -> None:
    """Three asked, two on the shelf, two at Bonn, three at Kiel: Kiel gives all (law 5.10)."""
    story = world([vor(60, 3)], clock, ask="facing, referral", vor=COMPLETE, lyon=2, bonn=2, kiel=3)
    assert story.missed("lyon", "vor") == {"referral": (1, 3)}
    assert story.point("lyon", "on_hand", "shipped") == (2, 0)
    assert story.point("bonn", "shipped") == 0


def test_what_is_found_is_not_the_dealers(clock: str) -> None:
    """Bonn's piece is with the customer after six hours; Lyon ordered nothing and received nothing (law 5.11)."""
    story = world([vor(60)], clock, ask="facing", bonn=1)
    assert customers(story) == [(60, 0, 0, 60 + 6 * HOUR)]
    assert story.point("lyon", "ordered", "received", "owed_minutes") == (0, 0, 0)
    assert story.flow("lyon", "travel_minutes", "line_waited_minutes", order_class="vor") == (6 * HOUR, 6 * HOUR)


def test_the_rest_waits_at_the_facing_warehouse(clock: str) -> None:
    """Bonn owes the line, orders for it, and sends it straight to the customer: 10 + 2 days, 6 hours (law 5.12)."""
    story = world([vor(60)], clock, ask="facing", vor="backorder: facing")
    assert customers(story) == [(60, 0, 0, 60 + LEAD + 2 * DAY + 6 * HOUR)]
    assert orders(story) == [(60, "gent", "bonn", 1), (60, "supplier", "gent", 1)]
    assert story.point("bonn", "owed_minutes") == LEAD + 2 * DAY
    assert story.flow("bonn", "taken_units", "given_units", "late_units", order_class="vor") == (1, 0, 1)
    assert story.missed("lyon", "vor") == {"unstocked": (1, 1), "waited": (1, 1)}


def test_what_no_source_has_is_lost_where_the_class_says_so(clock: str) -> None:
    """Bonn has one of two pieces: the other is lost (law 5.12)."""
    story = world([vor(60, 2)], clock, ask="facing", vor="unmet: lost", bonn=1)
    assert story.flow("lyon", "lost_units", "passed_units", "owed", order_class="vor") == (1, 1, 0)
    assert story.missed("lyon", "vor") == {"unstocked": (1, 2), "facing": (0, 1), "lost": (1, 1)}


def test_replenishment_has_further_sources(clock: str) -> None:
    """Lyon orders two of Bonn, that has one; Nice, holding one back, sends the other (law 5.13)."""
    stock = ", stock: {ask: [lateral], lead_time: 1 d, backorder: dealer}"
    story = world([vor(60, 2)], clock, more=stock, rule=", policy: min-max, trigger: 0", lyon=2, bonn=1, nice=2)
    assert story.flow("nice", "given_units", "taken_lines", order_class="stock") == (1, 1)
    assert story.flow("bonn", "passed_units", "lost_units", order_class="stock") == (1, 0)
    assert story.point("lyon", "received", "on_hand_minutes") == (2, 2 * 60 + (30 - 1) * DAY - 60 + (30 - 2) * DAY - 60)


@pytest.mark.parametrize(("patience", "lost"), [(LEAD + 4 * DAY, 0), (LEAD + 4 * DAY - 1, 1)])
def test_patience(clock: str, patience: int, lost: int) -> None:
    """The piece comes after fourteen days: patience that ends in that minute is saved, a minute less not (law 5.14)."""
    story = world([vor(60)], clock, vor=f"backorder: dealer, patience: {patience} min")
    assert story.flow("lyon", "lost_units", "late_lines", order_class="vor") == (lost, 1 - lost)
    assert story.missed("lyon", "vor").get("gave up", (0, 0)) == (lost, lost)
    assert ("lost patience" in story.why("lyon", "vor")) == bool(lost)
    assert customers(story)[0][3] == 60 + patience


def test_who_was_held_back_is_served_when_patience_ends(clock: str) -> None:
    """A complete line of three gives up after an hour; the line of one behind it takes its piece then (law 5.14)."""
    story = world([vor(60, 3), vor(61)], clock, vor="lines: complete, patience: 1 h, backorder: dealer", lyon=2)
    assert customers(story) == [(60, 0, 3, 120), (61, 0, 0, 120)]


def test_an_opening_debt_has_patience_without_end(clock: str) -> None:
    """What is owed from before minute 0 is served in the end, however impatient its class (law 5.14)."""
    text = ONE + "order_classes: {day: {patience: 1 h}}\nparts: {filter: {cost: 1 EUR, price: 2 EUR}}\n"
    text += "demand: {part: filter, orders: 1 per year}\nstocking: {default: {policy: none}}\nopening: opening.csv\n"
    story = play(network(text, opening="site,part,owed\nlyon,filter,2\n"), [], clock)
    assert story.flow("lyon", "late_units", "lost_units") == (2, 0)


EMPTY = [vor(60), vor(61)]


@pytest.mark.parametrize(
    ("lines", "stock", "causes"),
    [
        ([vor(60)], {}, {"not stocked here": 1}),
        ([day(60, 2), vor(61, 2)], {"lyon": 3}, {"reserved": 1}),
        (EMPTY, {"lyon": 1, "bonn": 1}, {"in customs or transit": 1}),
        (EMPTY, {"lyon": 1, "gent": 1}, {"upstream out": 1}),
        (EMPTY, {"lyon": 1}, {"upstream out": 1}),
    ],
)
def test_one_cause(clock: str, lines: list[Asked], stock: dict[str, int], causes: dict[str, int]) -> None:
    """A line at a shelf that is not kept, kept for others, empty with a lot on the way, with none at all (law 5.15)."""
    kept = ", reserve: {day: 3}" if "reserved" in causes else ""
    story = world(lines, clock, rule=kept, **stock)
    found = story.why("lyon", "day" if kept else "vor")
    assert found == causes


def test_causes_count_after_the_promise(clock: str) -> None:
    """Promised within a day: found in six hours is kept, after days it is not; day lines all count (law 5.16)."""
    lines = [vor(60, 1, "turin"), vor(60), vor(61), day(62)]
    story = world(lines, clock, ask="facing", more=", day: {ask: [facing], lead_time: 6 h}", kiel=1, bonn=1)
    assert story.why("turin", "vor") == {}
    assert story.why("lyon", "vor") == {"not stocked here": 1}
    assert story.why("lyon") == {"not stocked here": 1}


def test_a_late_supplier(clock: str) -> None:
    """A lot takes two days or six, four by plan: on day five it is there, or the supplier is late (law 5.15)."""
    lead = "lead_time: {table: {2 d: 50 %, 6 d: 50 %}}"
    text = ONE + PART.replace(", order_class: vor", "") + "stocking: {default: {policy: base-stock, up_to: 1}}\n"
    of = network(text, HEAD.replace("lead_time: 10 d", lead))
    lines: list[Asked] = [day(0), day(5 * DAY)]
    met = set()
    for seed in range(1, 9):
        story = play(of, lines, clock, seed)
        late = story.lines()[1][6] == 6 * DAY
        assert story.why("lyon") == ({"supplier late": 1} if late else {})
        met.add(late)
    assert met == {True, False}


TO_AND_FRO = ", stock: {ask: [lateral], lead_time: 0 min}"


def test_sisters_that_are_short_do_not_send_one_piece_to_and_fro(clock: str) -> None:
    """Of class stock a sister gives what she need not order again, though the lane takes no time (law 5.13)."""
    story = world([vor(60)], clock, more=TO_AND_FRO, lyon=1, nice=1, turin=1)
    assert [line[1:4] for line in story.lines() if line[0] == 60] == [
        ("lyon", "customer", 1), ("bonn", "lyon", 1), ("gent", "bonn", 1), ("supplier", "gent", 1),
    ]  # fmt: skip


def test_a_sister_gives_stock_what_lies_above_her_trigger(clock: str) -> None:
    """Turin may go down to two pieces, for it reorders at one: it sends Lyon one (law 5.13)."""
    rule = ", policy: min-max, trigger: 1"
    story = world([vor(60)], clock, more=TO_AND_FRO, rule=rule, lyon=2, turin=3)
    assert story.flow("turin", "given_units", order_class="stock") == 1
    assert story.point("lyon", "on_hand", "ordered") == (2, 1)
