"""What is left of a task that could not be done: enough to say which, why and what to do."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from simnet.errors import Problem, SimnetError, clean

T = TypeVar("T")
R = TypeVar("R")

LOST = "WorkerLost"
MEMORY = "it may need more memory than the worker has: fewer --workers, or larger machines"
LISTED = 5


@dataclass(frozen=True)
class Failure:
    """A task that was not done; all of it is text, so that it travels from any worker."""

    task: Any
    error: str
    """The type of the error; WorkerLost where the task took its worker down each time."""
    message: str
    traceback: str = ""
    problems: tuple[Problem, ...] = ()
    """Those of a SimnetError: the analyst's input is wrong, not the program."""

    @property
    def lost(self) -> bool:
        """Whether its worker died with it."""
        return self.error == LOST


class WorkerLost(Exception):
    """A worker died over a task as often as it was tried."""


class TaskError(RuntimeError):
    """Tasks that failed by a mistake in the program, or in a policy or demand model of one's own."""

    def __init__(self, message: str, failures: tuple[Failure, ...] = ()) -> None:
        super().__init__(message)
        self.failures = failures

    def __reduce__(self) -> tuple[type[TaskError], tuple[str, tuple[Failure, ...]]]:
        return type(self), (str(self), self.failures)


def failure(error: BaseException, task: Any = None) -> Failure:
    """What an error leaves; notes added to it are part of its message."""
    notes = getattr(error, "__notes__", ())
    message = "; ".join([clean(str(error)) or "no message", *map(clean, notes)])
    problems = error.problems if isinstance(error, SimnetError) else ()
    if isinstance(error, SimnetError):
        message = "; ".join([error.problems[0].headline(), *map(clean, notes)])
    name = LOST if isinstance(error, BrokenExecutor) else type(error).__name__
    return Failure(task, name, message, "".join(traceback.format_exception(error)), problems)


def attempt(work: Callable[[T], R], task: T) -> R | Failure:
    """The result of a task or its Failure; only Ctrl-C gets past."""
    try:
        return work(task)
    except (Exception, SystemExit) as error:
        return failure(error, task)


def raise_failures(failures: Sequence[Failure], named: Callable[[Any], str] = str) -> None:
    """Raise what failed, if anything, in the words of `named(task)`.

    `SimnetError` where inputs are wrong or workers died, else `TaskError` with the first traceback as its note.
    """
    if not failures:
        return
    wrong = [each for each in failures if not each.problems and not each.lost]
    if not wrong:
        raise SimnetError([problem for each in failures for problem in problems(each, named)])
    told = [f"{named(each.task)}: {each.error}: {each.message}" for each in wrong[:LISTED]]
    more = f"; and {len(wrong) - LISTED} more tasks" if len(wrong) > LISTED else ""
    error = TaskError("; ".join(told) + more, tuple(failures))
    if wrong[0].traceback:
        error.add_note(wrong[0].traceback)
    raise error


def problems(each: Failure, named: Callable[[Any], str]) -> Sequence[Problem]:
    """A Failure that is not a mistake of the program, for the analyst."""
    if each.problems:
        return each.problems
    return [Problem(f"{named(each.task)}: {each.message}", remedy=MEMORY, fold="lost workers")]
