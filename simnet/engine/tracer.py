"""A tracer: it stands around the rules of the SimPy clock and keeps what they do.

Nothing here changes what happens: a tracer looks before and after a rule, and the tally of a traced run is that of any
other. A clock without a tracer has nothing of it on its path.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from functools import partial
from typing import Any

from simnet.engine.records import GAVE_UP, NO_CAUSE, NOBODY, PATIENCE, SUPPLIER
from simnet.engine.rules_plan import PROPOSED
from simnet.engine.rules_time import gate, work
from simnet.engine.simpy_clock import SimPyClock
from simnet.engine.trace import Event, Line, Lot, Trace, shelf, shelves
from simnet.engine.world import lay_out, read_out
from simnet.network.joint import groups
from simnet.network.network import Network, Tape


def trace(network: Network, tape: Tape, part: int, *, seed: int, replication: int) -> Trace:
    """Run one part of a (cut) network on the SimPy clock, and keep what happens."""
    found = Trace(network, part)
    tracer = Tracer(found)
    clock = SimPyClock(lay_out(network, seed, replication, False, len(tape)), network.acting, tracer.wrap)
    at = part - network.first_part
    clock.run_group(tape, network.part_start, next(parts for parts in groups(network) if at in parts))
    found.tally = read_out(network, clock.to_arrays())
    found.events.sort(key=lambda event: event.minute)  # stable: within a minute as it happened
    return found


def first_of(world: Any, first: int, *_: int) -> int:
    """The point that a rule is called with."""
    return first


def place_of(world: Any, phase: int, place: int, *_: int) -> int:
    """The point that an event is about."""
    return int(world.order[place].origin) if phase == PATIENCE else place


FIRST_CALLED: dict[str, Callable[..., int]] = {
    **dict.fromkeys(("receive", "demand", "open_books", "start_measuring", "first_reviews", "close_books"), first_of),
    "happen": place_of,
}
"""The rules that the clock itself calls, and whom they are about."""


class Tracer:
    """Stands around the rules: `at_NAME(rule, world, ...)` calls the rule `NAME` and keeps what it did."""

    def __init__(self, found: Trace) -> None:
        self.found = found
        self.subject: Line | None = None
        self.by_stamp: dict[int, Line] = {}
        self.road: dict[tuple[int, int, int], deque[int]] = defaultdict(deque)
        self.numbers = 0
        self.way = ""
        self.position = 0
        self.giver: int | None = None
        self.arrival = 0
        self.arriving = NOBODY
        self.stages: tuple[int, ...] = ()
        self.company = len(found.network.joints) > 0
        """Whether other parts run in the same world."""
        self.heeded = True

    def wrap(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        """The rule as the clock is to call it."""
        around = getattr(self, f"at_{rule.__name__}", None)
        told = rule if around is None else partial(around, rule)
        if not self.company:
            return told
        if rule.__name__ in FIRST_CALLED:
            return partial(self.heed, rule, told, FIRST_CALLED[rule.__name__])
        return rule if around is None else lambda *args: (told if self.heeded else rule)(*args)

    def heed(self, rule: Any, told: Any, point_of: Callable[..., int], world: Any, *args: int) -> None:
        """Something happens to a part: it is kept if it is the one that is traced, not one that it meets."""
        self.heeded = world.stock[point_of(world, *args)].part == self.found.part
        (told if self.heeded else rule)(world, *args)

    def tell(self, minute: int, what: str, point: int, line: Line | None = None, **numbers: int) -> None:
        """Keep an event."""
        self.found.events.append(Event(minute, what, point, NOBODY if line is None else line.index, numbers))

    def begin(self, minute: int, point: int, dest: int, order_class: int, quantity: int) -> Line:
        """A line is asked."""
        line = Line(len(self.found.lines), 0, minute, point, dest, order_class, quantity)
        self.found.lines.append(line)
        return line

    def of(self, order: Any) -> Line:
        """The line that an ORDER record is about."""
        return self.by_stamp[order.stamp]

    # Asking (law 5)

    def at_answer(
        self, rule: Any, world: Any, where: int, here: Any, dest: int, quantity: int, order_class: int, number: int,
        job: int, now: int,
    ) -> None:  # fmt: skip
        """A point is asked for a line."""
        line = self.subject = self.begin(now, where, dest, order_class, quantity)
        line.row = job
        if dest == NOBODY:
            self.numbers += 1
            line.number = self.numbers
            line.shelves = shelves(world, where)
            self.tell(now, "asked", where, line, pieces=quantity)
        else:
            self.ordered(world, line, now)
        rule(world, where, here, dest, quantity, order_class, number, job, now)
        self.subject = None
        if line.short == 0 and dest == NOBODY:
            line.done = now
            self.tell(now, "shelf", where, line, pieces=quantity)

    def ordered(self, world: Any, line: Line, now: int) -> None:
        """A point orders."""
        line.way = self.way
        here = world.stock[line.dest]
        self.tell(
            now, "ordered", line.dest, line, pieces=line.quantity, source=line.point, position=self.position,
            trigger=here.trigger, up_to=here.up_to,
        )  # fmt: skip

    def at_place(self, rule: Any, world: Any, here: Any, quantity: int, now: int) -> None:
        """A point places an order: what its position was."""
        self.position = here.on_hand + here.on_order - here.owed
        rule(world, here, quantity, now)

    def at_supply(self, rule: Any, world: Any, dest: int, quantity: int, number: int, now: int) -> None:
        """An order goes to a supplier."""
        line = self.subject = self.begin(now, SUPPLIER, dest, 0, quantity)
        self.ordered(world, line, now)
        rule(world, dest, quantity, number, now)
        self.subject = None

    def at_open_line(self, rule: Any, world: Any, where: int, dest: int, *more: int) -> int:
        """A line that is not served at once gets a record."""
        name: int = rule(world, where, dest, *more)
        line = self.subject or self.begin(0, where, dest, world.order[name].order_class, 0)
        self.by_stamp[world.order[name].stamp] = line
        return name

    def at_fall_short(self, rule: Any, world: Any, name: int, here: Any, flow: Any, now: int) -> None:
        """The shelf does not cover a line."""
        order = world.order[name]
        line = self.of(order)
        line.short, line.cause = order.short, order.cause
        if line.dest == NOBODY and order.short < line.quantity:
            self.tell(now, "shelf", line.point, line, pieces=line.quantity - order.short)
        self.tell(now, "short", line.point, line, pieces=order.short, cause=order.cause, on_hand=here.on_hand)
        rule(world, name, here, flow, now)

    def at_take(self, rule: Any, world: Any, row: int, short: int, order_class: int, now: int) -> int:
        """A source of the sourcing list is asked."""
        source = world.source[row]
        before = shelf(world, source.point) if source.point != SUPPLIER else None
        given: int = rule(world, row, short, order_class, now)
        if given > 0:
            self.giver = source.point
        elif before is not None:
            reserve = world.flow[world.stock[source.point].flow + order_class].reserve
            self.tell(
                now, "nothing", source.point, self.subject, kind=world.way[source.way].kind, on_hand=before.on_hand,
                waiting=before.waiting, kept=max(reserve, world.way[source.way].hold),
            )  # fmt: skip
        return given

    def at_pass_on(self, rule: Any, world: Any, order: Any, row: int, given: int, now: int) -> None:
        """Pieces leave another source: a customer's are told here, a point's are a lot."""
        line = self.of(order)
        rule(world, order, row, given, now)
        if line.dest == NOBODY:
            line.passed += given
            kind = world.way[world.source[row].way].kind
            giver = SUPPLIER if self.giver is None else self.giver
            self.sent(now, "passed", giver, line, pieces=given, left=order.open, kind=kind, cut=order.cut)
        self.giver = None

    def sent(self, now: int, what: str, giver: int, line: Line, **numbers: int) -> None:
        """Pieces are on their way to a customer."""
        names = ("released", "picked", "departs", "there")
        stages = dict(zip(names, self.stages, strict=False))
        self.stages = ()
        self.tell(now, what, giver, line, arrival=self.arrival, **numbers, **stages)

    def at_await_turn(self, rule: Any, world: Any, name: int, order: Any, terms: Any, now: int) -> None:
        """What is left of a line waits."""
        line = self.of(order)
        rule(world, name, order, terms, now)
        line.waited += order.open
        ahead = world.stock[order.where].open - 1
        self.tell(now, "waits", order.where, line, pieces=order.open, ahead=ahead)

    def at_enqueue(self, rule: Any, world: Any, name: int, order: Any, where: int, now: int) -> None:
        """A debt from before minute 0 is told where it joins the queue."""
        line = self.of(order)
        rule(world, name, order, where, now)
        if line.number == 0 and line.dest == NOBODY:
            line.quantity = line.short = line.waited = order.open
            self.tell(0, "debt", where, line, pieces=order.open)

    def at_lose(self, rule: Any, world: Any, order: Any, flow: Any, kind: int, now: int) -> None:
        """What is open of a line is lost."""
        line = self.of(order)
        line.lost, line.gone, line.kind = order.open, now, kind
        point = order.where if kind == GAVE_UP else line.point
        self.tell(now, "lost", point, line, pieces=order.open, kind=kind)
        rule(world, order, flow, kind, now)

    def at_fulfilled(self, rule: Any, world: Any, order: Any) -> None:
        """A line has its last piece, or will have it then."""
        line = self.of(order)
        line.done = order.latest
        if line.dest == NOBODY:
            self.tell(order.latest, "done", line.point, line, waited=order.latest - line.minute)
        rule(world, order)

    def at_count_why(self, rule: Any, world: Any, order: Any, cause: int, at: int) -> None:
        """A customer's line counts as missed."""
        if order.dest == NOBODY and cause != NO_CAUSE:
            line = self.of(order)
            line.missed = cause
            self.tell(at, "missed", line.point, line, cause=cause)
        rule(world, order, cause, at)

    def at_censor(self, rule: Any, world: Any, order: Any) -> None:
        """A line still waits at the end."""
        line = self.of(order)
        self.tell(world.count.end, "open", order.where, line, pieces=order.open)
        rule(world, order)

    # Serving and traveling (laws 6 and 8)

    def at_give(self, rule: Any, world: Any, here: Any, order: Any, given: int, now: int) -> None:
        """A line that waits is served."""
        line = self.subject = self.of(order)
        self.giver = order.where
        rule(world, here, order, given, now)
        self.subject = self.giver = None
        if line.dest != NOBODY:
            return
        if order.via == NOBODY:
            self.tell(now, "served", order.where, line, pieces=given, left=order.open, lot=self.arriving)
        else:
            self.sent(now, "served", order.where, line, pieces=given, left=order.open, lot=self.arriving)

    def at_journey(self, rule: Any, world: Any, way: Any, minutes: int, now: int) -> int:
        """The stages of a way with hours."""
        released = gate(world, way.release, now)
        picked = work(world, way.hours, released, way.picking)
        departs = gate(world, way.departures, picked)
        done: int = rule(world, way, minutes, now)
        timed = way.release >= 0 or way.hours >= 0 or way.departures >= 0 or way.reception >= 0
        if timed and not self.stages:
            self.stages = (released, picked, departs, departs + minutes)
        return done

    def at_travel(self, rule: Any, world: Any, row: int, here: Any, quantity: int, now: int) -> int:
        """A lot leaves a source of a sourcing list."""
        self.stages = ()
        self.arrival = rule(world, row, here, quantity, now)
        return self.arrival

    def at_ship(self, rule: Any, world: Any, dest: int, *more: int) -> int:
        """A lot leaves on its lane, with a planned arrival."""
        self.stages = ()
        arrival: int = rule(world, dest, *more)
        self.found.lots[-1].due = world.stock[dest].due
        return arrival

    def at_deliver(self, rule: Any, world: Any, to: Any, dest: int, quantity: int, arrival: int, now: int) -> None:
        """A lot is on its way to a point."""
        line = self.subject
        giver = self.giver if self.giver is not None else SUPPLIER if line is None else line.point
        if line is None:
            giver = to.source
        lot = Lot(NOBODY if line is None else line.index, giver, dest, quantity, now, arrival, NOBODY, self.stages)
        self.stages = ()
        self.road[dest, arrival, quantity].append(len(self.found.lots))
        self.tell(now, "leaves", giver, line, lot=len(self.found.lots), pieces=quantity, dest=dest, arrival=arrival)
        self.found.lots.append(lot)
        rule(world, to, dest, quantity, arrival, now)

    def at_receive(self, rule: Any, world: Any, where: int, quantity: int, now: int) -> None:
        """A lot arrives."""
        number = self.road[where, now, quantity].popleft()
        lot = self.found.lots[number]
        line = None if lot.line == NOBODY else self.found.lines[lot.line]
        self.tell(now, "arrives", where, line, lot=number, pieces=quantity, giver=lot.giver)
        self.arriving = number
        rule(world, where, quantity, now)
        self.arriving = NOBODY

    # What makes a point order, and stock that nobody asked for (laws 6 and 7)

    def called(self, way: str, rule: Any, *given: Any) -> None:
        """Orders that a rule makes are told with what made them."""
        self.way, before = way, self.way
        rule(*given)
        self.way = before

    def at_review(self, rule: Any, world: Any, where: int, now: int) -> None:
        """A periodic look at the position."""
        here = world.stock[where]
        position = here.on_hand + here.on_order - here.owed
        self.tell(now, "review", where, None, position=position, trigger=here.trigger)
        self.called("review", rule, world, where, now)

    def at_join(self, rule: Any, world: Any, where: int, now: int) -> None:
        """An order that parts share is sent, or held."""
        here = world.stock[where]
        sheet = world.joint[here.joint + (now // world.joint[here.joint].every & 1)]
        held, pieces = here.held, here.wish
        self.called("review", rule, world, where, now)
        if here.held > held:
            self.tell(now, "held", where, None, pieces=pieces, value=sheet.value, minimum=sheet.minimum)

    def at_look(self, rule: Any, *given: Any) -> None:
        """A look after giving to another's line."""
        self.called("look", rule, *given)

    def at_offer(self, rule: Any, *given: Any) -> None:
        """A push to the points below."""
        self.called("push", rule, *given)

    def at_move(self, rule: Any, world: Any, row: int, where: int, quantity: int, now: int) -> None:
        """A sister helps."""
        line = self.subject = self.begin(now, world.source[row].point, where, 0, quantity)
        line.way = "balance"
        self.giver = line.point
        self.tell(now, "balanced", where, line, pieces=quantity, source=line.point)
        rule(world, row, where, quantity, now)
        self.subject = self.giver = None

    def at_plan(self, rule: Any, world: Any, where: int, now: int) -> None:
        """The end of a planning period: what changed."""
        here = world.stock[where]
        own = world.plan[here.plan]
        listed, up_to, proposals, at = own.listed, here.up_to, own.proposals, len(self.found.events)
        self.called("plan", rule, world, where, now)
        level, what = here.up_to, ""
        if own.listed != listed:
            what = "listed" if own.listed else "delisted"
        elif level != up_to:
            what = "level"
        elif own.proposals > proposals:
            what, level = "refused", world.memory[own.ring + 2 * own.cells + PROPOSED]
        if what:  # told before what follows from it
            self.found.events.insert(at, Event(now, what, where, NOBODY, {"before": up_to, "up_to": level}))

    def at_send_back(self, rule: Any, world: Any, where: int, quantity: int, now: int) -> None:
        """Buy-back: pieces go back to the source."""
        self.tell(now, "sent back", where, None, pieces=quantity, source=world.stock[where].source)
        rule(world, where, quantity, now)

    def at_take_back(self, rule: Any, world: Any, where: int, quantity: int, now: int) -> None:
        """Pieces that were sent back are there."""
        self.tell(now, "came back", where, None, pieces=quantity)
        rule(world, where, quantity, now)
