"""The fill ladder: one bar a design, from the shelf up to the network, then what was backordered and lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simnet.metrics import Comparison, Estimate
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.grouped import known
from simnet.report.charts.room import dress, fitted, legend, side, width_of
from simnet.report.charts.style import INK, LAYERS, LETTER, PAPER, TEXT, columns, cut, on, plain
from simnet.report.charts.words import against_first
from simnet.report.numbers import clean, level, share_decimals
from simnet.report.rows import asking_tier, order_classes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

RUNGS = (
    ("off the shelf", "fill.line", LAYERS[0]),
    ("facing", "fill.facing.line", LAYERS[1]),
    ("elsewhere", "fill.system.line", LAYERS[2]),
)
"""Cumulative: label, KPI and color."""
BACKORDERED, LOST = ("backordered", "backorder.line", LAYERS[3]), ("lost", "", LAYERS[4])
FOUND = (
    *((f"of it {kind}", f"found.{kind}.line") for kind in ("facing", "referral", "lateral", "central")),
    ("from a supplier", "found.supplier.line"),
)
"""Where what was not on the shelf was found; a place where no design finds anything is not told."""
DIGIT, BESIDE = 6.0, 34.0
"""Points: a digit of TEXT points in a wide font, and those of the system fill's name behind a bar."""
MOST_BARS = 14
LONGEST = 24
"""Letters of a name at the side."""

GAP = 0.35
"""Between all customers and each order class, in bars."""

Bar = tuple[str, str, str]
"""Design, what stands behind a key (`.vor` or nothing), label."""


def bars(comparison: Comparison) -> list[list[Bar]]:
    """A bar a design for all customers, then one for each order class that has a ladder, as far as there is room."""
    every = [(design, "", plain(design, LONGEST)) for design in comparison.designs]
    classes = order_classes(comparison)
    if len(classes) < 2:
        return [every]
    several = len(comparison.designs) > 1
    groups = [every if several else [(comparison.designs[0], "", "all customers")]]
    for name in classes:
        label = f"{cut(name, 14)} orders"
        found = [
            (design, f".{name}", f"{label}, {cut(design, max(9, LONGEST - len(label)))}" if several else label)
            for design in comparison.designs
            if share(comparison, design, f"fill.system.line.{name}") is not None
        ]
        groups.append([(design, behind, plain(text)) for design, behind, text in found])
    if sum(map(len, groups)) > MOST_BARS:
        return [every]
    return [group for group in groups if group]


def share(comparison: Comparison, design: str, key: str) -> float | None:
    """The mean of a KPI in percent."""
    found = comparison.level(design, key)
    return None if found is None or found.mean is None else 100 * found.mean


def steps(comparison: Comparison, bar: Bar) -> list[tuple[float, float, str]]:
    """Start, end and color of the parts of one bar; what is left of 100 % was lost."""
    made, end = [], 0.0
    for _, key, color in RUNGS:
        top = share(comparison, bar[0], key + bar[1])
        if top is not None:
            made.append((end, top, color))
            end = top
    waited = share(comparison, bar[0], BACKORDERED[1] + bar[1])
    if waited is not None:
        made.append((end, min(end + waited, 100.0), BACKORDERED[2]))
        if end + waited < 99.95:
            made.append((end + waited, 100.0, LOST[2]))
    return made


