"""Rules of stock that nobody asked for: offered to those below, and moved between sisters (law 6)."""

from __future__ import annotations

from simnet.engine.clock import schedule
from simnet.engine.records import BALANCE, NOBODY, STOCK_CLASS, Stock, World
from simnet.engine.rules_count import note
from simnet.engine.rules_lines import answer
from simnet.engine.rules_short import free_for, look_later
from simnet.engine.rules_stock import place, put, reached
from simnet.engine.rules_ways import deliver, travel


def wants(here: Stock, free: int) -> int:
    """Whole lots that bring a point's position up to its level, at most what is free."""
    lacks = here.up_to - here.on_hand - here.on_order + here.owed
    if lacks > free:
        lacks = free
    return lacks // here.lot * here.lot if lacks > 0 else 0


def barer(here: Stock, there: Stock) -> bool:
    """Whether one point has less for its size than another, on hand and on the road."""
    has = here.on_hand + here.in_transit - here.owed
    had = there.on_hand + there.in_transit - there.owed
    return has * max(there.up_to, 1) < had * max(here.up_to, 1)


def offer(world: World, where: int, here: Stock, now: int) -> None:
    """Push: what a receipt leaves is offered to the points below, the barest first (law 6)."""
    children = world.table[here.children]
    while True:
        free = free_for(world, here, world.flow[here.flow + STOCK_CLASS])
        best = NOBODY
        for each in range(1, children + 1):
            child = where + world.table[here.children + each]
            wanted = wants(world.stock[child], free)
            if wanted > 0 and (best == NOBODY or barer(world.stock[child], world.stock[best])):
                best = child
        if best == NOBODY:
            return
        to = world.stock[best]
        quantity = wants(to, free)
        number = to.placed
        place(world, to, quantity, now)
        answer(world, where, here, best, quantity, STOCK_CLASS, number, NOBODY, now)
        look_later(world, where, here, now)


def surplus(world: World, row: int) -> int:
    """What a sister could give: above its reserve and its hold-back, if nobody waits there."""
    source = world.source[row]
    giver = world.stock[source.point]
    free = free_for(world, giver, world.flow[giver.flow + STOCK_CLASS])
    above = giver.on_hand - world.way[source.way].hold
    return above if above < free else free


def move(world: World, row: int, where: int, quantity: int, now: int) -> None:
    """A sister sends pieces to a point: a line of class stock that travels between them."""
    here = world.stock[where]
    giving = world.source[row].point
    giver = world.stock[giving]
    place(world, here, quantity, now)
    here.placed -= 1  # not an order on its own lane
    here.orders += 1
    here.moved += quantity
    flow = world.flow[giver.flow + STOCK_CLASS]
    flow.lines += 1
    flow.units += quantity
    flow.filled_lines += 1
    flow.complete_units += quantity
    put(world, giver, -quantity, now)
    giver.shipped += quantity
    arrival = travel(world, row, here, quantity, now)
    deliver(world, here, where, quantity, arrival, now)
    if world.count.keep > 0:
        note(world, giving, where, STOCK_CLASS, quantity, quantity, now, arrival)
    look_later(world, giving, giver, now)


def balance(world: World, where: int, now: int) -> None:
    """Periodic balancing: a point with nothing on hand or on the road is helped by the sister with most (law 6)."""
    reached(world, BALANCE, now)
    here = world.stock[where]
    if now + here.balance < world.count.end:
        schedule(world, now + here.balance, BALANCE, where, 0)
    lacks = here.owed - here.on_hand - here.in_transit
    if here.up_to <= 0 or lacks < 0:
        return
    best = NOBODY
    most = 0
    for row in range(here.lateral, here.lateral + here.laterals):
        spare = surplus(world, row)
        if spare > most:
            best = row
            most = spare
    if best != NOBODY:
        quantity = lacks + min((here.up_to + 1) // 2, max(most - lacks, 0) // 2)
        if quantity > 0:
            move(world, best, where, min(quantity, most), now)
