"""Designs ready to run: built whole, or slice by slice where a network is too large for that.

Both answer to the same questions: run some replications, sum them up, be kept on disk and taken from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.engine.allocator import memory_kept
from simnet.engine.executors import Failure, Where, perform, processors, raise_failures, read_where, travels
from simnet.engine.pieces import Piece, Slice, SliceTask, run_slice
from simnet.engine.replicate import WORTH_PROCESSES, expected_work, replicate
from simnet.engine.room import leaving_room
from simnet.engine.simulate import Run, choose
from simnet.ledger.summing import summed
from simnet.network.build import build
from simnet.network.outline import UNITED, Outline, outline
from simnet.network.slices import Slicer
from simnet.study import packing
from simnet.study.gathered import Gathered

if TYPE_CHECKING:
    from simnet.ledger.sums import Sums
    from simnet.network.network import Network
    from simnet.scenario import Scenario
    from simnet.study.study import Progress
    from simnet.study.unfinished import Unfinished

LARGE = 1_000_000
"""Stocking points from which a network is not built whole: some gigabytes."""


OURS = ("sequence", "threads", "processes")
"""Where workers end with the study."""
HOPELESS = ("ImportError", "ModuleNotFoundError")
"""Errors that every slice would run into: a library that is there and does not work."""


@dataclass(frozen=True)
class Order:
    """How replications are to be run."""

    seed: int
    engine: str
    workers: int
    on: Any
    lines: bool
    store: Unfinished
    work: float
    """Of the whole study, in demand lines: by it the clock is chosen."""


Kept = Any
"""What a design keeps of a replication: a Run, or a Piece."""


def ready(scenario: Scenario, own: Mapping[str, Any] | None, number: int) -> Whole | Sliced:
    """A design, number `number` of its study, as it can be run."""
    slicer = slicer_of(scenario, own)
    return Whole(build(scenario, own), number) if slicer is None else Sliced(slicer, number)


def slicer_of(scenario: Scenario, own: Mapping[str, Any] | None) -> Slicer | None:
    """What cuts the network of a scenario; None where it is small enough to be held whole."""
    if large(scenario):
        slicer = Slicer(scenario, own)
        if slicer.size.points > LARGE:
            return slicer
    return None


def large(scenario: Scenario) -> bool:
    """Whether a network may be too large to be built whole: it has that many points if every site has every part."""
    return len(scenario.parts) * (len(scenario.warehouses) + len(scenario.dealers)) > LARGE


class Whole:
    """A design whose network is built whole."""

    def __init__(self, network: Network, number: int) -> None:
        self.network, self.number = network, number
        self.work = expected_work(network)

    def file(self, replication: int) -> str:
        """The name of the file that holds a replication."""
        return f"tally-{self.number}-{replication}.bin"

    def replicate(self, wanted: Sequence[int], order: Order, progress: Progress) -> list[Run]:
        """Some replications; those that an unfinished study left are not run again."""
        found: dict[int, Run] = {}
        for each in wanted:
            data = order.store.get(self.file(each))
            if data is not None:
                found[each] = self.unpacked(data)
        missing = [each for each in wanted if each not in found]
        runs = replicate(
            self.network,
            seed=order.seed,
            replications=missing,
            engine=order.engine,
            lines=order.lines,
            workers=order.workers,
            on=order.on,
            work=order.work,
            progress=progress,
            kept=lambda each, run: order.store.put(self.file(each), self.packed(run)),
        )
        found |= dict(zip(missing, runs, strict=True))
        return [found[each] for each in wanted]

    def sums(self, run: Run) -> Sums:
        """The sums of a replication."""
        return summed(run.tally, self.network)

    def outline(self, runs: Sequence[Run]) -> Outline:
        """What KPIs need to know of the network."""
        return outline(self.network)

    def packed(self, run: Run) -> bytes:
        """A run's tally and lines as bytes."""
        return packing.packed_run(run)

    def unpacked(self, data: bytes) -> Run:
        """The run that was packed."""
        return packing.unpacked_run(data)


