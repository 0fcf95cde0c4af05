"""What a command took, as its user would see it: wall and CPU seconds, and the peak memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SIMNET = (sys.executable, "-m", "simnet")
EVERY = 0.05
"""Seconds between two looks at a running command."""


@dataclass(frozen=True)
class Use:
    """What a command printed and took; children are counted in."""

    out: str
    wall: float
    cpu: float
    peak_mb: float


def used(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Use:
    """Run a command to its end; one that fails ends the benchmark with what it said."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        running = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, **(environment or {})})
        peak, ended = 0, 0
        while not ended:
            ended, status, took = os.wait4(running.pid, os.WNOHANG)
            if not ended:
                peak = max(peak, resident(running.pid))
                time.sleep(EVERY)
        wall = time.perf_counter() - start
        running.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        if running.returncode:
            sys.exit(f"{' '.join(command)} ended with {running.returncode}\n{err.read()}")
        out.seek(0)
        # The kernel's peak is that of the largest process; several at once are seen by looking.
        return Use(out.read(), wall, took.ru_utime + took.ru_stime, max(peak, took.ru_maxrss) / 1024)


def resident(pid: int) -> int:
    """Kilobytes that a process and all below it hold in memory; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        below = [each for file in Path(f"/proc/{pid}/task").glob("*/children") for each in file.read_text().split()]
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024 + sum(resident(int(each)) for each in below)
