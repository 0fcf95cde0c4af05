"""Law 7, orders that parts share: when a supplier takes them, and when they are worth it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from simnet.engine.replicate import Collector
from simnet.engine.simulate import simulate
from simnet.ledger.audit import AuditError, audit
from simnet.network.joint import groups
from simnet.network.network import Network
from simnet.network.shard import cut, whole_groups
from simnet.network.tape import draw
from tests.semantics.forgetful import forget
from tests.worlds import DAY, HEAD, TWO, network, play

Asked = list[tuple[int, str, str, int]]
PARTS = """
parts: {filter: {cost: 10 EUR}, pump: {cost: 30 EUR}, belt: {cost: 10 EUR}}
demand: {part: all, orders: 1 per year}
"""
BASE = "stocking: {default: {policy: base-stock, up_to: 5}}\n"
SITES = "dealers: {lyon: {served_by: suppliers}, turin: {served_by: suppliers}}\n"


def shared(terms: str, rest: str = SITES + BASE, parts: str = PARTS) -> Network:
    """Two dealers, three parts, and a factory with terms for its orders."""
    return network(parts + rest, HEAD.replace("lead_time: 10 d", f"lead_time: 10 d, {terms}"))


def orders(story: Any) -> list[tuple[int, str, str, int]]:
    """Day, part, site and pieces of the orders at the supplier, day by day."""
    of, rows = story.network, story.run.lines.rows()
    rows = rows[rows["point"] < 0]
    points = of.points[rows["dest"]]
    return sorted(
        (row["minute"] / DAY, of.part_names[point["part"]], of.site_names[point["site"]], row["quantity"])
        for row, point in zip(rows, points, strict=True)
    )


def on(*asked: tuple[float, str, int] | tuple[float, str, int, str]) -> Asked:
    """Lines at lyon, or at the site named last: day, part, pieces."""
    return [(round(day * DAY), where[0] if where else "lyon", part, pieces) for day, part, pieces, *where in asked]


@pytest.mark.parametrize("review", ["", ", review: 1 d", ", review: 30 d"])
def test_a_supplier_takes_orders_at_its_times(clock: str, review: str) -> None:
    """Customers on days 1, 8 and 9 are ordered for on days 7 and 14, whatever the points' own review (law 7.10)."""
    of = shared("order_every: 7 d", SITES + BASE.replace("up_to: 5", "up_to: 5" + review))
    story = play(of, on((1, "filter", 1), (8, "filter", 2), (9, "filter", 1)), clock)
    assert orders(story) == [(7, "filter", "lyon", 1), (14, "filter", "lyon", 3)]


def test_only_points_that_the_supplier_refills_wait_for_it(clock: str) -> None:
    """A dealer below a warehouse orders at once; the warehouse orders when the supplier takes it (law 7.10)."""
    of = shared("order_every: 7 d", TWO + BASE)
    story = play(of, on((1, "filter", 2)), clock)
    assert [(line[0], line[1]) for line in story.lines()[1:]] == [(DAY, "gent"), (7 * DAY, "supplier")]


WEEKLY = "order_every: 7 d, minimum_order_value: 60 EUR"
CASES: list[tuple[str, str, Asked, list[tuple[int, str, str, int]]]] = [
    ("worth it at once", WEEKLY, on((1, "pump", 2)), [(7, "pump", "lyon", 2)]),
    (
        "held until all parts are worth it",
        WEEKLY,
        on((1, "filter", 1), (8, "pump", 1), (15, "belt", 2)),
        [(21, "belt", "lyon", 2), (21, "filter", "lyon", 1), (21, "pump", "lyon", 1)],
    ),
    ("never worth it", WEEKLY, on((1, "filter", 5)), []),
    (
        "each site has an order of its own",
        WEEKLY,
        on((1, "pump", 1), (1, "pump", 1, "turin"), (8, "pump", 1, "turin")),
        [(14, "pump", "turin", 2)],
    ),
    (
        "held for two weeks at most",
        WEEKLY + ", hold_at_most: 14 d",
        on((1, "filter", 1), (8, "filter", 1)),
        [(21, "filter", "lyon", 2)],
    ),
    (
        "a limit that ends between two orders",
        WEEKLY + ", hold_at_most: 8 d",
        on((1, "filter", 1)),
        [(21, "filter", "lyon", 1)],
    ),
    (
        "what goes with a held order counts from the first",
        WEEKLY + ", hold_at_most: 7 d",
        on((1, "filter", 1), (8, "belt", 1), (15, "belt", 1)),
        [(14, "belt", "lyon", 1), (14, "filter", "lyon", 1), (28, "belt", "lyon", 1)],
    ),
    (
        "customers of the minute come after the order",
        WEEKLY,
        on((1, "pump", 2), (7, "filter", 1)),
        [(7, "pump", "lyon", 2)],
    ),
]


