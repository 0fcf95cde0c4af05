"""Each dealer's fill against the turns of its stock: who serves well with little, and who does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.metrics import Comparison, DesignResult
from simnet.metrics.fill import line_fill
from simnet.metrics.intervals import estimate
from simnet.metrics.stock import turns
from simnet.metrics.view import View
from simnet.report.charts.cells import cell_of, gathered
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.labels import Mark, labels
from simnet.report.charts.panels import Panels, columns_for
from simnet.report.charts.remembered import remembered
from simnet.report.charts.room import FLATTER, fitted, flatter
from simnet.report.charts.style import INK, PAPER, SMALL, SOFT, color, cut, plain
from simnet.report.charts.words import called
from simnet.report.numbers import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_DESIGNS = 6
"""Designs that have a panel."""
MOST_NAMED, FAR = 4, 3.5
"""Outliers that are named, and how many robust standard deviations from the median make one."""
MANY, CELL = 250, 4.0
"""Dots of a panel above which those near each other are one, and points within which they are."""
ROBUST = 1.4826
"""Standard deviations a median absolute deviation, of normal values."""
MOST_ROWS = 60
HIGH = 165.0
"""Points of a panel."""


@dataclass(frozen=True)
class Dealer:
    """A site that customers ask."""

    name: str
    fill: float
    turns: float
    lines: float


@dataclass(frozen=True)
class Dealers:
    """Those of one design that have stock and customers."""

    design: str
    number: int
    found: tuple[Dealer, ...]
    without: int
    """Sites that customers ask and that hold no stock: they have no turns."""

    @property
    def middle(self) -> tuple[float, float]:
        """Median turns and fill."""
        return median(each.turns for each in self.found), median(each.fill for each in self.found)


@remembered
def dealers_of(comparison: Comparison) -> list[Dealers]:
    """The dealers of each design that has any."""
    found = [dealers(result, number) for number, result in enumerate(comparison.results[:MOST_DESIGNS])]
    return [each for each in found if each.found]


def dealers(result: DesignResult, number: int) -> Dealers:
    """The sites that customers ask, with their fill and turns: means over replications."""
    found, without = [], 0
    for site, name in enumerate(result.outline.site_names):
        views = [View(sums, result.outline, np.array([site])) for sums in result.sums]
        lines = sum(view.asked("lines") for view in views) / max(len(views), 1)
        if not lines:
            continue
        fill = estimate([line_fill(view) for view in views], "share").mean
        turned = estimate([turns(view) for view in views], "1/y").mean
        if fill is None or turned is None:
            without += 1
        else:
            found.append(Dealer(name, fill, turned, lines))
    return Dealers(result.name, number, tuple(found), without)


def outliers(found: Sequence[Dealer]) -> list[Dealer]:
    """Dealers far from the median in fill or in turns, the furthest first; robust: by the median absolute deviation."""
    if len(found) < 5:
        return []
    off = np.zeros(len(found))
    for values in (np.array([each.fill for each in found]), np.log([max(each.turns, 1e-9) for each in found])):
        away = np.abs(values - np.median(values))
        spread = ROBUST * float(np.median(away))
        off = np.maximum(off, away / spread if spread > 0 else np.zeros(len(found)))
    order = sorted(range(len(found)), key=lambda at: (-off[at], found[at].name))
    return [found[at] for at in order if off[at] > FAR]


def draw(ax: Axes, comparison: Comparison) -> Axes:
    """A panel a design, all on the same axes."""
    shown = dealers_of(comparison)
    if shown:
        flatter(ax, FLATTER)
        fitted(ax, lambda ax: paint(ax, shown, len(comparison.designs) > 1))
    return ax


def paint(ax: Axes, shown: Sequence[Dealers], several: bool) -> None:
    """Everything, in the room there is."""
    every = [each for one in shown for each in one.found]
    fills, turned = [each.fill for each in every], [each.turns for each in every]
    across, up = reach(turned, least=0.0), reach(fills, least=0.0, most=1.0)
    panels = Panels(ax, len(shown), columns_for(len(shown)), across, up)
    panels.axis("x", lambda value: f"{value:.3g}", "turns a year")
    panels.axis("y", lambda value: f"{100 * value:.3g} %", "lines filled at once")
    for at, one in enumerate(shown):
        if several:
            panels.title(at, one.design, color(one.number))
        if at:
            cross(panels, at, shown[0].middle, SOFT, 0.5)
        cross(panels, at, one.middle, color(one.number), 0.9)
        dots(panels, at, one)


def reach(values: Sequence[float], least: float, most: float = float("inf")) -> tuple[float, float]:
    """The ends of an axis: a bit beyond the values."""
    low, high = min(values), max(values)
    room = 0.08 * (high - low) or 0.05 * abs(high) or 0.05
    return max(least, low - room), min(most + room, high + room)


def cross(panels: Panels, at: int, middle: tuple[float, float], paint: str, alpha: float) -> None:
    """The lines of both medians."""
    x, y = panels.at(middle[0], middle[1], at)
    box = panels.box(at)
    for line in (([x, x], [box[1], box[3]]), ([box[0], box[2]], [y, y])):
        panels.ax.plot(*line, color=paint, linewidth=0.9, linestyle=(0, (3, 2)), alpha=alpha, zorder=2)


def dots(panels: Panels, at: int, one: Dealers) -> None:
    """A dot a dealer, those far from the rest with their names; of very many those near each other are one."""
    points = np.array([panels.at(each.turns, each.fill, at) for each in one.found])
    sizes: Any = np.ones(len(points))
    named = outliers(one.found)[:MOST_NAMED]
    shown = points
    if len(points) > MANY:
        number = cell_of(points, CELL)
        shown, sizes = gathered(points, number), np.bincount(number)
    for size in sorted(set(steps(sizes))):
        here = shown[steps(sizes) == size]
        panels.ax.plot(here[:, 0], here[:, 1], linestyle="", marker="o", markersize=size, alpha=0.8, zorder=3,
                       markerfacecolor=color(one.number), markeredgecolor=PAPER, markeredgewidth=0.4)  # fmt: skip
    places = {each.name: point for each, point in zip(one.found, points.tolist(), strict=True)}
    marks = [Mark(places[each.name][0], places[each.name][1], 2.5, cut(each.name, 18), True) for each in named]
    others = [(x - 2, y - 2, x + 2, y + 2) for x, y in shown[:MANY].tolist()]
    for label in labels(marks, panels.box(at), SMALL - 0.5, others if len(others) < 100 else ()):
        if label.line is not None:
            x, y, end, top = label.line
            panels.ax.plot([x, end], [y, top], color=INK, linewidth=0.5, zorder=2.5)
        panels.ax.text(label.x, label.y, plain(label.name), fontsize=SMALL - 0.5, color=INK, va="center_baseline",
                       zorder=5)  # fmt: skip


def steps(counts: Any) -> Any:
    """The size of a dot for so many dealers, in a few steps."""
    return np.choose(np.searchsorted([2, 5, 12], counts, side="right"), [4.6, 6.0, 7.4, 9.0])


def height(comparison: Comparison) -> float:
    """Inches of all panels."""
    return Panels.inches(len(dealers_of(comparison)), columns_for(len(dealers_of(comparison))), HIGH)


def spread(one: Dealers) -> str:
    """Medians of a design's dealers; of a few, the least and the most."""
    if len(one.found) >= 5:
        turned, fill = one.middle
        half = f"half of {len(one.found):,} dealers fill {100 * fill:.1f} % or more"
        return f"{half}, and turn {turned:.3g} times a year or more"
    fills, turned_ = sorted(each.fill for each in one.found), sorted(each.turns for each in one.found)
    filled = " to ".join(dict.fromkeys(f"{100 * fill:.1f} %" for fill in (fills[0], fills[-1])))
    times = " to ".join(dict.fromkeys(f"{turned:.3g}" for turned in (turned_[0], turned_[-1])))
    dealers = "the dealer fills" if len(one.found) == 1 else f"the {len(one.found)} dealers fill"
    return f"{dealers} {filled} and turn{'s' if len(one.found) == 1 else ''} {times} times a year"


