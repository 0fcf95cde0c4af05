"""Rows with named columns, whether written in the scenario or kept in a table, as columns of values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from simnet.errors import did_you_mean, shorten
from simnet.numerals import BARE
from simnet.scenario.escaped import taken_back
from simnet.scenario.nodes import Mark, Node, Problems
from simnet.scenario.read import compose_cell
from simnet.scenario.sites import parse_name
from simnet.scenario.tables import Table

_COMMA = re.compile(r"[+-]?[0-9.]+,[0-9]+(\s.*)?")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/-]{0,198}[A-Za-z0-9])?")
"""Names that are their own value, whatever else `parse_name` takes: a column of them is taken at once."""
BROKEN = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)", re.IGNORECASE)
CORRECT = "correct the formula, or write the value"
"""What to do about it."""


@dataclass(frozen=True)
class Column:
    """A column by name: how its texts become values, and the value of a blank cell."""

    name: str
    parse: Callable[[Any], Any] = str
    default: Any = None
    required: bool = False
    unit: str | None = None
    """The unit of a bare number in a table, unless the table names another."""


class Grid:
    """Rows with named columns; cells are texts of a table or nodes of the scenario."""

    def __init__(self, mark: Mark, problems: Problems) -> None:
        self.home = mark
        self.problems = problems
        self.cells: dict[str, Sequence[Any]] = {}
        self.rows = 0
        self.units: dict[str, str] = {}
        self.decimal = "."
        self.table: Table | None = None
        self.index: dict[str, int] = {}
        self.nodes: list[Node] = []
        self.loc: tuple[str | int, ...] = ()

    def __len__(self) -> int:
        return self.rows

    def mark(self, row: int, column: str | None = None) -> Mark:
        """The place of a cell, or of its row where the column is not there."""
        if self.table is not None:
            return self.table.mark(row, self.index.get(column or "", -1))
        cells = self.cells.get(column or "")
        cell = cells[row] if cells else None
        return cell.mark if isinstance(cell, Node) else self.nodes[row].mark

    def add(self, row: int, column: str, message: str, remedy: str | None = None) -> None:
        """Keep a problem with a cell; in a table, problems of one column fold."""
        kind = re.sub(r"'.*'|[0-9]+", "", message)
        fold = f"{column}:{kind}" if self.table is not None else None
        path = () if self.table is not None else self._path(row, column)
        self.problems.add(self.mark(row, column), message, path=path, remedy=remedy, fold=fold)

    def _path(self, row: int, column: str) -> tuple[str | int, ...]:
        first = next(iter(self.cells.values()), ())
        name = first[row].text if row < len(first) and isinstance(first[row], Node) else row
        return (*self.loc, name, column)

    def texts(self, column: str) -> list[str]:
        """The column's cells as stripped texts; blanks where it is not there."""
        cells = self.cells.get(column)
        if cells is None:
            return [""] * self.rows
        if self.table is not None:
            return [taken_back(cell.strip()) for cell in cells]
        return [cell.text.strip() if isinstance(cell, Node) else "" for cell in cells]

    def values(self, column: Column) -> list[Any]:
        """The column's values; a cell that is wrong is a problem and counts as blank."""
        if column.name not in self.cells:
            if column.required and self.rows:
                self._missing(column)
            return [column.default] * self.rows
        if self.table is None:
            return [self._node_value(column, row, cell) for row, cell in enumerate(self.cells[column.name])]
        return self._text_values(column)

    def _missing(self, column: Column) -> None:
        self.problems.more = True
        if self.table is not None:
            mark = Mark(self.table.source, 0, -1)
            unread = column.name in self.table.header  # `columns` names others: only those are read
            near = f"add it to columns: {column.name}: {column.name}" if unread else ""
            near = near or did_you_mean(column.name, self.table.header) or ""
            remedy = near or f"map it: columns: {{{column.name}: NAME IN THE FILE}}"
            self.problems.add(mark, f"has no column '{column.name}'", remedy=remedy)
        else:
            for row in range(self.rows):
                self.add(row, column.name, f"needs '{column.name}'")

    def _node_value(self, column: Column, row: int, cell: Node | None) -> Any:
        if cell is None or cell.kind == "null":
            if column.required:
                self.add(row, column.name, f"needs '{column.name}'")
            return column.default
        try:
            return column.parse(cell.data())
        except ValidationError as error:
            for each in error.errors(include_url=False):
                inner, steps = cell.follow(each["loc"])
                message = str(each.get("ctx", {}).get("error", "")) or each["msg"]
                self.problems.add(inner.mark, message, path=(*self._path(row, column.name), *steps))
        except ValueError as error:
            self.add(row, column.name, str(error))
        return column.default

    def _text_values(self, column: Column) -> list[Any]:
        names = self.cells[column.name]
        if column.parse is parse_name and all(map(_PLAIN_NAME.fullmatch, names)):
            return list(names)
        unit = self.units.get(column.name, column.unit)
        known: dict[str, Any] = {"": column.default}
        values = []
        blank_is_wrong = column.required
        for row, cell in enumerate(self.cells[column.name]):
            if cell in known and not (blank_is_wrong and not cell):
                values.append(known[cell])
                continue
            text = cell.strip()
            if not text:
                if blank_is_wrong:
                    self.add(row, column.name, "is empty")
                values.append(column.default)
                continue
            value = self._parse(column, row, text, unit)
            if value is not _WRONG:
                known[cell] = value
            values.append(column.default if value is _WRONG else value)
        return values

    def _parse(self, column: Column, row: int, text: str, unit: str | None) -> Any:
        if self.problems.full:
            return _WRONG
        numeric = column.parse not in (str, parse_name)  # a name is text: it keeps its points and braces
        given = text.replace(".", "").replace(",", ".") if numeric and self.decimal == "," else taken_back(text)
        if unit is not None and BARE.fullmatch(given):
            given = f"{given} {unit}"
        try:
            if BROKEN.fullmatch(text):
                raise ValueError(f"holds a spreadsheet error: {shorten(text)}")
            if text.startswith("="):
                raise ValueError(f"holds a formula: {shorten(text)}; store its value")
            if numeric and text.startswith("{"):
                return column.parse(compose_cell(text, self.mark(row, column.name)).data())
            return column.parse(given)
        except ValueError as error:
            if numeric and self.decimal == "." and len(text) < 200 and _COMMA.fullmatch(text):
                self.add(row, column.name, f"{shorten(text)} - decimal comma?", remedy="set decimal: ','")
            else:
                bare = unit is None and numeric and BARE.fullmatch(given) and "such as" in str(error)
                remedy = f"or say it for the whole column: units: {{{column.name}: ...}}" if bare else None
                self.add(row, column.name, _inline(error), CORRECT if BROKEN.fullmatch(text) else remedy)
            return _WRONG