@pytest.mark.parametrize(("terms", "asked", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_order_leaves_when_it_is_worth_it(clock: str, terms: str, asked: Asked, expected: Any) -> None:
    """A site's order of all parts is sent if it comes to the value or was held long enough (law 7.11)."""
    story = play(shared(terms), asked, clock)
    assert orders(story) == expected


def test_two_suppliers_have_orders_of_their_own(clock: str) -> None:
    """Parts of another supplier do not help an order along, and go without a least value (law 7.11)."""
    head = HEAD.replace("10 d}}", f"10 d, {WEEKLY}}}, works: {{lead_time: 1 d}}}}")
    parts = PARTS.replace("filter: {", "filter: {supplier: factory, ").replace("belt: {", "belt: {supplier: factory, ")
    of = network(parts.replace("pump: {", "pump: {supplier: works, ") + SITES + BASE, head)
    story = play(of, on((1, "pump", 2), (1, "filter", 1)), clock)
    assert orders(story) == [(1, "pump", "lyon", 2)]
    assert story.point("lyon", "wished", "held") == (4, 4)


def test_a_week_with_nothing_lacking_ends_the_row(clock: str) -> None:
    """An order held, then nothing lacking, then another: the second has its own two weeks (law 7.11)."""
    bare = "stocking: {default: {policy: none}}\norder_classes: {day: {patience: 7 d}}\n"
    of = shared(WEEKLY + ", hold_at_most: 7 d", SITES + bare)
    story = play(of, on((6, "filter", 1), (15, "belt", 1), (17, "belt", 1)), clock)
    assert orders(story) == []  # the first gave up on day 13, the others after an order of their own was held
    assert story.point("lyon", "wished", "held") == (1, 1)
    assert story.point("lyon", "wished", "held", part="belt") == (1, 1)


def test_what_is_held_is_counted(clock: str) -> None:
    """Every line put on an order is ordered with it or held with it (laws 7.11 and 10.1)."""
    story = play(shared(WEEKLY), on((1, "filter", 1), (8, "pump", 1), (15, "belt", 2)), clock)
    counted = [story.point("lyon", "wished", "held", "orders", part=part) for part in ("filter", "pump", "belt")]
    assert counted == [(3, 2, 1), (2, 1, 1), (1, 0, 1)]


@pytest.mark.parametrize(
    ("rule", "counts"),
    [("wish", "    here.wished += 1\n"), ("join", "        here.held += 1\n")],
)
def test_a_rule_that_forgets_what_is_held_is_found(monkeypatch: pytest.MonkeyPatch, rule: str, counts: str) -> None:
    """Lines put on orders and lines held are counted apart; a rule that forgets one fails the audit (law 10.1)."""
    forget(monkeypatch, rule, counts)
    with pytest.raises(AuditError, match="put on shared orders"):
        play(shared(WEEKLY), on((1, "filter", 1), (8, "pump", 1), (15, "belt", 2)), "simpy")


def test_levels_are_planned_for_the_time_between_orders() -> None:
    """A fill target plans for a review of the supplier's pace, as for one that is written (law 7.10)."""
    target = "stocking: {default: {policy: base-stock, target: 95 %%%s}}\n"
    often = PARTS.replace("1 per year", "3 per week")
    paced, reviewed, watched = (
        shared(terms, SITES + target % review, often).points["up_to"].tolist()
        for terms, review in (
            ("order_every: 30 d", ""),
            ("minimum_order: 1", ", review: 30 d"),
            ("minimum_order: 1", ""),
        )
    )
    assert paced == reviewed
    assert min(paced) > max(watched)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_parts_that_share_orders_stay_together(clock: str, size: int) -> None:
    """Shards are cut where no order is shared, and add up to the whole, ledger and all (laws 7.11 and 10.3)."""
    head = HEAD.replace("10 d}}", f"10 d, {WEEKLY}}}, works: {{lead_time: 1 d}}}}")
    names = "".join(
        f"  p{n}: {{cost: 9 EUR, supplier: {'works' if n in (1, 5, 6) else 'factory'}}}\n" for n in range(7)
    )
    of = network(f"parts:\n{names}demand: {{part: all, orders: 2 per week}}\n" + SITES + BASE, head)
    assert groups(of) == [[0, 2, 3, 4], [1], [5], [6]]
    edges = whole_groups(of, np.arange(size, of.parts, size))
    assert set(edges) <= {5, 6}
    whole = simulate(of, draw(of, 3, 1), seed=3, replication=1, engine=clock, lines=True)
    audit(whole.tally, of)
    collector = Collector(of)
    for first, last in pairwise([0, *edges, of.parts]):
        small = cut(of, first, last)
        collector.add(first, simulate(small, draw(small, 3, 1), seed=3, replication=1, engine=clock, lines=True))
    merged = collector.run()
    assert merged.tally.same_as(whole.tally)
    assert merged.lines.same_as(whole.lines)
    assert whole.tally.point["held"].sum() > 0
