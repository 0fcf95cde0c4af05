"""A slice, block by block: the demand of some parts is drawn and replayed, and counted, before that of the next.

Parts never look at each other's points, so the lines and records of some thousand points are written where those of
the block before were, and memory has one block of them, however large the slice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simnet.engine import compiled_clock
from simnet.engine.simulate import ledger_of, simulate, with_jobs
from simnet.engine.world import Opening, read_out, room_for
from simnet.ledger.columns import Columns, Turning
from simnet.ledger.ledger import Ledger
from simnet.network.cells import own_cells
from simnet.network.limits import check_tape
from simnet.network.network import Network
from simnet.network.shard import with_demand_of
from simnet.network.tape import draw

BLOCK = 65_536
"""Stocking points of a block: some 80 MB of records. Drawing the lines of fewer weighs more than of all at once."""


@dataclass(frozen=True, eq=False)
class Counted:
    """What one replication of a slice leaves: its counts by name, the ledger's rows if kept, the clock that ran."""

    columns: Columns
    lines: Ledger
    engine: str


def replay(network: Network, *, seed: int, replication: int, engine: str, lines: bool) -> Counted:
    """Draw the tape of a slice, replay it and count, as `draw` and `simulate` do.

    `engine` is `simpy`, which replays it whole, or `compiled`: months then have only the cells that have points.
    """
    classes = len(network.order_classes)
    if engine != "compiled":
        tape = draw(network, seed, replication)
        run = simulate(network, tape, seed=seed, replication=replication, engine=engine, lines=lines)
        return Counted(Columns.of(run.tally, classes), run.lines, run.engine)
    cells, start, cuts = own_cells(network), network.part_start, list(blocks(network, BLOCK))
    opening, turning = Opening.of(network, seed, replication, cells), Turning(len(network.points), classes)
    most = max(int(start[last] - start[first]) for first, last in cuts)
    world, ledgers = room_for(most, network, seed, replication, lines, cells), []
    for first, last in cuts:
        low, high = int(start[first]), int(start[last])
        tape = draw(with_demand_of(network, network.first_part + first, network.first_part + last), seed, replication)
        check_tape(network, tape)
        world = compiled_clock.roomy(opening.write(world, low, high, len(tape)), tape)
        world = compiled_clock.go_on(world, tape, start[: last + 1])
        turning.add(low, world.stock[: high - low], world.flow[: (high - low) * classes])
        ledgers.append(ledger_of(network, tape, world, engine))
    world = world._replace(stock=world.stock[:0], flow=world.flow[:0])
    tally = with_jobs(read_out(network, world, cells), network, tape, world)
    return Counted(turning.columns(tally), Ledger.joined(ledgers), engine)


def blocks(network: Network, most: int) -> Iterator[tuple[int, int]]:
    """The parts of each block, from and to (not included): those that have so many points together, at least one.

    Where parts meet, in jobs or on shared orders, all of them are one block.
    """
    start, parts, first = network.part_start, len(network.part_start) - 1, 0
    whole = network.jobs or len(network.joints)
    while first < parts:
        last = int(np.searchsorted(start, start[first] + most, side="right")) - 1
        last = parts if whole else max(first + 1, last)
        yield first, last
        first = last
