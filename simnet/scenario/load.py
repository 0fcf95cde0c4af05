"""From a file to a checked scenario, and from there to each of its designs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.garbage import collecting_nothing
from simnet.scenario.adopted import adopted
from simnet.scenario.asked import Asked, DemandReader
from simnet.scenario.check import check
from simnet.scenario.complain import complain
from simnet.scenario.content import Contents
from simnet.scenario.expect import own_expectations, read_expectations
from simnet.scenario.extend import Merge, changes_between, set_node
from simnet.scenario.named import expand, read_levels, read_opening
from simnet.scenario.nodes import Node, Problems, within
from simnet.scenario.opened import Opener, check_version, currency_of
from simnet.scenario.order_classes import in_force
from simnet.scenario.parts import PartTable
from simnet.scenario.parts_read import read_parts
from simnet.scenario.prune import without_faults
from simnet.scenario.relocate import kept_rows, relocated
from simnet.scenario.removal import Removed, find_removed, unreferred, without
from simnet.scenario.scenario import Change, Expectation, OpeningTable, Scenario
from simnet.scenario.set_paths import existing, free
from simnet.scenario.stocking import LevelTable
from simnet.scenario.table_grid import Tables

Sets = Sequence[tuple[str, str]]
Judge = Callable[[Scenario], Iterable[Problem]]
"""What is wrong with what a scenario expects: figures are known above this room, in metrics."""


def load(path: str | Path, sets: Sets = (), design: str | None = None, judge: Judge | None = None) -> Scenario:
    """The scenario in a file, checked with all its designs; `SimnetError` lists everything that is wrong.

    `sets` are changes (path, value) as of `--set path=value`; they win over the designs.
    """
    book = Book(Path(path), sets, judge)
    book.check_designs()
    return book.scenario(book.name if design is None else design)


class Book:
    """A scenario file with its designs; tables that designs share are read once."""

    def __init__(self, path: Path, sets: Sets = (), judge: Judge | None = None) -> None:
        self.path = path
        self.judge = judge
        self.tables: Tables = {}
        self.sources: list[Path] = []
        self.reader = DemandReader(self.tables)
        self._parts: dict[tuple[int, str], tuple[Node, PartTable]] = {}
        self._built: dict[str, Scenario] = {}
        problems = Problems(first=str(path))
        self.root = Opener(problems, self.tables, self.sources).open(path, str(path))
        self.sets = [set_node(where, text) for where, text in sets]
        check_version(self.root)
        name = self.root.get("name")
        self.name = name.text.strip() if name is not None and name.text.strip() else path.stem
        self.currency = currency_of(self.root) or "EUR"
        self.root = expand(self.root, problems, self.tables, self.currency)
        self._early = problems

    @property
    def designs(self) -> tuple[str, ...]:
        """The names of the designs, the file itself first."""
        node = self.root.get("designs")
        return (self.name, *(node.entries if node is not None else ()))

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that were read, the scenario first, then those it extends, then the tables."""
        return tuple(dict.fromkeys((*self.sources, *(table.path for table in self.tables.values()))))

    def scenario(self, name: str) -> Scenario:
        """The scenario of a design, checked."""
        if name not in self.designs:
            remedy = did_you_mean(name, self.designs) or f"the designs are {', '.join(self.designs[:20])}"
            raise SimnetError(Problem(f"there is no design '{name[:60]}'", str(self.path), remedy=remedy))
        if name not in self._built:
            problems = replace(self._early, found=[*self._early.found])
            self._built[name] = self._build(name, problems)
        return self._built[name]

    def check_designs(self) -> None:
        """Build the file itself and every design; what is wrong in several is told once.

        Of designs of a file that is wrong itself only what they write is told: the rest may follow from the file.
        """
        found: dict[tuple[Any, ...], Problem] = {}
        more = False
        for name in self.designs:
            own = self._lines(name) if found and name != self.name else None
            try:
                self.scenario(name)
            except SimnetError as error:
                more |= error.more
                for each in error.problems:
                    key = (each.message, each.file, each.sheet, each.cell, each.line, each.column, each.path)
                    if own is None or (each.file, each.sheet, each.line) in own:
                        found.setdefault(key, each)
        if found:
            raise SimnetError(list(found.values()), more)

    def _lines(self, name: str) -> set[tuple[str | None, str | None, int | None]]:
        """The lines on which a design is written."""
        designs = self.root.get("designs")
        written = designs.entries.get(name, ()) if designs is not None else ()
        places = (each.mark.source.place(each.mark) for each in within(written))
        return {(place.get("file"), place.get("sheet"), place.get("line")) for place in places}

    def changes(self, name: str) -> list[Change]:
        """What a design and the `--set`s change, as written; what they expect is no change of the network."""
        found = changes_between(self.root, self.tree(name))
        return [each for each in found if each.path.split(".")[0] != "expect"]

    def tree(self, name: str) -> Node:
        """What a design says, with the place of every value."""
        return self._tree(name, Problems())[0]

    def written(self, name: str) -> dict[str, Any]:
        """The scenario of a design as plain maps, lists and texts."""
        found: dict[str, Any] = self.tree(name).data()
        return {key: value for key, value in found.items() if key not in ("designs", "extends")}

    def content(self, name: str) -> dict[str, Any]:
        """What a design says, whatever files say it: as `written`, with a hash of its cells for every table."""
        tree, _ = self._tree(name, Problems())
        said = {key: value for key, (_, value) in tree.entries.items() if key not in ("designs", "extends", "name")}
        return {"name": self.name, **Contents(self.tables).of(said)}

    def _tree(self, name: str, problems: Problems) -> tuple[Node, Removed]:
        """The nodes of a design, with its changes and the `--set`s in and what it removed out."""
        merge = Merge(problems)
        tree = self.root
        designs = self.root.get("designs")
        over = designs.entries[name][1] if designs is not None and name in designs.entries else None
        if over is not None and over.kind == "map":
            tree = merge.over(tree, self._changeable(over, tree, problems))
        elif over is not None and over.kind != "null":
            problems.add(over.mark, f"must be a map of changes, not {over.describe()}", path=("designs", name))
        for each in self.sets:
            tree = merge.over(tree, self._changeable(each, tree, problems))
        if tree is not self.root:
            tree = expand(tree, problems, self.tables, self.currency)
        removed = find_removed(merge.removed, tree)
        return without(tree, removed), removed

    def _changeable(self, over: Node, tree: Node, problems: Problems) -> Node:
        """What a design or `--set` may change."""
        return existing(free(over, problems), tree, lambda: self._parts_of(tree, Problems()).names, problems)

    @collecting_nothing()
    def _build(self, name: str, problems: Problems) -> Scenario:
        tree, removed = self._tree(name, problems)
        money = tree.get("money")
        if money is not None and money is not self.root.get("money") and money.text != self.currency:
            message = f"the amounts are in {self.currency}; neither a design nor --set can change that"
            problems.add(money.mark, message, path=("money",), remedy="write the file anew in the other currency")
        data: dict[str, Any] = {"name": self.name, **self._plain(tree)}
        data |= {"designs": self.designs, "variant": name}
        parts = self._parts_of(tree, problems)
        asked = self._asked(tree, problems)
        asked = relocated(asked, removed)
        data |= {"parts": parts, "demand": tuple(each.entry for each in asked)}
        data["expect"] = self._expected(name, tree, problems)
        scenario = self._validated(data, tree, removed, problems)
        if scenario is not None:
            scenario._adopted = adopted(self.root, tree)
            scenario._unreferred = unreferred(self.root, tree, removed)
            self._judge(scenario, asked, tree, removed, problems)
        problems.more |= scenario is None
        told = {_place(each) for each in self._early if each.line}
        problems.found = [
            *self._early,
            *(each for each in problems if each not in self._early.found and _place(each) not in told),
        ]
        problems.stop()
        if scenario is None:
            raise AssertionError("a scenario without problems must be there")
        scenario._book = self
        scenario._mark = lambda *loc: tree.follow(loc)[0].mark
        return scenario

    def _judge(self, scenario: Scenario, asked: list[Asked], tree: Node, removed: Removed, problems: Problems) -> None:
        """Add what does not fit together; where a value is wrong as it stands, nothing is said of what follows."""
        later = replace(problems, found=[*problems.found])
        if problems.lost <= {"parts"}:
            check(scenario, asked, tree, removed, later)
            if self.judge is not None:
                later.found.extend(self.judge(scenario))
        wrong = {_place(each) for each in problems}
        fresh = later.found[len(problems) :]
        problems.keep(each for each in fresh if _place(each) not in wrong or not each.line)
        problems.more |= later.more

    def _expected(self, name: str, tree: Node, problems: Problems) -> tuple[Expectation, ...]:
        """What the file is held to; of a design, what it says itself."""
        found = read_expectations(tree, self.currency, problems)
        if name == self.name:
            return found
        return own_expectations(found, self.tree(self.name), self.currency)

    def _plain(self, tree: Node) -> dict[str, Any]:
        """What pydantic reads: plain data, with the tables read in."""
        special = ("parts", "demand", "designs", "expect", "extends", "opening", "variant")
        return {
            key: node.data() for key, (_, node) in tree.entries.items() if key not in special and node.kind != "null"
        }

    def _numbers(self, data: dict[str, Any], tree: Node, removed: Removed, problems: Problems) -> None:
        """Read the tables of opening stock and of levels into the data."""
        opening, stocking = tree.get("opening"), tree.get("stocking")
        if opening is not None:
            stock = problems.attempt(lambda: read_opening(opening, problems, self.tables))
            if stock is not None:
                data["opening"] = OpeningTable(*kept_rows(stock.rows, stock.marks, removed))
        levels = stocking.get("levels") if stocking is not None else None
        if levels is not None and isinstance(data["stocking"], dict):
            data["stocking"].pop("levels")
            found = problems.attempt(lambda: read_levels(levels, problems, self.tables))
            if found is not None:
                data["stocking"]["levels"] = LevelTable(*kept_rows(found.rows, found.marks, removed))

    def _validated(self, data: dict[str, Any], tree: Node, removed: Removed, problems: Problems) -> Scenario | None:
        self._numbers(data, tree, removed, problems)
        if "variant" in tree.entries:
            problems.add(tree.key("variant").mark, "unknown key 'variant' in the scenario")
        classes = data.get("order_classes", {})
        if isinstance(classes, dict):
            data["order_classes"] = in_force(classes, [entry.order_class for entry in data["demand"]])
        try:
            return Scenario.model_validate(data, context={"currency": self.currency})
        except ValidationError as error:
            complain(error, Scenario, tree, problems)
            return without_faults(data, error, self.currency)

    def _parts_of(self, tree: Node, problems: Problems) -> PartTable:
        node = tree.get("parts")
        if node is None:
            problems.add(tree.mark, "needs 'parts', such as parts: parts.csv")
            problems.lose("parts")
            return PartTable()
        key = (id(node), self.currency)
        if key not in self._parts:
            before = len(problems)
            found = problems.attempt(lambda: read_parts(node, self.currency, problems, self.tables))
            if found is None or (not any(found.names) and len(problems) > before):
                problems.lose("parts")
            if found is None or len(problems) > before:
                return found or PartTable()
            self._parts[key] = (node, found)
        return self._parts[key][1]

    def _asked(self, tree: Node, problems: Problems) -> list[Asked]:
        node = tree.get("demand")
        if node is None:
            example = "demand: {part: filter, orders: 2 per month}"
            problems.add(tree.mark, f"needs 'demand', such as {example}")
            return []
        return self.reader.read(node, problems)


def _place(problem: Problem) -> tuple[Any, ...]:
    """Where a problem is."""
    return problem.file, problem.sheet, problem.cell, problem.line, problem.column
