"""Rules of counting: ledger rows, the month's share, waits (law 9). They change no stock."""

from __future__ import annotations

from simnet.engine.records import Flow, Order, Stock, World


def note(
    world: World, where: int, dest: int, order_class: int, quantity: int, given: int, lost: int, now: int, done: int
) -> int:
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


def count_wait(world: World, here: Stock, flow: Flow, line: Order, given: int, now: int) -> None:
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
