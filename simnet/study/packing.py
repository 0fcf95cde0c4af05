"""Sums and tallies as bytes and back: plain integers, compressed; never a pickle."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from simnet.engine.simulate import Run
from simnet.integers import Integers
from simnet.ledger.ledger import Column, Ledger, narrow
from simnet.ledger.sums import LOAD, PART, Sums
from simnet.ledger.tally import JOB, MISS, MONTH, ROWS, WHY, Tally, numbers

MARK = b"simnet sums 2\n"
TABLES = ("place", "asked")
RECORDS = {"month": MONTH, "miss": MISS, "why": WHY, "job": JOB, "freight": LOAD, "part": PART}


class Damaged(ValueError):
    """These bytes are not what was packed."""


def packed(sums: Sums, **more: Any) -> bytes:
    """Sums, and plain data about them, as bytes."""
    import pyarrow

    listed, body = [], []
    for name, key, array in arrays(sums):
        there, values = squeezed(np.ascontiguousarray(array).reshape(-1))
        listed.append([name, key, list(array.shape), len(there), values.dtype.str, len(values)])
        body += [there, values.tobytes()]
    head = json.dumps({"minutes": sums.minutes, "more": more, "arrays": listed}).encode()
    plain = b"".join(body)
    rest: bytes = head + b"\n" + len(plain).to_bytes(8) + pyarrow.compress(plain, codec="lz4_raw", asbytes=True)
    return MARK + hashlib.sha256(rest).digest() + rest


def arrays(sums: Sums) -> Iterator[tuple[str, str, Integers]]:
    """Every array of integers: its field, its name in a table of them, its numbers."""
    for field in fields(sums):
        value = getattr(sums, field.name)
        if field.name in TABLES:
            yield from ((field.name, key, array) for key, array in value.items())
        elif field.name != "minutes":
            yield field.name, "", numbers(value) if field.name in RECORDS else value


def squeezed(numbers: Integers) -> tuple[bytes, Any]:
    """Where numbers are not zero, a bit each, and those that are not, in the fewest bytes that hold them."""
    there = numbers != 0
    values = numbers[there]
    return np.packbits(there).tobytes(), narrow(values)


def unpacked(data: bytes) -> tuple[Sums, dict[str, Any]]:
    """What was packed; `Damaged` if a single bit of it has changed."""
    import pyarrow

    begin = len(MARK) + 32
    rest = data[begin:]
    if not data.startswith(MARK) or hashlib.sha256(rest).digest() != data[len(MARK) : begin]:
        raise Damaged("not what was written")
    head, _, body = rest.partition(b"\n")
    told = json.loads(head)
    plain = pyarrow.decompress(body[8:], int.from_bytes(body[:8]), codec="lz4_raw", asbytes=True)
    found: dict[str, Any] = {name: {} for name in TABLES}
    at = 0
    for name, key, shape, bits, kind, count in told["arrays"]:
        there = np.frombuffer(plain, np.uint8, bits, at)
        values = np.frombuffer(plain, kind, count, at + bits)
        at += bits + values.nbytes
        array = np.zeros(shape, np.int64)
        array.reshape(-1)[np.unpackbits(there, count=array.size).view(bool)] = values
        if name in TABLES:
            found[name][key] = array
        else:
            found[name] = array.view(RECORDS[name]) if name in RECORDS else array
    return Sums(minutes=told["minutes"], **found), told["more"]


def packed_run(run: Run) -> bytes:
    """A run's tally and lines as bytes: an archive of arrays, in it the tally and the ledger's columns."""
    tally, data, inner = run.tally, io.BytesIO(), io.BytesIO()
    plain = {name: getattr(tally, name).view(np.int64) for name in (*ROWS, "job_wait")}
    np.savez_compressed(inner, wait=tally.wait, minutes=tally.minutes, engine=np.array(run.engine), **plain)
    lines: Any = {f"{name}:{column.dtype.str}": pressed(column) for name, column in run.lines.columns.items()}
    np.savez(data, tally=np.frombuffer(inner.getvalue(), np.uint8), count=len(run.lines), **lines)
    return data.getvalue()


def unpacked_run(data: bytes) -> Run:
    """The run that was packed."""
    with np.load(io.BytesIO(data), allow_pickle=False) as outer:
        inner, count = outer["tally"].tobytes(), int(outer["count"])
        lines = {}
        for key in set(outer.files) - {"tally", "count"}:
            name, _, kind = key.partition(":")
            lines[name] = released(outer[key], np.dtype(kind), count)
    with np.load(io.BytesIO(inner), allow_pickle=False) as found:
        rows = {name: found[name].view(dtype) for name, dtype in ROWS.items()}
        tally = Tally(**rows, wait=found["wait"], job_wait=found["job_wait"], minutes=int(found["minutes"]))
        return Run(tally, Ledger(lines), str(found["engine"]))


def pressed(column: Column) -> Any:
    """A column of the ledger in few bytes, quickly: it is large, and stands in Parquet beside."""
    import pyarrow

    return np.frombuffer(pyarrow.compress(column.tobytes(), codec="lz4_raw", asbytes=True), np.uint8)


def released(data: Any, kind: np.dtype[Any], count: int) -> Column:
    """The column that was pressed."""
    import pyarrow

    plain = pyarrow.decompress(data.tobytes(), count * kind.itemsize, codec="lz4_raw", asbytes=True)
    return np.frombuffer(plain, kind)
