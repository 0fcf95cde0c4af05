"""Columns with given quantiles and rank correlations: a Gaussian copula over hashed chance.

Each column is a quantile function read at the ranks of a correlated normal sample, so that the quantiles are met to the
rank and the rank correlations nearly so. Spearman's correlation r of two normal columns is 6/pi arcsin(p/2), where p is
Pearson's (Kruskal 1958), so p = 2 sin(pi r / 6). Only ranks of the sample are used, which no library can change.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.streams import mix_array, name_key, uniform_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Quantiles = Sequence[tuple[float, float]]
"""(share of parts, value), both rising; the first share is 0, the last 1."""


def chance(seed: int, what: str, count: int) -> Floats:
    """`count` numbers in (0, 1), those of a seed and a purpose."""
    return uniform_array(mix_array(np.uint64(name_key("catalog", seed, what)), np.arange(count)))


def drawn(
    seed: int, count: int, columns: Sequence[tuple[str, Quantiles]], spearman: Sequence[Sequence[float]]
) -> list[Floats]:
    """One array a column, with these quantiles and about these rank correlations; columns are drawn by name."""
    normal = NormalDist().inv_cdf
    free = [np.array(list(map(normal, chance(seed, name, count).tolist()))) for name, _ in columns]
    found = []
    for (_, quantiles), row in zip(columns, lower_triangle(spearman), strict=True):
        mixed = sum((weight * each for weight, each in zip(row, free, strict=True) if weight), np.zeros(count))
        found.append(at_ranks(quantiles, mixed))
    return found


def at_ranks(quantiles: Quantiles, sample: Any) -> Floats:
    """The quantile function at the ranks of a sample, interpolated in the logarithm of the value."""
    share = np.empty(len(sample))
    share[np.argsort(sample, kind="stable")] = (np.arange(len(sample)) + 0.5) / len(sample)
    shares, values = (np.array(each) for each in zip(*quantiles, strict=True))
    return np.asarray(np.exp(np.interp(share, shares, np.log(values))))


def lower_triangle(spearman: Sequence[Sequence[float]]) -> list[list[float]]:
    """Weights of independent normal columns that give these rank correlations (Cholesky)."""
    size = len(spearman)
    lower = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            pearson = 1.0 if row == column else 2 * math.sin(math.pi / 6 * spearman[row][column])
            rest = pearson - sum(lower[row][k] * lower[column][k] for k in range(column))
            lower[row][column] = math.sqrt(rest) if row == column else rest / lower[column][column]
    return lower
