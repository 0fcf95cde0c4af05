"""Whether demand, stocking and the opening stock name what there is, and make sense of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from simnet.errors import shorten
from simnet.policy import find_policy
from simnet.scenario.asked import Asked
from simnet.scenario.check_asking import check_asking
from simnet.scenario.check_planned import check_jobs
from simnet.scenario.nodes import Loc, Mark
from simnet.scenario.order_classes import built_in_names
from simnet.scenario.stocking import BESIDE, BUILT_IN, Point, Settings

BASE_STOCK = "base-stock"

if TYPE_CHECKING:
    from simnet.scenario.checker import Checker


FIGURES = ("system", "facing", "customer", "order")
"""Words of the figures, such as `fill.system.line`, where the name of a tier stands too."""


def check_tiers(here: Checker) -> None:
    """No tier is called like what figures are told of beside tiers; told once a tier."""
    told: set[str] = set()
    for section in ("warehouses", "dealers"):
        for name, site in getattr(here.scenario, section).items():
            if site.tier in FIGURES and site.tier not in told:
                told.add(site.tier)
                loc: Loc = (section, name, "tier")
                message = f"the name '{site.tier}' is taken: figures such as fill.{site.tier} mean something else"
                here.problems.add(here.mark(*loc), message, path=loc, remedy="give the tier another name")


def check_demand(here: Checker, asked: Sequence[Asked]) -> None:
    """Every entry asks for parts that exist, at sites that exist, in an order class that exists."""
    scenario = here.scenario
    sites = {*scenario.warehouses, *scenario.dealers}
    places = sites | {scenario.tier_of(site) for site in sites} | {"dealers"} | here.removed.tiers
    classes = set(scenario.parts.part_class)
    if not asked and not here.problems.found and (here.removed.instead or here.removed.parts):
        here.problems.add(here.mark("demand"), "nothing is asked: there is no demand left", path=("demand",))
    for each in asked:
        entry, loc = each.entry, each.loc
        _check_twice(here, each)
        check_jobs(here, each)
        for name in entry.chosen_parts or ():
            if name not in scenario.parts:
                here.unknown(_item(each, ("part", "parts"), name), "part", name, scenario.parts.index, loc)
        for name in entry.part_class or ():
            if name not in classes:
                here.unknown(_item(each, ("class",), name), "part class", name, classes, loc)
        for name in entry.at:
            if name not in places:
                here.unknown(_item(each, ("at",), name), "site or tier", name, places, loc)
        if all(name in places for name in entry.at) and not scenario.sites_at(entry.at) and not here.removed.instead:
            who = f"there are no {' or '.join(entry.at)[:80]} to ask" if entry.at else "names no site in 'at'"
            here.problems.add(each.mark("at"), who, path=loc)
        if entry.order_class not in scenario.order_classes or entry.order_class == "stock":
            known = {*scenario.order_classes, *built_in_names()} - {"stock"}
            word = entry.order_class.lower()
            if word in known:
                message = f"there is no order class for customers {shorten(entry.order_class)}"
                here.problems.add(each.mark("order_class"), message, path=loc, remedy=f"write {word}")
            else:
                here.unknown(each.mark("order_class"), "order class for customers", entry.order_class, known, loc)
        _check_rows(here, each, places)
        check_asking(here, each)


def _check_twice(here: Checker, each: Asked) -> None:
    """A name twice in a list would ask twice."""
    for key in ("part", "parts", "class", "at"):
        node = each.node.get(key)
        seen: set[str] = set()
        for item in node.value if node is not None and node.kind == "list" else ():
            if item.text in seen:
                here.problems.add(item.mark, f"{shorten(item.text)} is there twice", path=each.loc, remedy="keep one")
            seen.add(item.text)


def _check_rows(here: Checker, each: Asked, places: Collection[str]) -> None:
    """The parts and sites of a demand table or a history; each unknown name is told once."""
    parts = here.scenario.parts.index.keys() | here.removed.parts
    sites = {*here.scenario.warehouses, *here.scenario.dealers, *here.removed.instead}
    if each.grid is not None:
        grid = each.grid
        for column, known, what in (("part", parts, "part"), ("at", {*places, *sites, ""}, "site or tier")):
            for row, name in _firsts(grid.texts(column), each.names(column) - known):
                here.unknown(grid.mark(row, column), what, name, known)
    if each.rows is not None:
        rows = each.rows
        for line, code in _firsts(rows.part, _codes(rows.parts, each.names("part") - parts)):
            here.unknown(rows.mark(line, "part") or each.node.mark, "part", rows.parts[code], parts)
        names = rows.sites or ()
        for line, code in _firsts(rows.site or (), _codes(names, each.names("site") - sites)):
            here.unknown(rows.mark(line, "dealer") or each.node.mark, "dealer", names[code], sites)


def _codes(names: Sequence[str], wanted: Collection[str]) -> set[int]:
    return {code for code, name in enumerate(names) if name in wanted}


def _firsts(values: Iterable[Any], wanted: Collection[Any]) -> Iterator[tuple[int, Any]]:
    """Each of the wanted values once, with the row where it first appears."""
    left = set(wanted)
    for row, value in enumerate(values) if left else ():
        if value in left:
            left.discard(value)
            yield row, value


def _item(each: Asked, keys: tuple[str, ...], name: str) -> Mark:
    """The place of a name under one of `keys`, alone or in a list."""
    for key in keys:
        node = each.node.get(key)
        if node is not None:
            items = node.value if node.kind == "list" else [node]
            return next((item.mark for item in items if item.text == name), node.mark)
    return each.node.mark


def check_stocking(here: Checker) -> None:
    """Settings name tiers, classes and sites that exist, and together make policies."""
    scenario, stocking = here.scenario, here.scenario.stocking
    sites = {*scenario.warehouses, *scenario.dealers}
    tiers = {scenario.tier_of(site) for site in sites} | here.removed.tiers
    classes = set(scenario.parts.part_class)
    for section, what, named, known in (
        ("tiers", "tier", stocking.tiers, tiers),
        ("classes", "part class", stocking.classes, classes),
        ("sites", "site", stocking.sites, sites),
    ):
        for name in named:
            if name not in known:
                here.unknown(here.key("stocking", section, name), what, name, known, ("stocking", section))
    for index, rule in enumerate(stocking.rules):
        choices: tuple[tuple[str, tuple[str, ...] | None, Collection[str]], ...] = (
            ("tier", rule.when.tier, tiers),
            ("site", rule.when.site, sites | here.removed.instead.keys()),
            ("class", rule.when.part_class, classes),
            ("part", rule.when.part, scenario.parts.index.keys() | here.removed.parts),
        )
        for key, names, there in choices:
            for name in names or ():
                if name not in there:
                    loc: Loc = ("stocking", "rules", index, "when", key)
                    what = "part class" if key == "class" else key
                    here.unknown(here.mark(*loc), what, name, there, loc[:3])
    for loc, settings in layers(here):
        _check_settings(here, settings, loc)
    _check_levels(here, sites)
    if not here.problems.found:
        _check_policies(here)


def layers(here: Checker) -> Iterator[tuple[Loc, Settings]]:
    """All settings with their places, the general ones first."""
    stocking = here.scenario.stocking
    yield ("stocking", "default"), stocking.default
    for section in ("tiers", "classes", "sites"):
        for name, settings in getattr(stocking, section).items():
            yield ("stocking", section, name), settings
    for index, rule in enumerate(stocking.rules):
        yield ("stocking", "rules", index), rule


def _check_settings(here: Checker, settings: Settings, loc: Loc) -> None:
    """A policy takes its own keys only, and there is such a policy; other keys are typing errors."""
    from simnet.errors import did_you_mean

    given, node = settings.given(), here.tree.follow(loc)[0]
    said = [source for source in (("up_to", "trigger"), ("cover",), ("target",)) if given.keys() & set(source)]
    if len(said) > 1 and str(given.get("policy", BASE_STOCK)) in BUILT_IN:
        names = [next(name for name in source if name in given) for source in said]
        message = f"{' and '.join(names)} contradict each other; keep one of them"
        here.problems.add(node.key(names[-1]).mark, message, path=loc)
    name = str(given.get("policy", ""))
    if name and name not in BUILT_IN:
        try:
            find_policy(name)
            return
        except Exception as error:  # an entry point may fail to load in any way
            here.problems.add(here.mark(*loc, "policy"), str(error), path=loc)
            return
    known = BUILT_IN[name] if name else frozenset().union(*BUILT_IN.values())
    for key in given:
        if key == "policy" or key in known or key in BESIDE:
            continue
        mark = node.key(key).mark
        if key in frozenset().union(*BUILT_IN.values()):
            takes = ", ".join(sorted(known))
            here.problems.add(mark, f"policy '{name}' takes no '{key}'", path=loc, remedy=f"it takes {takes}")
        else:
            remedy = did_you_mean(key, [*known, *BESIDE, "policy", "when"])
            here.problems.add(mark, f"unknown key {shorten(key)}", path=loc, remedy=remedy)


def _check_levels(here: Checker, sites: Collection[str]) -> None:
    _check_pairs(here, here.scenario.stocking.levels.marks, sites)


def check_opening(here: Checker) -> None:
    """The opening stock is at sites that exist, of parts that exist."""
    if here.scenario.opening is not None:
        _check_pairs(here, here.scenario.opening.marks, {*here.scenario.warehouses, *here.scenario.dealers})


def _check_pairs(here: Checker, marks: Mapping[tuple[str, str], Mark], sites: Collection[str]) -> None:
    parts = here.scenario.parts
    for (site, part), mark in marks.items():
        if site not in sites and site not in here.removed.instead:
            columns = getattr(mark.source, "index", {})
            here.unknown(mark._replace(column=columns.get("site", mark.column)), "site", site, sites)
        if part not in parts:
            here.unknown(mark, "part", part, parts.index)


def _check_policies(here: Checker) -> None:
    """The settings in force at each tier, class and site that has its own make a policy."""
    scenario, stocking = here.scenario, here.scenario.stocking
    sites: dict[Any, str] = {}
    for site in (*scenario.warehouses, *scenario.dealers):
        sites.setdefault(site if site in stocking.sites else ("tier", scenario.tier_of(site)), site)
    classes: dict[str, int] = {}
    for row, name in enumerate(scenario.parts.part_class):
        classes.setdefault(name, row)
    seen: set[Any] = set()
    told: set[Any] = set()
    for site in sites.values():
        for part_class, row in classes.items():
            point = Point(site, scenario.tier_of(site), scenario.parts.names[row], part_class)
            for rule in range(-1, len(stocking.rules)):
                key = (point.tier, part_class, site if site in stocking.sites else None, rule)
                if key not in seen and (rule < 0 or _may_fit(stocking.rules[rule].when, point)):
                    seen.add(key)
                    _check_policy(here, point, rule, told)
    for (site, part), mark in stocking.levels.marks.items():
        if site in scenario.warehouses or site in scenario.dealers:
            _check_level(here, site, part, mark)


def _may_fit(when: Any, point: Point) -> bool:
    names = ((when.tier, point.tier), (when.site, point.site), (when.part_class, point.part_class))
    return all(known is None or name in known for known, name in names)


def _check_policy(here: Checker, point: Point, rule: int, told: set[Any]) -> None:
    from simnet.policy import read_policy
    from simnet.scenario.stocking import overlay, usable

    stocking = here.scenario.stocking
    settings: dict[str, Any] = {}
    for layer in stocking.layers(point, rule):
        settings = overlay(settings, layer.given())
    try:
        read_policy(usable(settings))
    except Exception as error:  # a policy of one's own may fail in any way
        loc = _layer_loc(here, point, rule)
        if (loc, _words(error)) not in told:
            told.add((loc, _words(error)))
            where = f"for class '{point.part_class}' at tier '{point.tier}'"
            remedy = None if settings else "such as stocking: {default: {policy: base-stock, target: 95 %}}"
            here.problems.add(here.mark(*loc), f"{_words(error)} ({where})", path=loc, remedy=remedy)


def _check_level(here: Checker, site: str, part: str, mark: Mark) -> None:
    scenario = here.scenario
    row = scenario.parts.index[part]
    point = Point(site, scenario.tier_of(site), part, scenario.parts.part_class[row], scenario.parts.price[row])
    try:
        scenario.stocking.policy(point)
    except ValueError as error:
        here.problems.add(mark, _words(error), fold=_words(error))


def _layer_loc(here: Checker, point: Point, rule: int) -> Loc:
    """The most special settings that had a say."""
    stocking = here.scenario.stocking
    if rule >= 0:
        return ("stocking", "rules", rule)
    for section, name in (("sites", point.site), ("classes", point.part_class), ("tiers", point.tier)):
        if name in getattr(stocking, section):
            return ("stocking", section, name)
    return ("stocking", "default")


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        text = str(first.get("ctx", {}).get("error", "")) or first["msg"]
        steps = [str(step) for step in first["loc"]]
        return f"{steps[-1]}: {text}" if steps else text
    return str(error)
