"""Whether the warm-up is long enough: stock and fill of every month from the very start, and what MSER says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.months import STEPS, band
from simnet.report.charts.room import dress, fitted, legend, width_of
from simnet.report.charts.style import GRID, INK, PAPER, SMALL, SOFT, TEXT, color, plain
from simnet.report.numbers import clean, level, scale, tick
from simnet.report.settled import Series, busy, figures, finding, series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HIGH = 1.15
"""Inches of each of both series."""
MONTH = 48.0
"""Points that the name of a month takes."""


def draw(ax: Axes, comparison: Comparison) -> Axes:
    """Stock above, fill below, a line a design in its band; the warm-up is shaded."""
    chosen = figures(comparison)
    every = [series(result, chosen) for result in comparison.results]
    outline, last = comparison.results[0].outline, len(chosen) - 1
    ax.axis("off")
    for at, (name, unit, _) in enumerate(chosen):
        part = ax.inset_axes((0.0, 0.55 * (last - at), 1.0, 0.45 if last else 1.0))
        for number, found in enumerate(every):
            line(part, found[at], color(number), plain(comparison.designs[number], 24), len(every))
        part.set_ylabel(name, fontsize=SMALL, color=SOFT)
        part.set_xlim(-0.6, outline.months - 0.4)
        dress(part, "y")
        ends(part, unit)
        warm(part, outline.first_month, words=at == 0)
        label(part, outline.month_labels, words=at == last)
        if not at:
            legend(part, len(every), least=2)
    return ax


def line(ax: Axes, found: Series, paint: str, name: str, designs: int) -> None:
    """One series in its band; months in which nothing was asked are left out."""
    known = [(at, each) for at, each in enumerate(found.months) if each.mean is not None]
    x, y = [float(at) for at, _ in known], [each.mean or 0.0 for _, each in known]
    half = [each.half_width or 0.0 for _, each in known]
    band(ax, x, y, half, paint, 0.16 if designs < 3 else 0.1)
    ax.plot(x, y, color=paint, linewidth=1.5, marker="o" if len(x) < 3 else "", markersize=4, label=name, zorder=3)


def ends(ax: Axes, unit: str) -> None:
    """The numbers upward: stock from nothing, fill up to everything."""
    low, high = ax.get_ylim()
    if unit == "share":
        low = max(0.0, low - 0.02)
        ax.set_ylim(low, min(1 + 0.04 * (1 - low), max(high, low + 0.05)))
        ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.3g} %" if value <= 1 else "")
    else:
        ax.set_ylim(0, 1.08 * high or 1.0)
        how = scale(unit, high)
        ax.yaxis.set_major_formatter(lambda value, _: tick(value, how))
    ax.locator_params(axis="y", nbins=4)


def warm(ax: Axes, first: int, words: bool) -> None:
    """The warm-up, shaded up to where measuring starts."""
    if not first:
        return
    ax.axvspan(-0.6, first - 0.5, color=GRID, alpha=0.45, linewidth=0, zorder=0)
    ax.axvline(first - 0.5, color=INK, linewidth=0.9, zorder=2)
    if words:
        ax.annotate("measured from here", (first - 0.5, 0.04), (4, 0), xycoords=("data", "axes fraction"),
                    textcoords="offset points", fontsize=SMALL, color=SOFT, va="bottom",
                    bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.4, "alpha": 0.8}, zorder=4)  # fmt: skip


def label(ax: Axes, labels: Sequence[str], words: bool) -> None:
    """As many months as there is room for, in steps that make up years where that can be."""

    def again(ax: Axes) -> None:
        most = max(2, int((width_of(ax) - 60) // MONTH))
        step = next((each for each in STEPS if len(labels) <= each * most), -(-len(labels) // most))
        at = range(0, len(labels), step)
        ax.set_xticks(at, [labels[each] for each in at] if words else [""] * len(at))

    fitted(ax, again)
    ax.tick_params(labelsize=TEXT - 0.5)


def numbers(comparison: Comparison) -> Numbers:
    """The figures of each month."""
    chosen = figures(comparison)
    every = [series(result, chosen) for result in comparison.results]
    outline = comparison.results[0].outline
    heads = [f"{name}, {clean(design)}" for name, _, _ in chosen for design in comparison.designs]
    rows = []
    for month in range(outline.months):
        name = outline.month_labels[month] + (" (warm-up)" if month < outline.first_month else "")
        cells = [found[at].months[month] if month < len(found[at].months) else None
                 for at in range(len(chosen)) for found in every]  # fmt: skip
        rows.append([name, *(str(level(each)) for each in cells)])
    return ["", *heads], rows


WARMUP = Chart(
    "warmup",
    "Is the warm-up long enough?",
    "Every month from the start, mean over replications with 95 % intervals. MSER (White 1997) leaves out the first "
    "months without which the mean is told best; the warm-up is long enough if it has as many, or if without them the "
    "mean moves by less than 1 %. Stock, fill and pieces owed that still differ between the first and the last years "
    "measured are named.",
    draw,
    numbers,
    lambda comparison: len(figures(comparison)) * HIGH + 0.7,
    shown=busy,
    section="trust",
    finding=finding,
)
