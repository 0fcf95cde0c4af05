"""Whether what is kept in reserve is kept for somebody, and where it is heeded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simnet.errors import shorten
from simnet.scenario.nodes import Loc
from simnet.scenario.order_classes import built_in_names, standard
from simnet.scenario.stocking import Point, overlay

if TYPE_CHECKING:
    from simnet.scenario.checker import Checker


def check_reserves(here: Checker) -> None:
    """A class leaves pieces for better ones, the worse the more, where stock is served by rank."""
    from simnet.scenario.check_use import layers

    rules = here.scenario.order_classes
    known = {*rules, *built_in_names()}
    best = min(rule.rank for rule in rules.values())
    for loc, settings in layers(here):
        said = settings.reserve or {}
        ranks = {name: (rules.get(name) or standard(name)).rank for name in said if name in known}
        for name, pieces in said.items():
            mark = here.tree.follow((*loc, "reserve"))[0].key(name).mark
            if name not in known:
                here.unknown(mark, "order class", name, known, (*loc, "reserve"))
                continue
            fault = _fault(name, pieces, said, ranks, best)
            if fault is not None:
                here.problems.add(mark, fault[0], path=(*loc, "reserve"), remedy=fault[1])
    if not here.problems.found:
        _check_allocation(here)


def _fault(
    name: str, pieces: int, said: Mapping[str, int], ranks: Mapping[str, int], best: int
) -> tuple[str, str] | None:
    """What is wrong with what a class leaves for better ones, and what to do."""
    if pieces and ranks[name] <= best:
        remedy = "leave it out" if ranks[name] == 1 else "declare a better one: order_classes: {vor: {rank: 1}}"
        return f"no class is better than '{name}', for which it could leave {pieces}", remedy
    for other, theirs in said.items():
        if other not in ranks or theirs == pieces:
            continue
        if ranks[other] < ranks[name] and theirs > pieces:
            return f"'{name}' leaves {pieces}, the better '{other}' leaves {theirs}", f"{name}: {theirs}, or more"
        if ranks[other] == ranks[name] and list(said).index(other) < list(said).index(name):
            remedy = "let both leave as many, or give them ranks of their own"
            return f"'{name}' leaves {pieces}, and '{other}' of the same rank {theirs}", remedy
    return None


def _check_allocation(here: Checker) -> None:
    """Who serves whoever comes first cannot keep anything for others."""
    scenario = here.scenario
    classes: dict[str, int] = {}
    for row, name in enumerate(scenario.parts.part_class):
        classes.setdefault(name, row)
    for section in ("warehouses", "dealers"):
        for name, site in getattr(scenario, section).items():
            if site.allocation not in ("first come", "fair share"):
                continue
            points = [Point(name, site.tier, scenario.parts.names[row], each) for each, row in classes.items()]
            if any(_keeps(here, point) for point in points):
                loc: Loc = (section, name, "allocation")
                message = f"'{site.allocation}' does not heed the reserve that {shorten(name)} keeps"
                here.problems.add(here.mark(*loc), message, path=loc, remedy="allocation: rank")


def _keeps(here: Checker, point: Point) -> bool:
    """Whether a reserve is in force at a point, under any rule that fits it."""
    stocking = here.scenario.stocking
    for rule in range(-1, len(stocking.rules)):
        settings: dict[str, Any] = {}
        if rule < 0 or stocking.rules[rule].when.fits(point):
            for layer in stocking.layers(point, rule):
                settings = overlay(settings, layer.given())
        if any((settings.get("reserve") or {}).values()):
            return True
    return False
