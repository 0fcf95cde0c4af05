"""The life of one part, as the SimPy clock runs it: its lines, its lots, and everything that happened, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from simnet.engine.records import NO_CAUSE, NOBODY, SUPPLIER
from simnet.ledger.tally import Tally
from simnet.network.network import Network


class Shelf(NamedTuple):
    """A point as it stands at a minute."""

    point: int
    on_hand: int
    on_order: int
    in_transit: int
    owed: int
    waiting: int
    trigger: int
    up_to: int


@dataclass(slots=True)
class Line:
    """A line that was asked: by a customer, or to refill a point."""

    index: int
    number: int
    """Of the part's customers, from 1; 0 for a line that refills a point, or waited since before minute 0."""
    minute: int
    point: int
    """Who was asked; SUPPLIER."""
    dest: int
    """The point that it refills; NOBODY for a customer."""
    order_class: int
    quantity: int
    row: int = NOBODY
    """The line's row of the tape, where lines come in jobs."""
    short: int = 0
    """Pieces that were not there when it was asked."""
    cause: int = NO_CAUSE
    """Why, as it was when it was asked."""
    missed: int = NO_CAUSE
    """The cause under which it was counted as missed."""
    done: int = NOBODY
    """When the last piece was there; NOBODY: open at the end, or lost."""
    passed: int = 0
    waited: int = 0
    lost: int = 0
    gone: int = NOBODY
    """When they were lost."""
    kind: int = 0
    """How, as in KINDS."""
    way: str = ""
    """What made a point order: `review`, `look`, `push`, `balance`; nothing: a line that was asked of it."""
    shelves: tuple[Shelf, ...] = ()
    """The points up the tiers when a customer asked, his own first."""


@dataclass(slots=True)
class Lot:
    """Pieces on their way to a point."""

    line: int
    """The line that it belongs to; NOBODY: on the road since before minute 0."""
    giver: int
    dest: int
    pieces: int
    leaves: int
    arrival: int
    due: int = NOBODY
    """When it was to arrive, by the mean of its lane."""
    stages: tuple[int, ...] = ()
    """Released, picked, departed, there; empty where nobody keeps hours."""


class Event(NamedTuple):
    """Something that happened."""

    minute: int
    what: str
    """Such as `asked`, `short`, `leaves`."""
    point: int
    """Where; SUPPLIER."""
    line: int
    """The line that it is about, or NOBODY."""
    numbers: dict[str, int]


@dataclass
class Trace:
    """Everything that happened to one part in one replication."""

    network: Network
    part: int
    lines: list[Line] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    tally: Tally | None = None

    @property
    def customers(self) -> list[Line]:
        """The lines of customers, in the order in which they asked."""
        return [line for line in self.lines if line.number > 0]

    @property
    def points(self) -> range:
        """The part's points in its network."""
        at = self.part - self.network.first_part
        return range(int(self.network.part_start[at]), int(self.network.part_start[at + 1]))


def shelf(world: Any, where: int) -> Shelf:
    """A point as it stands."""
    here = world.stock[where]
    return Shelf(where, here.on_hand, here.on_order, here.in_transit, here.owed, here.open, here.trigger, here.up_to)


def shelves(world: Any, where: int) -> tuple[Shelf, ...]:
    """A point and those above it."""
    found = []
    while where != SUPPLIER:
        found.append(shelf(world, where))
        where = world.stock[where].source
    return tuple(found)
