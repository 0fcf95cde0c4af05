"""Order classes and sourcing lists said back: who is served first, who is asked, where the rest waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from simnet.errors import clean
from simnet.scenario.order_classes import STOCK, OrderClass
from simnet.scenario.sites import SUPPLIERS
from simnet.scenario.week import show_clock
from simnet.study import words
from simnet.study.sections import star
from simnet.units import show_distance, show_duration

if TYPE_CHECKING:
    from simnet.scenario import Scenario

MOST_LISTS, MOST_ASKED, MOST_SITES = 8, 8, 200
"""Lists of a class, sources of a list and sites of a tier that are shown."""


def order_classes(scenario: Scenario) -> Iterator[str]:
    """How orders of each class are served; what the file does not say is marked."""
    rows = [(clean(name, 24), "; ".join(told(scenario, name, rule))) for name, rule in scenario.order_classes.items()]
    yield from words.aligned(rows)


def told(scenario: Scenario, name: str, rule: OrderClass) -> Iterator[str]:
    """What is said of a class, clause by clause."""

    def mark(key: str) -> str:
        return star(scenario, "order_classes", name, key)

    yield f"rank {rule.rank}{mark('rank')}"
    if rule.need_by:
        yield f"within {show_duration(rule.need_by)}{mark('need_by')}"
    if rule.ask:
        yield f"asks {', '.join(rule.ask)}{mark('ask')}"
    yield waiting(name, rule) + mark("unmet" if rule.unmet == "lost" else "backorder")
    if rule.lines == "complete":
        yield "lines ship complete"
    if rule.mode:
        yield f"by {clean(rule.mode, 20)}{mark('mode')}"
    yield from extras(scenario, rule)


def waiting(name: str, rule: OrderClass) -> str:
    """What becomes of what nobody has."""
    if rule.unmet == "lost":
        return "what is short is lost"
    if name == STOCK:
        return "what is short waits at the source"
    where = {"dealer": "where it was asked", "facing": "at the facing warehouse", "central": "at the central warehouse"}
    return f"the rest waits {where[rule.backorder]}"


def extras(scenario: Scenario, rule: OrderClass) -> Iterator[str]:
    """What is only told where it is written."""
    if rule.jobs == "complete":
        yield "jobs are handed over complete"
    if rule.cut_off is not None:
        yield f"cut-off {show_clock(rule.cut_off)}"
    if rule.release is not None:
        yield f"released {rule.release}"
    if rule.patience:
        yield f"lost after {show_duration(rule.patience)}"
    if rule.lead_time is not None:
        yield f"travels {words.lead_time(rule.lead_time)} where no lane says"
    if rule.cost is not None:
        yield f"freight {words.per_kg(rule.cost, scenario.money)}"
    if rule.surcharge:
        yield f"surcharge {words.percent(rule.surcharge)}"
    if rule.discount:
        yield f"discount {words.percent(rule.discount)}"
    if rule.freight == "dealer":
        yield "the dealer pays the freight"
    if rule.will_fit:
        yield f"bought elsewhere {shares(rule.will_fit)}"
    if rule.consolidate:
        yield "through the facing warehouse"
    if rule.radius is not None:
        yield f"sisters within {show_distance(rule.radius)}"
    for named in (rule.part_classes, rule.sites):
        for name, special in named.items():
            yield f"for {clean(name, 24)} asks {', '.join(special.ask) or 'nobody'}" if special.ask is not None else (
                f"for {clean(name, 24)} waits at {special.backorder}"
            )


def shares(named: Mapping[str, float]) -> str:
    """`10 %`, or `fast 10 %, default 5 %`."""
    if list(named) == ["default"]:
        return words.percent(named["default"])
    return ", ".join(f"{clean(name, 20)} {words.percent(share)}" for name, share in named.items())


def sourcing(scenario: Scenario) -> Iterator[str]:
    """Who is asked, a line for each different list, with the sites that have it and the time from there."""
    for name, rule in scenario.order_classes.items():
        if rule.passes_on:
            lists = list(asked(scenario, name))
            yield from lists[:MOST_LISTS]
            if len(lists) > MOST_LISTS:
                yield f"and {len(lists) - MOST_LISTS:,} more lists of {clean(name, 24)}"
    yield from helping(scenario)


def asked(scenario: Scenario, name: str) -> Iterator[str]:
    """`vor at lyon, nice: paris (facing, 2 d to 3 d), factory (supplier, 45 d); the rest waits at paris`."""
    lists: dict[tuple[Any, ...], list[str]] = {}
    tiers: dict[str, int] = {}
    for site in (*(scenario.warehouses if name == STOCK else ()), *scenario.dealers):
        tier = scenario.tier_of(site)
        tiers[tier] = tiers.get(tier, 0) + 1
        if tiers[tier] > MOST_SITES:
            continue
        places, wait = scenario.sourcing.ask(name, site, ""), scenario.sourcing.waits_at(name, site, "")
        if places or wait is not None:
            lists.setdefault((tuple(places), wait), []).append(site)
    for (places, wait), sites in lists.items():
        shown = [f"{clean(each, 24)} ({kind}, {times(scenario, name, kind, each, sites)})" for kind, each in places]
        more = f" and {len(shown) - MOST_ASKED} more" if len(shown) > MOST_ASKED else ""
        rest = f"; the rest waits at {clean(wait[1], 24)}" if wait is not None else ""
        who = f"{clean(name, 24)} at {words.listed(sites, 3)}"
        yield f"{who}: {', '.join(shown[:MOST_ASKED]) or 'nobody is asked'}{more}{rest}"
    for tier, count in tiers.items():
        if count > MOST_SITES:
            yield f"{clean(name, 24)} at {count - MOST_SITES:,} more sites of tier {clean(tier, 24)}: not listed"


def times(scenario: Scenario, name: str, kind: str, source: str, sites: list[str]) -> str:
    """The mean time to these sites: one, or from the shortest to the longest."""
    if kind == "supplier" and source == SUPPLIERS:
        return "by part"
    laws = [scenario.sourcing.journey(name, source, site).lead_time for site in sites]
    known = sorted((law for law in laws if law is not None), key=lambda law: law.mean)
    if not known:
        return "by part"
    ends = [words.lead_time(known[0]), words.lead_time(known[-1])]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def helping(scenario: Scenario) -> Iterator[str]:
    """Pools, referrals, pushes, allocation: what sites do for each other."""
    sites: dict[str, Any] = {**scenario.warehouses, **scenario.dealers}
    pools: dict[str, list[str]] = {}
    served: dict[str, list[str]] = {}
    for name, site in sites.items():
        if site.pool:
            pools.setdefault(site.pool, []).append(name)
        if site.allocation:
            served.setdefault(site.allocation, []).append(name)
    for pool, names in pools.items():
        yield f"pool {clean(pool, 24)}: {words.listed(names, 4)}"
    for word, names in served.items():
        yield f"{word} at {words.listed(names, 4)}"
    for told_of, names in (
        ("pushes what a receipt leaves", [name for name, site in scenario.warehouses.items() if site.push]),
        ("looks for stock at its sisters", [name for name, site in sites.items() if site.balance]),
        ("holds back pieces from sisters", [name for name, site in sites.items() if site.hold_back]),
    ):
        if names:
            yield f"{told_of}: {words.listed(names, 4)}"
    for name, site in list(scenario.warehouses.items())[:40]:
        if site.refers_to:
            yield f"{clean(name, 24)} refers to {words.listed(site.refers_to, 4)}"
