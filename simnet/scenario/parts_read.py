"""Reading the parts catalogue: a map, a table, or a table with the rows that a design changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from simnet.scenario.currency import check_shown
from simnet.scenario.grid import Column, Grid, node_grid
from simnet.scenario.nodes import Mark, Node, Problems
from simnet.scenario.parts import MORE_KEYS, NUMBERS, PartTable, part_columns
from simnet.scenario.table_grid import Tables, is_table, table_grid
from simnet.units import parse_share


def read_parts(node: Node, currency: str, problems: Problems, tables: Tables) -> PartTable:
    """The catalogue that `parts:` describes: a map of parts, a table, or a table with changed rows."""
    columns = part_columns(currency)
    names = [column.name for column in columns]
    if is_table(node):
        grid = table_grid(node, "parts", names, problems, tables, MORE_KEYS)
        check_shown(grid, ("cost", "price"), currency)
        rows = node.get("rows")
        table = _build(grid, columns, problems, _margin(node, problems))
        return table if rows is None else _patched(table, rows, columns, problems)
    if node.kind != "map":
        problems.add(
            node.mark,
            f"must be a table such as parts.csv, or a map of parts, not {node.describe()}",
            path=("parts",),
        )
        return PartTable()
    margin = _margin(node, problems)
    if node.get("margin") is not None and node.entries["margin"][1].kind == "text":
        node = Node("map", {k: v for k, v in node.entries.items() if k != "margin"}, node.mark)
    return _build(node_grid(node, ("parts",), "part", names, problems), columns, problems, margin)


def _margin(node: Node, problems: Problems) -> float:
    given = node.get("margin")
    if given is None or given.kind != "text":
        return 0.0
    try:
        margin = parse_share(given.text)
        if margin < 1:
            return margin
        problems.add(given.mark, "must be under 100 %", path=("parts", "margin"))
    except ValueError as error:
        problems.add(given.mark, str(error), path=("parts", "margin"))
    return 0.0


def _build(grid: Grid, columns: Sequence[Column], problems: Problems, margin: float) -> PartTable:
    values = {column.name: grid.values(column) for column in columns}
    cost = [0 if value is None else value for value in values["cost"]]
    price = [
        round(bought / (1 - margin)) if value is None else value
        for bought, value in zip(cost, values["price"], strict=True)
    ]
    return _indexed(
        PartTable(
            values["part"],
            values["supplier"],
            cost,
            price,
            values["weight"],
            values["class"],
            values["lead_time"],
            values["pack"],
            values["minimum_order"],
            grid.mark,
        ),
        grid,
    )


def _indexed(table: PartTable, grid: Grid) -> PartTable:
    for row, name in enumerate(table.names):
        if name and name in table.index:
            first = grid.mark(table.index[name], "part").line
            grid.add(row, "part", f"part '{name[:60]}' is there twice; the first is in row {first}", "keep one")
        table.index.setdefault(name, row)
    return table


def _patched(table: PartTable, rows: Node, columns: Sequence[Column], problems: Problems) -> PartTable:
    """The table with the changed rows of a design: new values win, null removes the part."""
    names = [column.name for column in columns]
    grid = node_grid(rows, ("parts",), "part", names, problems)
    removed = {name for name, (_, row) in rows.entries.items() if row.kind == "null"}
    for name in sorted(removed - set(table.names)):
        problems.add(rows.key(name).mark, f"no part '{name}' to remove")
    keep = [row for row, name in enumerate(table.names) if name not in removed]
    merged: dict[str, list[Any]] = {
        column.name: [_column(table, column.name)[row] for row in keep] for column in columns
    }
    marks: list[tuple[Callable[[int, str], Mark] | None, int]] = [(table.marks, row) for row in keep]
    said: dict[tuple[int, str], int] = {}
    blanks = {column.name: column.default or 0 if column.name in NUMBERS else column.default for column in columns}
    where = {name: row for row, name in enumerate(merged["part"])}
    for column in columns:
        given = grid.cells.get(column.name)
        for row, value in enumerate(grid.values(column)) if given is not None else ():
            name = rows_name(grid, row)
            if name not in where:
                where[name] = len(marks)
                marks.append((grid.mark, row))
                for each in columns:
                    merged[each.name].append(name if each.name == "part" else blanks[each.name])
            if given is not None and given[row] is not None:
                unknown = value is None and column.name in NUMBERS  # not given any more, or wrong, which is noted
                merged[column.name][where[name]] = blanks[column.name] if unknown else value
                said[where[name], column.name] = row
    for name, column_name in taken_back(rows):
        if name in where and column_name in blanks:
            merged[column_name][where[name]] = blanks[column_name]

    def mark(row: int, column: str) -> Mark:
        if (row, column) in said:
            return grid.mark(said[row, column], column)
        found, inner = marks[row]
        return found(inner, column) if found is not None else rows.mark

    fields: dict[str, Any] = {_FIELDS.get(name, name): column for name, column in merged.items()}
    patched = PartTable(**fields, marks=mark)
    patched.index.update(where)
    return patched


def taken_back(rows: Node) -> Iterator[tuple[str, str]]:
    """Part and column of each cell that is written as null: what the table says of it counts no more."""
    for name, (_, row) in rows.entries.items():
        for column, (_, value) in row.entries.items() if row.kind == "map" else ():
            if value.kind == "null":
                yield name, column


def rows_name(grid: Grid, row: int) -> str:
    """The name of a row written in the scenario."""
    cell = grid.cells["part"][row]
    return str(cell.text) if isinstance(cell, Node) else str(cell)


_FIELDS = {"part": "names", "class": "part_class"}


def _column(table: PartTable, name: str) -> Sequence[Any]:
    found: Sequence[Any] = getattr(table, _FIELDS.get(name, name))
    return found
