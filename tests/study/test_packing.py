"""What is kept of a run: integers of any size come back as they were, and a damaged file is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from simnet.study.packing import Damaged, bundle, spread, squeezed, unbundled

LEAST, MOST = -(1 << 63), (1 << 63) - 1
NUMBERS = st.one_of(st.just(0), st.integers(-200, 200), st.integers(-(1 << 33), 1 << 33), st.integers(LEAST, MOST))


@settings(max_examples=200, deadline=None)
@given(arrays(np.int64, array_shapes(max_dims=3, min_side=0, max_side=9), elements=NUMBERS))
def test_integers_come_back(numbers: np.ndarray) -> None:
    """Zeros, small numbers and the widest there are, in any shape, are unpacked as they were packed."""
    found, told = unbundled(bundle([("table", "name", numbers), ("table", "other", numbers)], {"minutes": 7}))
    assert told == {"minutes": 7}
    for key in ("name", "other"):
        assert found["table", key].dtype == np.int64
        np.testing.assert_array_equal(found["table", key], numbers)


@pytest.mark.parametrize(
    ("numbers", "kinds"),
    [
        ([], ["int8"]),
        ([0, 0, 0], ["int8"]),
        ([0, 127, -128], ["int8"]),
        ([300, 0, 1], ["int16"]),
        ([1 << 20, -1], ["int32"]),
        ([1, 1 << 40, -5], ["int32", "int64"]),
        ([LEAST, MOST], ["int32", "int64"]),
    ],
)
def test_numbers_take_few_bytes(numbers: list[int], kinds: list[str]) -> None:
    """Numbers that are not zero take as many bytes as they need; those beyond 32 bits stand apart."""
    flat = np.array(numbers, np.int64)
    there, values, wider, wide = squeezed(flat)
    assert [str(each.dtype) for each in (values, wide) if each is values or len(each)] == kinds
    assert len(values) == np.count_nonzero(flat)
    np.testing.assert_array_equal(spread(len(flat), there, values, wider, wide), flat)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 7))
def test_a_bit_that_changed_is_found(place: int, bit: int) -> None:
    """One bit anywhere, and the bundle is refused; so is its half."""
    data = bundle([("table", "", np.arange(-40, 40) * 10**9)], {"minutes": 7})
    at = place % len(data)
    with pytest.raises(Damaged):
        unbundled(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
    with pytest.raises(Damaged):
        unbundled(data[:at])