def draw(ax: Axes, comparison: Comparison) -> None:
    """Stacked bars; the number at the end of a rung is the fill up to there."""
    rows, used, row, inner = [], set(), 0.0, []
    decimals = decimals_of(comparison)
    for group in bars(comparison):
        rows += [(row + number, bar) for number, bar in enumerate(group)]
        row += len(group) + GAP
    for row, bar in rows:
        for start, end, color in steps(comparison, bar):
            used.add(color)
            ax.barh(row, end - start, left=start, height=0.62, color=color, edgecolor=PAPER, linewidth=0.8)
            if color in (LAYERS[0], LAYERS[1]):
                text = ax.annotate(f"{end:.{decimals}f}", (end, row), (-4, 0), textcoords="offset points", ha="right",
                                   va="center", fontsize=TEXT, color=on(color))  # fmt: skip
                inner.append((text, end - start))
        top = share(comparison, bar[0], RUNGS[-1][1] + bar[1])
        if top is not None:
            ax.annotate(f"system {top:.{decimals}f} %", (100, row), (6, 0), textcoords="offset points", va="center",
                        fontsize=TEXT, color=INK, annotation_clip=False)  # fmt: skip
    for label, _, color in (*RUNGS, BACKORDERED, LOST):
        if color in used:
            ax.barh(-9, 0, color=color, label=label)
    ax.set_ylim(rows[-1][0] + 0.5, -0.5)
    ax.set_xlim(0, 100)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.3g} %")
    dress(ax)
    side(ax, [row for row, _ in rows], [label for _, (_, _, label) in rows])
    legend(ax, len(used))
    fitted(ax, lambda ax: fitting(ax, inner, decimals))


def decimals_of(comparison: Comparison) -> int:
    """Those of all numbers: designs that are told apart in a rung read otherwise."""
    rows: dict[str, list[Estimate | None]] = {}
    for group in bars(comparison):
        for design, behind, _ in group:
            for _, key, _ in RUNGS:
                rows.setdefault(key + behind, []).append(comparison.level(design, key + behind))
    return share_decimals(rows.values())


def fitting(ax: Axes, inner: Sequence[tuple[Text, float]], decimals: int) -> None:
    """Only the numbers that have room within their rungs, which are so many percent."""
    names = LETTER * max((columns(each.get_text()) for each in ax.get_yticklabels()), default=0)
    wide = max(60.0, width_of(ax) - names - BESIDE - DIGIT * (4 + decimals) - 20)
    for text, size in inner:
        text.set_visible(DIGIT * (len(text.get_text()) - 0.5) + 8 <= size * wide / 100)


def numbers(comparison: Comparison) -> Numbers:
    """The rungs of all customers and of each class, cumulative, with their intervals."""
    header = ["", *(clean(name) for name in comparison.designs)]
    shelf = asking_tier(comparison)
    named = [(f"{shelf} fill" if shelf else "off the shelf", "fill.line"), ("facing fill", "fill.facing.line"),
             ("system fill", "fill.system.line"), ("backordered", "backorder.line")]  # fmt: skip
    rows = [row(comparison, clean(label), key) for label, key in [*named, *known(comparison, FOUND)]]
    for name in order_classes(comparison) if len(order_classes(comparison)) > 1 else ():
        rows += [row(comparison, clean(f"{name}: {label}"), f"{key}.{name}") for label, key in named[:4]]
    for base in ("unit", "value", "order"):
        rows += [row(comparison, title(comparison, key), key) for key in (f"fill.{base}", f"fill.facing.{base}",
                 f"fill.system.{base}") if key in comparison.kpis]  # fmt: skip
    return header, [each for each in rows if set(each[1:]) != {"-"}]


def title(comparison: Comparison, key: str) -> str:
    """The label of a KPI."""
    return clean(comparison.kpi(key).title)


def row(comparison: Comparison, label: str, key: str) -> list[str]:
    """One line of the table."""
    return [label, *(str(level(comparison.level(name, key))) for name in comparison.designs)]


def height(comparison: Comparison) -> float:
    """Room for the bars, the legend and the axis."""
    groups = bars(comparison)
    return 0.95 + 0.34 * (sum(map(len, groups)) + GAP * (len(groups) - 1))


def shown(comparison: Comparison) -> bool:
    """Whether any design has a ladder."""
    return any(share(comparison, design, "fill.system.line") is not None for design in comparison.designs)


LADDER = Chart(
    "ladder",
    "The fill ladder",
    "Share of customers' lines filled up to each rung; at the right, the system fill: found anywhere.",
    draw,
    numbers,
    height,
    shown=shown,
    section="service",
    across="customers' lines filled",
    finding=lambda comparison: against_first(
        comparison, "fill.system.line", "of customers' lines are found somewhere in the network"
    ),
)
