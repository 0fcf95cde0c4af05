"""Months of the tally: levels are the running sums of changes, areas follow from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from simnet.ledger.sums import Sums
from simnet.metrics.view import exact_sum
from simnet.network.outline import Outline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]


@dataclass(frozen=True)
class MonthView:
    """One month of one replication, seen through a choice of sites and part classes."""

    sums: Sums
    outline: Outline
    month: int
    """Index into the outline's months, which start at minute 0."""
    cells: Integers | None = None
    """Indices of site x part classes + part class looked at; None is all."""
    kept: dict[str, Integers] = field(default_factory=dict, repr=False, compare=False)
    """Sums over the cells, one number a month, shared by the months of one choice."""

    def series(self, name: str) -> Integers:
        """A field summed over the cells, one number a month since minute 0."""
        if name not in self.kept:
            table = self.sums.month[name].reshape(self.outline.months, -1)
            chosen = table if self.cells is None else table[:, self.cells]
            self.kept[name] = chosen.sum(axis=1)
        return self.kept[name]

    def total(self, name: str) -> int:
        """The sum of a field within the month."""
        return int(self.series(name)[self.month])

    def closing(self, change: str) -> int:
        """The level at the end of the month, from the field that counts its changes."""
        return exact_sum(self.series(change)[: self.month + 1])

    def mean(self, change: str, area: str) -> float:
        """The mean level over the month, from its changes and the area that they add."""
        first, last = self.outline.month_start[self.month], self.outline.month_start[self.month + 1]
        length = int(last) - int(first)
        opening = self.closing(change) - self.total(change)
        return (opening * length + self.total(area)) / length


def months(outline: Outline) -> list[tuple[int, str]]:
    """The measured months: index and civil name, such as (12, '2027-01')."""
    return [(i, outline.month_labels[i]) for i in range(outline.first_month, outline.months)]
