"""What differs between two scenarios, or two designs of one: values by their paths, rows of tables summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from simnet.scenario.content import names_table
from simnet.scenario.extend import alike, show
from simnet.scenario.nodes import Node
from simnet.scenario.scenario import Change
from simnet.scenario.spelled import same
from simnet.scenario.table_grid import Tables
from simnet.scenario.tables import Table, is_table_name

if TYPE_CHECKING:
    from simnet.study.study import Study

Rows = dict[str, tuple[str, ...]]
"""By the cells that name them."""
MOST_EXAMPLES = 3
SILENT = frozenset(("simnet", "extends"))
"""Keys that say how a file is read, not what it says."""


@dataclass(frozen=True)
class Side:
    """One of the two: a design of a scenario, with what it says and the tables that it names."""

    study: Study
    design: str
    tree: Node
    tables: Tables

    @classmethod
    def of(cls, study: Study, design: str) -> Side:
        """A design of a study."""
        book = study.scenario.book
        if book is None:
            raise ValueError("this scenario was not read from a file")
        return cls(study, design, book.tree(design), book.tables)


@dataclass(frozen=True)
class TableChange:
    """What became of a table."""

    path: str
    old: str
    new: str
    """Names of the files."""
    added: Sequence[str] = ()
    removed: Sequence[str] = ()
    """Rows by the cells that name them."""
    columns: Counter[str] = field(default_factory=Counter)
    """Changed cells by column."""
    rows: int = 0
    """Rows of which a cell changed."""
    examples: Sequence[str] = ()
    """The first changed cells, old to new."""
    new_columns: Sequence[str] = ()
    lost_columns: Sequence[str] = ()


@dataclass(frozen=True)
class Inputs:
    """What changed in."""

    values: list[Change]
    tables: list[TableChange]

    def __bool__(self) -> bool:
        return bool(self.values or self.tables)


def inputs(old: Side, new: Side) -> Inputs:
    """What differs in what two sides say."""
    values = [each for each in differences(old.tree, new.tree) if each.path.split(".")[0] not in SILENT]
    before, after = (dict(tables_in(side.tree, side.tables)) for side in (old, new))
    both = [path for path in before if path in after]
    return Inputs(values, [each for path in both if (each := compared(path, before[path], after[path]))])


def differences(old: Node, new: Node, path: str = "") -> Iterator[Change]:
    """Values that differ, by path; items of lists by their number."""
    if old.kind == new.kind and old.kind in ("map", "list"):
        before, after = children(old), children(new)
        for name in {**before, **after}:
            here = f"{path}.{name}" if path else name
            if name not in before or name not in after:
                yield Change(here, shown(before.get(name)), shown(after.get(name)))
            else:
                yield from differences(before[name], after[name], here)
    elif not alike(old, new):
        yield Change(path, shown(old), shown(new))


def children(node: Node) -> dict[str, Node]:
    """What stands in a map or a list, but for what is null."""
    if node.kind == "list":
        return {str(number): item for number, item in enumerate(node.value)}
    return {name: value for name, (_, value) in node.entries.items() if value.kind != "null"}


def shown(node: Node | None) -> str | None:
    """A value as written, on one line."""
    return None if node is None else show(node)


def tables_in(node: Node, tables: Tables, path: str = "") -> Iterator[tuple[str, Table]]:
    """The tables that a tree names, by path."""
    key = path.rpartition(".")[2]
    if node.kind == "text" and (names_table(key) or key.isdecimal()) and is_table_name(node.text):
        found = [table for known, table in tables.items() if known[:2] == (id(node.mark.source), node.text)]
        yield from ((path, table) for table in found[:1])
    for name, inner in children(node).items():
        yield from tables_in(inner, tables, f"{path}.{name}" if path else name)


def compared(path: str, old: Table, new: Table) -> TableChange | None:
    """What became of a table; None where nothing did."""
    if old.digest() == new.digest():
        return None
    common = [name for name in old.header if name and name in new.header]
    found = TableChange(
        path, old.source.name, new.source.name,
        new_columns=[name for name in new.header if name and name not in common],
        lost_columns=[name for name in old.header if name and name not in common],
    )  # fmt: skip
    key = naming(common, old, new)
    if key:
        return by_rows(found, common, by_key(old, common, key), by_key(new, common, key))
    before, after = (Counter(map(" ".join, rows_of(table, common))) for table in (old, new))
    return replace(found, added=[*(after - before).elements()], removed=[*(before - after).elements()])


def by_rows(found: TableChange, common: Sequence[str], before: Rows, after: Rows) -> TableChange:
    """What became of rows that are told apart by name."""
    columns, examples, changed = Counter[str](), list[str](), 0
    for name in before.keys() & after.keys():
        changed += not all(map(same, before[name], after[name]))
    for name, row in before.items():
        for column, cell, other in zip(common, row, after.get(name, row), strict=True):
            if not same(cell, other):
                columns[column] += 1
                examples.append(f"{name} {column}: {cell or '(blank)'} → {other or '(blank)'}")
    added, removed = ([name for name in a if name not in b] for a, b in ((after, before), (before, after)))
    return replace(found, added=added, removed=removed, columns=columns, rows=changed,
                   examples=examples[:MOST_EXAMPLES])  # fmt: skip


def naming(common: Sequence[str], old: Table, new: Table) -> list[str]:
    """The fewest first columns that tell the rows of both tables apart; none where they do not."""
    for count in range(1, min(len(common), 4) + 1):
        key = list(common[:count])
        if all(len(set(rows_of(table, key))) == len(table) for table in (old, new)):
            return key
    return []


def rows_of(table: Table, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """The rows, of some columns."""
    chosen: list[Any] = [table.columns[table.header.index(name)] for name in columns]
    return [tuple(cell.strip() for cell in row) for row in zip(*chosen, strict=True)]


def by_key(table: Table, common: Sequence[str], key: Sequence[str]) -> Rows:
    """The rows by the cells that name them."""
    return dict(zip(map(" ".join, rows_of(table, key)), rows_of(table, common), strict=True))
