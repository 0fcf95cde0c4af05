"""Demand told apart as planners do: smooth, erratic, intermittent, lumpy.

By the rule of `simnet.demand.patterns`, month by month; computed from the stated law of demand, not from draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.demand.patterns import CLASSES, kinds
from simnet.report.scene import DemandPattern
from simnet.units import MONTH

if TYPE_CHECKING:
    from simnet.demand.block import Moments
    from simnet.network.network import Network


@dataclass(frozen=True)
class Months:
    """Demand of a month, an entry a stream: mean and variance of the pieces, chance of none."""

    mean: Any
    variance: Any
    none: Any


def class_shares(network: Network, by_site: bool) -> dict[str, float]:
    """Share of the parts with demand (or of the parts at the sites that ask) in each class."""
    kind = classify(*together(network, by_site))
    kind = kind[kind >= 0]
    counts = np.bincount(kind, minlength=len(CLASSES))
    return {name: float(counts[at] / max(len(kind), 1)) for at, name in enumerate(CLASSES)}


def pattern_of(network: Network) -> DemandPattern:
    """ADI and CV2 of each part with demand, at all sites together."""
    mean, variance, none = together(network, by_site=False)
    asked = mean > 0
    return DemandPattern(*adi_and_cv2(mean[asked], variance[asked], none[asked]))


def together(network: Network, by_site: bool) -> tuple[Any, Any, Any]:
    """Mean, variance and chance of no demand in a month, of each part (at each site that asks)."""
    streams = [months_of(block.moments()) for block in network.streams]
    mean, variance, none = (
        np.concatenate([getattr(each, name) for each in streams]) if streams else np.empty(0)
        for name in ("mean", "variance", "none")
    )
    point = np.concatenate(network.stream_points) if streams else np.empty(0, dtype=np.int64)
    group = point if by_site else network.points["part"][point]
    _, which = np.unique(group, return_inverse=True)
    quiet = np.exp(np.bincount(which, weights=np.log(np.maximum(none, 1e-300))))
    return np.bincount(which, weights=mean), np.bincount(which, weights=variance), quiet


def months_of(moments: Moments) -> Months:
    """A month of each stream, from its rate and sizes; growth and season are left out."""
    rate = np.asarray(moments.rate, dtype=np.float64) * MONTH
    mean = np.asarray(moments.size_mean, dtype=np.float64)
    if moments.size is not None:
        spread = np.full(len(mean), moments.size.variance)
    else:
        spread = np.zeros(len(mean)) if moments.fixed else mean * (mean - 1)
    square = spread + mean**2
    if moments.period is None or moments.chance is None:
        return Months(rate * mean, rate * square, np.exp(-rate))
    chance = np.clip(moments.chance, 0.0, 1.0)
    periods = MONTH / moments.period
    variance = periods * (chance * square - (chance * mean) ** 2)
    return Months(periods * chance * mean, variance, (1 - chance) ** periods)


def adi_and_cv2(mean: Any, variance: Any, none: Any) -> tuple[Any, Any]:
    """Mean months between months with demand, and CV2 of the pieces in such a month; 1 and 0 where nothing is asked."""
    chance = np.where(mean > 0, 1 - none, 1.0)
    safe = np.where(mean > 0, mean, 1.0)
    spread = (variance + mean**2) * chance / safe**2 - 1
    return 1 / np.maximum(chance, 1e-300), np.where(mean > 0, np.maximum(spread, 0.0), 0.0)


def classify(mean: Any, variance: Any, none: Any) -> Any:
    """Index into CLASSES by monthly mean, variance and chance of no demand; -1 where nothing is asked."""
    return np.where(mean > 0, kinds(*adi_and_cv2(mean, variance, none)), -1)


__all__ = ["CLASSES", "Months", "class_shares", "classify", "months_of", "pattern_of"]
