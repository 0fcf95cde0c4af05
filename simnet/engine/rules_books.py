"""Rules of the books: minute 0, the end of the warm-up, the horizon (law 9)."""

from __future__ import annotations

from simnet.engine.clock import schedule
from simnet.engine.records import BALANCE, BEFORE, CUSTOMER_CLASS, NO_CAUSE, NOBODY, Flow, Order, Stock, World
from simnet.engine.rules_count import count_why
from simnet.engine.rules_lines import reorder
from simnet.engine.rules_plan import first_plan
from simnet.engine.rules_short import close_line, enqueue, open_line, plan_review
from simnet.engine.rules_stock import put
from simnet.engine.rules_ways import ship


def open_books(world: World, first: int, last: int, now: int) -> None:
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
            name = open_line(world, where, NOBODY, here.opening_owed, 0, CUSTOMER_CLASS, 0, BEFORE)
            enqueue(world, name, world.order[name], where, now)


def first_reviews(world: World, first: int, last: int, now: int) -> None:
    """Every point looks at its opening position, the most downstream first; reviewed ones wait for their phase."""
    for where in range(last - 1, first - 1, -1):
        here = world.stock[where]
        if here.review > 0:
            plan_review(world, where, here, now)
        else:
            reorder(world, where, here, now)
        if here.balance > 0 and here.balance < world.count.end:
            schedule(world, here.balance, BALANCE, where, 0)
        if here.plan >= 0:
            first_plan(world, where, here)


def clear_flow(flow: Flow, left: int) -> None:
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
    flow.passed_lines = 0
    flow.passed_units = 0
    flow.taken_lines = 0
    flow.taken_units = 0
    flow.given_units = 0
    flow.travel_minutes = 0
    flow.opening_owed = flow.owed
    flow.owed_minutes = flow.owed * left


def start_measuring(world: World, first: int, last: int, now: int) -> None:
    """Law 9: the tallies of one part start here; what is on the shelf and on the road is carried over."""
    count = world.count
    left = count.end - now
    for where in range(first, last):
        here = world.stock[where]
        here.opening_on_hand = here.on_hand
        here.opening_on_order = here.on_order
        here.opening_in_transit = here.in_transit
        here.opening_owed = here.owed
        here.opening_returning = here.returning
        here.on_hand_minutes = here.on_hand * left
        here.on_order_minutes = (here.on_order - here.in_transit) * left
        here.transit_minutes = here.in_transit * left
        here.stocked_minutes = left if here.on_hand > 0 else 0
        here.ordered = 0
        here.received = 0
        here.shipped = 0
        here.returned = 0
        here.taken_back = 0
        here.moved = 0
        here.wished = 0
        here.held = 0
        here.orders = -here.placed
        here.shipments = 0
        for row in range(here.flow, here.flow + count.order_classes):
            clear_flow(world.flow[row], left)


def sum_up(world: World, here: Stock) -> None:
    """What the hot rules leave to the end, because it follows from what they count."""
    for row in range(here.flow, here.flow + world.count.order_classes):
        flow = world.flow[row]
        flow.filled_units += flow.complete_units  # until here it held the pieces of incomplete lines
        here.owed_minutes += flow.owed_minutes
    here.orders += here.placed
    here.on_order_minutes += here.transit_minutes  # until here it held what the source still owed


def censor(world: World, line: Order) -> None:
    """A line that still waits at the horizon is counted where it was asked, with its minutes so far."""
    count = world.count
    waited = count.end - line.asked
    if line.asked >= count.start:
        flow = world.flow[world.stock[line.origin].flow + line.order_class]
        flow.open_lines += 1
        flow.open_units += line.open
        flow.open_minutes += line.open * waited
        if line.cause != NO_CAUSE and waited > world.rule[line.order_class].need_by:
            count_why(world, line, line.cause, count.end)


def close_books(world: World, first: int, last: int) -> None:
    """The horizon of one part: lines still open are counted as censored and their records handed back."""
    for where in range(first, last):
        here = world.stock[where]
        for at in range(here.queues, here.queues + world.count.queues):
            queue = world.queue[at]
            while queue.head != NOBODY:
                name = queue.head
                line = world.order[name]
                censor(world, line)
                queue.head = line.next
                close_line(world, name)
        sum_up(world, here)
