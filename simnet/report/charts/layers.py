"""Horizontal bars of layers, one bar a design: what stock and cost charts share."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simnet.metrics import Comparison, Estimate
from simnet.report.charts.chart import Numbers
from simnet.report.charts.room import dress, fitted, set_legend, width_of
from simnet.report.charts.style import INK, LAYERS, LETTER, PAPER, SMALL, TEXT, color, columns, cut, plain
from simnet.report.charts.words import called
from simnet.report.numbers import clean, level, scale, tick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LONGEST = 22
"""Letters of a design's name at the side."""
THICK = 0.62
OTHERS = "others"
DARK = 0.32
"""Luminance up to which numbers within a layer are white."""


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


def bars(ax: Axes, comparison: Comparison, layers: Sequence[Layer]) -> None:
    """Stacked bars with their totals; names above the first bar where they fit, else in a legend."""
    designs, unit = comparison.designs, comparison.results[0].outline.money
    ends = [0.0] * len(designs)
    for number, layer in enumerate(layers):
        widths = [layer.amount(at) for at in range(len(designs))]
        ax.barh(
            range(len(designs)), widths, left=ends, height=THICK, color=color(number, LAYERS), edgecolor=PAPER,
            linewidth=0.8, label=plain(layer.name, LONGEST),
        )  # fmt: skip
        ends = [end + width for end, width in zip(ends, widths, strict=True)]
    most = max(ends, default=1.0) or 1.0
    for row, end in enumerate(ends):
        how = scale(unit, end)
        ax.annotate(f"{how.number(end)} {how.unit}", (end, row), (5, 0), textcoords="offset points", va="center",
                    fontsize=TEXT, color=INK, fontweight="bold")  # fmt: skip
    ax.set_yticks(range(len(designs)), [plain(name, LONGEST) for name in designs], color=INK)
    ax.set_ylim(len(designs) - 0.5, -0.5)
    ax.set_xlim(0, 1.2 * most)
    whole = scale(unit, ax.get_xlim()[1])
    ax.xaxis.set_major_formatter(lambda value, _: tick(value, whole))
    ax.locator_params(axis="x", nbins=4)
    dress(ax)
    inside(ax, layers, len(designs), whole.factor)
    fitted(ax, set_legend)


def inside(ax: Axes, layers: Sequence[Layer], designs: int, factor: float) -> None:
    """Numbers within the parts that are wide enough for them."""
    texts = []
    for row in range(designs):
        start = 0.0
        for number, layer in enumerate(layers):
            size = layer.amount(row)
            words = f"{size * factor:.2f}" if size * factor < 10 else f"{size * factor:,.0f}"
            ink = "#ffffff" if dark(color(number, LAYERS)) else "#14181c"
            text = ax.text(start + size / 2, row, words, ha="center", va="center", fontsize=SMALL, color=ink)
            texts.append((text, size))
            start += size

    def set_inside(ax: Axes) -> None:
        beside = LETTER * max((len(each.get_text()) for each in ax.get_yticklabels()), default=0)
        a_point = (ax.get_xlim()[1] - ax.get_xlim()[0]) / max(60.0, width_of(ax) - beside - 20)
        for text, size in texts:
            text.set_visible(size > a_point * (LETTER * columns(text.get_text()) + 4))

    fitted(ax, set_inside)


def dark(paint: str) -> bool:
    """Whether white can be read on a color."""
    red, green, blue = (int(paint[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return math.fsum((0.2126 * red**2.2, 0.7152 * green**2.2, 0.0722 * blue**2.2)) < DARK


def table(layers: Callable[[Comparison], Sequence[Layer]]) -> Callable[[Comparison], Numbers]:
    """The numbers of such a chart."""

    def numbers(comparison: Comparison) -> Numbers:
        rows = [[clean(layer.name), *(str(level(each)) for each in layer.levels)] for layer in layers(comparison)]
        return ["", *map(clean, comparison.designs)], rows

    return numbers


def finding(layers: Callable[[Comparison], Sequence[Layer]], what: str) -> Callable[[Comparison], str]:
    """The total of each design, and the largest layer of the first."""

    def told(comparison: Comparison) -> str:
        found, unit = layers(comparison), comparison.results[0].outline.money
        totals = [sum(layer.amount(at) for layer in found) for at in range(len(comparison.designs))]
        first = max(found, key=lambda layer: layer.amount(0))
        named = []
        for name, total in list(zip(comparison.designs, totals, strict=True))[:8]:
            how = scale(unit, total)
            named.append(f"{how.number(total)} {how.unit} in {called(name)}")
        part = f"{100 * first.amount(0) / totals[0]:.0f} % of the first is {cut(first.name, 40)}" if totals[0] else ""
        return f"{what} is {', '.join(named)}{'; ' if part else ''}{part}."

    return told


def height(comparison: Comparison) -> float:
    """Room for a bar a design, the legend and the axis."""
    return 1.05 + 0.38 * len(comparison.designs)
