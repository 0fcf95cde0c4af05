"""Draw a parts catalog with given quantiles and rank correlations; pure Python, the same bytes everywhere.

Each column is a quantile function read at the ranks of a correlated normal sample: the quantiles are met
exactly and the rank correlations nearly so (a Gaussian copula). Python promises that `random.random` keeps
its sequence for a seed, and only ranks of the sample are used, so the tables do not depend on a library.
"""

from __future__ import annotations

import csv
import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from statistics import NormalDist

Quantiles = Sequence[tuple[float, float]]
"""(share of parts, value) with both rising; the first share is 0, the last 1."""

BELL = NormalDist()


def read_quantile(quantiles: Quantiles, share: float) -> float:
    """Return the value at a share of parts, interpolated in the logarithm of the value."""
    shares = [point for point, _ in quantiles]
    right = min(bisect_right(shares, share), len(quantiles) - 1)
    (low, small), (high, large) = quantiles[right - 1], quantiles[right]
    part = (share - low) / (high - low)
    return math.exp(math.log(small) + part * (math.log(large) - math.log(small)))


def ranks(values: Sequence[float]) -> list[int]:
    """Return the rank of each value, 0 for the smallest."""
    place = [0] * len(values)
    for rank, index in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        place[index] = rank
    return place


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Spearman's correlation of two columns (ties in order of appearance)."""
    n = len(one)
    gaps = sum((a - b) ** 2 for a, b in zip(ranks(one), ranks(other), strict=True))
    return 1 - 6 * gaps / (n * (n * n - 1))


def cholesky(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the lower triangle L with L L' = matrix (positive definite)."""
    size = len(matrix)
    lower = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            rest = matrix[row][column] - sum(lower[row][k] * lower[column][k] for k in range(column))
            lower[row][column] = math.sqrt(rest) if row == column else rest / lower[column][column]
    return lower


def draw(
    seed: int, count: int, columns: Sequence[Quantiles], spearman: Sequence[Sequence[float]]
) -> list[list[float]]:
    """Return one list of `count` values a column, with these quantiles and about these rank correlations."""
    luck = Random(seed)
    pearson = [[2 * math.sin(math.pi / 6 * value) for value in row] for row in spearman]
    lower = cholesky([[1.0 if i == j else v for j, v in enumerate(row)] for i, row in enumerate(pearson)])
    sample: list[list[float]] = [[] for _ in columns]
    for _ in range(count):
        normal = [BELL.inv_cdf(luck.random() or 0.5) for _ in columns]
        for index, row in enumerate(lower):
            sample[index].append(sum(weight * value for weight, value in zip(row, normal, strict=True)))
    shares = [[(rank + 0.5) / count for rank in ranks(latent)] for latent in sample]
    return [
        [read_quantile(quantiles, share) for share in column]
        for quantiles, column in zip(columns, shares, strict=True)
    ]


def three_digits(value: float) -> str:
    """Return a plain decimal number with three significant digits."""
    digits = max(0, 2 - math.floor(math.log10(value)))
    return f"{value:.{digits}f}"


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table with plain line ends, the same on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
