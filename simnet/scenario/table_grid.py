"""Tables as grids: which columns are read under what names, in what units, and which are left out.

A table's columns may be renamed (`columns:`), given units (`units:`, or `lead_time [d]` in the header),
read with a decimal comma (`decimal: ','`) and left out (`ignore:`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simnet.currencies import currency_in
from simnet.errors import did_you_mean, nearest
from simnet.scenario.grid import Grid
from simnet.scenario.nodes import Node, Problems
from simnet.scenario.tables import Table, is_table_name, read_table

SPEC_KEYS = ("table", "sheet", "columns", "units", "decimal", "encoding", "ignore")
"""What may be said about a table: `{table: parts.csv, columns: {part: part_id}}`."""

_HEADER_UNIT = re.compile(r"(.*?)\s*[\[(]([^\])]{1,20})[\])]")
Tables = dict[tuple[Any, ...], Table]
FOR_PEOPLE = ("note", "meaning")
"""Columns of a sheet that nothing reads."""
MEANT = 0.75
"""How alike a name is to the one that must be meant: it is read as such, so that nothing else follows from the typo."""


def is_table(node: Node | None) -> bool:
    """Whether a node stands for a table: `parts.csv`, or a map with the key `table`."""
    if node is None:
        return False
    return (node.kind == "text" and is_table_name(node.text)) or node.get("table") is not None


def options_of(node: Node) -> dict[str, Node]:
    """What is said about a table beside its name."""
    return {key: value for key, (_, value) in node.entries.items() if value.kind != "null"}


def open_table(node: Node, default: str, tables: Tables) -> Table:
    """The table a node stands for, read once; `default` names its sheet in a workbook."""
    options = options_of(node)
    name = options.get("table", node)
    key = (
        id(name.mark.source),
        name.text,
        default,
        *(options[k].text for k in ("sheet", "encoding") if k in options),
    )
    if key not in tables:
        tables[key] = read_table(name, default, options)
    return tables[key]


def table_grid(
    node: Node,
    default: str,
    columns: Iterable[str],
    problems: Problems,
    tables: Tables,
    more: Iterable[str] = (),
) -> Grid:
    """The grid of a table; unknown columns are problems unless `ignore:` or `columns:` says otherwise.

    `more` are further keys that may stand beside `table:`.
    """
    options = options_of(node)
    known = list(columns)
    _check_options(node, [*SPEC_KEYS, *more], known, problems)
    table = open_table(node, default, tables)
    problems.keep(table.faults)
    grid = Grid(node.mark, problems)
    grid.table, grid.rows = table, len(table)
    grid.decimal = options["decimal"].text if "decimal" in options else "."
    grid.units = {name: unit.text for name, (_, unit) in _entries(options, "units")}
    said = [(name, value.text) for name, (_, value) in _entries(options, "columns")]
    renamed = {text: name if name in known else nearest(name, known, MEANT) or name for name, text in said}
    ignored = ignored_columns(options.get("ignore"))
    unknown: list[tuple[int, str, str | None]] = []
    for index, written in enumerate(table.header):
        name, unit = split_header(written, known)
        name = renamed.get(written, "") if renamed else name
        if name in known and name not in grid.cells:
            _take(grid, table, index, name, unit)
        elif table.source.sheet is not None and name.lower() in FOR_PEOPLE:
            continue
        elif written and not renamed and written not in ignored and table.header.index(written) == index:
            unknown.append((index, name, unit))
    for index, name, unit in unknown:
        aside = "list it under ignore:, or name the columns to read under columns:"
        remedy = _with_currency(name, known) or did_you_mean(name, known)
        remedy = remedy or (aside if table.source.sheet is None else f"call it note, or {aside}")
        problems.add(table.header_mark(index), f"unknown column '{table.header[index]}'", remedy=remedy)
        meant = nearest(name, [each for each in known if each not in grid.cells], MEANT)
        if meant is not None:
            _take(grid, table, index, meant, unit)
    _check_renamed(options, table, problems)
    return grid


def _with_currency(name: str, known: Sequence[str]) -> str | None:
    """How to write a head such as `cost_usd`: to read it as `cost` would lose the currency."""
    first, _, last = name.replace(" ", "_").rpartition("_")
    named = currency_in(last) if first.lower() in known else None
    return f"name the currency in brackets: {first.lower()} [{named}]" if named is not None else None


def _take(grid: Grid, table: Table, index: int, name: str, unit: str | None) -> None:
    """Let a column of the table be that of a name."""
    grid.cells[name], grid.index[name] = table.columns[index], index
    if unit is not None:
        grid.units.setdefault(name, unit)


def _entries(options: Mapping[str, Node], key: str) -> list[tuple[str, tuple[Node, Node]]]:
    return list(options[key].entries.items()) if key in options else []


def ignored_columns(node: Node | None) -> set[str]:
    """The names under `ignore:`, one or a list."""
    if node is None:
        return set()
    return {item.text for item in node.value} if node.kind == "list" else {node.text}


def split_header(written: str, known: Sequence[str]) -> tuple[str, str | None]:
    """The column that a header names, as we call it, and the unit beside it: `Lead time [d]`."""
    match = _HEADER_UNIT.fullmatch(written) if len(written) < 200 else None
    name = match[1] if match and written not in known else written
    same = name.lower().replace(" ", "_").replace("-", "_")
    return (same if same in known else name), (match[2].strip() if match and written not in known else None)


def _check_options(node: Node, keys: Sequence[str], columns: Sequence[str], problems: Problems) -> None:
    for name, (key, _) in node.entries.items():
        if name not in keys:
            problems.add(key.mark, f"unknown key '{name}' beside 'table'", remedy=did_you_mean(name, keys))
    options = options_of(node)
    for part in ("columns", "units"):
        if part in options and options[part].kind != "map":
            problems.add(options[part].mark, f"'{part}' must be a map, not {options[part].describe()}")
        for name, (key, _) in _entries(options, part):
            if name not in columns:
                remedy = did_you_mean(name, columns) or f"known are {', '.join(columns)}"
                problems.add(key.mark, f"no column '{name}' is known here", remedy=remedy)
    decimal = options.get("decimal")
    if decimal is not None and decimal.text not in (".", ","):
        problems.add(decimal.mark, "must be '.' or ','")


def _check_renamed(options: Mapping[str, Node], table: Table, problems: Problems) -> None:
    for _, (_, value) in _entries(options, "columns"):
        if value.text not in table.header:
            remedy = did_you_mean(value.text, table.header) or f"it has {', '.join(table.header[:12])}"
            problems.add(value.mark, f"{table.source.name} has no column '{value.text[:60]}'", remedy=remedy)
