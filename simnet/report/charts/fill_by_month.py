"""Fill month by month, in bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison, Estimate
from simnet.metrics.monthly import MonthView
from simnet.report.charts import months
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.known import shelfless

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def fill(month: MonthView) -> float | None:
    """Customers' lines served at once / lines asked in the month."""
    asked = month.total("lines")
    return month.total("filled_lines") / asked if asked else None


def series(comparison: Comparison) -> list[dict[str, Estimate]]:
    """The fill of each design."""
    return months.every(comparison, fill, "share")


def draw(ax: Axes, comparison: Comparison) -> None:
    """Lines in their bands."""
    months.lines(ax, comparison, series(comparison), 100)
    low, high = ax.get_ylim()
    low = max(0.0, low - 2)
    ax.set_ylim(low, min(100 + 0.04 * (100 - low), max(high, low + 5)))  # a line at 100 % is not cut
    ax.locator_params(axis="y", nbins=6, steps=[1, 2, 2.5, 5, 10])
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.3g} %" if value <= 100 else "")
    months.named(ax, comparison)


def numbers(comparison: Comparison) -> Numbers:
    """A row a month."""
    return months.table(series(comparison), comparison.designs)


FILL_BY_MONTH = Chart(
    "fill-by-month",
    "Lines filled at once, by month",
    "By the month in which the line was asked; bands are 95 % intervals, the warm-up is left out.",
    draw,
    numbers,
    lambda _: 2.5,
    shown=lambda comparison: (
        not shelfless(comparison)
        and any(level.mean is not None for each in series(comparison) for level in each.values())
    ),
    section="service",
    up="lines filled at once",
    finding=lambda comparison: months.course(series(comparison), comparison.designs, "The fill"),
)
