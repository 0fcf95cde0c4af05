"""Sums and tallies as bytes and back: plain integers, in few bytes; never a pickle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from simnet.engine.simulate import Run
from simnet.integers import Integers
from simnet.ledger.ledger import Ledger, narrow
from simnet.ledger.sums import LOAD, PART, Sums
from simnet.ledger.tally import JOB, MISS, MONTH, ROWS, WHY, Tally, numbers

MARK = b"simnet sums 5\n"
TABLES, MORE = ("place", "asked"), "more"
TALLY, LINES = (*ROWS, "wait", "job_wait"), "lines"
RECORDS = {"month": MONTH, "miss": MISS, "why": WHY, "job": JOB, "freight": LOAD, "part": PART}


class Damaged(ValueError):
    """These bytes are not what was packed."""


def packed(sums: Sums, **more: Any) -> bytes:
    """Sums, and plain data or arrays of integers about them, as bytes."""
    own = [(MORE, name, value) for name, value in more.items() if isinstance(value, np.ndarray)]
    plain = {name: value for name, value in more.items() if not isinstance(value, np.ndarray)}
    return bundle([*arrays(sums), *own], {"minutes": sums.minutes, MORE: plain})


def arrays(sums: Sums) -> Iterator[tuple[str, str, Integers]]:
    """Every array of integers: its field, its name in a table of them, its numbers."""
    for field in fields(sums):
        value = getattr(sums, field.name)
        if field.name in TABLES:
            yield from ((field.name, key, array) for key, array in value.items())
        elif field.name != "minutes":
            yield field.name, "", numbers(value) if field.name in RECORDS else value


def bundle(arrays: Iterable[tuple[str, str, Any]], told: dict[str, Any]) -> bytes:
    """Arrays of integers by two names, and plain data, as bytes that know whether they are whole."""
    listed: list[Any] = []
    body: list[Any] = []
    for name, key, array in arrays:
        flat = np.ascontiguousarray(array).reshape(-1)
        columns = squeezed(flat) if flat.dtype == np.int64 else [flat]
        listed.append([name, key, list(array.shape), [[each.dtype.str, len(each)] for each in columns]])
        body += columns
    head = json.dumps({**told, "arrays": listed}).encode() + b"\n"
    check = hashlib.sha256(head)
    for each in body:
        check.update(each)
    return b"".join([MARK, check.digest(), head, *body])


def unbundled(data: bytes) -> tuple[dict[tuple[str, str], Any], dict[str, Any]]:
    """The arrays and the plain data of a bundle; `Damaged` if a single bit of it has changed."""
    begin = len(MARK) + 32
    rest = memoryview(data)[begin:]
    if not data.startswith(MARK) or hashlib.sha256(rest).digest() != data[len(MARK) : begin]:
        raise Damaged("not what was written")
    at = data.index(b"\n", begin) + 1
    told = json.loads(data[begin:at])
    found: dict[tuple[str, str], Any] = {}
    for name, key, shape, kinds in told.pop("arrays"):
        columns = []
        for kind, count in kinds:
            columns.append(np.frombuffer(data, kind, count, at))
            at += columns[-1].nbytes
        flat = columns[0] if len(columns) == 1 else spread(int(np.prod(shape)), *columns)
        found[name, key] = flat.reshape(shape)
    return found, told


def squeezed(numbers: Integers) -> list[Any]:
    """Where numbers are not zero, a bit each; those that are not, in few bytes; which of these are wider, and they."""
    there = numbers != 0
    wide = numbers[there]
    values, wider = narrow(wide), np.zeros(0, np.int64)
    if values.dtype == np.int64:  # money and minutes: all but a few fit half of it
        values = wide.astype(np.int32)
        wider = np.flatnonzero(values != wide)
    return [np.packbits(there), values, wider, wide[wider]]


def spread(size: int, there: Any, values: Any, wider: Integers, wide: Integers) -> Integers:
    """What was squeezed."""
    array = np.zeros(size, np.int64)
    full = values.astype(np.int64)
    full[wider] = wide
    array[np.unpackbits(there, count=size).view(bool)] = full
    return array


def unpacked(data: bytes) -> tuple[Sums, dict[str, Any]]:
    """What was packed; `Damaged` if a single bit of it has changed."""
    arrays, told = unbundled(data)
    found: dict[str, Any] = {name: {} for name in TABLES}
    for (name, key), array in arrays.items():
        if name in TABLES:
            found[name][key] = array
        elif name == MORE:
            told[MORE][key] = array
        else:
            found[name] = array.view(RECORDS[name]) if name in RECORDS else array
    return Sums(minutes=told["minutes"], **found), told[MORE]


def packed_run(run: Run) -> bytes:
    """A run's tally and lines as bytes."""
    tally = [(name, "", numbers(getattr(run.tally, name))) for name in TALLY]
    lines = [(LINES, name, column) for name, column in run.lines.columns.items()]
    return bundle([*tally, *lines], {"minutes": run.tally.minutes, "engine": run.engine})


def unpacked_run(data: bytes) -> Run:
    """The run that was packed; `Damaged` if a single bit of it has changed."""
    arrays, told = unbundled(data)
    kept: Any = {name: arrays[name, ""].view(ROWS.get(name, np.int64)) for name in TALLY}
    lines = {key: array for (name, key), array in arrays.items() if name == LINES}
    return Run(Tally(**kept, minutes=told["minutes"]), Ledger(lines), told["engine"])
