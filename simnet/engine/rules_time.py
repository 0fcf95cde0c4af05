"""Rules of hours and departures: cut-offs, release and departure times, work in working hours (law 8).

A gate at an address of `world.table` is [n, by_0.., at_0.., till_0..]: what is asked up to `by` leaves at `at`, and
`till` is the end of the day of `by`. A calendar is [n, open_0.., close_0.., worked_0..]: half-open spans, and the
working minutes before each. Address -1 is a gate that is always open, and a site that works round the clock.
"""

from __future__ import annotations

from simnet.engine.records import World


def first_from(world: World, start: int, size: int, least: int) -> int:
    """How many of the `size` ascending numbers at `start` are under `least`: the place of the first that is not."""
    if size == 0 or least <= world.table[start]:
        return 0
    end = world.table[start + size - 1]
    if least > end:
        return size
    low = (least - world.table[start]) * (size - 1) // (end - world.table[start])
    high = low
    step = 1
    while low > 0 and world.table[start + low - 1] >= least:
        high = low - 1
        low = max(low - step, 0)
        step *= 2
    while world.table[start + high] < least:
        low = high + 1
        high = min(high + step, size - 1)
        step *= 2
    while low < high:
        middle = (low + high) >> 1
        if world.table[start + middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


def gate(world: World, address: int, now: int) -> int:
    """The minute at which what is ready at `now` leaves; past the last entry it leaves at once."""
    if address < 0:
        return now
    size = world.table[address]
    entry = first_from(world, address + 1, size, now)
    if entry == size:
        return now
    leaves = world.table[address + 1 + size + entry]
    return leaves if leaves > now else now


def missed(world: World, address: int, now: int) -> int:
    """1 where `now` is after the cut-off of its day, which is over at midnight; else 0."""
    if address < 0:
        return 0
    size = world.table[address]
    entry = first_from(world, address + 1, size, now)
    if entry == 0:
        return 0
    return 1 if now < world.table[address + size + size + entry] else 0


def work(world: World, address: int, now: int, minutes: int) -> int:
    """The minute at which `minutes` of work begun at `now` are done; of no work, the first open minute from `now`."""
    if address < 0:
        return now + minutes
    size = world.table[address]
    opens, closes, worked = address + 1, address + 1 + size, address + 1 + size + size
    span = first_from(world, closes, size, now + 1)
    if span == size:
        return now + minutes
    start = world.table[opens + span]
    if start < now:
        start = now
    if minutes == 0:
        return start
    goal = world.table[worked + span] + start - world.table[opens + span] + minutes
    last = span
    while last + 1 < size and world.table[worked + last + 1] < goal:
        last += 1
    return world.table[opens + last] + goal - world.table[worked + last]
