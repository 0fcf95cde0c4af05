"""The tables of a scenario as sheets beside the others: a value that names a file names a sheet instead."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simnet.scenario.content import names_table
from simnet.scenario.excel import as_read
from simnet.scenario.files import resolve
from simnet.scenario.nodes import Node, map_node, text_node
from simnet.scenario.sheet_kinds import REFERENCE, SHEETS, kind_of
from simnet.scenario.table_grid import Tables
from simnet.scenario.tables import Table, is_table_name
from simnet.workbook.sheets import Sheet
from simnet.workbook.words import LONGEST

MOST_ROWS, MOST_CELLS = 500_000, 4_000_000
"""Of a table in a workbook; a larger one stays a file beside it."""
NUMBERS = frozenset(
    ("quantity", "orders", "chance", "size", "size_mean", "sites", "share", "pack", "minimum_order", "lat", "lon",
     "trigger", "up_to", "lot", "on_hand", "on_order", "owed", "hold_back", "cost", "price", "weight", "lead_time")
)  # fmt: skip
"""Columns in which a plain number is a number to the spreadsheet too."""
WHERE = ("sheet", "encoding")


@dataclass
class Inlined:
    """Turns the files that a tree names into sheets."""

    tables: Tables
    folder: Path
    """Where the workbook will be."""
    taken: set[str]
    """Kinds of sheets that the scenario itself takes."""
    files: bool = False
    """Whether the sheets become CSV files instead, named after them."""
    sheets: dict[int, Sheet] = field(default_factory=dict)
    """By the id of the table, in the order in which they are named."""

    def of(self, node: Node, key: str = "") -> Node:
        """The tree with sheets for files."""
        if node.kind == "list":
            return Node("list", [self.of(item) for item in node.value], node.mark, node.size, node.depth)
        if node.kind == "text":
            return self._named(node, ()) if names_table(key) else node
        table = node.get("table")
        if table is None or not is_table_name(table.text):
            return self._map(node, node.entries)
        more = tuple(there.text for key in WHERE if (there := node.get(key)) is not None)
        named = self._named(table, more)
        entries = {key: (name, named if key == "table" else value) for key, (name, value) in node.entries.items()}
        if self.files or named.text.startswith(REFERENCE):
            entries = {key: pair for key, pair in entries.items() if key not in WHERE}
        if len(entries) == 1 and names_table(key):
            return named  # {table: parts.csv} is parts.csv
        return self._map(node, entries)

    def _map(self, node: Node, entries: Mapping[str, tuple[Node, Node]]) -> Node:
        if node.kind != "map":
            return node
        return map_node(((key, self.of(value, key.value)) for key, value in entries.values()), node.mark)

    def _named(self, node: Node, more: tuple[str, ...]) -> Node:
        """`sheet NAME` for the name of a table that is known."""
        if not is_table_name(node.text):
            return node
        key = (id(node.mark.source), node.text)
        found = [table for known, table in self.tables.items() if known[:2] == key and known[3:] == more]
        if not found:
            return node
        if self.files:
            return text_node(f"{self._sheet(found[0], node.text, more).title}.csv", node.mark)
        if not fits(found[0]):
            path, _ = resolve(node.text, node.mark.source)
            return text_node(os.path.relpath(path, self.folder).replace(os.sep, "/"), node.mark)
        return text_node(f"{REFERENCE}{self._sheet(found[0], node.text, more).title}", node.mark)

    def _sheet(self, table: Table, name: str, more: tuple[str, ...]) -> Sheet:
        if id(table) not in self.sheets:
            stem = table.source.sheet if table.source.sheet and more else Path(name).name.partition(".")[0]
            title = self._title(stem or "table")
            rows = [
                list(row) for row in zip(*([cell.strip() for cell in column] for column in table.columns), strict=True)
            ]
            self.sheets[id(table)] = Sheet(title, "table", list(table.header), rows, file=Path(name).name)
        return self.sheets[id(table)]

    def _title(self, stem: str) -> str:
        """A title that no other sheet has, and that a spreadsheet takes."""
        plain = "".join(char if char.isalnum() or char in " -_." else "-" for char in stem).strip("'_ ")[:24] or "table"
        used = {sheet.title.lower() for sheet in self.sheets.values()}
        tries = (plain, *(f"{plain} table{'' if number == 1 else f' {number}'}" for number in range(1, 200)))
        return next(
            title for title in tries
            if title.lower() not in used and kind_of(title) not in self.taken and not self._reserved(title)
        )  # fmt: skip

    def _reserved(self, title: str) -> bool:
        """Whether a sheet of this name would be read as a section; what the settings name is a table in any case."""
        return kind_of(title) in SHEETS and kind_of(title) not in ("parts", "demand")


def fits(table: Table) -> bool:
    """Whether a table can stand in a sheet without loss."""
    cells = len(table) * len(table.header)
    if len(table) > MOST_ROWS or cells > MOST_CELLS:
        return False
    texts = (text for column in (table.header, *table.columns) for text in column)
    return all(len(text) < LONGEST and text.isprintable() for text in texts)


def number(header: str, text: str) -> float | None:
    """The number that a cell of a column of numbers holds, if it is read as the same text again."""
    if header.partition(" [")[0].strip().lower() not in NUMBERS or len(text) > 15:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if as_read(value) == text else None
