"""Tables of names (dealers, warehouses, suppliers, lanes, levels, opening) to what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from simnet.errors import shorten
from simnet.numerals import BARE
from simnet.policy.base import parse_trigger
from simnet.scenario.currency import check_shown
from simnet.scenario.grid import BROKEN, CORRECT, Column, Grid
from simnet.scenario.nodes import Entry, Mark, Node, Problems, map_node, text_node
from simnet.scenario.read import compose_cell
from simnet.scenario.scenario import OpeningTable
from simnet.scenario.sites import parse_name
from simnet.scenario.stocking import LevelTable
from simnet.scenario.table_grid import Tables, is_table, table_grid
from simnet.units import parse_quantity

SENDING = ("hours", "time_zone", "holidays", "picking")
"""The columns of the hours of whoever sends."""
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "suppliers": ("supplier", "at", "lat", "lon", "lead_time", "minimum_order", "order_every", "minimum_order_value",
                  "hold_at_most", *SENDING),
    "warehouses": (
        "warehouse", "tier", "at", "lat", "lon", "refilled_by", "lead_time",
        "allocation", "push", "refers_to", "pool", "hold_back", "balance", *SENDING, "receiving",
    ),
    "dealers": (
        "dealer", "at", "lat", "lon", "served_by", "lead_time", "share", "tier",
        "allocation", "pool", "hold_back", "balance", "stock", *SENDING, "receiving",
    ),
    "lanes": ("from", "to", "lead_time", "cost", "shipment_cost", "mode", "crossing", "departures", "classes"),
}  # fmt: skip
"""The columns of each section's table; the first names the row (of lanes, the first two)."""
_NUMERIC = (
    "lead_time", "minimum_order", "order_every", "minimum_order_value", "hold_at_most", "share", "hold_back",
    "balance", "picking", "receiving", "cost", "shipment_cost", "lat", "lon",
)  # fmt: skip
YAML = ("{", "[", '"')
"""With what a cell begins that is YAML, such as `{mean: 35 d, cv: 0.4}`."""
_UNITS = {"cost": "/kg", "shipment_cost": "", "minimum_order_value": ""}
Pairs = dict[tuple[str, str], Any]


def expand(root: Node, problems: Problems, tables: Tables, currency: str) -> Node:
    """The scenario with its tables of names written out as maps, each value at its cell's place."""
    entries = dict(root.entries)
    for section, columns in SECTIONS.items():
        node = root.get(section)
        if node is not None and is_table(node):
            read = partial(_written, node, section, columns, problems, tables, currency)
            written = problems.attempt(read)
            if written is None:
                problems.lose(section)
            entries[section] = (entries[section][0], written or map_node((), node.mark))
    return Node("map", entries, root.mark, root.size)


def _written(
    node: Node, section: str, columns: Sequence[str], problems: Problems, tables: Tables, currency: str
) -> Node:
    grid = table_grid(node, section, columns, problems, tables)
    check_shown(grid, [name for name in columns if name in _UNITS], currency)
    texts = {name: grid.texts(name) for name in columns if name in grid.cells}
    keys = 2 if section == "lanes" else 1
    for name in columns[:keys]:
        grid.values(Column(name, parse_name, "", required=True))
        if name not in grid.cells and len(grid):
            problems.lose(section)
    units = {name: f" {currency}{suffix}" for name, suffix in _UNITS.items()} | {
        name: f" {unit}" for name, unit in grid.units.items()
    }
    found: dict[str, Any] = {}
    for row in range(len(grid)):
        names = [texts[name][row] for name in columns[:keys] if name in texts]
        if len(names) == keys and all(names):
            pairs = _cells(grid, row, columns[keys:], texts, units)
            _put(found, names, map_node(pairs, grid.mark(row, columns[keys - 1])), grid, row, columns)
    return _tree(found, node.mark, grid.index.get(columns[0], 0))


def _cells(
    grid: Grid, row: int, columns: Sequence[str], texts: Mapping[str, list[str]], units: Mapping[str, str]
) -> list[Entry]:
    pairs: list[Entry] = []
    for name in columns:
        text = texts[name][row] if name in texts else ""
        if text:
            mark = grid.mark(row, name)
            if name in _NUMERIC and grid.decimal == "," and text[0] not in YAML:
                text = text.replace(".", "").replace(",", ".")
            if name in units and BARE.fullmatch(text):
                text += units[name]
            value: Node | None = text_node(text, mark)
            if BROKEN.fullmatch(text):
                grid.add(row, name, f"holds a spreadsheet error: {shorten(text)}", CORRECT)
            elif text[0] in YAML:
                value = grid.problems.attempt(partial(compose_cell, text, mark), more=False)
            pairs += [(text_node(name, mark), value)] if value is not None else []
    return _located(pairs)


