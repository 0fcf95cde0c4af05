"""What must hold between the parts of a scenario: every name leads somewhere, everything can arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simnet.errors import Problem, did_you_mean, shorten
from simnet.places import find_place
from simnet.scenario.asked import Asked
from simnet.scenario.nodes import Loc, Mark, Node, Problems, dotted
from simnet.scenario.order_classes import ALWAYS
from simnet.scenario.removal import Removed
from simnet.scenario.scenario import Scenario
from simnet.scenario.sites import SUPPLIERS, folder_fault

RESERVED = (SUPPLIERS, "dealers", "all", "customer", "system")
"""Words that stand for many sites, or for all; no site may bear them."""
ALL = "all"
"""The word that stands for every part."""
MOST_MONTHS = 12 * 250
_LEAD_TIME = "lead_time"
_WAYS = ("suppliers", "warehouses", "dealers", "lanes", "order_classes")
"""Sections on which the ways of goods depend."""


@dataclass(eq=False)
class Checker:
    """A scenario under check, with the tree that places its values."""

    scenario: Scenario
    tree: Node
    removed: Removed
    problems: Problems

    def mark(self, *loc: str | int) -> Mark:
        """The place of a value."""
        return self.tree.follow(loc)[0].mark

    def key(self, *loc: str) -> Mark:
        """The place of a key."""
        return self.tree.follow(loc[:-1])[0].key(loc[-1]).mark

    def wrong(self, *loc: str) -> list[Problem]:
        """What is wrong with what stands at a way through the tree, in its row or in the heads of its table."""
        way, mark = dotted(loc), self.key(*loc)
        sheet = getattr(mark.source, "sheet", None)
        lines = (mark.line, getattr(mark.source, "header_line", 0)) if mark.source is not self.tree.mark.source else ()
        return [
            each for each in self.problems
            if each.path == way or (each.path or "").startswith(f"{way} > ")
            or (each.file == mark.source.name and each.sheet == sheet and each.line in lines)
        ]  # fmt: skip

    def unknown(self, mark: Mark, what: str, name: str, known: Collection[str], path: Loc = ()) -> None:
        """A name that leads nowhere, with the nearest known one; of parts only if they could be read."""
        if what.startswith("part") and "parts" in self.problems.lost:
            return
        remedy = None
        if len(self.problems) < 12:  # no more than ten are shown
            remedy = did_you_mean(name, known) or (
                f"known are {', '.join(sorted(known))}" if 0 < len(known) <= 8 else None
            )
        self.problems.add(mark, f"there is no {what} {shorten(name)}", path=path, remedy=remedy)


def check(scenario: Scenario, asked: Sequence[Asked], tree: Node, removed: Removed, problems: Problems) -> None:
    """Add a problem for everything that does not fit together."""
    from simnet.scenario.check_hours import check_hours
    from simnet.scenario.check_orders import check_order_classes
    from simnet.scenario.check_planned import check_planned
    from simnet.scenario.check_reserve import check_reserves
    from simnet.scenario.check_shared import check_shared_orders
    from simnet.scenario.check_sourcing import check_sourcing, check_ways, sites_of
    from simnet.scenario.check_use import check_demand, check_opening, check_stocking, check_tiers

    here = Checker(scenario, tree, removed, problems)
    early = len(problems)
    _check_names(here)
    _check_run(here)
    _check_sources(here)
    _check_cycles(here)
    _check_lanes(here)
    _check_places(here)
    _check_suppliers(here)
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
    _check_lead_times(here)
    if not any(_about_ways(here, each, number >= early) for number, each in enumerate(problems)):
        check_ways(here, asked)
    else:
        problems.more |= any(site.at is None for _, _, site in sites_of(here))  # ways may have no lead time


def _about_ways(here: Checker, problem: Problem, late: bool) -> bool:
    """Whether a problem may make a way seem to have no lead time: a name that leads nowhere, a wrong lead time."""
    if not late:
        return _LEAD_TIME in (problem.path or "")
    sections = [node for node in map(here.tree.get, _WAYS) if node is not None]
    marks = (key.mark for node in sections for key, _ in node.entries.values())
    sources = {id(mark.source): mark.source for mark in marks if mark.source is not here.tree.mark.source}
    inside = any(
        (each.name, getattr(each, "sheet", None)) == (problem.file, problem.sheet) for each in sources.values()
    )
    return inside or (problem.path or "").split(" > ")[0] in _WAYS


def _check_names(here: Checker) -> None:
    scenario = here.scenario
    sections: dict[str, Iterable[str]] = {
        "suppliers": scenario.suppliers,
        "warehouses": scenario.warehouses,
        "dealers": scenario.dealers,
    }
    seen: dict[str, str] = {}
    for section, sites in sections.items():
        for name in sites:
            if name in RESERVED:
                here.problems.add(
                    here.key(section, name),
                    f"the name '{name}' is taken: it means all of them",
                    path=(section,),
                )
            elif name in seen:
                message = f"the name {shorten(name)} is in {seen[name]} too; a name is one site"
                here.problems.add(here.key(section, name), message, path=(section,))
            seen[name] = section
    for number, name in enumerate(scenario.designs):
        fault = folder_fault(name)
        if fault is not None:
            mark = here.key("designs", name) if number else here.mark("name")
            here.problems.add(mark, fault, path=("designs",) if number else ("name",))
    if scenario.name in scenario.designs[1:]:
        here.problems.add(here.key("designs", scenario.name), "a design has the name of the scenario itself")


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


def _check_sources(here: Checker) -> None:
    scenario = here.scenario
    known = [*scenario.warehouses, *scenario.suppliers]
    for section, key, sites in (
        ("warehouses", "refilled_by", {name: each.refilled_by for name, each in scenario.warehouses.items()}),
        ("dealers", "served_by", {name: each.served_by for name, each in scenario.dealers.items()}),
    ):
        for name, source in sites.items():
            if source == SUPPLIERS:
                if not scenario.suppliers:
                    here.problems.add(
                        here.mark(section, name, key), "there are no suppliers", path=(section, name, key)
                    )
            elif source not in scenario.warehouses and source not in scenario.suppliers:
                what = (
                    "supplier or warehouse"
                    if source not in scenario.dealers
                    else "warehouse (a dealer supplies nobody)"
                )
                here.unknown(here.mark(section, name, key), what, source, known, (section, name, key))


def _check_cycles(here: Checker) -> None:
    warehouses = here.scenario.warehouses
    done: set[str] = set()
    for start in warehouses:
        chain: list[str] = []
        name = start
        while name in warehouses and name not in done and name not in chain:
            chain.append(name)
            name = warehouses[name].refilled_by
        if name in chain:
            loop = [*chain[chain.index(name) :], name]
            mark = here.mark("warehouses", loop[0], "refilled_by")
            remedy = "let one of them be refilled by a supplier"
            here.problems.add(
                mark,
                f"goes in a circle: {' > '.join(loop[:8])}",
                path=("warehouses", loop[0], "refilled_by"),
                remedy=remedy,
            )
        done.update(chain)


def _check_lanes(here: Checker) -> None:
    scenario = here.scenario
    sources, ends = {*scenario.warehouses, *scenario.suppliers}, {*scenario.warehouses, *scenario.dealers}
    near = any(rule.radius is not None for rule in scenario.order_classes.values())
    sources |= {name for name, dealer in scenario.dealers.items() if dealer.pool or near}  # they help sisters
    for source, lanes in scenario.lanes.items():
        if source not in sources:
            here.unknown(here.key("lanes", source), "supplier or warehouse", source, sources, ("lanes",))
        for end in lanes:
            if end not in ends:
                here.unknown(here.key("lanes", source, end), "warehouse or dealer", end, ends, ("lanes", source))
            elif end == source:
                here.problems.add(
                    here.key("lanes", source, end),
                    "a lane leads from a site to itself",
                    path=("lanes", source),
                )


def _check_places(here: Checker) -> None:
    scenario = here.scenario
    for section in ("suppliers", "warehouses", "dealers"):
        for name, site in getattr(scenario, section).items():
            if isinstance(site.at, str):
                try:
                    find_place(site.at)
                except ValueError as error:
                    here.problems.add(here.mark(section, name, "at"), str(error), path=(section, name, "at"))


def _check_suppliers(here: Checker) -> None:
    """Each part has a supplier, where the network asks for the part's own."""
    scenario, parts = here.scenario, here.scenario.parts
    unknown: dict[str, int] = {}
    for row, name in enumerate(parts.supplier):
        if name is not None and name not in scenario.suppliers:
            unknown.setdefault(name, row)
    for name, row in unknown.items():
        mark = parts.mark(row, "supplier") or here.tree.mark
        here.unknown(mark, "supplier", name, scenario.suppliers, ("parts", parts.names[row], "supplier"))
    if not parts.names and "parts" not in here.problems.lost:
        here.problems.add(here.mark("parts"), "there are no parts")
    if ALL in parts.index:
        mark = parts.mark(parts.index[ALL]) or here.mark("parts")
        message = f"the name '{ALL}' is taken: part: {ALL} of a demand means every part"
        here.problems.add(mark, message, path=("parts",), remedy="give the part another name")
    if not _needs_own_supplier(scenario) or len(scenario.suppliers) <= 1:
        return
    lacking = (row for row, name in enumerate(parts.supplier) if name is None)
    _first_of(
        here,
        lacking,
        "supplier",
        "needs a supplier: there is more than one",
        "name one in the column supplier",
    )


