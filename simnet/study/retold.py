"""One part of a kept run, run again on the SimPy clock with everything that happens written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simnet.engine.simulate import Run
from simnet.engine.tracer import trace
from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.network.build import build
from simnet.network.shard import cut, whole_groups
from simnet.network.tape import draw
from simnet.study.origin import AGAIN, Origin
from simnet.study.ready import Whole

if TYPE_CHECKING:
    from simnet.engine.trace import Trace
    from simnet.ledger.tally import Tally
    from simnet.network.network import Network, Tape


@dataclass(frozen=True, eq=False)
class Retold:
    """A part's life in one replication of one design."""

    origin: Origin
    replication: int
    network: Network
    """Of the part, and those that it shares jobs or orders with."""
    tape: Tape
    trace: Trace

    @property
    def part(self) -> str:
        """The part's name."""
        return self.network.part_names[self.trace.part]


def retell(origin: Origin, part: str, replication: int = 0) -> Retold:
    """Run a part again; `SimnetError` where there is none of that name, or where it now lives another life."""
    origin.check(replication)
    names = origin.scenario.parts.names
    if part not in origin.scenario.parts:
        remedy = did_you_mean(part, names) or f"the first parts are {', '.join(names[:5])}"
        raise SimnetError(Problem(f"there is no part '{part[:60]}' in {origin.study.name[:60]}", remedy=remedy))
    network = around(origin, origin.scenario.parts.index[part])
    number = network.part_names.index(part)
    small = cut(network, *together(network, number))
    tape = draw(small, origin.seed, replication)
    found = trace(small, tape, number, seed=origin.seed, replication=replication)
    kept = origin.kept(replication)
    if isinstance(kept, Run) and not agrees(found, kept.tally, network):
        message = "this part now lives another life: simnet itself changed since this result was kept"
        raise SimnetError(Problem(message, str(origin.folder), remedy=AGAIN))
    return Retold(origin, replication, small, tape, found)


def around(origin: Origin, part: int) -> Network:
    """A network that holds a part and all that it may meet: the whole one, but where that is too large to build."""
    if isinstance(origin.ready, Whole):
        return origin.ready.network
    slicer = origin.ready.slicer
    return build(slicer.slice(np.flatnonzero(slicer.groups == slicer.groups[part])), some=True)


def together(network: Network, part: int) -> tuple[int, int]:
    """The smallest run of parts that holds a part and all that share jobs or orders across it."""
    edges = [0, *whole_groups(network, np.arange(1, network.parts, dtype=np.int64)), network.parts]
    return max(edge for edge in edges if edge <= part), min(edge for edge in edges if edge > part)


def agrees(found: Trace, kept: Tally, network: Network) -> bool:
    """Whether the traced part left the same tally as in the kept run."""
    if found.tally is None:
        return False
    own, classes = found.points, len(network.order_classes)
    low = int(network.part_start[found.part]) - own.start
    there = slice(own.start + low, own.stop + low)
    desks = slice(own.start * classes, own.stop * classes)
    whole = slice(there.start * classes, there.stop * classes)
    return bool(
        len(kept.point) == len(network.points)
        and np.array_equal(found.tally.point[own.start : own.stop], kept.point[there])
        and np.array_equal(found.tally.flow[desks], kept.flow[whole])
    )
