"""Law 6 beyond first come, first served: ranks, fair shares, push, balancing, jobs."""

from __future__ import annotations

import pytest

from tests.semantics.flowing import customers, day, orders, vor, world
from tests.worlds import DAY, HEAD, Story, network, play

LEAD = 10 * DAY
RANKS = ", allocation: rank"


def test_a_receipt_serves_by_rank(clock: str) -> None:
    """A vor line of minute 61 is served before the day line of minute 60, each waiting for one piece (law 6.4)."""
    story = world([day(60), vor(61)], clock, lyon_is=RANKS)
    done = [line[3] for line in customers(story)]
    assert done == [61 + LEAD + 4 * DAY, 60 + LEAD + 4 * DAY]


def test_within_a_rank_who_came_first_is_first(clock: str) -> None:
    """Two vor lines are served in the order of asking (law 6.4)."""
    story = world([vor(60), vor(61)], clock, lyon_is=RANKS)
    assert [line[3] - line[0] for line in customers(story)] == [LEAD + 4 * DAY] * 2


def test_a_complete_line_of_the_best_rank_stops_all(clock: str) -> None:
    """Two pieces are there, three come two days after; vor waits whole for three, and day for vor (law 6.5)."""
    kinds = "lines: complete, backorder: dealer"
    story = world([vor(60, 3), day(61)], clock, lyon_is=RANKS, vor=kinds, lyon=2)
    assert customers(story) == [(60, 0, 0, 60 + LEAD + 4 * DAY), (61, 0, 0, 60 + LEAD + 4 * DAY)]


SISTERS = """
warehouses: {gent: {tier: central, refilled_by: factory, allocation: fair share}}
dealers:
  lyon: {served_by: gent, lead_time: 2 d}
  nice: {served_by: gent, lead_time: 2 d}
"""
PART = """
parts: {filter: {cost: 10 EUR, price: 25 EUR}}
demand: {part: filter, at: [gent, lyon, nice], orders: 1 per year}
"""


def sisters(clock: str, lines: list[tuple[int, str, str, int]], sites: str = SISTERS, **stocking: str) -> Story:
    """Two dealers under Gent; stocking by site."""
    said = ", ".join(f"{site}: {{{text}}}" for site, text in stocking.items())
    text = sites + PART + f"stocking: {{default: {{policy: base-stock, up_to: 0}}, sites: {{{said}}}}}\n"
    return play(network(text, HEAD), lines, clock)  # type: ignore[arg-type]


FAIR = [(60, "lyon", "filter", 8), (61, "nice", "filter", 2)]


@pytest.mark.parametrize(("rule", "lyon", "nice"), [("fair share", 61, 60), ("first come", 60, 61)])
def test_fair_share(clock: str, rule: str, lyon: int, nice: int) -> None:
    """Lyon (level 8) lacks 8, Nice (level 2) lacks 2, and eight come: six and two, not eight to Lyon (law 6.6)."""
    lots = "policy: reorder-lot, trigger: -1, lot: 4"
    sites = SISTERS.replace("fair share", rule)
    story = sisters(clock, FAIR, sites, gent=lots, lyon="up_to: 8", nice="up_to: 2")
    done = {line[2]: line[6] for line in story.lines() if line[1] == "gent"}
    assert done == {"lyon": lyon + LEAD + 2 * DAY, "nice": nice + LEAD + 2 * DAY}


def test_customers_come_first_and_shares_are_by_point(clock: str) -> None:
    """Of eight pieces Gent's own customer gets two; two lines of Lyon share what one would get (law 6.6)."""
    lots = "policy: reorder-lot, trigger: -1, lot: 8"
    lines = [(60, "lyon", "filter", 4), (60, "lyon", "filter", 4), (61, "nice", "filter", 8), (62, "gent", "filter", 2)]
    story = sisters(clock, lines, gent=lots, lyon="up_to: 8", nice="up_to: 8")
    assert story.flow("gent", "waited_minutes", "late_units") == (2 * (LEAD - 2), 2)
    # of the first eight three go to each dealer, of the next eight four to each; the last two fill them
    assert story.point("lyon", "received") == 8
    lots_sent = [line[6] for line in story.lines() if line[1] == "gent" and line[2] != "customer"]
    assert lots_sent == [minute + LEAD + 2 * DAY for minute in (61, 62, 62)]


def test_push(clock: str) -> None:
    """Five come to Gent: Nice, at 2 of 8, is offered them before Lyon, at 3 of 4; neither had asked (law 6.7)."""
    sites = SISTERS.replace("allocation: fair share", "push: true")
    lines = [(60, "gent", "filter", 5), (61, "lyon", "filter", 1), (62, "nice", "filter", 6)]
    up_to = "policy: min-max, trigger: 0, up_to: "
    story = sisters(clock, lines, sites, gent=f"{up_to}5", lyon=f"{up_to}4", nice=f"{up_to}8")
    assert orders(story) == [
        (60, "supplier", "gent", 5),
        (60 + LEAD, "gent", "nice", 5),
        (60 + LEAD, "supplier", "gent", 5),
        (60 + 2 * LEAD, "gent", "lyon", 1),  # 3 of 4 against 7 of 8
        (60 + 2 * LEAD, "gent", "nice", 1),
    ]


def test_balancing(clock: str) -> None:
    """After a week Lyon owes one and nothing is on the way: Nice, with four above her last, sends two (law 6.8)."""
    story = world(
        [vor(60, 5)], clock, lyon_is=", balance: 1 w", more=", stock: {lead_time: 1 d}", lyon=4, nice=5, turin=3
    )
    assert (7 * DAY, "nice", "lyon", 2) in orders(story)
    assert customers(story) == [(60, 4, 0, 8 * DAY)]
    assert story.point("lyon", "orders", "ordered", "moved") == (2, 5 + 2, 2)


def test_who_should_have_no_stock_is_not_balanced(clock: str) -> None:
    """Lyon owes a piece but keeps none: its sisters send nothing (law 6.8)."""
    story = world([vor(60)], clock, lyon_is=", balance: 1 w", more=", stock: {lead_time: 1 d}", nice=5)
    assert story.point("nice", "shipped") == 0
