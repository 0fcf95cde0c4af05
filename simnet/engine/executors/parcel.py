"""How a task travels: packed by the driver, checked and opened by a worker that runs the very same program."""

from __future__ import annotations

import io
import pickle
import platform
import socket
import types
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from simnet.engine.executors.failure import Failure, attempt, failure
from simnet.errors import Problem, SimnetError
from simnet.provenance import code_hash, library_version, simnet_version


@dataclass(frozen=True)
class Program:
    """What must be the same at both ends for results to be the same to the integer."""

    simnet: str
    code: str
    """The hash of the program's own code: rules, demand, everything that decides."""
    python: str
    numpy: str
    numba: str


@dataclass(frozen=True)
class Unlike:
    """A worker's refusal: it runs another program."""

    host: str
    sent: Program
    """That of the driver."""
    found: Program
    """That of the worker."""

    def error(self) -> SimnetError:
        """What differs, in words."""
        names = [each.name for each in fields(Program)]
        pairs = [(name, getattr(self.sent, name), getattr(self.found, name)) for name in names]
        told = [f"{name} {theirs} there, {here} here" for name, here, theirs in pairs if here != theirs]
        remedy = "install the same simnet, Python and libraries on every worker, and start the workers anew"
        return SimnetError(Problem(f"the worker on {self.host} runs another program: {', '.join(told)}", remedy=remedy))


@cache
def program() -> Program:
    """The program of this process. Patch releases of the libraries are let pass; other releases are not."""
    libraries = (".".join((library_version(name) or "none").split(".")[:2]) for name in ("numpy", "numba"))
    python = ".".join(platform.python_version_tuple()[:2])
    return Program(simnet_version(), code_hash(), python, *libraries)


def open_and_do(sender: Program, parcel: bytes) -> Any:
    """What a worker does: check who sent it, open the parcel, do the work; the result, a Failure or Unlike."""
    if sender != program():
        return Unlike(socket.gethostname(), sender, program())
    try:
        work, task = pickle.loads(parcel)
    except Exception as error:  # what it is made of may fail in any way when it is unpacked
        return failure(error)
    found = attempt(work, task)
    return Failure(None, found.error, found.message, found.traceback, found.problems) if is_failure(found) else found


def is_failure(found: Any) -> bool:
    """Whether a result is none."""
    return isinstance(found, Failure)


def pack(work: Callable[[Any], Any], task: Any) -> bytes:
    """Work and task as bytes; code of the main script travels too with cloudpickle, else it is a PicklingError."""
    buffer = io.BytesIO()
    try:
        from cloudpickle import Pickler
    except ImportError:
        Pickler = Packer
    Pickler(buffer, protocol=5).dump((work, task))
    return buffer.getvalue()


class Packer(pickle.Pickler):
    """Refuses what a worker could not find again: classes and functions of the main script or notebook."""

    def reducer_override(self, thing: Any) -> Any:
        """Leave all else to pickle."""
        if isinstance(thing, type | types.FunctionType) and thing.__module__ == "__main__":
            raise pickle.PicklingError(
                f"{thing.__qualname__} is defined in the main script, where no worker finds it: "
                "move it to a module, or pip install cloudpickle"
            )
        return NotImplemented


def travels(work: Callable[[Any], Any], task: Any) -> bool:
    """Whether a task can be sent to another process."""
    try:
        pack(work, task)
    except Exception:  # a user's object may refuse in any way; then the task stays here
        return False
    return True
