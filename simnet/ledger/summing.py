"""From a Tally to its Sums, column by column: points are sorted by site and part class once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from simnet.integers import Integers, Rows
from simnet.ledger.limbs import Limbs, Table, carried, products, segments
from simnet.ledger.sums import AGES, FLOW_WORTH, LOAD, LOAD_KEY, PART, POINT_WORTH, Sums, merged, worth
from simnet.ledger.tally import FLOW, FREIGHT, POINT, Tally, numbers
from simnet.network.network import Network

BLOCK, WIDE = 1024, 64
"""Rows at a time."""
SUPPLIER = -1
POINTS, FLOWS, LOADS = POINT.names or (), FLOW.names or (), FREIGHT.names or ()
MADE_OF = ("received", "returned", "stocked_minutes", "in_transit", "opening_in_transit")
"""What further counts of points are made of."""
WAITED = ("line_waited_minutes", "open_minutes")
"""What the minutes of a part are made of."""


def summed(tally: Tally, network: Network, first: int = 0) -> Sums:
    """The sums of a tally of a network, a shard or a slice, whose part 0 is the part `first` of the catalog."""
    places = Places(network)
    part = parts_of(network, first)
    asked, lines = of_flow(tally, places, part)
    open_wait, open_age = ages(tally, network)
    same = {name: getattr(tally, name) for name in ("month", "wait", "minutes", "miss", "why", "job", "job_wait")}
    return Sums(
        **same,
        place=of_points(tally, places, lines),
        asked=asked,
        open_wait=open_wait,
        open_age=open_age,
        freight=loads(tally, network),
        part=part,
    )


class Places:
    """The stocking points of a network sorted by cell: a site and a part class."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.shape = (network.sites, len(network.class_names))
        self.part = np.ascontiguousarray(network.points["part"])
        cell = network.points["site"] * self.shape[1] + network.part_class[self.part]
        small = self.shape[0] * self.shape[1] < 1 << 16  # so few sort at once, without comparing
        self.order = np.argsort(cell.astype(np.uint16) if small else cell, kind="stable")
        cell = cell[self.order]
        self.starts = np.append(0, np.flatnonzero(cell[1:] != cell[:-1]) + 1)[: len(cell)]
        self.cell = cell[self.starts]
        self.room = np.empty((2, len(cell)), np.int64)

    @cached_property
    def weights(self) -> dict[str, Integers]:
        """By point, sorted: numbers of its part and of its own lane."""
        network, part = self.network, self.part[self.order]
        found = {name: getattr(network, name)[part] for name in ("cost", "price")}
        found |= {name: network.points[name][self.order] for name in ("transport", "shipment")}
        return found | {"meters": self.meters[self.order]}

    @cached_property
    def meters(self) -> Integers:
        """By point, the length of its own lane; -1 where it is not known."""
        road, ways = np.ascontiguousarray(self.network.points["road"]), self.network.ways
        if not len(ways) or not (road >= 0).any():
            return np.full(len(road), -1)
        return np.where(road >= 0, np.ascontiguousarray(ways["distance"])[np.maximum(road, 0)], -1)

    def add(self, to: Table, name: str, column: Integers, worths: Mapping[str, tuple[str, ...]]) -> None:
        """Sum a count of each point, and what it is worth."""
        if not len(column):
            return
        column = np.take(column, self.order, out=self.room[0], mode="clip")  # clip: without it, numpy copies once more
        self.put(to, name, segments(column, self.starts))
        for at, names in worths.items():
            if name in names:
                self.put(to, worth(name, at), products(column, self.weights[at], self.starts, self.room[1]))

    def put(self, to: Table, name: str, sums: Limbs) -> None:
        """Write the sums of the cells that have points, unless all are zero."""
        found = carried(*sums)
        if found.any():
            to[name] = np.zeros((2, *self.shape), np.int64)
            to[name].reshape(2, -1)[:, self.cell] = found


def of_flow(tally: Tally, places: Places, part: Rows) -> tuple[Table, Any]:
    """What was asked, by site, part class and order class; which points were asked at all. Parts are filled in."""
    classes = len(places.network.order_classes)
    flow = numbers(tally.flow).reshape(-1, classes, len(FLOWS))
    tables: list[Table] = [{} for _ in range(classes)]
    lines = np.zeros(len(flow), bool)
    used = somewhere(flow.reshape(len(flow), classes * len(FLOWS))).reshape(classes, len(FLOWS))
    room = np.empty((int(used.sum(axis=1).max(initial=0)), len(flow)), np.int64)
    for number, table in enumerate(tables):
        for name, column in columns(flow[:, number], FLOWS, used[number], room):
            places.add(table, name, column, FLOW_WORTH)
            if number:
                add_parts(places.network, part, name, column)
            if name == "lines":
                lines |= column != 0
    return by_class(tables), lines


