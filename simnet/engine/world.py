"""The world before minute 0: a network's points and counters laid out as the records that the rules act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simnet.engine.records import (
    CAUSES,
    COUNT,
    DESK,
    EVENT,
    JOINT,
    KINDS,
    LINE,
    NOBODY,
    ORDER,
    OUTCOME,
    PARKED,
    PLAN,
    QUEUE,
    RULE,
    SOURCE,
    STOCK,
    World,
)
from simnet.engine.rules_plan import ROOM
from simnet.integers import Integers, write
from simnet.ledger.tally import FLOW, FREIGHT, MISS, MONTH, POINT, WHY, Tally
from simnet.network.cells import cells_of_points
from simnet.network.network import Network
from simnet.network.rows import TERMS
from simnet.streams import stream_keys

SHARED = (
    "site", "part", "source", "trigger", "up_to", "lot", "minimum", "review", "level", "cost", "price", "lead", "shape",
    "orderly", "opening_on_hand", "opening_on_order", "opening_owed", "way", "fair", "push", "balance", "lateral",
    "laterals", "plan",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Opening:
    """The records of all points before minute 0, name by name: a world has them all, or some at a time."""

    network: Network
    stock: dict[str, Any]
    desk: dict[str, Any]

    @classmethod
    def of(cls, network: Network, seed: int, replication: int, cells: Integers) -> Opening:
        """Those of a network, whose months have rows of `cells`."""
        terms = {name: network.terms[name] for name in TERMS.names or ()} if len(network.terms) else {"wait_at": NOBODY}
        return cls(network, stock_columns(network, seed, replication, cells), terms)

    def write(self, world: World, first: int, last: int, asked: int) -> World:
        """The world, which has room for them, with the points `first` to `last` (not included), whom a tape of so many
        lines asks; and with no row in its ledger."""
        points, classes, queues = last - first, len(self.network.order_classes), self.network.queues
        write(world.stock[:points], self.stock, True, first)
        write(world.flow[: points * classes], self.desk, True, first * classes)
        world.queue[: points * queues].view(np.int64).fill(NOBODY)
        world.count["first"], world.count["rows"] = first, 0
        return world._replace(outcome=outcomes(asked if self.network.jobs else 0))


def lay_out(network: Network, seed: int, replication: int, keep_lines: bool, asked: int = 0) -> World:
    """A world of structured arrays for all points of `network`; the clocks make of it what they need.

    `asked` is the number of lines on the tape.
    """
    cells, points = np.arange(network.sites * len(network.class_names)), len(network.points)
    world = room_for(points, network, seed, replication, keep_lines, cells)
    return Opening.of(network, seed, replication, cells).write(world, 0, points, asked)


def room_for(points: int, network: Network, seed: int, replication: int, keep_lines: bool, cells: Integers) -> World:
    """A world with the records of so many points at a time, none yet; its months have rows of `cells`."""
    classes = len(network.order_classes)
    every = network.sites * len(network.class_names)
    plan, memory = plan_rows(network, seed, replication)
    return World(
        stock=np.empty(points, STOCK),
        flow=np.empty(points * classes, DESK),
        queue=np.empty(points * network.queues, QUEUE),
        source=source_rows(network, seed, replication),
        way=way_rows(network),
        plan=plan,
        memory=memory,
        month=np.zeros(network.months * len(cells), MONTH),
        wait=np.zeros(network.sites * classes * 2 * len(network.wait_edges), np.int64),
        miss=np.zeros(every * classes * KINDS, MISS),
        why=np.zeros(every * classes * CAUSES, WHY),
        freight=np.zeros(len(network.ways), FREIGHT),
        outcome=outcomes(0),
        joint=joint_rows(network),
        order=free_orders(64),
        heap=np.zeros(256, EVENT),
        park=parked(network),
        parking=np.zeros(256 if len(network.joints) else 0, EVENT),
        line=np.zeros(0, LINE),
        table=np.concatenate([network.shapes.ravel(), network.month_start[1:], network.wait_edges, network.timetable]),
        rule=rule_rows(network),
        count=counters(network, keep_lines, len(cells)),
    )


def stock_columns(network: Network, seed: int, replication: int, cells: Integers) -> dict[str, Any]:
    """The fields of a STOCK record that are not zero, one entry a point."""
    points, row, place = network.points, np.arange(len(network.points)), cells_of_points(network)
    part, shape = np.ascontiguousarray(points["part"]), points["shape"]
    values = {name: points[name] for name in SHARED}
    return values | {
        "place": place,
        "cell": np.searchsorted(cells, place),
        "flow": row * len(network.order_classes),
        "shape": np.where(shape >= 0, shape * network.shapes.shape[1], -1),
        "lane": stream_keys(points["lane"], seed, replication) >> np.uint64(1),
        "fickle": stream_keys(points["fickle"], seed, replication) >> np.uint64(1),
        "queues": row * network.queues,
        "weight": network.weight[part],
        "children": at_table(network, points["children"]),
        "joint": np.where(points["joint"] >= 0, 2 * points["joint"], -1),
    }


def at_table(network: Network, addresses: Any) -> Any:
    """Addresses in the timetable as offsets into the world's table; -1 stays -1."""
    before = network.shapes.size + network.months + len(network.wait_edges)
    return np.where(addresses >= 0, addresses + before, -1)


