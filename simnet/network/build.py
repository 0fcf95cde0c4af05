"""From a checked scenario to a Network: the steps in their order, each in a room of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.codes import Coded
from simnet.demand.block import StreamBlock
from simnet.integers import Integers, Rows, write
from simnet.network.calendar import Calendar, calendar_of
from simnet.network.classes import Rules, class_rows, classes_of
from simnet.network.delays import with_hours
from simnet.network.demands import blocks_of
from simnet.network.grid import PointGrid, grid_of
from simnet.network.joint import joints_of
from simnet.network.lanes import Lanes, lanes_of
from simnet.network.levels import ANY_TIME, Replenishment, replenishment_of
from simnet.network.limits import check_sizes
from simnet.network.network import Costs, Network
from simnet.network.orderflow import order_flow
from simnet.network.planned import planned_demand
from simnet.network.plans import plans_of
from simnet.network.roads import roads
from simnet.network.rows import POINTS
from simnet.network.stocked import stocked
from simnet.network.times import SiteHours, refill_ways
from simnet.network.timetable import Timetable
from simnet.network.topology import Topology, topology_of
from simnet.network.waits import wait_edges
from simnet.scenario.common import once
from simnet.units import DAY

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario


def build(scenario: Scenario, own: Mapping[str, Any] | None = None, some: bool = False) -> Network:
    """The network of one design, ready to run. `SimnetError` where its numbers are too large to count exactly.

    `some`: the scenario is a slice of another, and it may be that nobody asks for its parts.
    `own` holds Python objects: `demand`, a list of demand models, and `policies`, stocking policies by tier.
    """
    own = own or {}
    sites = once(scenario, "sites", lambda: topology_of(scenario))
    blocks = blocks_of(scenario, sites, own.get("demand", ()))
    points = grid_of(*stocked(scenario, sites, blocks), sites, len(scenario.parts))
    lanes = lanes_of(scenario, sites, points)
    surcharge = {name: rule.surcharge for name, rule in scenario.order_classes.items()}
    demand = planned_demand(blocks, points, sites, surcharge)
    calendar, rules = calendar_in(scenario), classes_of(scenario, classes_asked(blocks))
    table = Timetable.of(calendar.start, calendar.horizon)
    hours = SiteHours(scenario, rules, table)
    refills, way = refill_ways(hours, lanes, sites.index)
    expected = with_hours(lanes, way, refills, table.numbers())
    replenishment = replenishment_of(scenario, sites, points, expected, demand, own.get("policies", {}))
    plans, replenishment = plans_of(scenario, sites, points, expected, demand, replenishment, table)
    rows = point_rows(scenario, sites, points, lanes, replenishment)
    joints, rows["joint"] = joints_of(scenario, sites, points, lanes)
    rows["way"] = way
    rows["plan"][plans["point"]] = np.arange(len(plans))
    network = assemble(scenario, sites, points, rows, lanes.shapes, blocks, replenishment, rules)
    network = replace(network, plans=plans, joints=joints, ways=refills)
    network = replace(network, owner=once(scenario, "owners", lambda: owners(scenario, sites)))
    network = replace(network, **order_flow(scenario, sites, points, rules, hours, network))
    network = replace(network, **roads(scenario, sites, rules, lanes, network))
    network = replace(network, timetable=table.numbers())
    check_sizes(network, some)
    return network


def point_rows(scenario: Scenario, sites: Topology, points: PointGrid, lanes: Lanes, numbers: Replenishment) -> Rows:
    """One POINTS record a stocking point."""
    rows = np.zeros(len(points), POINTS)
    parts = scenario.parts
    above = sites.parent[points.site]
    minimum = np.where(above < 0, np.array(parts.minimum_order, dtype=np.int64)[points.part], 0)
    values: dict[str, Any] = {
        "site": points.site,
        "part": points.part,
        "source": np.where(above >= 0, points.find(points.part, np.maximum(above, 0)), -1),
        "trigger": numbers.trigger,
        "up_to": numbers.up_to,
        "lot": numbers.lot,
        "minimum": -(-np.maximum(minimum, lanes.minimum) // numbers.lot) * numbers.lot,
        "review": numbers.review,
        "level": sites.level[points.site],
        "cost": np.array(parts.cost, dtype=np.int64)[points.part],
        "price": np.array(parts.price, dtype=np.int64)[points.part],
        "lead": lanes.lead,
        "shape": lanes.shape,
        "lane": lanes.key,
        "orderly": lanes.orderly,
        "transport": lanes.transport,
        "shipment": lanes.shipment,
        "way": -1,
        "children": -1,
        "plan": -1,
    }
    write(rows, values)
    open_rows(rows, scenario, sites, points, numbers)
    return rows


def open_rows(rows: Rows, scenario: Scenario, sites: Topology, points: PointGrid, numbers: Replenishment) -> None:
    """The opening position: full shelves, or what a table says (and nothing where it says nothing)."""
    if scenario.opening is None:
        full = np.maximum(numbers.up_to, np.where(numbers.up_to > 0, numbers.trigger + numbers.lot, 0))
        rows["opening_on_hand"] = np.where(numbers.trigger == ANY_TIME, numbers.up_to, np.maximum(full, 0))
        return
    keys, positions = list(scenario.opening.rows), list(scenario.opening.rows.values())
    part = np.array([scenario.parts.index[name] for _, name in keys], dtype=np.int64)
    site = np.array([sites.index[name] for name, _ in keys], dtype=np.int64)
    at = points.find(part, site)
    for number, name in enumerate(("opening_on_hand", "opening_on_order", "opening_owed")):
        rows[name][at] = [position[number] for position in positions]


def promises(rules: Rules) -> list[int]:
    """The times within which order classes promise their lines: edges of the wait histogram."""
    return [rule.need_by for rule in rules.values() if rule.need_by]


def classes_asked(blocks: list[StreamBlock]) -> list[str]:
    """The order class of each block of demand."""
    return [getattr(block.model, "order_class", "day") for block in blocks]


def assemble(
    scenario: Scenario, sites: Topology, points: PointGrid, rows: Rows, shapes: Integers,
    blocks: list[StreamBlock], numbers: Replenishment, rules: Rules,
) -> Network:  # fmt: skip
    """The Network itself."""
    calendar, parts = calendar_in(scenario), scenario.parts
    kinds = Coded.of(parts.part_class)
    code = {name: number for number, name in enumerate(parts.classes)}
    class_of = np.array([code.get(kind, -1) for kind in kinds.kinds], dtype=np.int64)
    return Network(
        name=scenario.name,
        design=scenario.variant or scenario.name,
        money=scenario.money,
        start=calendar.start,
        horizon=calendar.horizon,
        warm_up=calendar.warm_up,
        month_start=calendar.period_start,
        month_labels=calendar.labels,
        first_month=calendar.first_period,
        site_names=sites.names,
        tier_names=sites.tiers,
        site_tier=sites.tier,
        site_parent=sites.parent,
        part_names=tuple(parts.names),
        class_names=parts.classes,
        part_class=class_of[kinds.codes],
        cost=np.array(parts.cost, dtype=np.int64),
        price=np.array(parts.price, dtype=np.int64),
        weight=np.array(parts.weight, dtype=np.int64),
        order_classes=tuple(rules),
        classes=class_rows(rules),
        points=rows,
        part_start=points.part_start,
        shapes=shapes,
        wait_edges=wait_edges(calendar.horizon, (*scenario.run.windows, *promises(rules))),
        streams=tuple(blocks),
        stream_points=tuple(points.find(block.targets.part, block.targets.site) for block in blocks),
        stream_class=tuple(list(rules).index(name) for name in classes_asked(blocks)),
        costs=Costs(scenario.costs.holding, scenario.costs.order, scenario.costs.backorder / DAY, scenario.costs.rush),
        acting={(int(rows["part"][at]), int(rows["site"][at])): policy for at, policy in numbers.acting.items()},
        jobs=any(getattr(block.model, "in_jobs", False) for block in blocks),
    )


def calendar_in(scenario: Scenario) -> Calendar:
    """The calendar of a scenario."""
    return once(scenario, "calendar", lambda: calendar_of(scenario.run))


def owners(scenario: Scenario, sites: Topology) -> Integers:
    """Who owns the stock of each site, 0 the maker, 1 the dealer; empty where no dealer says."""
    if not any("stock" in dealer.model_fields_set for dealer in scenario.dealers.values()):
        return np.zeros(0, np.int64)
    dealers = scenario.dealers
    return np.array([int(name in dealers and dealers[name].stock != "consigned") for name in sites.names], np.int64)
