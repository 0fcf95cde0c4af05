"""Demand, levels and opening stock of a design that removes sites or parts."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from simnet.demand import DemandTable, History
from simnet.scenario.asked import Asked
from simnet.scenario.history import HistoryRows
from simnet.scenario.nodes import Mark
from simnet.scenario.removal import Removed

T = TypeVar("T")
Key = tuple[str, str]


def relocated(asked: Sequence[Asked], removed: Removed) -> list[Asked]:
    """The entries with what was asked at a removed site asked where its stock comes from now, or nowhere."""
    if not removed.instead and not removed.parts:
        return list(asked)
    found = []
    for each in asked:
        changes: dict[str, Any] = {}
        table = getattr(each.entry, "table", None)
        gone = removed.parts & each.names("part") or removed.instead.keys() & (each.names("at") | each.names("site"))
        if not gone:
            found.append(each)
            continue
        if isinstance(table, DemandTable):
            changes["table"] = _table(table, removed)
        if each.rows is not None and isinstance(getattr(each.entry, "orders", None), History):
            rows = _history(each.rows, removed)
            changes["orders"] = rows.history() if len(rows) else None
        if all(value is not None for value in changes.values()):
            entry = each.entry.model_copy(update=changes) if changes else each.entry
            found.append(replace(each, entry=entry))
    return found


def kept_rows(
    rows: Mapping[Key, T], marks: Mapping[Key, Mark], removed: Removed
) -> tuple[dict[Key, T], dict[Key, Mark]]:
    """The rows by (site, part) whose site and part are still there."""
    stay = [key for key in marks if key[0] not in removed.instead and key[1] not in removed.parts]
    return {key: rows[key] for key in stay if key in rows}, {key: marks[key] for key in stay}


def _table(table: DemandTable, removed: Removed) -> DemandTable | None:
    now = {name: removed.site(name) if name else "" for name in set(table.at)}
    sites = [now[name] for name in table.at]
    kept = [row for row, site in enumerate(sites) if site is not None and table.part[row] not in removed.parts]
    numbers = {name: table.column(name) for name in table.columns}
    columns = {name: column[kept].tolist() for name, column in numbers.items() if column is not None}
    at = [sites[row] or "" for row in kept]
    return DemandTable([table.part[row] for row in kept], at, **columns) if kept else None


def _history(rows: HistoryRows, removed: Removed) -> HistoryRows:
    sites, codes = rows.sites, rows.site
    now: list[int] = []
    names: dict[str, int] = {}
    for name in sites or ():
        place = removed.site(name)
        now.append(-1 if place is None else names.setdefault(place, len(names)))
    found = rows.marks
    gone = {code for code, name in enumerate(rows.parts) if name in removed.parts}
    kept = [
        line for line in range(len(rows)) if rows.part[line] not in gone and (codes is None or now[codes[line]] >= 0)
    ]
    return replace(
        rows,
        part=array("i", (rows.part[line] for line in kept)),
        year=array("i", (rows.year[line] for line in kept)),
        month=array("i", (rows.month[line] for line in kept)),
        day=array("i", (rows.day[line] for line in kept)),
        quantity=array("q", (rows.quantity[line] for line in kept)),
        sites=tuple(names) if sites is not None else None,
        site=array("i", (now[codes[line]] for line in kept)) if codes is not None else None,
        marks=None if found is None else lambda line, column: found(kept[line], column),
    )
