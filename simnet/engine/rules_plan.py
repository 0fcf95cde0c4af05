"""Rules of planned stock: lists and levels that follow what was asked, and what goes back for it.

Every period of a planned point, in the planning phase: what the last periods saw decides whether the part is listed
and at which level; a proposal of another level is accepted by chance; what then is too much goes back. What a point
remembers stands in `world.memory` from its `ring` on: lines by cell, pieces by cell, and the integers named below.
"""

from __future__ import annotations

from simnet.engine.clock import draw, schedule
from simnet.engine.records import PLANNING, RETURN, SUPPLIER, Stock, World
from simnet.engine.rules_serve import serve
from simnet.engine.rules_short import look_later
from simnet.engine.rules_stock import put, reached

HITS, SOLD, PROPOSED, ACCEPTED, ROOM = 0, 1, 2, 3, 4
"""Behind the cells: lines in the listing window, pieces in the window of levels, the up-to proposed last, whether any
proposal was accepted; and how many integers these are."""


def remember(world: World, here: Stock, quantity: int) -> None:
    """A customer's line at a planned point is remembered, served or not."""
    own = world.plan[here.plan]
    at = own.ring + own.cell
    world.memory[at] += 1
    world.memory[at + own.cells] += quantity
    sums = own.ring + 2 * own.cells
    world.memory[sums + HITS] += 1
    world.memory[sums + SOLD] += quantity


def level_for(world: World, address: int, units: int) -> int:
    """The level for so many pieces sold in the window: from a table, and beyond its end at its slope."""
    size = world.table[address]
    if units < size:
        return world.table[address + 1 + units]
    return world.table[address + size] + ((units - size + 1) * world.table[address + 1 + size] + 4095) // 4096


def wanted(world: World, number: int) -> int:
    """Whether the part ought to be listed: phased in by lines asked, phased out by periods without any."""
    own = world.plan[number]
    if world.memory[own.ring + own.cell] > 0:
        own.quiet = 0
    else:
        own.quiet += 1
    if own.listed > 0:
        return 0 if own.idle > 0 and own.quiet >= own.idle else 1
    return 1 if own.hits > 0 and world.memory[own.ring + 2 * own.cells + HITS] >= own.hits else 0


def turn_cell(world: World, number: int) -> None:
    """The next period begins: its cell is emptied, and what leaves the windows is taken off their sums."""
    own = world.plan[number]
    cells = own.cells
    sums = own.ring + 2 * cells
    cell = (own.cell + 1) % cells
    if own.within > 0:
        world.memory[sums + HITS] -= world.memory[own.ring + (cell + cells - own.within) % cells]
    if own.window > 0:
        world.memory[sums + SOLD] -= world.memory[own.ring + cells + (cell + cells - own.window) % cells]
    world.memory[own.ring + cell] = 0
    world.memory[own.ring + cells + cell] = 0
    own.cell = cell


def propose(world: World, here: Stock, trigger: int, up_to: int, listed: int) -> int:
    """Another level is proposed, once; 1 if it is accepted. A refused one comes again when it has changed."""
    own = world.plan[here.plan]
    sums = own.ring + 2 * own.cells
    if up_to == here.up_to:
        own.listed = listed
        world.memory[sums + PROPOSED] = up_to
        return 0
    if up_to == world.memory[sums + PROPOSED]:
        return 0
    world.memory[sums + PROPOSED] = up_to
    number = own.proposals
    own.proposals = number + 1
    if draw(own.key, number) >= own.accept:
        return 0
    own.listed = listed
    here.trigger = trigger
    here.up_to = up_to
    world.memory[sums + ACCEPTED] = 1
    return 1


def send_back(world: World, where: int, quantity: int, now: int) -> None:
    """Pieces go back to the source of a point, and take the mean time of the lane; a supplier's are gone at once."""
    count = world.count
    here = world.stock[where]
    put(world, here, -quantity, now)
    here.returned += quantity
    if here.source == SUPPLIER:
        return
    world.stock[here.source].returning += quantity
    arrival = now + here.lead
    if arrival < count.end:
        schedule(world, arrival, RETURN, here.source, quantity)


def take_back(world: World, where: int, quantity: int, now: int) -> None:
    """Pieces that a point sent back are on the shelf of its source, and serve its queue."""
    reached(world, RETURN, now)
    here = world.stock[where]
    here.returning -= quantity
    here.taken_back += quantity
    put(world, here, quantity, now)
    if here.open > 0:
        serve(world, here, now)


def first_plan(world: World, where: int, here: Stock) -> None:
    """Opening the books: what is taken as sold so far is spread over the past, and the first period has an end."""
    own = world.plan[here.plan]
    sums = own.ring + 2 * own.cells
    world.memory[sums + PROPOSED] = here.up_to
    for ago in range(1, own.window):
        pieces = own.sold * ago // own.window - own.sold * (ago - 1) // own.window
        world.memory[own.ring + 2 * own.cells - ago] = pieces
        world.memory[sums + SOLD] += pieces
    if own.period < world.count.end:
        schedule(world, own.period, PLANNING, where, 0)


def plan(world: World, where: int, now: int) -> None:
    """A planned point at the end of a period: listed or not, at which level, and what goes back."""
    reached(world, PLANNING, now)
    here = world.stock[where]
    own = world.plan[here.plan]
    listed = wanted(world, here.plan)
    trigger = -1
    up_to = 0
    if listed > 0:
        trigger = own.trigger
        up_to = own.up_to
        if own.levels >= 0:  # the level for what was sold, the distance of the point's own policy
            level = level_for(world, own.levels, world.memory[own.ring + 2 * own.cells + SOLD])
            up_to = level + up_to - trigger - 1 if level > 0 else 0
            trigger = level - 1
    accepted = propose(world, here, trigger, up_to, listed)
    if own.buy_back > 0 and world.memory[own.ring + 2 * own.cells + ACCEPTED] > 0:
        spare = here.lot if here.lot > here.minimum else here.minimum
        keep = here.owed + (here.up_to + spare - 1 if spare > 1 and here.up_to > 0 else here.up_to)
        if here.on_hand > keep:
            send_back(world, where, here.on_hand - keep, now)
    turn_cell(world, here.plan)
    if now + own.period < world.count.end:
        schedule(world, now + own.period, PLANNING, where, 0)
    if accepted > 0:
        look_later(world, where, here, now)
