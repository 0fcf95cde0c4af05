"""The ledger: what became of every line, a narrow column a field.

Rules write records of a line; whoever reads one field of them would walk through all. So they are turned into columns
as soon as a run ends. Shards leave theirs one after the other: they are put together when a whole column is read, and
never where the ledger only goes to a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simnet.integers import Integers, Rows, integers

Column = NDArray[np.integer[Any]]
KINDS = tuple((np.dtype(f"i{size}"), -(1 << 8 * size - 1), (1 << 8 * size - 1) - 1) for size in (1, 2, 4))
"""Narrow kinds of integers, with the least and the largest number of each."""
WHERE = ("point", "dest")
"""Columns that hold points; what is negative in them is no point."""
NARROW = {"done": np.int32, **dict.fromkeys(("quantity", "at_once", "passed", "lost"), np.int8)}
"""Columns that mostly fit a kind of fewer bytes than their records have."""

Shard = tuple[int, Mapping[str, Column]]
"""Where its points begin in the whole network, and its columns by field."""


class Ledger:
    """Lines in the order in which they were asked, part by part."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.shards: Sequence[Shard] = [(0, columns)]

    @classmethod
    def of(cls, rows: Rows) -> Ledger:
        """The records of a run, turned."""
        names = rows.dtype.names or ()
        return cls({name: column_of(rows, name) for name in names})

    @classmethod
    def joined(cls, ledgers: Sequence[Ledger]) -> Ledger:
        """Ledgers of the same fields, one after the other."""
        made = cls({})
        made.shards = [shard for ledger in ledgers for shard in ledger.shards] or made.shards
        return made

    def at(self, first: int) -> Ledger:
        """The same lines, of a shard whose points start at `first` of the whole network."""
        made = Ledger({})
        made.shards = [(start + first, columns) for start, columns in self.shards]
        return made

    @property
    def columns(self) -> Mapping[str, Column]:
        """By field: those of a LINE record, and `job` where lines come in jobs (-1: in none)."""
        if len(self.shards) > 1 or self.shards[0][0] > 0:
            found = [placed(columns, first) for first, columns in self.shards]
            self.shards = [(0, {name: np.concatenate([each[name] for each in found]) for name in found[0]})]
        return self.shards[0][1]

    def __len__(self) -> int:
        return sum(lines_in(columns) for _, columns in self.shards)

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def __contains__(self, name: object) -> bool:
        return name in self.shards[0][1]

    def some(self, most: int) -> Iterator[Mapping[str, Column]]:
        """Columns of at most so many lines after the other, of the same kinds; once where there are none."""
        kinds = {name: np.result_type(*(columns[name] for _, columns in self.shards)) for name in self.shards[0][1]}
        for first, columns in self.shards:
            for start in range(0, max(lines_in(columns), 1), most):
                rows = slice(start, start + most)
                some = {name: columns[name][rows].astype(kind, copy=False) for name, kind in kinds.items()}
                yield placed(some, first)

    def rows(self) -> Rows:
        """The lines as records of 64-bit integers, a field a column."""
        made = np.zeros(len(self), integers(" ".join(self.columns)))
        for name, column in self.columns.items():
            made[name] = column
        return made

    def same_as(self, other: Ledger) -> bool:
        """Whether both hold the same lines, to the last integer."""
        return self.columns.keys() == other.columns.keys() and all(
            np.array_equal(column, other.columns[name]) for name, column in self.columns.items()
        )


def column_of(rows: Rows, name: str) -> Column:
    """One field of the records as a column."""
    values = rows[name]
    if name not in NARROW:
        return values.copy()
    needed = fitting(int(values.min(initial=0)), int(values.max(initial=0)))
    return np.ascontiguousarray(values, np.promote_types(needed, NARROW[name]))


def fitting(low: int, high: int) -> np.dtype[Any]:
    """The kind of integer of the fewest bytes that holds two numbers and all between."""
    for kind, least, most in KINDS:
        if low >= least and high <= most:
            return kind
    return np.dtype(np.int64)


def narrow(values: Integers | Column) -> Column:
    """The numbers in the fewest bytes that hold them."""
    kind = fitting(int(values.min(initial=0)), int(values.max(initial=0)))
    return np.ascontiguousarray(values, dtype=kind)


def placed(columns: Mapping[str, Column], first: int) -> Mapping[str, Column]:
    """Columns of a shard with its points as those of the whole network; what is no point stays."""
    if not first:
        return columns
    return {name: each + np.int32(first) * (each >= 0) if name in WHERE else each for name, each in columns.items()}


def lines_in(columns: Mapping[str, Column]) -> int:
    """How many lines."""
    return len(next(iter(columns.values()), ()))