class Sliced:
    """A design whose network is never built whole: its slices are built, run, summed up and forgotten."""

    def __init__(self, slicer: Slicer, number: int) -> None:
        self.slicer, self.number = slicer, number
        self.network = slicer.probe
        """Some of its parts, for what does not depend on them."""
        self.work = slicer.size.work

    @cached_property
    def cuts(self) -> list[Any]:
        """The parts of each slice."""
        return self.slicer.cuts()

    def cut(self, number: int) -> Slice:
        """A slice, by its number."""
        parts = self.cuts[number]
        return Slice(f"{id(self)}-{number}", self.slicer.slice(parts), self.slicer.own, parts)

    def file(self, replication: int) -> str:
        """The name of the file that holds a replication."""
        return f"sums-{self.number}-{replication}.bin"

    def replicate(self, wanted: Sequence[int], order: Order, progress: Progress) -> list[Piece]:
        """Some replications, slice after slice; slices that an unfinished study left are not run again."""
        gathered, where = Gathered(order.store, self.packed), self.where(order)
        failures: list[Failure] = []

        def count() -> None:
            done[0] += 1
            progress(round(done[0] * each), round(each * len(self.cuts) * len(wanted)))

        done, each = [0], self.work / len(self.cuts)
        tasks = self.tasks(wanted, order, gathered, count, where.kind in OURS)
        work: Callable[[SliceTask], Piece | None] = gathered.done if where.kind == "threads" else run_slice
        with memory_kept(), leaving_room(), closing(perform(tasks, work, where)) as results:
            for task, piece in results:
                if isinstance(piece, Failure):
                    failures.append(piece)
                    if piece.error in HOPELESS:
                        break
                elif piece is not None:
                    gathered.take(task, piece)
                if gathered.broken is not None:
                    raise gathered.broken
                count()
        raise_failures(failures)
        return [gathered.whole[number] for number in wanted]

    def tasks(
        self, wanted: Sequence[int], order: Order, gathered: Gathered, count: Callable[[], None], ours: bool
    ) -> Iterator[SliceTask]:
        """What is left to do, by workers of ours or not; what was done before joins the others at once."""
        engine = choose(order.engine, round(order.work), self.network)
        for number in range(len(self.cuts)):
            cut: Slice | None = None
            for replication in wanted:
                before = self.kept(number, replication, order)
                if before is not None:
                    gathered.join(replication, before)
                    count()
                    continue
                cut = cut or self.cut(number)
                yield SliceTask(
                    cut,
                    self.number,
                    number,
                    replication,
                    order.seed,
                    engine,
                    order.lines,
                    order.store.folder is not None,
                    ours,
                )

    def kept(self, number: int, replication: int, order: Order) -> Piece | None:
        """A piece that an interrupted study left, if it is of the very parts of this slice."""
        key = f"{self.number}-{replication}-{number:05d}"
        rows = ("points", "lines") if order.lines else ("points",)
        if not all(order.store.has(f"{name}-{key}.parquet") for name in rows):
            return None
        data = order.store.get(f"sums-{key}.bin")
        piece = None if data is None else self.unpacked(data)
        same = piece is not None and np.array_equal(np.sort(piece.sums.part["part"]), np.sort(self.cuts[number]))
        return piece if same else None

    def where(self, order: Order) -> Where:
        """Threads for the compiled clock, processes for the other."""
        if order.on is not None:
            return read_where(order.on, order.workers)
        count = min(order.workers or processors(), len(self.cuts))
        if count < 2:
            return Where()
        if choose(order.engine, round(order.work), self.network) == "compiled":
            return Where("threads", count)
        worth = order.work >= WORTH_PROCESSES and travels(run_slice, self.cut(0))
        return Where("processes", count) if worth else Where()

    def sums(self, piece: Piece) -> Sums:
        """The sums of a replication."""
        return piece.sums

    def outline(self, pieces: Sequence[Piece]) -> Outline:
        """What KPIs need to know of the network."""
        return pieces[0].outline

    def packed(self, piece: Piece) -> bytes:
        """A piece as bytes, without its rows."""
        told = {name: getattr(piece.outline, name) for name in UNITED}
        told["features"] = sorted(told["features"])
        return packing.packed(piece.sums, engine=piece.engine, **told)

    def unpacked(self, data: bytes) -> Piece:
        """The piece that was packed."""
        sums, told = packing.unpacked(data)
        united: Any = {name: kind(told[name]) for name, kind in KINDS.items()}
        return Piece(sums, replace(outline(self.network), **united), told["engine"])


KINDS: dict[str, Callable[[Any], Any]] = {
    "listed": tuple, "features": frozenset, "given": np.asarray, "modes": tuple, "parts": int, "points": int,
}  # fmt: skip
"""What JSON made lists of."""
