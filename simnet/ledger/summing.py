"""From a Tally to its Sums: points are sorted by site and part class, and summed a block at a time, in the cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simnet.integers import Integers, Rows
from simnet.ledger.limbs import Limbs, Table, carried, products, segments
from simnet.ledger.sums import AGES, FLOW_WORTH, LOAD, LOAD_KEY, PART, POINT_WORTH, Sums, merged, worth
from simnet.ledger.tally import FLOW, FREIGHT, POINT, Tally, numbers
from simnet.network.network import Network

BLOCK = 4096
"""Points at a time: their rows stay in the cache of a processor."""
SUPPLIER = -1
READ = ("part", "source", "up_to", "transport", "shipment", "road")
"""Fields of the network's points that are read."""
POINTS, FLOWS, LOADS = POINT.names or (), FLOW.names or (), FREIGHT.names or ()
ON_TOP = ("bought", "ready_points", "ready_minutes", "sent_grams", "back_grams", "supplied")
"""Counts of a point that are made of others."""
MADE_OF = ("received", "returned", "stocked_minutes", "in_transit", "opening_in_transit")
LINES = FLOWS.index("lines")
PART_MADE_OF = {name: (FLOWS.index(name),) for name in (PART.names or ())[1:-1]} | {
    "minutes": (FLOWS.index("line_waited_minutes"), FLOWS.index("open_minutes"))
}
"""Fields of PART, and those of FLOW that they are the sums of."""


def summed(tally: Tally, network: Network, first: int = 0) -> Sums:
    """The sums of a tally of a network, a shard or a slice, whose part 0 is the part `first` of the catalog."""
    place, asked, part = cells(tally, network)
    part["part"] += first
    open_wait, open_age = ages(tally, network)
    same = {name: getattr(tally, name) for name in ("month", "wait", "minutes", "miss", "why", "job", "job_wait")}
    return Sums(
        **same,
        place=place,
        asked=asked,
        open_wait=open_wait,
        open_age=open_age,
        freight=loads(tally, network),
        part=part,
    )


class Adder:
    """Sums by name and cell, of which blocks of points add some cells each."""

    def __init__(self, names: Sequence[str], worths: Mapping[str, tuple[str, ...]], cells: int) -> None:
        self.names = (*names, *(worth(name, at) for at, wanted in worths.items() for name in wanted))
        self.columns = len(names)
        self.worths: dict[str, Integers] = {}
        self.first: dict[str, int] = {}
        at_row = self.columns
        for at, wanted in worths.items():
            self.worths[at] = np.array([names.index(name) for name in wanted], dtype=np.int64)
            self.first[at] = at_row
            at_row += len(wanted)
        self.high, self.low = (np.zeros((len(self.names), cells), np.int64) for _ in range(2))

    def add(self, block: Block, values: Integers) -> None:
        """Add the columns [name, point] of a block, and those that are worth something times that too."""
        used = np.bitwise_or.reduce(values, axis=1) != 0
        some = np.flatnonzero(used)
        if not len(some):
            return
        self._add(some, block, segments(values if used.all() else values[some], block.starts))
        for at, columns in self.worths.items():
            own, weight = np.flatnonzero(used[columns]), block.weights.get(at)
            if len(own) and weight is not None and weight.any():
                self._add(self.first[at] + own, block, products(values[columns[own]], weight, block.starts))

    def _add(self, rows: Integers, block: Block, sums: Limbs) -> None:
        at = np.ix_(rows, block.cell)
        self.high[at] += sums[0]
        self.low[at] += sums[1]

    def table(self, *shape: int) -> Table:
        """What was added, in its one form, by name."""
        used = np.flatnonzero((self.high != 0).any(axis=1) | (self.low != 0).any(axis=1))
        tables = {self.names[at]: carried(self.high[at], self.low[at]).reshape(2, *shape) for at in used.tolist()}
        return {name: tables[name] for name in sorted(tables) if tables[name].any()}


@dataclass(frozen=True)
class Block:
    """Some points of few cells: where each cell starts, and the numbers of each point's part and lane."""

    rows: Integers
    starts: Integers
    cell: Integers
    """The cell of each start."""
    point: dict[str, Integers]
    """Fields of the network's points."""
    weights: dict[str, Integers]


