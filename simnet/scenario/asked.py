"""The entries of `demand:` to demand models, their tables and histories read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pydantic import ValidationError

from simnet.demand import (
    DEMAND_MODELS,
    LAW_COLUMNS,
    NUMBER_COLUMNS,
    DemandTable,
    Entry,
    History,
    JobCards,
    RateEntry,
    parse_demand,
)
from simnet.demand.sizes import LARGEST
from simnet.scenario.complain import complain
from simnet.scenario.grid import Column, Grid
from simnet.scenario.history import HISTORY_KEYS, HistoryRows, read_history
from simnet.scenario.job_cards import CARD_KEYS, read_cards
from simnet.scenario.nodes import Loc, Mark, Node, Problems, map_node, text_node
from simnet.scenario.sites import parse_name
from simnet.scenario.table_grid import Tables, is_table, table_grid
from simnet.units import parse_quantity

ABOUT_TABLES = ("columns", "units", "ignore")
"""What an entry may say about its table, or its history, beside its name."""
_MODELS = {model.__name__: model for model in DEMAND_MODELS}


@dataclass(eq=False)
class Asked:
    """One entry of `demand:` with the places of its values."""

    entry: Entry
    node: Node
    loc: Loc
    grid: Grid | None = None
    """The rows of its table, if it has one."""
    rows: HistoryRows | None = None
    """The rows of its history, if it has one."""

    _names: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def names(self, column: str) -> frozenset[str]:
        """The different names in a column of its table, or of its history (`part`, `site`)."""
        if column not in self._names:
            found: Iterable[str] = self.grid.texts(column) if self.grid is not None else ()
            if self.rows is not None:
                coded = self.rows.parts if column == "part" else self.rows.sites or ()
                used = set(self.rows.part if column == "part" else self.rows.site or ())
                found = (coded[code] for code in used)
            self._names[column] = frozenset(found)
        return self._names[column]

    def mark(self, key: str) -> Mark:
        """The place of a key's value."""
        value = self.node.get(key)
        return value.mark if value is not None else self.node.mark


@dataclass(eq=False)
class DemandReader:
    """Reads entries; a table or a history that two designs share is read once."""

    tables: Tables
    cache: dict[int, Any] = field(default_factory=dict)
    kept: list[Node] = field(default_factory=list)

    def read(self, node: Node, problems: Problems) -> list[Asked]:
        """All entries; a single map is a list of one."""
        found = []
        for loc, item in _items(node, problems):
            if id(item) not in self.cache:
                before = len(problems)
                asked = problems.attempt(partial(self._entry, item, loc, problems))
                if len(problems) > before:
                    found += [asked] if asked is not None else []  # so that all that is wrong is told at once
                    continue
                self.kept.append(item)
                self.cache[id(item)] = asked
            if self.cache[id(item)] is not None:
                found.append(self.cache[id(item)])
        return found

    def _entry(self, item: Node, loc: Loc, problems: Problems) -> Asked | None:
        data: dict[str, Any] = item.data()
        asked = Asked(Entry(), item, loc)
        table, orders, jobs = item.get("table"), item.get("orders"), item.get("jobs")
        if table is not None:
            read = partial(self._table, _spec(item, table, ABOUT_TABLES), asked, problems)
            data["table"] = problems.attempt(read) or _no_rows(asked.grid)
        if orders is not None and is_table(orders):
            keys = (*(() if table is not None else ABOUT_TABLES), *HISTORY_KEYS)
            past = partial(self._history, _spec(item, orders, keys), asked, problems)
            data["orders"] = problems.attempt(past) or History(["-"], ["2000-01"], [1])
        elif jobs is not None and is_table(jobs):
            given = partial(read_cards, _spec(item, jobs, (*ABOUT_TABLES, *CARD_KEYS)), problems, self.tables)
            asked.rows, cards = problems.attempt(given) or (None, None)
            data["jobs"] = cards or JobCards(["-"], ["2000-01"], ["-"], [1])
        elif table is None:
            _check_no_table(item, loc, problems)
        return asked if self._parsed(asked, data, problems) else None

    def _parsed(self, asked: Asked, data: Mapping[str, Any], problems: Problems) -> bool:
        """Whether the keys of an entry make a demand model; tables that could not be read have something in place."""
        try:
            asked.entry = parse_demand(data)
        except ValidationError as error:
            complain(error, _MODELS.get(error.title, RateEntry), asked.node, problems, asked.loc)
        except ValueError as error:
            where = asked.node.get("model")
            problems.add((where or asked.node).mark, str(error), path=asked.loc)
        else:
            return True
        return False

    def _history(self, orders: Node, asked: Asked, problems: Problems) -> History | None:
        before = len(problems)
        asked.rows = read_history(orders, "orders", problems, self.tables)
        if len(problems) > before:
            return None
        try:
            return asked.rows.history()
        except ValueError as error:
            problems.add(orders.mark, str(error), path=asked.loc)
            return None

    def _table(self, node: Node, asked: Asked, problems: Problems) -> DemandTable | None:
        names, before = ("part", "at", *NUMBER_COLUMNS), len(problems)
        grid = asked.grid = table_grid(node, "demand", names, problems, self.tables)
        parts = grid.values(Column("part", parse_name, "", required=True))
        sites = grid.values(Column("at", parse_name, ""))
        numbers = {name: self._numbers(grid, name) for name in NUMBER_COLUMNS if name in grid.cells}
        if "size" in numbers and "size_mean" in numbers:
            problems.add(grid.home, "the table has both 'size' and 'size_mean'", path=asked.loc, remedy="keep one")
        if not any(name in grid.cells for name in LAW_COLUMNS):
            problems.add(grid.home, "the table has no column 'orders', 'chance', 'size' or 'size_mean'", path=asked.loc)
        return DemandTable(parts, sites, **numbers) if len(problems) == before else None

    def _numbers(self, grid: Grid, name: str) -> list[float]:
        parse: Callable[[Any], Any] = NUMBER_COLUMNS[name]
        if name == "sites":
            return grid.values(Column(name, _whole_sites, 0))
        if name == "size":
            parse = _pieces
        elif name == "size_mean":
            parse = _on_a_line(parse)
        return grid.values(Column(name, parse, 1 if name.startswith("size") else 0.0, required=True))


