"""Who is asked when a site is short, where the rest waits, and how long the goods travel: by name, before parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simnet.leadtime import Constant, LeadTime
from simnet.scenario.distance import Point, great_circle, great_circles, minutes_by, point_of, traveled
from simnet.scenario.order_classes import STOCK, OrderClass
from simnet.scenario.sites import SUPPLIERS, Dealer, LaneClass, Warehouse

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario

Place = tuple[str, str]
"""A kind of source and the site: (`facing`, `gent`); of a supplier, the word `suppliers` or its name."""
NEVER = 1 << 60


@dataclass(frozen=True)
class Journey:
    """How lines of a class travel from a source to a site."""

    lead_time: LeadTime | None
    """None where nobody says and it cannot be worked out."""
    by_lane: bool
    """Whether a lane says the lead time: then it holds for parts with an own one too."""
    mode: str
    cost: int
    """Freight a kilogram, 1/10,000 of the currency."""
    shipment_cost: int
    orderly: bool
    distance: int
    """Meters on the way; -1 where a place is not known."""


@dataclass(eq=False)
class Sourcing:
    """The sourcing lists of a checked scenario."""

    scenario: Scenario
    rules: Mapping[str, OrderClass]
    """The order classes in force."""
    ways: dict[tuple[str, str | None], Any] = field(default_factory=dict)
    """How a site is refilled by a part's supplier: the slices of a catalog ask again and again."""
    _points: dict[str, Point | None] = field(default_factory=dict)
    _journeys: dict[tuple[str, str, str], Journey] = field(default_factory=dict)
    _sisters: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def chain(self, site: str) -> list[str]:
        """The warehouses above a site, the nearest first."""
        found: list[str] = []
        above = self.scenario.source_of(site)
        while above in self.scenario.warehouses and above not in found:
            found.append(above)
            above = self.scenario.source_of(above)
        return found

    def supplier(self, site: str) -> str:
        """Who supplies the parts of a site: a supplier, or the word `suppliers` for each part's own."""
        return self.scenario.source_of((self.chain(site) or [site])[-1])

    def ask(self, name: str, site: str, part_class: str) -> list[Place]:
        """The sources that a class asks for a site that is short, each once; nobody asks itself."""
        rule = self.rules[name]
        words = rule.special("ask", self.scenario.tier_of(site), part_class, site)
        seen = {site}
        if name == STOCK:
            seen.update(self.chain(site)[:1])  # it was asked already
        found: list[Place] = []
        for word in words:
            for place in self._sources(word, name, site):
                if place[1] not in seen:
                    seen.add(place[1])
                    found.append(place)
        return found

    def waits_at(self, name: str, site: str, part_class: str) -> Place | None:
        """Where the rest of a line waits; None at the site asked."""
        rule = self.rules[name]
        word = rule.special("backorder", self.scenario.tier_of(site), part_class, site)
        if rule.unmet == "lost" or name == STOCK or word == "dealer":
            return None
        return next(self._sources(word, name, site), None)

    def _sources(self, word: str, name: str, site: str) -> Iterator[Place]:
        chain = self.chain(site)
        if word == "facing":
            yield from (("facing", above) for above in chain[:1])
        elif word == "central":
            yield from (("facing" if above == chain[0] else "central", above) for above in chain[-1:])
        elif word == "referral" and chain:
            yield from (("referral", other) for other in self.scenario.warehouses[chain[0]].refers_to)
        elif word == "lateral":
            yield from (("lateral", other) for other in self.sisters(name, site))
        elif word == "supplier":
            yield "supplier", self.supplier(site)

    def sisters(self, name: str, site: str) -> list[str]:
        """The sisters of a site that a class may ask: those that goods reach it from soonest come first.

        They are the others of its pool; with a radius only those near; without a pool those near of its tier.
        """
        key = (name, site)
        if key not in self._sisters:
            radius, pool = self.rules[name].radius, self.here(site).pool
            others = self._groups.get(pool or ("", self.scenario.tier_of(site), site in self.scenario.dealers), [])
            if radius is not None:
                others = self._near(site, others, radius)
            elif pool is None:
                others = []
            own = {site, *self.chain(site)}
            near = [(self._minutes(name, other, site), other) for other in others if other not in own]
            self._sisters[key] = [other for _, other in sorted(near)]
        return self._sisters[key]

    @cached_property
    def _groups(self) -> dict[Any, list[str]]:
        """Sites by pool, and those without a pool too by tier: dealers apart from warehouses."""
        groups: dict[Any, list[str]] = {}
        for site in (*self.scenario.warehouses, *self.scenario.dealers):
            pool = self.here(site).pool
            for key in ([pool] if pool else []) + [("", self.scenario.tier_of(site), site in self.scenario.dealers)]:
                groups.setdefault(key, []).append(site)
        return groups

    def _near(self, site: str, others: list[str], radius: int) -> list[str]:
        """Those within so many meters of the site, as the crow flies."""
        here = self.point(site)
        if here is None:
            return []
        known = [(other, there) for other in others if (there := self.point(other)) is not None]
        meters = great_circles(here, [there for _, there in known])
        return [other for (other, _), far in zip(known, meters, strict=True) if far <= radius]

    def _minutes(self, name: str, source: str, site: str) -> float:
        lead = self.journey(name, source, site).lead_time
        return NEVER if lead is None else lead.mean

    def here(self, site: str) -> Warehouse | Dealer:
        """What is written of a site."""
        return self.scenario.dealers.get(site) or self.scenario.warehouses[site]

    def point(self, site: str) -> Point | None:
        """Latitude and longitude of a site or a supplier."""
        if site not in self._points:
            places = (self.scenario.warehouses, self.scenario.dealers, self.scenario.suppliers)
            here = next((each[site] for each in places if site in each), None)
            self._points[site] = point_of(here.at) if here is not None else None
        return self._points[site]

    def meters(self, one: str, other: str) -> float:
        """As the crow flies; -1 where a place is not known."""
        start, end = self.point(one), self.point(other)
        return -1.0 if start is None or end is None else great_circle(start, end)

    def journey(self, name: str, source: str, site: str) -> Journey:
        """How lines of a class travel from a source to a site.

        The lane's word for the class counts, else the lane's if it is of the class's mode, else the class's, else
        the site's own lead time from its own source, else what the distance takes. From a supplier its own lead
        time comes before the class's.
        """
        key = (name, source, site)
        if key not in self._journeys:
            self._journeys[key] = self._worked_out(name, source, site)
        return self._journeys[key]

    def _worked_out(self, name: str, source: str, site: str) -> Journey:
        rule, lane = self.rules[name], self.scenario.lane(source, site)
        own = lane.classes.get(name, LaneClass()) if lane is not None else LaneClass()
        mode = own.mode or rule.mode or (lane.mode if lane is not None else "road")
        if lane is not None and lane.mode != mode and "mode" in lane.model_fields_set:
            lane = None  # its numbers are those of another mode
        by_lane = own.lead_time or (lane.lead_time if lane is not None else None)
        meters = self.meters(source, site)
        cost = (own.cost, lane.cost if lane is not None else None, rule.cost, self.scenario.costs.transport)
        shipment = (own.shipment_cost, lane.shipment_cost if lane is not None else None, 0)
        return Journey(
            lead_time=by_lane or self._else(rule, source, site) or by_distance(mode, meters),
            by_lane=by_lane is not None,
            mode=mode,
            cost=next(each for each in cost if each is not None),
            shipment_cost=next(each for each in shipment if each is not None),
            orderly=lane is not None and not lane.crossing,
            distance=-1 if meters < 0 else traveled(mode, meters),
        )

    def _else(self, rule: OrderClass, source: str, site: str) -> LeadTime | None:
        """The lead time where no lane says."""
        supplier, above = self.scenario.suppliers.get(source), self.scenario.source_of(site)
        own = self.here(site).lead_time
        if supplier is not None:
            fed = above in (source, SUPPLIERS) and site not in self.scenario.adopted
            return (own if fed else None) or supplier.lead_time or rule.lead_time
        return rule.lead_time or (own if source == above else None)


def by_distance(mode: str, meters: float) -> LeadTime | None:
    """What a mode takes for a distance, if both are known."""
    minutes = minutes_by(mode, meters) if meters >= 0 else None
    return None if minutes is None else Constant(mean=minutes)
