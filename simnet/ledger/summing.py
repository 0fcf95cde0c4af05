"""From a Tally to its Sums, column by column, each added up by site and part class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from simnet.integers import Integers, Rows
from simnet.ledger.columns import Columns, Fields
from simnet.ledger.limbs import Cells, Limbs, Table, carried, largest, products, segments
from simnet.ledger.sums import AGES, FLOW_WORTH, LOAD, LOAD_KEY, PART, POINT_WORTH, Sums, merged, worth
from simnet.ledger.tally import FREIGHT, Tally, numbers
from simnet.network.cells import cells_of_points
from simnet.network.network import Network

SUPPLIER = -1
SAME = ("month", "wait", "minutes", "miss", "why", "job", "job_wait", "cells")
"""What sums take over from a tally as it is."""
LOADS = FREIGHT.names or ()
WAITED = ("line_waited_minutes", "open_minutes")
"""What the minutes of a part are made of."""


def summed(tally: Tally, network: Network, first: int = 0, columns: Columns | None = None) -> Sums:
    """The sums of a tally of a network, a shard or a slice, whose part 0 is the part `first` of the catalog.

    `columns` are those of the tally, where they are known.
    """
    columns = columns or Columns.of(tally, len(network.order_classes))
    places = Places(network)
    part = parts_of(network, first)
    asked, lines = of_flow(columns.flow, places, part)
    open_wait, open_age = ages(columns.flow, network, tally.minutes)
    same = {name: getattr(tally, name) for name in SAME}
    return Sums(
        **same,
        place=of_points(columns.point, places, lines),
        asked=asked,
        open_wait=open_wait,
        open_age=open_age,
        freight=loads(tally, network),
        part=part,
    )


class Places:
    """The cell of each stocking point of a network: its site and part class."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.shape = (network.sites, len(network.class_names))
        self.part = np.ascontiguousarray(network.points["part"])
        self.cells = Cells(cells_of_points(network), self.shape[0] * self.shape[1])
        self.room = np.empty(len(self.part), np.int64)

    @cached_property
    def weights(self) -> dict[str, Integers]:
        """By point: numbers of its part and of its own lane."""
        network = self.network
        found = {name: getattr(network, name)[self.part] for name in ("cost", "price")}
        found |= {name: np.ascontiguousarray(network.points[name]) for name in ("transport", "shipment")}
        return found | {"meters": self.meters}

    @cached_property
    def meters(self) -> Integers:
        """By point, the length of its own lane; -1 where it is not known."""
        road, ways = np.ascontiguousarray(self.network.points["road"]), self.network.ways
        if not len(ways) or not (road >= 0).any():
            return np.full(len(road), -1)
        return np.where(road >= 0, np.ascontiguousarray(ways["distance"])[np.maximum(road, 0)], -1)

    def add(self, to: Table, name: str, column: Integers, worths: Mapping[str, tuple[str, ...]]) -> None:
        """Sum a count of each point, and what it is worth."""
        bound = largest(column)
        if not bound:
            return
        self.put(to, name, segments(column, self.cells, bound))
        for at, names in worths.items():
            if name in names:
                self.put(to, worth(name, at), products(column, self.weights[at], self.cells, self.room))

    def put(self, to: Table, name: str, sums: Limbs) -> None:
        """Write the sums of the cells, unless all are zero."""
        found = carried(*sums)
        if found.any():
            to[name] = found.reshape(2, *self.shape)


def of_flow(flow: Fields, places: Places, part: Rows) -> tuple[Table, Any]:
    """What was asked, by site, part class and order class; which points were asked at all. Parts are filled in."""
    tables: list[Table] = [{} for _ in places.network.order_classes]
    for name, columns in flow.items():
        for number, table in enumerate(tables):
            places.add(table, name, columns[:, number], FLOW_WORTH)
            if number:
                add_parts(places.network, part, name, columns[:, number])
    return by_class(tables), (flow["lines"] != 0).any(axis=1)


def by_class(tables: list[Table]) -> Table:
    """One table with order classes last, of one a class."""
    names = sorted({name for table in tables for name in table})
    shape = next((values.shape for table in tables for values in table.values()), ())
    blank = np.zeros(shape, np.int64)
    return {name: np.stack([table.get(name, blank) for table in tables], axis=-1) for name in names}


