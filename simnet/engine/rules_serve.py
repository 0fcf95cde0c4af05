"""Rules of serving those who wait: by rank and first come, by need, or until their patience ends (laws 5 and 6)."""

from __future__ import annotations

from simnet.engine.records import GAVE_UP, NOBODY, PATIENCE, Order, Stock, World
from simnet.engine.rules_count import count_travel, count_wait
from simnet.engine.rules_short import close_line, fulfilled, lose
from simnet.engine.rules_stock import owe, put, reached
from simnet.engine.rules_ways import ship, travel


def give(world: World, here: Stock, line: Order, given: int, now: int) -> None:
    """Stock serves a line that waits: for a point, or for a customer here or at the site that asked."""
    count = world.count
    flow = world.flow[here.flow + line.order_class]
    put(world, here, -given, now)
    owe(world, here, flow, -given, now)
    here.shipped += given
    flow.late_units += given
    line.open -= given
    at = now
    done = now
    if line.dest != NOBODY:
        done = ship(world, line.dest, given, line.number, line.leg, now)
        line.leg += 1
        world.stock[line.dest].on_order_minutes -= given * (count.end - now)
    elif line.via != NOBODY:
        at = travel(world, line.via, here, given, now)
        done = at
        count_travel(world, line, given, at, now)
    if done > line.done:
        line.done = done
    count_wait(world, line, given, at)


def leave(world: World, here: Stock, queue: int, before: int, name: int) -> None:
    """A line leaves its queue; `before` stands in front of it, or NOBODY."""
    line = world.order[name]
    at = world.queue[queue]
    if before == NOBODY:
        at.head = line.next
    else:
        world.order[before].next = line.next
    if at.tail == name:
        at.tail = before
    here.open -= 1


def serve_in_turn(world: World, here: Stock, queue: int, now: int) -> bool:
    """First come, first served; whether nobody is left."""
    while world.queue[queue].head != NOBODY:
        name = world.queue[queue].head
        line = world.order[name]
        given = here.on_hand - world.flow[here.flow + line.order_class].reserve
        if given > line.open:
            given = line.open
        if given <= 0 or (given < line.open and world.rule[line.order_class].complete > 0):
            return False
        give(world, here, line, given, now)
        if line.open > 0:
            return False
        leave(world, here, queue, NOBODY, name)
        fulfilled(world, line)
        close_line(world, name)
    return True


def hungrier(world: World, one: Order, other: Order) -> bool:
    """Whether the point behind `one` has less for its size than that behind `other`; customers have nothing."""
    if other.dest == NOBODY:
        return False
    if one.dest == NOBODY:
        return True
    here = world.stock[one.dest]
    there = world.stock[other.dest]
    has = here.on_hand + here.in_transit - here.owed + here.shared
    had = there.on_hand + there.in_transit - there.owed + there.shared
    return has * max(there.up_to, 1) < had * max(here.up_to, 1)


def share_out(world: World, here: Stock, queue: int) -> None:
    """Fair share: what is free goes piece by piece to the line whose point needs it most (law 6)."""
    left = here.on_hand
    while left > 0:
        best = NOBODY
        name = world.queue[queue].head
        while name != NOBODY:
            line = world.order[name]
            may = line.share < line.open and left > world.flow[here.flow + line.order_class].reserve
            if may and (best == NOBODY or hungrier(world, line, world.order[best])):
                best = name
            name = line.next
        if best == NOBODY:
            return
        line = world.order[best]
        line.share += 1
        left -= 1
        if line.dest != NOBODY:
            world.stock[line.dest].shared += 1


def serve_by_need(world: World, here: Stock, queue: int, now: int) -> bool:
    """Each line of the queue gets its fair share as one lot; whether nobody is left."""
    if world.queue[queue].head != NOBODY:
        share_out(world, here, queue)
    before = NOBODY
    name = world.queue[queue].head
    while name != NOBODY:
        line = world.order[name]
        follower = line.next
        given = line.share
        line.share = 0
        if line.dest != NOBODY:
            world.stock[line.dest].shared = 0
        if given > 0 and (given == line.open or world.rule[line.order_class].complete == 0):
            give(world, here, line, given, now)
        if line.open == 0:
            leave(world, here, queue, before, name)
            fulfilled(world, line)
            close_line(world, name)
        else:
            before = name
        name = follower
    return world.queue[queue].head == NOBODY


def serve(world: World, here: Stock, now: int) -> None:
    """Law 6: stock that is free serves the queues, the best rank first."""
    for queue in range(here.queues, here.queues + world.count.queues):
        if here.on_hand == 0:
            return
        served = serve_by_need(world, here, queue, now) if here.fair > 0 else serve_in_turn(world, here, queue, now)
        if not served:
            return


def give_up(world: World, name: int, stamp: int, now: int) -> None:
    """A customer's patience ends: what is still open is lost (law 5)."""
    reached(world, PATIENCE, now)
    line = world.order[name]
    if line.stamp != stamp:
        return  # served meanwhile
    here = world.stock[line.where]
    flow = world.flow[here.flow + line.order_class]
    queue = here.queues + flow.queue
    before = NOBODY
    each = world.queue[queue].head
    while each != name:
        before = each
        each = world.order[each].next
    leave(world, here, queue, before, name)
    owe(world, here, flow, -line.open, now)
    lose(world, line, flow, GAVE_UP, now)
    close_line(world, name)
    serve(world, here, now)
