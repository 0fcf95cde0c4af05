"""Which designs cannot be told apart from the best."""

from __future__ import annotations

import types
from typing import Any, cast

import numpy as np
import pytest

from simnet.metrics.intervals import Estimate, estimate
from simnet.metrics.ranking import Ranking, rank

STUDIES = 2000


class Fake:
    """A comparison of one figure whose values are given."""

    def __init__(self, better: str | None, **values: list[float | None]) -> None:
        self.found = {name: estimate(each, "d") for name, each in values.items()}
        self.designs = tuple(values)
        self.better = better

    def level(self, design: str, _: str) -> Estimate:
        """The values of a design."""
        return self.found[design]

    def kpi(self, _: str) -> Any:
        """Which way is better."""
        return types.SimpleNamespace(metric=types.SimpleNamespace(better=self.better))


def ranked(better: str | None, **values: Any) -> Ranking | None:
    """The ranking of designs by their values."""
    return rank(cast(Any, Fake(better, **values)), "wait.mean")


@pytest.mark.parametrize(
    ("better", "best", "near", "worse"),
    [("lower", "a", ("b",), ("c", "d")), ("higher", "d", (), ("c", "b", "a"))],
)
def test_designs_are_told_apart_by_pairs(better: str, best: str, near: tuple[str, ...], worse: tuple[str, ...]) -> None:
    """Noise that designs share does not hide a steady difference; noise of their own does."""
    common = [0.0, 10.0, -10.0, 5.0, -5.0]
    found = ranked(
        better,
        a=common,
        b=[value + gap for value, gap in zip(common, (1.0, -1.0, 0.5, -0.4, 0.1), strict=True)],
        c=[value + gap for value, gap in zip(common, (2.0, 2.1, 1.9, 2.0, 2.0), strict=True)],
        d=[value + 9 for value in common],
    )
    assert found is not None
    assert (found.best, found.near, found.worse) == (best, near, worse)
    assert found.certain == (not near)


def test_intervals_are_those_of_hsu() -> None:
    """One end is nought: of a design told apart from the best, and of the best, where all are told apart from it."""
    found = ranked("lower", a=[1.0, 1.1, 0.9, 1.0], b=[3.0, 3.1, 2.9, 3.05])
    assert found is not None
    assert found.intervals["b"][0] == 0.0 and found.intervals["b"][1] == pytest.approx(2.0, abs=0.2)
    assert found.intervals["a"][1] == 0.0 and found.intervals["a"][0] == pytest.approx(-2.0, abs=0.2)


def test_equal_designs_are_not_told_apart() -> None:
    """The same values in every replication: the first one asked is named best, the other near it."""
    found = ranked("higher", b=[1.0, 2.0, 3.0], a=[1.0, 2.0, 3.0])
    assert found is not None
    assert (found.best, found.near, found.worse) == ("b", ("a",), ())


def test_one_replication_tells_nothing_apart() -> None:
    """Without an interval every other design is near the best."""
    found = ranked("higher", a=[1.0], b=[9.0])
    assert found is not None
    assert (found.best, found.near, found.certain) == ("b", ("a",), False)
    assert found.intervals == {}


def test_designs_without_a_value_are_named_apart() -> None:
    """A figure that a design lacks, in any replication, leaves it unranked, and nothing is certain."""
    found = ranked("higher", a=[1.0, 1.1], b=[None, None], c=[1.0, None])
    assert found is not None
    assert (found.best, found.unknown, found.certain) == ("a", ("b", "c"), False)


def test_a_figure_without_a_better_side_has_no_best() -> None:
    """Neither higher nor lower: nothing is ranked; nor where nobody has it."""
    assert ranked(None, a=[1.0, 2.0]) is None
    assert ranked("higher", a=[None, None]) is None


def test_the_truly_best_is_named_as_often_as_said() -> None:
    """In at least 95 % of studies the truly best of five close designs is the best or near it, and intervals hold.

    2,000 studies of eight replications with common and own noise, variances unequal: failures are at most 5 %, so 100
    expected at most, with a standard deviation below 10; 150 is five of them away: a false alarm is below 1e-6.
    """
    rng = np.random.default_rng(8)
    truth = {"a": 0.0, "b": 0.05, "c": 0.1, "d": 0.5, "e": 1.0}
    missed = wrong = 0
    for _ in range(STUDIES):
        common = rng.normal(0, 3, 8)
        values = {name: list(mean + common + rng.normal(0, 0.2 + mean, 8)) for name, mean in truth.items()}
        found = ranked("lower", **values)
        assert found is not None
        missed += "a" not in (found.best, *found.near)
        for name, (low, high) in found.intervals.items():
            exact = truth[name] - min(mean for other, mean in truth.items() if other != name)
            if not low <= exact <= high:
                wrong += 1
                break
    assert missed <= 150
    assert wrong <= 150
