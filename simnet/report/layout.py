"""Where things stand on the page: how wide a table is, and which charts and tables stand side by side.

Nobody measures the reader's font here: letters count by the usual width of a sans serif, rather too wide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from simnet.report.grid import Column, Grid

LETTER, SMALL = 0.56, 0.48
"""Width of a letter in ems of its table, and of one of an interval."""
PADDING, TAIL = 1.7, 0.5
"""Of a cell, left and right; between a value and its interval."""
LABEL, HEAD, UNDER = 20.0, 14.0, 9.6
"""Where names and heads are broken."""
WHOLE, HALF = 72.0, 34.0
"""Ems of a table that fits the page, and half of it beside another."""
FEW, SHEET = 8, 35.0
"""Rows, and ems across, of numbers under a chart that are on paper too."""


@dataclass(frozen=True)
class Place:
    """Something of a section and the room that it takes there."""

    kind: str
    """`figure`, `grid` or `changes`."""
    what: Any
    room: str
    """`half` or `half right` beside another, `alone` where there is no other, or `whole`."""


def ems(text: str) -> float:
    """About how wide a text is, in ems; Chinese, Japanese and Korean letters are one each."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else LETTER for char in text)


def width(grid: Grid, inline: bool) -> float:
    """About how wide a table is, with intervals beside the values or under them."""
    fronts = [
        max([ems(head), *(min(LABEL, ems(names[at])) for names, _ in grid.rows)]) for at, head in enumerate(grid.heads)
    ]
    tail = (grid.half + grid.word) * SMALL
    figures = 0.0
    for at, column in enumerate(grid.columns):
        value = max([head(column, inline), *(ems(cells[at].value) for _, cells in grid.rows)])
        figures += value + TAIL + tail if inline else max(value, tail)
    return sum(fronts) + figures + PADDING * (len(fronts) + len(grid.columns))


def head(column: Column, whole: bool) -> float:
    """About how wide the head of a column is; its words stand below each other if need be."""
    lines = [column.title] if whole else column.title.split()
    under = [min(UNDER, ems(line) * SMALL / LETTER) for line in column.under]
    return max([0.0, *(min(HEAD, ems(line)) for line in lines), *under])


def inline(grid: Grid) -> bool:
    """Whether intervals stand beside their values: where the page is wide enough."""
    return width(grid, True) <= WHOLE


def is_narrow(grid: Grid) -> bool:
    """Whether half the page is enough for a table."""
    return inline(grid) and width(grid, True) <= HALF


def is_small(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table of numbers is short, and narrow enough to stand under its chart on half a sheet of paper."""
    columns = zip(header, *rows, strict=True)
    return len(rows) <= FEW and sum(max(map(ems, column)) + 1 for column in columns) <= SHEET


def side_by_side(things: Iterable[tuple[str, Any, bool]]) -> list[Place]:
    """Kinds and things in their order, two narrow ones beside each other wherever they follow each other."""
    return list(placed(list(things)))


def placed(things: Sequence[tuple[str, Any, bool]]) -> Iterator[Place]:
    """Each thing with its room; the last of the triple says whether it is narrow."""
    at = 0
    while at < len(things):
        kind, what, narrow = things[at]
        if narrow and at + 1 < len(things) and things[at + 1][2]:
            yield Place(kind, what, "half")
            yield Place(*things[at + 1][:2], "half right")
            at += 2
            continue
        yield Place(kind, what, "alone" if narrow else "whole")
        at += 1
