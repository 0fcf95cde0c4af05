"""A Dask cluster: `dask scheduler` somewhere, `dask worker` on each machine, `--on dask://HOST:PORT`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

from simnet.engine.executors.crew import ANSWERED_IN, REACHED_IN, Crew, knock, missing, unreachable, within
from simnet.engine.executors.where import Where
from simnet.errors import Problem, SimnetError

START = "start one with: dask scheduler --port 8786; and on each machine: dask worker tcp://HOST:8786"
JOINED_IN, GONE = 10.0, 60.0
"""Seconds in which a first worker must have joined; and after which a cluster without workers is given up."""
RETRIES = 3
LARGE = "1 GiB"
"""A task carries its data, so that it can be done again anywhere: Dask need not warn of that."""


class DaskExecutor(Executor):
    """Calls as Dask tasks. Unlike Dask's own executor it stays quiet when it is closed with tasks in hand."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.theirs: dict[Future[Any], Any] = {}
        self.closing = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A call as a task, never taken for another one with the same arguments."""
        ours: Future[Any] = Future()
        theirs = self.client.submit(fn, *args, pure=False, retries=RETRIES, **kwargs)
        self.theirs[ours] = theirs
        theirs.add_done_callback(partial(self.settle, ours))
        return ours

    def settle(self, ours: Future[Any], theirs: Any) -> None:
        """Fetch the result; the cluster forgets it with the last mention of its future. In a thread of Dask's."""
        self.theirs.pop(ours, None)
        if self.closing or not ours.set_running_or_notify_cancel():
            return
        try:
            ours.set_result(theirs.result())
        except BaseException as error:
            ours.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what is not done."""
        self.closing = True
        if cancel_futures:
            self.client.cancel(list(self.theirs.values()))
        self.theirs.clear()


class DaskCrew(Crew):
    """The workers of a scheduler, whoever else uses them."""

    def __init__(self, where: Where) -> None:
        try:
            import dask
            from distributed import Client, KilledWorker
        except ImportError:
            raise missing("dask") from None
        self.where = where
        self.died: type[BaseException] = KilledWorker
        knock(where, START)
        # It would log a traceback where a scheduler goes away; check() says so in words.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGE})
        try:
            found = partial(Client, f"tcp://{where.address}", timeout=REACHED_IN, set_as_default=False)
            self.client: Any = within(ANSWERED_IN, found)
        except (OSError, TimeoutError, ValueError) as error:
            raise unreachable(where, error, START) from None
        super().__init__(DaskExecutor(self.client), 0)
        self.seen = monotonic()
        try:
            self.wait_for_a_worker()
        except BaseException:
            self.close()
            raise

    def wait_for_a_worker(self) -> None:
        """Some seconds for the first to join: it may have been started just now."""
        try:
            self.client.wait_for_workers(1, timeout=JOINED_IN)
        except TimeoutError:
            remedy = f"on each machine: dask worker tcp://{self.where.address}"
            raise SimnetError(Problem(f"no worker has joined {self.where}", remedy=remedy)) from None
        self.check()

    def size(self) -> int:
        """Threads of all workers, or as many as were asked for."""
        return min(self.workers, self.where.workers or self.workers)

    def check(self) -> None:
        """Count the workers again; `SimnetError` where the scheduler went away, or all workers for a minute."""
        try:
            threads = self.client.sync(self.client.scheduler.ncores, workers=None, callback_timeout=REACHED_IN)
        except Exception as error:
            raise self.lost_it(f"was lost ({type(error).__name__})", START) from None
        self.workers = sum(threads.values())
        now = monotonic()
        if self.workers:
            self.seen = now
        elif now - self.seen > GONE:
            raise self.lost_it("has lost all its workers", f"start some: dask worker tcp://{self.where.address}")

    def lost_it(self, what: str, remedy: str) -> SimnetError:
        """The error where a cluster went away in the middle."""
        return SimnetError(Problem(f"{self.where} {what}", remedy=f"{remedy}; then ask again"))

    def lost(self, error: BaseException) -> bool:
        """Whether Dask gave a task up because workers died over it."""
        return isinstance(error, self.died)

    def close(self) -> None:
        """Cancel what is pending and leave the cluster as it was."""
        with suppress(Exception):  # a scheduler that is gone has forgotten them too
            self.executor.shutdown(cancel_futures=True)
        self.client.close(timeout=REACHED_IN)
