"""What a scenario says, apart from the files that say it: so that the same scenario has the same hash as YAML with
tables beside it and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simnet.provenance import file_hash
from simnet.scenario.files import is_there, resolve
from simnet.scenario.nodes import Node
from simnet.scenario.table_grid import Tables
from simnet.scenario.tables import is_table_name

MARK = "table "
NAMING = ("parts", "table", "orders", "jobs", "opening", "levels", "suppliers", "warehouses", "dealers", "lanes")
"""Keys whose value may be a table by name."""
WHERE = ("table", "sheet", "encoding")
"""What is said about a table that only says where it is."""


def names_table(key: str) -> bool:
    """Whether the value under a key, or at the end of a path, may be a table by name."""
    return key.rpartition(".")[2] in NAMING


@dataclass
class Contents:
    """The content of nodes, the tables in them being known."""

    tables: Tables

    def of(self, said: Mapping[str, Node]) -> dict[str, Any]:
        """Plain data, a hash in the place of each table."""
        return {key: self._of(node, key) for key, node in said.items() if node.kind != "null"}

    def _of(self, node: Node, key: str = "") -> Any:
        if node.kind == "list":
            return [self._of(item) for item in node.value]
        if node.kind != "map":
            return (self._hash(node, ()) if names_table(key) else "") or node.value
        table = node.get("table")
        if table is not None and (found := self._hash(table, self._more(node))):
            plain = {"table": found, **self.of({k: v for k, (_, v) in node.entries.items() if k not in WHERE})}
        else:
            plain = self.of({key: value for key, (_, value) in node.entries.items()})
        inner = plain.get("table")
        alone = len(plain) == 1 and isinstance(inner, str) and inner.startswith(MARK)
        return inner if alone else plain  # {table: parts.csv} is parts.csv

    def _more(self, node: Node) -> tuple[str, ...]:
        return tuple(there.text for key in WHERE[1:] if (there := node.get(key)) is not None)

    def _hash(self, node: Node, more: tuple[str, ...]) -> str:
        """The hash of the table that a text names; nothing where it names none."""
        if not is_table_name(node.text):
            return ""
        key = (id(node.mark.source), node.text)
        found = {table.digest() for known, table in self.tables.items() if known[:2] == key and known[3:] == more}
        if found:
            return MARK + " ".join(sorted(found))
        path, _ = resolve(node.text, node.mark.source)
        return MARK + file_hash(path) if is_there(path) and path.is_file() else ""
