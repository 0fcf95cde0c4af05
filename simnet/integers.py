"""Arrays of integers and of integer records: what runs, tallies and networks are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 4096
"""Records written at a time: they stay near a processor while one field after the other is, and are so many that two
workers seldom wait for each other's turn at the interpreter."""

Rows = NDArray[np.void]
"""A structured array: one record a row."""
Integers = NDArray[np.int64]


def integers(names: str) -> np.dtype[np.void]:
    """A record of 64-bit integers, one field a name."""
    return np.dtype([(name, np.int64) for name in names.split()])


def write(rows: Rows, columns: Mapping[str, Any], blank: bool = False, first: int = 0) -> None:
    """Write fields of records by name, each an array of one entry a record or one number for all.

    `blank`: the other fields are zero afterwards, whatever they were. `first`: the entry of the first record.
    """
    for start in range(0, len(rows), BLOCK):
        here = rows[start : start + BLOCK]
        some = slice(first + start, first + start + len(here))
        if blank:
            here.view(np.int64).fill(0)
        for name, column in columns.items():
            here[name] = column if isinstance(column, int) else column[some]


def distinct(values: Integers) -> Integers:
    """Each value once, rising: `np.unique`, which in some versions hashes and takes ten times as long."""
    ordered = np.sort(values)
    fresh = np.ones(len(ordered), dtype=bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]


def kinds_of(codes: Integers, most: int) -> tuple[Integers, Integers, Integers]:
    """The distinct codes in [0, most), rising; where each comes first; and the number of each row's.

    What `np.unique` gives with its two indices, without a sort; memory grows with `most`.
    """
    first = np.full(most, -1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    kinds = np.flatnonzero(first >= 0)
    number = np.empty(most, dtype=np.int64)
    number[kinds] = np.arange(len(kinds))
    return kinds, first[kinds], number[codes]
