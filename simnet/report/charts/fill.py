"""Fill by tier: a dot for each design with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.charts.chart import INK, PAPER, Chart, Numbers, color, dress, legend, plain
from simnet.report.numbers import clean, level
from simnet.report.rows import tiers

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def places(comparison: Comparison) -> list[tuple[str, str]]:
    """Customers, then the tiers of any design that were asked: (label, KPI key)."""
    found = [(name, f"fill.{name}.line") for name in reversed(tiers(comparison))]
    return [("customers", "fill.line"), *(place for place in found if apart(comparison, place[1]))]


def apart(comparison: Comparison, key: str) -> bool:
    """Whether the tier's fill is known and is not just the customers' fill once more."""
    pairs = [(levels.get(key), levels["fill.line"]) for levels in comparison.levels.values()]
    known = [(tier, customers) for tier, customers in pairs if tier and tier.mean is not None]
    return any(tier.mean != customers.mean for tier, customers in known)


def asked(comparison: Comparison) -> bool:
    """Whether customers asked for anything."""
    return any(levels["fill.line"].mean is not None for levels in comparison.levels.values())


def draw(ax: Axes, comparison: Comparison) -> None:
    """Dots on a line for each place, designs under each other."""
    rows, count = places(comparison), len(comparison.designs)
    lowest = 1.0
    for number, design in enumerate(comparison.designs):
        marks = [(row, comparison.levels[design].get(key)) for row, (_, key) in enumerate(rows)]
        dots = [(row, found.mean, found.half_width) for row, found in marks if found and found.mean is not None]
        y = [row + (number - (count - 1) / 2) * 0.7 / max(count, 2) for row, _, _ in dots]
        x = [100 * mean for _, mean, _ in dots]
        spread = [100 * (half or 0.0) for _, _, half in dots]
        lowest = min([lowest, *((a - b) / 100 for a, b in zip(x, spread, strict=True))])
        ax.errorbar(
            x, y, xerr=spread, fmt="o", markersize=7, color=color(number), elinewidth=1.6,
            markeredgecolor=PAPER, markeredgewidth=0.8, label=plain(design),
        )  # fmt: skip
        if count <= 4:
            for across, down, wide in zip(x, y, spread, strict=True):
                ax.annotate(f"{across:.1f}", (across + wide, down), (6, 0), textcoords="offset points",
                            va="center", fontsize=8, color=INK)  # fmt: skip
    ax.set_yticks(range(len(rows)), [plain(name) for name, _ in rows], color=INK)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    low = max(0.0, 100 * lowest - 4)
    ax.set_xlim(low, 100 + 0.12 * (100 - low))  # room for the number of a full fill
    ax.set_xticks([tick for tick in ax.get_xticks() if low <= tick <= 100])
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.3g} %")
    dress(ax)
    legend(ax, count, least=2)


def numbers(comparison: Comparison) -> Numbers:
    """Levels with intervals."""
    header = ["", *(clean(name) for name in comparison.designs)]
    rows = [
        [clean(name), *(str(level(comparison.levels[design].get(key))) for design in comparison.designs)]
        for name, key in places(comparison)
    ]
    return header, rows


def height(comparison: Comparison) -> float:
    """Room for each place and design."""
    return 0.9 + len(places(comparison)) * max(0.42, 0.17 * len(comparison.designs) + 0.12)


FILL = Chart(
    "fill",
    "Lines filled at once",
    "Share of the lines asked that were served at once and in full; bars are 95 % intervals.",
    draw,
    numbers,
    height,
    shown=asked,
    section="service",
)
