"""Systems with an order flow: who is asked when a shelf is empty, and for whom stock is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from tests.oracles.cases import Inexpressible
from tests.oracles.system import Lead, Site, Stream, System, base_stock
from tests.oracles.worlds import Array, Function, Measure, Worlds, average, per_time, site_measures

Parameters = Mapping[str, Any]
SITE = "dealer1"
AT_ONCE = 0
"""Minutes on the way, where a case says that it takes no time."""


def class_share(order_class: str) -> Measure:
    """Pieces of an order class off the shelf, over those asked."""

    def measure(worlds: Worlds) -> tuple[Array, Array]:
        return tuple(worlds.of_class(SITE, order_class, name) for name in ("filled_units", "units"))  # type: ignore[return-value]

    return measure


def class_owed(order_class: str) -> Measure:
    """Pieces owed to an order class, on average over time."""
    return lambda worlds: per_time(worlds, worlds.of_class(SITE, order_class, "owed_minutes") / worlds.minutes)


def rationing(lead: Lead, up_to: int, rates: Sequence[float], levels: Sequence[int], unmet: str) -> System:
    """One dealer whose order classes each leave some pieces for the better ones."""
    first = 2 if levels[0] else 1  # what the best leaves too, it leaves for nobody: for `vor`, of which there is none
    names = [f"class{number}" for number in range(1, len(rates) + 1)]
    classes = {name: {"rank": first + at, "unmet": unmet} for at, name in enumerate(names)}
    site = base_stock(
        SITE, lead, up_to, dealer=True, more={"allocation": "rank"},
        reserve={name: level for name, level in zip(names, levels, strict=True) if level},
    )  # fmt: skip
    measures = site_measures(SITE, "")
    measures |= {f"fill_{name}": class_share(name) for name in names}
    measures |= {f"backorders_{name}": class_owed(name) for name in names}
    streams = tuple(Stream(SITE, rate, order_class=name) for name, rate in zip(names, rates, strict=True))
    return System((site,), streams, measures, classes=({"vor": {"rank": 1}} if levels[0] else {}) | classes)


def rationing_lost_sales(case: Parameters) -> System:
    """Class k is served if more than levels[k] are on hand, else lost."""
    lead = Lead(float(case["lead"]["mean"]), case["lead"]["kind"])
    return rationing(lead, case["S"], case["lams"], case["levels"], "lost")


def rationing_backorder(case: Parameters) -> System:
    """Class 2 waits where c or fewer are on hand; what arrives is for class 1, then for c on the shelf, then for 2."""
    lead = Lead(float(case["mean_L"]), "exponential")
    return rationing(lead, case["S"], [case["lam1"], case["lam2"]], [0, case["c"]], "backorder")


def met(sites: Sequence[str], *kinds: str) -> Measure:
    """Pieces that customers of some sites got off the shelf (`shelf`) or of kinds of sources, over those asked."""

    def measure(worlds: Worlds) -> tuple[Array, Array]:
        top = np.zeros(len(worlds.tallies))
        bottom = np.zeros(len(worlds.tallies))
        for site in sites:
            bottom += worlds.together(worlds.asked(site, "units"))
            for kind in kinds:
                shelf = kind == "shelf"
                top += worlds.together(worlds.asked(site, "filled_units")) if shelf else worlds.found(site, kind)
        return top, bottom

    return measure


def ladder(sites: Sequence[str], rungs: Mapping[str, str]) -> dict[str, Measure]:
    """How customers were met, in all and by site."""
    found = {name: met(sites, kind) for name, kind in rungs.items()}
    for number, site in enumerate(sites, start=1):
        found |= {f"{name}_{number}": met([site], kind) for name, kind in rungs.items()}
    return found


def waited(sites: Sequence[str]) -> Measure:
    """Mean wait of a piece, those off the shelf included, as the tally counts it."""

    def measure(worlds: Worlds) -> tuple[Array, Array]:
        waits = [worlds.asked(site, "waited_minutes") / worlds.minutes for site in sites]
        pieces = [worlds.asked(site, "units") for site in sites]
        return worlds.together(sum(waits, np.zeros(1))), worlds.together(sum(pieces, np.zeros(1)))

    return measure


def pools_of(prefs: Sequence[Sequence[int]]) -> list[int] | None:
    """The pool of each site, if every site asks all others of its own; else None."""
    own = [sorted({at, *asked}) for at, asked in enumerate(prefs)]
    if any(own[other] != each for each in own for other in each):
        return None
    return [each[0] for each in own]


def lateral_transshipment(case: Parameters) -> System:
    """Sites that help each other out: dealers in pools, or warehouses that refer to each other."""
    count = len(case["lams"])
    prefs = case.get("prefs") or [[other for other in range(count) if other != at] for at in range(count)]
    hold = case.get("hold") or [0] * count
    pools = pools_of(prefs)
    leads = [Lead(float(mean), "exponential") for mean in case["Ls"]]
    if pools is None:
        return referring(case, leads, prefs, hold)
    names = [f"dealer{number}" for number in range(1, count + 1)]
    sites = tuple(
        base_stock(name, lead, up_to, dealer=True, more={"pool": f"pool{pool}", "hold_back": kept})
        for name, lead, up_to, pool, kept in zip(names, leads, case["Ss"], pools, hold, strict=True)
    )
    lanes: dict[tuple[str, str], Lead | int] = {("factory", name): AT_ONCE for name in names}
    for at, asked in enumerate(prefs):  # the earlier asked, the sooner there
        lanes |= {(names[other], names[at]): AT_ONCE + place for place, other in enumerate(asked)}
    measures = ladder(names, {"local_fill": "shelf", "lateral": "lateral", "emergency": "supplier"})
    measures |= {f"on_hand_{at}": average(name, "on_hand_minutes") for at, name in enumerate(names, start=1)}
    streams = tuple(Stream(name, rate) for name, rate in zip(names, case["lams"], strict=True))
    classes = {"day": {"ask": ["lateral", "supplier"]}}
    return System(sites, streams, measures, classes=classes, lanes=lanes, pooled=True)


def referring(case: Parameters, leads: Sequence[Lead], prefs: Sequence[Sequence[int]], hold: Sequence[int]) -> System:
    """Who asks whom is not the same both ways: warehouses with referrals, below each a dealer without stock."""
    stores = [f"store{number}" for number in range(1, len(leads) + 1)]
    desks = [f"desk{number}" for number in range(1, len(leads) + 1)]
    sites: list[Site] = []
    lanes: dict[tuple[str, str], Lead | int] = {}
    for at, (store, desk) in enumerate(zip(stores, desks, strict=True)):
        more = {"refers_to": [stores[other] for other in prefs[at]], "hold_back": hold[at]}
        sites.append(base_stock(store, leads[at], case["Ss"][at], more=more))
        sites.append(base_stock(desk, Lead(min(lead.mean for lead in leads)), 0, above=store, dealer=True))
        lanes |= {(source, desk): AT_ONCE for source in (store, *more["refers_to"], "factory")}
    measures = ladder(desks, {"local_fill": "facing", "lateral": "referral", "emergency": "supplier"})
    measures |= {f"on_hand_{at}": average(name, "on_hand_minutes") for at, name in enumerate(stores, start=1)}
    streams = tuple(Stream(desk, rate) for desk, rate in zip(desks, case["lams"], strict=True))
    classes = {"day": {"ask": ["facing", "referral", "supplier"]}}
    return System(tuple(sites), streams, measures, classes=classes, lanes=lanes, pooled=True)


def pool(name: str, case: Parameters, stocked: int) -> tuple[list[Site], dict[tuple[str, str], Lead | int]]:
    """A pool of J dealers, of whom some have one piece."""
    cost = case.get("cost") or {}
    lateral, emergency = (Lead(float(cost[key])) if cost.get(key) else AT_ONCE for key in ("t_lat", "t_em"))
    if not 0 <= stocked <= case["J"]:
        raise Inexpressible("more than one piece at a site")
    lead = Lead(float(case["lead"]["mean"]), case["lead"]["kind"])
    names = [f"{name}{number}" for number in range(1, case["J"] + 1)]
    sites = [
        base_stock(each, lead, int(at < stocked), dealer=True, more={"pool": name}) for at, each in enumerate(names)
    ]
    lanes = {(other, each): lateral for each in names for other in names if other != each}
    return sites, lanes | {("factory", each): emergency for each in names}


def cost_of(case: Parameters, stocked: int, lateral: float, emergency: float) -> float:
    """h a piece in the pool, and what each help costs, a unit of time."""
    cost = case["cost"]
    helped = lateral * cost["lateral"] + emergency * cost["emergency"]
    return float(cost["h"] * stocked + case["m"] * case["J"] * helped)


def system_of_pools(case: Parameters, pools: Mapping[str, int], measures: Mapping[str, Measure]) -> System:
    """Pools beside each other in one scenario."""
    sites: list[Site] = []
    lanes: dict[tuple[str, str], Lead | int] = {}
    for name, stocked in pools.items():
        more, ways = pool(name, case, stocked)
        sites += more
        lanes |= ways
    streams = tuple(Stream(site.name, case["m"]) for site in sites)
    classes = {"day": {"ask": ["lateral", "supplier"]}}
    return System(tuple(sites), streams, measures, classes=classes, lanes=lanes, pooled=True)


def members(name: str, case: Parameters) -> list[str]:
    """The dealers of a pool."""
    return [f"{name}{number}" for number in range(1, case["J"] + 1)]


def pooled_identical(case: Parameters) -> System:
    """J sites of which R have one piece, all help each other, else an emergency from outside."""
    names = members("north", case)
    rungs = {"local_fill": met(names, "shelf"), "lateral": met(names, "lateral"), "emergency": met(names, "supplier")}
    measures: dict[str, Measure] = {**rungs, "mean_wait": waited(names)}
    if case.get("cost"):
        worth = lambda lateral, emergency: cost_of(case, case["R"], lateral, emergency)  # noqa: E731
        measures["cost"] = Function((rungs["lateral"], rungs["emergency"]), worth)
    return system_of_pools(case, {"north": case["R"]}, measures)


def waits(case: Parameters) -> Iterator[float]:
    """The mean wait with 0, 1, .. pieces in the pool, by Erlang's loss formula."""
    load, lost = case["m"] * case["J"] * case["lead"]["mean"], 1.0
    for stocked in range(case["J"] + 1):
        lost = load * lost / (stocked + load * lost) if stocked else 1.0
        local = (stocked - load * (1 - lost)) / case["J"]
        yield case["cost"]["t_lat"] * (1 - lost - local) + case["cost"]["t_em"] * lost


