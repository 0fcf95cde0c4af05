"""Figures month by month: a line a design, the mean over replications, in the band of its 95 % interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from simnet.metrics import Comparison, DesignResult, Estimate
from simnet.metrics.intervals import estimate
from simnet.metrics.monthly import MonthView
from simnet.metrics.monthly import months as measured
from simnet.report.charts.chart import Numbers
from simnet.report.charts.room import BESIDE_NAMES, End, dress, ends, fitted, legend, width_of
from simnet.report.charts.style import PAPER, color, plain, shape
from simnet.report.charts.words import called
from simnet.report.numbers import clean, level, scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Figure = Callable[[MonthView], float | None]
"""What is shown of a month."""
MOST_NAMED = 12
"""Designs up to which lines have their names at their ends."""
LONGEST = 20
MONTH, BESIDE_NUMBERS = 52.0, 60.0
"""Points that the name of a month takes, and beside the axes of a chart without names at its ends."""
STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 60)
"""Letters of such a name."""


def series(result: DesignResult, figure: Figure, unit: str) -> dict[str, Estimate]:
    """The measured months, without the warm-up, and the figure over the replications."""
    months = measured(result.outline)
    kept: list[dict[str, object]] = [{} for _ in result.sums]
    values = [
        [figure(MonthView(sums, result.outline, index, None, seen)) for index, _ in months]  # type: ignore[arg-type]
        for sums, seen in zip(result.sums, kept, strict=True)
    ]
    each = zip(*values, strict=True)
    return {name: estimate(row, unit) for (_, name), row in zip(months, each, strict=True)}


def every(comparison: Comparison, figure: Figure, unit: str) -> list[dict[str, Estimate]]:
    """The series of each design."""
    return [series(result, figure, unit) for result in comparison.results]


def lines(ax: Axes, comparison: Comparison, found: Sequence[dict[str, Estimate]], factor: float = 1.0) -> None:
    """A line a design in its band; names at the ends come with `finished`."""
    labels: list[str] = max((list(each) for each in found), key=len)
    at = {month: place for place, month in enumerate(labels)}
    for number, each in enumerate(found):
        known = [(at[month], level) for month, level in each.items() if level.mean is not None]
        x = [place for place, _ in known]
        y = [factor * (level.mean or 0.0) for _, level in known]
        half = [factor * (level.half_width or 0.0) for _, level in known]
        band(ax, x, y, half, color(number), 0.16 if len(found) < 3 else 0.1)
        name, mark = plain(comparison.designs[number], LONGEST), shape(number) if len(x) < 3 else ""
        ax.plot(x, y, color=color(number), linewidth=1.7, marker=mark, markersize=5.5, markeredgecolor=PAPER,
                markeredgewidth=0.7, label=name)  # fmt: skip
    beside = BESIDE_NAMES if len(found) > 1 else BESIDE_NUMBERS
    fitted(ax, lambda ax: label_months(ax, labels, beside))
    ax.margins(x=0.03)
    ax.tick_params(axis="x", pad=6)
    dress(ax, "y")


def label_months(ax: Axes, labels: Sequence[str], beside: float) -> None:
    """As many months as there is room for, in steps that make up years where that can be."""
    most = max(2, int((width_of(ax) - beside) // MONTH))
    step = next((each for each in STEPS if len(labels) <= each * most), -(-len(labels) // most))
    ax.set_xticks(range(0, len(labels), step), labels[::step])


def band(ax: Axes, x: Sequence[float], y: Sequence[float], half: Sequence[float], paint: str, alpha: float) -> None:
    """The interval around a line, not below nothing."""
    if any(half):
        low = [max(0.0, middle - each) for middle, each in zip(y, half, strict=True)]
        high = [middle + each for middle, each in zip(y, half, strict=True)]
        ax.fill_between(x, low, high, color=paint, alpha=alpha, linewidth=0, zorder=1)


def named(ax: Axes, comparison: Comparison) -> None:
    """Names at the ends of the lines; limits of the axes must be set. One design needs none."""
    count = len(comparison.designs)
    if count > MOST_NAMED:
        legend(ax, count)
    elif count > 1:
        found = [(number, np.asarray(line.get_xydata()), str(line.get_label())) for number, line in enumerate(ax.lines)]
        ends(ax, [End(float(at[-1, 0]), float(at[-1, 1]), name, number) for number, at, name in found if len(at)])


def table(found: Sequence[dict[str, Estimate]], designs: Sequence[str]) -> Numbers:
    """The numbers of such a chart: a row a month."""
    months = {month: None for each in found for month in each}
    rows = [[month, *(str(level(each.get(month))) for each in found)] for month in months]
    return ["", *map(clean, designs)], rows


def course(found: Sequence[dict[str, Estimate]], designs: Sequence[str], what: str) -> str:
    """A sentence: from where to where each figure went, of the first design and of the highest at the end."""
    told = []
    for name, each in zip(designs, found, strict=True):
        known = [(month, level.mean) for month, level in each.items() if level.mean is not None]
        if known:
            unit = next(iter(each.values())).unit
            how = scale(unit, max(abs(value) for _, value in known))
            word = how.unit or unit
            first, last = (f"{how.number(value)} {word}" for _, value in (known[0], known[-1]))
            low, high = (f"{how.number(pick(v for _, v in known))} {word}" for pick in (min, max))
            told.append((called(name), known, first, last, low, high))
    if not told:
        return ""
    name, known, first, last, low, high = told[0]
    text = f"{what} of {name} goes from {first} in {known[0][0]} to {last} in {known[-1][0]}, between {low} and {high}"
    others = ", ".join(f"{each[3]} in {each[0]}" for each in told[1:7])
    return f"{text}; the others end at {others}." if others else f"{text}."
