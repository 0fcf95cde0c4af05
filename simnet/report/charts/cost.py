"""Cost a year by kind, one bar a design."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison, Estimate
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


def totals(comparison: Comparison) -> list[Estimate | None]:
    """The cost a year of each design."""
    return [comparison.level(name, "cost.year") for name in comparison.designs]


def draw(ax: Axes, comparison: Comparison) -> None:
    """Stacked bars."""
    bars(ax, comparison, layers(comparison), totals(comparison))


COST = Chart(
    "cost",
    "Cost a year",
    "What running the network costs; the purchase of the parts is not in it.",
    draw,
    table(layers, totals),
    height(layers),
    shown=lambda comparison: bool(layers(comparison)),
    section="money",
    across="cost a year",
    finding=finding(layers, "Cost a year"),
)
