"""Law 7: when a point orders, and how much."""

from __future__ import annotations

from typing import Any

import pytest

from simnet.engine.simulate import simulate
from simnet.network.build import build
from simnet.scenario import load
from tests.worlds import DAY, HEAD, ONE, PART, network, play, tape

LEAD = 10 * DAY


def ordered(story: Any) -> list[tuple[int, int]]:
    """Minute and pieces of the orders at the supplier."""
    return [(line[0], line[3]) for line in story.lines() if line[1] == "supplier"]


@pytest.mark.parametrize(
    ("policy", "asked", "orders"),
    [
        ("policy: base-stock, up_to: 4", [1, 2], [(10, 1), (20, 2)]),
        ("policy: min-max, trigger: 1, up_to: 4", [1, 1, 1, 3], [(30, 3), (40, 3)]),
        ("policy: reorder-lot, trigger: 2, lot: 5", [4, 2, 6], [(20, 5), (30, 5)]),
        ("policy: reorder-lot, trigger: 2, lot: 5", [7, 12], [(10, 5), (20, 10)]),
        ("policy: none", [3, 1], [(10, 3), (20, 1)]),
        ("policy: min-max, trigger: -1, up_to: 2", [2, 1, 1], [(20, 3)]),
        ("policy: reorder-lot, trigger: -8, lot: 10", [3, 4, 1, 12], [(30, 10), (40, 10)]),
        ("policy: min-max, trigger: -3, up_to: 0", [2, 1, 1], [(20, 3)]),
    ],
    ids=[
        "base stock", "min-max", "(r,nQ)", "(r,nQ) several lots", "none",
        "only once owed", "(r,nQ) under 0", "min-max under 0",
    ],  # fmt: skip
)
def test_one_formula(clock: str, policy: str, asked: list[int], orders: list[tuple[int, int]]) -> None:
    """Each policy orders at or under its trigger, the fewest lots that reach up-to (law 7.1)."""
    of = network(ONE + PART + f"stocking: {{default: {{{policy}}}}}\n")
    lines = [(10 * (number + 1), "lyon", "filter", pieces) for number, pieces in enumerate(asked)]
    assert ordered(play(of, lines, clock)) == orders  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "supplier", "orders"),
    [
        ("pack: 4", "", [(10, 4)]),
        ("minimum_order: 3", "", [(10, 3)]),
        ("pack: 4, minimum_order: 6", "", [(10, 8)]),
        ("pack: 4", ", minimum_order: 9", [(10, 12)]),
    ],
)
def test_packs_and_minimum_orders(clock: str, part: str, supplier: str, orders: list[tuple[int, int]]) -> None:
    """An order is whole packs and no less than part and supplier want, rounded up to packs (law 7.2)."""
    head = HEAD.replace("lead_time: 10 d", "lead_time: 10 d" + supplier)
    of = network(
        ONE + PART.replace("price: 25 EUR", part) + "stocking: {default: {policy: min-max, trigger: 1, up_to: 2}}\n",
        head,
    )
    opening = int(of.points["opening_on_hand"][0])
    assert ordered(play(of, [(10, "lyon", "filter", opening - 1)], clock)) == orders


def test_minimum_orders_are_the_suppliers_affair(clock: str) -> None:
    """A dealer asks its warehouse for one; the minimum binds the warehouse's order at the supplier (law 7.2)."""
    sites = "warehouses: {gent: {refilled_by: factory}}\ndealers: {lyon: {served_by: gent, lead_time: 1 d}}\n"
    of = network(sites + PART.replace("price: 25 EUR", "minimum_order: 3") + "stocking: {default: {policy: none}}\n")
    story = play(of, [(10, "lyon", "filter", 1)], clock)
    assert [(line[1], line[3]) for line in story.lines()[1:]] == [("gent", 1), ("supplier", 3)]


def test_reviews_at_their_multiples(clock: str) -> None:
    """Customers on days 1, 8 and 9 are ordered for on days 7 and 14, the last two together (law 7.3)."""
    of = network(ONE + PART + "stocking: {default: {policy: base-stock, up_to: 5, review: 7 d}}\n")
    lines = [(DAY, "lyon", "filter", 1), (8 * DAY, "lyon", "filter", 2), (9 * DAY, "lyon", "filter", 1)]
    assert ordered(play(of, lines, clock)) == [(7 * DAY, 1), (14 * DAY, 3)]  # type: ignore[arg-type]


