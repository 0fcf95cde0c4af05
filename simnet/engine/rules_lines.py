"""Rules of a line: it asks, is answered, waits, is served; whoever falls to the trigger asks in turn (laws 5 to 7).

No recursion: a request that climbs the tiers is a loop.
"""

from __future__ import annotations

from simnet.engine.clock import schedule
from simnet.engine.records import (
    DEMAND,
    NOBODY,
    RECEIPT,
    REVIEW,
    STOCK_CLASS,
    SUPPLIER,
    Flow,
    Order,
    Stock,
    World,
)
from simnet.engine.rules_count import count_customer, count_wait, note
from simnet.engine.rules_stock import decide, owe, place, put, ship, turn_month


def enqueue(
    world: World, here: Stock, dest: int, short: int, order_class: int, number: int, now: int
) -> Order:
    """The rest of a line waits at the end of the queue (law 5)."""
    count = world.count
    name = count.free
    line = world.order[name]
    count.free = line.next
    count.open += 1
    line.dest = dest
    line.open = short
    line.asked = now
    line.order_class = order_class
    line.number = number
    line.leg = 0
    line.row = NOBODY
    line.done = now
    line.next = NOBODY
    if here.head == NOBODY:
        here.head = name
    else:
        world.order[here.tail].next = name
    here.tail = name
    return line


def fall_short(
    world: World, where: int, here: Stock, flow: Flow, dest: int, quantity: int, given: int, order_class: int,
    number: int, now: int, done: int,
) -> None:
    """What a source does not have waits its turn or is lost, as the order class says."""
    count = world.count
    short = quantity - given
    if world.rule[order_class].lost > 0:
        flow.lost_lines += 1
        flow.lost_units += short
        if count.keep > 0:
            note(world, where, dest, order_class, quantity, given, short, now, done)
        return
    owe(world, here, flow, short, now)
    if dest != NOBODY:
        world.stock[dest].on_order_minutes += short * (count.end - now)
    line = enqueue(world, here, dest, short, order_class, number, now)
    if given > 0:
        line.leg = 1
    if count.keep > 0:
        line.done = done
        line.row = note(world, where, dest, order_class, quantity, given, 0, now, NOBODY)


def answer(
    world: World, where: int, here: Stock, dest: int, quantity: int, order_class: int, number: int, now: int
) -> None:
    """Law 5: a line asks a source. What is there leaves at once, but nobody overtakes the queue."""
    flow = world.flow[here.flow + order_class]
    given = quantity
    if here.on_hand < quantity or here.head != NOBODY:
        given = here.on_hand
        if here.head != NOBODY or world.rule[order_class].complete > 0:
            given = 0
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
    if given < quantity:
        flow.filled_units += given
        fall_short(world, where, here, flow, dest, quantity, given, order_class, number, now, done)
        return
    flow.filled_lines += 1
    flow.complete_units += quantity
    if world.count.keep > 0:
        note(world, where, dest, order_class, quantity, given, 0, now, done)


def supply(world: World, dest: int, quantity: int, number: int, now: int) -> None:
    """An outside supplier is never short: the whole line ships."""
    done = ship(world, dest, quantity, number, 0, now)
    if world.count.keep > 0:
        note(world, SUPPLIER, dest, STOCK_CLASS, quantity, quantity, 0, now, done)


def plan_review(world: World, where: int, here: Stock, now: int) -> None:
    """The next review that sees this change: reviews of a minute run before its demand, downstream first."""
    if here.reviewing > 0 or here.on_hand + here.on_order - here.owed > here.trigger:
        return
    count = world.count
    phase = REVIEW + here.level
    at = now // here.review * here.review
    if at < now or count.phase >= phase:  # this minute's review, if any, has passed
        at += here.review
    if at < count.end:
        here.reviewing = 1
        schedule(world, at, phase, where, 0)


def ask(world: World, where: int, dest: int, quantity: int, order_class: int, number: int, now: int) -> None:
    """A line asks `where`; whoever falls to the trigger asks its own source in turn (laws 5 and 7)."""
    while where != SUPPLIER:
        here = world.stock[where]
        answer(world, where, here, dest, quantity, order_class, number, now)
        if here.review > 0:
            plan_review(world, where, here, now)
            return
        quantity = decide(here, now)
        if quantity == 0:
            return
        number = here.placed
        place(world, here, quantity, now)
        order_class = STOCK_CLASS
        dest = where
        where = here.source
    supply(world, dest, quantity, number, now)


def review(world: World, where: int, now: int) -> None:
    """A point looks at its position and orders if it is at or under its trigger (law 7)."""
    count = world.count
    here = world.stock[where]
    count.phase = REVIEW + here.level
    if now >= count.month_end:
        turn_month(world, now)
    here.reviewing = 0
    quantity = decide(here, now)
    if quantity > 0:
        number = here.placed
        place(world, here, quantity, now)
        if here.source == SUPPLIER:
            supply(world, where, quantity, number, now)
        else:
            ask(world, here.source, where, quantity, STOCK_CLASS, number, now)


def serve(world: World, here: Stock, now: int) -> None:
    """Law 6: stock that is free serves the queue in the order of asking."""
    count = world.count
    while here.on_hand > 0 and here.head != NOBODY:
        name = here.head
        line = world.order[name]
        given = line.open if line.open < here.on_hand else here.on_hand
        if given < line.open and world.rule[line.order_class].complete > 0:
            return
        flow = world.flow[here.flow + line.order_class]
        put(world, here, -given, now)
        owe(world, here, flow, -given, now)
        here.shipped += given
        flow.late_units += given
        line.open -= given
        count_wait(world, here, flow, line, given, now)
        done = now
        if line.dest != NOBODY:
            done = ship(world, line.dest, given, line.number, line.leg, now)
            line.leg += 1
            world.stock[line.dest].on_order_minutes -= given * (count.end - now)
        if done > line.done:
            line.done = done
        if line.open == 0:
            if line.row != NOBODY:
                world.line[line.row].done = line.done
            here.head = line.next
            line.next = count.free
            count.free = name
            count.open -= 1


def receive(world: World, where: int, quantity: int, now: int) -> None:
    """A lot arrives and serves the queue at once."""
    count = world.count
    if now >= count.month_end:
        turn_month(world, now)
    here = world.stock[where]
    here.on_order -= quantity
    here.in_transit -= quantity
    here.transit_minutes -= quantity * (count.end - now)
    here.received += quantity
    put(world, here, quantity, now)
    if here.head != NOBODY:
        serve(world, here, now)


def happen(world: World, phase: int, place: int, quantity: int, now: int) -> None:
    """One event, named by its phase."""
    if phase == RECEIPT:
        receive(world, place, quantity, now)
    else:
        review(world, place, now)


def demand(world: World, where: int, quantity: int, order_class: int, now: int) -> None:
    """A customer asks a site for one line (law 5)."""
    count = world.count
    count.phase = DEMAND
    if now >= count.month_end:
        turn_month(world, now)
    ask(world, where, NOBODY, quantity, order_class, 0, now)
