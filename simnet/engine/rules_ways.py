"""Rules of the road: how long a lot travels and what it costs (laws 3 and 8)."""

from __future__ import annotations

from simnet.engine.clock import draw, schedule
from simnet.engine.records import RECEIPT, Stock, Way, World
from simnet.engine.rules_time import gate, missed, work

HALF, SHIFT = 1 << 23, 24  # the fixed point of lead-time shapes (simnet.leadtime)
SECOND_LEG = 1 << 50


def weather(world: World, way: Way, lane: int, n: int) -> int:
    """Minutes on the road of the n-th lot of a lane (law 3)."""
    minutes = way.lead
    if way.shape >= 0:
        minutes = (minutes * world.table[way.shape + draw(lane, n)] + HALF) >> SHIFT
    return minutes


def journey(world: World, way: Way, minutes: int, now: int) -> int:
    """Law 8: released, picked, departed, on the road, received; the minute at which that is done."""
    at = gate(world, way.release, now)
    at = work(world, way.hours, at, way.picking)
    at = gate(world, way.departures, at)
    return work(world, way.reception, at + minutes, way.receiving)


def deliver(world: World, to: Stock, dest: int, quantity: int, arrival: int, now: int) -> None:
    """A lot is on its way to a point."""
    count = world.count
    to.shipments += 1
    to.in_transit += quantity
    to.transit_minutes += quantity * (count.end - now)
    if arrival < count.end:
        schedule(world, arrival, RECEIPT, dest, quantity)


def ship(world: World, dest: int, quantity: int, number: int, leg: int, now: int) -> int:
    """Law 8: a lot leaves for `dest`; the number of its order on the lane decides its weather (law 3)."""
    to = world.stock[dest]
    minutes = to.lead if to.shape < 0 else weather(world, to, to.lane, number + (leg << 40))
    arrival = now + minutes if to.way < 0 else journey(world, world.way[to.way], minutes, now)
    to.due = arrival - minutes + to.lead
    if to.orderly > 0:  # lots of this lane do not overtake each other
        if arrival < to.arrival:
            arrival = to.arrival
        to.arrival = arrival
    deliver(world, to, dest, quantity, arrival, now)
    return arrival


def carry(world: World, here: Stock, way: int, quantity: int, now: int) -> None:
    """Freight of what is passed on: counted by way."""
    if now >= world.count.start:
        load = world.freight[way]
        load.lots += 1
        load.units += quantity
        load.grams += quantity * here.weight
        load.value += quantity * here.price


def travel(world: World, row: int, here: Stock, quantity: int, now: int) -> int:
    """A lot leaves a source of a sourcing list for the site that asked; the minute of its arrival."""
    source = world.source[row]
    way = world.way[source.way]
    number = source.sent
    source.sent = number + 1
    carry(world, here, source.way, quantity, now)
    arrival = journey(world, way, weather(world, way, source.lane, number), now)
    if way.via >= 0:
        second = world.way[way.via]
        carry(world, here, way.via, quantity, now)
        arrival = journey(world, second, weather(world, second, source.lane, number + SECOND_LEG), arrival)
    if way.orderly > 0:
        if arrival < source.arrival:
            arrival = source.arrival
        source.arrival = arrival
    return arrival


def late_release(world: World, row: int, now: int) -> int:
    """1 where a line comes to a source after the cut-off of its day."""
    return missed(world, world.way[world.source[row].way].release, now)
