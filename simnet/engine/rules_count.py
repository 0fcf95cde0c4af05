"""Rules of counting: ledger rows, the month's share, waits, what was missed and why (law 9). They change no stock."""

from __future__ import annotations

from simnet.engine.records import (
    CAUSES,
    KINDS,
    NOBODY,
    NOT_STOCKED,
    UNSTOCKED,
    Order,
    Stock,
    World,
)
from simnet.network.rows import CENTRAL, FACING, REFERRAL


def note(world: World, where: int, dest: int, order_class: int, quantity: int, given: int, now: int, done: int) -> int:
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
    line.passed = 0
    line.lost = 0
    line.kind = 0
    line.cause = -1
    line.done = done
    return row


def count_customer(world: World, here: Stock, quantity: int, given: int) -> None:
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


def bin_of(world: World, minutes: int) -> int:
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


def count_wait(world: World, line: Order, given: int, at: int) -> None:
    """A line asked after the warm-up has waited: pieces as they come, the line when it is complete."""
    count = world.count
    if at > line.latest:
        line.latest = at
    if line.asked >= count.start:
        here = world.stock[line.origin]
        flow = world.flow[here.flow + line.order_class]
        minutes = at - line.asked
        place = bin_of(world, minutes)
        cells = (here.site * count.order_classes + line.order_class) * 2 * count.bins
        flow.waited_minutes += given * minutes
        world.wait[cells + count.bins + place] += given
        if line.open == 0:
            if line.latest > at:
                minutes = line.latest - line.asked
                place = bin_of(world, minutes)
            flow.late_lines += 1
            flow.line_waited_minutes += minutes
            world.wait[cells + place] += 1


def count_travel(world: World, line: Order, given: int, at: int, now: int) -> None:
    """Pieces are on the way from a source to the customer until `at`."""
    end = world.count.end
    if line.asked >= world.count.start:
        flow = world.flow[world.stock[line.origin].flow + line.order_class]
        flow.travel_minutes += given * ((at if at < end else end) - now)


def count_kind(world: World, line: Order, kind: int, lines: int, units: int) -> None:
    """A customer's pieces were not on the shelf; `kind` says where they were found, or what became of them."""
    here = world.stock[line.origin]
    value = units * here.price
    if line.asked >= world.count.start:
        cell = here.place * world.count.order_classes + line.order_class
        miss = world.miss[cell * KINDS + kind]
        miss.lines += lines
        miss.units += units
        miss.value += value
    month = world.month[world.count.cell + here.cell]
    if kind == FACING:
        month.facing_lines += lines
        month.facing_units += units
        month.facing_value += value
    elif REFERRAL <= kind <= CENTRAL:
        month.system_lines += lines
        month.system_units += units
        month.system_value += value


def count_missed(world: World, line: Order) -> None:
    """The line itself goes where its furthest piece was found."""
    if line.dest == NOBODY:
        count_kind(world, line, line.kind, 1, 0)
        if line.cause == NOT_STOCKED:
            count_kind(world, line, UNSTOCKED, 1, line.short)


def count_why(world: World, line: Order, cause: int, at: int) -> None:
    """A customer's line was not kept in time: its cause."""
    here = world.stock[line.origin]
    minutes = at - line.asked
    if line.asked >= world.count.start and line.dest == NOBODY:
        cell = here.place * world.count.order_classes + line.order_class
        why = world.why[cell * CAUSES + cause]
        why.lines += 1
        why.units += line.short
        why.value += line.short * here.price
        why.minutes += minutes


def count_end(world: World, line: Order, done: int) -> None:
    """What the job and the ledger see of a line that ended; `done` is the minute of its last piece, or LOST."""
    if line.job != NOBODY:
        outcome = world.outcome[line.job]
        outcome.kind = line.kind
        outcome.done = done if done < 0 else line.latest
    if line.row != NOBODY:
        row = world.line[line.row]
        row.kind = line.kind
        row.done = line.done


def count_opened(world: World, line: Order) -> None:
    """A line waits: its job and the ledger know how it was met so far."""
    if line.job != NOBODY:
        world.outcome[line.job].kind = line.kind
    if line.row != NOBODY:
        row = world.line[line.row]
        row.kind = line.kind
        row.done = NOBODY