def source_rows(network: Network, seed: int, replication: int) -> NDArray[np.void]:
    """One SOURCE record a place in a sourcing list."""
    source = np.zeros(len(network.sources), SOURCE)
    source["point"], source["way"] = network.sources["point"], network.sources["way"]
    source["lane"] = stream_keys(network.sources["lane"], seed, replication) >> np.uint64(1)
    return source


def way_rows(network: Network) -> NDArray[np.void]:
    """WAYS with offsets into the world's table."""
    way = network.ways.copy()
    way["shape"] = np.where(way["shape"] >= 0, way["shape"] * network.shapes.shape[1], -1)
    for name in ("release", "hours", "departures", "reception"):
        way[name] = at_table(network, way[name])
    return way


def plan_rows(network: Network, seed: int, replication: int) -> tuple[NDArray[np.void], NDArray[np.int64]]:
    """One PLAN record a planned point, and the memory of them all: lines by period, pieces by period, sums."""
    rows = network.plans
    plan = np.zeros(len(rows), PLAN)
    for name in rows.dtype.names or ():
        plan[name] = rows[name]
    plan["levels"] = at_table(network, rows["levels"])
    plan["key"] = stream_keys(rows["key"], seed, replication) >> np.uint64(1)
    plan["listed"] = rows["starts"]
    size = 2 * rows["cells"] + ROOM
    plan["ring"] = np.cumsum(size) - size
    return plan, np.zeros(int(size.sum()), np.int64)


def joint_rows(network: Network) -> NDArray[np.void]:
    """Two JOINT records an order that parts share."""
    joint = np.zeros(2 * len(network.joints), JOINT)
    for name in ("every", "minimum", "limit"):
        joint[name] = np.repeat(network.joints[name], 2)
    joint["stamp"] = NOBODY
    return joint


def parked(network: Network) -> NDArray[np.void]:
    """One PARKED record a part, where parts share orders."""
    if not len(network.joints):
        return np.zeros(0, PARKED)
    park = np.zeros(len(network.part_start) - 1, PARKED)
    park["meets"][network.points["part"][network.points["joint"] >= 0] - network.first_part] = 1
    return park


def outcomes(size: int) -> NDArray[np.void]:
    """How the lines of jobs end: open until something happens."""
    outcome = np.zeros(size, OUTCOME)
    outcome["done"] = NOBODY
    return outcome


def free_orders(size: int) -> NDArray[np.void]:
    """Order records chained into a free list."""
    order = np.zeros(size, ORDER)
    order["next"] = np.arange(1, size + 1)
    return order


def rule_rows(network: Network) -> NDArray[np.void]:
    """One RULE record an order class."""
    rule = np.zeros(len(network.order_classes), RULE)
    for name in RULE.names or ():
        rule[name] = network.classes[name]
    return rule


def counters(network: Network, keep_lines: bool, cells: int) -> NDArray[np.void]:
    """The COUNT record: sizes, offsets into `table`, and everything that counts from zero."""
    count = np.zeros(1, COUNT)
    shapes = network.shapes.size
    values = {
        "start": network.warm_up,
        "end": network.horizon,
        "sites": network.sites,
        "classes": len(network.class_names),
        "cells": cells,
        "order_classes": len(network.order_classes),
        "ends": shapes,
        "edges": shapes + network.months,
        "bins": len(network.wait_edges),
        "queues": network.queues,
        "reach": reach(network),
        "jobs": int(network.jobs),
        "keep": int(keep_lines),
        "joints": 2 * len(network.joints),
        "barrier": 0 if len(network.joints) else network.horizon,
    }
    for name, value in values.items():
        count[name] = value
    return count


def reach(network: Network) -> int:
    """The most lines or events that one event can make."""
    tiers = int(network.points["level"].max(initial=0)) + 2
    sources = int(network.terms["sources"].max(initial=0)) if len(network.terms) else 0
    addresses = network.points["children"]
    children = int(network.timetable[addresses[addresses >= 0]].max(initial=0)) if len(network.timetable) else 0
    return tiers * (2 * sources + 4) + 2 * children if sources or children or len(network.plans) else tiers


def fields_of(rows: Any, dtype: Any) -> Any:
    """The fields that `dtype` names, as records of their own."""
    columns = [rows.dtype.names.index(name) for name in dtype.names]
    numbers = rows.view(np.int64).reshape(-1, len(rows.dtype.names))
    return np.take(numbers, columns, axis=1).view(dtype).reshape(-1)


def read_out(network: Network, world: World, cells: Integers | None = None) -> Tally:
    """The tally that a finished world of arrays holds, its months with rows of `cells`; left out, of all."""
    classes = len(network.order_classes)
    shape = (network.sites, classes, 2, len(network.wait_edges))
    return Tally(
        point=fields_of(world.stock, POINT),
        flow=fields_of(world.flow, FLOW),
        month=world.month,
        wait=world.wait.reshape(shape),
        minutes=network.horizon - network.warm_up,
        miss=world.miss,
        why=world.why,
        freight=world.freight,
        cells=np.zeros(0, np.int64) if cells is None else cells,
    )
