"""Ctrl-C and kill: what was handed over is kept, no process is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.executors.alive import all_gone

ROOT = Path(__file__).parents[3]
SCRIPT = """
import sys
from simnet.engine.executors import Where, perform
from tests.engine.executors.work import process, slow

where = Where(sys.argv[1], 2)
try:
    for task, result in perform(range(1000), process, where):
        print(result, flush=True)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


def start(kind: str) -> subprocess.Popen[str]:
    """A driver with far too much to do, after its first four results. It is a script without a main guard."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SCRIPT, kind]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, start_new_session=True)


def first_results(driver: subprocess.Popen[str]) -> set[int]:
    """The first four results: who did them."""
    assert driver.stdout is not None
    return {int(driver.stdout.readline()) for _ in range(4)}


@pytest.mark.parametrize("kind", ["sequence", "threads", "processes"])
def test_ctrl_c_stops_cleanly(kind: str) -> None:
    """As the terminal does it, to the whole group: results before it were kept, the driver ends by itself."""
    driver = start(kind)
    pids = first_results(driver)
    os.killpg(driver.pid, signal.SIGINT)
    try:
        rest, _ = driver.communicate(timeout=60)
    finally:
        driver.kill()
    assert rest.splitlines()[-1] == "stopped"
    assert driver.returncode == 0
    assert all_gone(pids)


def test_a_killed_driver_takes_its_workers_along() -> None:
    """Kill -9 gives it no chance to tell them; they see its end of the line go, and end in the middle of a task."""
    driver = start("processes")
    pids = first_results(driver)
    driver.kill()
    driver.communicate(timeout=60)
    assert driver.pid not in pids and all_gone(pids)
