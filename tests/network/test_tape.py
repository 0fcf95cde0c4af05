"""The order of a tape: by part, then minute, then as the streams were drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simnet.network.tape import by_part_and_minute

ROWS = st.lists(st.tuples(st.integers(0, 3) | st.integers(0, 2**31 - 1), st.integers(0, 2) | st.integers(0, 2**31 - 1)))
"""Lines (part, minute): often alike, and up to the largest numbers that a network or a run may have."""


@given(ROWS)
def test_lines_stand_by_part_then_minute_then_as_drawn(rows: list[tuple[int, int]]) -> None:
    """Sorting by digits gives the order of sorting by the two keys, ties as they stood."""
    part, minute = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    order, sorted_minutes = by_part_and_minute(part, minute)
    expected = np.lexsort((minute, part))
    assert order.tolist() == expected.tolist() and sorted_minutes.tolist() == minute[expected].tolist()


@pytest.mark.parametrize("most", [2, 70_000, 2**31])
def test_many_lines_too(most: int) -> None:
    """One, two or more digits of the minute."""
    rng = np.random.default_rng(3)
    part, minute = rng.integers(0, 300, 20_000), rng.integers(0, most, 20_000)
    assert by_part_and_minute(part, minute)[0].tolist() == np.lexsort((minute, part)).tolist()
