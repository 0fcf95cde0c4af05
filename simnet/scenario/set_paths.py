"""Paths of designs and of `--set`: what stands below a name changes what is there, and makes nothing new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from simnet.errors import did_you_mean, shorten
from simnet.scenario.nodes import Node, Problems, map_node
from simnet.scenario.order_classes import built_in_names
from simnet.scenario.parts import MORE_KEYS
from simnet.scenario.table_grid import SPEC_KEYS, is_table

NAMES = {
    "suppliers": "supplier",
    "warehouses": "warehouse",
    "dealers": "dealer",
    "parts": "part",
    "order_classes": "order class",
}
"""Tables of names in which nothing else would find a name that was mistyped, and what one of them is."""
ABOUT = (*SPEC_KEYS, *MORE_KEYS)
"""What is said of a table of parts itself."""
FIXED = {
    "name": ("the name is the file's", "use --as NAME for another folder"),
    "simnet": ("the version of the language is the file's", "leave it out"),
    "extends": ("what a file stands on is said in the file", "extend it there"),
    "designs": ("designs are written in the file", "--set PATH=VALUE changes all of them"),
}
"""Keys that neither a design nor `--set` can change."""
MOST_KNOWN = 8
PartNames = Callable[[], Collection[str]]


def existing(over: Node, tree: Node, parts: PartNames, problems: Problems) -> Node:
    """The changes of `over` but those below names that `tree` does not have, which are problems."""
    kept = []
    for path, (key, value) in over.entries.items():
        table, _, rest = path.partition(".")
        known = known_names(tree, table, parts) if table in NAMES and "." in rest else ()
        if not known or any(rest == name or rest.startswith(f"{name}.") for name in known):
            kept.append((key, value))
            continue
        name = rest.partition(".")[0]
        said = remedy(table, name, [each for each in known if each not in ABOUT])
        problems.add(key.mark, f"there is no {NAMES[table]} {shorten(name)}", path=(table,), remedy=said)
    return over if len(kept) == len(over.entries) else map_node(kept, over.mark)


def remedy(table: str, name: str, known: Sequence[str]) -> str:
    """The nearest name, else those there are and how to write a new one."""
    more = f" and {len(known) - MOST_KNOWN:,} more" if len(known) > MOST_KNOWN else ""
    there = f"there are {', '.join(known[:MOST_KNOWN])}{more}; write a new one whole, {table}.{name}: {{...}}"
    return did_you_mean(name, known) or there


def known_names(tree: Node, table: str, parts: PartNames) -> Collection[str]:
    """The names of a table of names, and what may be said of the table itself; none where there is none."""
    node = tree.get(table)
    if table == "order_classes":
        return [*(node.entries if node is not None else ()), *built_in_names()]
    if node is None:
        return ()
    if table == "parts" and is_table(node):
        return [*parts(), *ABOUT]
    return list(node.entries)


def free(over: Node, problems: Problems) -> Node:
    """What a design or `--set` changes, without what only the file can say; that is a problem."""
    kept = []
    for path, (key, value) in over.entries.items():
        fixed = FIXED.get(path.split(".")[0])
        if fixed is None:
            kept.append((key, value))
        else:
            message = f"{fixed[0]}; neither a design nor --set can change it"
            problems.add(key.mark, message, path=(path.split(".")[0],), remedy=fixed[1])
    return over if len(kept) == len(over.entries) else map_node(kept, over.mark)
