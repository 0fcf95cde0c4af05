"""What changed in, in words: a line a value, a few lines a table."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simnet.errors import clean
from simnet.study.words import count, listed

if TYPE_CHECKING:
    from simnet.scenario import Change
    from simnet.study.diff import Inputs, TableChange

MOST_VALUES = 40
WIDEST = 60
FEWEST_ALIKE = 3


def told(found: Inputs) -> Iterator[str]:
    """Every value that changed, old to new, and what became of each table."""
    lines = list(folded(found.values))
    yield from lines[:MOST_VALUES]
    if len(lines) > MOST_VALUES:
        yield f"and {len(lines) - MOST_VALUES:,} more (--json has them all)"
    for each in found.tables:
        yield from table(each)


def folded(changes: Sequence[Change]) -> Iterator[str]:
    """A line a change; the same one of several names at once: `dealers.*.served_by: columbus → gent (lyon, turin)`."""
    alike: dict[tuple[str, str, str, str], list[Change]] = {}
    for each in changes:
        above, _, last = each.path.rpartition(".")
        section, _, name = above.rpartition(".")
        many = bool(section and name)
        key = (section, last, each.old or "", each.new or "") if many else (each.path, "", "", "")
        alike.setdefault(key, []).append(each)
    for key, found in alike.items():
        if len(found) < FEWEST_ALIKE or not key[1]:
            yield from map(value, found)
            continue
        names = [each.path.removeprefix(f"{key[0]}.").removesuffix(f".{key[1]}") for each in found]
        yield f"{value(replace(found[0], path=f'{key[0]}.*.{key[1]}'))} ({listed(names, 4)})"


def value(each: Change) -> str:
    """`stocking.default.target: 95 % → 97 %`."""
    old, new = each.old or "(none)", each.new or "(removed)"
    return f"{clean(each.path, 80)}: {clean(old, WIDEST)} → {clean(new, WIDEST)}"


def table(each: TableChange) -> Iterator[str]:
    """`parts (parts.csv): 2 rows added, 1 removed, 12 changed (price 10, cost 2)`, and examples."""
    names = dict.fromkeys(os.path.basename(name) for name in (each.old, each.new))
    counts = ((len(each.added), "added"), (len(each.removed), "removed"), (each.rows, "changed"))
    parts = [f"{count(number, 'row')} {what}" for number, what in counts if number]
    if each.columns:
        parts[-1] += f" ({', '.join(f'{clean(name, 30)} {number:,}' for name, number in each.columns.most_common(6))})"
    parts += [f"column{'s' if len(names_) > 1 else ''} {listed(names_)} {what}"
              for names_, what in ((each.new_columns, "new"), (each.lost_columns, "gone")) if names_]  # fmt: skip
    yield f"{clean(each.path, 60)} ({clean(' → '.join(names), 80)}): {', '.join(parts) or 'written otherwise'}"
    for rows, what in ((each.added, "added"), (each.removed, "removed")):
        if rows:
            yield f"  {what}: {listed(rows, 4)}"
    yield from (f"  {clean(example, 100)}" for example in each.examples)


def plain(found: Inputs) -> dict[str, Any]:
    """The same for machines, all of it."""
    tables = [
        {
            "path": each.path, "old": os.path.basename(each.old), "new": os.path.basename(each.new),
            "added": list(each.added), "removed": list(each.removed), "changed_rows": each.rows,
            "changed_cells": dict(each.columns), "examples": list(each.examples),
            "new_columns": list(each.new_columns), "lost_columns": list(each.lost_columns),
        }
        for each in found.tables
    ]  # fmt: skip
    return {
        "values": [{"path": each.path, "old": each.old, "new": each.new} for each in found.values],
        "tables": tables,
    }
