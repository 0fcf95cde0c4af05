"""Tasks in, results out: the same wherever they are done, whatever happens to workers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from simnet.engine.executors import Failure, TaskError, Where, engaged, perform, raise_failures, travels
from simnet.engine.executors.parcel import Program, Unlike, open_and_do, pack, program
from simnet.errors import Problem, SimnetError
from tests.engine.executors import work
from tests.engine.executors.alive import all_gone

HERE = ["sequence", "threads", "processes"]


@pytest.fixture(params=[*HERE, "own threads", "own processes"])
def where(request: pytest.FixtureRequest) -> Iterator[Where]:
    """Each kind of place on this machine, with two workers."""
    if request.param in HERE:
        yield Where(request.param, 2)
        return
    own: Executor = ThreadPoolExecutor(2)
    if request.param == "own processes":
        own = ProcessPoolExecutor(2, mp_context=get_context("spawn"))
    with own:
        yield Where("executor", executor=own)


def results(tasks: Any, of: Any, where: Where) -> dict[Any, Any]:
    """What came of each task; a Failure as its error and message."""
    found = dict(perform(tasks, of, where))
    return {task: (each.error, each.message) if isinstance(each, Failure) else each for task, each in found.items()}


def test_everywhere_the_same(where: Where) -> None:
    """Each task once, with its own result; poison is a Failure and harms no other task."""
    assert results([1, 2, -3, 4, 5], work.square, where) == {
        1: 1, 2: 4, -3: ("ValueError", "-3 is poison"), 4: 16, 5: 25,
    }  # fmt: skip


def test_nothing_to_do(where: Where) -> None:
    """No task, no result."""
    assert results([], work.square, where) == {}


def test_a_failure_tells_where(where: Where) -> None:
    """Its task, and the traceback down to the line that raised."""
    ((task, failure),) = perform([-3], work.square, where)
    assert isinstance(failure, Failure)
    assert task == failure.task == -3
    assert "work.py" in failure.traceback and "is poison" in failure.traceback


def test_a_task_that_leaves_is_a_failure(where: Where) -> None:
    """`sys.exit` inside a task ends neither the worker nor the run."""
    assert results([7], work.leave, where) == {7: ("SystemExit", "7")}


def test_what_a_task_prints_does_no_harm() -> None:
    """Standard output of a worker process is not the line to its driver."""
    assert results([1, 2], work.printing, Where("processes", 1)) == {1: 1, 2: 2}


@pytest.mark.parametrize("kind", HERE)
def test_tasks_are_taken_as_workers_are_free(kind: str) -> None:
    """Of ten thousand tasks only a few a worker are ever made ahead: memory does not follow their number."""
    made = []

    def tasks() -> Iterator[int]:
        for number in range(10_000):
            made.append(number)
            yield number

    running = perform(tasks(), work.square, Where(kind, 2))
    for _ in range(5):
        next(running)
    running.close()
    assert len(made) <= 5 + 2 * 2


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    """The task in its hands is done again by a fresh process, and the caller never knows."""
    tasks = [(number, str(tmp_path / "mark") if number == 3 else "") for number in range(8)]
    assert results(tasks, work.die_once, Where("processes", 2)) == {task: task[0] for task in tasks}
    assert (tmp_path / "mark").exists()


def test_a_task_that_kills_is_a_failure() -> None:
    """Exactly that one, after three workers; all others are done."""
    found = results(range(8), work.die, Where("processes", 2))
    assert found.pop(3) == ("WorkerLost", "exit code 9, 3 times")
    assert found == {number: number for number in range(8) if number != 3}


def test_a_pool_of_ones_own_that_breaks_loses_no_task() -> None:
    """Python's own pool cannot be renewed by us: what it did not do is a Failure, one by one."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own:
        found = dict(perform(range(8), work.die, Where("executor", executor=own)))
    assert set(found) == set(range(8))
    lost = [each for each in found.values() if isinstance(each, Failure)]
    assert isinstance(found[3], Failure)
    assert all(each.lost for each in lost)


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_workers_may_stay(kind: str) -> None:
    """Engaged once, they serve one `perform` after another, also after one that was given up."""
    with engaged(Where(kind, 2)) as where:
        next(perform(range(100), work.square, where))
        first, second = (set(dict(perform(range(6), work.process, where)).values()) for _ in range(2))
    if kind == "processes":
        assert first == second
        assert all_gone(first)


