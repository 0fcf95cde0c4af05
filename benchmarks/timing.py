"""CPU seconds of things done in turn: on a shared machine only their ratio in one run holds still."""

from __future__ import annotations

import gc
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import tables


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


def clocks() -> tuple[int, int]:
    """Ticks of the processors since the system started: those the host took for others, and all. Zeros if not told."""
    try:
        told = Path("/proc/stat").read_text(encoding="utf-8").split("\n", 1)[0].split()[1:9]
    except OSError:
        return 0, 0
    return int(told[-1]), sum(map(int, told))


BEGAN = clocks()
TAKEN = "taken_by_host_percent"


def taken_by_host(since: tuple[int, int] = BEGAN) -> float:
    """Percent of the processors' time that the host of a virtual machine gave to others: to be read beside figures."""
    (took, ticks), (earlier, before) = clocks(), since
    return round(100 * (took - earlier) / max(ticks - before, 1), 1)


def machine() -> dict[str, Any]:
    """What the figures were measured on, and when; nothing that tells one machine from its like."""
    libraries = {name: version(name) for name in ("numpy", "numba", "simpy", "pyarrow")}
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "machine": platform.machine(),
        TAKEN: taken_by_host(),
        "simnet": version("simnet-parts"),
        "python": platform.python_version(),
        **libraries,
    }


def processor() -> str:
    """The kind of processor, as the system names it."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    models = (line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name"))
    return next(models, platform.processor())


def report(name: str, **figures: Any) -> None:
    """Print one JSON object, and on standard error the same as a table."""
    json.dump({"benchmark": name, **figures, "on": machine()}, sys.stdout, indent=1)
    print(flush=True)
    print(tables.shown(tables.table(figures)), file=sys.stderr)
    for title, value in tables.alone(figures).items():
        print(f"{title}: {value}", file=sys.stderr)
