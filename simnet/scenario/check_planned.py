"""Whether jobs name parts that exist, and lists and managed levels are for dealers and fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simnet.demand import Jobs
from simnet.errors import shorten
from simnet.policy import find_policy
from simnet.scenario.asked import Asked
from simnet.scenario.managed import PLANNED, periods, planned_by, uneven
from simnet.scenario.nodes import Loc, Mark, Node
from simnet.scenario.stocking import Point
from simnet.units import show_duration

ECONOMIC = "economic"

if TYPE_CHECKING:
    from simnet.scenario.checker import Checker


def check_jobs(here: Checker, each: Asked) -> None:
    """The kinds of jobs of an entry ask for parts that exist; those of cards are checked as a history's are."""
    if not isinstance(each.entry, Jobs):
        return
    parts = here.scenario.parts.index.keys() | here.removed.parts
    named = [kind.name for kind in each.entry.kinds]
    for number, kind in enumerate(each.entry.kinds):
        if kind.name is not None and kind.name in named[:number]:
            message = f"the name {shorten(kind.name)} is there twice; it names the chance of one kind of job"
            here.problems.add(_name_mark(each, number), message, path=each.loc, remedy="give each a name of its own")
        for name in kind.parts:
            if name not in parts:
                here.unknown(_part_mark(each, number, name), "part", name, parts, each.loc)


def _kind(each: Asked, number: int) -> Node | None:
    """A kind of job as it is written."""
    node = each.node.get("jobs")
    return node.value[number] if node is not None and node.kind == "list" else node


def _name_mark(each: Asked, number: int) -> Mark:
    """The place of the name of a kind of job."""
    kind = _kind(each, number)
    name = kind.get("name") if kind is not None else None
    return name.mark if name is not None else each.node.mark


def _part_mark(each: Asked, number: int, name: str) -> Mark:
    """The place of a part in a kind of job."""
    kind = _kind(each, number)
    place = kind.get("parts") if kind is not None else None
    if place is None:
        return each.node.mark
    items = place.value if place.kind == "list" else [key for key, _ in place.entries.values()]
    return next((item.mark for item in items if item.text == name), place.mark)


def check_planned(here: Checker) -> None:
    """Lists and managed levels stand where customers ask, and do not contradict each other or the policy."""
    from simnet.scenario.check_use import layers

    for loc, settings in layers(here):
        said = [name for name in PLANNED if getattr(settings, name) is not None]
        if said and _names_warehouses(here, loc, settings):
            node = here.tree.follow(loc)[0]
            message = f"{said[0]} is for dealers: warehouses are asked by dealers, not by customers"
            here.problems.add(node.key(said[0]).mark, message, path=loc, remedy="say it for a tier or site of dealers")
        if settings.policy == ECONOMIC and not here.problems.found:
            _check_costs(here, loc)
    if not here.problems.found:
        _check_together(here)


def _check_costs(here: Checker, loc: Loc) -> None:
    """What the economic policy weighs is given: holding, and what a rush order costs."""
    costs, classes = here.scenario.costs, here.scenario.order_classes
    mark = here.mark(*loc, "policy")
    if not costs.holding:
        message = "policy 'economic' weighs the cost of holding, and none is given"
        here.problems.add(mark, message, path=loc, remedy="set costs: {holding: 22 %/y}")
    asked = {entry.order_class for entry in here.scenario.demand if hasattr(entry, "order_class")}
    if not costs.rush and not any(classes[name].surcharge for name in asked if name in classes):
        message = "policy 'economic' weighs the cost of rush orders, and they are free"
        remedy = "set costs: {rush: 15 EUR}, or the surcharge of an order class that customers use"
        here.problems.add(mark, message, path=loc, remedy=remedy)


def _names_warehouses(here: Checker, loc: Loc, settings: Any) -> bool:
    """Whether settings are for warehouses by name, and for no dealer."""
    scenario = here.scenario
    if loc[1] == "sites":
        return loc[2] in scenario.warehouses
    tiers = {scenario.tier_of(name) for name in scenario.dealers} | here.removed.tiers
    if loc[1] == "tiers":
        return loc[2] not in tiers
    when = getattr(settings, "when", None)
    sites, named = (when.site, when.tier) if when is not None else (None, None)
    if sites and all(name in scenario.warehouses for name in sites):
        return True
    return bool(named) and not tiers.intersection(named or ())


