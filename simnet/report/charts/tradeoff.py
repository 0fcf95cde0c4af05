"""Cost against service: a dot a design with both intervals, and the line of those that no other beats in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simnet.errors import clean
from simnet.metrics import Comparison, Estimate
from simnet.report.charts.chart import GRID, INK, PAPER, SOFT, Chart, Numbers, color, dress, plain
from simnet.report.numbers import Scale, level, scale
from simnet.report.rows import SHELF, SYSTEM, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes

X = "cost.year"
LETTER, LINE = 0.0145, 0.052
"""Width of a letter and height of a line, as shares of the axes."""
LONGEST = 30
"""Letters of a name in the chart."""
MOST_LABELED = 12
"""Designs up to which each has its name; of more only those on the line."""


@dataclass(frozen=True)
class Dot:
    """One design."""

    name: str
    x: Estimate
    y: Estimate
    efficient: bool = False
    """Whether no other is as good in both and better in one, by their means."""


def service(comparison: Comparison) -> str:
    """The fill that is shown: what is found in the network, where that is measured; else off the shelf."""
    found = [comparison.level(name, SYSTEM) for name in comparison.designs if SYSTEM in comparison.kpis]
    return SYSTEM if any(each is not None and each.mean is not None for each in found) else SHELF


def dots(comparison: Comparison, x: str = X, y: str | None = None) -> list[Dot]:
    """The designs that have both figures, in their order."""
    y = y or service(comparison)
    found = []
    for name in comparison.designs:
        across, up = comparison.level(name, x), comparison.level(name, y)
        if across is not None and up is not None and across.mean is not None and up.mean is not None:
            found.append(Dot(name, across, up))
    signs = [-1.0 if comparison.kpi(key).metric.better == "lower" else 1.0 for key in (x, y)]
    merits = [(signs[0] * (dot.x.mean or 0.0), signs[1] * (dot.y.mean or 0.0)) for dot in found]
    return [Dot(dot.name, dot.x, dot.y, efficient(merit, merits)) for dot, merit in zip(found, merits, strict=True)]


def efficient(merit: tuple[float, float], merits: list[tuple[float, float]]) -> bool:
    """Whether nothing is at least as good in both and better in one."""
    return not any(other != merit and other[0] >= merit[0] and other[1] >= merit[1] for other in merits)


def tradeoff(
    ax: Axes, comparison: Comparison, x: str = X, y: str | None = None, names: Mapping[str, str] | None = None
) -> Axes:
    """Draw one figure against another, and return the axes; `names` are shorter ones of the designs."""
    y = y or service(comparison)
    found = dots(comparison, x, y)
    if not found:
        return ax
    ways = [common_scale([dot.x for dot in found]), common_scale([dot.y for dot in found])]
    line = sorted((dot for dot in found if dot.efficient), key=lambda dot: (dot.x.mean or 0.0, dot.y.mean or 0.0))
    ax.plot(*zip(*(at(dot, ways) for dot in line), strict=True), color=color(0), linewidth=1.4, zorder=2)
    for dot in found:
        across, up = at(dot, ways)
        half = [(each.half_width or 0.0) * way.factor for each, way in zip((dot.x, dot.y), ways, strict=True)]
        ax.errorbar(
            across, up, xerr=half[0], yerr=half[1], fmt="o", color=color(0) if dot.efficient else SOFT, elinewidth=1.1,
            markersize=7 if dot.efficient else 5.5, markeredgecolor=PAPER, markeredgewidth=0.8, zorder=5,
        )  # fmt: skip
    dress(ax)
    ax.grid(True, axis="y", color=GRID, linewidth=0.8)
    for set_label, key, way in ((ax.set_xlabel, x, ways[0]), (ax.set_ylabel, y, ways[1])):
        set_label(f"{plain(title(comparison, key))}, {plain(way.unit)}".rstrip(", "), color=SOFT)
    empty = -1 if comparison.kpi(x).metric.better == "lower" else 1
    shown = [dot for dot in found if dot.efficient or len(found) <= MOST_LABELED]
    known = names or {}
    label(ax, [(at(dot, ways), clean(known.get(dot.name, dot.name), LONGEST), dot.efficient) for dot in shown], empty)
    return ax


def common_scale(found: list[Estimate]) -> Scale:
    """The scale of an axis: that of its largest value."""
    return scale(found[0].unit, max(abs(each.mean or 0.0) for each in found))


def at(dot: Dot, ways: list[Scale]) -> tuple[float, float]:
    """Where a dot stands."""
    return (dot.x.mean or 0.0) * ways[0].factor, (dot.y.mean or 0.0) * ways[1].factor


def label(ax: Axes, chosen: list[tuple[tuple[float, float], str, bool]], empty: int) -> None:
    """Names beside their dots: of those on the line on the side where no dot can be, of the others across from it."""
    low, high = ax.get_ylim()
    left, right = widened(ax, chosen, empty)
    taken: list[tuple[float, float, float]] = []
    for (across, up), name, on_line in sorted(chosen, key=lambda each: -each[0][1]):
        side = empty if on_line else -empty
        start, end = sorted((across, across + side * share(name) * (right - left)))
        place = up + (0.035 if on_line else -0.035) * (high - low)
        while any(abs(place - other) < LINE * (high - low) and start < last and first < end
                  for first, last, other in taken):  # fmt: skip
            place -= 0.01 * (high - low)
        taken.append((start, end, place))
        ax.annotate(
            plain(name), (across, up), (across + side * LETTER * (right - left), place), fontsize=8, zorder=4,
            ha="left" if side > 0 else "right", va="center", color=INK if on_line else SOFT,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.4},
        )  # fmt: skip
    lowest = min((place for _, _, place in taken), default=low)
    ax.set_ylim(min(low, lowest - LINE * (high - low)), high + LINE * (high - low))


def widened(ax: Axes, chosen: list[tuple[tuple[float, float], str, bool]], empty: int) -> tuple[float, float]:
    """The axis made wide enough for the names; ticks stay where dots are."""
    left, right = first, last = ax.get_xlim()
    for _ in range(8):  # names take a share of an axis that grows with them
        for (across, _), name, on_line in chosen:
            width = share(name) * (last - first)
            if (empty if on_line else -empty) < 0:
                first = min(first, across - width)
            else:
                last = max(last, across + width)
    ax.set_xticks([tick for tick in ax.get_xticks() if left <= tick <= right])
    ax.set_xlim(first, last)
    return first, last


def share(name: str) -> float:
    """The share of the axis that a name takes."""
    return min(LETTER * (len(name) + 3), 0.45)


def numbers(comparison: Comparison) -> Numbers:
    """Both figures with intervals, and who is on the line."""
    found = {dot.name: dot for dot in dots(comparison)}
    known = [found.get(name) for name in comparison.designs]
    rows = [
        [title(comparison, X), *(str(level(dot.x if dot else None)) for dot in known)],
        [title(comparison, service(comparison)), *(str(level(dot.y if dot else None)) for dot in known)],
        ["on the line", *("yes" if dot and dot.efficient else "" for dot in known)],
    ]
    return ["", *map(clean, comparison.designs)], rows


TRADEOFF = Chart(
    "tradeoff",
    "What service costs",
    "Every design by cost and fill, with 95 % intervals; the line joins those that no other beats in both.",
    tradeoff,
    numbers,
    lambda comparison: 3.6,
    shown=lambda comparison: len(comparison.designs) > 1 and len(dots(comparison)) > 1,
    section="tradeoff",
)
