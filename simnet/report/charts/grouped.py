"""Horizontal bars, a group a row and a bar a design: what the charts of causes and rush orders share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.charts.chart import Numbers
from simnet.report.charts.room import FLATTER, above, dress, flatter, legend, side
from simnet.report.charts.style import INK, PAPER, SMALL, color, plain
from simnet.report.numbers import alike, clean, level, on_scale, scale, tick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Rows = Sequence[tuple[str, str]]
"""Label and KPI key."""
LONGEST = 26
"""Letters of a name."""
NUMBERED = 4
"""With more designs there is no room for numbers at the bars."""


def amount(comparison: Comparison, design: str, key: str) -> float | None:
    """The mean of a KPI; None where it is not known."""
    found = comparison.level(design, key)
    return None if found is None else found.mean


def known(comparison: Comparison, rows: Rows) -> list[tuple[str, str]]:
    """The rows that some design has, other than nothing."""
    return [row for row in rows if any(amount(comparison, design, row[1]) for design in comparison.designs)]


def largest_first(comparison: Comparison, rows: Rows) -> list[tuple[str, str]]:
    """The rows by the first design's number (a Pareto); with equal ones in the order given."""
    first = comparison.designs[0]
    return sorted(known(comparison, rows), key=lambda row: -(amount(comparison, first, row[1]) or 0.0))


def bars(ax: Axes, comparison: Comparison, rows: Rows, beside: Callable[[str, str], str] | None = None) -> None:
    """Bars with their intervals and numbers; `beside` says more of a design and key."""
    designs = comparison.designs
    thick, most = 0.74 / len(designs), 0.0
    how = alike(comparison.level(design, key) for design in designs for _, key in rows)
    for number, design in enumerate(designs):
        found = [comparison.level(design, key) for _, key in rows]
        values = [each.mean or 0.0 if each else 0.0 for each in found]
        half = [each.half_width or 0.0 if each else 0.0 for each in found]
        most = max([most, *(value + more for value, more in zip(values, half, strict=True))])
        y = [row + (number - (len(designs) - 1) / 2) * thick for row in range(len(rows))]
        ax.barh(y, values, height=thick, color=color(number), edgecolor=PAPER, linewidth=0.8,
                label=plain(design, LONGEST))  # fmt: skip
        if any(half):
            ax.errorbar(values, y, xerr=half, fmt="none", ecolor=INK, elinewidth=0.9)
        if len(designs) <= NUMBERED:
            for value, more, at, (_, key), each in zip(values, half, y, rows, found, strict=True):
                text = on_scale(each, how) + (beside(design, key) if beside else "")
                ax.annotate(text, (value + more, at), (5, 0), textcoords="offset points", va="center", fontsize=SMALL,
                            color=INK, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5})  # fmt: skip
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_xlim(0, 1.28 * most or 1.0)
    dress(ax)
    side(ax, range(len(rows)), [plain(label, LONGEST) for label, _ in rows])
    legend(ax, len(designs), least=2)
    if len(designs) > NUMBERED:
        flatter(ax, FLATTER)


def axis(ax: Axes, unit: str) -> None:
    """The numbers of the axis in a unit."""
    how = scale(unit, ax.get_xlim()[1])
    ax.locator_params(axis="x", nbins=5 if unit == "share" else 4)
    ax.xaxis.set_major_formatter(lambda value, _: tick(value, how))


def table(rows: Callable[[Comparison], Rows]) -> Callable[[Comparison], Numbers]:
    """The numbers of such a chart."""

    def numbers(comparison: Comparison) -> Numbers:
        header = ["", *(clean(name) for name in comparison.designs)]
        body = [
            [clean(label), *(str(level(comparison.level(design, key))) for design in comparison.designs)]
            for label, key in rows(comparison)
        ]
        return header, body

    return numbers


def room(rows: Callable[[Comparison], Rows]) -> Callable[[Comparison], float]:
    """The height of such a chart."""

    def height(comparison: Comparison) -> float:
        designs = len(comparison.designs)
        each = max(0.3, 0.16 * designs + 0.1) if designs <= NUMBERED else 0.08 * designs + 0.2
        return 0.55 + above(comparison.designs, LONGEST) + len(rows(comparison)) * each

    return height
