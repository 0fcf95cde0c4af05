"""Memory that a thread writes again and again, and slices that are run in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from simnet.engine.pieces import Slice, SliceTask, run_slice
from simnet.engine.room import Room, room
from simnet.network.slices import Slicer
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


def test_a_later_slice_leaves_an_earlier_one_alone() -> None:
    """What a slice leaves is its own, though the ledger of the next is written where its ledger was."""
    slicer = Slicer(load(ROOT / "demo/demo.yaml", {"run.length": "6 mo", "run.warm_up": "1 mo"}).scenario)
    parts = np.arange(len(slicer.scenario.parts))
    first, second = (
        SliceTask(Slice(f"later-{n}", slicer.slice(some), None, some), 0, n, 0, 1, "compiled", lines=True)
        for n, some in enumerate(np.array_split(parts, 2))
    )
    run_slice(second)
    piece = run_slice(first)
    before, memory = packed(piece.sums), room.found["line"]
    run_slice(second)
    assert packed(piece.sums) == before
    again = run_slice(first)
    assert room.found["line"] is memory, "written over and over"
    assert piece.sums.same_as(again.sums) and piece.points == again.points and piece.lines == again.lines
    assert not any(np.shares_memory(array, memory) for _, _, array in arrays(piece.sums))


@pytest.mark.parametrize("ours", [True, False])
def test_a_worker_of_somebody_else_keeps_nothing(ours: bool) -> None:
    """A thread that lives on after the study gives back what it wrote to; one of ours keeps it for the next slice."""
    scenario = load(ROOT / "minimal.yaml").scenario
    cut = Slice(f"ours-{ours}", scenario, None, np.arange(len(scenario.parts)))
    run_slice(SliceTask(cut, 0, 0, 0, 1, "compiled", lines=True, ours=ours))
    assert bool(room.found) == ours
