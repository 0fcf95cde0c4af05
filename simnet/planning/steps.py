"""Levels of many points from the levels of a few: where demand alone tells points apart, levels are steps.

Of points with one size of line, one lead time, review and lot, who is asked more often needs as much stock or more: the
pieces asked over a longer stretch of the same Poisson stream are no fewer. So between two rates with the same level all
rates have it, and only the edges of the steps are looked for, by halving. Levels are those of the points one by one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simnet.planning.arrays import Floats, Ints
from simnet.planning.points import Points, fingerprint

FEW = 1_000
"""Points that are worked out one by one: halving would take longer."""
CLOSE_BY = 6
"""Points between two known ones that are worked out at once rather than halved further."""
DIGITS = 10
"""Digits to which points of one group agree in what the lead time is to the review cycle."""


def stepwise(points: Points, tops: Callable[[Points], Ints]) -> Ints:
    """What `tops` gives for these points, asked for as few of them as will do."""
    if len(points) < FEW or np.any(points.gap > 1) or np.any(points.chance > 0):
        return tops(points)
    order, start = grouped(points)
    ends = np.append(start[1:], len(order)) - 1
    found = np.full(len(order), -1, dtype=np.int64)
    asked = np.unique(np.concatenate([start, ends]))
    low, high = start, ends
    while len(asked):
        found[asked] = tops(points.take(order[asked]))
        open_ = (found[low] != found[high]) & (high - low > 1)
        low, high = low[open_], high[open_]
        near = high - low <= CLOSE_BY + 1
        middle = (low[~near] + high[~near]) // 2
        asked = np.concatenate([middle, between(low[near], high[near])])
        low, high = np.concatenate([low[~near], middle]), np.concatenate([middle, high[~near]])
    known = np.maximum.accumulate(np.where(found >= 0, np.arange(len(found)), 0))
    result = np.empty(len(order), dtype=np.int64)
    result[order] = found[known]
    return result


def ratios(points: Points) -> Floats:
    """The review cycle as a multiple of the lead time, rounded; -1 without a lead time."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(points.lines > 0, points.cycle / points.lines, -1.0)
    exponent = np.floor(np.log10(np.where(ratio > 0, ratio, 1.0)))
    rounded: Floats = np.round(ratio / 10.0**exponent, DIGITS) * 10.0**exponent
    return rounded


def rated(points: Points) -> Floats:
    """What tells the points of a group apart: lines in a lead time, or in a review cycle."""
    return np.where(points.lines > 0, points.lines, points.cycle)


def grouped(points: Points) -> tuple[Ints, Ints]:
    """The order of points by group and rate, and where each group starts."""
    ratio = ratios(points)
    table = np.column_stack([ratio, points.cv, points.lot.astype(np.float64), points.size.astype(np.float64)])
    _, group = np.unique(fingerprint(table), return_inverse=True)
    order = np.argsort(rated(points))
    order = order[np.argsort(group[order], kind="stable")]
    other = np.zeros(len(order), dtype=bool)
    other[0] = True
    for column in table.T:
        sorted_ = column[order]
        other[1:] |= sorted_[1:] != sorted_[:-1]
    return order, np.flatnonzero(other)


def between(low: Ints, high: Ints) -> Ints:
    """All numbers between pairs of numbers, both ends left out."""
    count = high - low - 1
    first = np.repeat(low + 1 - (np.cumsum(count) - count), count)
    return first + np.arange(len(first))
