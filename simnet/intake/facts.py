"""What a planner should know of a history: classes of demand, odd part numbers, outliers, lines there twice, waits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.intake.history import Imported
from simnet.study.demand_classes import CLASSES, classify

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_FOR_CLASSES = 6
"""Months of history from which the class of a part's demand is told; of fewer nearly all look smooth."""
OUTLIER = 100
"""Times the median quantity of its part from which a line is told."""
_LEAST_LINES = 3
_LIKE_NUMBER = re.compile(r"\d+(\.\d+)?[eE]\d+", re.ASCII)
_CUT = re.compile(r"\d[.,]\d+[eE]\+\d+", re.ASCII)


@dataclass(frozen=True)
class OddNames:
    """Part numbers that a spreadsheet damages, or has damaged."""

    zeros: int
    """With leading zeros."""
    exponents: tuple[str, ...]
    """Such as 4711E3, which a spreadsheet takes for a number."""
    cut: tuple[str, ...]
    """Such as 4.71E+09: a spreadsheet has cut their digits."""
    alike: tuple[tuple[str, str], ...]
    """Pairs that differ only in case, spaces or signs."""
    numbers: int
    """Cells that the workbook keeps as numbers, so without the zeros they may have had."""


def odd_names(found: Imported) -> OddNames:
    """What is odd about the part numbers."""
    parts = found.parts
    return OddNames(
        sum(1 for name in parts if len(name) > 1 and name[0] == "0"),
        tuple(name for name in parts if _LIKE_NUMBER.fullmatch(name)),
        tuple(name for name in parts if _CUT.fullmatch(name)),
        alike(parts),
        found.source.numbers_in(found.columns.at["part"]),
    )


def alike(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of names that differ only in case, spaces or signs: the first of a spelling, and each later one."""
    folded: dict[str, str] = {}
    pairs = []
    for name in names:
        before = folded.setdefault(re.sub(r"[\W_]", "", name.casefold()) or name, name)
        if before != name:
            pairs.append((before, name))
    return tuple(pairs)


@dataclass(frozen=True)
class PartMonths:
    """The pieces of each part and month."""

    first: int
    """The first month, counted from year 0."""
    months: int
    classes: tuple[str, ...]
    """Of each part."""

    @property
    def tell_classes(self) -> bool:
        """Whether there are months enough to tell classes of demand by them."""
        return self.months >= LEAST_FOR_CLASSES

    @property
    def shares(self) -> dict[str, float]:
        """Share of the parts in each class of demand."""
        count = Counter(self.classes)
        return {name: count[name] / max(len(self.classes), 1) for name in CLASSES}


def part_months(found: Imported) -> PartMonths:
    """The class of each part's demand by month, over the months from the first line of all to the last."""
    month = found.day.months()
    first, months = int(month.min()), int(month.max() - month.min()) + 1
    cells, place = np.unique(found.part * months + month - first, return_inverse=True)
    pieces = np.bincount(place, weights=found.quantity)
    part = cells // months
    total, square, busy = (
        np.bincount(part, weights=weights, minlength=len(found.parts)) / months for weights in (pieces, pieces**2, None)
    )
    kinds = classify(total, square - total**2, 1 - busy)
    return PartMonths(first, months, tuple(CLASSES[kind] for kind in kinds))


def outliers(found: Imported) -> list[int]:
    """Lines of at least a hundred times the median quantity of their part's lines, the largest first."""
    large = np.zeros(len(found.parts), dtype=bool)
    large[found.part[found.quantity >= OUTLIER]] = True  # no median is below one piece
    rows = np.flatnonzero(large[found.part])
    if not len(rows):
        return []
    order = rows[np.lexsort((found.quantity[rows], found.part[rows]))]
    part, quantity = found.part[order], found.quantity[order]
    starts = np.searchsorted(part, np.arange(len(found.parts) + 1))
    count = np.diff(starts)
    last = len(order) - 1
    low, high = (np.minimum(starts[:-1] + half, last) for half in ((count - 1) // 2, count // 2))
    median = (quantity[low] + quantity[high]) / 2
    far = (found.quantity[rows] >= OUTLIER * median[found.part[rows]]) & (count[found.part[rows]] >= _LEAST_LINES)
    rows = rows[far]
    return [int(row) for row in rows[np.argsort(-found.quantity[rows], kind="stable")]]


def twice(found: Imported) -> list[int]:
    """Lines that are the same in every column as one above."""
    return [int(row) for row in np.flatnonzero(found.raw.twice[found.rows])]


def delivered(found: Imported) -> NDArray[Any]:
    """Days from order to delivery of each line; -1 where either is not known, or the delivery is the earlier."""
    if found.delivered is None:
        return np.full(len(found), -1, dtype=np.int64)
    asked, done = found.day.ordinals(), found.delivered.ordinals()
    return np.where((asked > 0) & (done >= asked), done - asked, -1)


def early(found: Imported) -> int:
    """Lines that are delivered before they are ordered."""
    if found.delivered is None:
        return 0
    asked, done = found.day.ordinals(), found.delivered.ordinals()
    return int(((asked > 0) & (done > 0) & (done < asked)).sum())


def medians(found: Imported, role: str, amounts: Sequence[Any]) -> list[Any]:
    """The median of the different amounts of each part's lines, None where no line has one."""
    of_part: list[list[Any]] = [[] for _ in found.parts]
    codes = found.raw.columns[role].codes[found.rows]
    for pair in np.unique(found.part * len(amounts) + codes).tolist():
        part, code = divmod(pair, len(amounts))
        if amounts[code] is not None:
            of_part[part].append(amounts[code])
    return [sorted(each)[len(each) // 2] if each else None for each in of_part]
