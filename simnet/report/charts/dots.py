"""Dots with intervals, a row a place and a mark a design: what the charts of fill share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simnet.metrics import Comparison, Estimate
from simnet.report.charts.chart import Numbers
from simnet.report.charts.room import FLATTER, above, dress, flatter, legend, side
from simnet.report.charts.style import INK, PAPER, SMALL, SOFT, color, plain, shape
from simnet.report.numbers import clean, level, share_decimals

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NUMBERED = 4
"""With more designs there is no room for numbers at the dots."""
LONGEST = 26
"""Letters of the name of a row."""
HEADING = 0.6
"""Of a row, that a heading takes."""
PITCH = 0.135
"""Inches of a design within a row, where it has its number."""


@dataclass(frozen=True)
class Row:
    """A place, and its figure in each design; without figures a heading."""

    name: str
    levels: Sequence[Estimate | None] = ()


def of_kpi(comparison: Comparison, name: str, key: str) -> Row:
    """The row of a KPI."""
    return Row(name, [comparison.level(design, key) for design in comparison.designs])


def dots(ax: Axes, rows: Sequence[Row], designs: Sequence[str], spread: float = 0.7, numbered: bool = True) -> None:
    """Shares as dots from left to right; `spread` is how much of a row the designs take."""
    least, most, count, places = 1.0, 0.0, len(designs), stands(rows)
    told: list[tuple[float, float, float]] = []
    for number, design in enumerate(designs):
        found = [(at, row.levels[number]) for at, row in zip(places, rows, strict=True) if row.levels]
        marks = [(at, each) for at, each in found if each is not None and each.mean is not None]
        lowered = (number - (count - 1) / 2) * spread / max(count, 2)
        y = [at + lowered for at, _ in marks]
        x = [100 * (each.mean or 0.0) for _, each in marks]
        half = [100 * (each.half_width or 0.0) for _, each in marks]
        left = [min(more, across) for across, more in zip(x, half, strict=True)]  # a share is not below 0 %
        right = [max(0.0, min(more, 100 - across)) for across, more in zip(x, half, strict=True)]
        least = min([least, *((a - b) / 100 for a, b in zip(x, left, strict=True))])
        most = max([most, *((a + b) / 100 for a, b in zip(x, right, strict=True))])
        ax.errorbar(
            x, y, xerr=[left, right], fmt=shape(number), markersize=6.5 if numbered else 5.5, color=color(number),
            elinewidth=1.4 if numbered else 1.0, markeredgecolor=PAPER, markeredgewidth=0.7,
            label=plain(design, LONGEST),
        )  # fmt: skip
        told += zip(x, y, right, strict=True)
    share_axis(ax, least, most)
    label_rows(ax, rows)
    legend(ax, count, least=2)
    if numbered and count <= NUMBERED:
        numbers_of(ax, told, share_decimals((row.levels for row in rows), 2))
    else:
        flatter(ax, FLATTER)


def numbers_of(ax: Axes, told: Sequence[tuple[float, float, float]], decimals: int) -> None:
    """Numbers right of the intervals, where each has its line for itself. Given: share, height, half width."""
    for across, up, half in told:
        paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.5}
        ax.annotate(f"{across:.{decimals}f}", (across + half, up), (5, 0), textcoords="offset points", fontsize=SMALL,
                    color=INK, va="center_baseline", bbox=paper)  # fmt: skip


def stands(rows: Sequence[Row]) -> list[float]:
    """Where rows stand: one below the other, headings nearer to what they are above."""
    places, here = [], 0.0
    for row in rows:
        here += HEADING / 2 if not row.levels else 0.5
        places.append(here)
        here += HEADING / 2 if not row.levels else 0.5
    return places


def room(rows: Sequence[Row]) -> float:
    """The rows that they take, headings less than one."""
    return sum(1.0 if row.levels else HEADING for row in rows)


def height_of(rows: Sequence[Row], designs: Sequence[str], each: float) -> float:
    """Inches of such a chart, given those of a row at least."""
    if len(designs) <= NUMBERED:
        each = max(each, PITCH * len(designs) / 0.7 + 0.04)
    return 0.6 + above(designs, LONGEST) + each * room(rows)


def label_rows(ax: Axes, rows: Sequence[Row]) -> None:
    """Names at the side, headings in soft ink."""
    places = stands(rows)
    side(ax, places, [plain(row.name, LONGEST) for row in rows])
    for text, row in zip(ax.get_yticklabels(), rows, strict=True):
        if not row.levels:
            text.set_color(SOFT)
            text.set_fontstyle("italic")
    ax.set_ylim(places[-1] + 0.5, places[0] - 0.5)


def share_axis(ax: Axes, least: float, most: float) -> None:
    """Percent from below the least to above the most, which is 100 unless all are far from it; room for a number."""
    low = max(0.0, 100 * least - max(1.0, 15 * (most - least)))
    high = 100.0 if 100 - 100 * most < max(3.0, 100 * (most - least)) else 100 * most + 1
    ax.set_xlim(low or -2, high + 0.12 * (high - low))
    ax.locator_params(axis="x", nbins=6)
    ax.set_xticks([tick for tick in ax.get_xticks() if low <= tick <= high])
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.3g} %")
    dress(ax)


def table(rows: Sequence[Row], designs: Sequence[str]) -> Numbers:
    """The same as numbers with their intervals."""
    body = [[clean(row.name), *(str(level(each)) for each in row.levels)] for row in rows if row.levels]
    return ["", *map(clean, designs)], body


def percent(share: float) -> str:
    """A share in a sentence."""
    return f"{100 * share:.1f} %"


def extremes(rows: Sequence[Row], design: int = 0) -> tuple[Row, Row] | None:
    """The rows of the lowest and the highest figure of a design; None where it has none."""
    known = [row for row in rows if row.levels and mean(row, design) is not None]
    if not known:
        return None
    return min(known, key=lambda row: mean(row, design) or 0.0), max(known, key=lambda row: mean(row, design) or 0.0)


def mean(row: Row, design: int) -> float | None:
    """The figure of a row in a design."""
    found = row.levels[design]
    return None if found is None else found.mean
