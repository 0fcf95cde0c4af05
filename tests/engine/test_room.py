"""Memory that a thread writes again and again, and slices that are run in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from simnet.engine.pieces import Slice, SliceTask, run_slice
from simnet.engine.room import Room, room
from simnet.engine.simulate import Run, simulate
from simnet.ledger.audit import audit
from simnet.ledger.columns import Columns
from simnet.ledger.summing import summed
from simnet.ledger.sums import Sums
from simnet.network.build import build
from simnet.network.network import Network
from simnet.network.slices import Slicer
from simnet.network.tape import draw
from simnet.study import load
from simnet.study.packing import arrays, packed

ROOT = Path(__file__).parents[2] / "scenarios"
ROW = np.dtype([("a", np.int64), ("b", np.int64)])


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Each test begins and ends without memory that is kept."""
    room.leave()
    yield
    room.leave()


def test_the_same_memory_is_given_again() -> None:
    """As long as it is large enough; what is asked under another name has its own."""
    of = Room()
    first, other = of.rows("first", 80, ROW), of.rows("other", 80, ROW)
    assert np.shares_memory(first, of.rows("first", 90, ROW)), "one in eight is taken besides"
    assert not np.shares_memory(first, of.rows("first", 91, ROW))
    assert not np.shares_memory(first, other)
    assert len(of.rows("first", 7, ROW)) == 7


def test_more_than_is_worth_keeping_is_not_kept() -> None:
    """A request above `most` gets memory of its own, and what is kept stays."""
    of = Room()
    small, large = of.rows("rows", 10, ROW, most=20), of.rows("rows", 30, ROW, most=20)
    assert len(large) == 30 and not np.shares_memory(small, large)
    assert np.shares_memory(small, of.rows("rows", 10, ROW, most=20))
    of.leave()
    assert not of.found


def test_each_thread_has_its_own() -> None:
    """Two workers never write to the same memory."""
    of, found = Room(), []
    mine = of.rows("rows", 10, ROW)
    other = threading.Thread(target=lambda: found.append(of.rows("rows", 10, ROW)))
    other.start()
    other.join()
    assert not np.shares_memory(mine, found[0])


def sums_of(run: Run, network: Network) -> Sums:
    """The audited sums, months with every cell."""
    columns = Columns.of(run.tally, len(network.order_classes))
    audit(columns.tally, network, columns)
    return summed(columns.tally, network, columns=columns).everywhere(
        network.months, network.sites * len(network.class_names)
    )


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
@pytest.mark.parametrize("file", ["minimal.yaml", "demo/demo.yaml"])
def test_a_slice_counts_what_a_network_counts(file: str, engine: str) -> None:
    """Months with own cells only, and whatever was in the memory before: the same sums, to the last integer."""
    network = load(ROOT / file, {"run.length": "6 mo", "run.warm_up": "1 mo"}).network()
    how = {"seed": 2, "replication": 1, "engine": engine}
    expected = sums_of(simulate(network, draw(network, 2, 1), **how), network)
    for _ in range(2):
        run = simulate(network, draw(network, 2, 1), **how, sliced=True)
        assert len(run.tally.month) == network.months * len(run.tally.cells)
        assert sums_of(run, network).same_as(expected)
        for rows in room.found.values():
            rows.view(np.int64)[...] = -7


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_a_later_slice_leaves_an_earlier_one_alone(engine: str) -> None:
    """What a slice leaves is its own, though the next is written where it was."""
    slicer = Slicer(load(ROOT / "demo/demo.yaml", {"run.length": "6 mo", "run.warm_up": "1 mo"}).scenario)
    parts = np.arange(len(slicer.scenario.parts))
    first, second = (
        SliceTask(Slice(f"{engine}-{n}", slicer.slice(some), None, some), 0, n, 0, 1, engine)
        for n, some in enumerate(np.array_split(parts, 2))
    )
    piece = run_slice(first)
    before = packed(piece.sums)
    kept = dict(room.found)
    run_slice(second)
    assert all(room.found[name] is kept[name] for name in ("stock", "flow")), "the second was written over the first"
    assert packed(piece.sums) == before
    again = run_slice(first)
    assert piece.sums.same_as(again.sums) and piece.points == again.points
    assert not any(np.shares_memory(array, rows) for _, _, array in arrays(piece.sums) for rows in room.found.values())


@pytest.mark.parametrize("ours", [True, False])
def test_a_worker_of_somebody_else_keeps_nothing(ours: bool) -> None:
    """A thread that lives on after the study gives back what it wrote to; one of ours keeps it for the next slice."""
    scenario = load(ROOT / "minimal.yaml").scenario
    cut = Slice(f"ours-{ours}", scenario, None, np.arange(len(scenario.parts)))
    run_slice(SliceTask(cut, 0, 0, 0, 1, "simpy", ours=ours))
    assert bool(room.found) == ours
    room.leave()


def test_a_slice_without_points_is_a_slice() -> None:
    """Months of no cell at all: nothing is added, and a whole that begins with it has every cell."""
    network = build(load(ROOT / "minimal.yaml").scenario)
    every = network.sites * len(network.class_names)
    run = simulate(network, draw(network, 1), engine="simpy", sliced=True)
    some = sums_of(run, network)
    empty = Sums({}, {}, some.month[:0], some.wait[:0], some.minutes, some.miss[:0], some.why[:0], some.job,
                 some.job_wait, some.open_wait[:0], some.open_age[:0], some.freight[:0], some.part[:0])  # fmt: skip
    begun = empty.everywhere(network.months, every)
    assert len(begun.month) == network.months * every and not begun.month.view(np.int64).any()
    assert begun.plus(some).month.tolist() == some.month.tolist()
