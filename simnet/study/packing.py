"""Sums and tallies as bytes and back: plain integers, compressed; never a pickle."""

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

MARK = b"simnet sums 3\n"
TABLES = ("place", "asked")
TALLY, LINES = (*ROWS, "wait", "job_wait"), "lines"
RECORDS = {"month": MONTH, "miss": MISS, "why": WHY, "job": JOB, "freight": LOAD, "part": PART}


class Damaged(ValueError):
    """These bytes are not what was packed."""


def packed(sums: Sums, **more: Any) -> bytes:
    """Sums, and plain data about them, as bytes."""
    return bundle(arrays(sums), {"minutes": sums.minutes, "more": more})


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
    import pyarrow

    listed, body = [], []
    for name, key, array in arrays:
        flat = np.ascontiguousarray(array).reshape(-1)
        there, values = squeezed(flat) if flat.dtype == np.int64 else (b"", flat)
        listed.append([name, key, list(array.shape), len(there), values.dtype.str, len(values)])
        body += [there, values.tobytes()]
    head = json.dumps({**told, "arrays": listed}).encode()
    plain = b"".join(body)
    rest: bytes = head + b"\n" + len(plain).to_bytes(8) + pyarrow.compress(plain, codec="lz4_raw", asbytes=True)
    return MARK + hashlib.sha256(rest).digest() + rest


def unbundled(data: bytes) -> tuple[dict[tuple[str, str], Any], dict[str, Any]]:
    """The arrays and the plain data of a bundle; `Damaged` if a single bit of it has changed."""
    import pyarrow

    begin = len(MARK) + 32
    rest = data[begin:]
    if not data.startswith(MARK) or hashlib.sha256(rest).digest() != data[len(MARK) : begin]:
        raise Damaged("not what was written")
    head, _, body = rest.partition(b"\n")
    told = json.loads(head)
    plain = pyarrow.decompress(body[8:], int.from_bytes(body[:8]), codec="lz4_raw", asbytes=True)
    found: dict[tuple[str, str], Any] = {}
    at = 0
    for name, key, shape, bits, kind, count in told.pop("arrays"):
        values = np.frombuffer(plain, kind, count, at + bits)
        if bits:
            array = np.zeros(shape, np.int64)
            there = np.frombuffer(plain, np.uint8, bits, at)
            array.reshape(-1)[np.unpackbits(there, count=array.size).view(bool)] = values
        else:
            array = values.reshape(shape)
        at += bits + values.nbytes
        found[name, key] = array
    return found, told


def squeezed(numbers: Integers) -> tuple[bytes, Any]:
    """Where numbers are not zero, a bit each, and those that are not, in the fewest bytes that hold them."""
    there = numbers != 0
    values = numbers[there]
    return np.packbits(there).tobytes(), narrow(values)


def unpacked(data: bytes) -> tuple[Sums, dict[str, Any]]:
    """What was packed; `Damaged` if a single bit of it has changed."""
    arrays, told = unbundled(data)
    found: dict[str, Any] = {name: {} for name in TABLES}
    for (name, key), array in arrays.items():
        if name in TABLES:
            found[name][key] = array
        else:
            found[name] = array.view(RECORDS[name]) if name in RECORDS else array
    return Sums(minutes=told["minutes"], **found), told["more"]


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
