"""Fill: what was served from the shelf at the moment of asking, in three bases, and ready rate.

A partial line is not a fill; sums are divided by sums, never averages of ratios.
"""

from __future__ import annotations

from simnet.metrics.metric import Metric, ratio
from simnet.metrics.monthly import MonthView
from simnet.metrics.view import ANYONE, View


def unit_fill(view: View) -> float | None:
    """Pieces served at once / pieces asked."""
    return ratio(view.asked("filled_units"), view.asked("units"))


def line_fill(view: View) -> float | None:
    """Lines served at once and in full / lines asked."""
    return ratio(view.asked("filled_lines"), view.asked("lines"))


def value_fill(view: View) -> float | None:
    """Pieces served at once / pieces asked, each times its price."""
    return ratio(view.asked_worth("filled_units", "price"), view.asked_worth("units", "price"))


def complete_fill(view: View) -> float | None:
    """Pieces of the lines that were complete at once / pieces asked."""
    return ratio(view.asked("complete_units"), view.asked("units"))


def tier_unit_fill(view: View) -> float | None:
    """Unit fill of what anyone asked."""
    return ratio(view.asked("filled_units", ANYONE), view.asked("units", ANYONE))


def tier_line_fill(view: View) -> float | None:
    """Line fill of what anyone asked."""
    return ratio(view.asked("filled_lines", ANYONE), view.asked("lines", ANYONE))


def tier_value_fill(view: View) -> float | None:
    """Value fill of what anyone asked."""
    top = view.asked_worth("filled_units", "price", ANYONE)
    return ratio(top, view.asked_worth("units", "price", ANYONE))


def ready_rate(view: View) -> float | None:
    """Share of the time with stock on hand, averaged over the points that are stocked or asked."""
    return ratio(view.total("ready_minutes"), view.total("ready_points") * view.minutes)


def month_unit_fill(month: MonthView) -> float | None:
    """Unit fill of the lines asked in the month."""
    return ratio(month.total("filled_units"), month.total("units"))


def month_line_fill(month: MonthView) -> float | None:
    """Line fill of the lines asked in the month."""
    return ratio(month.total("filled_lines"), month.total("lines"))


def month_value_fill(month: MonthView) -> float | None:
    """Value fill of the lines asked in the month."""
    return ratio(month.total("filled_value"), month.total("value"))


FILL = [
    Metric(
        "fill.unit", "share", "customer fill, pieces",
        "Pieces that customers got from the shelf at the moment of asking / pieces they asked for "
        "(unit fill, type-2 service, beta).",
        "higher", unit_fill, month=month_unit_fill, by_order=True,
    ),
    Metric(
        "fill.line", "share", "customer fill",
        "Customers' lines served at once and in full / lines they asked; a partial line is not a fill "
        "(off-the-shelf fill, first pick). Tables call it customer fill; where orders are passed on "
        "(`order_classes.NAME.ask`) and customers ask one tier, the headline names it after that tier: dealer fill.",
        "higher", line_fill, month=month_line_fill, by_order=True,
    ),
    Metric(
        "fill.value", "share", "customer fill, value",
        "Price x pieces that customers got at once / price x pieces they asked for (dollar fill).",
        "higher", value_fill, month=month_value_fill, by_order=True,
    ),
    Metric(
        "fill.complete", "share", "customer fill, complete lines",
        "Pieces of the customers' lines that were complete at once / pieces they asked for: unit fill where "
        "a partial line counts nothing.",
        "higher", complete_fill, by_order=True,
    ),
    Metric(
        "fill.TIER.unit", "share", "{place} fill, pieces",
        "Pieces that the sites of the tier gave at the moment of asking / pieces asked of them, by customers "
        "and by the sites they refill or help; a line passed on counts where it was asked.",
        "higher", tier_unit_fill, by_order=True,
    ),
    Metric(
        "fill.TIER.line", "share", "{place} fill",
        "Lines that the sites of the tier served at once and in full / lines asked of them, by customers and "
        "by the sites they refill or help; a line passed on counts where it was asked.",
        "higher", tier_line_fill, by_order=True,
    ),
    Metric(
        "fill.TIER.value", "share", "{place} fill, value",
        "Price x pieces that the sites of the tier gave at once / price x pieces asked of them, by "
        "anyone; a line passed on counts where it was asked.",
        "higher", tier_value_fill, by_order=True,
    ),
    Metric(
        "ready.TIER", "share", "{place} ready rate",
        "Share of the measured time with stock on hand, averaged over the tier's stocking points (part x "
        "site) that have an up-to level above zero or were asked.",
        "higher", ready_rate,
    ),
]  # fmt: skip
