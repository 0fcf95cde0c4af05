"""What hours add to lead times: many minutes at once as the rules do one by one, and the levels that follow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simnet.engine import rules_time
from simnet.network.delays import gate, work
from tests.network.walk import World
from tests.worlds import PART, network

STEPS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=12)


@given(STEPS, st.integers(0, 25))
def test_many_are_as_one_by_one(steps: list[tuple[int, int]], minutes: int) -> None:
    """The arithmetic of arrays is that of the rules."""
    ends = np.cumsum(np.array(steps).ravel())
    opens, closes = ends[0::2], ends[1::2]
    table = np.concatenate([[len(steps)], opens, closes, np.cumsum(closes - opens) - (closes - opens)])
    now = np.arange(-3, int(ends[-1]) + 4)
    world = World(table)
    assert work(table, 0, now, minutes).tolist() == [rules_time.work(world, 0, at, minutes) for at in now.tolist()]
    assert gate(table, 0, now).tolist() == [rules_time.gate(world, 0, at) for at in now.tolist()]


def levels(order: str) -> list[int]:
    """The levels of one dealer who is refilled by a warehouse a day away."""
    sites = "warehouses: {gent: {refilled_by: factory}}\ndealers: {lyon: {served_by: gent, lead_time: 1 d}}\n"
    part = PART.replace("1 per year", "1 per day")
    of = network(sites + part + f"order_classes: {{stock: {{{order}}}}}\nstocking: {{default: {{target: 95 %}}}}\n")
    return of.points["up_to"].tolist()


@pytest.mark.parametrize("plain", ["rank: 3", "release: at once"])
def test_levels_cover_the_wait_for_a_release(plain: str) -> None:
    """Released once a week, on average half a week later and at worst a week: the dealer needs more."""
    (above, dealer), (same, more) = levels(plain), levels("release: wed 18:00")
    assert same == above
    assert more >= dealer + 3
