"""The rows of a workbook's sheets as paths and values: settings, designs, stocking, demand, parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simnet.errors import Problem, did_you_mean, nearest, shorten
from simnet.numerals import BARE
from simnet.scenario.currency import foreign_lines, tell_foreign
from simnet.scenario.excel import Workbook
from simnet.scenario.extend import FIGURES
from simnet.scenario.grid import BROKEN, CORRECT
from simnet.scenario.named import YAML
from simnet.scenario.nodes import Mark, Node, Problems, fail, map_node, text_node
from simnet.scenario.parts import PART_COLUMNS
from simnet.scenario.paths import Crossing, Paths, split_path
from simnet.scenario.read import NULLS, compose_cell
from simnet.scenario.sheet_kinds import LAYERS, PAIRS, REMARKS, SETTINGS, WHERE, kind_of
from simnet.scenario.table_grid import split_header
from simnet.scenario.tables import Table, TableSource

_MONEY = ("cost", "price")


@dataclass(eq=False)
class Rows:
    """Puts the rows of sheets into the paths of a scenario."""

    book: Workbook
    problems: Problems
    paths: Paths

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

    def pairs(self, kind: str, table: Table) -> None:
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
                return [text_node(step, marks[0]) for step in _whole_figure(split_path(keys[0]))]
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

    def named(self, kind: str, first: str, table: Table) -> None:
        """A sheet with a row a name, and a column a key."""
        for marks, (name,), row in self._entries(table, (first,)):
            self._put([text_node(kind, marks[0]), self._key(name, marks[0])], row)

    def stocking(self, table: Table) -> None:
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
            self._put([text_node("stocking", mark), text_node("rules", mark)], list_node(rules, mark))

    def demand(self, table: Table) -> None:
        """A row an entry of demand, a column a key."""
        rows = [row for *_, row in self._entries(table, ())]
        mark = table.header_mark(0)
        self._put([text_node("demand", mark)], list_node(rows, mark))

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
        self._check_money(table, names)
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

    def _check_money(self, table: Table, names: Sequence[str]) -> None:
        """Refuse amounts that the sheet shows in another currency."""
        for at, name in enumerate(names):
            for line, sign in foreign_lines(table, at, self._currency()).items() if name in _MONEY else ():
                tell_foreign(self.problems, Mark(table.source, line, at), sign, self._currency())

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


def _whole_figure(steps: Sequence[str]) -> Sequence[str]:
    """The steps of a path with a figure's name as one: `run.precision.fill.line`."""
    at = next((len(table) for table in FIGURES if tuple(steps[: len(table)]) == table), len(steps))
    return [*steps[:at], ".".join(steps[at:])] if at < len(steps) else steps


def list_node(items: list[Node], mark: Mark) -> Node:
    """A list written at `mark`."""
    size, depth = 1 + sum(item.size for item in items), 1 + max((item.depth for item in items), default=0)
    return Node("list", items, mark, size, depth)