def test_closing_ends_the_processes() -> None:
    """A caller that has enough leaves no process behind, though tasks are in hand."""
    running = perform(range(100), work.process, Where("processes", 2))
    pids = {next(running)[1], next(running)[1]}
    running.close()
    assert all(isinstance(pid, int) for pid in pids)
    assert all_gone({pid for pid in pids if isinstance(pid, int)})


def test_no_thread_is_left() -> None:
    """Neither by threads nor by what looks after processes."""
    before = threading.active_count()
    for kind in ("threads", "processes"):
        results(range(4), work.square, Where(kind, 2))
    assert threading.active_count() == before


def test_code_of_the_main_script_travels_or_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With cloudpickle it travels; without, it is refused by name, and the caller may stay in sequence."""

    def own(number: int) -> int:
        return number + 1

    own.__module__, own.__qualname__ = "__main__", "own"
    assert travels(own, 1)
    assert results([1], own, Where("processes", 1)) == {1: 2}
    monkeypatch.setitem(__import__("sys").modules, "cloudpickle", None)
    assert travels(work.square, 1) and not travels(own, 1)
    error, message = results([1], own, Where("processes", 1))[1]
    assert error == "PicklingError" and "own is defined in the main script" in message


def test_a_worker_that_runs_another_program_refuses() -> None:
    """Its version, code, Python or libraries differ: the message says in what, and the work is not done."""
    other = Program(**{**program().__dict__, "code": "0" * 16, "numpy": "1.26"})
    refused = open_and_do(other, pack(work.square, 2))
    assert isinstance(refused, Unlike)
    assert open_and_do(program(), pack(work.square, 2)) == 4
    told = str(Unlike("node7", program(), other).error())
    assert "the worker on node7 runs another program: code 0000000000000000 there" in told
    assert "numpy 1.26 there" in told and "python" not in told.split("=")[0]


def test_a_refusal_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a study from one program and half from another is none."""
    monkeypatch.setattr("simnet.engine.executors.crew.program", lambda: Program("9.9", "", "", "", ""))
    with pytest.raises(SimnetError, match="runs another program: simnet .* there, 9.9 here"):
        list(perform([1], work.square, Where("processes", 1)))


POISON = Failure(3, "ValueError", "odd", "Traceback ...")
INPUT = Failure(4, "SimnetError", "too long", problems=(Problem("too long", "a.yaml", 3),))
LOST = Failure(5, "WorkerLost", "exit code -9, 3 times")


@pytest.mark.parametrize(
    ("failures", "kind", "told"),
    [
        ([POISON], TaskError, "task 3: ValueError: odd"),
        ([POISON, INPUT], TaskError, "task 3: ValueError: odd"),
        ([POISON] * 9, TaskError, "and 4 more tasks"),
        ([INPUT], SimnetError, "a.yaml:3"),
        ([LOST], SimnetError, "task 5: exit code -9, 3 times"),
    ],
)
def test_failures_are_raised_in_words(failures: list[Failure], kind: type[Exception], told: str) -> None:
    """Wrong inputs and lost workers are the analyst's to mend; the rest is a mistake, with its traceback."""
    with pytest.raises(kind) as error:
        raise_failures(failures, lambda task: f"task {task}")
    assert told in str(error.value)
    if kind is TaskError:
        assert error.value.__notes__ == ["Traceback ..."]


def test_no_failure_raises_nothing() -> None:
    """All went well."""
    raise_failures([])
