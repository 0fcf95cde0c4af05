"""The rules of hours on small tables: by hand, against a search without tricks, and as machine code."""

from __future__ import annotations

from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simnet.engine import rules_time
from simnet.engine.binding import bound

RULES = ("first_from", "gate", "missed", "work")
ALWAYS = -1


class World(NamedTuple):
    """All that the rules of hours look at."""

    table: Any


def rules(compiled: bool) -> dict[str, Any]:
    """The rules as they stand, or through Numba as the compiled clock takes them."""
    if not compiled:
        return {name: getattr(rules_time, name) for name in RULES}
    numba = pytest.importorskip("numba")
    space: dict[str, Any] = {}
    for name in RULES:
        space[name] = numba.njit(bound(getattr(rules_time, name), space), error_model="numpy")
    return space


BOTH = pytest.mark.parametrize("compiled", [False, True], ids=["python", "numba"])
GATE = [2, 100, 200, 110, 210, 150, 250]
CALENDAR = [2, 10, 50, 30, 60, 0, 20]
WORLD = World(np.array([7, 7, 7, *GATE, *CALENDAR], dtype=np.int64))
AT_GATE, AT_CALENDAR = 3, 3 + len(GATE)


@BOTH
def test_a_gate(compiled: bool) -> None:
    """In time up to the cut-off itself; past the last one, at once; without a gate, at once."""
    gate = rules(compiled)["gate"]
    asked = [-5, 0, 100, 101, 105, 200, 201, 10**9]
    assert [gate(WORLD, AT_GATE, now) for now in asked] == [110, 110, 110, 210, 210, 210, 201, 10**9]
    assert gate(WORLD, ALWAYS, 42) == 42


@BOTH
def test_who_asks_late_in_the_opening_leaves_at_once(compiled: bool) -> None:
    """Between the opening and the cut-off nobody waits."""
    world = World(np.array([1, 100, 60, 144], dtype=np.int64))
    assert [rules(compiled)["gate"](world, 0, now) for now in (59, 60, 61, 100)] == [60, 60, 61, 100]


@BOTH
def test_a_missed_cut_off(compiled: bool) -> None:
    """A minute after it, until its day is over; not before the first, nor without a gate."""
    missed = rules(compiled)["missed"]
    asked = [99, 100, 101, 149, 150, 200, 201, 249, 250]
    assert [missed(WORLD, AT_GATE, now) for now in asked] == [0, 0, 1, 1, 0, 0, 1, 1, 0]
    assert missed(WORLD, ALWAYS, 42) == 0


@BOTH
def test_work_in_hours(compiled: bool) -> None:
    """Done at the earliest minute; work that fills a day is done when it closes, none of it when it opens."""
    work = rules(compiled)["work"]
    asked = [(0, 0), (10, 0), (29, 0), (30, 0), (60, 0), (0, 20), (0, 21), (15, 10), (29, 1), (29, 2), (30, 1)]
    done = [work(WORLD, AT_CALENDAR, now, minutes) for now, minutes in asked]
    assert done == [10, 10, 29, 50, 60, 30, 51, 25, 30, 51, 51]
    assert work(WORLD, ALWAYS, 42, 8) == 50


SPANS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=12)


@given(SPANS, st.integers(-5, 60), st.integers(0, 30))
def test_work_is_counted_minute_by_minute(spans: list[tuple[int, int]], now: int, minutes: int) -> None:
    """Gaps and open spans in turn, against a count of the open minutes."""
    ends = list(accumulate(length for span in spans for length in span))
    opens, closes = ends[0::2], ends[1::2]
    worked = [0, *accumulate(length for _, length in spans)][:-1]
    table = np.array([len(spans), *opens, *closes, *worked], dtype=np.int64)
    is_open = [any(a <= minute < b for a, b in zip(opens, closes, strict=True)) for minute in range(now, ends[-1])]
    if sum(is_open) < max(minutes, 1):
        return  # more than the table holds
    seen = list(accumulate(is_open))
    expected = now + (seen.index(minutes) + 1 if minutes else is_open.index(True))
    assert rules_time.work(World(table), 0, now, minutes) == expected


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.data())
def test_a_gate_is_the_first_that_is_not_past(steps: list[int], data: st.DataObject) -> None:
    """Cut-offs with what leaves for each, against a search from the front."""
    by = list(accumulate(steps))
    at = [each + data.draw(st.integers(-3, 3)) for each in by]
    now = data.draw(st.integers(-3, by[-1] + 3))
    expected = next((max(now, leaves) for cut, leaves in zip(by, at, strict=True) if cut >= now), now)
    assert rules_time.gate(World(np.array([len(by), *by, *at, *by], dtype=np.int64)), 0, now) == expected
