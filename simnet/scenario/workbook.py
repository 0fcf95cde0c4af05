"""A whole scenario in one workbook, as the nodes that its YAML would have: marks are cells, the reader is the same.

A sheet named after a section holds its entries, a row each; the sheet `Settings` holds everything else, a dotted path
and a value a row. A value is text as it stands; one that begins with `{`, `[` or `"` is YAML. `sheet NAME` stands for
the table in a sheet of this workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simnet.errors import Problem, SimnetError, did_you_mean, nearest, shorten
from simnet.scenario.content import NAMING
from simnet.scenario.excel import Workbook, open_workbook
from simnet.scenario.files import is_there
from simnet.scenario.named import SECTIONS
from simnet.scenario.nodes import Mark, Node, Problems, fail, map_node, text_node
from simnet.scenario.paths import Paths
from simnet.scenario.sheet_kinds import (
    DEMAND,
    NAMED,
    OPTIONAL,
    PAIRS,
    REFERENCE,
    SETTINGS,
    SHEETS,
    STOCKING,
    UNREAD,
    kind_of,
)  # fmt: skip
from simnet.scenario.sheet_rows import Rows, list_node
from simnet.scenario.tables import Table

WORKBOOKS = (".xlsx", ".xlsm")
OTHERS: Mapping[str, str] = {
    ".ods": "a LibreOffice workbook", ".fods": "a LibreOffice workbook", ".xls": "an Excel workbook from before 2007",
    ".xlsb": "a binary Excel workbook", ".numbers": "a Numbers workbook",
}  # fmt: skip
"""Workbooks of which it cannot be told what a cell shows: 95 % in it is read as 0.95."""


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its name; `SimnetError` where it is one of another program."""
    what = OTHERS.get(path.suffix.lower())
    if what is not None and is_there(path):
        message = f"is {what}; a scenario is read from .xlsx or YAML"
        remedy = f"open it and save it as {path.stem}.xlsx (File > {'Export to' if 'Num' in what else 'Save As'})"
        raise SimnetError(Problem(message, str(path), remedy=remedy))
    return path.suffix.lower() in WORKBOOKS


def read_workbook(path: Path, name: str, problems: Problems) -> Node:
    """The scenario in a workbook; what is wrong with its cells is added to the problems."""
    return _Reader(open_workbook(path, name), problems).read()


