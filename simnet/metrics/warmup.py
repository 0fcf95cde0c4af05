"""Whether a warm-up is long enough: MSER, the truncation after which the rest of a series tells its mean best.

White (1997), "An effective truncation heuristic for bias reduction in simulation output", Simulation 69(6); with
batches of five values (MSER-5) White, Cobb and Spratt (2000), "A comparison of five steady-state truncation heuristics
for simulation", Proceedings of the Winter Simulation Conference. Leave out the first d values, so that

    sum of squares of the others about their mean / (how many they are) ** 2

is smallest. d is looked for in the first half of the series only, as few values at the end are easily alike by chance;
where it is the end of that half, the series has not settled, and d tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST = 8
"""Values of which a truncation is told."""
ROUNDING = 1e-20
"""Of scores of values of size 1: below it they are the same."""


@dataclass(frozen=True)
class Truncation:
    """What MSER says of a series."""

    dropped: int
    """Values to leave out at the start, a multiple of the batch."""
    settled: bool
    """Whether that lies before the end of the first half of the series."""


def mser(series: Sequence[float], batch: int = 5) -> Truncation | None:
    """The truncation of a series by MSER in batches of so many values (5: MSER-5; 1: MSER).

    A last batch that is not full is left out. None for fewer than eight batches. Of equal truncations the first counts.
    """
    values = np.asarray(series, np.float64)
    count = len(values) // batch
    if count < FEWEST:
        return None
    means = values[: count * batch].reshape(count, batch).mean(axis=1)
    largest = float(np.abs(means).max()) or 1.0
    scores = [spread(means[dropped:] / largest) for dropped in range(count // 2 + 1)]
    best = next(dropped for dropped, score in enumerate(scores) if score <= min(scores) + ROUNDING)
    return Truncation(best * batch, best < count // 2)


def spread(values: NDArray[np.float64]) -> float:
    """The sum of squares about the mean / the square of the count: how ill the mean is told."""
    return float(((values - values.mean()) ** 2).sum()) / len(values) ** 2
