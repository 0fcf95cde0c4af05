"""Many points in the few numbers that decide their fill, each distinct combination once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from simnet.planning.arrays import Floats, Ints
from simnet.planning.item import Items

DIGITS = 12
"""Points whose numbers agree to so many significant digits share one calculation."""

TINY = 1e-200
"""Numbers under this are taken as 0."""
STEADY = 1e-6
"""A lead time that varies less is taken as constant: it makes no difference to the ninth digit."""


@dataclass(frozen=True)
class Points:
    """Arrays of one length: what the fill of a point depends on, all in lines, periods and pieces."""

    size: Ints
    """Index of the size distribution."""
    lines: Floats
    """Mean lines in a lead time."""
    cycle: Floats
    """Mean lines in a review cycle; 0 = continuous review."""
    cv: Floats
    """Coefficient of variation of the lead time where orders are taken not to overtake; else 0."""
    lead_periods: Floats
    """Lead time in demand periods; 0 for Poisson demand."""
    cycle_periods: Floats
    """Review cycle in demand periods; 0 for Poisson demand."""
    chance: Floats
    """Chance of a line in a demand period; 0 = Poisson demand."""
    gap: Ints
    """Up-to minus trigger, pieces."""
    lot: Ints
    """Orders are multiples of this many pieces."""

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def reviewed(self) -> bool:
        """Whether orders wait for a review (one policy, so all points or none)."""
        return bool(np.any(self.cycle > 0))

    def take(self, rows: Ints) -> Points:
        """The points of some rows."""
        kept: dict[str, Any] = {name: column[rows] for name, column in self.columns().items()}
        return Points(**kept)

    def columns(self) -> dict[str, Floats | Ints]:
        """The arrays by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def points_of(items: Items, review: int, lot: Ints, gap: Ints) -> Points:
    """The points of items under continuous (`review` 0) or periodic review, `review` in minutes."""
    by_period = (items.period > 0) & (items.chance > 0)
    periods = np.where(by_period, items.period, np.inf)
    # Palm: outstanding pieces depend on the mean lead time alone when every line is an order of its own.
    overtaking = (review == 0) & (gap == 1) & (lot == 1) | (items.lead_cv < STEADY)
    return Points(
        size=np.asarray(items.size, dtype=np.int64),
        lines=_rounded(items.rate * items.lead_mean),
        cycle=_rounded(items.rate * review),
        cv=_rounded(np.where(overtaking, 0.0, items.lead_cv)),
        lead_periods=_rounded(items.lead_mean / periods),
        cycle_periods=_rounded(review / periods),
        chance=np.where(by_period, np.minimum(items.chance, 1.0), 0.0),
        gap=gap,
        lot=lot,
    )


def distinct(points: Points) -> tuple[Points, Ints]:
    """Each distinct point once, and for every point the row of its twin there."""
    columns = [np.asarray(column, dtype=np.float64) for column in points.columns().values()]
    telling = [column for column in columns if np.any(column != column[:1])]
    table = np.column_stack(telling or columns[:1])
    _, first, twin = np.unique(fingerprint(table), return_index=True, return_inverse=True)
    if not np.array_equal(table[first][twin], table):  # two points, one fingerprint: compare them in full
        _, first, twin = np.unique(table, axis=0, return_index=True, return_inverse=True)
    return points.take(first.astype(np.int64)), twin.reshape(-1).astype(np.int64)


def fingerprint(table: Floats) -> Ints:
    """A 64-bit number a row; sorting these is ten times faster than sorting rows."""
    bits = np.ascontiguousarray(table).view(np.int64)
    mixed = np.zeros(len(table), dtype=np.int64)
    with np.errstate(over="ignore"):
        for column in bits.T:
            mixed = (mixed ^ column) * np.int64(0x5851F42D4C957F2D)
            mixed ^= mixed >> np.int64(29)
    return mixed


def _rounded(values: Floats) -> Floats:
    """Values to `DIGITS` significant digits."""
    bounded = np.nan_to_num(np.asarray(values, dtype=np.float64))
    bounded = np.where(np.abs(bounded) < TINY, 0.0, bounded)
    exponent = np.floor(np.log10(np.where(bounded == 0, 1.0, np.abs(bounded))))
    scale = 10.0 ** (DIGITS - 1 - exponent)
    return np.round(bounded * scale) / scale
