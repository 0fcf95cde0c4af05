"""Charts of a result on matplotlib axes, without pyplot: one's own, or new ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simnet.metrics import Comparison

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (6.4, 4.2)
"""Inches of a new figure."""


@dataclass(frozen=True)
class Plots:
    """What can be drawn of designs side by side."""

    comparison: Comparison
    names: Mapping[str, str] | None = None
    """Shorter names of the designs."""

    def tradeoff(self, x: str = "cost.year", y: str | None = None, ax: Axes | None = None) -> Axes:
        """One figure against another, a dot a design with its intervals; `y` is the fill, unless it is named."""
        from simnet.report.charts.tradeoff import tradeoff

        for key in (x, *([] if y is None else [y])):
            self.comparison.kpi(key)  # says what is wrong with it
        return tradeoff(new_axes() if ax is None else ax, self.comparison, x, y, self.names)


def new_axes() -> Axes:
    """Axes of a figure of their own."""
    from matplotlib.figure import Figure

    return Figure(figsize=SIZE, layout="constrained").add_subplot()
