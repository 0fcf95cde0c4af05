"""The compiled clock: the rules through Numba over structured arrays, part after part, each a small world.

Array room is checked before each event, against the most that one event can take; when it is short the loop
returns FULL, the driver enlarges the arrays and calls again where it stopped.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np

from simnet.engine import heap
from simnet.engine.binding import book, bound, fingerprint
from simnet.engine.records import DONE, FULL, PHASE_BITS, QUANTITY_BITS, SEQUENCE_BITS, World
from simnet.engine.world import free_orders
from simnet.network.network import Integers, Tape
from simnet.streams import mix_u64

SPARE = 16


class Lines(NamedTuple):
    """The tape's columns."""

    point: Any
    quantity: Any
    order_class: Any
    minute: Any


def draw(key, n):
    """Twelve bits of chance: the n-th draw of the stream `key`."""
    return np.int64(mix(np.uint64(key), np.uint64(n)) >> np.uint64(52))  # noqa: F821 - bound below


def cramped(world, events):
    """Whether the next `events` events might not find room: each one adds at most one line a tier."""
    count = world.count
    lines = events * count.tiers + SPARE
    if count.room_orders - count.open < lines or count.room_events - count.heap - count.open < 2 * lines:
        return True
    return count.keep > 0 and count.room_rows - count.rows < 2 * lines


def run_part(world, tape, upto, until):
    """Events of one part before minute `until`, the tape's lines up to row `upto`; receipts come before demand."""
    count = world.count
    while True:
        if cramped(world, 1):  # noqa: F821 - bound below
            return FULL
        asked = until
        if count.demand < upto:
            asked = min(tape.minute[count.demand], until)
        now = until
        if count.heap > 0:
            now = world.heap[0].key >> (PHASE_BITS + SEQUENCE_BITS)
        if count.heap > 0 and now <= asked and now < until:
            phase = (world.heap[0].key >> SEQUENCE_BITS) & ((1 << PHASE_BITS) - 1)
            load = world.heap[0].load
            drop(world)  # noqa: F821 - bound below
            happen(world, phase, load >> QUANTITY_BITS, load & ((1 << QUANTITY_BITS) - 1), now)  # noqa: F821
        elif asked < until:
            line = count.demand
            count.demand = line + 1
            demand(world, tape.point[line], tape.quantity[line], tape.order_class[line], asked)  # noqa: F821
        else:
            return DONE


def start_part(world, first, last):
    """Minute 0 of a part: counters of its own, then the opening position."""
    count = world.count
    count.seq = 0
    count.heap = 0
    count.month = 0
    count.cell = 0
    count.month_end = world.table[count.ends]
    count.phase = 0
    open_books(world, first, last, 0)  # noqa: F821
    if count.start == 0:
        start_measuring(world, first, last, 0)  # noqa: F821
    first_reviews(world, first, last, 0)  # noqa: F821


def run_world(arrays, tape, lines, points):
    """The world as bare rows, then part after part."""
    world = World(
        rows(arrays.stock),  # noqa: F821 - bound below, like all of these
        rows(arrays.flow),  # noqa: F821
        rows(arrays.month),  # noqa: F821
        rows(arrays.wait),  # noqa: F821
        rows(arrays.order),  # noqa: F821
        rows(arrays.heap),  # noqa: F821
        rows(arrays.line),  # noqa: F821
        rows(arrays.table),  # noqa: F821
        rows(arrays.rule),  # noqa: F821
        rows(arrays.count)[0],  # noqa: F821
    )
    asked = Lines(rows(tape.point), rows(tape.quantity), rows(tape.order_class), rows(tape.minute))  # noqa: F821
    return run_parts(world, asked, rows(lines), rows(points), len(points) - 1)  # noqa: F821


def run_parts(world, tape, lines, points, parts):
    """Part after part: open the books, warm up, measure, close the books."""
    count = world.count
    while count.part < parts:
        first, last, upto = points[count.part], points[count.part + 1], lines[count.part + 1]
        if count.stage == 0:
            if cramped(world, last - first):  # noqa: F821
                return FULL
            start_part(world, first, last)  # noqa: F821
            count.stage = 1
        if count.stage == 1 and count.start > 0:
            if run_part(world, tape, upto, count.start) == FULL:  # noqa: F821
                return FULL
            start_measuring(world, first, last, count.start)  # noqa: F821
        count.stage = 2
        if run_part(world, tape, upto, count.end) == FULL:  # noqa: F821
            return FULL
        count.demand = upto  # a line at the horizon or after it does not happen
        close_books(world, first, last)  # noqa: F821
        count.stage = 0
        count.part += 1
    return DONE


def cache_folder() -> Path:
    """Where the compiled rules are kept: a folder a hash of the rules, so that no stale machine code is met."""
    base = os.environ.get("SIMNET_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "simnet"
    )
    flags = "".join(os.environ.get(f"NUMBA_{flag}", "") for flag in ("BOUNDSCHECK", "DISABLE_JIT", "OPT"))
    folder = Path(base) / f"rules-{fingerprint()}{flags and '-' + flags}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass  # a home that cannot be written to: this process compiles for itself
    return Path(tempfile.mkdtemp(prefix="simnet-rules-"))


def is_warm() -> bool:
    """Whether the rules are already compiled on this machine."""
    return any(cache_folder().glob("**/*.nbi"))


@cache
def compiled() -> Callable[..., int]:
    """The compiled loop over parts; loaded from the disk cache where the rules have not changed."""
    import numba

    from simnet.engine.rows import rows

    def wrap(rule: Callable[..., Any]) -> Any:  # inlined, the rules run 1.4 times as fast
        return numba.njit(rule, nogil=True, error_model="numpy", forceinline=True)

    names: dict[str, Any] = {"mix": wrap(mix_u64)}
    for own in (draw, heap.schedule, heap.drop):
        names[own.__name__] = wrap(bound(own, {**own.__globals__, **names}))
    space = book(names, wrap) | {"rows": rows, "World": World, "Lines": Lines}
    space.update({k: v for k, v in globals().items() if k.isupper()})
    for own in (cramped, start_part, run_part, run_parts):
        space[own.__name__] = wrap(bound(own, space))
    before = numba.config.CACHE_DIR
    try:
        numba.config.CACHE_DIR = str(cache_folder())
        return cast("Callable[..., int]", numba.njit(bound(run_world, space), cache=True, nogil=True, error_model="numpy"))
    finally:
        numba.config.CACHE_DIR = before


def enlarged(world: World) -> World:
    """The same world with twice the room for orders, events and ledger rows."""
    order = np.concatenate([world.order, free_orders(len(world.order))])
    order["next"][len(world.order) :] += len(world.order)
    heap_rows = np.concatenate([world.heap, np.zeros(len(world.heap) + 2 * len(order), world.heap.dtype)])
    line = np.concatenate([world.line, np.zeros_like(world.line)])
    return measured(world._replace(order=order, heap=heap_rows, line=line))


def measured(world: World) -> World:
    """The same world; its counters know how much room its arrays have."""
    count = world.count
    count["room_orders"], count["room_events"], count["room_rows"] = map(len, (world.order, world.heap, world.line))
    return world


def run(world: World, tape: Tape, part_start: Integers) -> World:
    """Replay the tape over all parts; the returned world holds the results."""
    loop, world = compiled(), measured(world)
    while loop(world, Lines(*tape.columns), tape.start, part_start) == FULL:
        world = enlarged(world)
    return world
