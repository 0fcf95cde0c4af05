"""Processes of this machine as an Executor that outlives its workers: a worker that dies is replaced."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from simnet.engine.executors import worker
from simnet.engine.executors.crew import Crew
from simnet.engine.executors.failure import WorkerLost
from simnet.engine.executors.where import Where, processors
from simnet.errors import Problem, SimnetError

TRIES = 3
"""Workers that may die over one task; exactly the task that a worker had in hand is blamed."""
START = "import sys; sys.path[:] = eval(sys.argv[1]); from simnet.engine.executors.worker import main; main()"


class NotStarted(Exception):
    """A new process ended before it was ready."""


class Worker:
    """One process, started when it is first needed."""

    def __init__(self) -> None:
        # A session of its own: Ctrl-C in the terminal is for the driver, which then ends its workers.
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, repr(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def ready(self) -> None:
        """Wait until it has started."""
        try:
            if worker.receive(self.output) == worker.READY:
                return
        except (EOFError, OSError):
            pass
        raise NotStarted(f"a new process ended with code {self.end()}")

    @property
    def output(self) -> Any:
        """What it answers."""
        return self.process.stdout

    def ask(self, message: bytes) -> tuple[bool, Any]:
        """Have one call done; EOFError or OSError where it died."""
        assert self.process.stdin is not None
        worker.send(self.process.stdin, message)
        answer = worker.receive(self.output)
        ok, found = pickle.loads(answer)
        return ok, found

    def end(self) -> int:
        """Kill it, if it lives, and return its exit code."""
        self.process.kill()
        code = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass  # bytes it will never read
        return code


class Processes(Executor):
    """Each of `count` threads looks after one process."""

    def __init__(self, count: int) -> None:
        self.calls: SimpleQueue[tuple[Future[Any], bytes] | None] = SimpleQueue()
        self.workers: set[Worker] = set()
        self.closing = False
        self.lock = Lock()
        self.threads = [Thread(target=self.look_after, name="simnet", daemon=True) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a call done by the next free process."""
        if self.closing or kwargs:
            raise RuntimeError("closed" if self.closing else "calls with names are not carried")
        future: Future[Any] = Future()
        self.calls.put((future, pickle.dumps((fn, args), protocol=5)))
        return future

    def look_after(self) -> None:
        """One process and its successors, call after call."""
        at_hand: Worker | None = None
        while (call := self.calls.get()) is not None:
            future, message = call
            if not future.set_running_or_notify_cancel():
                continue
            try:
                at_hand, (ok, found) = self.done(at_hand, message)
            except BaseException as error:  # of ours: a worker's errors come as answers
                ok, found = False, error
                if at_hand is not None:
                    self.ended(at_hand)
                at_hand = None
            if ok:
                future.set_result(found)
            else:
                future.set_exception(found)
            del future, message, found, call  # a waiting thread keeps no result

    def done(self, at_hand: Worker | None, message: bytes) -> tuple[Worker, tuple[bool, Any]]:
        """The answer to a call, by this process or by a fresh one where it dies."""
        code: int | None = None
        for _ in range(TRIES):
            at_hand = at_hand or self.started()
            try:
                return at_hand, at_hand.ask(message)
            except (EOFError, OSError):
                code = self.ended(at_hand)
                at_hand = None
        raise WorkerLost(f"exit code {code}, {TRIES} times")

    def started(self) -> Worker:
        """A fresh process."""
        with self.lock:
            if self.closing:
                raise WorkerLost("closed")
            fresh = Worker()
            self.workers.add(fresh)
        try:
            fresh.ready()
        except NotStarted as error:
            if self.closing:
                raise WorkerLost("closed") from None
            remedy = "its reason is above; --on sequence does without processes"
            raise SimnetError(Problem(f"worker processes do not start here: {error}", remedy=remedy)) from None
        return fresh

    def ended(self, one: Worker) -> int:
        """The exit code of a process that is no more."""
        with self.lock:
            self.workers.discard(one)
        return one.end()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes; what they have in hand is finished first unless it is to be cancelled."""
        if cancel_futures:
            self.give_up()
        for _ in self.threads:
            self.calls.put(None)
        if wait:
            for thread in self.threads:
                thread.join()
            for one in list(self.workers):
                self.ended(one)

    def give_up(self) -> None:
        """Cancel what waits and kill what works."""
        with self.lock:
            self.closing = True
            living = list(self.workers)
        try:
            while (call := self.calls.get_nowait()) is not None:
                call[0].cancel()
        except Empty:
            pass
        for one in living:
            one.process.kill()


class ProcessCrew(Crew):
    """Processes of this machine."""

    def __init__(self, where: Where) -> None:
        count = where.workers or processors()
        super().__init__(Processes(count), count)

    def lost(self, error: BaseException) -> bool:
        """Never: the executor tries again by itself, and knows the culprit."""
        return False
