"""Money: what the network costs and earns a year of 365 days, in the scenario's currency.

Parts gross margin = (sales - landed cost) / sales, landed cost = purchase + freight.
Freight of lines that were passed on is counted by way (`simnet.metrics.freight`), that of replenishment by point.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simnet.metrics.freight import freight, transport_paid
from simnet.metrics.metric import Metric
from simnet.metrics.view import View
from simnet.units import MONEY


def purchase(view: View) -> float:
    """Cost of the pieces received from suppliers, less those sent back to them."""
    return view.a_year((view.worth("bought", "cost") + view.direct("cost")) / MONEY)


def transport(view: View) -> float | None:
    """Freight of replenishment, a year."""
    paid = transport_paid(view)
    return None if paid is None else view.a_year(paid)


def ordering(view: View) -> float:
    """Replenishment lines x their cost."""
    return view.a_year(view.total("orders") * view.outline.costs.order / MONEY)


def rush(view: View) -> float:
    """Customers' lines passed on x their cost."""
    return view.a_year(view.asked("passed_lines") * view.outline.costs.rush / MONEY)


def holding(view: View) -> float:
    """Stock on hand at cost x the holding rate."""
    return view.a_year(view.worth("on_hand_minutes", "cost") * view.outline.costs.holding / MONEY)


def backorder(view: View) -> float:
    """Pieces owed to customers x their cost a minute."""
    return view.a_year(view.asked("owed_minutes") * view.outline.costs.backorder / MONEY)


def logistics(view: View) -> float | None:
    """Transport, freight of lines passed on, ordering, rush lines, holding and backorders together."""
    moved = landed(view)
    return None if moved is None else moved + ordering(view) + rush(view) + holding(view) + backorder(view)


def landed(view: View) -> float | None:
    """Transport of replenishment and of lines passed on."""
    refill, passed = transport(view), freight(view)
    return None if refill is None or passed is None else refill + view.a_year(passed)


def revenue(view: View) -> float:
    """Price of the pieces that customers got."""
    return view.a_year(view.sold("price") / MONEY)


def margin(view: View) -> float | None:
    """(Revenue - purchase cost of the pieces sold - transport) / revenue."""
    sales, moved = revenue(view), landed(view)
    if not sales or moved is None:
        return None
    return (sales - view.a_year(view.sold("cost") / MONEY) - moved) / sales


def cost(only: Callable[[Any], Any] | None = None) -> Callable[[View], float | None]:
    """The metric that tells freight a year, of all classes or of those that `only` picks."""

    def value(view: View) -> float | None:
        paid = freight(view, only=only)
        return None if paid is None else view.a_year(paid)

    return value


def dealer_pays(classes: Any) -> Any:
    """Which order classes leave the freight to the dealer."""
    return classes["dealer_pays"]


COST = [
    Metric(
        "cost.year", "money/y", "cost a year",
        "What running the network costs a year, whoever pays: `cost.transport` + `cost.passed` + `cost.order` + "
        "`cost.rush` + `cost.holding` + `cost.backorder`; the parts themselves are apart, in `cost.purchase` and "
        "`margin`.",
        "lower", logistics, takes=("holding",),
    ),
    Metric(
        "cost.transport", "money/y", "transport a year",
        "Weight sent to each site for stock, or sent back, x its lane's price a kilogram + lots sent x the price a "
        "lot, a year; what came from a sister or another source than its own at the price of that way.",
        "lower", transport,
    ),
    Metric(
        "cost.passed", "money/y", "freight passed on a year",
        "Freight of customers' lines that other sources sent: weight x the price a kilogram + lots x the price a lot "
        "of each way, a year, whoever pays.",
        "lower", cost(), by_class=False, by_order=True, needs="sources",
    ),
    Metric(
        "cost.passed.dealer", "money/y", "of it dealers pay",
        "The part of `cost.passed` that dealers pay (`order_classes.NAME.freight: dealer`), a year.",
        None, cost(dealer_pays), by_class=False, by_order=True, needs="sources",
    ),
    Metric(
        "cost.order", "money/y", "ordering a year",
        "Replenishment lines placed x `costs.order`, a year.",
        "lower", ordering,
    ),
    Metric(
        "cost.rush", "money/y", "rush lines a year",
        "Customers' lines passed on x `costs.rush`, a year.",
        "lower", rush, by_order=True, needs="sources",
    ),
    Metric(
        "cost.holding", "money/y", "holding a year",
        "Mean stock on hand at purchase cost x `costs.holding`, a year; stock on the road bears none.",
        "lower", holding, takes=("costs",),
    ),
    Metric(
        "cost.backorder", "money/y", "backorders a year",
        "Piece-days owed to customers x `costs.backorder`, a year.",
        "lower", backorder,
    ),
    Metric(
        "cost.purchase", "money/y", "purchase a year",
        "Purchase cost of the pieces received from suppliers, by sites or straight by customers, less those sent back "
        "to suppliers, a year.",
        None, purchase, takes=("costs",),
    ),
    Metric(
        "revenue.year", "money/y", "revenue a year",
        "Sales price of the pieces that customers got, a year.",
        "higher", revenue, takes=("priced",),
    ),
    Metric(
        "margin", "share", "parts margin",
        "Parts gross margin: (revenue - landed cost) / revenue, landed cost being the purchase cost of the "
        "pieces sold + `cost.transport` + `cost.passed`; holding, ordering and backorders are not in it.",
        "higher", margin, takes=("costs", "priced"),
    ),
]  # fmt: skip
