"""Nodes as text: what a cell holds, and YAML on one line, so that reading gives the same nodes."""

from __future__ import annotations

import re

from simnet.scenario.named import YAML
from simnet.scenario.nodes import Node
from simnet.scenario.read import NULLS

LONGEST = 30_000
"""Characters in one cell; a spreadsheet takes 32,767."""
_PLAIN = re.compile(r"[^\W_](?:[\w ./%+-]*[\w.%+-])?")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def quoted(text: str) -> str:
    """A text in double quotes, in which everything that does not print is written as its number."""
    return '"' + "".join(_ESCAPES.get(char) or (char if char.isprintable() else _number(char)) for char in text) + '"'


def _number(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def scalar(text: str) -> str:
    """A text inside a map or a list."""
    return text if _PLAIN.fullmatch(text) and text not in NULLS else quoted(text)


def flow(node: Node) -> str:
    """A value on one line."""
    if node.kind == "map":
        return "{" + ", ".join(f"{scalar(name)}: {flow(value)}" for name, (_, value) in node.entries.items()) + "}"
    if node.kind == "list":
        return "[" + ", ".join(flow(item) for item in node.value) + "]"
    return "null" if node.kind == "null" else scalar(node.value)


def cell(node: Node) -> str:
    """A value as a cell of a workbook holds it."""
    if node.kind != "text":
        return flow(node)
    text = node.text
    plain = text == text.strip() and text not in NULLS and not text.startswith(YAML)
    return text if plain and text.replace("\n", "").isprintable() else quoted(text)


def key(text: str) -> str:
    """A name as a cell holds it."""
    return text if text == text.strip() and text.isprintable() and text and not text.startswith('"') else quoted(text)


def pieces(text: str) -> list[str]:
    """A text in pieces that each fit a cell; none begins or ends with a space, which a reader would take away."""
    found = []
    while len(text) > LONGEST:
        at = LONGEST
        while at > 1 and (text[at - 1].isspace() or text[at].isspace()):
            at -= 1
        found.append(text[:at])
        text = text[at:]
    return [*found, text]
