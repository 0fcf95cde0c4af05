"""What the slow world is made of: lines with all their deliveries, levels with all their changes, points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

STOCK = 0
CUSTOMER = None
LONG_AGO = -1
"""The minute of what was so before the run: the opening position, lines owed from before."""


@dataclass(frozen=True)
class Gift:
    """Pieces that one source gave to a line at one moment."""

    minute: int
    pieces: int
    arrival: int
    """When they are there: at the counter, or at the customer's after their way."""
    giver: int | None
    """The point; None: the supplier."""
    kind: int
    """0: the point that was asked; else what kind of source of the list."""
    queued: bool = False
    """Whether the line had waited in a queue for them."""

    def waited(self, line: Line) -> int:
        """Minutes that a piece waited: a customer's until it is there, a site's until it leaves."""
        return (self.arrival if line.dest is CUSTOMER else self.minute) - line.asked


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
    lots: int = 0
    gifts: list[Gift] = field(default_factory=list)
    losses: list[tuple[int, int, str]] = field(default_factory=list)
    """Minute, pieces and how: not served, will-fit, gave up."""
    waits_at: int | None = None
    """The point in whose queue the rest waits."""
    waits_via: int = -1
    """The place of the sourcing list whose way the rest will travel; -1: none, or the way of the asking site."""
    since: int = 0
    """When it joined the queue, as a place in the order of all that happens."""
    cause: str = ""
    """Why it was not on the shelf."""
    cut: bool = False
    """Whether a source that gave to it had seen the last release of the day."""

    @property
    def open(self) -> int:
        """Pieces still owed."""
        return self.quantity - sum(gift.pieces for gift in self.gifts) - self.lost

    @property
    def lost(self) -> int:
        """Pieces that it will not get."""
        return sum(pieces for _, pieces, _ in self.losses)

    @property
    def at_once(self) -> int:
        """Pieces off the shelf of the point that was asked."""
        return sum(gift.pieces for gift in self.gifts if not gift.kind and not gift.queued)

    @property
    def found(self) -> list[Gift]:
        """What other sources gave at once."""
        return [gift for gift in self.gifts if gift.kind and not gift.queued]

    @property
    def handed_over(self) -> int:
        """Pieces whose waiting is another point's affair."""
        return self.short if self.waits_via >= 0 else sum(gift.pieces for gift in self.found)

    @property
    def short(self) -> int:
        """Pieces that were not on the shelf."""
        return self.quantity - self.at_once

    @property
    def kind(self) -> int:
        """Where its furthest piece was found: a kind of source, or that it waited, or was not served."""
        how = {"lost": 7, "will-fit": 8}
        ends = [how[how_lost] for _, _, how_lost in self.losses if how_lost in how]
        stood = [6] if self.waits_at is not None and self.dest is CUSTOMER else []
        return max([0, *(gift.kind for gift in self.found), *stood, *ends])

    @property
    def later(self) -> list[Gift]:
        """What the queue gave."""
        return [gift for gift in self.gifts if gift.queued]

    @property
    def done(self) -> int:
        """When its last piece so far is there, or was given up."""
        return max([LONG_AGO, *(gift.arrival for gift in self.gifts), *(minute for minute, _, _ in self.losses)])


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

    def __init__(self, row: Any, number: int, classes: int) -> None:
        for name in row.dtype.names:
            setattr(self, name, int(row[name]))
        self.row = number
        self.hand, self.ordered_level, self.road, self.back = Level(), Level(), Level(), Level()
        self.owed = [Level() for _ in range(classes)]
        self.queue: list[Line] = []
        self.orders: list[tuple[int, int]] = []
        self.placed = 0
        self.received: list[tuple[int, int]] = []
        self.shipped: list[tuple[int, int]] = []
        self.returned: list[tuple[int, int]] = []
        self.taken_back: list[tuple[int, int]] = []
        self.moved: list[tuple[int, int]] = []
        self.wished: list[int] = []
        self.held: list[int] = []
        self.lots: list[int] = []
        self.last_arrival = 0
        self.promised = 0
        """When the lot that left last was to come."""
        self.due_since: int | None = None
        self.reviewed = -1

    def __getattr__(self, name: str) -> int:  # the columns of the network's table
        raise AttributeError(name)

    @property
    def owes(self) -> int:
        """Pieces owed to all that wait here."""
        return sum(level.now for level in self.owed)

    @property
    def near(self) -> int:
        """What is here or under way, less what is owed."""
        return self.hand.now + self.road.now - self.owes

    @property
    def position(self) -> int:
        """On hand + on order - owed."""
        return self.hand.now + self.ordered_level.now - self.owes
