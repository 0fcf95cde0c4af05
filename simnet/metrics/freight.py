"""Freight: what lots weigh, how far they go and what that costs and emits, by way and by point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from simnet.metrics.view import CUSTOMERS, SITES, View, exact_dot
from simnet.units import MONEY

EMISSIONS = {"road": 0.1, "sea": 0.015, "air": 0.8, "rail": 0.03}
"""Kilograms of CO2 equivalent a tonne and kilometer by mode, fuel supply included: rounded from the default factors of
the GLEC Framework (Smart Freight Centre, version 3, 2023) and the UK Government's conversion factors for company
reporting. Orders of magnitude for comparing designs, not for reporting."""
GRAMS, TONNE, KILOMETER = 1000, 1_000_000, 1000
"""Grams of a kilogram and of a tonne, and meters of a kilometer."""


def loads(view: View, who: slice, only: Callable[[Any], Any] | None = None) -> Any:
    """What travelled for lines of some order classes to the sites looked at: rows of ways, and of what they carried;
    None where sites are not whole, as freight is counted by site."""
    ways, freight = view.network.ways, view.tally.freight
    if not view.whole_sites and bool(len(freight)) and bool(freight["lots"].any()):
        return None
    chosen = (freight["lots"] > 0) if len(freight) else np.zeros(0, bool)
    ways = ways[: len(chosen)]
    chosen &= np.isin(ways["order_class"], range(len(view.network.order_classes))[view.who(who)])
    if view.sites is not None:
        chosen &= np.isin(ways["site"], view.sites)
    if only is not None:
        chosen &= only(view.network.classes[ways["order_class"]]) > 0
    return ways[chosen], freight[chosen]


def freight(view: View, who: slice = CUSTOMERS, only: Callable[[Any], Any] | None = None) -> float | None:
    """Freight of what was passed on, in the currency: weight x price a kilogram + lots x price a lot."""
    found = loads(view, who, only)
    if found is None:
        return None
    ways, load = found
    by_weight, by_lot = exact_dot(load["grams"], ways["transport"]), exact_dot(load["lots"], ways["shipment"])
    return (by_weight + by_lot * GRAMS) / (GRAMS * MONEY)


def carbon(network: Any, ways: Any) -> Any:
    """Kilograms of CO2 equivalent a gram on each of these ways; None where a distance or a mode is not known."""
    if not len(ways):
        return np.zeros(0)
    known = np.array([EMISSIONS.get(mode, -1.0) for mode in network.modes] or [-1.0])
    factor = known[ways["mode"]]
    if (factor < 0).any() or (ways["distance"] < 0).any():
        return None
    return factor * ways["distance"] / (TONNE * KILOMETER)


def co2(view: View, who: slice = CUSTOMERS, only: Callable[[Any], Any] | None = None) -> float | None:
    """CO2 of what was passed on, in kilograms."""
    found = loads(view, who, only)
    if found is None:
        return None
    ways, load = found
    rate = carbon(view.network, ways)
    return None if rate is None else float(load["grams"] @ rate)


def own_lane(view: View, rate: Any) -> float:
    """What was sent to the points looked at over their own lanes, in grams, each times its point's `rate`: all that was
    sent but what came by other ways (sisters, other warehouses), which is known by site only."""
    grams = sent(view) * view.per_part("weight")
    whole = float(grams @ rate)
    others = loads(view, SITES)
    if others is None or not len(others[0]):
        return whole
    ways, load = others
    for site in np.unique(ways["site"]):
        here = view.place("site") == site
        came = int(load["grams"][(ways["site"] == site) & (ways["via"] < 0)].sum())
        total = int(grams[here].sum())
        whole -= came * float(grams[here] @ rate[here]) / total if total else 0.0
    return whole


def sent(view: View) -> Any:
    """Pieces sent to each point in the measured time."""
    return view.column("received") + view.column("in_transit") - view.column("opening_in_transit")


def refill_co2(view: View) -> float | None:
    """CO2 of replenishment, in kilograms; None where the way of any lot is not known."""
    way, moving = view.place("road"), sent(view) > 0
    if not len(view.network.ways) or (way[moving] < 0).any():
        return None
    rate = np.zeros(len(way))
    known = carbon(view.network, view.network.ways[way[moving]])
    others = co2(view, SITES)
    if known is None or others is None:
        return None
    rate[moving] = known
    return own_lane(view, rate) + others


def dealers(view: View) -> Any:
    """Which of the points looked at are of sites that refill no other."""
    feeding = np.unique(np.asarray(view.network.site_parent))
    return ~np.isin(view.place("site"), feeding)


def at_dealers(view: View) -> View:
    """The sites looked at that refill no other."""
    network = view.network
    chosen = np.arange(network.sites) if view.sites is None else view.sites
    chosen = chosen[~np.isin(chosen, np.unique(np.asarray(network.site_parent)))]
    points = np.flatnonzero(np.isin(network.points["site"], chosen) & view.looks_at(np.arange(len(network.points))))
    return replace(view, points=points, sites=chosen, sums={})


def transport_paid(view: View) -> float | None:
    """Weight sent and sent back x the lane's price a kilogram, plus the lane's price a lot; what came by other ways at
    theirs. None where that is not known."""
    weight, price = view.per_part("weight"), view.place("transport")
    by_weight = exact_dot((sent(view) + view.column("returned")) * weight, price)
    by_lot = exact_dot(view.column("shipments"), view.place("shipment"))
    paid = (by_weight + by_lot * GRAMS) / (GRAMS * MONEY)
    others = loads(view, SITES)
    if others is None:
        return None
    if not len(others[0]):
        return paid
    instead = (exact_dot(sent(view) * weight, price) - own_lane(view, price)) / (GRAMS * MONEY)
    return paid - instead - lots_instead(view, others) / MONEY + (freight(view, SITES) or 0.0)


def lots_instead(view: View, others: tuple[np.ndarray, np.ndarray]) -> float:
    """What the lots that came by other ways would have cost on the lanes of their sites."""
    total, (ways, load) = 0.0, others
    for site in np.unique(ways["site"]):
        here = view.place("site") == site
        lots = int(load["lots"][(ways["site"] == site) & (ways["via"] < 0)].sum())
        mine = view.column("shipments")[here]
        total += lots * float(mine @ view.place("shipment")[here]) / max(int(mine.sum()), 1)
    return total