def finding(comparison: Comparison) -> str:
    """Medians of each design, and who stands out in the first."""
    told = []
    shown = dealers_of(comparison)
    for one in shown:
        told.append(f"{called(one.design)}: {spread(one)}.")
    far = outliers(shown[0].found)
    if far:
        names = ", ".join(called(each.name) for each in far[:MOST_NAMED])
        told.append(
            f"Far from the others: {names}" + (f" and {len(far) - MOST_NAMED} more." if len(far) > MOST_NAMED else ".")
        )
    if shown[0].without:
        told.append(f"Without stock, so without turns: {shown[0].without:,}.")
    return " ".join(told)


def numbers(comparison: Comparison) -> Numbers:
    """Medians, then the dealers: those far from the others first, then those asked most."""
    shown = dealers_of(comparison)
    known = [{each.name: each for each in one.found} for one in shown]
    first = [*outliers(shown[0].found), *sorted(shown[0].found, key=lambda each: (-each.lines, each.name))]
    names = [*dict.fromkeys(each.name for each in first), *dict.fromkeys(name for one in known for name in one)]
    names = list(dict.fromkeys(names))
    rows = [["median", *(cell for one in shown for cell in cells(*one.middle))]]
    for name in names[:MOST_ROWS]:
        found = [one.get(name) for one in known]
        rows.append(
            [clean(name), *(cell for each in found for cell in (cells(each.turns, each.fill) if each else ["", ""]))]
        )
    if len(names) > MOST_ROWS:
        rows.append([f"and {len(names) - MOST_ROWS:,} more", *("" for _ in shown for _ in range(2))])
    return ["", *(f"{word}, {clean(one.design)}" for one in shown for word in ("turns", "fill"))], rows


def cells(turned: float, fill: float) -> list[str]:
    """Turns and fill in words."""
    return [f"{turned:.2f}", f"{100 * fill:.1f} %"]


DEALERS = Chart(
    "dealers",
    "Dealers: fill and turns",
    "A dot a dealer: lines filled at once, by its customers, against the turns of its stock at cost. Dashed: the "
    "medians; in gray those of the first design. Named: far from the median (3.5 robust standard deviations).",
    draw,
    numbers,
    height,
    shown=lambda comparison: bool(dealers_of(comparison)),
    section="service",
    finding=finding,
)
