"""Sites that a design leaves behind: what a removed warehouse served is refilled by the next source up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simnet.errors import clean
from simnet.scenario.nodes import Node
from simnet.scenario.sites import SUPPLIERS
from simnet.units import show_duration

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario

SECTIONS = (("warehouses", "refilled_by"), ("dealers", "served_by"))
MOST_NAMED = 3


def adopted(base: Node, tree: Node) -> frozenset[str]:
    """Sites whose source a removal changed in `tree`, and that still have the lead time of the file itself, `base`.

    A lead time that the design (or `--set`) writes is meant for the new source.
    """
    found = set()
    for section, key in SECTIONS:
        before, after = base.get(section), tree.get(section)
        for name, (_, site) in after.entries.items() if after is not None else ():
            was = before.get(name) if before is not None else None
            old, new = (was.get(key) if was is not None else None), site.get(key)
            if was is None or old is None or new is None or old.text == new.text:
                continue
            redirected = old.mark == new.mark  # other words in the same place: nobody wrote them
            if redirected and same_place(site.get("lead_time"), was.get("lead_time")):
                found.add(name)
    return frozenset(found)


def same_place(one: Node | None, other: Node | None) -> bool:
    """Whether two values are the same words of the same file; in a map, all of them."""
    if one is None or other is None:
        return one is other
    if one.kind == other.kind == "map":
        names = one.entries.keys()
        return names == other.entries.keys() and all(same_place(one.get(name), other.get(name)) for name in names)
    return one.mark == other.mark and one.kind == other.kind


def left_behind(scenario: Scenario) -> tuple[str, ...]:
    """Whom removed warehouses left behind, and in what time they are refilled now."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for site in (*scenario.warehouses, *scenario.dealers):
        source = scenario.source_of(site)
        if site not in scenario.adopted or _has_lane(scenario, source, site):
            continue
        outside = source == SUPPLIERS or source in scenario.suppliers
        if outside or _own(scenario, site) is not None:
            groups.setdefault((source, outside), []).append(site)
    return tuple(_told(scenario, source, outside, sites) for (source, outside), sites in groups.items())


def _has_lane(scenario: Scenario, source: str, site: str) -> bool:
    """Whether the file says how long it takes from the source; from `suppliers`, from each of them."""
    sources = list(scenario.suppliers) if source == SUPPLIERS else [source]
    lanes = [scenario.lane(each, site) for each in sources]
    return all(lane is not None and lane.lead_time is not None for lane in lanes)


def _told(scenario: Scenario, source: str, outside: bool, sites: list[str]) -> str:
    names = _listed([clean(site, 30) for site in sites])
    owns = [time for time in (_own(scenario, site) for site in sites) if time is not None]
    own = _listed(list(dict.fromkeys(owns)))
    are = "is" if len(sites) == 1 else "are"
    its = "its" if len(sites) == 1 else "their"
    lane = f"lanes.{clean(next(iter(scenario.suppliers)) if source == SUPPLIERS else source, 30)}.{clean(sites[0], 30)}"
    ask = f"{lane}.lead_time would say otherwise"
    now = f"{names} {are} now refilled by {clean(source, 30)}"
    if not outside:
        return f"{now} in {its} own {own}; {ask}"
    meant = f", not in {its} own {own}" if owns else ""
    return f"{now} in the time of the supplier{meant}; {ask}"


def _own(scenario: Scenario, site: str) -> str | None:
    here = scenario.dealers[site] if site in scenario.dealers else scenario.warehouses[site]
    return show_duration(round(here.lead_time.mean)) if here.lead_time is not None else None


def _listed(names: Mapping[str, None] | list[str]) -> str:
    every = list(names)
    more = len(every) - MOST_NAMED
    return ", ".join(every[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
