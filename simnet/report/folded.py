"""Rows that say the same: a fill that is another's in every design and replication stands once, under both names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from simnet.metrics import Comparison
from simnet.report.rows import Row

WHATS = ("line", "unit", "value", "order")
FILL = " fill"


def folded(comparison: Comparison, rows: Sequence[Row]) -> list[Row]:
    """The rows, each fill that repeats an earlier one named there: `dealer, facing and system fill`."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(figures(comparison, row) or row.key, []).append(row)
    return [replace(alike[0], title=together([row.title for row in alike])) for alike in found.values()]


def figures(comparison: Comparison, row: Row) -> Any:
    """What makes a fill the same as another: of what it is a share, and its value in every replication; nothing for
    other figures, and where no design has a value."""
    names = row.key.split(".")
    what = [name for name in names[1:] if name in WHATS]
    every = tuple(None if each is None else each.values
                  for each in (comparison.level(design, row.key) for design in comparison.designs))  # fmt: skip
    known = any(value is not None for values in every for value in values or ())
    return (row.depth, *what, every) if names[0] == "fill" and what and known else None


def together(titles: Sequence[str]) -> str:
    """`dealer, facing and system fill` of dealer fill, facing fill and system fill; names that differ otherwise are
    listed."""
    parted = [title.partition(FILL) for title in dict.fromkeys(titles)]
    names = [name for name, *_ in parted]
    if len(parted) == 1 or len({each[1:] for each in parted}) > 1:
        return ", ".join(dict.fromkeys(titles))
    return f"{', '.join(names[:-1])} and {names[-1]}{parted[0][1]}{parted[0][2]}"
