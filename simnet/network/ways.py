"""How lines that are passed on travel: one way a source, site and order class, shared by all parts (laws 3 and 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.errors import Problem, SimnetError, shorten
from simnet.integers import Integers, Rows
from simnet.network.lanes import shape_rows
from simnet.network.rows import CENTRAL, FACING, LATERAL, REFERRAL, SUPPLIER_DIRECT, WAYS

if TYPE_CHECKING:
    from simnet.scenario.order_classes import OrderClass
    from simnet.scenario.scenario import Scenario
    from simnet.scenario.sourcing import Sourcing

KINDS = {
    "facing": FACING, "referral": REFERRAL, "lateral": LATERAL, "central": CENTRAL, "supplier": SUPPLIER_DIRECT,
}  # fmt: skip
"""The words of a sourcing list."""


@dataclass(frozen=True)
class Leg:
    """One way: by name, before it is a row."""

    source: str
    site: str
    order_class: str
    kind: int
    lead_time: Any
    mode: str
    transport: int
    shipment: int
    distance: int
    orderly: bool
    hold: int
    via: int = -1
    """The leg that follows."""


@dataclass
class Legs:
    """The ways of a network as they are found; equal ones are one."""

    sourcing: Sourcing
    legs: list[Leg] = field(default_factory=list)
    _known: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def find(self, source: str, site: str, order_class: str, kind: int, own: Any = None) -> int:
        """The number of the way from a source; `own` is a part's lead time from its supplier, if it has one."""
        key = (source, site, order_class, kind, id(own))
        if key not in self._known:
            facing = self.sourcing.chain(site)[:1]
            consolidated = kind in (REFERRAL, CENTRAL) and self.sourcing.rules[order_class].consolidate
            if consolidated and facing and facing[0] != source:
                second = self.find(facing[0], site, order_class, FACING)
                self._known[key] = self._add(source, facing[0], order_class, kind, own, second)
            else:
                self._known[key] = self._add(source, site, order_class, kind, own, -1)
        return self._known[key]

    def _add(self, source: str, site: str, order_class: str, kind: int, own: Any, via: int) -> int:
        key = (source, site, order_class, kind, id(own), via)
        if key not in self._known:
            self._known[key] = len(self.legs)
            self.legs.append(self._leg(source, site, order_class, kind, own, via))
        return self._known[key]

    def _leg(self, source: str, site: str, order_class: str, kind: int, own: Any, via: int) -> Leg:
        found = self.sourcing.journey(order_class, source, site)
        lead_time = found.lead_time if found.by_lane or own is None else own
        if lead_time is None:
            problem = f"no lead time from {shorten(source)} to {shorten(site)} for class '{order_class}'"
            remedy = f"give lanes.{source}.{site}.classes.{order_class}.lead_time"
            raise SimnetError(Problem(problem, path="lanes", remedy=remedy))
        hold = self.sourcing.here(source).hold_back if kind in (REFERRAL, LATERAL) else 0
        return Leg(
            source, site, order_class, kind, lead_time, found.mode, found.cost, found.shipment_cost, found.distance,
            found.orderly, hold, via,
        )  # fmt: skip

    @property
    def ends(self) -> list[tuple[str, str, str]]:
        """Source, site and order class of each."""
        return [(leg.source, leg.site, leg.order_class) for leg in self.legs]


def way_rows(legs: list[Leg], first: int, sites: Mapping[str, int], order_classes: list[str], modes: list[str]) -> Rows:
    """One WAYS record a leg, the row of the first being `first`; their hours and shapes are filled in elsewhere."""
    rows = np.zeros(len(legs), WAYS)
    rows["source"] = [sites.get(leg.source, -1) for leg in legs]
    rows["site"] = [sites[leg.site] for leg in legs]
    rows["order_class"] = [order_classes.index(leg.order_class) for leg in legs]
    rows["lead"] = [round(leg.lead_time.mean) for leg in legs]
    rows["via"] = [leg.via + first if leg.via >= 0 else -1 for leg in legs]
    rows["mode"] = [modes.index(leg.mode) for leg in legs]
    for name in ("kind", "orderly", "hold", "transport", "shipment", "distance"):
        rows[name] = [getattr(leg, name) for leg in legs]
    return rows


def modes_of(scenario: Scenario, rules: Mapping[str, OrderClass]) -> list[str]:
    """The modes of transport that a scenario names, road first: the same for any choice of its parts."""
    lanes = [lane for inner in scenario.lanes.values() for lane in inner.values()]
    named = [rule.mode for rule in rules.values()]
    for lane in lanes:
        named += [lane.mode, *(own.mode for own in lane.classes.values())]
    return list(dict.fromkeys(["road", *(mode for mode in named if mode)]))


def shaped(rows: Rows, legs: list[Leg], shapes: Integers) -> Integers:
    """Write the shapes of lead times into the rows; the table of shapes with those that are new."""
    more, row = shape_rows([leg.lead_time for leg in legs])
    known = {table.tobytes(): at for at, table in enumerate(shapes)}
    place = []
    fresh: list[Integers] = []
    for table in more:
        if table.tobytes() not in known:
            known[table.tobytes()] = len(shapes) + len(fresh)
            fresh.append(table)
        place.append(known[table.tobytes()])
    rows["shape"] = np.where(row >= 0, np.array([*place, -1], dtype=np.int64)[row], -1)
    return np.concatenate([shapes, np.array(fresh, dtype=np.int64)]) if fresh else shapes
