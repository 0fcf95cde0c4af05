"""The world, event by event: minute after minute in which anything may happen (laws 1 and 9)."""

from __future__ import annotations

from collections.abc import Callable

from simnet.network.network import Network, Tape
from tests.engine.naive.asking import Asking
from tests.engine.naive.plans import Planner, Planning
from tests.engine.naive.road import Road
from tests.engine.naive.serving import Serving
from tests.engine.naive.sharing import Sharing
from tests.engine.naive.things import CUSTOMER, LONG_AGO, STOCK, Line, Point

Lot = tuple[int, int, int, int]
"""Arrival, number of the shipment, dest, pieces."""


class Naive(Asking, Serving, Road, Planning, Sharing):
    """The world."""

    def __init__(self, network: Network, tape: Tape, seed: int = 1, replication: int = 0) -> None:
        Sharing.__init__(self)
        self.network, self.seed, self.replication = network, seed, replication
        self.points = [Point(row, number, len(network.order_classes)) for number, row in enumerate(network.points)]
        self.planners = [Planner(row) for row in network.plans]
        self.lines: list[Line] = []
        self.old: list[Line] = []
        """Customers' lines owed from before minute 0."""
        self.road: list[Lot] = []
        self.homeward: list[Lot] = []
        self.looks: list[int] = []
        self.freight: list[tuple[int, int, int, int]] = []
        self.sent: dict[int, int] = {}
        self.arrivals: dict[int, int] = {}
        self.count = 0
        self.planned: dict[int, int] = {}
        self.balanced: dict[int, int] = {}
        self.customers = sorted(
            (int(minute), row) for row, minute in enumerate(tape.minute) if minute < network.horizon
        )
        self.tape = tape
        self.open_books()
        self.run()

    def tick(self) -> int:
        """A place in the order of all that happens."""
        self.count += 1
        return self.count

    # ---- time (law 1)

    def run(self) -> None:
        """Minute after minute in which anything may happen."""
        end, now = self.network.horizon, 0
        while now < end:
            self.minute(now)
            periods = [p.review for p in self.points] + [p.balance for p in self.points]
            periods += [planner.period for planner in self.planners]
            ahead = [now // period * period + period for period in periods if period]
            ahead += [arrival for arrival, *_ in self.road + self.homeward] + [minute for minute, _ in self.customers]
            ahead += [self.patience_ends(line) for here in self.points for line in here.queue]
            now = min((minute for minute in ahead if minute > now), default=end)

    def minute(self, now: int) -> None:
        """One event at a time, the first kind that has one; what an event makes due in its minute comes in its turn."""
        kinds: tuple[Callable[[int], bool], ...] = (
            self.a_receipt, self.a_look, self.a_return, self.an_end_of_patience, self.a_planning, self.a_balancing,
            self.a_review, self.a_shared_order, self.a_customer,
        )  # fmt: skip
        while any(happens(now) for happens in kinds):
            pass

    def a_receipt(self, now: int) -> bool:
        """A lot arrives."""
        return self.first_of(self.road, self.receive, now)

    def a_look(self, now: int) -> bool:
        """One that gave to another's line looks at its position."""
        if self.looks:
            self.look(self.points[self.looks.pop(0)], now)
            return True
        return False

    def a_return(self, now: int) -> bool:
        """Pieces that were sent back arrive."""
        return self.first_of(self.homeward, self.take_back, now)

    def first_of(self, lots: list[Lot], happens: Callable[[int, int, int], None], now: int) -> bool:
        """The first lot of this minute, if there is one."""
        arrived = min((lot for lot in lots if lot[0] == now), default=None)
        if arrived is None:
            return False
        lots.remove(arrived)
        happens(arrived[2], arrived[3], now)
        return True

    def patience_ends(self, line: Line) -> int:
        """The minute in which a waiting line is given up, or one that never comes."""
        patience = int(self.network.classes["patience"][line.order_class])
        mortal = patience and line.dest is CUSTOMER and line.asked > LONG_AGO
        return line.asked + patience if mortal else self.network.horizon

    def an_end_of_patience(self, now: int) -> bool:
        """A customer who has waited long enough goes."""
        tired = [line for here in self.points for line in here.queue if self.patience_ends(line) == now]
        if tired:
            self.lose_patience(min(tired, key=lambda line: line.since), now)
        return bool(tired)

    def a_planning(self, now: int) -> bool:
        """A planned point at the end of a period, in the order in which the periods began."""
        due = [p for p in self.points if p.plan >= 0 and ends(self.planners[p.plan].period, p.row, self.planned, now)]
        if due:
            here = min(due, key=lambda p: (now - self.planners[p.plan].period, -p.row))
            self.planned[here.row] = now
            self.plan(here, now)
        return bool(due)

    def a_balancing(self, now: int) -> bool:
        """A point looks at its sisters."""
        due = [p for p in self.points if ends(p.balance, p.row, self.balanced, now)]
        if due:
            here = min(due, key=lambda p: (now - p.balance, -p.row))
            self.balanced[here.row] = now
            self.balance_with_sisters(here, now)
        return bool(due)

    def a_review(self, now: int) -> bool:
        """Reviews from the most downstream tier up; each tier's are those of whom fell before they began."""
        if self.began == now:  # after the first customer of a minute its reviews are over
            return False
        due = [p for p in self.points if p.review and now % p.review == 0 and p.reviewed < now]
        level = min((p.level for p in due), default=-1)
        tier = [p for p in due if p.level == level]
        for here in tier:
            if here.due_since is None:
                here.reviewed = now
        fallen = [p for p in tier if p.due_since is not None]
        if fallen:
            here = min(fallen, key=lambda p: p.due_since or 0)
            here.reviewed = now
            self.look(here, now)
        return bool(due)

    began = LONG_AGO

    def a_customer(self, now: int) -> bool:
        """The next line of the tape."""
        if not self.customers or self.customers[0][0] != now:
            return False
        row = self.customers.pop(0)[1]
        point, quantity, order_class, _ = (int(column[row]) for column in self.tape.columns)
        self.began = now
        self.ask(point, CUSTOMER, quantity, order_class, 0, now)
        return True

    # ---- the opening position (law 9)

    def open_books(self) -> None:
        """What is on the shelf, on its way and owed before minute 0; then every watched point looks at it."""
        for row, here in reversed(list(enumerate(self.points))):
            if here.opening_on_hand:
                here.hand.change(here.opening_on_hand, LONG_AGO)
            if here.opening_on_order:
                self.opening_lot(row, here)
            if here.opening_owed:
                self.old.append(Line(here.part, row, CUSTOMER, 1, here.opening_owed, LONG_AGO, 0))
                self.wait(self.old[-1], here, -1, LONG_AGO)
        for here in reversed(self.points):
            self.after_change(here, 0)

    def opening_lot(self, row: int, here: Point) -> None:
        """One lot that left at minute 0."""
        here.ordered_level.change(here.opening_on_order, LONG_AGO)
        line = Line(here.part, None, row, STOCK, here.opening_on_order, LONG_AGO, here.placed)
        self.send(line, here.opening_on_order, None, -1, False, 0)
        here.placed += 1
        here.lots[-1] = LONG_AGO
        here.road.steps[-1] = (LONG_AGO, here.opening_on_order)


def ends(period: int, row: int, done: dict[int, int], now: int) -> bool:
    """Whether a period of a point ends now, and has not been dealt with."""
    return period > 0 and now > 0 and now % period == 0 and done.get(row, 0) < now
