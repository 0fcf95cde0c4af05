"""Wait as a survival curve: the share of customers' lines that still wait so long after they were asked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.metrics import Comparison, DesignResult
from simnet.metrics.intervals import Estimate, estimate
from simnet.metrics.view import whole
from simnet.metrics.wait import waits
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.fill import asked
from simnet.report.charts.months import band
from simnet.report.charts.room import above, dress, legend
from simnet.report.charts.style import PAPER, color, plain, shape
from simnet.report.charts.words import called
from simnet.report.numbers import clean, level
from simnet.units import DAY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EVEN = 1 / 6
"""Days up to which the scale is nearly even; beyond them it is logarithmic."""
TICKS = (
    (0, "0"), (1 / 24, "1 h"), (1 / 6, "4 h"), (0.5, "12 h"), (1, "1 d"), (3, "3 d"), (7, "7 d"), (14, "14 d"),
    (30, "30 d"), (90, "90 d"), (180, "180 d"), (365, "1 y"), (730, "2 y"), (1825, "5 y"),
)  # fmt: skip
TOLD = ((0, "at once"), (1 / 24, "1 h"), (1 / 6, "4 h"), (1, "1 d"), (2, "2 d"), (3, "3 d"), (7, "7 d"), (14, "14 d"),
        (30, "30 d"), (90, "90 d"))  # fmt: skip
"""Of the table."""
POINTS = 70
"""Of a curve."""
REST = 0.002
"""Share of lines at which the axis ends."""


def scaled(days: float) -> float:
    """Where a wait stands on the axis: hours keep room beside weeks."""
    return math.log1p(days / EVEN)


def waiting(result: DesignResult, days: Sequence[float]) -> list[Estimate]:
    """Share of the lines that were not lost which still wait after so many days, over the replications."""
    rows: list[list[float | None]] = []
    for sums in result.sums:
        found = waits(whole(sums, result.outline))
        if found is None:
            rows.append([None] * len(days))
            continue
        late = int(found.late.sum())
        of = found.at_once + late
        rows.append([(late - found.by(round(DAY * each))) / of for each in days])
    return [estimate(values, "share") for values in zip(*rows, strict=True)]


def last(comparison: Comparison) -> float:
    """Days after which hardly a line of any design waits."""
    grid = np.geomspace(1 / 24, 3650, 120).tolist()
    most = 1.0
    for result in comparison.results:
        rest = [each.mean or 0.0 for each in waiting(result, grid)]
        most = max([most, *(days for days, share in zip(grid, rest, strict=True) if share > REST)])
    return most


def draw(ax: Axes, comparison: Comparison) -> None:
    """A curve a design in its band."""
    end = last(comparison)
    ticks = [(days, text) for days, text in TICKS if days <= end]
    grid = sorted({*(days for days, _ in ticks), *evenly(end)})
    x = [scaled(days) for days in grid]
    for number, result in enumerate(comparison.results):
        found = waiting(result, grid)
        if any(each.mean is None for each in found):
            continue
        y = [100 * (each.mean or 0.0) for each in found]
        half = [100 * (each.half_width or 0.0) for each in found]
        band(ax, x, y, half, color(number), 0.16)
        marks = list(range(4 + 4 * number % 13, len(grid), 13))  # not at one place where lines run together
        ax.plot(x, y, color=color(number), linewidth=1.7, marker=shape(number), markevery=marks, markersize=5,
                markeredgecolor=PAPER, markeredgewidth=0.7, label=plain(result.name, 26))  # fmt: skip
    dressed(ax, ticks, scaled(end))
    legend(ax, len(comparison.designs), least=2)


def evenly(end: float) -> list[float]:
    """Days that stand at even steps of the axis."""
    return [EVEN * math.expm1(at) for at in np.linspace(0, scaled(end), POINTS)]


def dressed(ax: Axes, ticks: Sequence[tuple[float, str]], end: float) -> None:
    """Time below, percent at the side."""
    shown: list[tuple[float, str]] = []
    for days, text in ticks:  # two that stand close together would run into each other
        if not shown or scaled(days) - shown[-1][0] > 0.075 * end:
            shown.append((scaled(days), text))
    ax.set_xticks([at for at, _ in shown], [text for _, text in shown])
    ax.set_xlim(-0.015 * end, end * 1.03)
    ax.set_ylim(0, min(100.0, max(1.08 * ax.get_ylim()[1], 1.0)))
    ax.locator_params(axis="y", nbins=5)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.3g} %")
    dress(ax, "y")


def numbers(comparison: Comparison) -> Numbers:
    """The share that waits on after some times, with its interval."""
    days = [each for each, _ in TOLD]
    columns: list[Any] = [waiting(result, days) for result in comparison.results]
    names = ["not at once", *(f"after {text}" for _, text in TOLD[1:])]
    rows = [[name, *(str(level(column[at])) for column in columns)] for at, name in enumerate(names)]
    return ["", *map(clean, comparison.designs)], rows


def finding(comparison: Comparison) -> str:
    """How many lines of the first design wait at all, over a day and over a week; over a day in the others."""
    told = []
    for result in comparison.results[:7]:
        some = waiting(result, [0, 1, 7])
        if some[0].mean is not None:
            told.append((called(result.name), *(level(each).value for each in some)))
    if not told:
        return ""
    name, at_all, day, week = told[0]
    text = f"In {name} {at_all} of lines wait, {day} longer than a day and {week} longer than a week"
    others = ", ".join(f"{each[2]} in {each[0]}" for each in told[1:])
    return f"{text}; longer than a day {others}." if others else f"{text}."


WAIT = Chart(
    "wait",
    "Lines still waiting",
    "Share of customers' lines that are not yet complete so long after asking; lost ones are left out, open ones "
    "count at their age so far; bands are 95 % intervals.",
    draw,
    numbers,
    lambda comparison: 2.5 + above(comparison.designs, 26),
    shown=asked,
    section="service",
    across="time since asking",
    up="lines still waiting",
    finding=finding,
)