def somewhere(table: Integers) -> Any:
    """Which columns of [row, column] are not zero everywhere (bool)."""
    many = len(table) // WIDE * WIDE  # numpy is fast along long rows
    wide = np.bitwise_or.reduce(table[:many].reshape(-1, WIDE * table.shape[1]), axis=0).reshape(WIDE, -1)
    return (np.bitwise_or.reduce(wide, axis=0) | np.bitwise_or.reduce(table[many:], axis=0)) != 0


def columns(table: Integers, names: Sequence[str], used: Any, room: Integers) -> Iterator[tuple[str, Integers]]:
    """The used columns of [row, name], written into `room` a block of rows at a time, which stays in the cache."""
    wanted: list[int] = np.flatnonzero(used).tolist()
    for start in range(0, len(table), BLOCK):
        rows = table[start : start + BLOCK]
        for at, column in enumerate(wanted):
            room[at, start : start + BLOCK] = rows[:, column]
    yield from ((names[column], room[at]) for at, column in enumerate(wanted))


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


def of_points(tally: Tally, places: Places, lines: Any) -> Table:
    """Counts of points by site and part class; `lines` says which points were asked."""
    table: Table = {}
    rows = numbers(tally.point).reshape(-1, len(POINTS))
    used = somewhere(rows)
    known = dict(columns(rows, POINTS, used, np.empty((int(used.sum()), len(rows)), np.int64)))
    none = np.zeros(len(tally.point), np.int64)
    count = {name: known.get(name, none) for name in MADE_OF}
    made = on_top(places.network, count, lines, places.part)
    for name, column in (*known.items(), *made.items()):
        places.add(table, name, column, POINT_WORTH)
    meters = {"meters": tuple(f"grams by {mode}" for mode in places.network.modes)}
    for name, column in by_mode(places, made):
        places.add(table, name, column, meters)
    return {name: table[name] for name in sorted(table)}


def on_top(network: Network, count: dict[str, Integers], lines: Any, part: Integers) -> dict[str, Integers]:
    """Counts of points that are made of others."""
    points, weight = network.points, network.weight[part]
    sent = count["received"] + count["in_transit"] - count["opening_in_transit"]
    ready = lines | (points["up_to"] > 0)
    bought = np.where(points["source"] == SUPPLIER, count["received"] - count["returned"], 0)
    return {
        "bought": bought,
        "ready_points": ready.astype(np.int64),
        "ready_minutes": ready * count["stocked_minutes"],
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


def ages(tally: Tally, network: Network) -> tuple[Integers, Integers]:
    """Lines open at the horizon by the bin of their age, and the minutes that they spent in each of AGES."""
    classes = len(network.order_classes)
    upper = np.minimum(network.wait_edges, tally.minutes)
    wait = np.zeros((network.sites, classes, len(upper)), np.int64)
    spent = np.zeros((network.sites, classes, len(AGES)), np.int64)
    still = np.flatnonzero(tally.flow["open_lines"])
    rows, site = tally.flow[still], network.points["site"][still // classes]
    lines, age = rows["open_lines"], rows["open_minutes"] // np.maximum(rows["open_units"], 1)
    at = np.minimum(np.searchsorted(upper, age), len(upper) - 1)
    np.add.at(wait, (site, still % classes, at), lines)
    for bucket in range(len(AGES)):
        np.add.at(spent[:, :, bucket], (site, still % classes), lines * stay(age, bucket))
    return wait, spent


def stay(waits: Integers, bucket: int) -> Integers:
    """Minutes of each wait that lie in a bucket of age."""
    beyond = np.maximum(waits - AGES[bucket], 0)
    most = beyond if bucket + 1 == len(AGES) else AGES[bucket + 1] - AGES[bucket]
    return np.minimum(beyond, most)


def loads(tally: Tally, network: Network) -> Rows:
    """What travelled for lines passed on, by what its way is like."""
    used = np.flatnonzero(numbers(tally.freight).reshape(-1, len(LOADS)).any(axis=1))
    rows, ways, load = np.zeros(len(used), LOAD), network.ways[used], tally.freight[used]
    for name in LOAD_KEY:
        rows[name] = ways[name] if name != "via" else ways["via"] >= 0
    for name in LOADS:
        rows[name] = load[name]
    return merged([rows], LOAD_KEY)
