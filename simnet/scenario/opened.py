"""A scenario file as it is written, over those that it extends, before anything in it has a meaning."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simnet.errors import did_you_mean, nearest
from simnet.scenario.extend import Merge
from simnet.scenario.files import is_there, read_source, resolve
from simnet.scenario.named import expand
from simnet.scenario.nodes import Node, Problems, fail, map_node, text_node
from simnet.scenario.read import compose
from simnet.scenario.scenario import VERSION, Scenario
from simnet.scenario.table_grid import MEANT, Tables
from simnet.scenario.workbook import is_workbook, read_workbook

MOST_FILES = 20
"""Files that may stand on one another by `extends`."""


@dataclass(eq=False)
class Opener:
    """Opens files, and notes which ones."""

    problems: Problems
    tables: Tables
    sources: list[Path]

    def open(self, path: Path, name: str, above: tuple[Path, ...] = ()) -> Node:
        """The nodes of a file over those of the file it extends."""
        root = read_workbook(path, name, self.problems) if is_workbook(path) else compose(read_source(path, name))
        self.sources.append(path)
        if root.kind != "map":
            raise fail(root.mark, f"a scenario is a map of keys such as 'name: ...', not {root.describe()}")
        root = self._meant(root)
        extends = root.get("extends")
        if extends is None:
            return root
        if extends.kind != "text":
            raise fail(extends.mark, f"must be one file, not {extends.describe()}", path=("extends",))
        below, below_name = resolve(extends.text, extends.mark.source)
        here = (*above, path.resolve())
        if below.resolve() in here:
            raise fail(extends.mark, f"'{extends.text[:100]}' extends this file in turn", path=("extends",))
        if len(here) > MOST_FILES:
            raise fail(extends.mark, f"more than {MOST_FILES} files extend one another", path=("extends",))
        if not is_there(below):
            raise fail(extends.mark, f"no such file '{extends.text[:200]}'", path=("extends",))
        base = self.open(below, below_name, here)
        currency = currency_of(root) or currency_of(base) or "EUR"
        return Merge(self.problems).over(expand(base, self.problems, self.tables, currency), root)

    def _meant(self, root: Node) -> Node:
        """The file with misspelled sections under the names that are meant, so that nothing follows from it."""
        known = [*(each for each in Scenario.model_fields if each != "variant"), "extends"]
        pairs = []
        for name, (key, value) in root.entries.items():
            left = [each for each in known if each not in root.entries]
            meant = None if name in known or "." in name else nearest(name, left, MEANT)
            if meant is not None:
                message = f"unknown key '{name}' in the scenario"
                self.problems.add(key.mark, message, remedy=did_you_mean(name, left))
            pairs.append((text_node(meant, key.mark) if meant is not None else key, value))
        return map_node(pairs, root.mark)


def check_version(root: Node) -> None:
    """Refuse a file of a later version of the language."""
    version = root.get("simnet")
    text = version.text.strip() if version is not None else ""
    if version is not None and text.isdecimal() and len(text) < 9 and int(text) > VERSION:
        message = f"this file is in version {text} of the scenario language; this program reads {VERSION}"
        raise fail(version.mark, message, remedy="install a newer simnet")


def currency_of(root: Node) -> str | None:
    """The currency that a file says it counts in."""
    money = root.get("money")
    return money.text if money is not None and len(money.text) == 3 else None