def test_a_review_above_the_trigger_orders_nothing(clock: str) -> None:
    """Min-max by week: the review of day 7 finds 2 above 1, that of day 14 finds 1 (law 7.3)."""
    of = network(ONE + PART + "stocking: {default: {policy: min-max, trigger: 1, up_to: 4, review: 1 w}}\n")
    lines = [(DAY, "lyon", "filter", 2), (8 * DAY, "lyon", "filter", 1)]
    assert ordered(play(of, lines, clock)) == [(14 * DAY, 3)]  # type: ignore[arg-type]


def test_each_tier_has_its_own_reviews(clock: str) -> None:
    """A dealer reviewed by the day asks on day 2; its warehouse, reviewed by the week, orders on day 7 (law 7.3)."""
    sites = "warehouses: {gent: {refilled_by: factory}}\ndealers: {lyon: {served_by: gent, lead_time: 1 d}}\n"
    stocking = "stocking: {default: {policy: base-stock, up_to: 1, review: 1 d}, sites: {gent: {review: 1 w}}}\n"
    story = play(network(sites + PART + stocking), [(DAY + 5, "lyon", "filter", 1)], clock)
    assert [line[:3] for line in story.lines()[1:]] == [(2 * DAY, "gent", "lyon"), (7 * DAY, "supplier", "gent")]


def test_what_is_on_order_is_not_ordered_twice(clock: str) -> None:
    """An order counts from the minute it is placed, and its receipt makes no other (law 7.4)."""
    of = network(ONE + PART + "stocking: {default: {policy: min-max, trigger: 2, up_to: 4}}\n")
    lines = [(10, "lyon", "filter", 2), (20, "lyon", "filter", 1), (30, "lyon", "filter", 1)]
    assert ordered(play(of, lines, clock)) == [(10, 2), (30, 2)]  # type: ignore[arg-type]


class Doubles:
    """Orders twice what is missing to three; remembers when it was asked."""

    def __init__(self, review: int = 0) -> None:
        self.review = review
        self.asked: list[int] = []

    def decide(self, here: Any, now: int) -> int:
        """Negative where nothing is missing."""
        self.asked.append(now)
        return int(2 * (3 - (here.on_hand + here.on_order - here.owed)))


def acting(tmp_path: Any, policy: Doubles) -> Any:
    """A dealer with a policy of its own."""
    path = tmp_path / "own.yaml"
    path.write_text(HEAD + ONE + PART + "stocking: {default: {policy: none}}\n", "utf-8")
    return build(load(path), {"policies": {"dealer": policy}})


def test_an_own_policy_acts_after_each_line(tmp_path: Any) -> None:
    """It is asked at minute 0 and after each line; six pieces for three, then 4 owed in excess of them (law 7.5)."""
    policy = Doubles()
    of = acting(tmp_path, policy)
    run = simulate(of, tape(of, [(5, "lyon", "filter", 1), (9, "lyon", "filter", 4)]), lines=True)
    assert run.engine == "simpy"
    assert policy.asked == [0, 5, 9]  # position 0: six; then 5: -4 is nothing; then 1: four
    assert [(row["minute"], row["quantity"]) for row in run.lines.rows() if row["dest"] >= 0] == [(0, 6), (9, 4)]


def test_an_own_policy_acts_at_its_reviews(tmp_path: Any) -> None:
    """With a review of a week it is asked once on days 0, 7, 14, 21 and 28, whatever happens between (law 7.5)."""
    policy = Doubles(review=7 * DAY)
    of = acting(tmp_path, policy)
    run = simulate(of, tape(of, [(DAY, "lyon", "filter", 5), (2 * DAY, "lyon", "filter", 1)]), lines=True)
    assert policy.asked == [week * 7 * DAY for week in range(5)]
    assert [(row["minute"], row["quantity"]) for row in run.lines.rows() if row["dest"] >= 0] == [(0, 6), (7 * DAY, 6)]
