"""Whether sites can help each other: referrals, pools, pushes, and the ways that goods passed on take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, did_you_mean, shorten
from simnet.scenario.asked import Asked
from simnet.scenario.check_orders import is_written
from simnet.scenario.distance import MODES
from simnet.scenario.nodes import Loc
from simnet.scenario.order_classes import STOCK, built_in_names
from simnet.scenario.sites import SUPPLIERS

if TYPE_CHECKING:
    from simnet.scenario.checker import Checker
    from simnet.scenario.scenario import Scenario

SITES = ("suppliers", "warehouses", "dealers")
MOST_TRIED = 20_000
"""Dealers and part classes whose lists are worked out to look for ways without a lead time."""


def check_sourcing(here: Checker) -> None:
    """Every site that is to help exists, and can."""
    _check_referrals(here)
    _check_pools(here)
    _check_pushes(here)
    _check_lane_classes(here)


def sites_of(here: Checker) -> Iterator[tuple[str, str, Any]]:
    """Section, name and site."""
    for section in ("warehouses", "dealers"):
        for name, site in getattr(here.scenario, section).items():
            yield section, name, site


def _check_referrals(here: Checker) -> None:
    scenario = here.scenario
    for name, site in scenario.warehouses.items():
        loc: Loc = ("warehouses", name, "refers_to")
        for number, other in enumerate(site.refers_to):
            mark = here.mark(*loc, number)
            if other == name:
                here.problems.add(mark, "refers to itself", path=loc, remedy="name another warehouse")
            elif other in scenario.dealers or other in scenario.suppliers:
                what = "a dealer" if other in scenario.dealers else "a supplier"
                remedy = "ask: [lateral] asks sisters of a dealer, ask: [supplier] suppliers"
                message = f"{shorten(other)} is {what}; a warehouse refers to warehouses"
                here.problems.add(mark, message, path=loc, remedy=remedy)
            elif other not in scenario.warehouses:
                here.unknown(mark, "warehouse", other, [each for each in scenario.warehouses if each != name], loc)
            elif other in site.refers_to[:number]:
                here.problems.add(mark, f"{shorten(other)} is there twice", path=loc, remedy="keep one")


def _check_pools(here: Checker) -> None:
    """A pool has more than one site; who balances has sisters."""
    pools = Counter(site.pool for _, _, site in sites_of(here) if site.pool)
    near = here.scenario.order_classes[STOCK].radius is not None
    for section, name, site in sites_of(here):
        if site.pool and pools[site.pool] == 1 and not here.removed.instead:
            loc: Loc = (section, name, "pool")
            others = [each for each in pools if each != site.pool]
            remedy = did_you_mean(site.pool, others) or "name the pool of its sisters, or leave it out"
            message = f"no other site is in pool {shorten(site.pool)}"
            here.problems.add(here.mark(*loc), message, path=loc, remedy=remedy)
        if site.balance is not None:
            loc = (section, name, "balance")
            if site.balance == 0:
                here.problems.add(here.mark(*loc), "must be above zero, such as 1 w", path=loc)
            elif not site.pool and not near:
                message = f"{shorten(name)} has no sisters to look at"
                here.problems.add(here.mark(*loc), message, path=loc, remedy="give it a pool")


def _check_pushes(here: Checker) -> None:
    scenario = here.scenario
    fed = {scenario.source_of(site) for _, site, _ in sites_of(here)}
    for name, site in scenario.warehouses.items():
        if site.push and name not in fed and not here.removed.instead:
            loc: Loc = ("warehouses", name, "push")
            message = f"{shorten(name)} refills nobody to whom it could push"
            here.problems.add(here.mark(*loc), message, path=loc, remedy="leave push out")


def _check_lane_classes(here: Checker) -> None:
    known = {*here.scenario.order_classes, *built_in_names()}
    for source, lanes in here.scenario.lanes.items():
        for end, lane in lanes.items():
            for name in lane.classes:
                if name not in known:
                    mark = here.key("lanes", source, end, "classes", name)
                    here.unknown(mark, "order class", name, known, ("lanes", source, end, "classes"))
                elif name == STOCK and _refills(here, source, end):
                    given = next(iter(lane.classes[name].model_fields_set), "lead_time")
                    message, path = "replenishment travels by the lane itself", ("lanes", source, end, "classes", name)
                    here.problems.add(here.key(*path), message, path=path, remedy=f"lanes.{source}.{end}.{given}")


def _refills(here: Checker, source: str, end: str) -> bool:
    """Whether a site is refilled over a lane, and nothing else of class stock takes it."""
    scenario = here.scenario
    if end not in {*scenario.warehouses, *scenario.dealers} or end in scenario.adopted:
        return False
    rule, above = scenario.order_classes[STOCK], scenario.source_of(end)
    if rule.consolidate and rule.passes_on:
        return False  # what others send comes this way
    return source == above or (above == SUPPLIERS and source in scenario.suppliers)


def check_ways(here: Checker, asked: Sequence[Asked]) -> None:
    """Goods that are passed on arrive in a known time; told once a class and source.

    Of a way on which something is wrong as it is written nothing is told: it may follow from that.
    """
    told: set[tuple[str, str]] = set()
    early = [*here.problems]
    for tried, (name, site, part_class) in enumerate(_askers(here, asked)):
        if tried > MOST_TRIED:
            return  # the network tells what is left
        for source in lacking(here.scenario, name, site, part_class):
            if _unsure(here, name, source, site, early):
                here.problems.more = True
            elif (name, source) not in told:
                told.add((name, source))
                _tell_way(here, name, source, site)


def _unsure(here: Checker, name: str, source: str, site: str, problems: Sequence[Problem]) -> bool:
    """Whether something is wrong with the class, with a lane or with a site at the ends of a way."""
    ends = [(section, end) for section in SITES for end in (source, site) if end in getattr(here.scenario, section)]
    return any(here.wrong(*loc, among=problems) for loc in (("lanes",), ("order_classes", name), *ends))


def _askers(here: Checker, asked: Sequence[Asked]) -> Iterator[tuple[str, str, str]]:
    """Order class, site and part class of all that may ask further sources."""
    scenario = here.scenario
    balancing = any(site.balance for _, _, site in sites_of(here))
    for name, rule in scenario.order_classes.items():
        if not rule.passes_on and not (name == STOCK and balancing):
            continue
        sites = dict.fromkeys(scenario.dealers if name != STOCK else (*scenario.warehouses, *scenario.dealers))
        for each in asked:
            if each.entry.order_class == name:
                sites |= dict.fromkeys(scenario.sites_at(each.entry.at))
        for site in sites:
            for part_class in (*rule.part_classes, ""):
                yield name, site, part_class


def lacking(scenario: Scenario, name: str, site: str, part_class: str) -> list[str]:
    """The sources of a list from which nobody knows how long it takes."""
    sourcing = scenario.sourcing
    places = sourcing.ask(name, site, part_class)
    wait = sourcing.waits_at(name, site, part_class)
    if wait is not None:
        places.append(wait)
    if name == STOCK and sourcing.here(site).balance:
        places += [("lateral", other) for other in sourcing.sisters(name, site)]
    sources = {each for kind, source in places for each in _suppliers(scenario, kind, source)}
    return sorted(each for each in sources if sourcing.journey(name, each, site).lead_time is None)


def _suppliers(scenario: Scenario, kind: str, source: str) -> Collection[str]:
    """The source, or the suppliers that it stands for; none where each part says its own lead time."""
    if kind != "supplier":
        return [source]
    if all(lead is not None for lead in scenario.parts.lead_time):
        return []
    return list(scenario.suppliers) if source == SUPPLIERS else [source]


def _tell_way(here: Checker, name: str, source: str, site: str) -> None:
    message = f"no lead time from {shorten(source)} to {shorten(site)} for class '{name}'"
    remedy = (
        f"give lanes.{source}.{site}.classes.{name}.lead_time, or order_classes.{name}.lead_time for all lanes, "
        "or a place (at) to every site"
    )
    mode = here.scenario.sourcing.journey(name, source, site).mode
    if mode not in MODES and here.scenario.sourcing.meters(source, site) >= 0:
        message += f": mode {shorten(mode)} has no speed of its own; {', '.join(MODES)} do"
        remedy = f"write one of them, or give order_classes.{name}.lead_time or a lead_time on the lane"
    section = "dealers" if site in here.scenario.dealers else "warehouses"
    for loc in (("order_classes", name), (section, site, "balance"), ("demand",)):
        if is_written(here, *loc):
            here.problems.add(here.key(*loc), message, path=loc, remedy=remedy)
            return