def parts_of(network: Network, first: int) -> Rows:
    """A row of PART a part, all zeros."""
    rows = np.zeros(len(network.part_start) - 1, PART)
    rows["part"] = first + network.first_part + np.arange(len(rows))
    return rows


def add_parts(network: Network, part: Rows, name: str, column: Integers) -> None:
    """Add what customers of one class asked of each point to its part."""
    to = "minutes" if name in WAITED else name
    if to in (PART.names or ()):
        has = np.flatnonzero(np.diff(network.part_start))
        part[to][has] += np.add.reduceat(column, network.part_start[has])


def of_points(point: Fields, places: Places, lines: Any) -> Table:
    """Counts of points by site and part class; `lines` says which points were asked."""
    table: Table = {}
    made = on_top(places.network, point, lines, places.part)
    for name, column in (*point.items(), *made.items()):
        places.add(table, name, column, POINT_WORTH)
    meters = {"meters": tuple(f"grams by {mode}" for mode in places.network.modes)}
    for name, column in by_mode(places, made):
        places.add(table, name, column, meters)
    return {name: table[name] for name in sorted(table)}


def on_top(network: Network, count: Fields, lines: Any, part: Integers) -> dict[str, Integers]:
    """Counts of points that are made of others."""
    points, weight = network.points, network.weight[part]
    sent = count["received"] + count["in_transit"] - count["opening_in_transit"]
    ready = lines | (points["up_to"] > 0)
    bought = np.where(points["source"] == SUPPLIER, count["received"] - count["returned"], 0)
    return {
        "bought": bought,
        "ready_points": ready.astype(np.int64),
        "ready_minutes": ready * count["stocked_minutes"],
        "dead_minutes": ~lines * count["on_hand_minutes"],
        "sent_grams": sent * weight,
        "back_grams": count["returned"] * weight,
        "supplied": (sent > 0).astype(np.int64),
    }


def by_mode(places: Places, made: Mapping[str, Integers]) -> Iterator[tuple[str, Integers]]:
    """By the mode of its own lane, where that is of known length: whether a point was sent anything, and the grams."""
    network, known = places.network, places.meters >= 0
    if known.any():
        mode = np.ascontiguousarray(network.ways["mode"])[np.maximum(network.points["road"], 0)]
        for number, name in enumerate(network.modes):
            mine = known & (mode == number)
            yield f"supplied by {name}", mine * made["supplied"]
            yield f"grams by {name}", mine * made["sent_grams"]


def ages(flow: Fields, network: Network, minutes: int) -> tuple[Integers, Integers]:
    """Lines open at the horizon by the bin of their age, and the minutes that they spent in each of AGES."""
    classes = len(network.order_classes)
    upper = np.minimum(network.wait_edges, minutes)
    wait = np.zeros((network.sites, classes, len(upper)), np.int64)
    spent = np.zeros((network.sites, classes, len(AGES)), np.int64)
    order_class, still = np.nonzero(flow["open_lines"].T)
    site = network.points["site"][still]
    lines, units, held = (flow[f"open_{name}"][still, order_class] for name in ("lines", "units", "minutes"))
    age = held // np.maximum(units, 1)
    at = np.minimum(np.searchsorted(upper, age), len(upper) - 1)
    np.add.at(wait, (site, order_class, at), lines)
    for bucket in range(len(AGES)):
        np.add.at(spent[:, :, bucket], (site, order_class), lines * stay(age, bucket))
    return wait, spent


def stay(waits: Integers, bucket: int) -> Integers:
    """Minutes of each wait that lie in a bucket of age."""
    beyond = np.maximum(waits - AGES[bucket], 0)
    most = beyond if bucket + 1 == len(AGES) else AGES[bucket + 1] - AGES[bucket]
    return np.minimum(beyond, most)


def loads(tally: Tally, network: Network) -> Rows:
    """What traveled for lines passed on, by what its way is like."""
    used = np.flatnonzero(numbers(tally.freight).reshape(-1, len(LOADS)).any(axis=1))
    rows, ways, load = np.zeros(len(used), LOAD), network.ways[used], tally.freight[used]
    for name in LOAD_KEY:
        rows[name] = ways[name] if name != "via" else ways["via"] >= 0
    for name in LOADS:
        rows[name] = load[name]
    return merged([rows], LOAD_KEY)