def _no_rows(grid: Grid | None) -> DemandTable:
    """A table without rows, of the same law as one that could not be read."""
    law = next((name for name in LAW_COLUMNS if grid is not None and name in grid.cells), "orders")
    return DemandTable((), (), **{law: ()})


def _spec(item: Node, table: Node, keys: Sequence[str]) -> Node:
    """A table with what the entry says about it beside its name; what is said inside wins."""
    said = {name: item.entries[name] for name in keys if item.get(name) is not None}
    if not said:
        return table
    if table.kind == "text":
        table = map_node([(text_node("table", table.mark), table)], table.mark)
    return map_node({**said, **table.entries}.values(), table.mark)


def _check_no_table(item: Node, loc: Loc, problems: Problems) -> None:
    for name in ABOUT_TABLES:
        if item.get(name) is not None:
            problems.add(item.key(name).mark, f"'{name}' is about a table, and there is none here", path=loc)


def _pieces(value: object) -> int:
    try:
        return int(_on_a_line(parse_quantity)(value))
    except ValueError as error:
        hint = "; a mean goes into a column size_mean" if "whole number" in str(error) else ""
        raise ValueError(f"{error}{hint}") from None


def _whole_sites(value: object) -> int:
    number = parse_quantity(value)
    if number < 1:
        raise ValueError("must be at least 1; leave it blank for all sites")
    return number


def _on_a_line(parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def parsed(value: object) -> Any:
        number = parse(value)
        if number < 1:
            raise ValueError("must be at least 1")
        if number > LARGEST:
            raise ValueError(f"must be at most {LARGEST:,}")
        return number

    return parsed


def _items(node: Node, problems: Problems) -> Iterator[tuple[Loc, Node]]:
    items: list[tuple[Loc, Node]] = [(("demand",), node)]
    if node.kind == "list":
        items = [(("demand", index), item) for index, item in enumerate(node.value)]
    for loc, item in items:
        if item.kind == "map":
            yield loc, item
        else:
            example = "{part: filter, at: dealers, orders: 2 per month}"
            problems.add(item.mark, f"must be a map such as {example}, not {item.describe()}", path=loc)
