"""Stock value: on hand by tier and on the road, one bar a design."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.charts.chart import Chart
from simnet.report.charts.layers import Layer, bars, height, present, table
from simnet.report.rows import tiers

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def layers(comparison: Comparison) -> list[Layer]:
    """Each tier's stock on hand, then what is on the road."""
    rows = [(name, f"stock.{name}.on_hand.value") for name in tiers(comparison)]
    return present(comparison, [*rows, ("in transit", "stock.transit.value")])


def draw(ax: Axes, comparison: Comparison) -> None:
    """Stacked bars."""
    bars(ax, comparison, layers(comparison))


STOCK = Chart(
    "stock",
    "Stock at purchase cost",
    "Mean value on hand by tier, and in transit to sites.",
    draw,
    table(layers),
    height,
    shown=lambda comparison: bool(layers(comparison)),
    section="stock",
)
