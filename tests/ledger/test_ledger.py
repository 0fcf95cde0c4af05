"""The ledger's columns: the same lines as the records they were made of, in the fewest bytes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simnet.engine.records import LINE
from simnet.integers import Rows
from simnet.ledger.ledger import BLOCK, Ledger, fitting, narrow

NAMES = LINE.names or ()
ENDS = [0, -1, 127, 128, -129, 2**15, 2**31 - 1, 2**31, -(2**62)]


def records(values: list[list[int]]) -> Rows:
    """Records of a ledger, field by field."""
    made = np.zeros(len(values), LINE)
    for name, column in zip(NAMES, zip(*values, strict=True), strict=True) if values else ():
        made[name] = column
    return made


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(ENDS), min_size=len(NAMES), max_size=len(NAMES)), max_size=12))
def test_turned_and_turned_back_lines_are_the_same(values: list[list[int]]) -> None:
    """Whatever the numbers, columns hold them to the last bit."""
    rows = records(values)
    assert Ledger.of(rows).rows().tolist() == rows.tolist()


def test_a_large_number_in_a_late_block_widens_the_column_of_all() -> None:
    """Numbers before and after the first that needs more bytes are all there."""
    rows = np.zeros(3 * BLOCK + 5, LINE)
    rows["quantity"] = np.arange(len(rows)) % 100
    rows["minute"][2 * BLOCK] = 2**40
    found = Ledger.of(rows)
    assert np.array_equal(found["quantity"], rows["quantity"]) and found["quantity"].dtype == np.int8
    assert np.array_equal(found["minute"], rows["minute"]) and found["minute"].dtype == np.int64


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
    first = records([[5, 0, -1, *[0] * (len(NAMES) - 3)], [6, -1, 0, *[0] * (len(NAMES) - 3)]])
    whole = Ledger.joined([Ledger.of(first), Ledger.of(first).at(300)])
    assert whole["point"].tolist() == [0, -1, 300, -1]
    assert whole["dest"].tolist() == [-1, 0, -1, 300]
    assert whole["minute"].tolist() == [5, 6, 5, 6]
    assert len(whole) == 4 and not whole.same_as(Ledger.of(first))
    assert len(Ledger.joined([])) == 0
