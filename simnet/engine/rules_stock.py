"""Rules of one stocking point: what it has, owes, orders and sends (laws 2, 7 and 8).

An integral is kept by its changes: a change of x pieces at minute t adds x * (end - t), so nothing has to be touched
in between.
"""

from __future__ import annotations

from simnet.engine.clock import draw, schedule
from simnet.engine.records import RECEIPT, Flow, Stock, World

HALF, SHIFT = 1 << 23, 24  # the fixed point of lead-time shapes (simnet.leadtime)


def turn_month(world: World, now: int) -> None:
    """Move to the month of `now`."""
    count = world.count
    while now >= count.month_end:
        count.month += 1
        count.cell += count.sites * count.classes
        count.month_end = world.table[count.ends + count.month]


def put(world: World, here: Stock, quantity: int, now: int) -> None:
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


def owe(world: World, here: Stock, flow: Flow, quantity: int, now: int) -> None:
    """What is owed changes by `quantity`, up or down."""
    count = world.count
    here.owed += quantity
    flow.owed += quantity
    flow.owed_minutes += quantity * (count.end - now)
    month = world.month[count.cell + here.cell]
    month.owed_change += quantity
    month.owed_minutes += quantity * (count.month_end - now)


def decide(here: Stock, now: int) -> int:
    """Law 7: at or under the trigger, the smallest number of lots that reaches up-to; else nothing."""
    position = here.on_hand + here.on_order - here.owed
    if position > here.trigger:
        return 0
    quantity = here.up_to - position
    lot = here.lot
    if lot > 1:
        quantity = (quantity + lot - 1) // lot * lot
    return quantity if quantity > here.minimum else here.minimum


def place(world: World, here: Stock, quantity: int, now: int) -> None:
    """A point places a replenishment line."""
    count = world.count
    here.placed += 1
    here.ordered += quantity
    here.on_order += quantity
    month = world.month[count.cell + here.cell]
    month.orders += 1
    month.ordered += quantity


def ship(world: World, dest: int, quantity: int, number: int, leg: int, now: int) -> int:
    """Law 8: a lot leaves for `dest`; the number of its order on the lane decides its weather (law 3)."""
    count = world.count
    to = world.stock[dest]
    minutes = to.lead
    if to.shape >= 0:
        weather = draw(to.lane, number + (leg << 40))
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
        schedule(world, arrival, RECEIPT, dest, quantity)
    return arrival
