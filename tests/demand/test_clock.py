"""The calendar of a run, in minutes."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simnet.demand import Clock
from simnet.demand.arrivals import Even, Monthly
from simnet.demand.clock import month_weights
from simnet.streams import mix_array


def test_whole_year() -> None:
    """A year from January has twelve months and ends at the horizon."""
    clock = Clock.of(date(2026, 1, 1), 365 * 1440)
    assert (np.diff(clock.month_start) // 1440).tolist() == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert clock.month_of_year.tolist() == list(range(1, 13))


def test_one_clock_for_all_shards() -> None:
    """Shards of a run share one clock, which nobody can write into."""
    clock = Clock.of(date(2026, 1, 1), 365 * 1440)
    assert Clock.of(date(2026, 1, 1), 365 * 1440) is clock
    assert not (clock.month_start.flags.writeable or clock.month_of_year.flags.writeable)


def test_cut_months() -> None:
    """A run from the middle of a month to the middle of another has two cut months; leap days count."""
    clock = Clock.of(date(2023, 12, 11), (21 + 31 + 29 + 10) * 1440)
    assert (clock.month_start // 1440).tolist() == [0, 21, 52, 81, 91]
    assert clock.month_of_year.tolist() == [12, 1, 2, 3]
    assert (clock.full_months(4) // 1440).tolist() == [-10, 21, 52, 81, 112]


def test_horizon_at_a_month_end() -> None:
    """A horizon at the end of a month begins no further one; one minute more does."""
    assert len(Clock.of(date(2026, 1, 1), 31 * 1440).month_of_year) == 1
    assert len(Clock.of(date(2026, 1, 1), 31 * 1440 + 1).month_of_year) == 2


@pytest.mark.parametrize("weights", [[1.0] * 12, [0.0] * 6 + [1.0] * 6, [5.0] + [0.0] * 11, list(range(12))])
def test_monthly_minutes_stay_in_months_with_weight(weights: list[float]) -> None:
    """The change of time reaches exactly the months with weight, at its ends too."""
    clock = Clock.of(date(2026, 1, 1), 365 * 1440)
    timing = Monthly(clock, np.array(weights))
    ends = np.array([0, 1, 2**64 - 1], dtype=np.uint64)
    minutes = timing(np.concatenate([ends, mix_array(3, np.arange(50_000))]))
    assert minutes.min() >= 0
    assert minutes.max() < clock.horizon
    month = np.searchsorted(clock.month_start, minutes, side="right") - 1
    assert set(month) == {number for number, weight in enumerate(weights) if weight > 0}
    assert (np.diff(timing(np.sort(mix_array(3, np.arange(50_000))))) >= 0).all()


def test_even_minutes_reach_both_ends() -> None:
    """The smallest draw is minute 0, the largest the last minute."""
    ends = np.array([0, 2**64 - 1], dtype=np.uint64)
    assert Even(525_600)(ends).tolist() == [0, 525_599]


def test_weights_are_one_on_average() -> None:
    """Over a year of 365 days the season's factors average one, whatever their size."""
    clock = Clock.of(date(2027, 1, 1), 365 * 1440)
    weights = month_weights(clock, [float(k) for k in range(12)], growth=0.0)
    assert np.average(weights, weights=np.diff(clock.month_start)) == pytest.approx(1)
