"""Tasks in, results out, as they are done."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import replace
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Generic, TypeVar, cast

from simnet.engine.executors.crew import Crew, engage
from simnet.engine.executors.failure import LOST, Failure, attempt, failure
from simnet.engine.executors.parcel import Unlike
from simnet.engine.executors.where import Where
from simnet.errors import Problem, SimnetError

T = TypeVar("T")
R = TypeVar("R")

Results = Generator[tuple[T, R | Failure], None, None]

AHEAD = 2
"""Tasks in hand a worker: the one it does and the next, so that none waits for us and memory stays small."""
LOOK = 1.0
"""Seconds after which the crew is looked at again."""


def perform(tasks: Iterable[T], work: Callable[[T], R], where: Where) -> Results[T, R]:
    """Each task with its result or its Failure, as they are done, in any order; results are handed over and dropped.

    A task that raises is a Failure and no other task suffers; a task whose worker dies is tried again, then alone.
    `SimnetError` where the place itself is wrong: it cannot be reached, lacks workers, or runs another program.
    Ctrl-C, or closing the generator, cancels what is pending and leaves no process of ours.
    """
    if where.kind == "sequence":
        for task in tasks:
            yield task, attempt(work, task)
        return
    with engaged(where) as at:
        yield from Desk(at.crew, work).results(iter(tasks))


@contextmanager
def engaged(where: Where) -> Iterator[Where]:
    """The same place with its workers at hand, for one `perform` after another; they are let go at the end."""
    if where.kind == "sequence" or where.crew is not None:
        yield where
        return
    crew = engage(where)
    try:
        yield replace(where, crew=crew)
    finally:
        crew.close()


class Desk(Generic[T, R]):
    """Hands tasks to a crew, a few ahead, and takes in what comes back."""

    def __init__(self, crew: Crew, work: Callable[[T], R]) -> None:
        self.crew = crew
        self.work = work
        self.out: dict[Future[Any], tuple[T, bool]] = {}
        """What is with the crew: the task, and whether it is tried alone."""
        self.back: SimpleQueue[Future[Any]] = SimpleQueue()
        self.suspects: deque[T] = deque()
        """Tasks in hand when a worker died: one of them may have killed it."""
        self.undone: deque[Failure] = deque()
        """Tasks that could not even be sent."""
        self.looked = monotonic()

    def results(self, tasks: Iterator[T]) -> Iterator[tuple[T, R | Failure]]:
        """All tasks, done or failed."""
        try:
            while self.hand_out(tasks):
                while self.undone:
                    each = self.undone.popleft()
                    yield each.task, each
                found = self.take_in() if self.out else None
                if found is not None:
                    yield found
        finally:
            for future in list(self.out):
                future.cancel()

    def hand_out(self, tasks: Iterator[T]) -> bool:
        """Fill the crew's hands; whether anything is still to come. Suspects go one by one, before all others."""
        if self.suspects:
            if not self.out:
                self.send(self.suspects.popleft(), alone=True)
            return True
        room = AHEAD * max(self.crew.size(), 1)
        while len(self.out) < room and not self.undone:
            try:
                task = next(tasks)
            except StopIteration:
                break
            self.send(task)
        return bool(self.out or self.undone)

    def send(self, task: T, alone: bool = False) -> None:
        """One task to the crew."""
        try:
            future = self.crew.submit(self.work, task)
        except SimnetError:
            raise
        except Exception as error:
            self.undone.append(failure(error, task))
            return
        self.out[future] = (task, alone)
        future.add_done_callback(self.back.put)

    def take_in(self) -> tuple[T, R | Failure] | None:
        """The next that is done; nothing where a second passed without news, or a task is to be tried again."""
        if monotonic() - self.looked > LOOK:
            self.crew.check()
            self.looked = monotonic()
        try:
            future = self.back.get(timeout=LOOK)
        except Empty:
            return None
        task, alone = self.out.pop(future)
        try:
            found = future.result()
        except CancelledError as error:
            self.crew.check()  # a cluster that is gone cancels all
            return self.gone(task, alone, error)
        except SimnetError:
            raise
        except Exception as error:
            if self.crew.lost(error):
                return self.gone(task, alone, error)
            raise_if_strange(error)
            return task, failure(error, task)
        if isinstance(found, Unlike):
            raise found.error()
        return task, replace(found, task=task) if isinstance(found, Failure) else cast(R, found)

    def gone(self, task: T, alone: bool, error: BaseException) -> tuple[T, Failure] | None:
        """A task whose worker died: once more, alone; then it is known to be the cause."""
        if not alone:
            self.suspects.append(task)
            return None
        why = " ".join(str(error).split())[:300]
        return task, Failure(task, LOST, f"its worker died each time it was tried ({why})")


def raise_if_strange(error: Exception) -> None:
    """A worker that cannot even open our parcels lacks simnet, or has one that is too old."""
    if isinstance(error, ImportError | AttributeError) and "simnet" in str(error):
        remedy = "install the same simnet, Python and libraries on every worker, and start the workers anew"
        told = " ".join(str(error).split())[:200]
        raise SimnetError(Problem(f"a worker cannot run simnet: {told}", remedy=remedy)) from None
