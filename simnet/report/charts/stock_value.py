"""Stock value: on hand by tier and on the road, and by part class; one bar a design."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.metrics.frames import tidy_rows
from simnet.metrics.intervals import Estimate
from simnet.report.charts import layers
from simnet.report.charts.chart import Chart
from simnet.report.charts.layers import Layer, bars, height, of_kpis, table
from simnet.report.rows import tiers

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def by_tier(comparison: Comparison) -> list[Layer]:
    """Each tier's stock on hand, then what is on the road."""
    rows = [(name, f"stock.{name}.on_hand.value") for name in tiers(comparison)]
    return of_kpis(comparison, [*rows, ("in transit", "stock.transit.value")])


def by_class(comparison: Comparison) -> list[Layer]:
    """The stock on hand of each part class."""
    found: dict[str, list[Estimate | None]] = {}
    for number, result in enumerate(comparison.results):
        for row in tidy_rows(result, "stock.on_hand.value", ["part_class"]):
            levels = found.setdefault(row["part_class"], [None] * len(comparison.designs))
            levels[number] = Estimate(row["value"], row["half_width"], row["unit"], ())
    made = [Layer(name, levels) for name, levels in found.items()]
    return [layer for layer in made if any(map(layer.amount, range(len(comparison.designs))))]


def on_hand(comparison: Comparison) -> list[Estimate | None]:
    """The stock on hand of each design."""
    return [comparison.level(name, "stock.on_hand.value") for name in comparison.designs]


def in_all(comparison: Comparison) -> list[Estimate | None]:
    """The stock on hand and in transit of each design."""
    road = [comparison.level(name, "stock.transit.value") for name in comparison.designs]
    return [layers.total(pair) for pair in zip(on_hand(comparison), road, strict=True)]


def draw_tiers(ax: Axes, comparison: Comparison) -> None:
    """Stacked bars."""
    bars(ax, comparison, layers.largest(by_tier(comparison)), in_all(comparison))


def draw_classes(ax: Axes, comparison: Comparison) -> None:
    """Stacked bars."""
    bars(ax, comparison, layers.largest(by_class(comparison)), on_hand(comparison))


STOCK_VALUE = Chart(
    "stock-value",
    "Stock at purchase cost, by tier",
    "Mean value on hand by tier, and in transit to sites.",
    draw_tiers,
    table(by_tier, in_all),
    height(by_tier),
    shown=lambda comparison: bool(by_tier(comparison)),
    section="stock",
    across="stock at purchase cost",
    finding=layers.finding(by_tier, "Stock on hand and in transit"),
)

STOCK_BY_CLASS = Chart(
    "stock-by-class",
    "Stock at purchase cost, by part class",
    "Mean value on hand by class of part.",
    draw_classes,
    table(by_class, on_hand),
    height(by_class),
    shown=lambda comparison: len(by_class(comparison)) > 1,
    section="stock",
    across="stock on hand, at purchase cost",
    finding=layers.finding(by_class, "Stock on hand"),
)
