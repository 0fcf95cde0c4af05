"""Freight: what lots weigh, how far they go and what that costs and emits, by way and by site."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from simnet.integers import Rows
from simnet.metrics.view import CUSTOMERS, SITES, View, exact_dot
from simnet.units import MONEY

EMISSIONS = {"road": 0.1, "sea": 0.015, "air": 0.8, "rail": 0.03}
"""Kilograms of CO2 equivalent a tonne and kilometer by mode, fuel supply included: rounded from the default factors of
the GLEC Framework (Smart Freight Centre, version 3, 2023) and the UK Government's conversion factors for company
reporting. Orders of magnitude for comparing designs, not for reporting."""
GRAMS, TONNE, KILOMETER = 1000, 1_000_000, 1000
"""Grams of a kilogram and of a tonne, and meters of a kilometer."""


def loads(view: View, who: slice, only: Callable[[Any], Any] | None = None) -> Any:
    """What traveled for lines of some order classes to the sites looked at: rows of LOAD; None where sites are not
    whole, as freight is counted by site."""
    load = view.sums.freight
    load = load[load["lots"] > 0]
    if not view.whole_sites and len(load):
        return None
    chosen = np.isin(load["order_class"], range(len(view.outline.order_classes))[view.who(who)])
    if view.sites is not None:
        chosen &= np.isin(load["site"], view.sites)
    if only is not None:
        chosen &= only(view.outline.classes[load["order_class"]]) > 0
    return load[chosen]


def freight(view: View, who: slice = CUSTOMERS, only: Callable[[Any], Any] | None = None) -> float | None:
    """Freight of what was passed on, in the currency: weight x price a kilogram + lots x price a lot."""
    load = loads(view, who, only)
    if load is None:
        return None
    by_weight, by_lot = exact_dot(load["grams"], load["transport"]), exact_dot(load["lots"], load["shipment"])
    return (by_weight + by_lot * GRAMS) / (GRAMS * MONEY)


def emitted(haul: Mapping[str, int]) -> float:
    """Kilograms of CO2 equivalent of gram-meters by mode."""
    return math.fsum(EMISSIONS[mode] * amount for mode, amount in haul.items()) / (TONNE * KILOMETER)


def co2(view: View, who: slice = CUSTOMERS, only: Callable[[Any], Any] | None = None) -> float | None:
    """CO2 of what was passed on, in kilograms; None where a distance or a mode is not known."""
    load = loads(view, who, only)
    if load is None or (load["distance"] < 0).any():
        return None
    haul = {}
    for number in np.unique(load["mode"]).tolist():
        here = load[load["mode"] == number]
        mode = view.outline.modes[number] if view.outline.modes else ""
        if mode not in EMISSIONS:
            return None
        haul[mode] = exact_dot(here["grams"], here["distance"])
    return emitted(haul)


def own_lane(view: View, rate: Callable[[View], float]) -> float:
    """What was sent to the places looked at over their own lanes, as `rate` tells of all that was sent: less what came
    by other ways (sisters, other warehouses), which is known by site only."""
    whole = rate(view)
    load = loads(view, SITES)
    if load is None or not len(load):
        return whole
    for site in np.unique(load["site"]):
        here = view.at(np.array([site]))
        came = int(load["grams"][(load["site"] == site) & (load["via"] == 0)].sum())
        total = here.total("sent_grams")
        whole -= came * rate(here) / total if total else 0.0
    return whole


def lane_freight(view: View) -> float:
    """Grams sent x the price a kilogram of their lane."""
    return float(view.worth("sent_grams", "transport"))


def lane_co2(view: View) -> float:
    """CO2 of what was sent, as if all of it went over its own lane."""
    return emitted({mode: view.worth(f"grams by {mode}", "meters") for mode in view.outline.modes if mode in EMISSIONS})


def refill_co2(view: View) -> float | None:
    """CO2 of replenishment, in kilograms; None where the way of any lot is not known."""
    known = sum(view.total(f"supplied by {mode}") for mode in view.outline.modes if mode in EMISSIONS)
    others = co2(view, SITES)
    if "sources" not in view.outline.features or known < view.total("supplied") or others is None:
        return None
    return own_lane(view, lane_co2) + others


def at_dealers(view: View) -> View:
    """The sites looked at that refill no other."""
    feeding = np.unique(np.asarray(view.outline.site_parent))
    chosen = view.chosen_sites
    return view.at(chosen[~np.isin(chosen, feeding)])


def transport_paid(view: View) -> float | None:
    """Weight sent and sent back x the lane's price a kilogram, plus the lane's price a lot; what came by other ways at
    theirs. None where that is not known."""
    by_weight = view.worth("sent_grams", "transport") + view.worth("back_grams", "transport")
    paid = (by_weight + view.worth("shipments", "shipment") * GRAMS) / (GRAMS * MONEY)
    others = loads(view, SITES)
    if others is None:
        return None
    if not len(others):
        return paid
    instead = (view.worth("sent_grams", "transport") - own_lane(view, lane_freight)) / (GRAMS * MONEY)
    return paid - instead - lots_instead(view, others) / MONEY + (freight(view, SITES) or 0.0)


def lots_instead(view: View, others: Rows) -> float:
    """What the lots that came by other ways would have cost on the lanes of their sites."""
    total = 0.0
    for site in np.unique(others["site"]):
        here = view.at(np.array([site]))
        lots = int(others["lots"][(others["site"] == site) & (others["via"] == 0)].sum())
        total += lots * float(here.worth("shipments", "shipment")) / max(here.total("shipments"), 1)
    return total
