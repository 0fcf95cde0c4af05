"""Why lines were missed: a Pareto of causes, by lines and by the days that they waited."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from simnet.ledger.tally import CAUSES
from simnet.metrics import Comparison
from simnet.report.charts import grouped
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.grouped import Rows, amount, axis, bars, largest_first, table
from simnet.report.charts.style import PAPER, SMALL, SOFT
from simnet.report.charts.words import called

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MISSED = "Missed: later than promised; of a class without a promise, not on the shelf in full."
"""What the causes are of."""


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
    """Share of all lines; with one design, the causes added up on the same axis."""
    pareto(ax, comparison, by_lines(comparison))
    axis(ax, "share")


def draw_days(ax: Axes, comparison: Comparison) -> None:
    """Line-days a year."""
    pareto(ax, comparison, by_days(comparison))
    axis(ax, "d/y")


def pareto(ax: Axes, comparison: Comparison, rows: Rows) -> None:
    """Bars by size; of one design also how far the causes go together, in percent of all."""
    bars(ax, comparison, rows)
    if len(comparison.designs) > 1 or len(rows) < 2:
        return
    sums = list(accumulate(amount(comparison, comparison.designs[0], key) or 0.0 for _, key in rows))
    ax.plot(sums, range(len(rows)), color=SOFT, linewidth=1.0, marker="o", markersize=3.5, markeredgecolor=PAPER,
            markeredgewidth=0.5, zorder=3)  # fmt: skip
    for row, added in list(enumerate(sums))[1:]:
        words = f"{100 * added / sums[-1]:.0f} %" + (" together" if row == 1 else "")
        ax.annotate(words, (added, row), (5, 0), textcoords="offset points", va="center", fontsize=SMALL, color=SOFT,
                    bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6})  # fmt: skip
    ax.set_xlim(0, 1.22 * sums[-1])


def more(measures: tuple[str, ...]) -> Rows:
    """Every cause by some measures, for the table."""
    words = {"line": "", "unit": ", pieces", "value": ", value", "days": ", days a year"}
    return [(label + words[measure], key) for measure in measures for label, key in keys(measure)]


def numbers(comparison: Comparison) -> Numbers:
    """The causes by line, piece and value."""
    return table(lambda found: [("missed", "missed.line"), *grouped.known(found, more(("line", "unit", "value")))])(
        comparison
    )


def finding(comparison: Comparison, rows: Rows, what: str) -> str:
    """The largest causes of the first design and their shares."""
    design = comparison.designs[0]
    sizes = [(label, amount(comparison, design, key) or 0.0) for label, key in rows]
    whole = sum(size for _, size in sizes)
    if not whole:
        return ""
    told = [f"{label} ({100 * size / whole:.0f} %)" for label, size in sizes[:3] if size]
    return f"Of {what} in {called(design)}, the largest causes are {', '.join(told)}."


CAUSES_BY_LINES = Chart(
    "causes",
    "Why lines were missed",
    "Share of all customers' lines that were missed for each cause, with 95 % intervals; of one design the line adds "
    f"them up. {MISSED}",
    draw_lines,
    numbers,
    grouped.room(by_lines),
    shown=lambda comparison: bool(by_lines(comparison)),
    section="hurts",
    across="customers' lines missed",
    finding=lambda comparison: finding(comparison, by_lines(comparison), "the missed lines"),
)

CAUSES_BY_DAYS = Chart(
    "causes-days",
    "What the misses cost in waiting",
    "Days that missed lines waited, a year, by cause, with 95 % intervals; of one design the line adds them up. "
    f"{MISSED}",
    draw_days,
    table(by_days),
    grouped.room(by_days),
    shown=lambda comparison: bool(by_days(comparison)),
    section="hurts",
    across="days waited, a year",
    finding=lambda comparison: finding(comparison, by_days(comparison), "the days that missed lines waited"),
)