def pooled_identical_mix(case: Parameters) -> System:
    """Two pools, the one with a piece more than the other, mixed so that the mean wait is the target."""
    target = case["wait_target"]
    low = max(stocked for stocked, wait in enumerate(waits(case)) if wait >= target)
    few, many = members("few", case), members("many", case)
    helps = [met(names, kind) for names in (few, many) for kind in ("lateral", "supplier")]
    wait_few, wait_many = waited(few), waited(many)

    def weight(scarce: float, ample: float) -> float:
        return (scarce - target) / (scarce - ample)

    def mixed(scarce: float, ample: float, *shares: float) -> float:
        share = weight(scarce, ample)
        return (1 - share) * cost_of(case, low, *shares[:2]) + share * cost_of(case, low + 1, *shares[2:])

    measures: dict[str, Measure] = {
        "cost": Function((wait_few, wait_many, *helps), mixed),
        "R_star": Function((wait_few, wait_many), lambda scarce, ample: low + weight(scarce, ample)),
        "weight_high": Function((wait_few, wait_many), weight),
        "cost_R_low": Function(tuple(helps[:2]), lambda *shares: cost_of(case, low, *shares)),
        "cost_R_high": Function(tuple(helps[2:]), lambda *shares: cost_of(case, low + 1, *shares)),
        "wait_R_low": wait_few,
        "wait_R_high": wait_many,
    }
    return system_of_pools(case, {"few": low, "many": low + 1}, measures)