_WRONG = object()


def _inline(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        return str(first.get("ctx", {}).get("error", "")) or first["msg"]
    return str(error)


def node_grid(node: Node, loc: tuple[str, ...], first: str, columns: Iterable[str], problems: Problems) -> Grid:
    """The grid of a map of rows by name (the name is column `first`) written in the scenario."""
    grid = Grid(node.mark, problems)
    grid.loc = loc
    known = [name for name in columns if name != first]
    rows = [(key, row) for key, row in node.entries.values() if row.kind != "null"]
    for key, row in rows:
        if row.kind != "map":
            problems.add(
                row.mark,
                f"must be a map of {', '.join(known[:4])}, ..., not {row.describe()}",
                path=(*loc, key.text),
            )
        for name, (inner, _) in row.entries.items():
            if name not in known:
                where = " > ".join((*loc, key.text))
                problems.add(inner.mark, f"unknown key '{name}' in {where}", remedy=did_you_mean(name, known))
    grid.rows = len(rows)
    grid.nodes = [row if row.kind == "map" else key for key, row in rows]
    grid.cells = {first: [key for key, _ in rows]}
    for name in known:
        cells = [row.get(name) for _, row in rows]
        if any(cell is not None for cell in cells):
            grid.cells[name] = cells
    return grid
