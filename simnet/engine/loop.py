"""The compiled clock's loop: part after part, each a small world, event by event.

Parts that share orders run up to each minute of an order in turn, and wait there for the others: what they share they
share at these barriers only. Between them a part is parked: its counters in a record, its events in a ring.

Plain functions that the compiled clock compiles together with the rules. Array room is checked before each event,
against the most that one event can take; when it is short the loop returns FULL, the driver enlarges the arrays and
calls again where it stopped.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from simnet.engine.heap import drop
from simnet.engine.records import DONE, FULL, JOINED, NOBODY, PHASE_BITS, QUANTITY_BITS, SEQUENCE_BITS, World
from simnet.engine.rules_books import close_books, first_reviews, open_books, start_measuring
from simnet.engine.rules_events import demand, happen

SPARE = 16


class Lines(NamedTuple):
    """The tape's columns."""

    point: Any
    quantity: Any
    order_class: Any
    minute: Any


def cramped(world: World, events: int) -> bool:
    """Whether the next `events` events might not find room: each one adds at most `reach`."""
    count = world.count
    lines = events * count.reach + SPARE
    short = count.room_orders - count.open < lines or count.room_events - count.heap - count.open < 2 * lines
    if short or (count.keep > 0 and count.room_rows - count.rows < 2 * lines):
        count.need = lines
        return True
    return False


def run_part(world: World, tape: Any, upto: int, until: int, before: int) -> int:
    """Events of one part before phase `before` of minute `until`, the tape's lines up to row `upto`.

    Receipts come before demand.
    """
    count = world.count
    limit = ((until << PHASE_BITS) | before) << SEQUENCE_BITS
    while True:
        if cramped(world, 1):
            return FULL
        asked = until
        if count.demand < upto:
            asked = min(tape.minute[count.demand], until)
        key = limit
        if count.heap > 0:
            key = world.heap[0].key
        now = key >> (PHASE_BITS + SEQUENCE_BITS)
        if key < limit and now <= asked:
            phase = (key >> SEQUENCE_BITS) & ((1 << PHASE_BITS) - 1)
            load = world.heap[0].load
            drop(world)
            happen(world, phase, load >> QUANTITY_BITS, load & ((1 << QUANTITY_BITS) - 1), now)
        elif asked < until:
            line = count.demand
            count.demand = line + 1
            job = line if count.jobs > 0 else NOBODY
            demand(world, tape.point[line], tape.quantity[line], tape.order_class[line], job, asked)
        else:
            return DONE


def start_part(world: World, first: int, last: int) -> None:
    """Minute 0 of a part: counters of its own, then the opening position."""
    count = world.count
    count.seq = 0
    count.heap = 0
    count.month = 0
    count.cell = 0
    count.month_end = world.table[count.ends]
    count.minute = 0
    count.phase = 0
    now = count.minute  # for Numba a 0 written here is a type of its own, and all that is called a version for it
    open_books(world, first, last, now)
    if count.start == 0:
        start_measuring(world, first, last, now)
    first_reviews(world, first, last, now)


def park(world: World) -> None:
    """The part at hand waits at the barrier."""
    count = world.count
    kept = world.park[count.part]
    kept.events = count.heap
    kept.stage = count.stage
    kept.demand = count.demand
    kept.seq = count.seq
    kept.month = count.month
    kept.cell = count.cell
    kept.month_end = count.month_end
    kept.minute = count.minute
    kept.phase = count.phase
    for event in range(count.heap):
        at = (count.first_parked + count.parked) % count.room_parked
        world.parking[at].key = world.heap[event].key
        world.parking[at].load = world.heap[event].load
        count.parked += 1
    count.live = 0


def unpark(world: World) -> None:
    """The part at hand goes on from where it waited; its events are the first of the ring."""
    count = world.count
    kept = world.park[count.part]
    count.heap = kept.events
    count.stage = kept.stage
    count.demand = kept.demand
    count.seq = kept.seq
    count.month = kept.month
    count.cell = kept.cell
    count.month_end = kept.month_end
    count.minute = kept.minute
    count.phase = kept.phase
    for event in range(count.heap):
        world.heap[event].key = world.parking[count.first_parked].key
        world.heap[event].load = world.parking[count.first_parked].load
        count.first_parked = (count.first_parked + 1) % count.room_parked
        count.parked -= 1
    count.live = 1


def next_barrier(world: World) -> int:
    """All parts have come to the barrier: the next one, at which an order that parts share is due; 0 at the end."""
    count = world.count
    if count.barrier >= count.end:
        return 0
    soon = count.end
    for row in range(count.joints):
        every = world.joint[row].every
        soon = min(soon, (count.barrier // every + 1) * every)
    count.barrier = soon
    count.part = 0
    return 1


def end_part(world: World, first: int, last: int, upto: int) -> None:
    """The horizon of a part, for which nothing is left to come."""
    count = world.count
    count.demand = upto  # a line at the horizon or after it does not happen
    close_books(world, first, last)
    count.heap = 0
    count.stage = 0
    if count.joints > 0:
        count.stage = 3
        park(world)
    count.part += 1


def run_parts(world: World, tape: Any, lines: Any, points: Any, parts: int) -> int:
    """Part after part: open the books (stage 0), warm up (1), measure (2), close the books (3)."""
    count = world.count
    while count.part < parts or next_barrier(world) > 0:
        first, last, upto = points[count.part], points[count.part + 1], lines[count.part + 1]
        until = count.end
        before = 0
        if count.joints > 0:
            kept = world.park[count.part]
            if count.live == 0:
                if kept.stage == 3:
                    count.part += 1
                    continue
                unpark(world)
            if kept.meets > 0 and count.barrier < count.end:
                until = count.barrier
                before = JOINED
        if count.stage == 0:
            if cramped(world, last - first):
                return FULL
            count.demand = lines[count.part]
            start_part(world, first, last)
            count.stage = 1 if count.start > 0 else 2
        if count.stage == 1 and count.start <= until:
            until = count.start
            before = 0
        if run_part(world, tape, upto, until, before) == FULL:
            return FULL
        if before > 0:
            if count.room_parked - count.parked < count.heap:
                count.need = count.heap
                return FULL
            park(world)
            count.part += 1
        elif count.stage == 1:
            start_measuring(world, first, last, count.start)
            count.stage = 2
        else:
            end_part(world, first, last, upto)
    return DONE


STEPS = (start_part, run_part, park, unpark, next_barrier, end_part)
"""What `run_parts` is made of, callees first."""