def _check_together(here: Checker) -> None:
    """The settings in force at each dealer, by part class and rule."""
    scenario, stocking, told = here.scenario, here.scenario.stocking, set()
    classes: dict[str, int] = {}
    for row, name in enumerate(scenario.parts.part_class):
        classes.setdefault(name, row)
    for site, dealer in scenario.dealers.items():
        kind = (dealer.tier, dealer.stock, site if site in stocking.sites else None)
        for part_class, row in classes.items():
            if (kind, part_class) in told or len(here.problems) >= 12:
                continue
            told.add((kind, part_class))
            point = Point(site, dealer.tier, scenario.parts.names[row], part_class)
            for rule in range(-1, len(stocking.rules)):
                if rule < 0 or _fits(stocking.rules[rule].when, point):
                    _check_point(here, point, rule, dealer.stock)


def _fits(when: Any, point: Point) -> bool:
    named = ((when.site, point.site), (when.tier, point.tier), (when.part_class, point.part_class))
    return all(names is None or name in names for names, name in named)


def _check_point(here: Checker, point: Point, rule: int, stock: str) -> None:
    from simnet.scenario.stocking import overlay

    settings: dict[str, Any] = {}
    where: dict[str, Loc] = {}
    for loc, layer in located(here, point, rule):
        settings = overlay(settings, layer.given())
        where |= dict.fromkeys(layer.given(), loc)
    phase_in, phase_out, managed = planned_by(settings, stock)
    policy = str(settings.get("policy", "base-stock"))
    at = ("dealers", point.site, "stock")
    if stock == "managed" and managed is None:
        message = f"the stock of dealer '{point.site}' is managed, and this says it is not"
        remedy = f"set dealers.{point.site}.stock to independent, or leave this out"
        _tell(here, where["managed"], "managed", message, remedy)
    if not (phase_in or phase_out or managed):
        return
    first = next((name for name in PLANNED[::-1] if settings.get(name)), "")
    place = where[first] if first else at
    if hasattr(find_policy(policy), "decide"):
        message = f"policy '{policy}' decides inside the run, so its levels cannot be planned"
        _tell(here, place, first, message, "give these points a policy that sets levels, such as base-stock")
    if phase_in and not managed and policy == "none":
        message = "the policy is none: a part that is listed would still not be stocked"
        _tell(here, where["phase_in"], "phase_in", message, "give a policy with a level, or managed: true")
    if phase_in and phase_out and phase_out < phase_in.within:
        message = (
            f"phase_out ({show_duration(phase_out)}) is shorter than the window of phase_in "
            f"({show_duration(phase_in.within)}): a part would come back for the lines that it left with"
        )
        _tell(here, where["phase_out"], "phase_out", message, f"at least {show_duration(phase_in.within)}")
    if phase_in and managed and phase_in.within < managed.every:
        message = f"phase_in looks back {show_duration(phase_in.within)}, less than one period of managed.every"
        _tell(here, where["phase_in"], "phase_in", message, f"at least {show_duration(managed.every)}")
    elif phase_in and managed and uneven(phase_in.within, managed.every):
        every, within = show_duration(managed.every), show_duration(phase_in.within)
        whole = periods(phase_in.within, managed.every) * managed.every
        message = f"phase_in looks back {within}, which is not a multiple of managed.every ({every})"
        _tell(here, where["phase_in"], "phase_in", message, f"such as {show_duration(whole)}")


def located(here: Checker, point: Point, rule: int) -> list[tuple[Loc, Any]]:
    """The settings that apply to a point with their places, the general ones first."""
    stocking = here.scenario.stocking
    found: list[tuple[Loc, Any]] = [(("stocking", "default"), stocking.default)]
    for section, name in (("tiers", point.tier), ("classes", point.part_class), ("sites", point.site)):
        if name in getattr(stocking, section):
            found.append((("stocking", section, name), getattr(stocking, section)[name]))
    return found + ([(("stocking", "rules", rule), stocking.rules[rule])] if rule >= 0 else [])


def _tell(here: Checker, loc: Loc, key: str, message: str, remedy: str) -> None:
    mark = here.tree.follow(loc)[0].key(key).mark if key else here.mark(*loc)
    here.problems.add(mark, message, path=loc, remedy=remedy, fold=message)