@dataclass(eq=False)
class _Reader:
    """Reads the sheets of one workbook into paths."""

    book: Workbook
    problems: Problems
    paths: Paths = field(init=False)
    rows: Rows = field(init=False)
    used: set[str] = field(default_factory=set)
    """Sheets that a value names."""

    def __post_init__(self) -> None:
        home = Mark(self.book.source(self.book.sheets[0]), 0, 0) if self.book.sheets else None
        if home is None:
            raise SimnetError(Problem("has no sheets", self.book.name))
        self.paths = Paths(home)
        self.rows = Rows(self.book, self.problems, self.paths)

    def read(self) -> Node:
        kinds = self._kinds()
        for kind in PAIRS:
            if kind in kinds:
                self.problems.attempt(lambda kind=kind: self.rows.pairs(kind, self._table(kinds[kind])))  # type: ignore[misc]
        self.used |= set(self._referenced(self.paths.node()))
        kinds = {kind: sheet for kind, sheet in kinds.items() if sheet not in self.used}
        for kind, first in NAMED.items():
            if kind in kinds:
                self.problems.attempt(lambda k=kind, f=first: self.rows.named(k, f, self._apart(k, kinds[k])))  # type: ignore[misc]
        if STOCKING in kinds:
            self.problems.attempt(lambda: self.rows.stocking(self._table(kinds[STOCKING])))
        if DEMAND in kinds:
            self.problems.attempt(lambda: self.rows.demand(self._apart(DEMAND, kinds[DEMAND])))
        self._take_strays(kinds)
        for section in SECTIONS:
            if section in kinds:
                self._section(section, kinds[section])
        root = self._referred(self.paths.node(), ())
        self._check_strays(set(kinds.values()))
        return root

    def _table(self, sheet: str) -> Table:
        """The table of a sheet; what is wrong with its rows and heads is told."""
        table = self.book.table(sheet)
        self.problems.keep(table.faults)
        return table

    def _kinds(self) -> dict[str, str]:
        """The sheets that are read, by kind."""
        found: dict[str, str] = {}
        for sheet in self.book.sheets:
            kind = kind_of(sheet)
            if kind in found:
                self._add_sheet(sheet, f"there are two sheets of {kind}: '{found[kind]}' and '{sheet}'", "keep one")
            elif kind in SHEETS and not (kind in OPTIONAL and self.book.is_empty(sheet)):
                found[kind] = sheet
        if SETTINGS not in found:
            near = nearest(SETTINGS, [name for name in self.book.sheets if kind_of(name) not in SHEETS])
            message = "has no sheet 'Settings', which says what a scenario in a workbook is"
            remedy = f"did you mean '{near}'?" if near else "`simnet new NAME --excel` writes a workbook to start from"
            told = Problem(message, self.book.name, remedy=remedy)
            if near is None:
                raise SimnetError(told, more=True)
            self.problems.keep([told])
            found[SETTINGS] = near
        return {kind: sheet for kind, sheet in found.items() if kind not in UNREAD}

    def _take_strays(self, kinds: dict[str, str]) -> None:
        """Take a sheet whose name is misspelled for the section that is meant, so that nothing follows from it."""
        for sheet in self._strays({*kinds.values()}):
            meant = nearest(kind_of(sheet), [each for each in SECTIONS if each not in kinds])
            if meant is not None and self.paths.mark(meant) is None:
                self._tell_stray(sheet)
                kinds[meant] = sheet

    def _strays(self, known: set[str]) -> list[str]:
        """The sheets that nothing reads."""
        known = known | self.used
        return [
            each
            for each in self.book.sheets
            if each not in known and kind_of(each) not in SHEETS and each[0] != "_" and not self.book.is_empty(each)
        ]

    def _check_strays(self, known: set[str]) -> None:
        """A sheet that nothing reads may be one whose name is misspelled."""
        for sheet in self._strays(known):
            self._tell_stray(sheet)

    def _tell_stray(self, sheet: str) -> None:
        hidden = "hidden " if sheet in self.book.hidden else ""
        remedy = did_you_mean(sheet, [kind.replace("_", " ") for kind in SHEETS]) or (
            "name it in a value, as 'sheet NAME', or let its name begin with _ to have it left out"
        )
        self._add_sheet(sheet, f"the {hidden}sheet '{sheet}' is not part of the scenario", remedy)

    def _add_sheet(self, sheet: str, message: str, remedy: str) -> None:
        self.problems.add(Mark(self.book.source(sheet), 0, 0), message, remedy=remedy)

    def _apart(self, kind: str, sheet: str) -> Table:
        """The table of a sheet whose section nothing else may give."""
        self._check_apart(kind, sheet)
        return self._table(sheet)

    def _check_apart(self, section: str, sheet: str) -> None:
        there = self.paths.mark(section)
        if there is not None:
            message = f"'{section}' is given here and in the sheet '{sheet}'"
            raise fail(
                there, message, path=(section,), remedy="keep one: entries in the sheet, further keys as columns"
            )

    def _section(self, section: str, sheet: str) -> None:
        """A sheet of sites or lanes is a table, as a file of them would be."""

        def put() -> None:
            self._check_apart(section, sheet)
            mark = Mark(self.book.source(sheet), 1, 0)
            self.paths.put([text_node(section, mark)], self._table_of(sheet, mark))

        self.problems.attempt(put)

    def _table_of(self, sheet: str, mark: Mark, more: Sequence[tuple[Node, Node]] = ()) -> Node:
        pairs = [(text_node(key, mark), text_node(text, mark))
                 for key, text in (("table", self.book.path.name), ("sheet", sheet))]  # fmt: skip
        return map_node([*more, *pairs], mark)

    def _referred(self, node: Node, path: tuple[str, ...]) -> Node:
        """The tree with every `sheet NAME` as the table that it stands for."""
        if node.kind == "list":
            return list_node([self._referred(item, (*path, str(at))) for at, item in enumerate(node.value)], node.mark)
        if node.kind != "map":
            return node
        pairs: list[tuple[Node, Node]] = []
        for name, (key, value) in node.entries.items():
            steps = (*path, *name.split("."))
            if steps[-1] in NAMING and value.text.startswith(REFERENCE):
                pairs += self._reference(key, value, steps)
            else:
                pairs.append((key, self._referred(value, (*path, name))))
        return map_node(pairs, node.mark)

    def _referenced(self, node: Node, key: str = "") -> Iterator[str]:
        """The sheets that values name: whatever they are called, they are tables and no sections."""
        if node.kind == "map":
            for name, (_, value) in node.entries.items():
                yield from self._referenced(value, name.rpartition(".")[2])
        elif node.kind == "list":
            for item in node.value:
                yield from self._referenced(item)
        elif key in NAMING and node.text.startswith(REFERENCE):
            yield from (sheet for sheet in [self._sheet(node.text)] if sheet is not None)

    def _sheet(self, text: str) -> str | None:
        wanted = text.removeprefix(REFERENCE).strip().strip("'").lower()
        return next((name for name in self.book.sheets if name.lower() == wanted), None)

    def _reference(self, key: Node, value: Node, steps: tuple[str, ...]) -> list[tuple[Node, Node]]:
        wanted = value.text.removeprefix(REFERENCE).strip()
        sheet = self._sheet(value.text)
        if sheet is None:
            self.problems.more = True
            remedy = did_you_mean(wanted, self.book.sheets) or f"its sheets are {', '.join(self.book.sheets[:12])}"
            self.problems.add(value.mark, f"there is no sheet {shorten(wanted)} in this workbook", remedy=remedy)
            return [(key, value)]
        self.used.add(sheet)
        told = self._table_of(sheet, value.mark)
        if steps[-1] == "table" and "demand" not in steps:  # beside it stands what is said about the table
            return [(key, told.entries["table"][1]), told.entries["sheet"]]
        return [(key, told)]
