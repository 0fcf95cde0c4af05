"""The ledger's columns: the same lines as the records they were made of, in the fewest bytes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simnet.engine.compiled_clock import turned
from simnet.engine.records import LINE
from simnet.engine.room import room
from simnet.engine.simulate import simulate
from simnet.integers import Rows
from simnet.ledger.ledger import NARROW, WHERE, Ledger, fitting, narrow
from simnet.network.tape import draw
from tests.worlds import PART, TWO, network

NAMES = LINE.names or ()
ENDS = [0, -1, 127, 128, 255, 256, 2**15, 2**31 - 1]
"""Numbers at which a column needs more bytes; `done` alone goes beyond the last."""
TURNS = pytest.mark.parametrize("turn", [Ledger.of, turned], ids=["NumPy", "machine code"])


def records(values: list[list[int]]) -> Rows:
    """Records of a ledger, field by field."""
    made = np.zeros(len(values), LINE)
    for name, column in zip(NAMES, zip(*values, strict=True), strict=True) if values else ():
        made[name] = column
    return made


def numbers_of(name: str) -> st.SearchStrategy[int]:
    """What a field may hold."""
    if name in ("order_class", "kind", "cause"):
        return st.integers(-1, 64)
    if name == "done":
        return st.sampled_from([-2, *ENDS, 2**31 - 3, 2**31, 2**40])
    return st.sampled_from([end for end in ENDS if end >= 0 or name in WHERE])


@TURNS
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*map(numbers_of, NAMES)), max_size=12))
def test_turned_and_turned_back_lines_are_the_same(turn: Callable[[Rows], Ledger], values: list[list[int]]) -> None:
    """Whatever the numbers, columns hold them to the last bit."""
    rows = records(values)
    assert turn(rows).rows().tolist() == rows.tolist()


@TURNS
@pytest.mark.parametrize(
    ("name", "number", "kind"),
    [("quantity", 127, np.int8), ("quantity", 128, np.int16), ("lost", 256, np.int16), ("passed", 2**16, np.int32),
     ("done", 2**31 - 1, np.int32), ("done", 2**31, np.int64), ("minute", 5, np.int32), ("cause", -1, np.int8)],
)  # fmt: skip
def test_one_large_number_widens_its_column(turn: Callable[[Rows], Ledger], name: str, number: int, kind: type) -> None:
    """And no other; in both clocks alike."""
    rows = np.zeros(5, LINE)
    rows[name][3] = number
    found = turn(rows)
    assert found[name].tolist() == [0, 0, 0, number, 0] and found[name].dtype == kind
    assert {other: found[other].dtype for other in NAMES if other != name} == {
        other: NARROW.get(other, LINE[other]) for other in NAMES if other != name
    }


def test_some_lines_at_a_time_are_of_one_kind_at_points_of_the_whole() -> None:
    """A shard with many pieces widens the column of all; nobody has to put them together first."""
    few, many = np.zeros(3, LINE), np.zeros(2, LINE)
    many["quantity"], many["dest"] = 1000, -1
    whole = Ledger.joined([Ledger.of(few), Ledger.of(many).at(40), Ledger.of(few[:0]).at(90)])
    found = list(whole.some(2))
    assert [len(each["quantity"]) for each in found] == [2, 1, 2, 0]
    assert {each["quantity"].dtype for each in found} == {np.dtype(np.int16)}
    assert [each["point"].tolist() for each in found] == [[0, 0], [0], [40, 40], []]
    assert [each["dest"].tolist() for each in found] == [[0, 0], [0], [-1, -1], []]
    assert np.array_equal(np.concatenate([each["quantity"] for each in found]), whole["quantity"])


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [(0, 0, np.int8), (-128, 127, np.int8), (0, 128, np.int16), (-129, 0, np.int16), (0, 2**15, np.int32),
     (0, 2**31, np.int64)],
)  # fmt: skip
def test_a_column_takes_the_fewest_bytes(low: int, high: int, kind: type) -> None:
    """The kind that just holds both ends."""
    assert fitting(low, high) == np.dtype(kind)
    assert narrow(np.array([low, high])).dtype == np.dtype(kind)


def test_lines_of_shards_stand_one_after_the_other_at_points_of_the_whole() -> None:
    """Points are moved by the first of the shard; a customer and a supplier are no point and stay."""
    first = np.zeros(2, LINE)
    first["minute"], first["point"], first["dest"] = [5, 6], [0, -1], [-1, 0]
    whole = Ledger.joined([Ledger.of(first), Ledger.of(first).at(300)])
    assert whole["point"].tolist() == [0, -1, 300, -1]
    assert whole["dest"].tolist() == [-1, 0, -1, 300]
    assert whole["minute"].tolist() == [5, 6, 5, 6]
    assert len(whole) == 4 and not whole.same_as(Ledger.of(first))
    assert len(Ledger.joined([])) == 0


def test_a_later_run_leaves_an_earlier_ledger_alone() -> None:
    """Rows are written where those of the run before were; what was made of them stays."""
    of = network(TWO + PART.replace("1 per year", "20 per month") + "stocking: {default: {policy: none}}\n")
    first, second = (simulate(of, draw(of, seed), seed=seed, engine="compiled", lines=True).lines for seed in (1, 2))
    again = simulate(of, draw(of, 1), seed=1, engine="compiled", lines=True).lines
    assert len(first) > 30 and not first.same_as(second)
    assert first.same_as(again)
    assert len(room.found["line"]) >= len(first)
