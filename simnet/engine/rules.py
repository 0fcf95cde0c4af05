"""The book of rules, written once: what happens to stock when lines are asked, shipped and received.

Two rules of the book: everything that changes the world is in this file, and nothing in it knows which
clock runs. `schedule(world, minute, phase, place, quantity)` and `draw(key, n)` (twelve bits of chance)
belong to the clock and are bound when it builds its namespace. No recursion: a request that climbs the
tiers is a loop. Law numbers refer to docs/semantics.md.

An integral is kept by its changes: a change of x pieces at minute t adds x * (end - t), so nothing has to be
touched in between.
"""

from __future__ import annotations

from simnet.engine.records import (
    BEFORE,
    CUSTOMER_CLASS,
    DEMAND,
    NOBODY,
    RECEIPT,
    REVIEW,
    STOCK_CLASS,
    SUPPLIER,
)

HALF, SHIFT = 1 << 23, 24  # the fixed point of lead-time shapes (simnet.leadtime)


def turn_month(world, now):
    """Move to the month of `now`."""
    count = world.count
    while now >= count.month_end:
        count.month += 1
        count.cell += count.sites * count.classes
        count.month_end = world.table[count.ends + count.month]


def put(world, here, quantity, now):
    """On hand changes by `quantity`, up or down (laws 2 and 10)."""
    count = world.count
    left = count.end - now
    before = here.on_hand
    here.on_hand = before + quantity
    here.on_hand_minutes += quantity * left
    if before == 0:
        here.stocked_minutes += left
    elif before + quantity == 0:
        here.stocked_minutes -= left
    month = world.month[count.cell + here.cell]
    month.on_hand_change += quantity
    month.on_hand_minutes += quantity * (count.month_end - now)
    month.stock_value_change += quantity * here.cost


def owe(world, here, flow, quantity, now):
    """What is owed changes by `quantity`, up or down."""
    count = world.count
    here.owed += quantity
    flow.owed += quantity
    flow.owed_minutes += quantity * (count.end - now)
    month = world.month[count.cell + here.cell]
    month.owed_change += quantity
    month.owed_minutes += quantity * (count.month_end - now)


def decide(here, now):
    """Law 7: at or under the trigger, the smallest number of lots that reaches up-to; else nothing."""
    position = here.on_hand + here.on_order - here.owed
    if position > here.trigger:
        return 0
    quantity = here.up_to - position
    lot = here.lot
    if lot > 1:
        quantity = (quantity + lot - 1) // lot * lot
    return quantity if quantity > here.minimum else here.minimum


def place(world, here, quantity, now):
    """A point places a replenishment line."""
    count = world.count
    here.placed += 1
    here.orders += 1
    here.ordered += quantity
    here.on_order += quantity
    month = world.month[count.cell + here.cell]
    month.orders += 1
    month.ordered += quantity


def ship(world, dest, quantity, number, leg, now):
    """Law 8: a lot leaves for `dest`; the number of its order on the lane decides its weather (law 3)."""
    count = world.count
    to = world.stock[dest]
    minutes = to.lead
    if to.shape >= 0:
        weather = draw(to.lane, number + (leg << 40))  # noqa: F821 - bound by the clock
        minutes = (minutes * world.table[to.shape + weather] + HALF) >> SHIFT
    arrival = now + minutes
    if to.orderly > 0:  # lots of this lane do not overtake each other
        if arrival < to.arrival:
            arrival = to.arrival
        to.arrival = arrival
    to.shipments += 1
    to.in_transit += quantity
    to.transit_minutes += quantity * (count.end - now)
    if arrival < count.end:
        schedule(world, arrival, RECEIPT, dest, quantity)  # noqa: F821 - bound by the clock
    return arrival


def note(world, where, dest, order_class, quantity, given, lost, now, done):
    """One row of the ledger; returns its number."""
    count = world.count
    row = count.rows
    count.rows = row + 1
    line = world.line[row]
    line.minute = now
    line.point = where
    line.dest = dest
    line.order_class = order_class
    line.quantity = quantity
    line.at_once = given
    line.lost = lost
    line.done = done
    return row


def enqueue(world, here, dest, short, order_class, number, now):
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


def count_customer(world, here, quantity, given):
    """The month's share of a customer's line."""
    month = world.month[world.count.cell + here.cell]
    month.lines += 1
    month.units += quantity
    month.value += quantity * here.price
    if given > 0:
        month.filled_units += given
        month.filled_value += given * here.price
        if given == quantity:
            month.filled_lines += 1


def fall_short(world, where, here, flow, dest, quantity, given, order_class, number, now, done):
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


def answer(world, where, here, dest, quantity, order_class, number, now):
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
        flow.filled_units += given
        if dest != NOBODY:
            done = ship(world, dest, given, number, 0, now)
    if given < quantity:
        fall_short(world, where, here, flow, dest, quantity, given, order_class, number, now, done)
        return
    flow.filled_lines += 1
    flow.complete_units += quantity
    if world.count.keep > 0:
        note(world, where, dest, order_class, quantity, given, 0, now, done)


def ask(world, where, dest, quantity, order_class, number, now):
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


def supply(world, dest, quantity, number, now):
    """An outside supplier is never short: the whole line ships."""
    done = ship(world, dest, quantity, number, 0, now)
    if world.count.keep > 0:
        note(world, SUPPLIER, dest, STOCK_CLASS, quantity, quantity, 0, now, done)


def plan_review(world, where, here, now):
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
        schedule(world, at, phase, where, 0)  # noqa: F821 - bound by the clock


