"""How stock travels to each point: lead time, the key of its chance, freight (law 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.codes import Coded
from simnet.integers import kinds_of
from simnet.leadtime import SHAPE_SIZE, Constant
from simnet.streams import join_keys, name_key, name_keys

if TYPE_CHECKING:
    from simnet.integers import Integers
    from simnet.network.grid import PointGrid
    from simnet.network.topology import Topology
    from simnet.scenario.scenario import Scenario


@dataclass(frozen=True)
class Lanes:
    """One entry a point."""

    lead: Integers
    """Mean minutes."""
    cv: Any
    """Coefficient of variation of the lead time (float64)."""
    shape: Integers
    """Row of `shapes`, or -1 for a constant."""
    shapes: Integers
    key: Integers
    orderly: Integers
    transport: Integers
    """Money a kilogram, 1/10,000 of the currency."""
    shipment: Integers
    """Money a lot."""
    minimum: Integers
    """Fewest pieces the supplier sends."""
    every: Integers
    """Minutes between orders at a supplier; 0 where a point orders when it likes."""
    ends: tuple[tuple[str, str], ...] = ()
    """The pairs of places that lots travel between: from, to."""
    end: Integers = field(default_factory=lambda: np.zeros(0, np.int64))
    """The pair of each point."""


@dataclass(frozen=True)
class Way:
    """What a lane is like, before parts."""

    source: str
    site: str
    lead_time: Any
    orderly: bool
    transport: int
    shipment: int
    minimum: int
    every: int


def way_to(scenario: Scenario, site: str, supplier: str | None) -> Way:
    """The lane that refills a site: from the site above, or from a part's supplier."""
    known = scenario.sourcing.ways
    if (site, supplier) not in known:
        known[site, supplier] = found_way(scenario, site, supplier)
    way: Way = known[site, supplier]
    return way


def found_way(scenario: Scenario, site: str, supplier: str | None) -> Way:
    """The same, worked out."""
    here: Any = scenario.warehouses.get(site) or scenario.dealers[site]
    source = here.refilled_by if site in scenario.warehouses else here.served_by
    seller = None
    if source not in scenario.warehouses and source not in scenario.dealers:
        source = supplier if source == "suppliers" and supplier is not None else source
        seller = scenario.suppliers.get(source)
    lane = scenario.lanes.get(source, {}).get(site)
    freight = lane.cost if lane is not None and lane.cost is not None else scenario.costs.transport
    return Way(
        source=source,
        site=site,
        lead_time=scenario.lead_time(site, source),
        orderly=lane is not None and not lane.crossing,
        transport=round(freight),
        shipment=lane.shipment_cost if lane is not None else 0,
        minimum=seller.minimum_order if seller is not None else 0,
        every=seller.order_every or 0 if seller is not None else 0,
    )


def supplier_names(scenario: Scenario) -> Coded[str | None]:
    """The supplier of each part: its own word, or the only one there is."""
    only = next(iter(scenario.suppliers)) if len(scenario.suppliers) == 1 else None
    found = Coded.of(scenario.parts.supplier)
    return Coded([name or only for name in found.kinds], found.codes)


def lanes_of(scenario: Scenario, sites: Topology, points: PointGrid) -> Lanes:
    """Lead times, chance and freight of every point."""
    seller = supplier_names(scenario)
    names = [None, *seller.kinds]
    outside = sites.parent[points.site] < 0
    pair = points.site * len(names) + np.where(outside, 1 + seller.codes[points.part], 0)
    pairs, _, which = kinds_of(pair, len(sites.names) * len(names))
    ways = [way_to(scenario, sites.names[code // len(names)], names[code % len(names)]) for code in pairs.tolist()]
    leads, lead = lead_times(scenario, points, ways, which, outside)
    shapes, shape = shape_rows(leads)
    return Lanes(
        lead=np.array([round(each.mean) for each in leads], dtype=np.int64)[lead],
        cv=np.array([each.cv for each in leads], dtype=np.float64)[lead],
        shape=shape[lead],
        shapes=shapes,
        key=lane_keys(scenario, sites, points, ways, which),
        orderly=pick(ways, which, "orderly"),
        transport=pick(ways, which, "transport"),
        shipment=pick(ways, which, "shipment"),
        minimum=pick(ways, which, "minimum"),
        every=pick(ways, which, "every"),
        ends=tuple((way.source, way.site) for way in ways),
        end=which,
    )


def pick(ways: list[Way], which: Integers, name: str) -> Integers:
    """One number of the way to each point."""
    return np.array([getattr(way, name) for way in ways], dtype=np.int64)[which]


def lead_times(
    scenario: Scenario, points: PointGrid, ways: list[Way], which: Integers, outside: Any
) -> tuple[list[Any], Integers]:
    """The distinct lead times and the one of each point; a part's own wins on its way from the supplier."""
    index: dict[tuple[Any, float], int] = {}
    leads: list[Any] = [Constant(mean=0)]  # for a way without one, on which every part brings its own

    def row_of(lead: Any) -> int:
        row = index.setdefault((lead.shape(), lead.mean), len(leads))  # a lead time with a table has no hash
        if row == len(leads):
            leads.append(lead)
        return row

    of_way = np.array([0 if way.lead_time is None else row_of(way.lead_time) for way in ways], dtype=np.int64)
    own = Coded.of(scenario.parts.lead_time)
    of_kind = np.array([-1 if each is None else row_of(each) for each in own.kinds], dtype=np.int64)
    chosen = np.where(outside, of_kind[own.codes][points.part], -1)
    return leads, np.where(chosen >= 0, chosen, of_way[which])


def shape_rows(leads: list[Any]) -> tuple[Integers, Integers]:
    """The tables of distinct shapes, and the row of each lead time (-1: constant)."""
    index: dict[Any, int] = {}
    tables, row = [], []
    for lead in leads:
        shape = lead.shape()
        if shape is not None and shape not in index:
            index[shape] = len(index)
            tables.append(lead.unit_table())
        row.append(-1 if shape is None else index[shape])
    shapes = np.array(tables, dtype=np.int64).reshape(len(tables), SHAPE_SIZE)
    return shapes, np.array(row, dtype=np.int64)


def lane_keys(scenario: Scenario, sites: Topology, points: PointGrid, ways: list[Way], which: Integers) -> Integers:
    """The key of each lane's chance: the names ("lane", part, from, to)."""
    parts = join_keys(name_key("lane"), name_keys(scenario.parts.names))
    sources = name_keys([way.source for way in ways])
    return join_keys(join_keys(parts[points.part], sources[which]), name_keys(sites.names)[points.site])
