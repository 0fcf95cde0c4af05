"""Fill and stock value month by month: a line a design, the mean over replications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison, DesignResult
from simnet.metrics.frames import tidy_rows
from simnet.report.charts.chart import Chart, Numbers, color, dress, legend, plain
from simnet.report.numbers import NOTHING, clean, scale, tick

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

Series = list[tuple[str, float | None]]


def series(result: DesignResult, key: str) -> Series:
    """Month and mean over replications."""
    return [(row["month"], row["value"]) for row in tidy_rows(result, key, ["month"])]


def lines(ax: Axes, comparison: Comparison, key: str) -> None:
    """A line a design over the months."""
    labels: list[str] = []
    for number, result in enumerate(comparison.results):
        found = series(result, key)
        labels = max(labels, [month for month, _ in found], key=len)
        values = [float("nan") if value is None else value for _, value in found]
        marker = "o" if len(values) < 3 else ""
        ax.plot(range(len(values)), values, color=color(number), linewidth=1.8, marker=marker,
                label=plain(result.name))  # fmt: skip
    step = max(1, -(-len(labels) // 6))
    ax.set_xticks(range(0, len(labels), step), labels[::step])
    ax.margins(x=0.04)
    ax.tick_params(axis="x", pad=7)
    dress(ax, "y")
    legend(ax, len(comparison.designs), least=2)


def draw_fill(ax: Axes, comparison: Comparison) -> None:
    """Customer line fill of the lines asked in each month."""
    lines(ax, comparison, "fill.line")
    low, high = ax.get_ylim()
    low = max(0.0, low - 0.02)
    ax.set_ylim(low, min(1 + 0.04 * (1 - low), max(high, low + 0.05)))  # a line at 100 % is not cut
    ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.3g} %" if value <= 1 else "")
    ax.locator_params(axis="y", nbins=6, steps=[1, 2, 2.5, 5, 10])


def draw_stock(ax: Axes, comparison: Comparison) -> None:
    """Stock value at the end of each month."""
    lines(ax, comparison, "stock.on_hand.value")
    top = ax.get_ylim()[1]
    ax.set_ylim(0, top * 1.05 or 1.0)
    how = scale(comparison.results[0].outline.money, ax.get_ylim()[1])
    ax.yaxis.set_major_formatter(lambda value, _: tick(value, how))
    ax.locator_params(axis="y", nbins=5)


def table(key: str) -> Callable[[Comparison], Numbers]:
    """The numbers of such a chart: a row a month."""

    def numbers(comparison: Comparison) -> Numbers:
        columns = [dict(series(result, key)) for result in comparison.results]
        months = {month: None for column in columns for month in column}
        unit = comparison.levels[comparison.designs[0]][key].unit
        rows = [[month, *(shown(column.get(month), unit) for column in columns)] for month in months]
        return ["", *(clean(name) for name in comparison.designs)], rows

    return numbers


def shown(value: float | None, unit: str) -> str:
    """One value with its unit."""
    if value is None:
        return NOTHING
    how = scale(unit, value)
    return f"{how.number(value)} {how.unit}"


def asked(comparison: Comparison) -> bool:
    """Whether any month has a fill to show."""
    return any(value is not None for result in comparison.results for _, value in series(result, "fill.line"))


def height(_: Comparison) -> float:
    """The same for any comparison."""
    return 2.4


MONTHLY_FILL = Chart(
    "monthly-fill",
    "Lines filled at once, by month",
    "By the month in which the line was asked.",
    draw_fill,
    table("fill.line"),
    height,
    shown=asked,
    section="service",
)

MONTHLY_STOCK = Chart(
    "monthly-stock",
    "Stock value, by month",
    "On hand at purchase cost, at the end of each month.",
    draw_stock,
    table("stock.on_hand.value"),
    height,
    section="stock",
)
