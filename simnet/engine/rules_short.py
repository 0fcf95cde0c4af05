"""Rules of a line that the shelf does not cover: will-fit, the sourcing list, waiting, patience, loss (law 5)."""

from __future__ import annotations

from simnet.engine.clock import draw, schedule
from simnet.engine.records import (
    AFTER_CUT_OFF,
    GAVE_UP,
    IN_TRANSIT,
    LOOK,
    LOST,
    LOST_PATIENCE,
    NO_CAUSE,
    NOBODY,
    NOT_SERVED,
    NOT_STOCKED,
    OUT,
    PATIENCE,
    QUANTITY_BITS,
    RESERVED,
    REVIEW,
    STOCK_CLASS,
    SUPPLIER,
    SUPPLIER_LATE,
    UPSTREAM_OUT,
    WAITED,
    WILL_FIT,
    Flow,
    Order,
    Stock,
    World,
)
from simnet.engine.rules_count import (
    count_end,
    count_kind,
    count_missed,
    count_opened,
    count_travel,
    count_wait,
    count_why,
)
from simnet.engine.rules_stock import owe, put
from simnet.engine.rules_ways import deliver, late_release, travel

STAMPS = (1 << QUANTITY_BITS) - 1


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


def look_later(world: World, where: int, here: Stock, now: int) -> None:
    """A point that gave to another's line looks at its position: next in this minute, or at its review (law 5)."""
    if here.review > 0:
        plan_review(world, where, here, now)
    elif here.looking == 0:
        here.looking = 1
        schedule(world, now, LOOK, where, 0)


def free_for(world: World, here: Stock, flow: Flow) -> int:
    """What a class may take from the shelf: nobody overtakes a queue of its own rank or a better one."""
    free = here.on_hand - flow.reserve
    if free < 0:
        free = 0
    if here.open > 0:
        for queue in range(here.queues, here.queues + flow.queue + 1):
            if world.queue[queue].head != NOBODY:
                free = 0
    return free


def cause_of(world: World, where: int, here: Stock, quantity: int, now: int) -> int:
    """Why the shelf does not cover a customer's line."""
    if here.up_to <= 0 and here.trigger < 0:
        return NOT_STOCKED
    if here.on_hand >= quantity:
        return RESERVED
    first = where
    while here.in_transit == 0 and here.on_order > 0:  # its source owes it: look there
        where = here.source
        here = world.stock[where]
    if here.in_transit > 0 and here.source == SUPPLIER and now > here.due:
        return SUPPLIER_LATE
    if where != first:
        return UPSTREAM_OUT
    return IN_TRANSIT if here.in_transit > 0 else OUT


def take(world: World, row: int, short: int, order_class: int, now: int) -> int:
    """What one source of the list gives of `short` pieces: above its reserve for the class and its hold-back."""
    source = world.source[row]
    if source.point == SUPPLIER:
        return short
    giver = world.stock[source.point]
    flow = world.flow[giver.flow + order_class]
    given = free_for(world, giver, flow)
    if given > giver.on_hand - world.way[source.way].hold:
        given = giver.on_hand - world.way[source.way].hold
    if order_class == STOCK_CLASS and giver.source != SUPPLIER:  # only what it need not order again
        spare = giver.on_hand + giver.on_order - giver.owed - giver.trigger - 1
        if given > spare:
            given = spare
    if given > short:
        given = short
    if given <= 0 or (given < short and world.rule[order_class].complete > 0):
        return 0
    put(world, giver, -given, now)
    giver.shipped += given
    flow.taken_lines += 1
    flow.taken_units += given
    flow.given_units += given
    look_later(world, source.point, giver, now)
    return given


def pass_on(world: World, line: Order, row: int, given: int, now: int) -> None:
    """Pieces of a line leave another source: for the customer, or for the point that asked."""
    origin = world.stock[line.origin]
    line.open -= given
    kind = world.way[world.source[row].way].kind
    if kind > line.kind:
        line.kind = kind
    arrival = travel(world, row, origin, given, now)
    if arrival > line.done:
        line.done = arrival
    if line.dest == NOBODY:
        if arrival >= line.latest:  # the piece that the customer has to wait for
            line.cut = late_release(world, row, now)
        count_travel(world, line, given, arrival, now)
        count_kind(world, line, kind, 0, given)
        count_wait(world, line, given, arrival)
    else:
        deliver(world, world.stock[line.dest], line.dest, given, arrival, now)
        count_wait(world, line, given, now)


def ask_others(world: World, line: Order, terms: Flow, now: int) -> None:
    """The sourcing list, source by source: whoever has stock ships (law 5)."""
    for row in range(terms.source, terms.source + terms.sources):
        given = take(world, row, line.open, line.order_class, now)
        if given > 0:
            pass_on(world, line, row, given, now)
            if line.open == 0:
                return


def passed_to(world: World, line: Order, flow: Flow, pieces: int) -> None:
    """Pieces asked here are another's affair now."""
    flow.passed_lines += 1
    flow.passed_units += pieces
    if line.row != NOBODY:
        world.line[line.row].passed += pieces


