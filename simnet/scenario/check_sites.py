"""Whether sites and lanes are named once, lead somewhere and never in a circle, and each part has a supplier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simnet.errors import shorten
from simnet.places import find_place
from simnet.scenario.check_lead_times import needs_own_supplier
from simnet.scenario.sites import SUPPLIERS, folder_fault

if TYPE_CHECKING:
    from simnet.scenario.checker import Checker

RESERVED = (SUPPLIERS, "dealers", "all", "customer", "system")
"""Words that stand for many sites, or for all; no site may bear them."""
ALL = "all"
"""The word that stands for every part."""


def check_sites(here: Checker) -> None:
    """Every name is one site, and what a site or a lane names is there."""
    _check_names(here)
    _check_sources(here)
    _check_cycles(here)
    _check_lanes(here)
    _check_places(here)
    _check_suppliers(here)


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
    if not needs_own_supplier(scenario) or len(scenario.suppliers) <= 1:
        return
    lacking = (row for row, name in enumerate(parts.supplier) if name is None)
    here.each_part(
        lacking,
        "supplier",
        "needs a supplier: there is more than one",
        "name one in the column supplier",
    )
