"""Slices gathered: by whoever runs them, each once; a disk that takes no more stops the study."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from simnet.engine.executors import TaskError, Where, travels
from simnet.engine.executors.parcel import open_and_do, pack, program
from simnet.engine.pieces import Piece, SliceTask, run_slice
from simnet.errors import Problem, SimnetError
from simnet.network import slices
from simnet.scenario import Scenario
from simnet.study import load, ready
from simnet.study.ready import Order, Sliced
from simnet.study.unfinished import Unfinished

PARTS = 40
CATALOG = """
simnet: 1
name: chain
run: {start: 2026-01-05, length: 4 mo}
suppliers: {factory: {lead_time: {mean: 9 d, cv: 0.4}}}
warehouses: {gent: {tier: central, refilled_by: factory}}
dealers: {lyon: {served_by: gent, lead_time: 2 d}, turin: {served_by: gent, lead_time: 1 d}}
parts: parts.csv
demand:
  - {part: all, at: dealers, orders: 2 per week}
  - {table: demand.csv}
  - {orders: orders.csv, replay: bootstrap}
opening: opening.csv
stocking: {default: {policy: base-stock, target: 90 %}, levels: levels.csv}
"""


def names(parts: int) -> list[str]:
    """Of parts, none of which is part of another."""
    return [f"part-{number:05d}" for number in range(parts)]


def catalog(folder: Path, parts: int = PARTS) -> Scenario:
    """A catalog in tables: parts, demand, a history, stock at the start and levels."""
    tables = {
        "parts": ("part,cost,price", "{},1.00 EUR,2.00 EUR"),
        "demand": ("part,at,orders", "{},lyon,1 per month"),
        "orders": ("part,date,quantity", "{},2025-11-03,2"),
        "opening": ("site,part,on_hand", "lyon,{},1"),
        "levels": ("site,part,up_to", "turin,{},3"),
    }
    for name, (head, row) in tables.items():
        (folder / f"{name}.csv").write_text("\n".join([head, *map(row.format, names(parts))]) + "\n", "utf-8")
    (folder / "chain.yaml").write_text(CATALOG, "utf-8")
    return load(folder / "chain.yaml").scenario


@pytest.fixture
def sliced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sliced:
    """A design in some eight slices."""
    monkeypatch.setattr(ready, "LARGE", 0)
    monkeypatch.setattr(slices, "SLICE_POINTS", 15)
    found = ready.ready(catalog(tmp_path), None, 0)
    assert isinstance(found, Sliced) and len(found.cuts) > 4
    return found


def asked(on: object, folder: Path | None = None) -> Order:
    """One way to run it."""
    return Order(seed=3, engine="simpy", workers=2, on=on, lines=False, store=Unfinished(folder, "code"), work=1e4)


@pytest.mark.parametrize("kind", ["sequence", "threads", "processes"])
def test_whoever_gathers_the_whole_is_the_same(kind: str, sliced: Sliced, tmp_path: Path) -> None:
    """Threads take in what they leave, of others one thread does: same sums, and each slice is kept once."""
    expected = sliced.replicate([0, 1], asked(Where()), lambda done, of: None)
    done: list[int] = []
    found = sliced.replicate([0, 1], asked(Where(kind, 2), tmp_path / kind), lambda now, of: done.append(now))
    assert all(one.sums.same_as(other.sums) for one, other in zip(expected, found, strict=True))
    kept = [path.name for path in (tmp_path / kind / ".unfinished-code").iterdir()]
    assert sorted(kept) == sorted(
        f"{name}-0-{replication}-{number:05d}.{end}"
        for replication in (0, 1)
        for number in range(len(sliced.cuts))
        for name, end in (("points", "parquet"), ("sums", "bin"))
    )
    assert done == sorted(done) and len(done) == 2 * len(sliced.cuts)
    again = sliced.replicate([0, 1], asked(Where(kind, 2), tmp_path / kind), lambda done, of: None)
    assert all(one.sums.same_as(other.sums) for one, other in zip(expected, again, strict=True))


def test_slices_that_were_cut_elsewhere_are_run_again(sliced: Sliced, tmp_path: Path) -> None:
    """What was kept of other parts, as from another version, is not taken for what this slice leaves."""
    expected = sliced.replicate([0], asked(Where()), lambda done, of: None)[0]
    sliced.replicate([0], asked(Where(), tmp_path), lambda done, of: None)
    folder = tmp_path / ".unfinished-code"
    for name in ("points", "sums"):
        ends = "parquet" if name == "points" else "bin"
        first, second = (folder / f"{name}-0-0-{number:05d}.{ends}" for number in (0, 1))
        first.write_bytes(second.read_bytes())
    found = sliced.replicate([0], asked(Where(), tmp_path), lambda done, of: None)[0]
    assert found.sums.same_as(expected.sums) and found.outline.parts == PARTS


def test_a_library_that_does_not_work_is_told_at_once(sliced: Sliced, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not slice after slice: what cannot be imported for one cannot be for any other."""
    ran: list[SliceTask] = []

    def broken(task: SliceTask) -> Piece:
        ran.append(task)
        raise ImportError("Numba needs NumPy 2.3 or less")

    monkeypatch.setattr("simnet.study.ready.run_slice", broken)
    with pytest.raises(TaskError, match="Numba needs NumPy"):
        sliced.replicate([0], asked(Where()), lambda done, of: None)
    assert len(ran) == 1


@pytest.mark.parametrize("kind", ["sequence", "threads"])
def test_a_full_disk_stops_the_study(
    kind: str, sliced: Sliced, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a slice cannot be kept none is begun any more: its message is told, not one a slice."""
    ran: list[str] = []
    one = threading.Lock()

    def run(task: SliceTask) -> Piece:
        with one:
            ran.append(str(task))
        return run_slice(task)

    def full(*_: object) -> None:
        raise SimnetError(Problem("what was run cannot be kept: No space left on device"))

    monkeypatch.setattr("simnet.study.ready.run_slice", run)
    monkeypatch.setattr("simnet.study.gathered.run_slice", run)
    order = asked(Where(kind, 2), tmp_path / kind)
    monkeypatch.setattr(order.store, "put", full)
    with pytest.raises(SimnetError, match="cannot be kept") as error:
        sliced.replicate(list(range(20)), order, lambda done, of: None)
    assert len(error.value.problems) == 1
    assert len(ran) < 20 * len(sliced.cuts) / 4, "of many slices the first ones only"


def test_a_slice_travels_without_the_catalog(sliced: Sliced, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent of a slice names its own parts only, needs no cloudpickle, and leaves what it leaves here."""
    monkeypatch.setitem(__import__("sys").modules, "cloudpickle", None)
    tasks = [SliceTask(sliced.cut(number), 0, number, 0, 3, "simpy") for number in (0, 1)]
    here = [run_slice(task) for task in tasks]  # which works out what slices share
    for task, piece in zip(tasks, here, strict=True):
        assert travels(run_slice, task)
        parcel = pack(run_slice, task)
        own = {names(PARTS)[part] for part in task.slice.parts.tolist()}
        sent = {name for name in names(PARTS) if name.encode() in parcel}
        assert sent == own
        assert b"chain.yaml" not in parcel and b".csv" not in parcel
        there = open_and_do(program(), parcel)
        assert there.sums.same_as(piece.sums) and there.points == piece.points
