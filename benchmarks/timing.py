"""CPU seconds of things done in turn: on a shared machine only their ratio in one run holds still."""

from __future__ import annotations

import gc
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any


def cpu_seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of one call, and what it returned."""
    gc.collect()
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def in_turn(works: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Each work once a round; a work returns its own figure, such as lines a CPU second."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(work())
    return found


def ratios(found: dict[str, list[float]], to: str) -> dict[str, float]:
    """The median over rounds of each figure over that of `to` in the same round."""
    return {
        name: round(statistics.median(a / b for a, b in zip(values, found[to], strict=True)), 6)
        for name, values in found.items()
    }


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    libraries = {name: version(name) for name in ("numpy", "numba", "simpy")}
    return {"python": platform.python_version(), "machine": platform.machine(), **libraries}


def report(name: str, **figures: Any) -> None:
    """Print one JSON object."""
    json.dump({"benchmark": name, **figures, "on": machine()}, sys.stdout, indent=1)
    print()
