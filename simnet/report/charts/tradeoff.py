"""Cost against service: a mark a design with both intervals, and the frontier of those that no other beats.

A design is beaten by one that is better in one of both figures and not worse in the other, as the paired differences
under the same orders tell; with one replication, as the means do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simnet.metrics import Comparison, Estimate
from simnet.metrics.intervals import difference
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.remembered import remembered
from simnet.report.charts.room import FLATTER, dress, flatter
from simnet.report.charts.style import GRID, PAPER, SHAPES, SOFT, color, cut, plain, shape
from simnet.report.charts.tradeoff_names import Name, label
from simnet.report.charts.words import called
from simnet.report.numbers import Scale, clean, level, scale
from simnet.report.rows import fills, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes

X = "cost.year"
LONGEST = 30
"""Letters of a name in the chart."""
MOST_TOLD = 8
"""Designs of each kind that the sentence names."""
MOST_LABELED = 12
"""Designs up to which each has its name; of more only those on the frontier."""


@dataclass(frozen=True)
class Beaten:
    """The design that beats another, and what of both figures is not told apart."""

    by: str
    alike: str = ""
    """`x` or `y`; nothing where it is better in both."""


@dataclass(frozen=True)
class Dot:
    """One design."""

    name: str
    x: Estimate
    y: Estimate
    number: int
    beaten: Beaten | None = None
    """By whom; of several the one that is not beaten itself, better in both, cheapest."""

    @property
    def efficient(self) -> bool:
        """Whether it is on the frontier."""
        return not self.beaten


def service(comparison: Comparison) -> str:
    """The fill that is shown: the one by which designs are told apart most; of equals the one the answer leads with."""
    return max(fills(comparison), key=lambda key: beyond(comparison, key))


def beyond(comparison: Comparison, key: str) -> float:
    """How far a figure of any design is from the first one's, beyond its interval; less than nothing where it is known
    of none."""
    found = [comparison.difference(name, key) for name in comparison.designs[1:]]
    known = [abs(each.mean) - (each.half_width or 0.0) for each in found if each is not None and each.mean is not None]
    return max(0.0, *known) if known else -1.0


def dots(comparison: Comparison, x: str = X, y: str | None = None) -> list[Dot]:
    """The designs that have both figures, in their order."""
    known = y or service(comparison)
    return usual(comparison) if (x, known) == (X, service(comparison)) else found_by(comparison, x, known)


@remembered
def usual(comparison: Comparison) -> list[Dot]:
    """Those of the report."""
    return found_by(comparison, X, service(comparison))


def found_by(comparison: Comparison, x: str, y: str) -> list[Dot]:
    """The designs with who beats them, each held against each other."""
    found = []
    for number, name in enumerate(comparison.designs):
        across, up = comparison.level(name, x), comparison.level(name, y)
        if across is not None and up is not None and across.mean is not None and up.mean is not None:
            found.append(Dot(name, across, up, number))
    signs = [-1 if comparison.kpi(key).metric.better == "lower" else 1 for key in (x, y)]
    above = {dot.name: [other for each in found if (other := beats(each, dot, signs))] for dot in found}
    merit = {dot.name: signs[0] * (dot.x.mean or 0.0) for dot in found}
    return [replace(dot, beaten=max(above[dot.name], default=None, key=lambda each: (
            not above[each.by], not each.alike, merit[each.by]))) for dot in found]  # fmt: skip


def beats(one: Dot, other: Dot, signs: Sequence[int]) -> Beaten | None:
    """How `one` beats another: better in one figure and not worse in the other; None where it does not."""
    across = better(one.x, other.x, signs[0])
    if across < 0:
        return None
    up = better(one.y, other.y, signs[1])
    if up < 0 or not across + up:
        return None
    return Beaten(one.name, "" if across and up else "y" if across else "x")


def better(one: Estimate, other: Estimate, sign: int) -> int:
    """1 where one figure is better than another, -1 where it is worse, 0 where they are not told apart; without an
    interval of their difference by the means."""
    found = difference(other, one, None)
    if found.verdict == "same" or found.mean == 0:
        return 0
    gap = found.mean if found.mean is not None else (one.mean or 0.0) - (other.mean or 0.0)
    return sign * ((gap > 0) - (gap < 0))


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
    ax.plot([at(dot, ways)[0] for dot in line], [at(dot, ways)[1] for dot in line], color=SOFT, linewidth=1.2,
            linestyle=(0, (4, 2)), zorder=2)  # fmt: skip
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
    """A design with its intervals: full where it is on the frontier, hollow where another beats it."""
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
        ["beaten by", *(clean(who_beats(dot.beaten)) if dot and dot.beaten else "" for dot in known)],
    ]
    return ["", *map(clean, comparison.designs)], rows


def finding(comparison: Comparison) -> str:
    """Who is on the frontier, from the cheapest, and who is beaten."""
    found = sorted(dots(comparison), key=lambda dot: dot.x.mean or 0.0)
    line = [f"{called(dot.name)} ({level(dot.x).value}, {level(dot.y).value})" for dot in found if dot.efficient]
    fill = clean(title(comparison, service(comparison)))
    text = f"On the frontier of cost and {fill}: {', '.join(line[:MOST_TOLD])}"
    off = [(dot.name, dot.beaten) for dot in found if dot.beaten]
    both = [f"{called(name)} by {called(each.by)}" for name, each in off if not each.alike]
    one = [f"{called(name)} ({one_sided(each, fill)})" for name, each in off if each.alike]
    parts = [text, *([f"beaten in both: {', '.join(both[:MOST_TOLD])}"] if both else []),
             *([f"beaten: {', '.join(one[:MOST_TOLD])}"] if one else [])]  # fmt: skip
    lone = " One replication: no interval." if comparison.replications < 2 else ""
    return f"{'; '.join(parts if off else [text, 'none is beaten'])}.{lone}"


def one_sided(found: Beaten, fill: str) -> str:
    """`b is as good in dealer fill and cheaper`."""
    told = f"is as good in {fill} and cheaper" if found.alike == "y" else f"costs as much and has more {fill}"
    return f"{called(found.by)} {told}"


def who_beats(found: Beaten) -> str:
    """`b, in both`: of the table."""
    told = {"": "in both", "x": "in fill; cost alike", "y": "in cost; fill alike"}
    return f"{found.by}, {told[found.alike]}"


TRADEOFF = Chart(
    "tradeoff",
    "What service costs",
    "Every design by cost and the fill that tells designs apart most, with 95 % intervals. Hollow marks are beaten: "
    "another design is better in one and not worse in the other, as their paired difference tells; the dashed line "
    "joins the others.",
    tradeoff,
    numbers,
    lambda comparison: 3.6,
    shown=lambda comparison: len(dots(comparison)) > 1 and any(dot.x.mean for dot in dots(comparison)),
    section="tradeoff",
    finding=finding,
)
