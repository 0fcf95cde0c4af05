"""Cost a year by kind, one bar a design."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.charts.chart import Chart
from simnet.report.charts.layers import Layer, bars, finding, height, of_kpis, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KINDS = [
    ("holding", "cost.holding"),
    ("transport", "cost.transport"),
    ("passed on", "cost.passed"),
    ("ordering", "cost.order"),
    ("rush lines", "cost.rush"),
    ("backorders", "cost.backorder"),
]


def layers(comparison: Comparison) -> list[Layer]:
    """The kinds of cost that the scenario has."""
    return of_kpis(comparison, KINDS)


def draw(ax: Axes, comparison: Comparison) -> None:
    """Stacked bars."""
    bars(ax, comparison, layers(comparison))


COST = Chart(
    "cost",
    "Cost a year",
    "What running the network costs; the purchase of the parts is not in it.",
    draw,
    table(layers),
    height,
    shown=lambda comparison: bool(layers(comparison)),
    section="money",
    finding=finding(layers, "Cost a year"),
)
