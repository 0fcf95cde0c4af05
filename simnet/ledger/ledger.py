"""The ledger: what became of every line, a narrow column a field.

The rules write records, twelve integers of 64 bits a line. Kept so, a run of some millions of lines fills gigabytes,
and whoever reads one field of them walks through all; so they are turned into columns as soon as a run ends, a
cacheful at a time, and each column takes the fewest bytes that hold its numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simnet.integers import Integers, Rows, integers
from simnet.ledger.tally import numbers

Column = NDArray[np.integer[Any]]
BLOCK, WIDE = 8192, 64
"""Rows at a time."""
KINDS = tuple((np.dtype(f"i{size}"), -(1 << 8 * size - 1), (1 << 8 * size - 1) - 1) for size in (1, 2, 4))
"""Narrow kinds of integers, with the least and the largest number of each."""
WHERE = ("point", "dest")
"""Columns that hold points; what is negative in them is no point."""


@dataclass(frozen=True, eq=False)
class Ledger:
    """Lines in the order in which they were asked, part by part."""

    columns: Mapping[str, Column]
    """By field: those of a LINE record, and `job` where lines come in jobs (-1: in none)."""

    @classmethod
    def of(cls, rows: Rows) -> Ledger:
        """The records of a run, turned."""
        names = rows.dtype.names or ()
        table = numbers(rows).reshape(len(rows), len(names))
        kinds = [np.dtype(np.int8)] * len(names)
        columns: list[Any] = [np.empty(len(rows), kind) for kind in kinds]
        for start in range(0, len(rows), BLOCK):
            some = table[start : start + BLOCK]
            for at, (low, high) in enumerate(zip(*spans(some), strict=True)):
                needed = fitting(low, high)
                if needed.itemsize > kinds[at].itemsize:
                    columns[at], kinds[at] = columns[at].astype(needed), needed
                columns[at][start : start + BLOCK] = some[:, at] if low < high else low
        return cls(dict(zip(names, columns, strict=True)))

    @classmethod
    def joined(cls, ledgers: Sequence[Ledger]) -> Ledger:
        """Ledgers of the same fields, one after the other."""
        if len(ledgers) == 1:
            return ledgers[0]
        names = ledgers[0].columns if ledgers else ()
        return cls({name: np.concatenate([each.columns[name] for each in ledgers]) for name in names})

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def at(self, first: int) -> Ledger:
        """The same lines, of a shard whose points start at `first` of the whole network."""
        moved = {name: column_at(self.columns[name], first) for name in WHERE if first and name in self.columns}
        return Ledger({**self.columns, **moved})

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


def spans(table: Integers) -> tuple[list[int], list[int]]:
    """The least and the largest number of each column of [row, column]; numpy is fast along long rows."""
    many = len(table) // WIDE * WIDE
    if not many:
        return table.min(axis=0).tolist(), table.max(axis=0).tolist()
    wide, rest = table[:many].reshape(-1, WIDE * table.shape[1]), table[many - WIDE :]
    lows, highs = (ends.reshape(WIDE, -1) for ends in (wide.min(axis=0), wide.max(axis=0)))
    return np.vstack([lows, rest]).min(axis=0).tolist(), np.vstack([highs, rest]).max(axis=0).tolist()


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


def column_at(points: Column, first: int) -> Column:
    """Points of a shard as those of the whole network; what is no point stays."""
    kind = fitting(-1, int(points.max(initial=0)) + first)
    moved = points.astype(kind)
    moved[moved >= 0] += kind.type(first)
    return moved
