"""What is easily overlooked in the flow of orders: promises that no way keeps, pushes and hold-backs without effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simnet.errors import clean
from simnet.scenario.order_classes import STOCK
from simnet.scenario.stocking import Point, overlay
from simnet.units import show_duration, show_money

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario
    from simnet.scenario.sites import Dealer, Warehouse

WATCHED = ("base-stock", "economic", "none")
"""Policies whose position is at `up_to` after every change, unless they are reviewed."""
INSIDE = ("managed", "phase_in", "phase_out")
"""What changes levels inside the run."""


def orders_overlooked(scenario: Scenario) -> Iterator[str]:
    """Sentences about order classes and what sites do for each other."""
    yield from _promises(scenario)
    yield from _impatient(scenario)
    yield from _idle_pushes(scenario)
    yield from _held_for_nobody(scenario)
    yield from _paced(scenario)
    yield from _worth_nothing(scenario)
    yield from _held_how_long(scenario)


def some(names: Sequence[str], most: int = 3) -> str:
    """The first names, and how many more."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(clean(name, 30) for name in names[:most]) + more


def _promises(scenario: Scenario) -> Iterator[str]:
    """Classes promised sooner than any source sends them, in the mean."""
    asked = {entry.order_class for entry in scenario.demand}
    for name, rule in scenario.order_classes.items():
        if name == STOCK or name not in asked or rule.need_by is None:
            continue
        fastest = {dealer: _fastest(scenario, name, dealer) for dealer in scenario.dealers}
        late = {dealer: each for dealer, each in fastest.items() if each is not None and each > rule.need_by}
        if late:
            first = next(iter(late))
            ends = dict.fromkeys(show_duration(each) for each in (min(late.values()), max(late.values())))
            way = f"lanes.{clean(scenario.source_of(first), 30)}.{clean(first, 30)}.classes.{clean(name, 24)}.lead_time"
            yield (
                f"no source of {clean(name, 24)} keeps {show_duration(rule.need_by)} for {some([*late])}: "
                f"the fastest takes {' to '.join(ends)} in the mean; if goods are there sooner, write {way}"
            )


def _fastest(scenario: Scenario, name: str, dealer: str) -> int | None:
    """Mean minutes from the fastest source; None where nobody is asked, or one's time depends on the part."""
    wait = scenario.sourcing.waits_at(name, dealer, "")
    places = [*scenario.sourcing.ask(name, dealer, ""), *([wait] if wait is not None else [])]
    if not any(kind == "facing" for kind, _ in places):
        return None
    laws = [
        None if kind == "supplier" else scenario.sourcing.journey(name, source, dealer).lead_time
        for kind, source in places
    ]
    means = [law.mean for law in laws if law is not None]
    return round(min(means)) if len(means) == len(laws) else None


def _impatient(scenario: Scenario) -> Iterator[str]:
    for name, rule in scenario.order_classes.items():
        if rule.patience is not None and rule.need_by is not None and rule.patience < rule.need_by:
            yield (
                f"customers of {clean(name, 24)} go after {show_duration(rule.patience)} (patience), before the "
                f"{show_duration(rule.need_by)} that they are promised (need_by)"
            )


def _idle_pushes(scenario: Scenario) -> Iterator[str]:
    """Warehouses that push to sites which are never under their levels."""
    idle = []
    for name, site in scenario.warehouses.items():
        below = [each for each in (*scenario.warehouses, *scenario.dealers) if scenario.source_of(each) == name]
        if site.push and below and all(_always_full(scenario, each) for each in below):
            idle.append(name)
    if idle:
        yield (
            f"push of {some(idle)} does nothing: the sites below have no review, so that their position "
            "(on hand, on order, less owed) is never under up_to"
        )


def _always_full(scenario: Scenario, site: str) -> bool:
    """Whether every point of a site orders up to its level after every change, whatever rule fits it."""
    stocking = scenario.stocking
    if any(where == site and {"review", "policy"} & set(row) for (where, _), row in stocking.levels.rows.items()):
        return False
    for each in dict.fromkeys(scenario.parts.part_class):
        point = Point(site, scenario.tier_of(site), "", each)
        for rule in range(-1, len(stocking.rules)):
            settings: dict[str, object] = {}
            for layer in stocking.layers(point, rule):
                settings = overlay(settings, layer.given())
            if settings.get("policy", "base-stock") not in WATCHED or settings.get("review"):
                return False
            if any(settings.get(word) for word in INSIDE):
                return False
    return True


def _held_for_nobody(scenario: Scenario) -> Iterator[str]:
    """Sites that hold pieces back though no sister and no referral asks them."""
    if any(rule.radius is not None for rule in scenario.order_classes.values()):
        return
    referred = {whom for site in scenario.warehouses.values() for whom in site.refers_to}
    sites: dict[str, Warehouse | Dealer] = {**scenario.warehouses, **scenario.dealers}
    idle = [name for name, site in sites.items() if site.hold_back and not site.pool and name not in referred]
    if idle:
        are = "is in no pool, and no warehouse refers to it" if len(idle) == 1 else "are in no pool, nor referred to"
        yield f"hold_back of {some(idle)} does nothing: {'it ' if len(idle) == 1 else 'they '}{are}"


def _paced(scenario: Scenario) -> Iterator[str]:
    """Reviews that are not held, for a supplier says when it takes orders."""
    paces = {name: seller.order_every for name, seller in scenario.suppliers.items() if seller.order_every}
    stocking = scenario.stocking
    settings = (stocking.default, *stocking.tiers.values(), *stocking.classes.values(), *stocking.sites.values())
    written = {each.review for each in (*settings, *stocking.rules)} - {None, 0}
    for name, every in paces.items():
        if written - {every}:
            yield (
                f"sites that order at {clean(name, 30)} look at their stock every {show_duration(every)}, when it "
                "takes orders, whatever `review` says"
            )


def _worth_nothing(scenario: Scenario) -> Iterator[str]:
    """Orders that must be worth something, of parts that cost nothing."""
    if any(seller.minimum_order_value for seller in scenario.suppliers.values()):
        free = [name for name, cost in zip(scenario.parts.names, scenario.parts.cost, strict=True) if not cost]
        if free:
            yield f"parts without a cost add nothing to the value of an order: {some(free)}"


def _held_how_long(scenario: Scenario) -> Iterator[str]:
    """Orders that may wait for ever, and limits of orders that never wait."""
    for name, seller in scenario.suppliers.items():
        if seller.minimum_order_value and not seller.hold_at_most:
            value = show_money(seller.minimum_order_value, scenario.money)
            yield (
                f"orders at {clean(name, 30)} wait until they are worth {value}, "
                "however long that takes, and no level is planned for it: `hold_at_most` ends the wait"
            )
        if seller.hold_at_most and not seller.minimum_order_value:
            yield f"hold_at_most of {clean(name, 30)} does nothing: without a minimum_order_value no order is held"
