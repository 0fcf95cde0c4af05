"""The hours of ways: which calendars and gates lines pass between two sites (law 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.integers import Integers, Rows
from simnet.network.rows import WAYS
from simnet.network.timetable import NONE, Timetable, Week
from simnet.scenario.common import once
from simnet.scenario.hours import Shipping, Working
from simnet.scenario.order_classes import STOCK
from simnet.scenario.week import Moments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simnet.network.lanes import Lanes
    from simnet.scenario.order_classes import OrderClass
    from simnet.scenario.scenario import Scenario

TIMED = ("release", "picking", "hours", "departures", "receiving", "reception")
"""The columns of WAYS that hold time; `plain` is what they hold where nobody keeps hours."""
PLAIN = (NONE, 0, NONE, NONE, 0, NONE)
Times = tuple[int, int, int, int, int, int]


@dataclass
class SiteHours:
    """The hours of all sites and lanes of a design, and the timetable that they write into."""

    scenario: Scenario
    rules: Mapping[str, OrderClass]
    """The order classes in force."""
    table: Timetable
    _known: dict[tuple[str, str, str], Times] = field(default_factory=dict)

    @cached_property
    def used(self) -> bool:
        """Whether any site, lane or order class keeps hours; if not, there is nothing to look up."""
        gates = any(rule.cut_off is not None or rule.release is not None for rule in self.rules.values())
        return gates or once(self.scenario, "hours", lambda: has_hours(self.scenario))

    def between(self, source: str, site: str, order_class: str) -> Times:
        """The columns TIMED of the way of a class from a site or supplier to another."""
        if not self.used:
            return PLAIN
        key = (source, site, order_class)
        if key not in self._known:
            self._known[key] = self._between(source, site, order_class)
        return self._known[key]

    def fill(self, ways: Rows, ends: Iterable[tuple[str, str, str]]) -> None:
        """Write the columns TIMED of ways; `ends` holds source, site and order class of each."""
        times = np.array([self.between(*each) for each in ends], dtype=np.int64).reshape(len(ways), len(TIMED))
        for number, name in enumerate(TIMED):
            ways[name] = times[:, number]

    def _between(self, source: str, site: str, order_class: str) -> Times:
        giver, taker = self._site(source), self._site(site)
        rule, week = self.rules[order_class], Week.of(giver)
        own = source not in self.scenario.suppliers  # suppliers do not keep the maker's cut-offs
        return (
            self.table.release(week, rule.release, rule.cut_off) if own else NONE,
            giver.picking,
            self.table.calendar(week),
            self.table.departures(week, self.departures(source, site, order_class)),
            taker.receiving if isinstance(taker, Working) else 0,
            self.table.calendar(Week.of(taker)),
        )

    def departures(self, source: str, site: str, order_class: str) -> Moments | None:
        """When lots of a class leave one site for another; None: when they are ready."""
        lane = self.scenario.lane(source, site)
        if lane is None:
            return None
        own = lane.classes.get(order_class)
        return own.departures if own is not None and own.departures is not None else lane.departures

    def _site(self, name: str) -> Shipping:
        scenario = self.scenario
        return scenario.warehouses.get(name) or scenario.dealers.get(name) or scenario.suppliers[name]


def has_hours(scenario: Scenario) -> bool:
    """Whether any site or lane keeps hours."""
    sites = (*scenario.suppliers.values(), *scenario.warehouses.values(), *scenario.dealers.values())
    lanes = [lane for inner in scenario.lanes.values() for lane in inner.values()]
    return (
        any(keeps_hours(site) for site in sites)
        or any(lane.departures is not None for lane in lanes)
        or any(own.departures is not None for lane in lanes for own in lane.classes.values())
    )


def keeps_hours(site: Any) -> bool:
    """Whether a site works at certain times only, or takes time to pick or receive."""
    return bool(site.hours or site.holidays or site.picking or getattr(site, "receiving", 0))


def refill_ways(hours: SiteHours, lanes: Lanes, sites: Mapping[str, int]) -> tuple[Rows, Integers]:
    """The ways that refill points by hours and departures, one a pair of sites, and the one of each point (or -1).

    Lead time, chance and freight of these lanes are the point's own; the rows hold only their hours.
    """
    way = np.full(len(lanes.ends), NONE, dtype=np.int64)
    found: list[tuple[str, str, str]] = []
    for number, (source, site) in enumerate(lanes.ends if hours.used else ()):
        if hours.between(source, site, STOCK) != PLAIN:
            way[number] = len(found)
            found.append((source, site, STOCK))
    rows = np.zeros(len(found), WAYS)
    for name in ("shape", "via", "distance"):
        rows[name] = -1
    rows["source"] = [sites.get(source, NONE) for source, _, _ in found]
    rows["site"] = [sites[site] for _, site, _ in found]
    hours.fill(rows, found)
    return rows, way[lanes.end]
