"""Machine code: the rules and the loop handed to Numba, bound to a heap and to bare rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any, cast

import numba
import numpy as np

from simnet.engine import heap, loop
from simnet.engine.binding import book, bound
from simnet.engine.compiled_clock import cache_folder
from simnet.engine.loop import Lines, run_parts
from simnet.engine.records import World
from simnet.engine.rows import rows, rows_from
from simnet.engine.rules import CHAPTERS, ONCE, SELDOM
from simnet.streams import mix_u64


def draw(key: int, n: int) -> Any:
    """Twelve bits of chance: the n-th draw of the stream `key`."""
    return np.int64(mix_u64(np.uint64(key), np.uint64(n)) >> np.uint64(52))


def run_world(arrays: World, tape: Lines, lines: Any, points: Any) -> int:
    """The world as bare rows, then part after part."""
    count = rows(arrays.count)[0]
    world = World(
        rows_from(arrays.stock, count.first),
        rows_from(arrays.flow, count.first * count.order_classes),
        rows_from(arrays.queue, count.first * count.queues),
        rows(arrays.source),
        rows(arrays.way),
        rows(arrays.plan),
        rows(arrays.memory),
        rows(arrays.month),
        rows(arrays.wait),
        rows(arrays.miss),
        rows(arrays.why),
        rows(arrays.freight),
        rows(arrays.outcome),
        rows(arrays.joint),
        rows(arrays.order),
        rows(arrays.heap),
        rows(arrays.park),
        rows(arrays.parking),
        rows(arrays.line),
        rows(arrays.table),
        rows(arrays.rule),
        count,
    )
    asked = Lines(rows(tape.point), rows(tape.quantity), rows(tape.order_class), rows(tape.minute))
    return run_parts(world, asked, rows(lines), rows(points), len(points) - 1)


AT_WORK = Lock()
"""Held by the worker that binds what is compiled."""
INSIDE: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "no_cpython_wrapper": True,  # nobody calls them from Python or C
    "no_cfunc_wrapper": True,
}


def called(function: Callable[..., Any]) -> Any:
    """Compiled apart: what happens seldom would only make its callers large, and compiling slow."""
    return numba.njit(**INSIDE)(function)


def inlined(function: Callable[..., Any]) -> Any:
    """Compiled into its callers: so the rules run 1.4 times as fast."""
    return numba.njit(forceinline=True, **INSIDE)(function)


def dissolved(function: Callable[..., Any]) -> Any:
    """Never compiled: it becomes a part of its caller before that is."""
    return numba.njit(inline="always", **INSIDE)(function)


def chosen(rule: Callable[..., Any]) -> Any:
    """A rule as the compiled clock takes it."""
    if rule.__name__ in ONCE:
        return dissolved(rule)
    return called(rule) if rule.__name__ in SELDOM else inlined(rule)


def numbers() -> dict[str, Any]:
    """The book's numbers by name, as 64-bit integers.

    Passed as Python's own they would be types of their own for Numba, and each rule compiled once for each of them.
    """
    named = {name: value for chapter in CHAPTERS for name, value in vars(chapter).items()}
    return {name: np.int64(value) for name, value in named.items() if name.isupper() and isinstance(value, int)}


def turn(
    lines: Any, minute: Any, point: Any, dest: Any, quantity: Any, at_once: Any, passed: Any, lost: Any,
    order_class: Any, kind: Any, cause: Any, done: Any,
) -> int:  # fmt: skip
    """Rows of the ledger into columns, of pieces the lowest byte and of `done` four; over 127 where that is not all."""
    bits = 0
    for row in range(len(lines)):
        line = lines[row]
        minute[row] = line.minute
        point[row] = line.point
        dest[row] = line.dest
        quantity[row] = line.quantity
        at_once[row] = line.at_once
        passed[row] = line.passed
        lost[row] = line.lost
        order_class[row] = line.order_class
        kind[row] = line.kind
        cause[row] = line.cause
        done[row] = line.done
        bits |= line.quantity | line.at_once | line.passed | line.lost | (line.done + 2) >> 24  # done is -2 or more
    return bits


@cache
def turner() -> Callable[..., int]:
    """The compiled `turn`: three times as fast as NumPy; a second to compile, once somebody asks for a ledger."""
    with AT_WORK:
        return kept_on_disk(turn)


def compiled() -> Callable[..., int]:
    """The compiled loop over parts; loaded from the disk cache where the rules have not changed.

    The first worker that needs it has it made, and others wait.
    """
    with AT_WORK:
        return made()


@cache
def made() -> Callable[..., int]:
    """The rules, the heap and the loop bound to each other; compiled when the loop is first called."""
    names: dict[str, Any] = {"mix_u64": inlined(mix_u64), **numbers()}
    own: Callable[..., Any]
    for own in (draw, heap.schedule, heap.drop):
        names[own.__name__] = inlined(bound(own, {**own.__globals__, **names}))
    space = {**loop.__dict__, **book(names, chosen), "rows": rows, "rows_from": rows_from}
    space["cramped"] = inlined(bound(loop.cramped, space))
    for own in (*loop.STEPS, loop.run_parts):
        space[own.__name__] = dissolved(bound(own, space))
    return kept_on_disk(bound(run_world, space))


def kept_on_disk(function: Callable[..., Any]) -> Callable[..., int]:
    """Compiled when it is first called, or read from this machine's cache."""
    settings: Any = numba.config
    before = settings.CACHE_DIR
    try:
        settings.CACHE_DIR = str(cache_folder())
        return cast("Callable[..., int]", numba.njit(function, cache=True, nogil=True, error_model="numpy"))
    finally:
        settings.CACHE_DIR = before
