"""MSER on series made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from simnet.metrics.warmup import mser


def test_a_step_is_left_out() -> None:
    """Three high values, then a flat series: the best mean is told without the three."""
    found = mser([9.0, 8.0, 7.0] + [1.0, 1.1, 0.9] * 6, batch=1)
    assert found is not None
    assert (found.dropped, found.settled) == (3, True)


@pytest.mark.parametrize("series", [[5.0] * 12, [0.0] * 12, [1.0, 2.0] * 8])
def test_a_series_without_a_start_loses_nothing(series: list[float]) -> None:
    """Constant, zero or swinging evenly."""
    found = mser(series, batch=1)
    assert found is not None
    assert (found.dropped, found.settled) == (0, True)


@pytest.mark.parametrize("series", [np.arange(20.0), 100 - np.arange(20.0) ** 1.5])
def test_a_trend_has_not_settled(series: np.ndarray) -> None:
    """It never ends: the end of the first half tells nothing."""
    found = mser(series.tolist(), batch=1)
    assert found is not None
    assert not found.settled and found.dropped == 10


def test_batches_of_five() -> None:
    """MSER-5 leaves out whole batches, and the last batch that is not full."""
    series = [50.0] * 7 + [1.0, 2.0, 3.0, 2.0, 1.0] * 12 + [99.0] * 2
    found = mser(series)
    assert found is not None
    assert found.dropped == 10


@pytest.mark.parametrize(("length", "batch"), [(0, 1), (7, 1), (39, 5)])
def test_too_few_values(length: int, batch: int) -> None:
    """Fewer than eight batches tell nothing."""
    assert mser([1.0] * length, batch) is None


def test_size_and_level_change_nothing() -> None:
    """A series in thousands, or turned over, has the same truncation."""
    series = np.array([30.0, 20, 12, 8, *([6, 5, 7, 6] * 5)])
    found = [mser((scale * series).tolist(), batch=1) for scale in (1, 1e6, -1, 1e-6)]
    assert len(set(found)) == 1


def test_the_definition() -> None:
    """The smallest sum of squares over the square of the count, by hand for eight values."""
    series = [10.0, 4.0, 2.0, 2.5, 1.5, 2.0, 2.2, 1.8]
    scores = [sum((x - sum(rest) / len(rest)) ** 2 for x in rest) / len(rest) ** 2 for rest in
              (series[d:] for d in range(5))]  # fmt: skip
    found = mser(series, batch=1)
    assert found is not None
    assert found.dropped == scores.index(min(scores)) == 2
