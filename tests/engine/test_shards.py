"""Shards and workers: however the parts are divided, the whole is the same."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from simnet.engine.replicate import Collector
from simnet.engine.simulate import Run, simulate
from simnet.ledger.audit import audit
from simnet.network.network import Network, Tape
from simnet.network.shard import LINES_A_SHARD, cut, even, lines_of_parts, shards, whole_groups
from simnet.network.tape import draw
from tests.engine.test_against_naive import LENIENT
from tests.engine.worlds_at_random import RandomWorld, random_worlds
from tests.worlds import ONE, TWO, network

CATALOG = (
    "parts: {%s}\n" % ", ".join(f"p{n}: {{cost: 1 EUR, class: {'xy'[n % 2]}}}" for n in range(9))  # noqa: UP031
    + """
demand:
  - {part: all, orders: 20 per month, size: {geometric: {mean: 1.5}}}
  - {part: [p1, p4], at: gent, orders: 5 per month, order_class: rush}
order_classes: {rush: {unmet: lost}}
stocking: {default: {policy: min-max, trigger: 1, up_to: 4}}
"""
)


FLOWING = """
warehouses:
  gent: {tier: central, refilled_by: factory, push: true, hours: "mon-fri 08:00-17:00", picking: 2 h}
  bonn: {tier: local, refilled_by: gent, lead_time: 2 d, refers_to: [kiel], allocation: fair share}
  kiel: {tier: local, refilled_by: gent, lead_time: 2 d, allocation: rank}
dealers:
  lyon: {served_by: bonn, lead_time: {mean: 2 d, cv: 1}, pool: south, balance: 8 h}
  nice: {served_by: bonn, lead_time: 2 d, pool: south, hold_back: 1}
  turin: {served_by: kiel, lead_time: 3 d, pool: south, stock: managed}
parts: {%s}
demand:
  - {part: all, orders: 200 per month, size: {geometric: {mean: 1.5}}}
  - {part: [p1, p4], orders: 10 per month, order_class: vor}
order_classes:
  stock: {lead_time: 1 d}
  day: {patience: 3 d, will_fit: 20 %%}
  vor: {ask: [facing, referral, lateral, central, supplier], lead_time: 6 h, cut_off: "17:00"}
stocking:
  default: {policy: min-max, trigger: 1, up_to: 6}
  sites: {kiel: {reserve: {day: 1}}}
  tiers: {dealer: {managed: {target: 90 %%, window: 2 mo, every: 1 w, buy_back: true}}}
""" % ", ".join(f"p{n}: {{cost: 1 EUR, class: {'xy'[n % 2]}}}" for n in range(5))  # noqa: UP031


@pytest.mark.parametrize("size", [1, 2])
def test_shards_of_the_order_flow_add_up(clock: str, size: int) -> None:
    """Sourcing lists, plans and ways are cut with their parts and merge to the whole (laws 1.6 and 10.3)."""
    of = network(FLOWING)
    whole = simulate(of, draw(of, 3, 1), seed=3, replication=1, engine=clock, lines=True)
    audit(whole.tally, of)
    merged = in_shards(of, size, clock)
    assert whole.tally.flow["given_units"].sum() > 0
    assert whole.tally.point["moved"].sum() > 0
    assert merged.tally.same_as(whole.tally)
    assert merged.lines.same_as(whole.lines)


def in_shards(of: Network, size: int, engine: str) -> Run:
    """A replication in shards of `size` parts, each drawing its own demand."""
    whole = Collector(of)
    for first in reversed(range(0, of.parts, size)):
        shard = cut(of, first, min(first + size, of.parts))
        whole.add(first, simulate(shard, draw(shard, 3, 1), seed=3, replication=1, engine=engine, lines=True))
    return whole.run()


@pytest.mark.parametrize("size", [1, 2, 4, 9])
def test_shards_add_up_to_the_whole(clock: str, size: int) -> None:
    """Shards of one, two, four and all parts merge to the same tally and ledger (laws 1.6 and 10.3)."""
    of = network(TWO + CATALOG)
    whole = simulate(of, draw(of, 3, 1), seed=3, replication=1, engine=clock, lines=True)
    merged = in_shards(of, size, clock)
    assert len(whole.lines) > 500
    assert merged.tally.same_as(whole.tally)
    assert merged.lines.same_as(whole.lines)


@pytest.mark.parametrize("lines", [1, 100, 300, 10**6])
def test_shards_hold_every_part_once(lines: int) -> None:
    """Whatever the room of a shard, shards follow each other and leave no part out."""
    of = network(TWO + CATALOG)
    found = list(shards(of, lines))
    assert [first for first, _ in found] == [0, *(last for _, last in found[:-1])]
    assert found[-1][1] == of.parts
    assert all(first < last for first, last in found)


@pytest.mark.parametrize("lines", [10, 50, 100, 300])
def test_shards_are_even_in_number_and_in_size(lines: int) -> None:
    """Two workers have as many shards each, and none is much larger than another; what fits one shard is one."""
    parts = ", ".join(f"p{number}: {{}}" for number in range(120))
    of = network(ONE + f"parts: {{{parts}}}\ndemand: {{orders: 12 per year}}\nstocking: {{default: {{up_to: 1}}}}\n")
    whole = lines_of_parts(of).sum() + of.parts / 2
    sizes = [last - first for first, last in shards(of, lines)]
    assert len(sizes) == (1 if whole <= lines else even(whole / lines))
    assert len(sizes) == 1 or len(sizes) % 2 == 0
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(("wanted", "found"), [(0.2, 1), (1, 1), (1.01, 2), (2, 2), (2.1, 4), (38.05, 40)])
def test_even_numbers(wanted: float, found: int) -> None:
    """One, or the next even number."""
    assert even(wanted) == found


@settings(LENIENT, max_examples=40)
@given(random_worlds())
def test_random_worlds_part_by_part(world: RandomWorld) -> None:
    """A random world cut where parts do not meet merges to the tally and ledger of the whole."""
    of, tape = world.network, world.tape
    whole = simulate(of, tape, engine="compiled", lines=True)
    parts = Collector(of)
    edges = whole_groups(of, np.arange(1, of.parts, dtype=np.int64))
    for first, last in pairwise([0, *edges, of.parts]):
        shard = cut(of, first, last)
        own = slice(tape.start[first], tape.start[last])
        point, *others = (column[own] for column in tape.columns)
        start = tape.start[first : last + 1] - tape.start[first]
        asked = Tape(point - of.part_start[first], *others, start=start)
        parts.add(first, simulate(shard, asked, engine="compiled", lines=True))
    merged = parts.run()
    assert merged.tally.same_as(whole.tally)
    assert merged.lines.same_as(whole.lines)


def test_one_replication_under_simpy_is_work_for_two() -> None:
    """The slower clock has smaller shards: what takes seconds is done in several."""
    parts = ", ".join(f"p{number}: {{}}" for number in range(50))
    of = network(ONE + f"parts: {{{parts}}}\ndemand: {{orders: 30 per day}}\nstocking: {{default: {{up_to: 1}}}}\n")
    assert 40_000 < lines_of_parts(of).sum() < 50_000
    found = {engine: len(list(shards(of, lines))) for engine, lines in LINES_A_SHARD.items()}
    assert found == {"compiled": 1, "simpy": 4}
