"""A Ray cluster: `ray start --head`, then `--on ray://auto` on that machine or `--on ray://HOST:10001` from another.

`--on ray` alone starts a Ray of our own on this machine and stops it at the end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any

from simnet.engine.executors.crew import Crew, knock, missing, unreachable
from simnet.engine.executors.where import Where
from simnet.errors import Problem, SimnetError

START = "start one with: ray start --head; from another machine its port is 10001"
GONE = 60.0
"""Seconds after which a cluster without processors is given up."""
RETRIES = 3
TRIES = 3
"""Times that a head is asked for a server of our own."""


class RayExecutor(Executor):
    """Calls as Ray tasks of one processor each; Ray itself does them again where a worker dies."""

    def __init__(self, ray: Any) -> None:
        self.ray = ray
        self.remote: dict[Callable[..., Any], Any] = {}
        self.refs: dict[Future[Any], Any] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A call as a task."""
        if fn not in self.remote:
            self.remote[fn] = self.ray.remote(max_retries=RETRIES, num_cpus=1)(fn)
        ref = self.remote[fn].remote(*args, **kwargs)
        ours: Future[Any] = Future()
        self.refs[ours] = ref
        ours.add_done_callback(self.settled)
        ref.future().add_done_callback(partial(settle, ours))
        return ours

    def settled(self, ours: Future[Any]) -> None:
        """Forget a task; one that was cancelled here is stopped there, with its worker."""
        ref = self.refs.pop(ours, None)
        if ours.cancelled() and ref is not None:
            self.ray.cancel(ref, force=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what is not done."""
        if cancel_futures:
            for future in list(self.refs):
                future.cancel()


def settle(ours: Future[Any], theirs: Future[Any]) -> None:
    """Hand over what Ray answers; its own future stays its own, for its client fails over one that was cancelled."""
    if not ours.set_running_or_notify_cancel():
        return
    error = theirs.exception()
    if error is not None:
        ours.set_exception(error)
    else:
        ours.set_result(theirs.result())


class RayCrew(Crew):
    """The processors of a Ray cluster."""

    def __init__(self, where: Where) -> None:
        try:
            import ray
        except ImportError:
            raise missing("ray") from None
        self.ray, self.where = ray, where
        self.ours = not ray.is_initialized()
        if self.ours:
            connect(ray, where)
        gone = ray.exceptions
        self.died = (gone.WorkerCrashedError, gone.OutOfMemoryError, gone.NodeDiedError, gone.ObjectLostError)
        super().__init__(RayExecutor(ray), 0)
        self.seen = monotonic()
        try:
            self.check()
        except BaseException:
            self.close()
            raise

    def size(self) -> int:
        """Processors of the cluster, or as many as were asked for."""
        return min(self.workers, self.where.workers or self.workers)

    def check(self) -> None:
        """Count the processors again; `SimnetError` where Ray went away, or all processors for a minute."""
        try:
            self.workers = int(self.ray.cluster_resources().get("CPU", 0))
        except Exception as error:
            told = f"{self.where} was lost ({type(error).__name__})"
            raise SimnetError(Problem(told, remedy=f"{START}; then ask again")) from None
        now = monotonic()
        if self.workers:
            self.seen = now
        elif now - self.seen > GONE:
            raise SimnetError(Problem(f"{self.where} has no processors", remedy="ray start on some machine"))

    def lost(self, error: BaseException) -> bool:
        """Whether Ray gave a task up because workers died over it."""
        return isinstance(error, self.died)

    def close(self) -> None:
        """Cancel what is pending; end a Ray of our own, leave one that was there."""
        try:
            self.executor.shutdown(cancel_futures=True)
        finally:
            if self.ours:
                self.ray.shutdown()


def connect(ray: Any, where: Where) -> None:
    """Join a cluster or start one."""
    quiet = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    try:
        if not where.address:
            ray.init(num_cpus=where.workers or None, include_dashboard=False, **quiet)
        elif where.address == "auto":
            knock(replace(where, address=known_address()), START)
            ray.init(address="auto", **quiet)
        else:
            knock(where, START)
            from_outside(ray, f"ray://{where.address}", quiet)
    except ImportError as error:
        remedy = "pip install 'simnet-parts[ray]'"
        raise SimnetError(Problem(f"Ray's client is not complete: {error}", remedy=remedy)) from None
    except ray.exceptions.AuthenticationError as error:
        told = f"{where} asks for a token: {' '.join(str(error).split())[:200]}"
        raise SimnetError(Problem(told, remedy="set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN to its own")) from None
    except (ConnectionError, TimeoutError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        raise unreachable(where, error, START) from None


def from_outside(ray: Any, address: str, quiet: dict[str, Any]) -> None:
    """Join through a head, which starts a server for each client: one that is busy or young may fail at first."""
    for left in reversed(range(TRIES)):
        try:
            ray.init(address=address, **quiet)
            return
        except ConnectionAbortedError as error:
            if not left:
                reason = str(error).strip().rpartition("\n")[2]
                raise ConnectionError(f"it listens, but starts no server for us: {reason}") from None


def known_address() -> str:
    """Where Ray will look for the cluster of this machine; it would try a dead one for minutes."""
    from ray._private.services import canonicalize_bootstrap_address

    return str(canonicalize_bootstrap_address("auto"))
