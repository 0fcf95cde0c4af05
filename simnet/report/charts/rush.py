"""Rush orders: their share of what dealers get from others, on five bases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.charts import grouped
from simnet.report.charts.chart import Chart
from simnet.report.charts.grouped import Rows, axis, bars, known, table
from simnet.report.charts.words import against_first

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BASES = (
    ("lines", "rush.line"), ("pieces", "rush.unit"), ("value", "rush.value"), ("freight", "rush.freight"),
    ("CO2", "rush.co2"),
)  # fmt: skip


def bases(comparison: Comparison) -> Rows:
    """The bases that are known."""
    return known(comparison, BASES) if "rush.line" in comparison.kpis else []


def draw(ax: Axes, comparison: Comparison) -> None:
    """Shares in percent."""
    bars(ax, comparison, bases(comparison))
    axis(ax, "share")


RUSH = Chart(
    "rush",
    "Rush share",
    "Rush orders passed on, of all that dealers get from others: passed-on lines and their stock "
    "orders; bars are 95 % intervals.",
    draw,
    table(bases),
    grouped.room(bases),
    shown=lambda comparison: bool(bases(comparison)),
    section="service",
    across="of all that dealers get",
    finding=lambda comparison: against_first(comparison, "rush.line", "of the lines that dealers get are rush orders"),
)
