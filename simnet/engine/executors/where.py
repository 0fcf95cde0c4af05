"""Where tasks are done, as an analyst says it: `--workers 4`, `--on dask://host:8786`, `--on ray://auto`."""

from __future__ import annotations

import os
import re
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

from simnet.errors import Problem, SimnetError, did_you_mean, shorten

HERE = ("sequence", "threads", "processes")
FORMS = "sequence, threads, processes, dask://HOST:PORT, ray, ray://auto or ray://HOST:PORT"
ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s/:@\[\]]+):(\d{1,5})")


@dataclass(frozen=True)
class Where:
    """A kind of executor, how many tasks at once, and where a cluster is."""

    kind: str = "sequence"
    """sequence, threads, processes, dask, ray, or executor (the user's own)."""
    workers: int = 0
    """Tasks at once; 0: as many as there are workers or processors."""
    address: str = ""
    """`host:port`; `auto` for the Ray cluster of this machine, nothing for a Ray of our own."""
    executor: Executor | None = None
    crew: Any = field(default=None, compare=False, repr=False)
    """Its workers, where they stay engaged from one `perform` to the next."""

    def __str__(self) -> str:
        return f"{self.kind}://{self.address}" if self.address else self.kind


def read_where(on: str | Executor | Where, workers: int = 0) -> Where:
    """Where as the analyst writes it; `SimnetError` for words that name no place."""
    if isinstance(on, Where):
        return on
    if isinstance(on, Executor):
        return Where("executor", workers, executor=on)
    if on in HERE or on == "ray":
        return Where(on, workers)
    kind, sign, address = on.partition("://")
    address = address.rstrip("/")
    if sign and kind in ("dask", "ray") and (is_address(address) or (kind, address) == ("ray", "auto")):
        return Where(kind, workers, address)
    raise SimnetError(Problem(f"{shorten(on)} names no place to work: {wrong(kind, sign, address)}", remedy=FORMS))


def wrong(kind: str, sign: str, address: str) -> str:
    """What is wrong with a place."""
    if kind in ("dask", "ray"):
        return "its host and port are missing" if not address else f"{shorten(address)} is not HOST:PORT"
    return did_you_mean(kind, [*HERE, "dask", "ray"]) or ("dask and ray are known" if sign else "it is not known")


def is_address(text: str) -> bool:
    """Whether it is `host:port`, with a port that exists."""
    found = ADDRESS.fullmatch(text)
    return found is not None and 0 < int(found[2]) < 65536


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