def _needs_own_supplier(scenario: Scenario) -> bool:
    sources = {each.refilled_by for each in scenario.warehouses.values()}
    return SUPPLIERS in sources | {each.served_by for each in scenario.dealers.values()}


def _first_of(here: Checker, rows: Iterable[int], column: str, message: str, remedy: str) -> None:
    """One problem per part, at its row; they fold in the message."""
    parts = here.scenario.parts
    for row in rows:
        if here.problems.full:
            return
        mark = parts.mark(row, column) or here.tree.mark
        here.problems.add(mark, message, path=("parts", parts.names[row]), remedy=remedy, fold=message)


def _check_lead_times(here: Checker) -> None:
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
            here.problems.more |= not any(_LEAD_TIME in (each.path or "") for each in unsure)
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
    own = _needs_own_supplier(scenario)
    only = next(iter(scenario.suppliers)) if len(scenario.suppliers) == 1 else None
    for name in sorted({supplier for supplier, _ in waiting}):
        unsure = here.wrong("suppliers", name)
        if unsure:
            here.problems.more |= not any(_LEAD_TIME in (each.path or "") for each in unsure)
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
            _first_of(here, lacking, "lead_time", "no lead time from its supplier", remedy)


def end_of(scenario: Scenario) -> datetime:
    """The moment the run ends."""
    return scenario.run.length.add_to(scenario.run.warm_up.add_to(scenario.run.start))


__all__: list[Any] = ["Checker", "check", "end_of"]
