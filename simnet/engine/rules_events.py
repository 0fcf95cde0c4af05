"""Rules of events: what the clock calls when a minute has come (law 1)."""

from __future__ import annotations

from simnet.engine.records import BALANCE, DEMAND, JOINED, LOOK, NOBODY, PATIENCE, PLANNING, RECEIPT, RETURN, World
from simnet.engine.rules_joint import join, review
from simnet.engine.rules_lines import ask, look
from simnet.engine.rules_moves import balance, offer
from simnet.engine.rules_plan import plan, remember, take_back
from simnet.engine.rules_serve import give_up, serve
from simnet.engine.rules_stock import put, reached, turn_month


def receive(world: World, where: int, quantity: int, now: int) -> None:
    """A lot arrives and serves those who wait at once; a warehouse that pushes offers the rest."""
    count = world.count
    if now >= count.month_end:
        turn_month(world, now)
    here = world.stock[where]
    here.on_order -= quantity
    here.in_transit -= quantity
    here.transit_minutes -= quantity * (count.end - now)
    here.received += quantity
    put(world, here, quantity, now)
    if here.open > 0:
        serve(world, here, now)
    if here.push > 0:
        reached(world, RECEIPT, now)
        offer(world, where, here, now)


def happen(world: World, phase: int, place: int, quantity: int, now: int) -> None:
    """One event, named by its phase."""
    if phase == RECEIPT:
        receive(world, place, quantity, now)
    elif phase == LOOK:
        look(world, place, now)
    elif phase == PATIENCE:
        give_up(world, place, quantity, now)
    elif phase == RETURN:
        take_back(world, place, quantity, now)
    elif phase == PLANNING:
        plan(world, place, now)
    elif phase == BALANCE:
        balance(world, place, now)
    elif phase == JOINED:
        join(world, place, now)
    else:
        review(world, place, now)


def demand(world: World, where: int, quantity: int, order_class: int, job: int, now: int) -> None:
    """A customer asks a site for one line (law 5)."""
    count = world.count
    count.phase = DEMAND
    count.minute = now
    if now >= count.month_end:
        turn_month(world, now)
    here = world.stock[where]
    here.asked += 1
    if here.plan >= 0:
        remember(world, here, quantity)
    ask(world, where, NOBODY, quantity, order_class, NOBODY, job, now)
