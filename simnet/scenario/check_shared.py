"""Whether what suppliers say of orders makes sense: how often, from which value, held for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simnet.scenario.checker import Checker
    from simnet.scenario.sites import Supplier


def check_shared_orders(here: Checker) -> None:
    """A least value is that of orders that are collected.

    Of a supplier with a wrong value nothing is told: what one key needs may be the other that is wrong.
    """
    for name, seller in here.scenario.suppliers.items():
        faults = _faults(seller)
        if faults and here.wrong("suppliers", name):
            here.problems.more = True
            continue
        for key, message, remedy in faults:
            loc = ("suppliers", name, key)
            here.problems.add(here.mark(*loc), message, path=loc, remedy=remedy)


def _faults(seller: Supplier) -> list[tuple[str, str, str]]:
    """Key, what is wrong with it, and what to do."""
    found = []
    for key in ("order_every", "hold_at_most"):
        if getattr(seller, key) == 0:
            what = "orders leave at any time" if key == "order_every" else "an order is held until it is worth enough"
            found.append((key, "must be above zero", f"leave it out, and {what}"))
    if seller.minimum_order_value and seller.order_every is None:
        message = "needs to know when orders leave: an order collects the lines of all parts until then"
        found.append(("minimum_order_value", message, "say how often beside it, such as order_every: 1 w"))
    return found
