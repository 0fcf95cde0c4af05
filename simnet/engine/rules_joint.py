"""Rules of orders that parts share: a site collects one order a supplier, of all parts, and sends it if it is worth it.

A sheet is written by its parts at one minute and read by them after it: those of a minute and of the order before are
two records that take turns, so parts that run one after the other up to each such minute see what they would together.
"""

from __future__ import annotations

from simnet.engine.clock import schedule
from simnet.engine.records import JOINED, REVIEW, Stock, World
from simnet.engine.rules_lines import order, reorder
from simnet.engine.rules_short import plan_review
from simnet.engine.rules_stock import decide, reached


def sent(world: World, row: int) -> int:
    """Whether an order leaves: it is worth it, or was held long enough (law 7.11)."""
    sheet = world.joint[row]
    if sheet.value >= sheet.minimum:
        return 1
    return 1 if sheet.limit > 0 and sheet.stamp - sheet.since >= sheet.limit else 0


def wish(world: World, where: int, here: Stock, quantity: int, now: int) -> None:
    """What a point lacks is put on its site's next order; the first to do so begins the sheet."""
    every = world.joint[here.joint].every
    turn = now // every & 1
    sheet = world.joint[here.joint + turn]
    if sheet.stamp != now:
        last = world.joint[here.joint + 1 - turn]
        held = last.stamp >= 0 and last.stamp == now - every and sent(world, here.joint + 1 - turn) == 0
        sheet.since = last.since if held else now
        sheet.stamp = now
        sheet.value = 0
    sheet.value += quantity * here.cost
    here.wish = quantity
    here.wished += 1
    schedule(world, now, JOINED, where, 0)


def join(world: World, where: int, now: int) -> None:
    """All of the minute have looked: the order is sent, or what is on it is held until the next (law 7.11)."""
    here = world.stock[where]
    reached(world, JOINED, now)
    quantity = here.wish
    here.wish = 0
    if sent(world, here.joint + (now // world.joint[here.joint].every & 1)) > 0:
        order(world, where, here, quantity, now)
    else:
        here.held += 1
        plan_review(world, where, here, now)


def review(world: World, where: int, now: int) -> None:
    """A point looks at its position and orders if it is at or under its trigger (law 7)."""
    here = world.stock[where]
    reached(world, REVIEW + here.level, now)
    here.reviewing = 0
    if here.joint < 0:
        reorder(world, where, here, now)
        return
    quantity = decide(here, now)
    if quantity > 0:
        wish(world, where, here, quantity, now)
