"""Crews: workers at hand, of whatever kind, as `perform` meets them."""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Thread
from typing import Any, TypeVar

from simnet.engine.executors.failure import attempt
from simnet.engine.executors.parcel import open_and_do, pack, program
from simnet.engine.executors.where import Where, processors
from simnet.errors import Problem, SimnetError

T = TypeVar("T")

REACHED_IN = 5.0
"""Seconds in which somebody must listen."""
ANSWERED_IN = 20.0
"""Seconds in which who listens must have shown to be a cluster."""


class Crew:
    """Workers that share our memory or are sent parcels; kinds of their own say what else they know."""

    near = False
    """Whether workers share our memory, so that nothing is packed."""

    def __init__(self, executor: Executor, workers: int) -> None:
        self.executor = executor
        self.workers = workers

    def submit(self, work: Callable[[Any], Any], task: Any) -> Future[Any]:
        """Hand a task over."""
        if self.near:
            return self.executor.submit(attempt, work, task)
        return self.executor.submit(open_and_do, program(), pack(work, task))

    def size(self) -> int:
        """Tasks that can be done at once now."""
        return self.workers

    def lost(self, error: BaseException) -> bool:
        """Whether a worker died, so that the task may be tried again."""
        return False

    def check(self) -> None:
        """Asked about once a second; `SimnetError` where nothing will come any more."""

    def close(self) -> None:
        """Leave no worker of ours behind; tasks in hand are given up."""
        self.executor.shutdown(wait=True, cancel_futures=True)


class Threads(Crew):
    """Threads of this process."""

    near = True

    def __init__(self, where: Where) -> None:
        count = where.workers or processors()
        super().__init__(ThreadPoolExecutor(count, thread_name_prefix="simnet"), count)


class Own(Crew):
    """An executor that the caller brought and will close."""

    def __init__(self, where: Where) -> None:
        assert where.executor is not None
        known = getattr(where.executor, "_max_workers", None)
        super().__init__(where.executor, where.workers or (known if isinstance(known, int) else processors()))
        self.near = isinstance(where.executor, ThreadPoolExecutor)

    def close(self) -> None:
        """It stays open, and is not renewed where it broke: that is the caller's."""


def engage(where: Where) -> Crew:
    """The workers of a place, reached and ready; `SimnetError` where they are not to be had."""
    if where.kind == "threads":
        return Threads(where)
    if where.kind == "processes":
        from simnet.engine.executors.processes import ProcessCrew

        return ProcessCrew(where)
    if where.kind == "dask":
        from simnet.engine.executors.on_dask import DaskCrew

        return DaskCrew(where)
    if where.kind == "ray":
        from simnet.engine.executors.on_ray import RayCrew

        return RayCrew(where)
    if where.kind == "executor":
        return Own(where)
    raise ValueError(f"no crew of kind {where.kind!r}")


def within(seconds: float, call: Callable[[], T]) -> T:
    """What a call returns or raises; TimeoutError where it takes too long. It may then go on in its thread."""
    found: Future[T] = Future()

    def make() -> None:
        try:
            found.set_result(call())
        except BaseException as error:
            found.set_exception(error)

    Thread(target=make, name="simnet", daemon=True).start()
    return found.result(seconds)


def missing(extra: str) -> SimnetError:
    """The error where the library of a cluster is not installed."""
    remedy = f"pip install 'simnet-parts[{extra}]'"
    return SimnetError(Problem(f"{extra} is not installed here", remedy=remedy))


def unreachable(where: Where, why: object, start: str) -> SimnetError:
    """The error where nobody answers; `start` is how such a cluster is started."""
    told = " ".join(str(why).split())[:200] or type(why).__name__
    remedy = f"is it running, and is the port right? {start}"
    return SimnetError(Problem(f"{where} cannot be reached: {told}", remedy=remedy))


def knock(where: Where, start: str) -> None:
    """Find out in seconds whether anybody listens: the clients of clusters would try for minutes."""
    host, _, port = where.address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), REACHED_IN).close()
    except OSError as error:
        raise unreachable(where, error.strerror or error, start) from None
