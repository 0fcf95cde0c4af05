"""Fill by part class and by order class, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.metrics.frames import tidy_rows
from simnet.metrics.intervals import Estimate
from simnet.report.charts import dots
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.dots import Row, extremes, of_kpi, percent
from simnet.report.charts.words import all_alike, called
from simnet.report.cut_notes import sentence, unstocked
from simnet.report.known import shelfless
from simnet.report.rows import asking_tier, order_classes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 20
"""Part classes that are shown; of more, the worst."""


def part_classes(comparison: Comparison) -> list[Row]:
    """The part classes that customers ask, in the scenario's order."""
    found: dict[str, list[Estimate | None]] = {}
    for number, result in enumerate(comparison.results):
        for row in tidy_rows(result, "fill.line", ["part_class"]):
            if row["value"] is not None:
                levels = found.setdefault(row["part_class"], [None] * len(comparison.designs))
                levels[number] = Estimate(row["value"], row["half_width"], row["unit"], ())
    return [Row(name, levels) for name, levels in found.items()]


def orders(comparison: Comparison) -> list[Row]:
    """The order classes, where customers have several."""
    names = order_classes(comparison)
    return [of_kpi(comparison, name, f"fill.line.{name}") for name in names] if len(names) > 1 else []


def rows(comparison: Comparison) -> list[Row]:
    """Both under their headings; a heading where there are both."""
    parts, classes = part_classes(comparison), orders(comparison)
    if len(parts) < 2:
        return classes
    shown = parts if len(parts) <= MOST else sorted(parts, key=dots_first)[:MOST]
    heads = ([Row("part class")], [Row("order class")]) if classes else ([], [])
    return [*heads[0], *shown, *heads[1], *classes]


def dots_first(row: Row) -> float:
    """The fill of a class in the first design that has it."""
    return next(each.mean for each in row.levels if each is not None and each.mean is not None)


def draw(ax: Axes, comparison: Comparison) -> None:
    """Dots with intervals."""
    dots.dots(ax, rows(comparison), comparison.designs)


def numbers(comparison: Comparison) -> Numbers:
    """Levels with intervals."""
    return dots.table([*part_classes(comparison), *orders(comparison)], comparison.designs)


def finding(comparison: Comparison) -> str:
    """The worst and the best class of the first design."""
    told = []
    for what, found in (("part class", part_classes(comparison)), ("order class", orders(comparison))):
        ends = extremes(found) if len(found) > 1 else None
        if ends is not None:
            told.append(said(what, len(found), *ends) + (bare_classes(comparison) if what == "part class" else ""))
    return f"In {called(comparison.designs[0])}, {'; '.join(told)}." if told else ""


def bare_classes(comparison: Comparison) -> str:
    """That classes with a fill of nothing have no stock where customers ask; nothing where that is not so."""
    tier = asking_tier(comparison)
    none = unstocked(tier, comparison.results[0]) if tier else []
    return f"; {sentence(tier, none)}" if none else ""


def said(what: str, number: int, low: Row, high: Row) -> str:
    """Which class is filled least and which most, or that all are filled alike."""
    least, most = percent(dots_first(low)), percent(dots_first(high))
    if least == most:
        plural = what.replace("class", "classes")
        return f"{all_alike(number, plural)} ({least})"
    return f"{what} {called(low.name)} is filled least ({least}) and {called(high.name)} most ({most})"


def height(comparison: Comparison) -> float:
    """Room for each class and design."""
    return dots.height_of(rows(comparison), comparison.designs, max(0.28, 0.085 * len(comparison.designs) + 0.12))


FILL_BY_CLASS = Chart(
    "fill-by-class",
    "Lines filled at once, by class",
    "Customers' lines served at once and in full, by class of part and of order; bars are 95 % intervals.",
    draw,
    numbers,
    height,
    shown=lambda comparison: len(rows(comparison)) > 1 and not shelfless(comparison),
    section="service",
    across="lines filled at once",
    finding=finding,
)
