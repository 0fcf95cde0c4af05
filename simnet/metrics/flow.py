"""Flow: what customers asked, what was lost, and the orders and shipments that sites made of it."""

from __future__ import annotations

from simnet.metrics.metric import Metric, ratio
from simnet.metrics.monthly import MonthView
from simnet.metrics.view import View


def demand_lines(view: View) -> float:
    """Customers' lines of the measured time."""
    return float(view.asked("lines"))


def demand_units(view: View) -> float:
    """Pieces that customers asked for in the measured time."""
    return float(view.asked("units"))


def lost_share(view: View) -> float | None:
    """Pieces lost / pieces asked."""
    return ratio(view.asked("lost_units"), view.asked("units"))


def orders(view: View) -> float:
    """Replenishment lines placed, a year."""
    return view.a_year(view.total("orders"))


def held(view: View) -> float | None:
    """Lines held with an order that was not worth its supplier's minimum / lines put on such orders."""
    return ratio(view.total("held"), view.total("wished"))


def shipments(view: View) -> float:
    """Lots sent to sites, a year."""
    return view.a_year(view.total("shipments"))


def month_lines(month: MonthView) -> float:
    """Customers' lines of the month."""
    return float(month.total("lines"))


def month_units(month: MonthView) -> float:
    """Pieces that customers asked for in the month."""
    return float(month.total("units"))


FLOW = [
    Metric(
        "demand.lines", "lines", "customers' lines",
        "Lines that customers asked in the measured time.",
        None, demand_lines, month=month_lines, by_order=True,
    ),
    Metric(
        "demand.units", "pieces", "pieces asked",
        "Pieces that customers asked for in the measured time.",
        None, demand_units, month=month_units, by_order=True,
    ),
    Metric(
        "lost.share", "share", "lost",
        "Pieces that customers asked for, that were not there and that they did not wait for, or not long enough / "
        "pieces they asked for.",
        "lower", lost_share, by_order=True,
    ),
    Metric(
        "orders.year", "orders/y", "orders a year",
        "Replenishment lines that sites placed, on suppliers and on each other, a year of 365 days.",
        None, orders,
    ),
    Metric(
        "orders.held", "share", "held for a minimum",
        "Replenishment lines held because the order they were put on was not worth the supplier's minimum / lines put "
        "on such orders; a line that is held twice is put on three orders.",
        "lower", held, needs="shared",
    ),
    Metric(
        "shipments.year", "shipments/y", "shipments a year",
        "Lots sent to sites, by suppliers and by each other, a year of 365 days; a line served in two "
        "parts is two lots.",
        None, shipments,
    ),
]  # fmt: skip
