"""The parts catalogue as columns, from rows in the scenario or from a table of 300,000."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from simnet.codes import Coded
from simnet.leadtime import LeadTime, parse_lead_time
from simnet.leadtime.parse import AnyLeadTime
from simnet.scenario.currency import check_shown
from simnet.scenario.grid import Column, Grid, node_grid
from simnet.scenario.nodes import Mark, Node, Problems
from simnet.scenario.sites import Strict, parse_name
from simnet.scenario.table_grid import SPEC_KEYS, Tables, is_table, table_grid
from simnet.units import (
    MONEY,
    Money,
    Quantity,
    Share,
    Weight,
    parse_money,
    parse_quantity,
    parse_share,
    parse_weight,
)

MORE_KEYS = ("margin", "rows")
"""What may stand beside `table:` for parts."""
PART_COLUMNS = ("supplier", "cost", "price", "weight", "class", "lead_time", "pack", "minimum_order")
"""The columns of a part beside its name."""


class PartRow(Strict):
    """One part, as written in the scenario or as a row of its table."""

    supplier: str | None = Field(default=None, examples=["factory"])
    """The supplier it is bought from; may be left out where there is only one."""
    cost: Money = 0
    """Purchase cost of a piece."""
    price: Money = Field(default=0, examples=["23.00 EUR"])
    """Sales price of a piece."""
    weight: Weight = 0
    """Weight of a piece."""
    part_class: str = Field(default="all", examples=["fast"])
    """Its class in stocking and reports (key `class`)."""
    lead_time: LeadTime | None = Field(default=None, examples=["90 d"])
    """From the supplier to the first warehouse, for this part."""
    pack: Quantity = Field(default=1, examples=[10])
    """Pieces in a pack: replenishment orders are whole packs."""
    minimum_order: Quantity = Field(default=0, examples=[50])
    """Fewest pieces on an order to the supplier."""
    margin: Share | None = Field(default=None, examples=["45 %"])
    """Where a part has no price: price = cost / (1 - margin)."""


@dataclass(frozen=True, eq=False)
class PartTable:
    """Columns of equal length, one entry a part; money in 1/10,000 of the currency, weight in grams.

    Whatever columns are given as, numbers are kept as arrays and words of few kinds as codes.
    """

    names: Sequence[str] = ()
    supplier: Sequence[str | None] = ()
    cost: Any = ()
    price: Any = ()
    weight: Any = ()
    part_class: Sequence[str] = ()
    lead_time: Sequence[AnyLeadTime | None] = ()
    pack: Any = ()
    minimum_order: Any = ()
    marks: Callable[[int, str], Mark] | None = field(default=None, repr=False)
    index: dict[str, int] = field(default_factory=dict, repr=False)
    """Row by part name."""
    classes: tuple[str, ...] = ()
    """The part classes, in the order in which they appear: in a slice, those of the whole catalog."""

    def __post_init__(self) -> None:
        import numpy as np

        from simnet.streams import Names

        object.__setattr__(self, "names", Names(self.names))
        for name in CODED:
            object.__setattr__(self, name, Coded.of(getattr(self, name)))
        for name in NUMBERS:
            column = np.array(getattr(self, name), dtype=np.int64)
            column.flags.writeable = False
            object.__setattr__(self, name, column)
        if not self.classes:
            known = Coded.of(self.part_class)
            object.__setattr__(self, "classes", tuple(known.kinds[each] for each in known.used.tolist()) or ("all",))

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.index

    def mark(self, row: int, column: str = "part") -> Mark | None:
        """Where a part's value was written."""
        return self.marks(row, column) if self.marks is not None else None

    def take(self, rows: Any) -> PartTable:
        """The parts of some rows, in this order, as a table of their own."""
        chosen = rows.tolist()
        marks = self.marks
        columns: dict[str, Any] = {name: getattr(self, name).take(rows) for name in CODED}
        columns |= {name: getattr(self, name)[rows] for name in NUMBERS}
        names = [self.names[row] for row in chosen]
        return PartTable(
            names=names,
            classes=self.classes,
            marks=None if marks is None else lambda row, column: marks(chosen[row], column),
            index={name: at for at, name in enumerate(names)},
            **columns,
        )


CODED = ("supplier", "part_class", "lead_time")
"""Columns of few kinds."""
NUMBERS = ("cost", "price", "weight", "pack", "minimum_order")
"""Columns of whole numbers."""


def _whole(least: int) -> Callable[[object], int]:
    def parse(value: object) -> int:
        number = parse_quantity(value)
        if number < least:
            raise ValueError(f"must be at least {least}")
        return number

    return parse


def _money(currency: str) -> Callable[[object], int]:
    suffix = f" {currency}"

    def parse(value: object) -> int:
        # The common case of large tables ('12.40 EUR'), ten times faster than the general parser.
        text = value.removesuffix(suffix) if isinstance(value, str) else ""
        whole, _, part = text.partition(".")
        digits = whole + part
        if text == value or not (
            digits.isascii() and digits.isdecimal() and whole and len(whole) < 10 and len(part) < 5
        ):
            return parse_money(value, currency)
        return int(whole) * MONEY + int(part.ljust(4, "0"))

    return parse


def part_columns(currency: str) -> list[Column]:
    """The columns of a parts table."""
    return [
        Column("part", parse_name, "", required=True),
        Column("supplier", parse_name),
        Column("cost", _money(currency), None, unit=currency),
        Column("price", _money(currency), None, unit=currency),
        Column("weight", parse_weight, 0),
        Column("class", parse_name, "all"),
        Column("lead_time", parse_lead_time),
        Column("pack", _whole(1), 1),
        Column("minimum_order", _whole(0), 0),
    ]


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
    where = {name: row for row, name in enumerate(merged["part"])}
    for column in columns:
        given = grid.cells.get(column.name)
        for row, value in enumerate(grid.values(column)) if given is not None else ():
            name = rows_name(grid, row)
            if name not in where:
                where[name] = len(marks)
                marks.append((grid.mark, row))
                for each in columns:
                    blank = 0 if each.name in ("cost", "price") else each.default
                    merged[each.name].append(name if each.name == "part" else blank)
            if given is not None and given[row] is not None:
                unknown = value is None and column.name in NUMBERS  # not given any more, or wrong, which is noted
                merged[column.name][where[name]] = column.default or 0 if unknown else value
                said[where[name], column.name] = row

    def mark(row: int, column: str) -> Mark:
        if (row, column) in said:
            return grid.mark(said[row, column], column)
        found, inner = marks[row]
        return found(inner, column) if found is not None else rows.mark

    fields: dict[str, Any] = {_FIELDS.get(name, name): column for name, column in merged.items()}
    patched = PartTable(**fields, marks=mark)
    patched.index.update(where)
    return patched


def rows_name(grid: Grid, row: int) -> str:
    """The name of a row written in the scenario."""
    cell = grid.cells["part"][row]
    return str(cell.text) if isinstance(cell, Node) else str(cell)


_FIELDS = {"part": "names", "class": "part_class"}


def _column(table: PartTable, name: str) -> Sequence[Any]:
    found: Sequence[Any] = getattr(table, _FIELDS.get(name, name))
    return found


__all__ = ["MORE_KEYS", "SPEC_KEYS", "PartRow", "PartTable", "part_columns", "read_parts"]
