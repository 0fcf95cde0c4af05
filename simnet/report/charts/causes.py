"""Why lines were missed: a Pareto of causes, by lines and by the days that they waited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.ledger.tally import CAUSES
from simnet.metrics import Comparison
from simnet.report.charts import grouped
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.grouped import Rows, amount, axis, bars, largest_first, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def keys(measure: str) -> Rows:
    """Each cause and its KPI."""
    return [(cause, f"why.{cause.replace(' ', '-')}.{measure}") for cause in CAUSES]


def by_lines(comparison: Comparison) -> Rows:
    """The causes that cost lines, the worst first."""
    return largest_first(comparison, keys("line")) if "missed.line" in comparison.kpis else []


def by_days(comparison: Comparison) -> Rows:
    """The causes that cost days, the worst first."""
    return largest_first(comparison, keys("days")) if "missed.line" in comparison.kpis else []


def draw_lines(ax: Axes, comparison: Comparison) -> None:
    """Share of all lines, and of the missed ones."""

    def beside(design: str, key: str) -> str:
        part, whole = amount(comparison, design, key), amount(comparison, design, "missed.line")
        if not part or not whole or len(comparison.designs) > 1:
            return ""
        of_missed = round(100 * part / whole)
        return f"  ({of_missed or 'under 1'} % of missed)"

    bars(ax, comparison, by_lines(comparison), beside)
    ax.set_xlim(0, ax.get_xlim()[1] * (1.25 if len(comparison.designs) == 1 else 1))
    axis(ax, "share")


def draw_days(ax: Axes, comparison: Comparison) -> None:
    """Line-days a year."""
    bars(ax, comparison, by_days(comparison))
    axis(ax, "d/y")


def more(measures: tuple[str, ...]) -> Rows:
    """Every cause by some measures, for the table."""
    words = {"line": "", "unit": ", pieces", "value": ", value", "days": ", days a year"}
    return [(label + words[measure], key) for measure in measures for label, key in keys(measure)]


def numbers(comparison: Comparison) -> Numbers:
    """The causes by line, piece and value."""
    return table(lambda found: [("missed", "missed.line"), *grouped.known(found, more(("line", "unit", "value")))])(
        comparison
    )


CAUSES_BY_LINES = Chart(
    "causes",
    "Why lines were missed",
    "Share of all customers' lines that were missed for each cause.",
    draw_lines,
    numbers,
    grouped.room(by_lines),
    shown=lambda comparison: bool(by_lines(comparison)),
    section="hurts",
)

CAUSES_BY_DAYS = Chart(
    "causes-days",
    "What the misses cost in waiting",
    "Days that missed lines waited, a year, by cause.",
    draw_days,
    table(by_days),
    grouped.room(by_days),
    shown=lambda comparison: bool(by_days(comparison)),
    section="hurts",
)
