"""Pieces: what one slice of a network leaves of one replication, small enough to travel and to be kept.

A task carries its slice as a scenario: whoever does it builds the network, draws the tape, replays it, audits it and
sums it up. Sums are integers: pieces add up to the same whole in any order, wherever they were made.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.engine.blocks import replay
from simnet.engine.culprit import culprit, raises
from simnet.engine.room import room
from simnet.engine.rows_out import ledger_rows, point_rows
from simnet.errors import SimnetError
from simnet.integers import Integers
from simnet.ledger.audit import audit
from simnet.ledger.summing import summed
from simnet.ledger.sums import Sums
from simnet.network.build import build
from simnet.network.outline import Outline, outline
from simnet.network.slices import Slicer

if TYPE_CHECKING:
    from simnet.network.network import Network
    from simnet.scenario.scenario import Scenario

KEPT_NETWORKS = 3
"""Networks of slices that a worker keeps for the replications to come."""


@dataclass(frozen=True, eq=False)
class Slice:
    """Some parts of one design."""

    key: str
    """Tells it from every other slice of the study."""
    scenario: Scenario
    own: Any
    parts: Integers
    """Their numbers in the catalog."""

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: these parts, and nothing that leads back to the catalog."""
        return {**self.__dict__, "scenario": self.scenario.bare()}


@dataclass(frozen=True, eq=False)
class SliceTask:
    """One slice under one replication."""

    slice: Slice
    design: int
    number: int
    """Of the slice in its design."""
    replication: int
    seed: int
    engine: str
    lines: bool = False
    points: bool = True
    """Keep a row a stocking point."""
    ours: bool = True
    """The worker ends with the study, and may keep its memory for the next slice until then."""

    @property
    def key(self) -> str:
        """Its name in the store."""
        return f"{self.design}-{self.replication}-{self.number:05d}"

    def __str__(self) -> str:
        """Where to look, in the analyst's names."""
        names = self.slice.scenario.parts.names
        parts = f"part '{names[0]}'" if len(names) == 1 else f"parts '{names[0]}' to '{names[-1]}' ({len(names)})"
        design = self.slice.scenario.variant or self.slice.scenario.name
        return f"{parts} of {design}, replication {self.replication}, seed {self.seed}"


@dataclass(frozen=True, eq=False)
class Piece:
    """What a task leaves; whole replications are pieces too, put together with `plus`."""

    sums: Sums
    outline: Outline
    engine: str
    points: bytes = field(default=b"", repr=False)
    """A row a stocking point, as Parquet."""
    lines: bytes = field(default=b"", repr=False)
    """The ledger, as Parquet; nothing once it is kept."""

    def begun(self) -> Piece:
        """A replication that begins with this piece: months of every place. Its rows are kept elsewhere."""
        of = self.outline
        return Piece(self.sums.everywhere(of.months, of.sites * len(of.class_names)), of, self.engine)

    def plus(self, other: Piece, spent: bool = False) -> Piece:
        """Both together. `spent`: this one is not looked at again."""
        begun = self.begun()
        return Piece(begun.sums.plus(other.sums, spent), begun.outline.merged(other.outline), self.engine)


def run_slice(task: SliceTask) -> Piece:
    """What a worker does; an error of several parts says which of them fails by itself."""
    try:
        return replayed(task, networks.of(task.slice))
    except (MemoryError, ImportError, SimnetError):
        raise
    except Exception as error:
        found = culprit_of(task)
        if found:
            error.add_note(found)
        raise
    finally:
        if not task.ours:
            room.leave()


def replayed(task: SliceTask, network: Network) -> Piece:
    """What the network of a slice leaves."""
    how: Any = {"seed": task.seed, "replication": task.replication, "engine": task.engine, "lines": task.lines}
    found = replay(network, **how)
    columns = found.columns
    audit(columns.tally, network, columns)
    sums = summed(columns.tally, network, columns=columns)
    rows = sums.part.copy()
    rows["part"] = task.slice.parts[rows["part"]]
    return Piece(
        replace(sums, part=rows),
        outline(network),
        found.engine,
        point_rows(network, columns) if task.points else b"",
        ledger_rows(network, found.lines) if task.lines else b"",
    )


def culprit_of(task: SliceTask) -> str:
    """The first part of a failed task that also fails alone, in words; parts that meet stay together."""
    whole = task.slice
    slicer = Slicer(whole.scenario, whole.own)

    def fails(groups: list[Integers]) -> bool:
        some = np.sort(np.concatenate(groups))
        cut = replace(whole, scenario=slicer.slice(some), parts=whole.parts[some])
        return raises(lambda: replayed(replace(task, slice=cut), build(cut.scenario, cut.own, some=True)))

    groups = [np.flatnonzero(slicer.groups == group) for group in np.unique(slicer.groups)]
    found = culprit(groups, fails) if len(groups) > 1 else None
    if found is None:
        return ""
    names = [whole.scenario.parts.names[part] for part in found[0].tolist()]
    if len(names) == 1:
        return f"part '{names[0]}' fails by itself"
    return f"parts '{names[0]}' to '{names[-1]}' ({len(names)}), which meet in jobs, fail by themselves"


class Networks:
    """The networks of the slices that were built last."""

    def __init__(self) -> None:
        self.found: OrderedDict[str, Network] = OrderedDict()
        self.lock = Lock()

    def of(self, wanted: Slice) -> Network:
        """The network of a slice; two workers may build the same one at the same time, and get the same."""
        with self.lock:
            found = self.found.get(wanted.key)
            if found is not None:
                self.found.move_to_end(wanted.key)
                return found
        made = build(wanted.scenario, wanted.own, some=True)
        with self.lock:
            self.found[wanted.key] = made
            while len(self.found) > KEPT_NETWORKS:
                self.found.popitem(last=False)
        return made

    def __reduce__(self) -> str:
        """A worker elsewhere has its own."""
        return "networks"


networks = Networks()
