"""How sure a mean over replications is: Student's t at 95 %, and paired differences under the same orders."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

CONFIDENCE = 0.95
ROUNDING = 1e-12
ONE_REPLICATION = "one replication: no interval"


@dataclass(frozen=True)
class Estimate:
    """A KPI over replications."""

    mean: float | None
    """Mean of the replications that have it; None where none has (nothing was asked)."""
    half_width: float | None
    """Half width of the 95 % interval; None with one replication."""
    unit: str
    values: tuple[float | None, ...]
    """One a replication."""


@dataclass(frozen=True)
class Difference(Estimate):
    """A design's KPI less the first design's, replication by replication, under the same orders."""

    verdict: str | None
    """better, worse or same; higher or lower where neither is better; None without an interval."""


def half_width(values: Sequence[float], confidence: float = CONFIDENCE) -> float | None:
    """Half width of Student's interval of the mean, of 95 % unless told; None for fewer than two values."""
    count = len(values)
    if count < 2:
        return None
    from scipy.special import stdtrit

    mean = math.fsum(values) / count
    variance = math.fsum((value - mean) ** 2 for value in values) / (count - 1)
    quantile = float(stdtrit(count - 1, (1 + confidence) / 2))
    return quantile * math.sqrt(variance / count)


def estimate(values: Sequence[float | None], unit: str) -> Estimate:
    """Mean and interval of one KPI."""
    known = [value for value in values if value is not None]
    mean = math.fsum(known) / len(known) if known else None
    return Estimate(mean, half_width(known), unit, tuple(values))


def difference(first: Estimate, other: Estimate, better: str | None) -> Difference:
    """The paired difference `other` - `first`; without pairs (other replications) there is none."""
    pairs = zip(first.values, other.values, strict=False)
    values = [None if a is None or b is None else apart(a, b) for a, b in pairs]
    if len(first.values) != len(other.values):
        values = []
    found = estimate(values, first.unit)
    return Difference(found.mean, found.half_width, found.unit, found.values, verdict(found, better))


def apart(first: float, other: float) -> float:
    """The difference; none where it is only in the last digits that floats have."""
    return 0.0 if math.isclose(first, other, rel_tol=ROUNDING) else other - first


def verdict(found: Estimate, better: str | None) -> str | None:
    """What the interval of a difference lets one say; None where there is no interval."""
    if found.mean is None or found.half_width is None:
        return None
    if abs(found.mean) <= found.half_width:
        return "same"
    direction = "higher" if found.mean > 0 else "lower"
    if better is None:
        return direction
    return "better" if direction == better else "worse"
