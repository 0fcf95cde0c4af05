"""Cost against service: a mark a design with both intervals, and the frontier of those that no other beats in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simnet.metrics import Comparison, Estimate
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.room import FLATTER, dress, flatter
from simnet.report.charts.style import GRID, PAPER, SHAPES, SOFT, color, cut, plain, shape
from simnet.report.charts.tradeoff_names import Name, label
from simnet.report.charts.words import called
from simnet.report.numbers import Scale, clean, level, scale
from simnet.report.rows import SYSTEM, fills, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes

X = "cost.year"
LONGEST = 30
"""Letters of a name in the chart."""
MOST_LABELED = 12
"""Designs up to which each has its name; of more only those on the frontier."""


@dataclass(frozen=True)
class Dot:
    """One design."""

    name: str
    x: Estimate
    y: Estimate
    number: int
    beaten: str = ""
    """The cheapest of the designs that are at least as good in both and better in one, by their means; or none."""

    @property
    def efficient(self) -> bool:
        """Whether it is on the frontier."""
        return not self.beaten


def service(comparison: Comparison) -> str:
    """The fill that is shown: what is found in the network, where that is measured; else off the shelf, if any."""
    found = [comparison.level(name, SYSTEM) for name in comparison.designs if SYSTEM in comparison.kpis]
    if any(each is not None and each.mean is not None for each in found):
        return SYSTEM
    return fills(comparison)[0]


def dots(comparison: Comparison, x: str = X, y: str | None = None) -> list[Dot]:
    """The designs that have both figures, in their order."""
    y = y or service(comparison)
    found = []
    for number, name in enumerate(comparison.designs):
        across, up = comparison.level(name, x), comparison.level(name, y)
        if across is not None and up is not None and across.mean is not None and up.mean is not None:
            found.append(Dot(name, across, up, number))
    signs = [-1.0 if comparison.kpi(key).metric.better == "lower" else 1.0 for key in (x, y)]
    merits = {dot.name: (signs[0] * (dot.x.mean or 0.0), signs[1] * (dot.y.mean or 0.0)) for dot in found}
    return [Dot(dot.name, dot.x, dot.y, dot.number, beaten(dot.name, merits)) for dot in found]


def beaten(name: str, merits: Mapping[str, tuple[float, float]]) -> str:
    """Who is at least as good in both and better in one: of several the best in the first figure; or nobody."""
    mine = merits[name]
    above = {each: other for each, other in merits.items()
             if other != mine and other[0] >= mine[0] and other[1] >= mine[1]}  # fmt: skip
    return max(above, key=lambda each: above[each]) if above else ""


def tradeoff(
    ax: Axes, comparison: Comparison, x: str = X, y: str | None = None, names: Mapping[str, str] | None = None
) -> Axes:
    """Draw one figure against another, and return the axes; `names` are shorter ones of the designs."""
    y = y or service(comparison)
    found = dots(comparison, x, y)
    if not found:
        return ax
    flatter(ax, FLATTER)
    ways = [common_scale([dot.x for dot in found]), common_scale([dot.y for dot in found])]
    line = sorted((dot for dot in found if dot.efficient), key=lambda dot: (dot.x.mean or 0.0, dot.y.mean or 0.0))
    ax.plot(*zip(*(at(dot, ways) for dot in line), strict=True), color=SOFT, linewidth=1.2, linestyle=(0, (4, 2)),
            zorder=2)  # fmt: skip
    own = len(comparison.designs) <= len(SHAPES)
    for dot in found:
        mark(ax, dot, ways, own)
    dress(ax)
    ax.locator_params(nbins=6)
    ax.grid(True, axis="y", color=GRID, linewidth=0.8)
    for set_label, key, way in ((ax.set_xlabel, x, ways[0]), (ax.set_ylabel, y, ways[1])):
        set_label(f"{plain(title(comparison, key))}, {plain(way.unit)}".rstrip(", "), color=SOFT)
    empty = -1 if comparison.kpi(x).metric.better == "lower" else 1
    shown = [dot for dot in found if dot.efficient or len(found) <= MOST_LABELED]
    known = names or {}
    names_of = {dot.name: Name(at(dot, ways), halves(dot, ways), cut(known.get(dot.name, dot.name), LONGEST),
                               dot.efficient) for dot in found}  # fmt: skip
    label(ax, [names_of[dot.name] for dot in shown], list(names_of.values()), empty)
    return ax


def mark(ax: Axes, dot: Dot, ways: list[Scale], own: bool) -> None:
    """A design with its intervals: full where it is on the frontier, hollow where another beats it in both."""
    across, up = at(dot, ways)
    half = halves(dot, ways)
    paint = color(dot.number) if own else (color(0) if dot.efficient else SOFT)
    ax.errorbar(
        across, up, xerr=half[0], yerr=half[1], fmt=shape(dot.number) if own else "o", color=paint, elinewidth=1.1,
        markersize=7 if dot.efficient else 6, markeredgecolor=PAPER if dot.efficient else paint,
        markerfacecolor=paint if dot.efficient else PAPER, markeredgewidth=0.8 if dot.efficient else 1.3, zorder=5,
    )  # fmt: skip


def halves(dot: Dot, ways: list[Scale]) -> tuple[float, float]:
    """Half of its intervals."""
    return (dot.x.half_width or 0.0) * ways[0].factor, (dot.y.half_width or 0.0) * ways[1].factor


def common_scale(found: list[Estimate]) -> Scale:
    """The scale of an axis: that of its largest value."""
    return scale(found[0].unit, max(abs(each.mean or 0.0) for each in found))


def at(dot: Dot, ways: list[Scale]) -> tuple[float, float]:
    """Where a dot stands."""
    return (dot.x.mean or 0.0) * ways[0].factor, (dot.y.mean or 0.0) * ways[1].factor


def numbers(comparison: Comparison) -> Numbers:
    """Both figures with intervals, and who is on the frontier or beaten by whom."""
    found = {dot.name: dot for dot in dots(comparison)}
    known = [found.get(name) for name in comparison.designs]
    rows = [
        [title(comparison, X), *(str(level(dot.x if dot else None)) for dot in known)],
        [title(comparison, service(comparison)), *(str(level(dot.y if dot else None)) for dot in known)],
        ["on the frontier", *("yes" if dot and dot.efficient else "" for dot in known)],
        ["beaten in both by", *(clean(dot.beaten) if dot else "" for dot in known)],
    ]
    return ["", *map(clean, comparison.designs)], rows


def finding(comparison: Comparison) -> str:
    """Who is on the frontier, from the cheapest, and who is beaten."""
    found = sorted(dots(comparison), key=lambda dot: dot.x.mean or 0.0)
    line = [f"{called(dot.name)} ({level(dot.x).value}, {level(dot.y).value})" for dot in found if dot.efficient]
    off = [f"{called(dot.name)} by {called(dot.beaten)}" for dot in found if not dot.efficient]
    text = f"On the frontier of cost and fill: {', '.join(line[:8])}"
    return f"{text}; beaten in both: {', '.join(off[:8])}." if off else f"{text}; none is beaten in both."


TRADEOFF = Chart(
    "tradeoff",
    "What service costs",
    "Every design by cost and fill, with 95 % intervals; the dashed line joins those that no other beats in both, "
    "hollow marks are beaten.",
    tradeoff,
    numbers,
    lambda comparison: 3.6,
    shown=lambda comparison: len(dots(comparison)) > 1 and any(dot.x.mean for dot in dots(comparison)),
    section="tradeoff",
    finding=finding,
)
