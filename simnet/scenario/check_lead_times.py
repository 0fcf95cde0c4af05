"""Whether every way that parts take has a lead time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.errors import shorten
from simnet.scenario.sites import SUPPLIERS

if TYPE_CHECKING:
    from simnet.scenario.checker import Checker
    from simnet.scenario.scenario import Scenario

LEAD_TIME = "lead_time"


def check_lead_times(here: Checker) -> None:
    """Every way that parts take has a lead time; of a way with which something else is wrong, more may follow."""
    scenario = here.scenario
    waiting: set[tuple[str, str]] = set()
    for site in (*scenario.warehouses, *scenario.dealers):
        section = "dealers" if site in scenario.dealers else "warehouses"
        source = scenario.source_of(site)
        choices = list(scenario.suppliers) if source == SUPPLIERS else [source]
        lacking = [name for name in choices if scenario.lead_time(site, name) is None]
        unsure = [*here.wrong(section, site), *here.wrong("lanes")] if lacking else []
        if unsure:
            here.problems.more |= not any(LEAD_TIME in (each.path or "") for each in unsure)
        elif lacking and source in scenario.warehouses:
            message = f"no lead time from {shorten(source)} to {shorten(site)}"
            remedy = f"give it a lead_time, here or as lanes: {{{source}: {{{site}: {{lead_time: 5 d}}}}}}"
            here.problems.add(here.key(section, site), message, path=(section,), remedy=remedy)
        else:
            waiting.update((name, site if site in scenario.adopted else "") for name in lacking)
    if waiting:
        _check_part_lead_times(here, waiting)


def _check_part_lead_times(here: Checker, waiting: set[tuple[str, str]]) -> None:
    """The parts of suppliers without a lead time must have their own; `waiting`: suppliers, and sites left to them."""
    scenario, parts = here.scenario, here.scenario.parts
    own = needs_own_supplier(scenario)
    only = next(iter(scenario.suppliers)) if len(scenario.suppliers) == 1 else None
    for name in sorted({supplier for supplier, _ in waiting}):
        unsure = here.wrong("suppliers", name)
        if unsure:
            here.problems.more |= not any(LEAD_TIME in (each.path or "") for each in unsure)
            continue
        rows = [row for row in range(len(parts)) if not own or (parts.supplier[row] or only) == name]
        lacking = [row for row in rows if parts.lead_time[row] is None]
        left = sorted(site for supplier, site in waiting if supplier == name and site)
        if lacking and left:
            removed = "whose warehouse is removed"
            message = f"no lead time from supplier '{name}' to {shorten(left[0])}, {removed}"
            more = f", and {len(left) - 1} more like it" if len(left) > 1 else ""
            remedy = f"give lanes.{name}.{left[0]}.lead_time{more}, or one to the supplier"
            here.problems.add(here.key("suppliers", name), message, path=("suppliers",), remedy=remedy)
        elif lacking and len(lacking) == len(rows):
            remedy = "give a lead_time here, on the lane, at the receiving site, or to each part"
            message = f"no lead time from supplier '{name}'"
            here.problems.add(here.key("suppliers", name), message, path=("suppliers",), remedy=remedy)
        else:
            remedy = f"or give one to the supplier '{name}'"
            here.each_part(lacking, "lead_time", "no lead time from its supplier", remedy)


def needs_own_supplier(scenario: Scenario) -> bool:
    sources = {each.refilled_by for each in scenario.warehouses.values()}
    return SUPPLIERS in sources | {each.served_by for each in scenario.dealers.values()}
