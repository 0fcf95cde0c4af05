"""Lines passed on: how many, how many of them in a rush, their freight and its CO2, surcharges and discounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from simnet.metrics.freight import EMISSIONS, at_dealers, co2, freight, refill_co2, transport_paid
from simnet.metrics.metric import Metric, ratio
from simnet.metrics.view import View
from simnet.units import MONEY

SHARES = 10_000
"""Surcharges and discounts are so many of this."""


def is_rush(classes: Any) -> Any:
    """Which order classes are rush orders."""
    return classes["rush"]


def passed(view: View, field: str, rush: bool, price: bool = False) -> int:
    """Lines or pieces of customers that were passed on, of all classes or of the rush ones."""
    total = 0
    for number in range(len(view.outline.order_classes))[view.who()]:
        if not rush or view.outline.classes["rush"][number] > 0:
            here = replace(view, order_class=number)
            total += here.asked_worth(field, "price") if price else here.asked(field)
    return total


def rush_share(field: str, ordered: str, price: bool = False) -> Callable[[View], float | None]:
    """The metric that tells what rush classes passed on / all passed on and what dealers ordered for stock."""

    def value(view: View) -> float | None:
        refill = at_dealers(view)
        stock = refill.worth(ordered, "price") if price else refill.total(ordered)
        return ratio(passed(view, field, True, price), passed(view, field, False, price) + stock)

    return value


def rush_freight(view: View) -> float | None:
    """Freight of rush classes / freight of all that was passed on and of what dealers were sent for stock."""
    top, every, refill = freight(view, only=is_rush), freight(view), transport_paid(at_dealers(view))
    return None if top is None or every is None or refill is None or not every + refill else top / (every + refill)


def rush_co2(view: View) -> float | None:
    """The same of CO2."""
    top, every, refill = co2(view, only=is_rush), co2(view), refill_co2(at_dealers(view))
    return None if top is None or every is None or refill is None or not every + refill else top / (every + refill)


def co2_passed(view: View) -> float | None:
    """CO2 of what was passed on, a year."""
    found = co2(view)
    return None if found is None else view.a_year(found)


def co2_refill(view: View) -> float | None:
    """CO2 of replenishment, a year."""
    found = refill_co2(view)
    return None if found is None else view.a_year(found)


def priced(field: str) -> Callable[[View], float | None]:
    """The metric that tells surcharges or discounts a year: price x pieces x the class's share."""

    def value(view: View) -> float | None:
        shares, total = view.outline.classes[field], 0
        for number in range(len(view.outline.order_classes))[view.who()]:
            total += replace(view, order_class=number).asked_worth("passed_units", "price") * int(shares[number])
        if view.order_class is None and shares[0]:
            total += at_dealers(view).worth("ordered", "price") * int(shares[0])
        return view.a_year(total / (SHARES * MONEY))

    return value


def passed_share(view: View) -> float | None:
    """Lines passed on / lines asked."""
    return ratio(view.asked("passed_lines"), view.asked("lines"))


def travel(view: View) -> float | None:
    """Mean pieces on the way from another source to a customer."""
    return ratio(view.asked("travel_minutes"), view.minutes)


RUSH = (
    "rush classes (`order_classes.NAME.rush`) of lines passed on / all lines passed on and the stock orders of dealers"
)
FACTORS = ", ".join(f"{mode} {factor}" for mode, factor in EMISSIONS.items())

PASSED = [
    Metric(
        "passed.line", "share", "passed on",
        "Customers' lines that were given to another source, or wait there, in whole or part / lines they asked.",
        None, passed_share, by_order=True, needs="sources",
    ),
    Metric(
        "travel.units", "pieces", "on the way to customers",
        "Time average of pieces on the way from another source to customers, for lines asked in the measured time.",
        "lower", travel, by_order=True, needs="sources",
    ),
    Metric(
        "rush.line", "share", "rush share",
        f"Lines of {RUSH}, in lines (dealers are the sites that refill no other).",
        "lower", rush_share("passed_lines", "orders"), needs="sources",
    ),
    Metric(
        "rush.unit", "share", "rush share, pieces",
        f"Pieces of {RUSH}, in pieces.",
        "lower", rush_share("passed_units", "ordered"), needs="sources",
    ),
    Metric(
        "rush.value", "share", "rush share, value",
        f"Price x pieces of {RUSH}, in price x pieces.",
        "lower", rush_share("passed_units", "ordered", price=True), needs="sources",
    ),
    Metric(
        "rush.freight", "share", "rush share, freight",
        f"Freight of {RUSH}, in freight.",
        "lower", rush_freight, by_class=False, needs="sources",
    ),
    Metric(
        "rush.co2", "share", "rush share, CO2",
        f"CO2 of {RUSH}, in CO2; not known where the way of any of them is not (see `co2.passed`).",
        "lower", rush_co2, by_class=False, needs="sources",
    ),
    Metric(
        "surcharge.year", "money/y", "surcharges a year",
        "What dealers pay on top of the price: price x pieces passed on x the `surcharge` of their order class (of "
        "class `stock`: price x pieces that dealers order), a year. It is not in `revenue.year`.",
        None, priced("surcharge"), by_order=True, needs="prices", takes=("priced",),
    ),
    Metric(
        "discount.year", "money/y", "discounts a year",
        "What dealers pay less than the price, alike, with the `discount` of the order class. It is not in "
        "`revenue.year`.",
        None, priced("discount"), by_order=True, needs="prices", takes=("priced",),
    ),
    Metric(
        "co2.passed", "kg/y", "CO2 of passed-on lines",
        "Kilograms of CO2 equivalent a year of customers' lines passed on: weight x distance of each way x kg a "
        f"tonne-kilometer of its mode ({FACTORS}; rounded from GLEC Framework v3 and UK Government conversion "
        "factors). Not known where a distance is not, or for other modes.",
        "lower", co2_passed, by_class=False, by_order=True, needs="sources",
    ),
    Metric(
        "co2.refill", "kg/y", "CO2 of replenishment",
        "The same of what sites were sent for stock; not known where the distance or mode of any lane is not.",
        "lower", co2_refill, by_class=False, needs="sources",
    ),
]  # fmt: skip
