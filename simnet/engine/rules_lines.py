"""Rules of a line: it asks, is answered, and whoever falls to the trigger asks in turn (laws 5 and 7).

No recursion: a request that climbs the tiers is a loop.
"""

from __future__ import annotations

from simnet.engine.records import LOOK, NO_CAUSE, NOBODY, STOCK_CLASS, SUPPLIER, Stock, World
from simnet.engine.rules_count import count_customer, note
from simnet.engine.rules_short import cause_of, fall_short, free_for, open_line, plan_review
from simnet.engine.rules_stock import decide, place, put, reached
from simnet.engine.rules_ways import ship


def at_hand(world: World, here: Stock, order_class: int, quantity: int) -> int:
    """What a line gets of the shelf where it is short or contested: nobody overtakes; all or nothing if complete."""
    given = free_for(world, here, world.flow[here.flow + order_class])
    if given >= quantity:
        given = quantity
    elif world.rule[order_class].complete > 0:
        given = 0
    return given


def answer(
    world: World, where: int, here: Stock, dest: int, quantity: int, order_class: int, number: int, job: int, now: int
) -> None:
    """Law 5: a line asks a point. What is there for its class leaves at once."""
    flow = world.flow[here.flow + order_class]
    given = quantity
    cause = NO_CAUSE
    if here.on_hand - flow.reserve < quantity or here.open > 0:
        given = at_hand(world, here, order_class, quantity)
        if given < quantity and dest == NOBODY:
            cause = cause_of(world, where, here, quantity, now)
    flow.lines += 1
    flow.units += quantity
    if dest == NOBODY:
        count_customer(world, here, quantity, given)
    done = now
    if given > 0:
        put(world, here, -given, now)
        here.shipped += given
        if dest != NOBODY:
            done = ship(world, dest, given, number, 0, now)
    row = NOBODY
    if world.count.keep > 0:
        row = note(world, where, dest, order_class, quantity, given, now, done)
    if given == quantity:
        flow.filled_lines += 1
        flow.complete_units += quantity
        if job != NOBODY:
            world.outcome[job].done = now
    else:
        flow.filled_units += given
        name = open_line(world, where, dest, quantity, given, order_class, number, now)
        line = world.order[name]
        line.cause = cause
        line.job = job
        line.row = row
        line.done = done
        if row != NOBODY:
            world.line[row].cause = cause
        fall_short(world, name, here, flow, now)


def supply(world: World, dest: int, quantity: int, number: int, now: int) -> None:
    """An outside supplier is never short: the whole line ships."""
    done = ship(world, dest, quantity, number, 0, now)
    if world.count.keep > 0:
        note(world, SUPPLIER, dest, STOCK_CLASS, quantity, quantity, now, done)


def ask(world: World, where: int, dest: int, quantity: int, order_class: int, number: int, job: int, now: int) -> None:
    """A line asks `where`; whoever falls to the trigger asks its own source in turn (laws 5 and 7)."""
    while where != SUPPLIER:
        here = world.stock[where]
        answer(world, where, here, dest, quantity, order_class, number, job, now)
        if here.review > 0:
            plan_review(world, where, here, now)
            return
        quantity = decide(here, now)
        if quantity == 0:
            return
        number = here.placed
        place(world, here, quantity, now)
        order_class = STOCK_CLASS
        job = NOBODY
        dest = where
        where = here.source
    supply(world, dest, quantity, number, now)


def order(world: World, where: int, here: Stock, quantity: int, now: int) -> None:
    """A point orders at its source (law 7)."""
    number = here.placed
    place(world, here, quantity, now)
    if here.source == SUPPLIER:
        supply(world, where, quantity, number, now)
    else:
        ask(world, here.source, where, quantity, STOCK_CLASS, number, NOBODY, now)


def reorder(world: World, where: int, here: Stock, now: int) -> None:
    """A point at or under its trigger orders (law 7)."""
    quantity = decide(here, now)
    if quantity > 0:
        order(world, where, here, quantity, now)


def look(world: World, where: int, now: int) -> None:
    """A watched point looks at its position after it gave to another's line (law 5)."""
    here = world.stock[where]
    reached(world, LOOK, now)
    here.looking = 0
    reorder(world, where, here, now)
