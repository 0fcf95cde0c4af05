"""Fill by tier: a dot for each design with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.dots import Row, dots, height_of, of_kpi, table
from simnet.report.charts.words import against_first
from simnet.report.known import shelfless
from simnet.report.numbers import clean
from simnet.report.rows import refilling_fills, tiers, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def rows(comparison: Comparison) -> list[Row]:
    """Customers where they find a shelf, then the tiers of any design that were asked."""
    found = [(name, f"fill.{name}.line") for name in reversed(tiers(comparison))]
    off_shelf = [] if shelfless(comparison) else [("customers", "fill.line")]
    places = [*off_shelf, *(place for place in found if apart(comparison, place[1]))]
    return [of_kpi(comparison, name, key) for name, key in places]


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
    dots(ax, rows(comparison), comparison.designs)


def numbers(comparison: Comparison) -> Numbers:
    """Levels with intervals."""
    return table(rows(comparison), comparison.designs)


def height(comparison: Comparison) -> float:
    """Room for each place and design."""
    return height_of(rows(comparison), comparison.designs, max(0.36, 0.115 * len(comparison.designs) + 0.12))


def finding(comparison: Comparison) -> str:
    """The fill of customers; where they find no shelf, that of the first tier that refills."""
    if not shelfless(comparison):
        return against_first(comparison, "fill.line", "of customers' lines are filled at once")
    keys = refilling_fills(comparison)
    return against_first(comparison, keys[0], f"is the {clean(title(comparison, keys[0]))}") if keys else ""


FILL = Chart(
    "fill",
    "Lines filled at once, by tier",
    "Share of the lines asked that were served at once and in full; bars are 95 % intervals.",
    draw,
    numbers,
    height,
    shown=lambda comparison: asked(comparison) and bool(rows(comparison)),
    section="service",
    across="lines filled at once",
    finding=finding,
)
