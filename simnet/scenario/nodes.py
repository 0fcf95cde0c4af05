"""What was written and where: a tree of texts, maps and lists, each with its place in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from simnet.errors import Problem, SimnetError

Kind = Literal["text", "map", "list", "null", "path"]
Loc = tuple[str | int, ...]
T = TypeVar("T")


class Source:
    """A file the analyst wrote, under the name it has in messages."""

    def __init__(self, name: str, text: str = "", directory: Path | None = None) -> None:
        self.name = name
        self.text = text
        self.directory = directory if directory is not None else Path()
        self._lines: list[str] | None = None

    def line(self, number: int) -> str:
        """The text of line `number`, counted from 1; empty beyond the end."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def place(self, mark: Mark) -> dict[str, Any]:
        """The fields of a `Problem` that say where `mark` is."""
        if mark.line < 1:
            return {"file": self.name}
        snippet = self.line(mark.line)
        return {
            "file": self.name,
            "line": mark.line,
            "column": mark.column,
            "snippet": snippet,
            "span": mark.span,
        }


class Mark(NamedTuple):
    """A place in a source: line and column from 1 (in a table: the row and the column's index), width."""

    source: Source
    line: int
    column: int
    span: int = 1


Entry = tuple["Node", "Node"]


@dataclass(slots=True, eq=False)
class Node:
    """One value as written: a text, a map of (key, value) by name, a list, nothing, or a path as a key."""

    kind: Kind
    value: Any
    mark: Mark
    size: int = 1
    """Nodes in it with every alias written out."""
    depth: int = 1
    """Levels of maps and lists in it, its own included."""

    @property
    def text(self) -> str:
        """The text of a text node, or an empty one."""
        return self.value if self.kind == "text" else ""

    @property
    def entries(self) -> dict[str, Entry]:
        """The (key, value) pairs of a map by key, or none."""
        return self.value if self.kind == "map" else {}

    def get(self, key: str) -> Node | None:
        """The value under `key` of a map, unless it is absent or null."""
        pair = self.entries.get(key)
        return pair[1] if pair is not None and pair[1].kind != "null" else None

    def key(self, key: str) -> Node:
        """The node of the key itself, or this map where it has no such key."""
        pair = self.entries.get(key)
        return pair[0] if pair is not None else self

    def data(self) -> Any:
        """Plain dicts, lists and texts; null entries are left out, as if they had not been written."""
        if self.kind == "map":
            return {k: v.data() for k, (_, v) in self.value.items() if v.kind != "null"}
        if self.kind == "list":
            return [item.data() for item in self.value]
        return self.value

    def follow(self, loc: Iterable[str | int]) -> tuple[Node, tuple[str | int, ...]]:
        """The deepest node on the way `loc`, and the steps taken; steps that lead nowhere are skipped."""
        node, taken = self, []
        for step in loc:
            below = node._step(step)
            if below is not None:
                node = below
                taken.append(step)
        return node, tuple(taken)

    def _step(self, step: str | int) -> Node | None:
        if self.kind == "list" and isinstance(step, int) and 0 <= step < len(self.value):
            found: Node = self.value[step]
            return found
        pair = self.entries.get(str(step))
        return pair[1] if pair is not None else None

    def describe(self) -> str:
        """What it is, for a message: `text 'abc'`, `a map`, `a list`, `nothing`."""
        names = {"map": "a map", "list": "a list", "null": "nothing"}
        return names.get(self.kind) or f"'{self.text if len(self.text) <= 40 else self.text[:37] + '...'}'"


def text_node(text: str, mark: Mark) -> Node:
    """A text written at `mark`."""
    return Node("text", text, mark)


def map_node(pairs: Iterable[tuple[Node, Node]], mark: Mark) -> Node:
    """A map of (key, value) nodes in their order."""
    value = {key.value: (key, node) for key, node in pairs}
    size = 1 + sum(1 + node.size for _, node in value.values())
    return Node("map", value, mark, size, 1 + max((node.depth for _, node in value.values()), default=0))


def dotted(loc: Sequence[str | int]) -> str:
    """A way through the tree as shown in a message: `warehouses > gent > tier`, lists counted from 1."""
    return " > ".join(f"item {step + 1}" if isinstance(step, int) else step for step in loc)


@dataclass
class Problems:
    """The problems found so far; nothing is raised before all are collected, at most `most`."""

    found: list[Problem] = field(default_factory=list)
    most: int = 1000
    first: str | None = None
    """The file whose problems come first."""
    more: bool = False
    """Whether what was found keeps other things from being looked at, in which more may be wrong."""
    lost: frozenset[str] = frozenset()
    """Sections that could not be read for it: that a name of one leads nowhere cannot be told."""

    def add(
        self,
        mark: Mark | None,
        message: str,
        *,
        path: Sequence[str | int] = (),
        remedy: str | None = None,
        fold: str | None = None,
    ) -> None:
        """Keep a problem at `mark`; beyond `most` only its count would grow, so it is dropped."""
        if len(self.found) >= self.most:
            return
        where = mark.source.place(mark) if mark is not None else {}
        column = where.pop("path", None)
        self.found.append(Problem(message, path=dotted(path) or column, remedy=remedy, fold=fold, **where))

    @property
    def full(self) -> bool:
        """Whether more would be dropped."""
        return len(self.found) >= self.most

    def attempt(self, work: Callable[[], T], more: bool = True) -> T | None:
        """What `work` returns; an error that it raises is kept with the others, and None returned.

        `more`: what it would have read may hold more that is wrong.
        """
        try:
            return work()
        except SimnetError as error:
            self.keep(error.problems)
            self.more |= more
            return None

    def lose(self, section: str) -> None:
        """Say that a section could not be read."""
        self.more = True
        self.lost |= {section}

    def keep(self, told: Iterable[Problem]) -> None:
        """Keep problems that were found elsewhere, each once."""
        self.found.extend(each for each in told if each not in self.found)

    def stop(self) -> None:
        """Raise what was found, if anything: file by file, from top to bottom."""
        if self.found:
            files = {each.file: place for place, each in reversed(list(enumerate(self.found)))}
            if self.first in files:
                files[self.first] = -1
            raise SimnetError(
                sorted(
                    self.found, key=lambda each: (files[each.file], each.sheet or "", each.line or 0, each.column or 0)
                ),
                self.more or self.full,
            )

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def fail(mark: Mark | None, message: str, *, path: Sequence[str | int] = (), remedy: str | None = None) -> SimnetError:
    """The error of a single problem that leaves nothing else to look at."""
    problems = Problems()
    problems.add(mark, message, path=path, remedy=remedy)
    return SimnetError(problems.found)


def within(nodes: Iterable[Node]) -> Iterator[Node]:
    """Nodes and everything below them, each once however often it is referred to."""
    left, seen = list(nodes), set()
    while left:
        node = left.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            left += [each for entry in node.entries.values() for each in entry]
            left += node.value if node.kind == "list" else []
