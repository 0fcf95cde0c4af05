"""Columns as numbers and the different texts they stand for: a text is read once, however many rows hold it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.intake.headings import Columns
from simnet.intake.source import Source
from simnet.scenario.dates import Day

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Coding(dict[str, int]):
    """The number of each text, in order of appearance."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


@dataclass(eq=False)
class Coded:
    """A column."""

    codes: NDArray[Any]
    """Row to text."""
    texts: list[str]

    def first_rows(self) -> list[int]:
        """The row on which each text stands first: texts are numbered as they appear."""
        highest = np.maximum.accumulate(self.codes)
        return [int(row) for row in np.flatnonzero(np.diff(highest, prepend=-1))]


@dataclass(frozen=True, eq=False)
class Days:
    """Days of rows."""

    codes: NDArray[Any]
    """Row to day."""
    different: NDArray[Any]
    """Day x (year, month, day): day 0 where only the month is known, zeros where nothing is."""

    @classmethod
    def of(cls, coded: Coded, days: Sequence[Day]) -> Days:
        """The days that the texts of a column stand for."""
        numbers: dict[Day, int] = {}
        again = np.array([numbers.setdefault(day, len(numbers)) for day in days], dtype=np.int32)
        return cls(again[coded.codes], np.array(list(numbers), dtype=np.int64).reshape(-1, 3))

    def __getitem__(self, rows: Any) -> Days:
        return Days(self.codes[rows], self.different)

    def each(self, column: int) -> NDArray[Any]:
        """Year (0), month (1) or day (2) of each row."""
        return np.asarray(self.different[:, column][self.codes])

    def months(self) -> NDArray[Any]:
        """The month of each row, counted from year 0."""
        return np.asarray((self.different[:, 0] * 12 + self.different[:, 1] - 1)[self.codes])

    def ordinals(self) -> NDArray[Any]:
        """The day of each row counted from year 1; 0 where it is not known."""
        count = [date(*day).toordinal() if day[2] else 0 for day in self.different.tolist()]
        return np.asarray(np.array(count, dtype=np.int64)[self.codes])

    def span(self) -> tuple[Day, Day]:
        """The first and the last day of all rows."""
        used = np.flatnonzero(np.bincount(self.codes, minlength=len(self.different)))
        days = sorted((year, month, day) for year, month, day in self.different[used].tolist())
        return days[0], days[-1]


@dataclass(eq=False)
class Raw:
    """The rows under the headings."""

    lines: NDArray[Any]
    columns: dict[str, Coded]
    """By role."""
    twice: NDArray[Any]
    """Whether a row is the same in every column as one above it."""
    ragged: list[tuple[int, int]]
    """Line and number of cells of rows that have more or fewer than the headings."""

    def __len__(self) -> int:
        return len(self.lines)


def read_raw(source: Source, columns: Columns) -> Raw:
    """The wanted columns of a source; blank rows are skipped, rows of another width set apart."""
    lines, hashes, ragged = array("i"), array("q"), list[tuple[int, int]]()
    codings = {role: (index, Coding(), array("i")) for role, index in columns.at.items()}
    width = len(columns.header)
    for where, rows in source.chunks():
        where, rows = fitting(where, rows, columns.line, width, ragged)
        lines.extend(where)
        hashes.extend(map(hash, map(tuple, rows)))
        for index, coding, codes in codings.values():
            codes.extend(map(coding.__getitem__, map(itemgetter(index), rows)))
    made = {role: stripped(codes, coding) for role, (_, coding, codes) in codings.items()}
    return Raw(np.array(lines, dtype=np.int64), made, repeated(hashes), ragged)


def fitting(
    where: Sequence[int], rows: list[list[str]], head: int, width: int, ragged: list[tuple[int, int]]
) -> tuple[Sequence[int], list[list[str]]]:
    """The rows under the headings that are as wide as they are; blanks at the end of a row do not count."""
    if where[0] > head and set(map(len, rows)) == {width} and all(map(any, rows)):
        return where, rows
    lines, kept = [], []
    for line, row in zip(where, rows, strict=True):
        if line <= head or not any(cell.strip() for cell in row):
            continue
        if len(row) > width and not any(row[width:]):
            row = row[:width]
        if len(row) == width:
            lines.append(line)
            kept.append(row)
        else:
            ragged.append((line, len(row)))
    return lines, kept


def stripped(codes: Iterable[int], coding: Coding) -> Coded:
    """The column with the spaces around its texts taken off, and `="0123"` as 0123."""
    clean = Coding()
    again = np.array([clean[plain(text)] for text in coding], dtype=np.int32)
    coded = np.array(codes, dtype=np.int32)
    return Coded(again[coded] if len(coded) else coded, list(clean))


def plain(text: str) -> str:
    """The text that a cell stands for: `="0123"`, with which zeros are carried through a spreadsheet, is 0123."""
    text = text.strip()
    return text[2:-1] if text.startswith('="') and text.endswith('"') and len(text) > 2 else text


def repeated(hashes: Sequence[int]) -> NDArray[Any]:
    """Whether each row is the same as an earlier one (by 64 bits of hash)."""
    codes = np.array(hashes, dtype=np.int64)
    ordered = np.sort(codes)
    if not (ordered[1:] == ordered[:-1]).any():
        return np.zeros(len(codes), dtype=bool)
    twice = np.ones(len(codes), dtype=bool)
    twice[np.unique(codes, return_index=True)[1]] = False
    return twice
