"""Small panels beside each other in one pair of axes, all with the same ends: points of the room there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from simnet.report.charts.chart import WIDTH
from simnet.report.charts.labels import Box, width
from simnet.report.charts.room import full_height, width_of
from simnet.report.charts.style import GRID, LETTER, SMALL, SOFT, TEXT, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP, TITLE, BELOW, MARGIN = 14.0, 15.0, 30.0, 6.0
"""Points between panels, of the line above and the numbers below each, and around the picture."""
Span = tuple[float, float]


def columns_for(count: int) -> int:
    """Panels beside each other: three at most, in even rows."""
    return count if count <= 3 else -(-count // -(-count // 3))


class Panels:
    """Some panels, filling the picture."""

    def __init__(self, ax: Axes, count: int, columns: int, across: Span, up: Span, beside: float = 44.0) -> None:
        self.ax, self.count, self.columns, self.across, self.up, self.beside = ax, count, columns, across, up, beside
        self.total = full_height(ax) - MARGIN
        self.rows = -(-count // columns)
        self.wide = (width_of(ax) - MARGIN - beside - GAP * (columns - 1)) / columns
        self.high = self.total / self.rows - TITLE - BELOW
        ax.clear()
        ax.axis("off")
        ax.set_xlim(0, width_of(ax) - MARGIN)
        ax.set_ylim(-self.total, 0)

    @staticmethod
    def inches(count: int, columns: int, high: float) -> float:
        """The height of a picture whose panels are so many points high."""
        return (-(-max(count, 1) // max(columns, 1)) * (high + TITLE + BELOW) + MARGIN) / 72

    def box(self, at: int) -> Box:
        """Left, bottom, right and top of a panel."""
        row, column = divmod(at, self.columns)
        left = self.beside + column * (self.wide + GAP)
        top = -row * (self.high + TITLE + BELOW) - TITLE
        return left, top - self.high, left + self.wide, top

    def at(self, x: float, y: float, panel: int) -> tuple[float, float]:
        """Where a value stands."""
        left, bottom, _, _ = self.box(panel)
        (low, high), (least, most) = self.across, self.up
        return left + self.wide * (x - low) / (high - low), bottom + self.high * (y - least) / (most - least)

    def title(self, at: int, name: str, paint: str) -> None:
        """The name of a panel above it."""
        left, _, _, top = self.box(at)
        self.ax.text(left, top + 4, plain(name, int(self.wide / LETTER)), fontsize=TEXT, fontweight="bold", color=paint)

    def ticks(self, which: str) -> list[float]:
        """Round numbers between the ends."""
        from matplotlib.ticker import MaxNLocator

        low, high = self.across if which == "x" else self.up
        room = self.wide / 34 if which == "x" else self.high / 26
        found: Any = MaxNLocator(nbins=max(2, min(6, int(room))), steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        return [value for value in found.tolist() if low <= value <= high]

    def axis(self, which: str, words: Callable[[float], str], name: str) -> None:
        """Numbers along one side, with lines across every panel, and what they are."""
        for panel in range(self.count):
            left, bottom, right, top = self.box(panel)
            row, column = divmod(panel, self.columns)
            last = panel + self.columns >= self.count
            for value in self.ticks(which):
                x, y = self.at(value, self.up[0], panel) if which == "x" else self.at(self.across[0], value, panel)
                line = ([x, x], [bottom, top]) if which == "x" else ([left, right], [y, y])
                self.ax.plot(*line, color=GRID, linewidth=0.7, zorder=1)
                if which == "x" and last:
                    self.ax.text(x, bottom - 4, words(value), fontsize=SMALL, color=SOFT, ha="center", va="top")
                elif which == "y" and column == 0:
                    self.ax.text(
                        left - 4, y, words(value), fontsize=SMALL, color=SOFT, ha="right", va="center_baseline"
                    )
            if which == "x" and last:
                self.ax.text(right, bottom - 16, name, fontsize=SMALL, color=SOFT, ha="right", va="top")
            elif which == "y" and column == 0 and row == 0:
                self.name_up(name, top)

    def name_up(self, name: str, top: float) -> None:
        """What is measured upward, turned, beside the numbers."""
        middle = top - self.high / 2
        if width(name, SMALL) < 1.3 * self.high:
            self.ax.text(0, middle, name, fontsize=SMALL, color=SOFT, rotation=90, ha="left", va="center")


__all__ = ["WIDTH", "Panels", "columns_for"]
