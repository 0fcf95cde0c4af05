"""Nodes as a YAML file that a person reads: a line an entry of a table, blocks above."""

from __future__ import annotations

from collections.abc import Iterator

from simnet.scenario.nodes import Node, map_node
from simnet.workbook.words import flow, scalar

WIDEST = 110
"""Characters of a map on one line, except in tables of names."""
ROWS = ("suppliers", "warehouses", "dealers", "parts", "order_classes", "tiers", "classes", "sites")
"""Tables of names: a line a name."""

ORDER = (
    "simnet", "name", "about", "money", "run", "suppliers", "warehouses", "lanes", "dealers", "parts", "demand",
    "order_classes", "stocking", "opening", "costs", "designs", "expect",
)  # fmt: skip
"""Of the sections."""


def yaml_of(root: Node) -> str:
    """The text of a scenario file; read again it gives the same nodes."""
    places = {name: place for place, name in enumerate(ORDER)}
    ranked = sorted(root.entries.items(), key=lambda pair: places.get(pair[0], len(places)))
    return "\n".join(_lines(map_node((pair for _, pair in ranked), root.mark), 0, "")) + "\n"


def _brief(name: str, line: str) -> bool:
    return name not in (*ROWS, "lanes", "designs", "run", "expect") and len(line) < WIDEST


def _lines(node: Node, depth: int, above: str) -> Iterator[str]:
    indent = "  " * depth
    for name, (_, value) in node.entries.items():
        head = f"{indent}{scalar(name)}:"
        short = flow(value)
        row = above in ROWS or (above == "lanes" and depth == 2)
        if value.kind == "list" and value.value and all(item.kind == "map" for item in value.value) and not row:
            yield head
            yield from (f"{indent}  - {flow(item)}" for item in value.value)
        elif (
            value.kind != "map"
            or not value.entries
            or row
            or name not in (*ROWS, "lanes", "designs", "run", "expect")
            and len(head) + len(short) < WIDEST
        ):
            yield f"{head} {short}"
        else:
            yield head
            yield from _lines(value, depth + 1, "lanes" if above == "lanes" else name)