def _located(pairs: list[Entry]) -> list[Entry]:
    """The columns lat and lon as one place."""
    found = {key.text: (key, value) for key, value in pairs}
    if "lat" not in found and "lon" not in found:
        return pairs
    ends = [found.pop(name, None) for name in ("lat", "lon")]
    key = next(end for end in ends if end is not None)[0]
    items = [end[1] for end in ends if end is not None]
    found["at"] = (text_node("at", key.mark), Node("list", items, key.mark, 3))
    return list(found.values())


def _put(found: dict[str, Any], names: list[str], row: Node, grid: Grid, at: int, columns: Sequence[str]) -> None:
    into = found
    for name in names[:-1]:
        into = into.setdefault(name, {})
    if names[-1] in into:
        first = into[names[-1]].mark.line
        grid.add(
            at,
            columns[len(names) - 1],
            f"{shorten(names[-1])} is there twice; the first is in row {first}",
            "keep one",
        )
    into.setdefault(names[-1], row)


def _tree(found: Mapping[str, Any], mark: Mark, first: int) -> Node:
    """The rows by name; of lanes, what leaves a source is where its first row names it, in the column `first`."""
    pairs = []
    for name, value in found.items():
        node = value
        if not isinstance(value, Node):
            node = _tree(value, next(iter(value.values())).mark._replace(column=first), first)
        pairs.append((text_node(name, node.mark), node))
    return map_node(pairs, mark)


def read_levels(node: Node, problems: Problems, tables: Tables) -> LevelTable:
    """The numbers by site and part of a table: up_to, or trigger and up_to, or trigger and lot."""
    columns = [
        Column("trigger", parse_trigger),
        Column("up_to", parse_quantity),
        Column("lot", parse_quantity),
        Column("policy", parse_name),
    ]
    pairs, marks = _pairs(node, "levels", columns, problems, tables)
    rows = {}
    for key, values in pairs.items():
        given = {column.name: value for column, value in zip(columns, values, strict=True) if value is not None}
        if given:
            rows[key] = {"policy": _policy(given), **given}
    return LevelTable(rows, marks)


def _policy(given: Mapping[str, Any]) -> str:
    """The policy that a row's numbers mean."""
    if "lot" in given:
        return "reorder-lot"
    return "min-max" if "trigger" in given else "base-stock"


def read_opening(node: Node, problems: Problems, tables: Tables) -> OpeningTable | None:
    """The stock at the start from a table; the word `full`: every site starts at its up-to level."""
    if node.kind == "text" and node.text == "full":
        return None
    if not is_table(node):
        problems.add(
            node.mark,
            f"must be full, or a table such as opening.csv, not {node.describe()}",
            path=("opening",),
        )
        return None
    columns = [Column(name, parse_quantity, 0) for name in ("on_hand", "on_order", "owed")]
    pairs, marks = _pairs(node, "opening", columns, problems, tables)
    for key, (on_hand, _, owed) in pairs.items():
        if on_hand and owed:
            message = f"has {on_hand} pieces of {shorten(key[1])} on hand and owes {owed}"
            problems.add(marks[key], message, path=("opening",), remedy="what is owed is owed for want of stock")
    return OpeningTable(dict(pairs), marks)


def _pairs(
    node: Node, sheet: str, columns: Sequence[Column], problems: Problems, tables: Tables
) -> tuple[Pairs, dict[tuple[str, str], Mark]]:
    """The rows of a table by (site, part), and where they are."""
    grid = table_grid(node, sheet, ["site", "part", *(column.name for column in columns)], problems, tables)
    sites = grid.values(Column("site", parse_name, "", required=True))
    parts = grid.values(Column("part", parse_name, "", required=True))
    if grid.table is not None:
        grid.table.source.index = grid.index
    values = list(zip(*(grid.values(column) for column in columns), strict=True))
    pairs: Pairs = {}
    marks: dict[tuple[str, str], Mark] = {}
    for row, key in enumerate(zip(sites, parts, strict=True)):
        if key in pairs and all(key):
            grid.add(
                row,
                "part",
                f"{shorten(' / '.join(key))} is there twice; the first is in row {marks[key].line}",
            )
        elif all(key):
            pairs[key], marks[key] = values[row], grid.mark(row, "part")
    return pairs, marks


Reader = Callable[[Node, Problems, Tables], Any]
