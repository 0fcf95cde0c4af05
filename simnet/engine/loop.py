"""The compiled clock's loop: part after part, each a small world, event by event.

Plain functions that the compiled clock compiles together with the rules. Array room is checked before each event,
against the most that one event can take; when it is short the loop returns FULL, the driver enlarges the arrays and
calls again where it stopped.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from simnet.engine.heap import drop
from simnet.engine.records import DONE, FULL, NOBODY, PHASE_BITS, QUANTITY_BITS, SEQUENCE_BITS, World
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


def run_part(world: World, tape: Any, upto: int, until: int) -> int:
    """Events of one part before minute `until`, the tape's lines up to row `upto`; receipts come before demand."""
    count = world.count
    while True:
        if cramped(world, 1):
            return FULL
        asked = until
        if count.demand < upto:
            asked = min(tape.minute[count.demand], until)
        now = until
        if count.heap > 0:
            now = world.heap[0].key >> (PHASE_BITS + SEQUENCE_BITS)
        if count.heap > 0 and now <= asked and now < until:
            phase = (world.heap[0].key >> SEQUENCE_BITS) & ((1 << PHASE_BITS) - 1)
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


def run_parts(world: World, tape: Any, lines: Any, points: Any, parts: int) -> int:
    """Part after part: open the books (stage 0), warm up (1), measure (2), close the books."""
    count = world.count
    while count.part < parts:
        first, last, upto = points[count.part], points[count.part + 1], lines[count.part + 1]
        if count.stage == 0:
            if cramped(world, last - first):
                return FULL
            start_part(world, first, last)
            count.stage = 1 if count.start > 0 else 2
        until = count.start if count.stage == 1 else count.end
        if run_part(world, tape, upto, until) == FULL:
            return FULL
        if count.stage == 1:
            start_measuring(world, first, last, count.start)
            count.stage = 2
        else:
            count.demand = upto  # a line at the horizon or after it does not happen
            close_books(world, first, last)
            count.stage = 0
            count.part += 1
    return DONE
