"""Horizontal bars of layers, one bar a design: what stock and cost charts share."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simnet.metrics import Comparison, Estimate
from simnet.metrics.intervals import estimate
from simnet.report.charts.chart import Numbers
from simnet.report.charts.parts import ABOVE, THICK, Part, placed
from simnet.report.charts.room import above, dress, fitted, set_legend, side
from simnet.report.charts.style import INK, LAYERS, PAPER, SMALL, TEXT, color, columns, cut, plain
from simnet.report.charts.words import called
from simnet.report.numbers import Scale, clean, level, one_unit, tick, with_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LONGEST = 22
"""Letters of a design's name at the side."""
OTHERS = "others"


@dataclass(frozen=True)
class Layer:
    """A part of every bar: its name, and its level in each design."""

    name: str
    levels: Sequence[Estimate | None]

    def amount(self, design: int) -> float:
        """The mean, 0 where the design has none."""
        found = self.levels[design]
        return (found.mean or 0.0) if found else 0.0


def of_kpis(comparison: Comparison, rows: Sequence[tuple[str, str]]) -> list[Layer]:
    """The layers of label and KPI key that are not nothing in every design."""
    made = [Layer(name, [comparison.level(design, key) for design in comparison.designs]) for name, key in rows]
    return [layer for layer in made if any(map(layer.amount, range(len(comparison.designs))))]


def largest(layers: Sequence[Layer], most: int = len(LAYERS)) -> list[Layer]:
    """At most so many layers, the smallest added up in one; in the order given."""
    if len(layers) <= most:
        return list(layers)
    designs = range(len(layers[0].levels))
    order = sorted(layers, key=lambda layer: -sum(map(layer.amount, designs)))
    kept, rest = order[: most - 1], order[most - 1 :]
    unit = next(each.unit for layer in rest for each in layer.levels if each is not None)
    added = [Estimate(sum(layer.amount(at) for layer in rest), None, unit, ()) for at in designs]
    return [*(layer for layer in layers if layer in kept), Layer(f"{len(rest)} {OTHERS}", added)]


def bars(ax: Axes, comparison: Comparison, layers: Sequence[Layer], totals: Sequence[Estimate | None]) -> None:
    """Stacked bars with their totals and intervals, and numbers within the parts that are wide enough; all in one
    unit, which the axis has too."""
    designs = comparison.designs
    ends = [0.0] * len(designs)
    for number, layer in enumerate(layers):
        widths = [layer.amount(at) for at in range(len(designs))]
        ax.barh(
            range(len(designs)), widths, left=ends, height=THICK, color=color(number, LAYERS), edgecolor=PAPER,
            linewidth=0.8, label=plain(layer.name, LONGEST),
        )  # fmt: skip
        ends = [end + width for end, width in zip(ends, widths, strict=True)]
    most, how = max(ends, default=1.0) or 1.0, one_scale(totals, ends, comparison.results[0].outline.money)
    told = totals_told(totals, how)
    for row, (end, each) in enumerate(zip(ends, told, strict=True)):
        ax.annotate(each, (end, row), (5, 0), textcoords="offset points", va="center", fontsize=TEXT,
                    color=INK)  # fmt: skip
    ax.set_ylim(len(designs) - 0.5, -0.5 - ABOVE)
    ax.set_xlim(0, 1.36 * most)
    ax.xaxis.set_major_formatter(lambda value, _: tick(value, how))
    dress(ax)
    side(ax, range(len(designs)), [plain(name, LONGEST) for name in designs])
    placed(ax, parts(ax, layers, how), (most, max(map(columns, told), default=0)))
    fitted(ax, set_legend)


def parts(ax: Axes, layers: Sequence[Layer], how: Scale) -> list[Part]:
    """The numbers of all parts that are not nothing in this unit; where they stand is seen when there is room."""
    found = []
    for row in range(len(layers[0].levels) if layers else 0):
        start = 0.0
        for number, layer in enumerate(layers):
            size = layer.amount(row)
            if round(size * how.factor, how.decimals):
                text = ax.text(start + size / 2, row, how.number(size), ha="center", fontsize=SMALL)
                found.append(Part(text, row, start, size, color(number, LAYERS)))
            start += size
    return found


def one_scale(totals: Sequence[Estimate | None], ends: Sequence[float], unit: str) -> Scale:
    """The one unit and decimals of a chart: those of its longest bar, and such that the shortest is not nothing."""
    known = [abs(each.mean) for each in totals if each is not None and each.mean is not None]
    return one_unit(unit, [*ends, *known])


def totals_told(totals: Sequence[Estimate | None], how: Scale) -> list[str]:
    """`1.43 MEUR ±0.02`, all with a decimal more where an interval would vanish; nothing of what is not known."""
    halves = [each.half_width for each in totals if each is not None and each.half_width]
    how = with_interval(how, min(halves, default=None))
    return ["" if each is None or each.mean is None else total_told(each, how) for each in totals]


def total_told(total: Estimate, how: Scale) -> str:
    """A total with its interval."""
    return f"{how.number(total.mean or 0.0)} {how.unit} {how.interval(total.half_width)}".strip()


def total(levels: Sequence[Estimate | None]) -> Estimate | None:
    """The sum of figures, replication by replication."""
    known = [each for each in levels if each is not None and each.mean is not None]
    if not known:
        return None
    return estimate([math.fsum(value or 0.0 for value in row) for row in zip(*(each.values for each in known),
                                                                              strict=True)], known[0].unit)  # fmt: skip


def table(
    layers: Callable[[Comparison], Sequence[Layer]], totals: Callable[[Comparison], Sequence[Estimate | None]]
) -> Callable[[Comparison], Numbers]:
    """The numbers of such a chart."""

    def numbers(comparison: Comparison) -> Numbers:
        rows = [[clean(layer.name), *(str(level(each)) for each in layer.levels)] for layer in layers(comparison)]
        rows.append(["together", *(str(level(each)) for each in totals(comparison))])
        return ["", *map(clean, comparison.designs)], rows

    return numbers


def finding(layers: Callable[[Comparison], Sequence[Layer]], what: str) -> Callable[[Comparison], str]:
    """The total of each design, and the largest layer of the first."""

    def told(comparison: Comparison) -> str:
        found, unit = layers(comparison), comparison.results[0].outline.money
        totals = [sum(layer.amount(at) for layer in found) for at in range(len(comparison.designs))]
        first = max(found, key=lambda layer: layer.amount(0))
        how = one_unit(unit, totals)
        pairs = list(zip(comparison.designs, totals, strict=True))[:8]
        named = [f"{how.number(total)} {how.unit} in {called(name)}" for name, total in pairs]
        whole = f"{what} is {', '.join(named)}"
        if not totals[0] or len(found) < 2:
            return f"{whole}."
        share = f"{100 * first.amount(0) / totals[0]:.0f} %"
        return f"{whole}; the largest part in {called(comparison.designs[0])} is {cut(first.name, 40)}, {share}."

    return told


def height(layers: Callable[[Comparison], Sequence[Layer]]) -> Callable[[Comparison], float]:
    """Room for a bar a design, the legend and the axis."""

    def inches(comparison: Comparison) -> float:
        names = [layer.name for layer in largest(layers(comparison))]
        return 0.6 + above(names, LONGEST, least=1) + 0.42 * (len(comparison.designs) + ABOVE)

    return inches
