"""A real Ray cluster: the same integers from inside and outside, workers killed; all on the loopback."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from simnet.engine.executors import Failure, Where, engaged, perform, read_where
from simnet.errors import SimnetError
from tests.cli.commands import process, tiny
from tests.engine.executors import clusters, studies, work

pytestmark = [
    pytest.mark.ray,
    pytest.mark.skipif(find_spec("ray") is None, reason="the extra ray is not installed"),
    pytest.mark.skipif(sys.platform != "linux", reason="all of 127.0.0.0/8 is the loopback on Linux only"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def env() -> Iterator[dict[str, str]]:
    """A token of the test's own for head and drivers, not what Ray keeps for the account; Ray reads it on import."""
    found = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in found.items():
            patch.setenv(name, value)
        yield found


@pytest.fixture(scope="module")
def addresses(env: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A head for all tests of this file, in a folder whose name is short enough for its sockets."""
    folder = Path(tempfile.mkdtemp(prefix="ray"))
    try:
        with clusters.ray(folder, **env) as found:
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def where(addresses: tuple[str, str]) -> Iterator[Where]:
    """The workers of that cluster, engaged once, as `--on ray://auto` does on a machine of the cluster."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_ADDRESS", addresses[0])
        with engaged(read_where("ray://auto")) as found:
            yield found


def test_a_worker_killed_inside_a_run_changes_nothing(where: Where) -> None:
    """Kill -9 of a worker with a task in hand: tallies and ledgers are the same to the integer."""
    pids = {found for _, found in perform(range(8), work.process, where) if isinstance(found, int)}
    assert pids and os.getpid() not in pids

    def told(done: int, of: int) -> None:
        while pids:
            os.kill(pids.pop(), signal.SIGKILL)

    assert studies.same(studies.run(where, told))
    assert not pids


def test_poison_and_killers_are_failures(where: Where) -> None:
    """Tried again, then alone; all other tasks are done."""
    found = {task: getattr(each, "error", each) for task, each in perform([1, -2, 3], work.square, where)}
    assert found == {1: 1, -2: "ValueError", 3: 9}
    found = {task: getattr(each, "error", each) for task, each in perform(range(5), work.die, where)}
    assert found == {0: 0, 1: 1, 2: 2, 3: "WorkerLost", 4: 4}


def test_closing_cancels_what_is_pending(where: Where) -> None:
    """A caller that has enough leaves nothing on the cluster that would still be done."""
    running = perform([0.01] + [30.0] * 9, work.slow, where)
    next(running)
    running.close()
    found = dict(perform([5], work.square, where))
    assert not isinstance(found[5], Failure)


def test_the_command_line_runs_there_from_outside(addresses: tuple[str, str], tmp_path: Path) -> None:
    """`simnet compare FILE --on ray://HOST:PORT`, through Ray's client, prints the answer of this machine."""
    tiny(tmp_path)
    env = {**os.environ, "PYTHONPATH": str(clusters.ROOT)}
    here, there = (
        process("compare", "tiny.yaml", "--json", "--out", out, *more, cwd=tmp_path, env=env)
        for out, more in (("here", ()), ("there", ("--on", addresses[1])))
    )
    assert (here.returncode, there.returncode) == (0, 0), there.stderr
    assert json.loads(here.stdout) == json.loads(there.stdout)


@pytest.mark.parametrize("on", ["ray://auto", "ray://127.0.0.1:{port}"])
def test_nobody_there(on: str, tmp_path: Path) -> None:
    """No cluster on this machine, or nobody at a port: said in seconds, with how to start one."""
    tiny(tmp_path)
    env = {**os.environ, "PYTHONPATH": str(clusters.ROOT), "RAY_TMPDIR": str(tmp_path)}
    env.pop("RAY_ADDRESS", None)
    if on == "ray://auto":
        env["RAY_ADDRESS"] = f"{clusters.RAY_HOST}:{clusters.free_port()}"
    done = process("run", "tiny.yaml", "--on", on.format(port=clusters.free_port()), cwd=tmp_path, env=env)
    assert done.returncode == 2, done.stderr
    assert "cannot be reached" in done.stderr and "ray start --head" in done.stderr


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said."""
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(SimnetError, match="ray is not installed here") as error:
        list(perform([1], work.square, read_where("ray")))
    assert "pip install 'simnet-parts[ray]'" in str(error.value)
