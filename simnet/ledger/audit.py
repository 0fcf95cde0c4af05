"""The audit of every run: nothing appears, nothing vanishes (law 10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.integers import Integers
from simnet.ledger.tally import Tally

if TYPE_CHECKING:
    from simnet.network.network import Network


class AuditError(AssertionError):
    """A run broke a law of conservation: a fault of simnet, never of its input."""


@dataclass(frozen=True)
class Check:
    """One law: what it says, and by how much each point breaks it (all zeros when it holds)."""

    law: str
    off: Callable[[Tally, Network], Any]


def stock(tally: Tally, network: Network) -> Any:
    """On hand."""
    p = tally.point
    return p["opening_on_hand"] + p["received"] - p["shipped"] - p["on_hand"]


def orders(tally: Tally, network: Network) -> Any:
    """On order."""
    p = tally.point
    return p["opening_on_order"] + p["ordered"] - p["received"] - p["on_order"]


def asked(tally: Tally, network: Network) -> Any:
    """Demand, by order class."""
    f = tally.flow
    served = f["filled_units"] + f["late_units"]
    return f["opening_owed"] + f["units"] - served - f["lost_units"] - f["owed"]


def handed_out(tally: Tally, network: Network) -> Any:
    """What left the shelf is what was served."""
    served = by_point(tally.flow["filled_units"] + tally.flow["late_units"], network)
    return tally.point["shipped"] - served.sum(axis=1)


def on_the_way(tally: Tally, network: Network) -> Any:
    """What a source owes and has sent to the points it refills is what they have on order."""
    p, source = tally.point, network.points["source"]
    inside = source >= 0
    waiting = np.bincount(source[inside], weights=(p["on_order"] - p["in_transit"])[inside], minlength=len(p))
    alone = np.where(inside, 0, p["on_order"] - p["in_transit"])
    return np.rint(waiting).astype(np.int64) - by_point(tally.flow["owed"], network)[:, 0] + alone


def travelled(tally: Tally, network: Network) -> Any:
    """What a source shipped to the points it refills is what they received or have on the way."""
    p, source = tally.point, network.points["source"]
    inside = source >= 0
    came = (p["received"] + p["in_transit"] - p["opening_in_transit"])[inside]
    arrived = np.rint(np.bincount(source[inside], weights=came, minlength=len(p))).astype(np.int64)
    return arrived - by_point(tally.flow["filled_units"] + tally.flow["late_units"], network)[:, 0]


def never_negative(tally: Tally, network: Network) -> Any:
    """Stock, orders and debts are never negative."""
    names = ("on_hand", "on_order", "owed", "in_transit", "on_hand_minutes", "owed_minutes", "transit_minutes")
    return np.concatenate([np.minimum(tally.point[name], 0) for name in names])


def months_add_up(tally: Tally, network: Network) -> Any:
    """The months of each site add up to its points."""
    month = tally.month.reshape(network.months, network.sites, -1)
    measured = month[network.first_month :]
    customers = by_point(tally.flow["lines"], network)[:, 1:].sum(axis=1)
    site = network.points["site"]
    pairs = (
        (measured["lines"].sum(axis=(0, 2)), customers),
        (measured["ordered"].sum(axis=(0, 2)), tally.point["ordered"]),
        (month["on_hand_change"].sum(axis=(0, 2)), tally.point["on_hand"]),
        (month["owed_change"].sum(axis=(0, 2)), tally.point["owed"]),
    )
    return np.concatenate([left - at_site(right, site, network.sites) for left, right in pairs])


def at_site(values: Integers, site: Integers, sites: int) -> Integers:
    """Sums by site, exact below 2**53."""
    return np.rint(np.bincount(site, weights=values, minlength=sites)).astype(np.int64)


def by_point(flow: Integers, network: Network) -> Integers:
    """A field of the flow as [point, order class]."""
    return flow.reshape(-1, len(network.order_classes))


CHECKS = [
    Check("on hand = opening + received - shipped", stock),
    Check("on order = opening + ordered - received", orders),
    Check("asked + owed before = served + lost + owed after", asked),
    Check("shipped = served", handed_out),
    Check("on order = in transit + owed by the source", on_the_way),
    Check("shipped to sites = received + on the way", travelled),
    Check("nothing is negative", never_negative),
    Check("months add up to the run", months_add_up),
]


def audit(tally: Tally, network: Network) -> int:
    """Check every law on every point; the number of checks. `AuditError` names the law that is broken."""
    checked = 0
    for check in CHECKS:
        off = check.off(tally, network)
        if off.any():
            worst = int(np.abs(off).argmax())
            raise AuditError(f"{check.law}: off by {int(off.flat[worst])} at row {worst} ({network.design})")
        checked += off.size
    return checked
