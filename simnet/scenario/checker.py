"""A scenario under check: the places of its values, and what is wrong with them so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from simnet.errors import Problem, did_you_mean, shorten
from simnet.scenario.nodes import Loc, Mark, Node, Problems, dotted, within
from simnet.scenario.removal import Removed
from simnet.scenario.scenario import Scenario
from simnet.scenario.tables import TableSource


@dataclass(eq=False)
class Checker:
    """A scenario under check, with the tree that places its values."""

    scenario: Scenario
    tree: Node
    removed: Removed
    problems: Problems
    _known: dict[tuple[str, ...], set[tuple[object, ...]]] = field(default_factory=dict)

    def mark(self, *loc: str | int) -> Mark:
        """The place of a value."""
        return self.tree.follow(loc)[0].mark

    def key(self, *loc: str) -> Mark:
        """The place of a key."""
        return self.tree.follow(loc[:-1])[0].key(loc[-1]).mark

    def wrong(self, *loc: str, among: Iterable[Problem] | None = None) -> list[Problem]:
        """What is wrong at a way through the tree or below it; of a table, in its rows or heads.

        `among` are the problems to look at; left out: all so far.
        """
        problems = self.problems if among is None else among
        if not problems:
            return []
        way, places = dotted(loc), self._places(loc)
        return [
            each for each in problems
            if each.path == way or (each.path or "").startswith(f"{way} > ")
            or (each.file, each.sheet, each.line, each.column) in places or (each.file, each.sheet, each.line) in places
        ]  # fmt: skip

    def _places(self, loc: tuple[str, ...]) -> set[tuple[object, ...]]:
        """Where it is written: lines and columns of a file, rows of a table with that of its heads."""
        if loc not in self._known:
            found: set[tuple[object, ...]] = set()
            entry = self.tree.follow(loc[:-1])[0].entries.get(loc[-1], ())
            for line, column, source in {
                (each.mark.line, each.mark.column, each.mark.source) for each in within(entry)
            }:
                if isinstance(source, TableSource):
                    found |= {(source.name, source.sheet, line), (source.name, source.sheet, source.header_line)}
                else:
                    found.add((source.name, None, line, column))
            self._known[loc] = found
        return self._known[loc]

    def unknown(self, mark: Mark, what: str, name: str, known: Collection[str], path: Loc = ()) -> None:
        """A name that leads nowhere, with the nearest known one; of parts only if they could be read."""
        if what.startswith("part") and ("parts" in self.problems.lost or (what == "part" and "" in known)):
            self.problems.more = True  # it may be one whose name could not be read
            return
        remedy = None
        if len(self.problems) < 12:  # no more than ten are shown
            remedy = did_you_mean(name, known) or (
                f"known are {', '.join(sorted(known))}" if 0 < len(known) <= 8 else None
            )
        self.problems.add(mark, f"there is no {what} {shorten(name)}", path=path, remedy=remedy)

    def each_part(self, rows: Iterable[int], column: str, message: str, remedy: str) -> None:
        """One problem per part, at its row; they fold in the message."""
        parts = self.scenario.parts
        for row in rows:
            if self.problems.full:
                return
            mark = parts.mark(row, column) or self.tree.mark
            self.problems.add(mark, message, path=("parts", parts.names[row]), remedy=remedy, fold=message)
