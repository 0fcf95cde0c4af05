"""What must hold between the parts of a scenario: every name leads somewhere, everything can arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from simnet.errors import Problem
from simnet.scenario.asked import Asked
from simnet.scenario.checker import Checker
from simnet.scenario.nodes import Node, Problems
from simnet.scenario.order_classes import ALWAYS
from simnet.scenario.removal import Removed
from simnet.scenario.scenario import Scenario

MOST_MONTHS = 12 * 250
_WAYS = ("suppliers", "warehouses", "dealers", "lanes", "order_classes")
"""Sections on which the ways of goods depend."""


def check(scenario: Scenario, asked: Sequence[Asked], tree: Node, removed: Removed, problems: Problems) -> None:
    """Add a problem for everything that does not fit together."""
    from simnet.scenario.check_hours import check_hours
    from simnet.scenario.check_lead_times import LEAD_TIME, check_lead_times
    from simnet.scenario.check_orders import check_order_classes
    from simnet.scenario.check_planned import check_planned
    from simnet.scenario.check_reserve import check_reserves
    from simnet.scenario.check_shared import check_shared_orders
    from simnet.scenario.check_sites import check_sites
    from simnet.scenario.check_sourcing import check_sourcing, check_ways, sites_of
    from simnet.scenario.check_use import check_demand, check_opening, check_stocking, check_tiers

    here = Checker(scenario, tree, removed, problems)
    early = len(problems)
    _check_run(here)
    check_sites(here)
    check_shared_orders(here)
    check_tiers(here)
    check_demand(here, asked)
    check_stocking(here)
    check_opening(here)
    check_hours(here)
    if scenario.order_classes.keys() >= set(ALWAYS):  # else what is written of them is wrong as it stands
        check_order_classes(here)
        check_sourcing(here)
        check_reserves(here)
        check_planned(here)
    check_lead_times(here)
    wrong = [*problems]
    if not any(LEAD_TIME in (each.path or "") for each in wrong[:early]) and not _leads_astray(here, wrong[early:]):
        check_ways(here, asked)
    else:
        problems.more |= any(site.at is None for _, _, site in sites_of(here))  # ways may have no lead time


def _leads_astray(here: Checker, problems: Sequence[Problem]) -> bool:
    """Whether what does not fit together may make a way seem to lack a lead time, as a name that leads nowhere does."""
    sections = [node for node in map(here.tree.get, _WAYS) if node is not None]
    marks = (key.mark for node in sections for key, _ in node.entries.values())
    sources = {id(mark.source): mark.source for mark in marks if mark.source is not here.tree.mark.source}
    tables = {(each.name, getattr(each, "sheet", None)) for each in sources.values()}
    return any((each.file, each.sheet) in tables or (each.path or "").split(" > ")[0] in _WAYS for each in problems)


def _check_run(here: Checker) -> None:
    run = here.scenario.run
    measured = run.warm_up.add_to(run.start)
    end = run.length.add_to(measured)
    if end <= measured:
        here.problems.add(here.mark("run", "length"), "must be above zero", path=("run", "length"))
    if (end.year - run.start.year) * 12 > MOST_MONTHS:
        here.problems.add(here.mark("run"), "is too long: at most 250 years", path=("run",))
    twice = [window for window, count in Counter(run.windows).items() if count > 1]
    if twice:
        here.problems.add(here.mark("run", "windows"), "a window is there twice", path=("run", "windows"))
