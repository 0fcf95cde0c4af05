"""Who gives what to a line that asks: the shelf, the sourcing list, a queue; or nobody (laws 5 and 7)."""

from __future__ import annotations

from typing import Any

from simnet.network.rows import TERMS
from simnet.streams import mix_int, world_key
from tests.engine.naive.things import CUSTOMER, STOCK, Line, Point


class Asking:
    """Lines ask, and whoever falls to the trigger asks in turn."""

    network: Any
    points: list[Point]
    lines: list[Line]

    def terms(self, here: Point, order_class: int) -> Any:
        """What a class meets at a point; without a table: nothing kept, one queue, no list."""
        if len(self.network.terms) == 0:
            return dict.fromkeys(TERMS.names or (), 0) | {"wait_at": -1}
        return self.network.terms[here.row * len(self.network.order_classes) + order_class]

    def complete(self, order_class: int) -> bool:
        """Whether lines of a class leave whole or not at all."""
        return bool(self.network.classes["complete"][order_class])

    def free(self, here: Point, order_class: int, hold: int = 0) -> int:
        """What a class may take: nothing where its own rank or a better one waits; never what is kept."""
        terms = self.terms(here, order_class)
        if any(self.terms(here, line.order_class)["queue"] <= terms["queue"] for line in here.queue):
            return 0
        return max(here.hand.now - max(int(terms["reserve"]), hold), 0)

    def ask(
        self, source: int | None, dest: int | None, quantity: int, order_class: int, number: int, now: int,
        urge: bool = True,
    ) -> None:  # fmt: skip
        """A line asks a source; what it takes may make the source order in turn."""
        part = self.points[dest if source is None else source].part  # type: ignore[index]
        line = Line(part, source, dest, order_class, quantity, now, number)
        self.lines.append(line)
        if source is None:
            self.send(line, quantity, None, -1, False, now)  # type: ignore[attr-defined]
            return
        here = self.points[source]
        cause = self.why(here, quantity, now) if dest is CUSTOMER else ""  # type: ignore[attr-defined]
        can = min(quantity, self.free(here, order_class))
        if self.complete(order_class) and can < quantity:
            can = 0
        if can:
            self.give(here, line, can, -1, False, now)
        if line.open:
            line.cause = cause
            self.elsewhere(line, here, now)
        if urge:
            self.after_change(here, now)

    def elsewhere(self, line: Line, here: Point, now: int) -> None:
        """The rest of a line: bought elsewhere, found elsewhere, lost, or waiting."""
        terms = self.terms(here, line.order_class)
        if line.dest is CUSTOMER:
            if self.bought_elsewhere(here, int(terms["will_fit"])):
                line.losses.append((now, line.open, "will-fit"))
                return
        else:
            assert line.dest is not None
            terms = self.terms(self.points[line.dest], STOCK)
        for place in range(int(terms["source"]), int(terms["source"]) + int(terms["sources"])):
            if line.open:
                self.try_source(line, place, now)
        if line.open == 0:
            return
        if self.network.classes["lost"][line.order_class]:
            line.losses.append((now, line.open, "lost"))
            return
        wait_at = int(terms["wait_at"]) if line.dest is CUSTOMER else -1
        where = here if wait_at < 0 else self.points[int(self.network.sources["point"][wait_at])]
        self.wait(line, where, wait_at, now)
        if where is not here:
            self.look_soon(where, now)

    def bought_elsewhere(self, here: Point, of_4096: int) -> bool:
        """Whether this customer takes a part that fits: a matter of his number at this point."""
        if of_4096 <= 0:
            return False
        number = sum(line.source == here.row and line.dest is CUSTOMER for line in self.lines) - 1
        stream = mix_int(here.fickle, world_key(self.seed, self.replication)) >> 1  # type: ignore[attr-defined]
        return mix_int(stream, number) >> 52 < of_4096

    def try_source(self, line: Line, place: int, now: int) -> None:
        """One place of the sourcing list gives what it can."""
        source = self.network.sources[place]
        if source["point"] < 0:
            self.send(line, line.open, None, place, False, now)  # type: ignore[attr-defined]
            return
        giver = self.points[int(source["point"])]
        hold = int(self.network.ways["hold"][source["way"]])
        can = min(line.open, self.free(giver, line.order_class, hold))
        if line.order_class == STOCK and giver.source >= 0:
            can = max(min(can, giver.position - giver.trigger - 1), 0)
        if can == 0 or (can < line.open and self.complete(line.order_class)):
            return
        self.give(giver, line, can, place, False, now)
        self.look_soon(giver, now)

    def give(self, giver: Point, line: Line, pieces: int, place: int, queued: bool, now: int) -> None:
        """Pieces leave a shelf."""
        giver.hand.change(-pieces, now)
        giver.shipped.append((now, pieces))
        self.send(line, pieces, giver.row, place, queued, now)  # type: ignore[attr-defined]

    def wait(self, line: Line, where: Point, via: int, now: int) -> None:
        """The rest of a line joins the end of a queue."""
        line.waits_at, line.waits_via, line.since = where.row, via, self.tick()  # type: ignore[attr-defined]
        where.owed[line.order_class].change(line.open, now)
        where.queue.append(line)

    # ---- ordering

    def after_change(self, here: Point, now: int) -> None:
        """A watched point orders at once; a reviewed one is due at its next review."""
        if not here.review:
            self.look(here, now)
        elif here.position <= here.trigger and here.due_since is None:
            here.due_since = self.tick()  # type: ignore[attr-defined]

    def look_soon(self, here: Point, now: int) -> None:
        """One that gave to another's line looks before anything else of this minute but receipts."""
        if here.review:
            self.after_change(here, now)
        elif here.row not in self.looks:  # type: ignore[attr-defined]
            self.looks.append(here.row)  # type: ignore[attr-defined]

    def look(self, here: Point, now: int) -> None:
        """Law 7 for one point."""
        here.due_since = None
        if here.position > here.trigger:
            return
        quantity = 0
        while here.position + quantity < here.up_to or quantity < here.minimum:
            quantity += here.lot
        if quantity and here.joint >= 0:
            self.wish(here, quantity, now)  # type: ignore[attr-defined]
        elif quantity:
            self.order(here, quantity, None if here.source < 0 else here.source, now)

    def order(self, here: Point, quantity: int, source: int | None, now: int, urge: bool = True) -> None:
        """A point places a replenishment line; unless it was offered, its source looks at its position at once."""
        number = here.placed
        here.placed += 1
        here.orders.append((now, quantity))
        here.ordered_level.change(quantity, now)
        self.ask(source, here.row, quantity, STOCK, number, now, urge=urge)

    # ---- why a line was not on the shelf

    def why(self, here: Point, quantity: int, now: int) -> str:
        """The one cause, as the world is when the line is asked."""
        if here.up_to <= 0 and here.trigger < 0:
            return "not stocked here"
        if here.hand.now >= quantity:
            return "reserved"
        if here.road.now:
            return "supplier late" if here.source < 0 and now > here.promised else "in customs or transit"
        if not here.ordered_level.now:
            return "stocked but out"
        top = here
        while top.ordered_level.now and not top.road.now:
            top = self.points[top.source]
        late = top.road.now and top.source < 0 and now > top.promised
        return "supplier late" if late else "upstream out"
