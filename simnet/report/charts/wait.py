"""Wait: how many of the customers' lines are done at once, within hours, within days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.charts.chart import Chart, Numbers, color, dress, legend, plain
from simnet.report.charts.fill import asked
from simnet.report.numbers import clean, level

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def steps(comparison: Comparison) -> list[tuple[str, str]]:
    """At once, then each window: (label, KPI key)."""
    found = [(key, kpi) for key, kpi in comparison.kpis.items() if kpi.metric.key == "within.WINDOW"]
    windows = [(kpi.window, key) for key, kpi in found if kpi.order_class is None]
    return [("at once", "fill.line"), *((key.partition(".")[2], key) for _, key in sorted(windows))]


def draw(ax: Axes, comparison: Comparison) -> None:
    """A line a design over the windows."""
    found = steps(comparison)
    for number, design in enumerate(comparison.designs):
        levels = [comparison.levels[design].get(key) for _, key in found]
        values = [100 * x.mean if x and x.mean is not None else float("nan") for x in levels]
        spread = [100 * (x.half_width or 0.0) if x else 0.0 for x in levels]
        ax.errorbar(range(len(values)), values, yerr=spread, color=color(number), linewidth=1.8,
                    marker="o", markersize=4.5, elinewidth=1.2, label=plain(design))  # fmt: skip
    ax.set_xticks(range(len(found)), [name for name, _ in found])
    low = max(0.0, ax.get_ylim()[0])
    ax.set_ylim(low, 100 + 0.05 * (100 - low))
    ax.locator_params(axis="y", nbins=5)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.3g} %" if value <= 100 else "")
    dress(ax, "y")
    legend(ax, len(comparison.designs), least=2)


def numbers(comparison: Comparison) -> Numbers:
    """Levels with intervals."""
    header = ["", *(clean(name) for name in comparison.designs)]
    rows = [
        [name, *(str(level(comparison.levels[design].get(key))) for design in comparison.designs)]
        for name, key in steps(comparison)
    ]
    return header, rows


WAIT = Chart(
    "wait",
    "Lines done within",
    "Share of the customers' lines that were complete so long after asking.",
    draw,
    numbers,
    lambda comparison: 2.4,
    shown=asked,
    section="service",
)