def cells(tally: Tally, network: Network) -> tuple[Table, Table, Rows]:
    """The sums by site and part class, those by site, part class and order class, and PART."""
    shape, classes = (network.sites, len(network.class_names)), len(network.order_classes)
    roads = Roads(network)
    worths = POINT_WORTH | {"meters": tuple(roads.names[1::2])}
    place = Adder([*POINTS, *ON_TOP, *roads.names], worths, shape[0] * shape[1])
    asked = [Adder(FLOWS, FLOW_WORTH, shape[0] * shape[1]) for _ in range(classes)]
    part = PartAdder(network)
    point, flow = plain(tally.point, len(POINTS)), plain(tally.flow, classes * len(FLOWS))
    for block in blocks(network):
        values = np.empty((place.columns, len(block.rows)), np.int64)
        values[: len(POINTS)] = point[block.rows].T
        asks = np.ascontiguousarray(flow[block.rows].T).reshape(classes, len(FLOWS), -1)
        extra = values[len(POINTS) :]
        on_top(extra, values, asks, block)
        roads.columns(extra[len(ON_TOP) :], extra, block)
        place.add(block, values)
        for number, adder in enumerate(asked):
            adder.add(block, asks[number])
        part.add(block, asks[1:])
    return place.table(*shape), by_class([adder.table(*shape) for adder in asked]), part.rows


def plain(rows: Rows, columns: int) -> Integers:
    """Records as a table of integers."""
    return numbers(rows).reshape(-1, columns)


def blocks(network: Network) -> Iterator[Block]:
    """Blocks of points sorted by cell."""
    points = network.points
    fields = {name: np.ascontiguousarray(points[name]) for name in READ}
    cell = points["site"] * len(network.class_names) + network.part_class[points["part"]]
    small = network.sites * len(network.class_names) < 1 << 16  # so few sort at once, without comparing
    order = np.argsort(cell.astype(np.uint16) if small else cell, kind="stable")
    for start in range(0, len(order), BLOCK):
        rows = order[start : start + BLOCK]
        own = cell[rows]
        starts = np.append(0, np.flatnonzero(own[1:] != own[:-1]) + 1)
        here = {name: column[rows] for name, column in fields.items()}
        weights = {name: getattr(network, name)[here["part"]] for name in ("cost", "price", "weight")}
        weights |= {name: here[name] for name in ("transport", "shipment")}
        yield Block(rows, starts, own[starts], here, weights)


def on_top(found: Integers, rows: Integers, asks: Integers, block: Block) -> None:
    """Write the columns ON_TOP of some points."""
    received, returned, stocked, moving, opening = (rows[POINTS.index(name)] for name in MADE_OF)
    sent, weight = received + moving - opening, block.weights["weight"]
    found[0] = np.where(block.point["source"] == SUPPLIER, received - returned, 0)
    found[1] = (block.point["up_to"] > 0) | (asks[:, LINES] != 0).any(axis=0)
    found[2] = found[1] * stocked
    found[3] = sent * weight
    found[4] = returned * weight
    found[5] = sent > 0


class Roads:
    """The lanes of points: mode and length, where they are known."""

    def __init__(self, network: Network) -> None:
        self.mode, self.meters = (np.ascontiguousarray(network.ways[name]) for name in ("mode", "distance"))
        self.modes = network.modes if len(network.ways) else ()
        self.names = [f"{what} by {mode}" for mode in self.modes for what in ("supplied", "grams")]

    def columns(self, found: Integers, extra: Integers, block: Block) -> None:
        """Write, by mode, the points that were sent anything and the grams; and the meters of each into the block."""
        found[:] = 0
        road = block.point["road"]
        if not self.modes or not (road >= 0).any():
            return
        mode, meters = (column[np.maximum(road, 0)] for column in (self.mode, self.meters))
        known = (road >= 0) & (meters >= 0)
        block.weights["meters"] = np.where(known, meters, 0)
        for number in range(len(self.modes)):
            mine = known & (mode == number)
            for at, name in enumerate(("supplied", "sent_grams")):
                found[2 * number + at] = mine * extra[ON_TOP.index(name)]


class PartAdder:
    """What customers asked of each part."""

    def __init__(self, network: Network) -> None:
        self.first = network.first_part
        self.rows = np.zeros(len(network.part_start) - 1, PART)
        self.rows["part"] = self.first + np.arange(len(self.rows))

    def add(self, block: Block, asks: Integers) -> None:
        """Add the columns [customers' class, name, point] of a block."""
        part = block.point["part"] - self.first
        for of_class in asks:
            for name, columns in PART_MADE_OF.items():
                for column in columns:
                    if of_class[column].any():
                        np.add.at(self.rows[name], part, of_class[column])


def by_class(tables: list[Table]) -> Table:
    """One table with order classes last, of one a class."""
    names = sorted({name for table in tables for name in table})
    shape = next((values.shape for table in tables for values in table.values()), ())
    blank = np.zeros(shape, np.int64)
    return {name: np.stack([table.get(name, blank) for table in tables], axis=-1) for name in names}


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
