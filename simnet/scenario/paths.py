"""Values by dotted paths, from which a tree grows: what the sheets of a workbook say, row by row."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from simnet.errors import shorten
from simnet.scenario.nodes import Mark, Node, map_node

_STEP = re.compile(r'"(?:[^"\\]|\\.)*"|[^."]+')
MOST_STEPS = 40


class Crossing(Exception):
    """A path that has a value already, or leads through one."""

    def __init__(self, first: Mark) -> None:
        self.first = first


class _Branch:
    """A map that still grows."""

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.entries: dict[str, tuple[Node, Node | _Branch]] = {}

    def node(self) -> Node:
        pairs = ((key, value.node() if isinstance(value, _Branch) else value) for key, value in self.entries.values())
        return map_node(pairs, self.mark)


class Paths:
    """A tree that grows path by path."""

    def __init__(self, mark: Mark) -> None:
        self.root = _Branch(mark)

    def put(self, steps: Sequence[Node], value: Node) -> None:
        """Set the value at a path; `Crossing` where there is one already."""
        *way, last = steps
        branch = self.open(way)
        if last.text in branch.entries:
            raise Crossing(branch.entries[last.text][0].mark)
        branch.entries[last.text] = (last, value)

    def open(self, steps: Sequence[Node]) -> _Branch:
        """The map at a path, made where there is none."""
        here = self.root
        for step in steps:
            key, there = here.entries.setdefault(step.text, (step, _Branch(step.mark)))
            if not isinstance(there, _Branch):
                raise Crossing(key.mark)
            here = there
        return here

    def get(self, name: str) -> Node | None:
        """The value at the top under a name."""
        there = self.root.entries.get(name)
        return there[1] if there is not None and isinstance(there[1], Node) else None

    def mark(self, name: str) -> Mark | None:
        """Where anything under a name was first said."""
        there = self.root.entries.get(name)
        return there[0].mark if there is not None else None

    def node(self) -> Node:
        """The whole tree."""
        return self.root.node()


def split_path(text: str) -> list[str]:
    """The steps of a dotted path; one that holds a dot stands in double quotes: `sites."St. Gallen".review`."""
    steps: list[str] = []
    at = 0
    while True:
        found = _STEP.match(text, at)
        if found is None or len(steps) > MOST_STEPS:
            raise ValueError(f"{shorten(text)} is no path; write keys with single dots between")
        word = found[0]
        try:
            steps.append(json.loads(word, strict=False) if word.startswith('"') else word.strip())
        except ValueError:
            raise ValueError(f"{shorten(text)} is no path; a backslash stands before a quote only") from None
        at = found.end()
        if at == len(text):
            break
        if text[at] != ".":
            raise ValueError(f"{shorten(text)} is no path; a dot is due after a quoted key")
        at += 1
    if not all(steps):
        raise ValueError(f"{shorten(text)} is no path; write keys with single dots between")
    return steps


def join_path(steps: Sequence[str]) -> str:
    """What `split_path` takes apart."""
    return ".".join(step if re.fullmatch(r"[\w/%+-]+( [\w/%+-]+)*", step) else json.dumps(step) for step in steps)