def two_echelon_emergency(case: Parameters) -> System:
    """Two dealers under a depot: own shelf, the other's, the depot's, then from outside."""
    names = [f"dealer{number}" for number in range(1, len(case["lams"]) + 1)]
    lateral, direct = case.get("lateral", True), case.get("depot_direct", True)
    ask = [*(["lateral"] if lateral else []), *(["facing"] if direct else []), "supplier"]
    depot = base_stock("depot", Lead(float(case["L0"]), "exponential"), case["S0"])
    dealers = [
        base_stock(name, Lead(float(mean), "exponential"), up_to, above="depot", dealer=True, more={"pool": "region"})
        for name, mean, up_to in zip(names, case["Ls"], case["Ss"], strict=True)
    ]
    sources = ("factory", "depot", *names)
    lanes: dict[tuple[str, str], Lead | int] = {
        (source, name): AT_ONCE for name in names for source in sources if source != name
    }
    rungs = {"local_fill": "shelf", "lateral": "lateral", "direct": "facing", "outside": "supplier"}
    measures = ladder(names, rungs) | {"depot_on_hand": average("depot", "on_hand_minutes")}
    measures |= {f"on_hand_{at}": average(name, "on_hand_minutes") for at, name in enumerate(names, start=1)}
    streams = tuple(Stream(name, rate) for name, rate in zip(names, case["lams"], strict=True))
    classes = {"day": {"ask": ask}}
    return System((depot, *dealers), streams, measures, classes=classes, lanes=lanes, pooled=True)


ORDER_FLOW = {
    system.__name__: system
    for system in (
        rationing_lost_sales, rationing_backorder, lateral_transshipment, pooled_identical, pooled_identical_mix,
        two_echelon_emergency,
    )
}  # fmt: skip
