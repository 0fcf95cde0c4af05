"""Rules of the books: minute 0, the end of the warm-up, the horizon (law 9)."""

from __future__ import annotations

from simnet.engine.records import BEFORE, CUSTOMER_CLASS, NOBODY, Flow, Stock, World
from simnet.engine.rules_lines import enqueue, plan_review, review
from simnet.engine.rules_stock import owe, put, ship


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
            flow = world.flow[here.flow + CUSTOMER_CLASS]
            owe(world, here, flow, here.opening_owed, now)
            enqueue(world, here, NOBODY, here.opening_owed, CUSTOMER_CLASS, 0, BEFORE)


def first_reviews(world: World, first: int, last: int, now: int) -> None:
    """Every point looks at its opening position, the most downstream first; reviewed ones wait for their phase."""
    for where in range(last - 1, first - 1, -1):
        here = world.stock[where]
        world.count.phase = 0  # before all reviews of minute 0
        if here.review > 0:
            plan_review(world, where, here, now)
        else:
            review(world, where, now)


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
        here.on_hand_minutes = here.on_hand * left
        here.on_order_minutes = (here.on_order - here.in_transit) * left
        here.transit_minutes = here.in_transit * left
        here.stocked_minutes = left if here.on_hand > 0 else 0
        here.ordered = 0
        here.received = 0
        here.shipped = 0
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


def close_books(world: World, first: int, last: int) -> None:
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
        sum_up(world, here)