def lose(world: World, line: Order, flow: Flow, kind: int, now: int) -> None:
    """What is still open of a line is gone (law 5)."""
    flow.lost_lines += 1
    flow.lost_units += line.open
    if line.row != NOBODY:
        world.line[line.row].lost += line.open
    if line.dest == NOBODY:
        if kind == GAVE_UP:
            count_kind(world, line, kind, 1, line.open)
            count_why(world, line, LOST_PATIENCE, now)
        else:
            line.kind = kind
            count_kind(world, line, kind, 0, line.open)
            count_missed(world, line)
            count_why(world, line, line.cause, now)
    line.open = 0
    if now > line.done:
        line.done = now
    count_end(world, line, LOST)


def fulfilled(world: World, line: Order) -> None:
    """A line has its last piece."""
    if line.dest == NOBODY:
        judge(world, line)
    elif line.row != NOBODY:
        count_end(world, line, line.latest)


def judge(world: World, line: Order) -> None:
    """A customer has his last piece: was it in time, and if not, why?"""
    need_by = world.rule[line.order_class].need_by
    if need_by == 0:
        count_why(world, line, line.cause, line.latest)
    elif line.latest - line.asked > need_by:
        found = line.cut > 0 and line.kind < WAITED
        count_why(world, line, AFTER_CUT_OFF if found else line.cause, line.latest)
    count_end(world, line, line.latest)


def enqueue(world: World, name: int, line: Order, where: int, now: int) -> None:
    """What is still open of a line waits at the end of its queue (law 5)."""
    here = world.stock[where]
    flow = world.flow[here.flow + line.order_class]
    owe(world, here, flow, line.open, now)
    here.open += 1
    line.where = where
    line.next = NOBODY
    queue = world.queue[here.queues + flow.queue]
    if queue.head == NOBODY:
        queue.head = name
    else:
        world.order[queue.tail].next = name
    queue.tail = name


def await_turn(world: World, name: int, line: Order, terms: Flow, now: int) -> None:
    """A line waits where its class says: at the point asked, or at a source that sends it on (law 5)."""
    where = line.origin
    line.via = terms.wait_at
    if line.via != NOBODY:
        where = world.source[line.via].point
        flow = world.flow[world.stock[where].flow + line.order_class]
        flow.taken_lines += 1
        flow.taken_units += line.open
    enqueue(world, name, line, where, now)
    if line.via != NOBODY:
        look_later(world, where, world.stock[where], now)
    if line.dest == NOBODY:
        keep_waiting(world, name, line, now)
    else:
        world.stock[line.dest].on_order_minutes += line.open * (world.count.end - now)
        if line.row != NOBODY:
            count_opened(world, line)


def keep_waiting(world: World, name: int, line: Order, now: int) -> None:
    """A customer waits, as long as his patience lasts."""
    line.kind = WAITED
    count_kind(world, line, WAITED, 0, line.open)
    count_missed(world, line)
    count_opened(world, line)
    patience = world.rule[line.order_class].patience
    if patience > 0 and now + patience < world.count.end:
        schedule(world, now + patience, PATIENCE, name, line.stamp)


def open_line(
    world: World, where: int, dest: int, quantity: int, given: int, order_class: int, number: int, now: int
) -> int:
    """A record for a line that is not served at once; returns its name."""
    count = world.count
    name = count.free
    line = world.order[name]
    count.free = line.next
    count.open += 1
    count.stamp = (count.stamp + 1) & STAMPS
    line.stamp = count.stamp
    line.where = where
    line.origin = where
    line.dest = dest
    line.via = NOBODY
    line.order_class = order_class
    line.number = number
    line.quantity = quantity
    line.short = quantity - given
    line.open = quantity - given
    line.asked = now
    line.latest = now
    line.done = now
    line.leg = 1 if given > 0 else 0
    line.kind = 0
    line.cut = 0
    line.share = 0
    line.row = NOBODY
    line.job = NOBODY
    line.cause = NO_CAUSE
    return name


def close_line(world: World, name: int) -> None:
    """The record of a line that ended is free for another."""
    count = world.count
    line = world.order[name]
    line.stamp = -1
    line.next = count.free
    count.free = name
    count.open -= 1


def fall_short(world: World, name: int, here: Stock, flow: Flow, now: int) -> None:
    """What the shelf does not cover: will-fit, then the sourcing list, then a queue, or it is lost (law 5)."""
    line = world.order[name]
    terms = flow
    if line.dest != NOBODY:
        terms = world.flow[world.stock[line.dest].flow + line.order_class]
    elif flow.will_fit > 0 and draw(here.fickle, here.asked - 1) < flow.will_fit:  # he buys elsewhere
        lose(world, line, flow, WILL_FIT, now)
        close_line(world, name)
        return
    if terms.sources > 0:
        ask_others(world, line, terms, now)
    waits = line.open > 0 and world.rule[line.order_class].lost == 0
    if waits and line.dest == NOBODY and terms.wait_at != NOBODY:
        passed_to(world, line, flow, line.short)
    elif line.open < line.short:
        passed_to(world, line, flow, line.short - line.open)
    if waits:
        await_turn(world, name, line, terms, now)
        return
    if line.open > 0:
        lose(world, line, flow, NOT_SERVED, now)
    else:
        if line.dest == NOBODY:
            count_missed(world, line)
        fulfilled(world, line)
    close_line(world, name)
