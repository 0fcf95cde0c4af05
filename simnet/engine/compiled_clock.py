"""The compiled clock: the rules through Numba over structured arrays. Numba itself is imported when it runs.

The driver of the loop: where the machine code is kept, and arrays that grow when the loop says FULL.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from simnet.caches import cache_base
from simnet.engine.binding import fingerprint
from simnet.engine.loop import Lines
from simnet.engine.records import FULL, LINE, World
from simnet.engine.room import room
from simnet.engine.world import free_orders
from simnet.integers import Integers, Rows
from simnet.ledger.ledger import NARROW, Ledger, column_of
from simnet.network.network import Tape

ROOM = ("open", "heap", "rows", "need", "keep", "joints", "parked", "first_parked")
"""Counters that say which array is short of room: what is taken, what is needed, whether there is a ledger."""
BYTE = 127
"""The most that a byte holds."""
FLAGS = ("NUMBA_BOUNDSCHECK", "NUMBA_DISABLE_JIT", "NUMBA_OPT")
"""What changes the machine code besides the rules."""
ROWS_A_LINE, KEPT_ROWS = 5, 1 << 22
"""Rows of the ledger to be expected of a line on the tape: its own, and of the orders that it makes up the tiers. And
the most for which memory is kept for the next run."""


@cache
def cache_folder() -> Path:
    """Where the compiled rules are kept: a folder a hash of the rules, so that no stale machine code is met."""
    flags = "".join(f"-{os.environ[flag]}" for flag in FLAGS if flag in os.environ)
    folder = cache_base() / f"rules-{fingerprint()}{flags}"
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


def enlarged(world: World) -> World:
    """The same world with at least twice the room for what is short: orders, events, ledger rows, parked events."""
    open_lines, events, rows, need, keep, joints, parked, first = (int(world.count[name][0]) for name in ROOM)
    order, heap, line, parking = world.order, world.heap, world.line, world.parking
    if len(order) - open_lines < need:
        more = free_orders(len(order) + need)
        more["next"] += len(order)
        order = np.concatenate([order, more])
    if len(heap) - events - open_lines < 2 * need:
        heap = np.concatenate([heap, np.zeros(len(heap) + 2 * need, heap.dtype)])
    if keep and len(line) - rows < 2 * need:
        line = np.concatenate([line, np.zeros(len(line) + 2 * need, line.dtype)])
    if joints and len(parking) - parked < need:
        parking = np.concatenate([np.roll(parking, -first), np.zeros(len(parking) + need, parking.dtype)])
        world.count["first_parked"] = 0
    return measured(world._replace(order=order, heap=heap, line=line, parking=parking))


def measured(world: World) -> World:
    """The same world; its counters know how much room its arrays have."""
    room = {"orders": world.order, "events": world.heap, "rows": world.line, "parked": world.parking}
    for name, array in room.items():
        world.count[f"room_{name}"] = len(array)
    return world


def run(world: World, tape: Tape, part_start: Integers) -> World:
    """Replay the tape over all parts; the returned world holds the results."""
    return go_on(roomy(world, tape), tape, part_start)


def roomy(world: World, tape: Tape) -> World:
    """The world, with room for the ledger of a tape where it keeps one."""
    rows = max(1024, ROWS_A_LINE * len(tape)) if world.count["keep"] else 0
    return measured(world._replace(line=room.rows("line", rows, LINE, KEPT_ROWS)))


def go_on(world: World, tape: Tape, part_start: Integers) -> World:
    """Replay the tape over the parts that are still to come of those that `part_start` knows."""
    from simnet.engine.native import compiled

    loop = compiled()
    while loop(world, Lines(*tape.columns), tape.start, part_start) == FULL:
        world = enlarged(world)
    return world


def turned(rows: Rows) -> Ledger:
    """The ledger that rows of LINE hold."""
    from simnet.engine.native import turner

    kinds = {name: NARROW.get(name, rows.dtype[name]) for name in LINE.names or ()}
    columns: dict[str, Any] = {name: np.empty(len(rows), kind) for name, kind in kinds.items()}
    if turner()(rows, *columns.values()) > BYTE:
        columns |= {name: column_of(rows, name) for name in NARROW}
    return Ledger(columns)
