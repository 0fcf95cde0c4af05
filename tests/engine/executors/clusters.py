"""Clusters started as a user would, on free ports of the loopback, and ended with all that they started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
BIN = Path(sys.executable).parent
HOST = "127.0.0.1"
RAY_HOST = "127.0.0.2"
"""Ray takes 127.0.0.1 for the machine's address on the network; this one it leaves as it is."""

PATIENCE = 180
"""Seconds that Ray may take for a head, or for the server of a client, where the tests of others load the machine."""


def free_port(host: str = HOST) -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def start(*words: str, log: Path, **more: str) -> subprocess.Popen[bytes]:
    """Start one command of a cluster; what it says goes to a file."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    with log.open("ab") as file:
        return subprocess.Popen([str(BIN / words[0]), *words[1:]], stdout=file, stderr=file, env=env, cwd=log.parent)


def end(*processes: subprocess.Popen[bytes]) -> None:
    """End commands as Ctrl-C would, the last one first."""
    for process in reversed(processes):
        process.send_signal(signal.SIGTERM)
    for process in reversed(processes):
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(ready: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait until something is so."""
    last = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < last, f"{what} took more than {seconds:.0f} s"
        time.sleep(0.1)


def listens(port: int, host: str = HOST) -> bool:
    """Whether somebody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


@contextmanager
def dask(folder: Path, workers: int = 2) -> Iterator[str]:
    """A scheduler and its workers of one thread each; yields its address for `--on`."""
    port, log = free_port(), folder / "dask.log"
    quick = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    running = [start("dask", "scheduler", "--host", HOST, "--port", str(port), "--no-dashboard", log=log, **quick)]
    try:
        until(lambda: listens(port), "a Dask scheduler")
        if workers:
            options = ("--nthreads", "1", "--nworkers", str(workers), "--memory-limit", "0", "--no-dashboard")
            place = ("--host", HOST, "--local-directory", str(folder), "--death-timeout", "30")
            running.append(start("dask", "worker", f"tcp://{HOST}:{port}", *options, *place, log=log))
        yield f"dask://{HOST}:{port}"
    finally:
        end(*running)


@contextmanager
def ray(folder: Path, **env: str) -> Iterator[tuple[str, str]]:
    """A Ray head of two processors; yields its address for those on the machine, and for others."""
    inside, outside, log = free_port(RAY_HOST), free_port(RAY_HOST), folder / "ray.log"
    ports = ("--port", str(inside), "--ray-client-server-port", str(outside), "--dashboard-agent-listen-port", "0")
    ports += ("--min-worker-port", "0", "--max-worker-port", "0")
    options = (
        "--num-cpus",
        "2",
        "--include-dashboard",
        "false",
        "--disable-usage-stats",
        "--node-ip-address",
        RAY_HOST,
    )
    env["RAY_CLIENT_SERVER_CHECK_CHANNEL_TIMEOUT_S"] = str(PATIENCE)
    head = start("ray", "start", "--head", "--block", *ports, *options, "--temp-dir", str(folder / "r"), log=log, **env)
    try:
        until(lambda: listens(inside, RAY_HOST) and listens(outside, RAY_HOST), "a Ray head", PATIENCE)
        yield f"{RAY_HOST}:{inside}", f"ray://{RAY_HOST}:{outside}"
    finally:
        end(head)
