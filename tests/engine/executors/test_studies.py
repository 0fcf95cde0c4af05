"""Replications wherever they are done: the same integers; a poisoned part is named with its seed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from simnet.engine import replicate as module
from simnet.engine.executors import TaskError, Where
from simnet.engine.replicate import Task, locally, replicate
from simnet.network.network import Network
from simnet.study import Study, load
from tests.engine.executors import studies
from tests.worlds import HEAD, TWO


@pytest.mark.parametrize("on", ["threads", "processes"])
def test_the_same_integers(on: str) -> None:
    """Tallies and ledgers by replication, with workers that finish in any order (law 10.3)."""
    assert studies.same(studies.run(on, workers=2))


def test_an_executor_of_ones_own() -> None:
    """It is used and left open."""
    with ThreadPoolExecutor(2) as own:
        assert studies.same(studies.run(own))
        assert own.submit(int, "3").result() == 3


def poisoned(folder: Path, poison: int = 2) -> Study:
    """Four parts at two dealers; a policy fails on one of them."""
    text = HEAD + TWO + studies.FOUR + "demand: {part: all, orders: 20 per month}\n"
    path = folder / "poisoned.yaml"
    path.write_text(text + "stocking: {default: {policy: base-stock, up_to: 2}}\n", "utf-8")
    return load(path).use(policies={"dealer": studies.Choosy(poison)})


@pytest.mark.parametrize("on", ["sequence", "processes"])
def test_a_poisoned_part_is_named(tmp_path: Path, on: str) -> None:
    """The design, the replication, the seed, the part among many, and the error with its traceback."""
    with pytest.raises(TaskError) as error:
        poisoned(tmp_path).run(folder=None, replications=2, seed=11, on=on, workers=1)
    told = str(error.value)
    assert "parts 'a' to 'd' (4) of tiny, replication 0, seed 11: ZeroDivisionError: no such cover" in told
    assert "part 'c' fails by itself" in told and "replication 1" in told
    assert "in decide" in error.value.__notes__[0]


def test_the_rest_of_a_poisoned_study_is_done(tmp_path: Path) -> None:
    """Every other task is: progress reaches its end, and the error comes after."""
    seen: list[tuple[int, int]] = []
    with pytest.raises(TaskError):
        poisoned(tmp_path).run(folder=None, replications=3, progress=lambda done, of: seen.append((done, of)))
    assert len(seen) == 3 and seen[-1][0] == seen[-1][1]


def tasks(of: Network, count: int, engine: str = "simpy") -> list[Task]:
    """So many replications."""
    return [Task(of, 0, of.parts, 1, number, engine, False) for number in range(count)]


@pytest.mark.parametrize(
    ("engine", "workers", "count", "work", "kind"),
    [
        ("simpy", 4, 8, 1e9, "processes"),
        ("simpy", 4, 8, 10, "sequence"),
        ("simpy", 1, 8, 1e9, "sequence"),
        ("simpy", 4, 1, 1e9, "sequence"),
        ("compiled", 4, 8, 1e9, "threads"),
        ("compiled", 4, 1, 1e9, "sequence"),
    ],
)
def test_what_suits_the_clock(engine: str, workers: int, count: int, work: float, kind: str) -> None:
    """Threads for the compiled clock, processes for the other where they repay their start, else neither."""
    assert locally(engine, workers, tasks(studies.busy(), count), work).kind == kind


def test_objects_of_ones_own_stay_here_unless_asked(tmp_path: Path) -> None:
    """A policy may remember what it saw: it is moved to processes only where a number of workers is asked for."""
    of = poisoned(tmp_path).network()
    assert locally("simpy", 0, tasks(of, 8), 1e9) == Where()
    assert locally("simpy", 2, tasks(of, 8), 1e9).kind == "processes"


def test_a_task_takes_its_own_parts_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a network of four parts, a task of one has one to carry, and still says the same."""
    monkeypatch.setattr(module, "shards", lambda network, _: [(part, part + 1) for part in range(network.parts)])
    of = poisoned(tmp_path, -1).network()
    alone, apart = (replicate(of, on=on, workers=1)[0].tally for on in ("sequence", "processes"))
    assert alone.same_as(apart)
    carried = Task(of, 2, 3, 1, 0, "simpy", False).__reduce__()[1][0]
    assert (carried.first_part, len(carried.part_start)) == (2, 2) and len(carried.points) < len(of.points)
