"""Every index of the compiled clock is inside its array, arrays grow when they must, and no line goes untested."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from simnet.engine import compiled_clock, heap, rules
from simnet.engine.records import EVENT, LINE, World
from simnet.engine.simulate import in_parts, simulate
from simnet.engine.world import free_orders, lay_out, read_out
from simnet.ledger.ledger import Ledger
from simnet.network.network import Network, Tape
from tests.engine.checked import OWN, run_checked
from tests.engine.worlds_at_random import RandomWorld, random_worlds
from tests.engine.worlds_mixed import FEATURES, mixed, mixed_worlds
from tests.worlds import DAY, HEAD, ONE, PART, TWO, network, tape

LENIENT = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WEEKLY = "stocking: {default: {policy: base-stock, up_to: 1, review: 1 w}}\n"
BASE = "stocking: {default: {policy: base-stock, up_to: %d}}\n"


def small(of: Network, orders: int, events: int, rows: int, asked: int = 0) -> World:
    """A world whose arrays have next to no room."""
    world = lay_out(of, seed=1, replication=0, keep_lines=rows > 0, asked=asked)
    room = {"order": free_orders(orders), "heap": np.zeros(events, EVENT), "line": np.zeros(rows, LINE)}
    return world._replace(**room, parking=world.parking[:0])


@LENIENT
@given(random_worlds() | mixed_worlds())
def test_no_index_leaves_its_array(world: RandomWorld) -> None:
    """From tiny arrays, with every index checked, the run ends in the same tally and ledger (laws 2.1 and 10.3)."""
    of = world.network
    start = small(of, 1, 1, 1)
    checked, _ = run_checked(start, world.tape, of)
    expected = simulate(of, world.tape, engine="compiled", lines=True)
    assert read_out(of, checked).same_as(expected.tally)
    rows = in_parts(of, checked.line[: int(checked.count["rows"][0])])
    assert Ledger.of(rows).same_as(expected.lines)


def starved(lines: int, head: str = HEAD) -> tuple[Network, Tape]:
    """Two dealers under an empty warehouse, asked again and again: a long queue at every point."""
    of = network(TWO + PART + "stocking: {default: {policy: none}}\n", head)
    asked = [(5 * number, ("lyon", "turin")[number % 2], "filter", 1 + number % 3) for number in range(lines)]
    return of, tape(of, asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("rows", [0, 1], ids=["without ledger", "with ledger"])
@pytest.mark.parametrize(("orders", "events"), [(1, 1), (1, 4096), (4096, 1)])
def test_arrays_grow_and_the_run_goes_on(orders: int, events: int, rows: int) -> None:
    """Machine code that runs out of room stops, and goes on in larger arrays as if nothing had happened."""
    of, asked = starved(500)
    wide = compiled_clock.run(small(of, 1 << 14, 1 << 15, rows << 13), asked, of.part_start)
    narrow = compiled_clock.run(small(of, orders, events, rows), asked, of.part_start)
    assert read_out(of, narrow).same_as(read_out(of, wide))
    count = int(wide.count["rows"][0])
    assert count == int(narrow.count["rows"][0])
    assert np.array_equal(narrow.line[:count], wide.line[:count])
    assert len(narrow.order) <= 4096  # no more than twice what was ever needed: 2,000 lines, a lot for each
    assert len(narrow.heap) <= 16384
    assert len(narrow.line) <= 8192


def test_order_records_are_recycled() -> None:
    """Ten thousand late lines, one at a time, need no more order records than a few."""
    quick = ONE.replace("factory}", "factory, lead_time: 1 min}")
    of = network(quick + PART + BASE % 0)
    asked = tape(of, [(4 * number, "lyon", "filter", 1) for number in range(30 * DAY // 4)])
    done = compiled_clock.run(small(of, 64, 256, 0), asked, of.part_start)
    assert len(done.order) == 64
    assert int(done.flow["late_lines"].sum()) == 30 * DAY // 4


def every_line(function: Any) -> set[tuple[str, int]]:
    """The lines of a function that hold code."""
    code = function.__code__
    lines = {line for _, _, line in code.co_lines() if line is not None}
    return {(code.co_filename, line) for line in lines - {code.co_firstlineno}}


def test_every_line_of_the_rules_is_run(random_lines: list[RandomWorld]) -> None:
    """No line of the rules, the heap or the loop is without a test: coverage of the code that Numba hides."""
    functions = [*rules.BOOK, heap.schedule, heap.drop, *OWN]
    wanted = set().union(*map(every_line, functions))
    files, seen = {file for file, _ in wanted}, set[tuple[str, int]]()

    def trace(frame: Any, event: str, arg: Any) -> Any:
        if frame.f_code.co_filename not in files:
            return None
        seen.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for world in random_lines:
            if len(world.network.joints):  # room for all but the parked
                wide = lay_out(world.network, 1, 0, False, len(world.tape))
                run_checked(wide._replace(parking=wide.parking[:0]), world.tape, world.network)
            run_checked(small(world.network, 1, 1, 1, len(world.tape)), world.tape, world.network)
    finally:
        sys.settrace(before)
    missed = sorted(wanted - seen)
    assert missed == [], missed


CHAIN = """
warehouses:
  gent: {tier: central, refilled_by: factory, lead_time: 2 d}
  bonn: {tier: local, refilled_by: gent, lead_time: 0 d}
dealers:
  lyon: {served_by: bonn, lead_time: {mean: 1 d, cv: 1}}
  nice: {served_by: bonn, lead_time: 1 d}
  turin: {served_by: gent, lead_time: 1 d}
