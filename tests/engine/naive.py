"""A second simulator, written from docs/semantics.md: slow, plain, and sharing no rule with the engine.

It keeps whole histories (every line with its deliveries, every level with its changes) and counts only when
the run is over. All parts share one world, every reviewed point is looked at in every review, and integrals
are sums over the steps of a level: where the engine is clever, this is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simnet.network.network import Network, Tape
from simnet.streams import mix_int, world_key

STOCK = 0
CUSTOMER = None
LONG_AGO = -1
"""The minute of what was so before the run: the opening position, lines owed from before."""


@dataclass(eq=False)
class Line:
    """One part on one order, asked of a source."""

    part: int
    source: int | None
    """None: the supplier."""
    dest: int | None
    """None: a customer."""
    order_class: int
    quantity: int
    asked: int
    number: int
    """Which order of its point this is; it decides the weather of its lots."""
    at_once: int = 0
    lost: int = 0
    lots: int = 0
    later: list[tuple[int, int]] = field(default_factory=list)
    """Minute and pieces of what the queue gave."""
    done: int = LONG_AGO
    """When its last piece so far is there."""

    @property
    def open(self) -> int:
        """Pieces still owed."""
        return self.quantity - self.at_once - self.lost - sum(pieces for _, pieces in self.later)


class Level:
    """A number that changes, with its history."""

    def __init__(self) -> None:
        self.now = 0
        self.steps: list[tuple[int, int]] = []

    def change(self, by: int, minute: int) -> None:
        """Add a step."""
        self.now += by
        self.steps.append((minute, by))

    def before(self, minute: int) -> int:
        """The level just before anything of a minute happens."""
        return sum(by for at, by in self.steps if at < minute)

    def area(self, first: int, last: int, of: Any = lambda level: level) -> int:
        """The integral of `of(level)` over the minutes from `first` to `last`."""
        total, level, since = 0, self.before(first), first
        for at, by in self.steps:
            if first <= at < last:
                total += of(level) * (at - since)
                level, since = level + by, at
        return int(total + of(level) * (last - since))


class Point:
    """A part at a site."""

    def __init__(self, row: Any, classes: int) -> None:
        for name in row.dtype.names:
            setattr(self, name, int(row[name]))
        self.hand, self.ordered_level, self.road = Level(), Level(), Level()
        self.owed = [Level() for _ in range(classes)]
        self.queue: list[Line] = []
        self.orders: list[tuple[int, int]] = []
        self.placed = 0
        self.received: list[tuple[int, int]] = []
        self.shipped: list[tuple[int, int]] = []
        self.lots: list[int] = []
        self.last_arrival = 0
        self.due_since: int | None = None
        self.reviewed = -1

    def __getattr__(self, name: str) -> int:  # the columns of the network's table
        raise AttributeError(name)

    @property
    def position(self) -> int:
        """On hand + on order - owed."""
        return self.hand.now + self.ordered_level.now - sum(level.now for level in self.owed)


class Naive:
    """The world, event by event."""

    def __init__(self, network: Network, tape: Tape, seed: int = 1, replication: int = 0) -> None:
        self.network, self.seed, self.replication = network, seed, replication
        self.points = [Point(row, len(network.order_classes)) for row in network.points]
        self.lines: list[Line] = []
        self.road: list[tuple[int, int, int, int]] = []
        """Lots on their way: arrival, number of the shipment, dest, pieces."""
        self.count = 0
        self.customers = sorted(
            (int(minute), row) for row, minute in enumerate(tape.minute) if minute < network.horizon
        )
        self.tape = tape
        self.open_books()
        self.run()

    # ---- time (law 1)

    def run(self) -> None:
        """Minute after minute in which anything may happen."""
        end, now = self.network.horizon, 0
        while now < end:
            self.minute(now)
            reviews = [now // p.review * p.review + p.review for p in self.points if p.review]
            ahead = [arrival for arrival, *_ in self.road] + [m for m, _ in self.customers] + reviews
            now = min((minute for minute in ahead if minute > now), default=end)

    def minute(self, now: int) -> None:
        """Receipts first, then reviews from the most downstream up, then customers, one event at a time."""
        while True:
            arrived = sorted(lot for lot in self.road if lot[0] == now)
            if arrived:
                self.road.remove(arrived[0])
                self.receive(arrived[0][2], arrived[0][3], now)
                continue
            due = [p for p in self.points if p.review and now % p.review == 0 and p.reviewed < now]
            if due and self.customers_yet(now):
                first = min(due, key=lambda p: (p.level, self.count if p.due_since is None else p.due_since))
                first.reviewed = now
                self.look(first, now)
                continue
            if self.customers and self.customers[0][0] == now:
                row = self.customers.pop(0)[1]
                tape = self.tape
                point, quantity, order_class = (int(c[row]) for c in (tape.point, tape.quantity, tape.order_class))
                self.began = now
                self.ask(point, CUSTOMER, quantity, order_class, 0, now)
                continue
            return

    began = LONG_AGO

    def customers_yet(self, now: int) -> bool:
        """Whether no customer has come in this minute: after the first, its reviews are over."""
        return self.began != now

    # ---- asking and ordering (laws 5 and 7)

    def ask(self, source: int | None, dest: int | None, quantity: int, order_class: int, number: int, now: int) -> None:
        """A line asks a source; what it takes may make the source order in turn."""
        part = self.points[dest if source is None else source].part  # type: ignore[index]
        line = Line(part, source, dest, order_class, quantity, now, number)
        self.lines.append(line)
        if source is None:
            line.at_once = quantity
            self.send(line, quantity, now)
            return
        here = self.points[source]
        can = 0 if here.queue else min(quantity, here.hand.now)
        if self.network.classes["complete"][order_class] and can < quantity:
            can = 0
        if can:
            line.at_once = can
            self.hand_out(here, line, can, now)
        if can < quantity:
            if self.network.classes["lost"][order_class]:
                line.lost = quantity - can
                line.done = now
            else:
                here.owed[order_class].change(quantity - can, now)
                here.queue.append(line)
        self.after_change(here, now)

    def hand_out(self, here: Point, line: Line, pieces: int, now: int) -> None:
        """Pieces leave the shelf for a customer or for a site below."""
        here.hand.change(-pieces, now)
        here.shipped.append((now, pieces))
        if line.dest is CUSTOMER:
            line.done = max(line.done, now)
        else:
            self.send(line, pieces, now)

    def after_change(self, here: Point, now: int) -> None:
        """A watched point orders at once; a reviewed one is due at its next review."""
        if not here.review:
            self.look(here, now)
        elif here.position <= here.trigger and here.due_since is None:
            self.count += 1
            here.due_since = self.count

    def look(self, here: Point, now: int) -> None:
        """Law 7 for one point."""
        here.due_since = None
        if here.position > here.trigger:
            return
        quantity = 0
        while here.position + quantity < here.up_to or quantity < here.minimum:
            quantity += here.lot
        if quantity == 0:
            return
        row, number = self.points.index(here), here.placed
        here.placed += 1
        here.orders.append((now, quantity))
        here.ordered_level.change(quantity, now)
        self.ask(None if here.source < 0 else here.source, row, quantity, STOCK, number, now)

    # ---- shipping, receiving, serving (laws 3, 6 and 8)

    def minutes_on_the_way(self, to: Point, number: int, lot: int) -> int:
        """The lead time of one lot: a function of seed, replication, lane, order and lot."""
        if to.shape < 0:
            return to.lead
        stream = mix_int(to.lane, world_key(self.seed, self.replication)) >> 1
        weather = mix_int(stream, number + lot * 2**40) >> 52
        return (to.lead * int(self.network.shapes[to.shape][weather]) + 2**23) // 2**24

    def send(self, line: Line, pieces: int, now: int) -> None:
        """A lot leaves for a site."""
        assert line.dest is not None
        to = self.points[line.dest]
        arrival = now + self.minutes_on_the_way(to, line.number, line.lots)
        if to.orderly:
            arrival = to.last_arrival = max(arrival, to.last_arrival)
        line.lots += 1
        line.done = max(line.done, arrival)
        to.lots.append(now)
        to.road.change(pieces, now)
        self.count += 1
        self.road.append((arrival, self.count, line.dest, pieces))

    def receive(self, where: int, pieces: int, now: int) -> None:
        """A lot arrives and serves the queue in the order of asking; a complete line waits for all."""
        here = self.points[where]
        here.ordered_level.change(-pieces, now)
        here.road.change(-pieces, now)
        here.hand.change(pieces, now)
        here.received.append((now, pieces))
        while here.queue and here.hand.now:
            line = here.queue[0]
            can = min(line.open, here.hand.now)
            if can < line.open and self.network.classes["complete"][line.order_class]:
                return
            here.owed[line.order_class].change(-can, now)
            line.later.append((now, can))
            self.hand_out(here, line, can, now)
            if line.open == 0:
                here.queue.pop(0)

    # ---- the opening position (law 9)

    def open_books(self) -> None:
        """What is on the shelf, on its way and owed before minute 0; then every watched point looks at it."""
        for row, here in reversed(list(enumerate(self.points))):
            if here.opening_on_hand:
                here.hand.change(here.opening_on_hand, LONG_AGO)
            if here.opening_on_order:
                self.opening_lot(row, here)
            if here.opening_owed:
                line = Line(here.part, row, CUSTOMER, 1, here.opening_owed, LONG_AGO, 0)
                here.owed[1].change(here.opening_owed, LONG_AGO)
                here.queue.append(line)
        for here in reversed(self.points):
            self.after_change(here, 0)

    def opening_lot(self, row: int, here: Point) -> None:
        """One lot that left at minute 0."""
        here.ordered_level.change(here.opening_on_order, LONG_AGO)
        self.send(
            Line(here.part, None, row, STOCK, here.opening_on_order, LONG_AGO, here.placed),
            here.opening_on_order,
            0,
        )
        here.placed += 1
        here.lots[-1] = LONG_AGO
        here.road.steps[-1] = (LONG_AGO, here.opening_on_order)
