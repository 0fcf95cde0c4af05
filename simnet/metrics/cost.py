"""Money: what the network costs and earns a year of 365 days, in the scenario's currency.

Parts gross margin = (sales - landed cost) / sales, landed cost = purchase + freight.
"""

from __future__ import annotations

import numpy as np

from simnet.metrics.metric import Metric
from simnet.metrics.view import View, exact_dot
from simnet.units import MONEY

SUPPLIER = -1
"""The source of a point that a supplier refills."""
GRAMS = 1000
"""A kilogram."""


def purchase(view: View) -> float:
    """Cost of the pieces received from suppliers."""
    bought = np.where(view.place("source") == SUPPLIER, view.column("received"), 0)
    return view.a_year(exact_dot(bought, view.per_part("cost")) / MONEY)


def transport(view: View) -> float:
    """Weight sent x the lane's price a kilogram, plus the lane's price a lot."""
    sent = view.column("received") + view.column("in_transit") - view.column("opening_in_transit")
    by_weight = exact_dot(sent * view.per_part("weight"), view.place("transport"))
    by_lot = exact_dot(view.column("shipments"), view.place("shipment"))
    return view.a_year((by_weight + by_lot * GRAMS) / (GRAMS * MONEY))


def ordering(view: View) -> float:
    """Replenishment lines x their cost."""
    return view.a_year(view.total("orders") * view.network.costs.order / MONEY)


def holding(view: View) -> float:
    """Stock on hand at cost x the holding rate."""
    return view.a_year(view.worth("on_hand_minutes", "cost") * view.network.costs.holding / MONEY)


def backorder(view: View) -> float:
    """Pieces owed to customers x their cost a minute."""
    return view.a_year(view.asked("owed_minutes") * view.network.costs.backorder / MONEY)


def logistics(view: View) -> float:
    """Transport, ordering, holding and backorders together."""
    return transport(view) + ordering(view) + holding(view) + backorder(view)


def revenue(view: View) -> float:
    """Price of the pieces that customers got."""
    return view.a_year(view.sold("price") / MONEY)


def margin(view: View) -> float | None:
    """(Revenue - purchase cost of the pieces sold - transport) / revenue."""
    sales = revenue(view)
    if not sales:
        return None
    landed = view.a_year(view.sold("cost") / MONEY) + transport(view)
    return (sales - landed) / sales


COST = [
    Metric(
        "cost.year", "money/y", "cost a year",
        "What running the network costs a year: `cost.transport` + `cost.order` + `cost.holding` + "
        "`cost.backorder`; the parts themselves are apart, in `cost.purchase` and `margin`.",
        "lower", logistics,
    ),
    Metric(
        "cost.transport", "money/y", "transport a year",
        "Weight sent to each site x its lane's price a kilogram + lots sent x the price a lot, a year.",
        "lower", transport,
    ),
    Metric(
        "cost.order", "money/y", "ordering a year",
        "Replenishment lines placed x `costs.order`, a year.",
        "lower", ordering,
    ),
    Metric(
        "cost.holding", "money/y", "holding a year",
        "Mean stock on hand at purchase cost x `costs.holding`, a year; stock on the road bears none.",
        "lower", holding,
    ),
    Metric(
        "cost.backorder", "money/y", "backorders a year",
        "Piece-days owed to customers x `costs.backorder`, a year.",
        "lower", backorder,
    ),
    Metric(
        "cost.purchase", "money/y", "purchase a year",
        "Purchase cost of the pieces received from suppliers, a year.",
        None, purchase,
    ),
    Metric(
        "revenue.year", "money/y", "revenue a year",
        "Sales price of the pieces that customers got, a year.",
        "higher", revenue,
    ),
    Metric(
        "margin", "share", "parts margin",
        "Parts gross margin: (revenue - landed cost) / revenue, landed cost being the purchase cost of the "
        "pieces sold + `cost.transport`; holding, ordering and backorders are not in it.",
        "higher", margin,
    ),
]  # fmt: skip
