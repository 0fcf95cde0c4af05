"""A real Dask cluster: the same integers, workers killed, a scheduler gone; all on the loopback."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")

from simnet.engine.executors import Failure, Where, engaged, perform, read_where
from simnet.engine.executors import on_dask as module
from simnet.errors import SimnetError
from tests.cli.commands import simnet, tiny
from tests.engine.executors import clusters, studies, work

pytestmark = pytest.mark.dask


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Scheduler and two workers for all tests of this file."""
    with clusters.dask(tmp_path_factory.mktemp("dask")) as found:
        yield found


@pytest.fixture(scope="module")
def where(address: str) -> Iterator[Where]:
    """The workers of that cluster, engaged once."""
    with engaged(read_where(address)) as found:
        yield found


def results(tasks: Any, of: Any, where: Where) -> dict[Any, Any]:
    """What came of each task; a Failure as its error."""
    return {task: each.error if isinstance(each, Failure) else each for task, each in perform(tasks, of, where)}


def test_the_command_line_runs_there(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`simnet compare FILE --on dask://HOST:PORT` prints the very answer that this machine gives."""
    monkeypatch.chdir(tmp_path)
    tiny(tmp_path)
    told = [
        simnet("compare", "tiny.yaml", "--json", "--out", out, *more)
        for out, more in (("here", ()), ("there", ("--on", address)))
    ]
    assert [each.exit_code for each in told] == [0, 0], told[1].stderr
    here, there = (json.loads(each.stdout) for each in told)
    assert here == there


def test_poison_harms_no_other_task(where: Where) -> None:
    """It is a Failure; nothing is sent to Dask twice for it."""
    assert results([1, -2, 3], work.square, where) == {1: 1, -2: "ValueError", 3: 9}


def test_a_worker_killed_inside_a_run_changes_nothing(where: Where) -> None:
    """Kill -9 of a worker with a task in hand: tallies and ledgers are the same to the integer."""
    pids = list(where.crew.client.run(os.getpid).values())

    def told(done: int, of: int) -> None:
        if pids:
            os.kill(pids.pop(), signal.SIGKILL)
            pids.clear()

    assert studies.same(studies.run(where, told))
    assert not pids


def test_a_task_that_kills_its_workers_is_a_failure(where: Where) -> None:
    """Tried again, then alone; all other tasks are done."""
    assert results(range(6), work.die, where) == {0: 0, 1: 1, 2: 2, 3: "WorkerLost", 4: 4, 5: 5}


def test_closing_cancels_what_is_pending(where: Where) -> None:
    """A caller that has enough leaves nothing on the cluster that would still be done."""
    running = perform([0.01] + [0.3] * 50, work.slow, where)
    next(running)
    running.close()
    assert results([5], work.square, where) == {5: 25}


def test_nobody_there(tmp_path: Path) -> None:
    """A port where nobody listens is said in seconds, with how to start a cluster."""
    with pytest.raises(SimnetError, match="cannot be reached: Connection refused") as error:
        list(perform([1], work.square, read_where(f"dask://{clusters.HOST}:{clusters.free_port()}")))
    assert "dask scheduler" in str(error.value)


def test_somebody_else_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port where somebody listens who is no Dask scheduler: its client would wait for ever, we do not."""
    monkeypatch.setattr(module, "ANSWERED_IN", 1.0)
    with clusters.socket.create_server((clusters.HOST, 0)) as server:
        on = f"dask://{clusters.HOST}:{server.getsockname()[1]}"
        with pytest.raises(SimnetError, match="cannot be reached"):
            list(perform([1], work.square, read_where(on)))


def test_a_scheduler_without_workers_and_one_that_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker joins: said after some seconds. The scheduler ends inside a run: said too, never a hang."""
    monkeypatch.setattr(module, "JOINED_IN", 0.5)
    with clusters.dask(tmp_path, workers=0) as on:
        with pytest.raises(SimnetError, match="no worker has joined") as error:
            list(perform([1], work.square, read_where(on)))
        assert "dask worker tcp://" in str(error.value)
    monkeypatch.setattr(module, "JOINED_IN", 30)
    with clusters.dask(tmp_path, workers=1) as on:
        running = perform([0.01] + [60.0] * 3, work.slow, read_where(on))
        assert next(running) == (0.01, 0.01)
    with pytest.raises(SimnetError, match="was lost"):
        list(running)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said."""
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(SimnetError, match="dask is not installed here") as error:
        list(perform([1], work.square, read_where("dask://127.0.0.1:8786")))
    assert "pip install 'simnet-parts[dask]'" in str(error.value)
