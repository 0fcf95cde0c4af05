"""Whether the warm-up is long enough: stock and fill of every month from the very start, and what MSER says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

from simnet.metrics import Comparison, DesignResult, Estimate
from simnet.metrics.intervals import estimate
from simnet.metrics.monthly import MonthView
from simnet.metrics.warmup import mser
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.months import STEPS, band
from simnet.report.charts.room import dress, fitted, legend, width_of
from simnet.report.charts.style import GRID, INK, PAPER, SMALL, SOFT, TEXT, color, plain
from simnet.report.charts.words import called
from simnet.report.known import shelfless
from simnet.report.numbers import clean, level, scale, tick
from simnet.report.page import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HIGH = 1.15
"""Inches of each of both series."""
MONTH = 48.0
"""Points that the name of a month takes."""
MOST_TOLD = 6
"""Designs in a sentence."""
SMALL_MOVE = 0.01
"""Share of the mean that does not matter."""
KINDS = ("enough", "few", "drifts", "short")
"""Verdicts, the worst last."""


@dataclass(frozen=True)
class Series:
    """A figure of every month, warm-up and all."""

    name: str
    months: tuple[Estimate, ...]

    @property
    def means(self) -> list[float]:
        """The months that have a value."""
        return [each.mean for each in self.months if each.mean is not None]


def on_hand(month: MonthView) -> float:
    """Mean pieces on hand over the month."""
    return month.mean("on_hand_change", "on_hand_minutes")


def filled(month: MonthView) -> float | None:
    """Line fill of the lines asked in the month."""
    lines = month.total("lines")
    return month.total("filled_lines") / lines if lines else None


Figure = tuple[str, str, Callable[[MonthView], float | None]]
"""Its name, its unit and how it is told of a month."""

FIGURES: tuple[Figure, ...] = (
    ("pieces on hand", "pieces", on_hand), ("lines filled at once", "share", filled),
)  # fmt: skip


def figures(comparison: Comparison) -> tuple[Figure, ...]:
    """What is drawn and judged; fill only where customers find a shelf."""
    return FIGURES[:1] if shelfless(comparison) else FIGURES


def series(result: DesignResult, chosen: Sequence[Figure] = FIGURES) -> list[Series]:
    """The figures of a design, over the replications."""
    found = []
    for name, unit, figure in chosen:
        kept: list[dict[str, Any]] = [{} for _ in result.sums]
        months = tuple(
            estimate([figure(MonthView(sums, result.outline, index, None, seen))
                      for sums, seen in zip(result.sums, kept, strict=True)], unit)
            for index in range(result.outline.months)
        )  # fmt: skip
        found.append(Series(name, months))
    return found


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


@dataclass(frozen=True)
class Verdict:
    """What the rule says of a series: leave out as many months as MSER says; if they are more than the warm-up has,
    see by how much that moves the mean of the measured months."""

    name: str
    kind: str
    """One of KINDS."""
    dropped: int = 0
    moved: float = 0.0
    """Share of the mean."""


def verdict(found: Series, warm: int) -> Verdict:
    """Whether the warm-up of so many months is long enough for a series."""
    told = mser(found.means, batch=1) if len(found.means) == len(found.months) else None
    if told is None:
        return Verdict(found.name, "few")
    if not told.settled:
        return Verdict(found.name, "drifts")
    if told.dropped <= warm:
        return Verdict(found.name, "enough", told.dropped)
    mean, later = fmean(found.means[warm:]), fmean(found.means[told.dropped :])
    moved = abs(later / mean - 1) if mean else 0.0
    return Verdict(found.name, "short" if moved >= SMALL_MOVE else "enough", told.dropped, moved)


def judged(result: DesignResult, chosen: Sequence[Figure] = FIGURES) -> Verdict:
    """The worst of the series."""
    warm = result.outline.first_month
    found = [verdict(each, warm) for each in series(result, chosen)]
    return max(found, key=lambda each: (KINDS.index(each.kind), each.dropped))


def words(found: Verdict, warm: int) -> str:
    """A verdict as the rest of a sentence that begins with the warm-up."""
    if found.kind == "few":
        return "cannot be judged: there are too few months, or months in which nobody asked"
    if found.kind == "drifts":
        return f"cannot be judged: {found.name} have not settled by the middle of the run"
    longer = found.dropped > warm
    moved = f"leaving out more months moves the mean of {found.name} by {100 * found.moved:.1f} %: " if longer else ""
    long = f"MSER leaves out {count(found.dropped, 'month')}{'' if longer else f' of {found.name}'}"
    return f"{'too short' if found.kind == 'short' else 'long enough'}: {moved}{long}, the warm-up has {warm}"


def busy(comparison: Comparison) -> bool:
    """Whether there was any stock, or anybody asked."""
    return any(value for result in comparison.results for found in series(result) for value in found.means)


def finding(comparison: Comparison) -> str:
    """Whether the warm-up looks long enough, by a stated rule."""
    worst: dict[str, Verdict] = {}
    names: dict[str, list[str]] = {}
    chosen = figures(comparison)
    for result in comparison.results:
        found = judged(result, chosen)
        names.setdefault(found.kind, []).append(called(result.name))
        if found.kind not in worst or found.dropped > worst[found.kind].dropped:
            worst[found.kind] = found
    told = []
    for kind in sorted(worst, key=KINDS.index, reverse=True):
        more = " and others" if len(names[kind]) > MOST_TOLD else ""
        where = f" in {', '.join(names[kind][:MOST_TOLD])}{more}" if len(comparison.designs) > 1 else ""
        told.append(f"The warm-up{where} {'looks ' if kind in ('enough', 'short') else ''}"
                    f"{words(worst[kind], comparison.results[0].outline.first_month)}.")  # fmt: skip
    once = ["One replication: no band."] if comparison.replications < 2 else []
    return " ".join([*told, *once])


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
    "mean moves by less than 1 %.",
    draw,
    numbers,
    lambda comparison: len(figures(comparison)) * HIGH + 0.7,
    shown=busy,
    section="trust",
    finding=finding,
)
