"""Whether order classes make sense: what they ask, where the rest waits, for whom they are otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simnet.errors import shorten
from simnet.scenario.nodes import Loc
from simnet.scenario.order_classes import DEFAULT, STOCK, OrderClass, Special, built_in, built_in_names
from simnet.scenario.sites import SUPPLIERS

if TYPE_CHECKING:
    from simnet.scenario.checker import Checker


def check_order_classes(here: Checker) -> None:
    """Every order class names what there is, and its rules do not contradict each other."""
    for name, rule in here.scenario.order_classes.items():
        loc: tuple[str, str] = ("order_classes", name)
        if name not in built_in_names() and name.lower() in built_in_names():
            message = f"'{name}' is not the '{name.lower()}' that is built in: capitals count"
            here.problems.add(here.key(*loc), message, path=loc, remedy=f"write {name.lower()}")
            continue
        if name == STOCK:
            _check_replenishment(here, rule, loc)
            _check_travel(here, rule, loc)
        _check_waiting(here, name, rule, loc)
        _check_names(here, rule, loc)
        if rule.surcharge and rule.discount:
            message = "a surcharge and a discount contradict each other"
            here.problems.add(here.mark(*loc, "discount"), message, path=(*loc, "discount"), remedy="keep one of them")
        for where, special in layers(rule, loc):
            _check_list(here, special, where)
        _check_laterals(here, name, rule, loc)
        _check_referrals(here, name, rule, loc)


def layers(rule: OrderClass, loc: Loc) -> Iterator[tuple[Loc, OrderClass | Special]]:
    """The class itself and what is otherwise somewhere, with their places."""
    yield loc, rule
    for name, special in rule.part_classes.items():
        yield (*loc, "part_classes", name), special
    for name, special in rule.sites.items():
        yield (*loc, "sites", name), special


def is_written(here: Checker, *loc: str | int) -> bool:
    """Whether the file holds a value there."""
    return here.tree.follow(loc)[1] == loc


def _check_replenishment(here: Checker, rule: OrderClass, loc: Loc) -> None:
    if rule.unmet == "lost":
        here.problems.add(here.mark(*loc, "unmet"), "replenishment cannot be lost", path=loc)
    for key, given, why in (
        ("patience", rule.patience is not None, "replenishment waits until it is served"),
        ("will_fit", bool(rule.will_fit), "replenishment is bought of the maker"),
        ("backorder", rule.backorder != "dealer", "replenishment waits at the source it was asked of"),
    ):
        if given:
            remedy = "leave it out, or give it to a class of customers"
            here.problems.add(here.mark(*loc, key), why, path=(*loc, key), remedy=remedy)


def _check_travel(here: Checker, rule: OrderClass, loc: Loc) -> None:
    """Replenishment that asks nobody else, and no sisters, has no way but the lanes."""
    sites: dict[str, Any] = {**here.scenario.warehouses, **here.scenario.dealers}
    asks = any(special.ask for _, special in layers(rule, loc))
    if asks or any(site.balance is not None for site in sites.values()) or here.removed.instead or not sites:
        return
    end = next(iter(here.scenario.dealers or sites))
    source = here.scenario.source_of(end)
    for key in ("lead_time", "cost", "mode"):
        if is_written(here, *loc, key):
            way = f"lanes.{'SUPPLIER' if source == SUPPLIERS else source}.{end}.{key}"
            message, remedy = "class stock travels by the lanes", f"give {way}, or the class a list (ask)"
            here.problems.add(here.mark(*loc, key), message, path=(*loc, key), remedy=remedy)


def _check_waiting(here: Checker, name: str, rule: OrderClass, loc: Loc) -> None:
    """Lost at once leaves nothing to wait; and what waits does so where there is a warehouse."""
    if rule.patience == 0:
        remedy = "unmet: lost loses at once; left out, customers wait for ever"
        here.problems.add(here.mark(*loc, "patience"), "must be above zero", path=(*loc, "patience"), remedy=remedy)
    if rule.unmet == "lost" and name != STOCK:
        alone = any(special.ask for _, special in layers(rule, loc))
        for key in ("patience", "backorder", *(() if alone else ("will_fit",))):
            if is_written(here, *loc, key):
                remedy = f"leave out {key}, or say unmet: backorder"
                message = "contradicts unmet: lost, where nothing waits"
                here.problems.add(here.mark(*loc, key), message, path=(*loc, key), remedy=remedy)
    direct = [site for site, each in here.scenario.dealers.items() if _outside(here, each.served_by)]
    for where, special in layers(rule, loc):
        word = special.backorder
        if word in (None, "dealer") or not is_written(here, *where, "backorder"):
            continue
        served = [site for site in direct if _concerns(here, where, site) and not _at_dealer(here, rule, site)]
        if served:
            more = f" and {len(served) - 1:,} more" if len(served) > 1 else ""
            message = f"nothing can wait at the {word} warehouse of {shorten(served[0])}{more}: a supplier serves it"
            remedy = f"backorder: dealer, or sites: {{{served[0]}: {{backorder: dealer}}}}"
            here.problems.add(here.mark(*where, "backorder"), message, path=(*where, "backorder"), remedy=remedy)


def _outside(here: Checker, source: str) -> bool:
    return source == SUPPLIERS or source in here.scenario.suppliers


def _concerns(here: Checker, where: Loc, site: str) -> bool:
    """Whether what is said at `where` is about a site."""
    return "sites" not in where[2:] or where[-1] in (site, here.scenario.tier_of(site))


def _at_dealer(here: Checker, rule: OrderClass, site: str) -> bool:
    """Whether a word of its own lets lines of a site wait there."""
    return bool(rule.special("backorder", here.scenario.tier_of(site), "", site) == "dealer")


def _check_names(here: Checker, rule: OrderClass, loc: Loc) -> None:
    """Part classes, sites and tiers that exist."""
    scenario = here.scenario
    classes = set(scenario.parts.part_class)
    for key, named in (("part_classes", rule.part_classes), ("will_fit", rule.will_fit)):
        for name in named:
            if name not in classes and not (key == "will_fit" and name == DEFAULT):
                here.unknown(here.key(*map(str, loc), key, name), "part class", name, classes, (*loc, key))
    if DEFAULT in classes and DEFAULT in rule.will_fit and is_written(here, *loc, "will_fit", DEFAULT):
        message = f"'{DEFAULT}' means all part classes that are not named, and one of the parts is called so"
        mark = here.key(*map(str, loc), "will_fit", DEFAULT)
        here.problems.add(mark, message, path=(*loc, "will_fit"), remedy="give that class another name")
    sites = {*scenario.warehouses, *scenario.dealers}
    known = sites | {scenario.tier_of(site) for site in sites} | here.removed.tiers
    for name in rule.sites:
        if name not in known:
            here.unknown(here.key(*map(str, loc), "sites", name), "site or tier", name, known, (*loc, "sites"))


def _check_list(here: Checker, special: OrderClass | Special, loc: Loc) -> None:
    """A source once, and none behind a supplier, who has everything."""
    words = special.ask or ()
    for number, word in enumerate(words):
        mark = here.mark(*loc, "ask", number)
        if word in words[:number]:
            here.problems.add(mark, f"'{word}' is asked twice", path=(*loc, "ask"), remedy="keep one")
        elif "supplier" in words[:number]:
            message = f"'{word}' is never asked: a supplier gives everything"
            here.problems.add(mark, message, path=(*loc, "ask"), remedy="put supplier last")


def _check_laterals(here: Checker, name: str, rule: OrderClass, loc: Loc) -> None:
    """Sisters are found by their pool or within a radius, and the radius needs places."""
    scenario = here.scenario
    asked = [where for where, special in layers(rule, loc) if "lateral" in (special.ask or ())]
    sites: dict[str, Any] = {**scenario.warehouses, **scenario.dealers}
    balances = name == STOCK and any(site.balance for site in sites.values())
    if asked and not is_written(here, *loc, "radius") and not any(site.pool for site in sites.values()):
        remedy = f"give sites a pool, or order_classes.{name}.radius: 300 km"
        message = "there are no sister sites: no site has a pool"
        here.problems.add(here.mark(*asked[0], "ask"), message, path=(*asked[0], "ask"), remedy=remedy)
    if rule.radius is None:
        return
    if not asked and not balances:
        message = "says nothing: the class does not ask 'lateral'"
        remedy = "ask: [facing, lateral]"
        here.problems.add(here.mark(*loc, "radius"), message, path=(*loc, "radius"), remedy=remedy)
        return
    lacking = [site for site, each in scenario.dealers.items() if each.at is None]
    if lacking:
        more = f" and {len(lacking) - 1:,} more" if len(lacking) > 1 else ""
        message = f"there is no telling how far it is: {shorten(lacking[0])}{more} {'have' if more else 'has'} no place"
        remedy = f"say where: dealers.{lacking[0]}.at: Lyon FR"
        here.problems.add(here.mark(*loc, "radius"), message, path=(*loc, "radius"), remedy=remedy)


def _check_referrals(here: Checker, name: str, rule: OrderClass, loc: Loc) -> None:
    """Who asks those referred to has a warehouse that refers to somebody; what is built in asks in any network."""
    warehouses = here.scenario.warehouses
    if here.removed.instead or any(site.refers_to for site in warehouses.values()):
        return
    usual = tuple(built_in(name).get("ask", ()))
    for where, special in layers(rule, loc):
        words = special.ask or ()
        if "referral" in words and words != usual and is_written(here, *where, "ask"):
            first = next(iter(warehouses), "WAREHOUSE")
            remedy = f"give warehouses.{first}.refers_to, or leave referral out"
            message = "nobody is referred to: no warehouse has refers_to"
            here.problems.add(here.mark(*where, "ask"), message, path=(*where, "ask"), remedy=remedy)
            return