order_classes: {day: {lines: complete}, rush: {unmet: lost}, vor: {lead_time: 6 h}}
"""
BY_WEEK = "stocking: {default: {policy: reorder-lot, trigger: 1, lot: 2}, sites: {turin: {review: 1 d}}}\n"


def mixtures() -> list[RandomWorld]:
    """Worlds that mix all of the order flow."""
    plain = network(CHAIN + PART + BY_WEEK)
    found = []
    for seed in range(15):
        of = replace(mixed(plain, frozenset(FEATURES), seed, days=120 if seed < 12 else 4), jobs=seed % 2 > 0)
        names = of.order_classes[1:]
        lines = [
            (
                1500 * number % (29 * DAY),
                ("lyon", "nice", "turin")[number % 3],
                "filter",
                1 + number % 5,
                names[(seed + number) % 3],
            )
            for number in range(100)
        ]
        found.append(RandomWorld(of, tape(of, lines), ""))  # type: ignore[arg-type]
    return found


def seldom() -> list[RandomWorld]:
    """What mixtures seldom meet: two to whom a receipt is offered, the second of a queue giving up, a late supplier."""
    push = TWO.replace("tier: central", "tier: central, push: true")
    up_to = "stocking: {default: {policy: min-max, trigger: 0, up_to: 8}}\n"
    offered = network(push + PART.replace("orders:", "at: [gent, lyon, turin], orders:") + up_to)
    three = [(60, "gent", "filter", 8), (61, "turin", "filter", 1), (62, "lyon", "filter", 6)]
    moods = "order_classes: {day: {patience: 9 d}, rush: {patience: 1 d}}\n"
    tired = network(moods + TWO + PART + "stocking: {default: {policy: none}}\n")
    two = [(60, "lyon", "filter", 1), (61, "lyon", "filter", 1, "rush")]
    half = network(
        TWO + PART + BASE % 1 + "opening: opening.csv\n", opening="site,part,on_hand,owed\ngent,filter,2,0\n"
    )
    slow = network(ONE + PART + BASE % 1, HEAD.replace("lead_time: 10 d", "lead_time: {table: {1 d: 50 %, 5 d: 50 %}}"))
    often = [(4 * DAY * number, "lyon", "filter", 1) for number in range(7)]
    terms = "10 d, order_every: 3 d, minimum_order_value: 30 EUR, hold_at_most: 6 d"
    head = HEAD.replace("10 d", terms).replace("length", "warm_up: 2 d, length").replace("}}\n", "}, b: {}}\n")
    apart = "filter: {cost: 10 EUR}, pump: {cost: 9 EUR}, belt: {supplier: b, lead_time: 1 d}"
    shared = network(
        ONE.replace("factory", "suppliers")
        + f"parts: {{{apart}}}\ndemand: {{part: all, orders: 1 per year}}\n".replace(
            "{cost", "{supplier: factory, cost"
        )
        + BASE % 5,
        head,
    )
    two_parts = [(DAY * number, "lyon", ("filter", "pump", "belt")[number % 3], 1) for number in range(25)]
    worlds = [
        (slow, often),
        (shared, two_parts),
        (offered, three),
        (tired, two),
        (half, [(60, "lyon", "filter", 3), (61, "lyon", "filter", 1)]),
    ]
    return [RandomWorld(of, tape(of, lines), "") for of, lines in worlds]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def random_lines() -> list[RandomWorld]:
    """Worlds in which everything happens: starved tiers, lost and complete lines, lanes in order, an opening debt."""
    of, asked = starved(60)
    kinds = "order_classes: {day: {lines: complete}, rush: {unmet: lost}}\n"
    head = "simnet: 1\nname: all\nmoney: EUR\nsuppliers: {factory: {lead_time: {mean: 3 d, cv: 1}}}\n"
    run = "run: {start: 2026-01-25, warm_up: 3 d, length: 30 d}\n"
    lanes = "lanes: {gent: {lyon: {lead_time: {mean: 2 d, cv: 1}, crossing: false}}}\n"
    stocking = "stocking: {default: {policy: reorder-lot, trigger: 1, lot: 3}, sites: {turin: {review: 1 d}}}\n"
    rich = network(kinds + TWO + lanes + PART + stocking, head + run)
    rich.points["opening_on_order"] = 2
    rich.points["opening_owed"][1:] = 1
    lines = [
        (997 * number, ("lyon", "turin")[number % 2], "filter", 1 + number % 4, ("day", "rush")[number % 3 // 2])
        for number in range(50)
    ]
    weekly = network(TWO + PART + WEEKLY)
    in_warm_up, early = starved(60, HEAD.replace("01-01, length", "01-31, warm_up: 2 d, length"))
    assert early.minute.max() < in_warm_up.warm_up
    month = network(ONE + PART + BASE % 1, HEAD.replace("2026-01-01", "2026-01-31"))
    turning = network(TWO + PART + WEEKLY, HEAD.replace("2026-01-01", "2026-01-25"))  # February starts with a review
    last = tape(weekly, [(29 * DAY, "lyon", "filter", 1), (DAY, "lyon", "filter", 5), (DAY, "lyon", "filter", 1)])
    return [
        RandomWorld(of, asked, ""),
        RandomWorld(rich, tape(rich, lines), ""),  # type: ignore[arg-type]
        RandomWorld(weekly, last, ""),
        RandomWorld(turning, tape(turning, [(DAY, "lyon", "filter", 1)]), ""),
        RandomWorld(in_warm_up, early, ""),
        RandomWorld(month, tape(month, [(2 * DAY, "lyon", "filter", 1)]), ""),
        *mixtures(),
        *seldom(),
    ]
