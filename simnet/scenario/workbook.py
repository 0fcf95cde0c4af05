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
from simnet.numerals import BARE
from simnet.scenario.content import NAMING
from simnet.scenario.excel import Workbook, open_workbook
from simnet.scenario.files import is_there
from simnet.scenario.grid import BROKEN, CORRECT
from simnet.scenario.named import SECTIONS, YAML
from simnet.scenario.nodes import Mark, Node, Problems, fail, map_node, text_node
from simnet.scenario.parts import PART_COLUMNS
from simnet.scenario.paths import Crossing, Paths, split_path
from simnet.scenario.read import NULLS, compose_cell
from simnet.scenario.table_grid import split_header
from simnet.scenario.tables import Table, TableSource

WORKBOOKS = (".xlsx", ".xlsm")
OTHERS: Mapping[str, str] = {
    ".ods": "a LibreOffice workbook", ".fods": "a LibreOffice workbook", ".xls": "an Excel workbook from before 2007",
    ".xlsb": "a binary Excel workbook", ".numbers": "a Numbers workbook",
}  # fmt: skip
"""Workbooks of which it cannot be told what a cell shows: 95 % in it is read as 0.95."""
SETTINGS = "settings"
REMARKS = ("meaning", "note", "default")
"""Columns for people."""
PAIRS: Mapping[str, tuple[str, ...]] = {
    SETTINGS: ("path", "value"),
    "costs": ("cost", "value"),
    "designs": ("design", "path", "value"),
    "expect": ("figure", "limit"),
}
"""Sheets of a path and a value a row."""
NAMED: Mapping[str, str] = {"parts": "part", "order_classes": "order_class"}
"""Sheets of a name and its keys a row, beside those of sites and lanes; and the column of the name."""
STOCKING, DEMAND = "stocking", "demand"
LAYERS: Mapping[str, str] = {"tier": "tiers", "class": "classes", "site": "sites"}
"""What the column `where` of the sheet of stocking may say, beside default and rule."""
WHERE = ("default", *LAYERS, "rule")
UNREAD = ("read_me",)
OPTIONAL = ("lanes", "order_classes", STOCKING, "costs", "designs", "expect")
"""Sheets that say nothing when they are emptied."""
SHEETS = (SETTINGS, *SECTIONS, "parts", DEMAND, STOCKING, *PAIRS, "order_classes", *UNREAD)
REFERENCE = "sheet "
_MONEY = ("cost", "price")


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its name; `SimnetError` where it is one of another program."""
    what = OTHERS.get(path.suffix.lower())
    if what is not None and is_there(path):
        message = f"is {what}; a scenario is read from .xlsx or YAML"
        remedy = f"open it and save it as {path.stem}.xlsx (File > {'Export to' if 'Num' in what else 'Save As'})"
        raise SimnetError(Problem(message, str(path), remedy=remedy))
    return path.suffix.lower() in WORKBOOKS


def kind_of(sheet: str) -> str:
    """The kind of a sheet by its name: `Order classes` is order_classes."""
    return sheet.strip().lower().replace(" ", "_").replace("-", "_")


def read_workbook(path: Path, name: str, problems: Problems) -> Node:
    """The scenario in a workbook; what is wrong with its cells is added to the problems."""
    return _Reader(open_workbook(path, name), problems).read()


@dataclass(eq=False)
class _Reader:
    """Reads the sheets of one workbook into paths."""

    book: Workbook
    problems: Problems
    paths: Paths = field(init=False)
    used: set[str] = field(default_factory=set)
    """Sheets that a value names."""

    def __post_init__(self) -> None:
        home = Mark(self.book.source(self.book.sheets[0]), 0, 0) if self.book.sheets else None
        if home is None:
            raise SimnetError(Problem("has no sheets", self.book.name))
        self.paths = Paths(home)

    def read(self) -> Node:
        kinds = self._kinds()
        for kind in PAIRS:
            if kind in kinds:
                self.problems.attempt(lambda kind=kind: self._pairs(kind, self._table(kinds[kind])))  # type: ignore[misc]
        self.used |= set(self._referenced(self.paths.node()))
        kinds = {kind: sheet for kind, sheet in kinds.items() if sheet not in self.used}
        for kind, first in NAMED.items():
            if kind in kinds:
                self.problems.attempt(lambda k=kind, f=first: self._named(k, f, self._apart(k, kinds[k])))  # type: ignore[misc]
        if STOCKING in kinds:
            self.problems.attempt(lambda: self._stocking(self._table(kinds[STOCKING])))
        if DEMAND in kinds:
            self.problems.attempt(lambda: self._demand(self._apart(DEMAND, kinds[DEMAND])))
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

    def _columns(self, table: Table, wanted: Sequence[str], kind: str) -> dict[str, int]:
        """Where the columns of a sheet of pairs are; each must be there, and no other but remarks."""
        found = {kind_of(name): index for index, name in reversed(list(enumerate(table.header)))}
        for name in wanted:
            if name not in found:
                near = nearest(name, [head for head in found if head not in wanted])
                remedy = did_you_mean(name, table.header) or f"its columns are {', '.join(wanted)}"
                where = Mark(table.source, table.source.header_line, -1)
                told = fail(where, f"the sheet has no column '{name}'", remedy=remedy)
                if near is None:
                    raise told
                self.problems.keep(told.problems)
                found[name] = found.pop(near)
        for name, index in found.items():
            if name and name not in wanted and name not in REMARKS:
                remedy = did_you_mean(name, (*wanted, *REMARKS)) or "columns for people are 'meaning' and 'note'"
                self.problems.add(table.header_mark(index), f"unknown column '{name}' of {kind}", remedy=remedy)
        return found

    def _pairs(self, kind: str, table: Table) -> None:
        """A sheet of paths and values."""
        names = PAIRS[kind]
        there = self._columns(table, names, kind)
        for marks, texts in self._rows(table, [there[name] for name in names]):
            *keys, value = texts
            if kind == "designs" and not any(texts[1:]) and keys[0]:
                self.paths.open([text_node("designs", marks[0]), self._key(keys[0], marks[0])])
                continue
            if not all(keys):
                lacking = next(at for at, text in enumerate(keys) if not text)
                self.problems.add(marks[lacking], f"is empty; the {names[lacking]} of the value beside it is due")
                continue
            steps = self._steps(kind, keys, marks)
            if steps is not None and value:
                self._put(steps, self._value(value, marks[-1]))
            elif steps is not None and kind in ("designs", "expect"):
                remedy = "write null to remove it" if kind == "designs" else "such as 'at least 95 %'"
                self.problems.add(marks[-1], "is empty", path=[each.text for each in steps], remedy=remedy)

    def _steps(self, kind: str, keys: Sequence[str], marks: Sequence[Mark]) -> list[Node] | None:
        """The way to a value, from its row's path."""
        try:
            if kind in (SETTINGS, "costs"):
                self._check_odd(keys[0], marks[0])
            if kind == SETTINGS:
                return [text_node(step, marks[0]) for step in split_path(keys[0])]
            if kind == "costs":
                return [text_node("costs", marks[0]), *(text_node(step, marks[0]) for step in split_path(keys[0]))]
        except ValueError as error:
            self.problems.add(marks[0], str(error))
            return None
        return [text_node(kind, marks[0]), *(self._key(text, mark) for text, mark in zip(keys, marks, strict=False))]

    def _rows(self, table: Table, places: Sequence[int]) -> Iterator[tuple[list[Mark], list[str]]]:
        """Rows of pairs; a row with a value alone goes on with that of the row above."""
        before: tuple[list[Mark], list[str]] | None = None
        for row in range(len(table)):
            texts = [table.columns[place][row].strip() for place in places]
            if before is not None and texts[-1] and not any(texts[:-1]):
                before[1][-1] += texts[-1]
                continue
            if before is not None:
                yield before
            before = ([table.mark(row, place) for place in places], texts) if any(texts) else None
        if before is not None:
            yield before

    def _named(self, kind: str, first: str, table: Table) -> None:
        """A sheet with a row a name, and a column a key."""
        for marks, (name,), row in self._entries(table, (first,)):
            self._put([text_node(kind, marks[0]), self._key(name, marks[0])], row)

    def _stocking(self, table: Table) -> None:
        """Where a setting holds, the name of the tier, class or site, and the keys of the policy."""
        rules: list[Node] = []
        for marks, (where, name), row in self._entries(table, ("where", "name"), least=1):
            steps = [text_node("stocking", marks[0])]
            if where not in WHERE:
                remedy = did_you_mean(where, WHERE) or f"one of {', '.join(WHERE)}"
                self.problems.add(marks[0], f"no place to stock is called {shorten(where)}", remedy=remedy)
                where = nearest(where, WHERE) or ""
            if not where:
                continue
            if (where in LAYERS) != bool(name):
                due = f"the name of a {where} is due" if where in LAYERS else f"leave it empty: {where} has no name"
                self.problems.add(marks[1], due)
            elif where == "rule":
                rules.append(row)
            elif where == "default":
                self._put([*steps, text_node("default", marks[0])], row)
            else:
                self._put([*steps, text_node(LAYERS[where], marks[0]), self._key(name, marks[1])], row)
        if rules:
            mark = rules[0].mark
            self._put([text_node("stocking", mark), text_node("rules", mark)], _list(rules, mark))

    def _demand(self, table: Table) -> None:
        """A row an entry of demand, a column a key."""
        rows = [row for *_, row in self._entries(table, ())]
        mark = table.header_mark(0)
        self._put([text_node("demand", mark)], _list(rows, mark))

    def _entries(
        self, table: Table, keys: Sequence[str], least: int | None = None
    ) -> Iterator[tuple[list[Mark], list[str], Node]]:
        """The rows of a table as maps, with the cells that name them; the first `least` of these must be filled."""
        heads = [split_header(name, (*keys, *PART_COLUMNS)) for name in table.header]
        heads = [(name.lower() if name.isidentifier() else name, unit) for name, unit in heads]
        names = [name for name, _ in heads]
        for key in keys:
            if key not in names:
                near = nearest(key, [name for name in names if name not in keys])
                remedy = did_you_mean(key, names) or "the first row names the columns"
                told = fail(Mark(table.source, table.source.header_line, -1), f"has no column '{key}'", remedy=remedy)
                if near is None:
                    raise told
                self.problems.keep(told.problems)
                names[names.index(near)] = key
        at = [names.index(key) for key in keys]
        for row in range(len(table)):
            marks = [table.mark(row, place) for place in at] or [table.mark(row, 0)]
            texts = [table.columns[place][row].strip() for place in at]
            lacking = [place for place, text in enumerate(texts[: len(at) if least is None else least]) if not text]
            if lacking:
                self.problems.add(marks[lacking[0]], f"is empty; the {keys[lacking[0]]} of the row is due")
                continue
            pairs = []
            for place, (name, unit) in enumerate(heads):
                text = table.columns[place][row].strip()
                if place not in at and name and name not in REMARKS and text:
                    mark = table.mark(row, place)
                    if BARE.fullmatch(text) and (unit or name in _MONEY):
                        text += f" {unit or self._currency()}"
                    pairs.append((text_node(name, mark), self._value(text, mark)))
            yield marks, texts, map_node(pairs, marks[0])

    def _currency(self) -> str:
        there = self.paths.get("money")
        return there.text if there is not None and there.text else "EUR"

    def _key(self, text: str, mark: Mark) -> Node:
        """A name in a cell; one that begins with a quote is YAML, so that any name can be written."""
        self._check_odd(text, mark)
        node = self._value(text, mark) if text.startswith('"') else text_node(text, mark)
        return node if node.kind == "text" else text_node(text, mark)

    def _value(self, text: str, mark: Mark) -> Node:
        """The value in a cell."""
        self._check_odd(text, mark)
        if text in NULLS:
            return Node("null", None, mark)
        if text[:1] in YAML:
            return self.problems.attempt(lambda: compose_cell(text, mark), more=False) or text_node(text, mark)
        return text_node(text, mark)

    def _check_odd(self, text: str, mark: Mark) -> None:
        """An error, or a formula that has no value, is told as what it is; what it would be read as is not."""
        odd = self.book.odd.get(mark.source.sheet or "", None) if isinstance(mark.source, TableSource) else None
        if odd is None or (mark.line - 1, mark.column) not in odd.texts:
            return
        if BROKEN.fullmatch(text):
            self.problems.add(mark, f"holds a spreadsheet error: {shorten(text)}", remedy=CORRECT)
        else:
            remedy = "open the file in a spreadsheet, save it"
            self.problems.add(mark, f"holds a formula without a value: {text[:60]}", remedy=remedy)

    def _put(self, steps: Sequence[Node], value: Node) -> None:
        """Set the value of a path; a second one is a problem."""
        try:
            self.paths.put(steps, value)
        except Crossing as crossing:
            path = [step.text for step in steps]
            first = Problem("", **crossing.first.source.place(crossing.first)).place
            self.problems.add(steps[-1].mark, "is given twice", path=path, remedy=f"keep one; the first is in {first}")

    def _referred(self, node: Node, path: tuple[str, ...]) -> Node:
        """The tree with every `sheet NAME` as the table that it stands for."""
        if node.kind == "list":
            return _list([self._referred(item, (*path, str(at))) for at, item in enumerate(node.value)], node.mark)
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


def _list(items: list[Node], mark: Mark) -> Node:
    size, depth = 1 + sum(item.size for item in items), 1 + max((item.depth for item in items), default=0)
    return Node("list", items, mark, size, depth)
