"""Stock value and backlog month by month, in bands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simnet.metrics import Comparison, Estimate
from simnet.metrics.monthly import MonthView
from simnet.report.charts import months
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.numbers import scale, tick
from simnet.units import MONEY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Series = Callable[[Comparison], list[dict[str, Estimate]]]


def stock_value(month: MonthView) -> float:
    """Stock on hand at purchase cost at the end of the month, in the currency."""
    return month.closing("stock_value_change") / MONEY


def owed(month: MonthView) -> float:
    """Mean pieces owed over the month, by all sites to customers and to other sites."""
    return month.mean("owed_change", "owed_minutes")


def stock(comparison: Comparison) -> list[dict[str, Estimate]]:
    """The stock value of each design."""
    return months.every(comparison, stock_value, comparison.results[0].outline.money)


def backlog(comparison: Comparison) -> list[dict[str, Estimate]]:
    """The pieces owed in each design."""
    return months.every(comparison, owed, "pieces")


def drawn(series: Series) -> Callable[[Axes, Comparison], None]:
    """The chart of such a series: from nothing up, so that heights compare."""

    def draw(ax: Axes, comparison: Comparison) -> None:
        found = series(comparison)
        months.lines(ax, comparison, found)
        ax.set_ylim(0, 1.05 * ax.get_ylim()[1] or 1.0)
        how = scale(next(level.unit for each in found for level in each.values()), ax.get_ylim()[1])
        ax.yaxis.set_major_formatter(lambda value, _: tick(value, how))
        ax.locator_params(axis="y", nbins=5)
        months.named(ax, comparison)

    return draw


def table(series: Series) -> Callable[[Comparison], Numbers]:
    """The numbers: a row a month."""
    return lambda comparison: months.table(series(comparison), comparison.designs)


def any_of(series: Series) -> Callable[[Comparison], bool]:
    """Whether any month of any design has something."""
    return lambda comparison: any(level.mean for each in series(comparison) for level in each.values())


STOCK = Chart(
    "stock",
    "Stock value, by month",
    "On hand at purchase cost, at the end of each month; bands are 95 % intervals, the warm-up is left out.",
    drawn(stock),
    table(stock),
    lambda _: 2.5,
    shown=any_of(stock),
    section="stock",
    up="stock on hand",
    finding=lambda comparison: months.course(stock(comparison), comparison.designs, "The stock value"),
)

BACKLOG = Chart(
    "backlog",
    "Backlog, by month",
    "Pieces that sites owe, to customers and to each other, mean over each month; bands are 95 % intervals, the "
    "warm-up is left out.",
    drawn(backlog),
    table(backlog),
    lambda _: 2.5,
    shown=any_of(backlog),
    section="service",
    up="pieces owed",
    finding=lambda comparison: months.course(backlog(comparison), comparison.designs, "The backlog"),
)
