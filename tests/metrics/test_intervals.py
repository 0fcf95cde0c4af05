"""Intervals over replications and verdicts on paired differences."""

from __future__ import annotations

import math

import pytest

from simnet.metrics.intervals import Estimate, difference, estimate, half_width

T_95 = {1: 12.706204736, 2: 4.302652730, 4: 2.776445105, 19: 2.093024054}
"""Student's t, two-sided 95 %, by degrees of freedom (printed tables)."""


@pytest.mark.parametrize("freedom", T_95)
def test_half_width_uses_students_t(freedom: int) -> None:
    """The half width is t x s / sqrt(n)."""
    values = [float(i) for i in range(freedom + 1)]
    mean = freedom / 2
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / freedom)
    assert half_width(values) == pytest.approx(T_95[freedom] * deviation / math.sqrt(freedom + 1), rel=1e-9)


@pytest.mark.parametrize(
    ("values", "mean", "known"),
    [
        ([], None, False),
        ([None, None], None, False),
        ([0.5], 0.5, False),
        ([None, 0.5], 0.5, False),
        ([0.5, 0.5], 0.5, True),
    ],
)
def test_interval_needs_two_values(values: list[float | None], mean: float | None, known: bool) -> None:
    """No interval is made up from one replication, no mean from none."""
    found = estimate(values, "share")
    assert found.mean == mean
    assert (found.half_width is not None) == known


@pytest.mark.parametrize(
    ("first", "other", "better", "verdict"),
    [
        ([1.0, 2.0, 3.0], [2.0, 3.01, 4.02], "higher", "better"),
        ([1.0, 2.0, 3.0], [2.0, 3.01, 4.02], "lower", "worse"),
        ([2.0, 3.01, 4.02], [1.0, 2.0, 3.0], "lower", "better"),
        ([1.0, 2.0, 3.0], [2.0, 3.01, 4.02], None, "higher"),
        ([2.0, 3.01, 4.02], [1.0, 2.0, 3.0], None, "lower"),
        ([1.0, 2.0, 3.0], [1.5, 1.5, 3.1], "higher", "same"),
        ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], "higher", "same"),
        ([0.1 + 0.2, 1.0], [0.3, 1.0 + 2e-16], "higher", "same"),
        ([0.1 + 0.2] * 2, [0.3] * 2, "lower", "same"),
        ([1.0], [2.0], "higher", None),
        ([1.0, 2.0], [2.0, 3.0, 4.0], "higher", None),
        ([None, 1.0, 2.0], [1.0, 2.0, 3.0], "higher", "better"),
    ],
)
def test_verdict(
    first: list[float | None], other: list[float | None], better: str | None, verdict: str | None
) -> None:
    """Better and worse only where the paired interval leaves out zero; no pairs, no verdict."""
    assert difference(of(first), of(other), better).verdict == verdict


def of(values: list[float | None]) -> Estimate:
    """An estimate of these values."""
    return estimate(values, "share")


def test_pairs_beat_separate_means() -> None:
    """What all replications share drops out: a difference far inside the spread of levels is told."""
    levels = [10.0, 20.0, 30.0, 40.0]
    found = difference(of(list(levels)), of([value + 0.1 for value in levels]), "higher")
    assert found.mean == pytest.approx(0.1)
    assert found.verdict == "better"
