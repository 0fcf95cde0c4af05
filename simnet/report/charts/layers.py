"""Horizontal bars of layers, one bar a design: what stock and cost charts share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.charts.chart import INK, LAYERS, PAPER, Numbers, color, dress, legend, plain
from simnet.report.numbers import clean, level, scale, tick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Layer = tuple[str, str]
"""Label and KPI key."""


def amount(comparison: Comparison, design: str, key: str) -> float:
    """The mean of a KPI, 0 where the design has none."""
    found = comparison.levels[design].get(key)
    return found.mean or 0.0 if found else 0.0


def present(comparison: Comparison, layers: Sequence[Layer]) -> list[Layer]:
    """The layers that are not nothing in every design."""
    return [row for row in layers if any(amount(comparison, name, row[1]) for name in comparison.designs)]


def bars(ax: Axes, comparison: Comparison, layers: Sequence[Layer]) -> None:
    """Stacked bars with their totals."""
    designs = comparison.designs
    ends = [0.0] * len(designs)
    for number, (label, key) in enumerate(layers):
        widths = [amount(comparison, design, key) for design in designs]
        ax.barh(
            range(len(designs)), widths, left=ends, height=0.62, color=color(number, LAYERS),
            edgecolor=PAPER, linewidth=0.8, label=plain(label),
        )  # fmt: skip
        ends = [end + width for end, width in zip(ends, widths, strict=True)]
    unit = comparison.results[0].outline.money
    for row, end in enumerate(ends):
        how = scale(unit, end)
        ax.annotate(f"{how.number(end)} {how.unit}", (end, row), (5, 0), textcoords="offset points",
                    va="center", fontsize=9, color=INK)  # fmt: skip
    ax.set_yticks(range(len(designs)), [plain(shorten(name)) for name in designs], color=INK)
    ax.set_ylim(len(designs) - 0.5, -0.5)
    ax.set_xlim(0, 1.2 * max(ends, default=1.0) or 1.0)
    whole = scale(unit, ax.get_xlim()[1])
    ax.xaxis.set_major_formatter(lambda value, _: tick(value, whole))
    ax.locator_params(axis="x", nbins=5)
    dress(ax)
    legend(ax, len(layers))


def shorten(name: str) -> str:
    """A name that leaves room for the bars."""
    return name if len(name) <= 24 else name[:23] + "…"


def table(layers: Callable[[Comparison], list[Layer]]) -> Callable[[Comparison], Numbers]:
    """The numbers of such a chart."""

    def numbers(comparison: Comparison) -> Numbers:
        header = ["", *(clean(name) for name in comparison.designs)]
        rows = [
            [clean(label), *(str(level(comparison.levels[name].get(key))) for name in comparison.designs)]
            for label, key in layers(comparison)
        ]
        return header, rows

    return numbers


def height(comparison: Comparison) -> float:
    """Room for a bar a design, the legend and the axis."""
    return 1.0 + 0.38 * len(comparison.designs)
