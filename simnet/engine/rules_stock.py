"""Rules of one stocking point: what it has, owes and orders (laws 2 and 7).

An integral is kept by its changes: a change of x pieces at minute t adds x * (end - t), so nothing has to be touched
in between.
"""

from __future__ import annotations

from simnet.engine.records import Flow, Stock, World


def turn_month(world: World, now: int) -> None:
    """Move to the month of `now`."""
    count = world.count
    while now >= count.month_end:
        count.month += 1
        count.cell += count.cells
        count.month_end = world.table[count.ends + count.month]


def reached(world: World, phase: int, now: int) -> None:
    """The clock is at this phase of this minute (law 1); within a minute it never goes back."""
    count = world.count
    if now >= count.month_end:
        turn_month(world, now)
    if now > count.minute:
        count.minute = now
        count.phase = phase
    elif phase > count.phase:
        count.phase = phase


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
    quantity = 0
    if position <= here.trigger:
        quantity = here.up_to - position
        lot = here.lot
        if lot > 1:
            quantity = (quantity + lot - 1) // lot * lot
        quantity = quantity if quantity > here.minimum else here.minimum
    return quantity


def place(world: World, here: Stock, quantity: int, now: int) -> None:
    """A point places a replenishment line."""
    count = world.count
    here.placed += 1
    here.ordered += quantity
    here.on_order += quantity
    month = world.month[count.cell + here.cell]
    month.orders += 1
    month.ordered += quantity
