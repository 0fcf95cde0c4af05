"""Which designs cannot be told apart from the best in a figure.

Multiple comparisons with the best: Hsu (1984), Annals of Statistics 12, 1136-1144, in the form for common random
numbers, every pair of designs by its own paired differences (Nelson and Matejcik 1995, Management Science 41,
1935-1945), at the level that Bonferroni's inequality gives without any word on how designs depend on each other: each
one-sided at (1 - CONFIDENCE) / (designs - 1). All that is said of one figure holds together at CONFIDENCE: the truly
best design is among those that are named, and every interval holds its value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simnet.metrics.compare import Comparison
from simnet.metrics.intervals import CONFIDENCE, apart


@dataclass(frozen=True)
class Ranking:
    """The designs in the order of one figure, the best first."""

    kpi: str
    best: str
    """The design with the best mean."""
    near: tuple[str, ...]
    """Designs that cannot be told apart from the best, in their order."""
    worse: tuple[str, ...]
    """Designs that are told apart from the best, or from another that is better than they, in their order."""
    unknown: tuple[str, ...]
    """Designs without a value in all replications of the others."""
    intervals: Mapping[str, tuple[float, float]]
    """Of each ranked design the figure less the best of the others, simultaneously; empty with one replication."""

    @property
    def certain(self) -> bool:
        """Whether the best is told apart from every other."""
        return not self.near and not self.unknown and bool(self.intervals)


@dataclass(frozen=True)
class Pair:
    """How much better one design is than another: mean and one-sided half width of the paired differences."""

    mean: float
    half: float


def rank(comparison: Comparison, key: str) -> Ranking | None:
    """The ranking in a figure; None where neither higher nor lower is better, or no design has it."""
    better = comparison.kpi(key).metric.better
    levels = {name: comparison.level(name, key) for name in comparison.designs}
    series = {name: found.values for name, found in levels.items() if found is not None and found.mean is not None}
    known = {name: values for name, values in series.items() if None not in values}
    if better is None or not known:
        return None
    sign = 1.0 if better == "higher" else -1.0
    ranked = ordered({name: [sign * value for value in values if value is not None] for name, values in known.items()})
    names = list(ranked)
    unknown = tuple(name for name in comparison.designs if name not in known)
    count = len(ranked[names[0]])
    if count < 2 or len(names) < 2:
        return Ranking(key, names[0], tuple(names[1:]), (), unknown, {})
    pairs = against(ranked)
    near = {name for name in names if all(pairs[name, other].mean + pairs[name, other].half >= 0
                                          for other in names if other != name)}  # fmt: skip
    bounds = {name: interval(name, names, pairs, near) for name in names}
    oriented = bounds if sign > 0 else {name: (-high + 0.0, -low + 0.0) for name, (low, high) in bounds.items()}
    others = names[1:]
    return Ranking(
        key,
        names[0],
        tuple(name for name in others if name in near),
        tuple(name for name in others if name not in near),
        unknown,
        oriented,
    )


def ordered(series: Mapping[str, list[float]]) -> dict[str, list[float]]:
    """The designs by their means, higher first; equal ones as they were asked."""
    names = sorted(series, key=lambda name: -math.fsum(series[name]) / len(series[name]))
    return {name: series[name] for name in names}


def against(series: Mapping[str, list[float]]) -> dict[tuple[str, str], Pair]:
    """Every design against every other, replication by replication."""
    from scipy.special import stdtrit

    names = list(series)
    count = len(series[names[0]])
    quantile = float(stdtrit(count - 1, 1 - (1 - CONFIDENCE) / (len(names) - 1)))
    found = {}
    for at, name in enumerate(names):
        for other in names[at + 1 :]:
            gaps = [apart(b, a) for a, b in zip(series[name], series[other], strict=True)]
            mean = math.fsum(gaps) / count
            spread = math.sqrt(math.fsum((gap - mean) ** 2 for gap in gaps) / (count - 1) / count)
            found[name, other] = Pair(mean, quantile * spread)
            found[other, name] = Pair(-mean, quantile * spread)
    return found


def interval(name: str, names: list[str], pairs: Mapping[tuple[str, str], Pair], near: set[str]) -> tuple[float, float]:
    """Hsu's constrained interval of a design's value less the best of the others, higher being better."""
    others = [pairs[name, other] for other in names if other != name]
    high = max(0.0, min(pair.mean + pair.half for pair in others))
    rivals = [pairs[name, other] for other in names if other in near and other != name]
    low = min((min(0.0, pair.mean - pair.half) for pair in rivals), default=0.0)
    return low, high
