"""A slice, block by block: the records of some parts are laid out, replayed and turned before those of the next.

Parts never look at each other's points, so the records of some thousand points are written where those of the block
before were, and memory has one block of them, however large the slice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simnet.engine import compiled_clock
from simnet.engine.simulate import choose, ledger_of, simulate, with_jobs
from simnet.engine.world import Opening, read_out, room_for
from simnet.ledger.columns import Columns, Turning
from simnet.ledger.ledger import Ledger
from simnet.network.cells import own_cells
from simnet.network.limits import check_tape
from simnet.network.network import Network, Tape

BLOCK = 32_768
"""Stocking points of a block: some 40 MB of records."""


@dataclass(frozen=True, eq=False)
class Counted:
    """What one replication of a slice leaves: its counts by name, the ledger's rows if kept, the clock that ran."""

    columns: Columns
    lines: Ledger
    engine: str


def replay(network: Network, tape: Tape, *, seed: int, replication: int, engine: str, lines: bool) -> Counted:
    """Replay the tape of a slice and count, as `simulate` does; months have only the cells that have points."""
    engine, classes = choose(engine, len(tape), network), len(network.order_classes)
    if engine != "compiled":
        run = simulate(network, tape, seed=seed, replication=replication, engine=engine, lines=lines)
        return Counted(Columns.of(run.tally, classes), run.lines, engine)
    check_tape(network, tape)
    cells, start = own_cells(network), network.part_start
    opening, turning = Opening.of(network, seed, replication, cells), Turning(len(network.points), classes)
    cuts = list(blocks(network, BLOCK))
    most = max((int(start[last] - start[first]) for first, last in cuts), default=0)
    world = room_for(most, network, seed, replication, lines, len(tape), cells)
    world = compiled_clock.roomy(world, tape)
    for first, last in cuts:
        low, high = int(start[first]), int(start[last])
        opening.write(world, low, high)
        world = compiled_clock.go_on(world, tape, start[: last + 1])
        turning.add(low, world.stock[: high - low], world.flow[: (high - low) * classes])
    world = world._replace(stock=world.stock[:0], flow=world.flow[:0])
    tally = with_jobs(read_out(network, world, cells), network, tape, world)
    return Counted(turning.columns(tally), ledger_of(network, tape, world, engine), engine)


def blocks(network: Network, most: int) -> Iterator[tuple[int, int]]:
    """The parts of each block, from and to (not included): those that have so many points together, at least one.

    Parts that share orders run side by side, so all of them are one block.
    """
    start, parts, first = network.part_start, len(network.part_start) - 1, 0
    while first < parts:
        last = int(np.searchsorted(start, start[first] + most, side="right")) - 1
        last = parts if len(network.joints) else max(first + 1, last)
        yield first, last
        first = last
