"""Demand told apart as planners do: smooth, erratic, intermittent, lumpy.

Syntetos, Boylan and Croston (2005), "On the categorization of demand patterns", Journal of the Operational
Research Society 56: by the mean number of months between months with demand (ADI) and the squared coefficient
of variation of the pieces asked in such a month (CV2). Both are computed from the stated law of demand, not
from draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.units import MONTH

if TYPE_CHECKING:
    from simnet.demand.block import Moments
    from simnet.network.network import Network

ADI_LIMIT, CV2_LIMIT = 1.32, 0.49
CLASSES = ("smooth", "erratic", "intermittent", "lumpy")


@dataclass(frozen=True)
class Months:
    """Demand of a month, an entry a stream: mean and variance of the pieces, chance of none."""

    mean: Any
    variance: Any
    none: Any


def class_shares(network: Network, by_site: bool) -> dict[str, float]:
    """Share of the parts with demand (or of the parts at the sites that ask) in each class."""
    streams = [months_of(block.moments()) for block in network.streams]
    mean, variance, none = (
        np.concatenate([getattr(each, name) for each in streams]) if streams else np.empty(0)
        for name in ("mean", "variance", "none")
    )
    point = np.concatenate(network.stream_points) if streams else np.empty(0, dtype=np.int64)
    group = point if by_site else network.points["part"][point]
    _, which = np.unique(group, return_inverse=True)
    quiet = np.exp(np.bincount(which, weights=np.log(np.maximum(none, 1e-300))))
    kind = classify(np.bincount(which, weights=mean), np.bincount(which, weights=variance), quiet)
    kind = kind[kind >= 0]
    counts = np.bincount(kind, minlength=len(CLASSES))
    return {name: float(counts[at] / max(len(kind), 1)) for at, name in enumerate(CLASSES)}


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


def classify(mean: Any, variance: Any, none: Any) -> Any:
    """Index into CLASSES by monthly mean, variance and chance of no demand; -1 where nothing is asked."""
    chance = np.where(mean > 0, 1 - none, 1.0)
    safe = np.where(mean > 0, mean, 1.0)
    interval = 1 / np.maximum(chance, 1e-300)
    spread = (variance + mean**2) * chance / safe**2 - 1
    kind = np.where(interval < ADI_LIMIT, 0, 2) + (spread >= CV2_LIMIT)
    return np.where(mean > 0, kind, -1)
