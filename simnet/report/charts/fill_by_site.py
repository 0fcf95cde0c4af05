"""Fill by site: the worst sites one by one, the others as a span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.metrics.frames import tidy_rows
from simnet.metrics.intervals import Estimate
from simnet.report.charts import dots
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.dots import Row, mean, percent
from simnet.report.charts.remembered import remembered
from simnet.report.charts.room import above, adapted, inches_of
from simnet.report.charts.style import SMALL, SOFT
from simnet.report.charts.words import all_alike, called
from simnet.report.known import shelfless

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SPREAD = 0.7
"""Of a row, that its designs take."""
MOST, FEWEST = 25, 3
"""Sites that are shown one by one, at most and at least."""


@remembered
def sites(comparison: Comparison) -> list[Row]:
    """The sites that customers ask, the worst first, by the first design that has them."""
    found: dict[str, list[Estimate | None]] = {}
    for number, result in enumerate(comparison.results):
        for row in tidy_rows(result, "fill.line", ["site"]):
            if row["value"] is not None:
                levels = found.setdefault(row["site"], [None] * len(comparison.designs))
                levels[number] = Estimate(row["value"], row["half_width"], row["unit"], ())
    return sorted((Row(name, levels) for name, levels in found.items()), key=first)


def first(row: Row) -> float:
    """The fill of a site in the first design that has it."""
    return next(each.mean for each in row.levels if each is not None and each.mean is not None)


def parted(comparison: Comparison, most: int = MOST) -> tuple[list[Row], list[Row]]:
    """The sites that are shown one by one, and the others; one other site alone is shown too."""
    found = sites(comparison)
    shown = len(found) if len(found) <= most + 1 else most
    return found[:shown], found[shown:]


def draw(ax: Axes, comparison: Comparison, most: int | None = None) -> None:
    """Dots with intervals; the span of the sites that are not shown below. Where nobody says how many sites there are
    to be, as many as there is room for."""
    if most is not None:
        draw_worst(ax, comparison, most)
    else:
        adapted(ax, lambda ax, count: draw_worst(ax, comparison, count), lambda ax: fitting(ax, comparison))


def fitting(ax: Axes, comparison: Comparison) -> int:
    """The sites that can be read in the room there is, MOST at most."""
    inches = inches_of(ax) - rest(comparison)
    rows = int(inches / pitch(comparison) + 0.05)
    return max(FEWEST, MOST if rows > MOST else rows - 1)


def draw_worst(ax: Axes, comparison: Comparison, most: int) -> None:
    """So many of the worst sites, and the span of the others."""
    worst, others = parted(comparison, most)
    nowhere: list[Estimate | None] = [None] * len(comparison.designs)
    rows = [*worst, *([Row(f"{len(others)} others", nowhere)] if others else [])]
    dots.dots(ax, rows, comparison.designs, spread=SPREAD, numbered=len(comparison.designs) == 1)
    if others:
        (low, high), below = span(others), dots.stands(rows)[-1]
        ax.plot([100 * low, 100 * high], [below] * 2, color=SOFT, linewidth=5, alpha=0.35, solid_capstyle="butt")
        words = f"{100 * low:.1f} to {100 * high:.1f} %" + (" in the first" if len(comparison.designs) > 1 else "")
        ax.annotate(words, (100 * high, below), (6, 0), textcoords="offset points", va="center",
                    fontsize=SMALL, color=SOFT)  # fmt: skip


def span(rows: Sequence[Row]) -> tuple[float, float]:
    """The lowest and the highest fill of sites."""
    found = [first(row) for row in rows]
    return min(found), max(found)


def numbers(comparison: Comparison) -> Numbers:
    """Every site, the worst first."""
    return dots.table(sites(comparison), comparison.designs)


def finding(comparison: Comparison) -> str:
    """The worst and the best site of the first design, and how many sites another design makes better."""
    found = [row for row in sites(comparison) if mean(row, 0) is not None]
    if not found:
        return ""
    low, high = found[0], found[-1]
    if percent(first(low)) == percent(first(high)):
        return f"In {called(comparison.designs[0])}, {all_alike(len(found), 'sites')}: {percent(first(low))}."
    text = f"In {called(comparison.designs[0])}, {called(low.name)} is worst at {percent(first(low))}"
    return f"{text} and {called(high.name)} best at {percent(first(high))}, of {len(found)} sites that customers ask."


def height(comparison: Comparison, most: int = MOST) -> float:
    """Room for the sites shown."""
    worst, others = parted(comparison, most)
    return rest(comparison) + pitch(comparison) * (len(worst) + bool(others))


def rest(comparison: Comparison) -> float:
    """Inches beside those of rows."""
    return 0.6 + above(comparison.designs, dots.LONGEST)


def pitch(comparison: Comparison) -> float:
    """Inches of a row."""
    count = len(comparison.designs)
    return 0.2 if count == 1 else 0.2 + 0.012 * min(count, 8)


FILL_BY_SITE = Chart(
    "fill-by-site",
    "Lines filled at once, by site",
    f"Customers' lines served at once and in full, with 95 % intervals: the worst sites of the first design, at most "
    f"{MOST} of them; fewer on a picture with less room.",
    draw,
    numbers,
    height,
    shown=lambda comparison: len(sites(comparison)) > 1 and not shelfless(comparison),
    section="service",
    across="lines filled at once",
    finding=finding,
)