def review(world, where, now):
    """A point looks at its position and orders if it is at or under its trigger (law 7)."""
    here = world.stock[where]
    here.reviewing = 0
    quantity = decide(here, now)
    if quantity > 0:
        number = here.placed
        place(world, here, quantity, now)
        if here.source == SUPPLIER:
            supply(world, where, quantity, number, now)
        else:
            ask(world, here.source, where, quantity, STOCK_CLASS, number, now)


def bin_of(world, minutes):
    """The histogram bin whose upper edge is the first at or above `minutes`."""
    count = world.count
    low = 0
    high = count.bins - 1
    while low < high:
        middle = (low + high) // 2
        if world.table[count.edges + middle] < minutes:
            low = middle + 1
        else:
            high = middle
    return low


def count_wait(world, here, flow, line, given, now):
    """A line asked after the warm-up has waited: pieces as they come, the line when it is complete."""
    count = world.count
    if line.asked < count.start:
        return
    minutes = now - line.asked
    cell = (here.site * count.order_classes + line.order_class) * 2 * count.bins + bin_of(world, minutes)
    flow.waited_minutes += given * minutes
    world.wait[cell + count.bins] += given
    if line.open == 0:
        flow.late_lines += 1
        flow.line_waited_minutes += minutes
        world.wait[cell] += 1


def serve(world, here, now):
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


def receive(world, where, quantity, now):
    """A lot arrives and serves the queue at once."""
    count = world.count
    here = world.stock[where]
    here.on_order -= quantity
    here.in_transit -= quantity
    here.transit_minutes -= quantity * (count.end - now)
    here.received += quantity
    put(world, here, quantity, now)
    if here.head != NOBODY:
        serve(world, here, now)


def happen(world, phase, place, quantity, now):
    """One event, named by its phase."""
    world.count.phase = phase
    if now >= world.count.month_end:
        turn_month(world, now)
    if phase == RECEIPT:
        receive(world, place, quantity, now)
    else:
        review(world, place, now)


def demand(world, where, quantity, order_class, now):
    """A customer asks a site for one line (law 5)."""
    count = world.count
    count.phase = DEMAND
    if now >= count.month_end:
        turn_month(world, now)
    ask(world, where, NOBODY, quantity, order_class, 0, now)


def open_books(world, first, last, now):
    """Minute 0 of one part: the opening position is put on the shelf (law 9)."""
    for where in range(last - 1, first - 1, -1):
        here = world.stock[where]
        if here.opening_on_hand > 0:
            put(world, here, here.opening_on_hand, now)
        if here.opening_on_order > 0:  # one lot that leaves at minute 0 and takes a whole lead time
            here.on_order += here.opening_on_order
            ship(world, where, here.opening_on_order, here.placed, 0, now)
            here.placed += 1
        if here.opening_owed > 0:  # one customer's line that has waited since before minute 0
            flow = world.flow[here.flow + CUSTOMER_CLASS]
            owe(world, here, flow, here.opening_owed, now)
            enqueue(world, here, NOBODY, here.opening_owed, CUSTOMER_CLASS, 0, BEFORE)


def first_reviews(world, first, last, now):
    """Every point looks at its opening position, the most downstream first."""
    for where in range(last - 1, first - 1, -1):
        review(world, where, now)


def start_measuring(world, first, last, now):
    """Law 9: the tallies of one part start here; what is on the shelf and on the road is carried over."""
    count = world.count
    left = count.end - now
    for where in range(first, last):
        here = world.stock[where]
        here.opening_on_hand = here.on_hand
        here.opening_on_order = here.on_order
        here.opening_in_transit = here.in_transit
        here.opening_owed = here.owed
        here.on_hand_minutes = here.on_hand * left
        here.on_order_minutes = (here.on_order - here.in_transit) * left
        here.transit_minutes = here.in_transit * left
        here.stocked_minutes = left if here.on_hand > 0 else 0
        here.ordered = 0
        here.received = 0
        here.shipped = 0
        here.orders = 0
        here.shipments = 0
        for row in range(here.flow, here.flow + count.order_classes):
            clear_flow(world.flow[row], left)


def clear_flow(flow, left):
    """What one class asked of one point starts from nothing but what is still owed."""
    flow.lines = 0
    flow.units = 0
    flow.filled_lines = 0
    flow.filled_units = 0
    flow.complete_units = 0
    flow.late_units = 0
    flow.lost_lines = 0
    flow.lost_units = 0
    flow.late_lines = 0
    flow.waited_minutes = 0
    flow.line_waited_minutes = 0
    flow.opening_owed = flow.owed
    flow.owed_minutes = flow.owed * left


def close_books(world, first, last):
    """The horizon of one part: lines still open are counted as censored and their records handed back."""
    count = world.count
    for where in range(first, last):
        here = world.stock[where]
        while here.head != NOBODY:
            name = here.head
            line = world.order[name]
            if line.asked >= count.start:
                flow = world.flow[here.flow + line.order_class]
                flow.open_lines += 1
                flow.open_units += line.open
                flow.open_minutes += line.open * (count.end - line.asked)
            here.head = line.next
            line.next = count.free
            count.free = name
            count.open -= 1
        for row in range(here.flow, here.flow + count.order_classes):
            here.owed_minutes += world.flow[row].owed_minutes
        here.on_order_minutes += here.transit_minutes  # until here it held what the source still owed


BOOK = [  # callees first: the order in which a clock binds them
    turn_month, put, owe, decide, place, ship, note, enqueue, count_customer, fall_short, answer, supply,
    plan_review, ask, review, bin_of, count_wait, serve, receive, happen, demand, open_books,
    first_reviews, clear_flow,     start_measuring, close_books,
]  # fmt: skip
