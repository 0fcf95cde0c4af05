"""Who is served by what arrives: queues, fair shares, push, balancing, patience (law 6)."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from tests.engine.naive.road import column
from tests.engine.naive.things import CUSTOMER, STOCK, Line, Point


class Serving:
    """What happens after a receipt, and what becomes of those who wait."""

    network: Any
    points: list[Point]

    def receive(self, where: int, pieces: int, now: int) -> None:
        """A lot arrives and serves those who wait, then what is left is offered."""
        here = self.points[where]
        here.ordered_level.change(-pieces, now)
        here.road.change(-pieces, now)
        here.received.append((now, pieces))
        here.hand.change(pieces, now)
        self.serve(here, now)
        if here.push:
            self.offer(here, now)

    def in_order(self, here: Point) -> list[Line]:
        """Those who wait: better queues first, within a queue in the order of joining."""
        return sorted(here.queue, key=lambda line: (self.queue_of(here, line), line.since))

    def queue_of(self, here: Point, line: Line) -> int:
        """The queue that a line stands in at a point."""
        return int(self.terms(here, line.order_class)["queue"])  # type: ignore[attr-defined]

    def due_to(self, here: Point, line: Line) -> int:
        """What a waiting line may have of what is on hand now."""
        spare = here.hand.now - int(self.terms(here, line.order_class)["reserve"])  # type: ignore[attr-defined]
        can = max(min(line.open, spare), 0)
        return 0 if can < line.open and self.complete(line.order_class) else can  # type: ignore[attr-defined]

    def serve(self, here: Point, now: int) -> None:
        """One after the other; the first that cannot have all it wants stops all behind it."""
        if here.fair:
            self.share(here, now)
            return
        for line in self.in_order(here):
            self.hand_over(here, line, self.due_to(here, line), now)
            if line.open:
                return

    def hand_over(self, here: Point, line: Line, pieces: int, now: int) -> None:
        """Pieces go to a line that waited."""
        if pieces:
            here.owed[line.order_class].change(-pieces, now)
            self.give(here, line, pieces, line.waits_via, True, now)  # type: ignore[attr-defined]
            if line.open == 0:
                here.queue.remove(line)

    def lose_patience(self, line: Line, now: int) -> None:
        """What still waits is lost; those behind it need wait for it no longer."""
        assert line.waits_at is not None
        here = self.points[line.waits_at]
        here.owed[line.order_class].change(-line.open, now)
        line.losses.append((now, line.open, "gave up"))
        here.queue.remove(line)
        self.serve(here, now)

    def share(self, here: Point, now: int) -> None:
        """Piece by piece to whoever is the poorest for its level; then each line's pieces leave as one lot."""
        for queue in sorted({self.queue_of(here, line) for line in here.queue}):
            waiting = [line for line in self.in_order(here) if self.queue_of(here, line) == queue]
            shares: Counter[Line] = Counter()
            while (best := self.poorest(here, waiting, shares)) is not None:
                shares[best] += 1
            for line in waiting:
                if shares[line] == line.open or not self.complete(line.order_class):  # type: ignore[attr-defined]
                    self.hand_over(here, line, shares[line], now)
            if any(line.open for line in waiting):
                return

    def poorest(self, here: Point, waiting: list[Line], shares: Counter[Line]) -> Line | None:
        """The line that gets the next piece: what its point has for its size is least; customers have nothing."""
        left = here.hand.now - sum(shares.values())
        may = [
            line
            for line in waiting
            if shares[line] < line.open and left > self.terms(here, line.order_class)["reserve"]  # type: ignore[attr-defined]
        ]

        def wealth(line: Line) -> tuple[int, Fraction]:
            if line.dest is CUSTOMER:
                return 0, Fraction(0)
            to = self.points[line.dest]
            shared = sum(pieces for other, pieces in shares.items() if other.dest == line.dest)
            return 1, Fraction(to.near + shared, max(to.up_to, 1))

        return min(may, key=wealth, default=None)

    def offer(self, here: Point, now: int) -> None:
        """What a receipt left is offered to the points it refills, the neediest first."""
        below = [self.points[here.row + step] for step in column(self.network.timetable, here.children, 0)]

        def wanted(to: Point) -> int:
            pieces = min(to.up_to - to.position, self.free(here, STOCK))  # type: ignore[attr-defined]
            return max(pieces, 0) // to.lot * to.lot

        while takers := [to for to in below if wanted(to)]:
            to = min(takers, key=lambda to: Fraction(to.near, max(to.up_to, 1)))
            self.order(to, wanted(to), here.row, now, urge=False)  # type: ignore[attr-defined]
            self.look_soon(here, now)  # type: ignore[attr-defined]

    def balance_with_sisters(self, here: Point, now: int) -> None:
        """A point with nothing here or under way asks the sister with most to spare."""
        if here.up_to <= 0 or here.near > 0:
            return

        def spare(place: int) -> int:
            source = self.network.sources[place]
            hold = int(self.network.ways["hold"][source["way"]])
            return self.free(self.points[int(source["point"])], STOCK, hold)  # type: ignore[attr-defined,no-any-return]

        places = range(here.lateral, here.lateral + here.laterals)
        best = max(places, key=spare, default=-1)
        if best < 0 or spare(best) == 0:
            return
        most = spare(best)
        more = min(-(-here.up_to // 2), max(most + here.near, 0) // 2)
        pieces = min(most, more - here.near)
        if pieces == 0:
            return
        giver = self.points[int(self.network.sources["point"][best])]
        line = Line(here.part, giver.row, here.row, STOCK, pieces, now, 0)
        self.lines.append(line)  # type: ignore[attr-defined]
        here.orders.append((now, pieces))
        here.moved.append((now, pieces))
        here.ordered_level.change(pieces, now)
        self.give(giver, line, pieces, best, False, now)  # type: ignore[attr-defined]
        self.look_soon(giver, now)  # type: ignore[attr-defined]
