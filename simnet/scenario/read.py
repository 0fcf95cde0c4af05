"""YAML to nodes: every scalar stays the text that was written, with its line and column.

YAML 1.2 core: only `null`, `~` and nothing are special; `NO`, `0123`, `4711E3` and `12:30` are texts.
Nodes are built from the parser's events with a stack, so depth, size and the expansion of aliases are
bounded before they hurt. `safe_load` is never used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from simnet.errors import SimnetError
from simnet.scenario.nodes import Mark, Node, Source, fail, map_node

DEEPEST = 40
MOST_NODES = 600_000
MOST_EXPANDED = 1_000_000
"""Nodes that aliases may add."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
"""What is nothing, written without quotes."""
_CORE = "tag:yaml.org,2002:"
_CORE_TAGS = frozenset(_CORE + kind for kind in ("str", "int", "float", "bool", "null", "map", "seq"))
_LIMIT_SIGN = re.compile(r":\s*[<>]\s*=?\s*[0-9]")
_NO_COLON = "a ':' is missing after the key"
_BARE_MAP = re.compile(r"[A-Za-z][\w-]*(?=\s+[{\[])")
"""A key that a map or a list follows without a ':' between."""
_NOTICED_LATE = ("could not find expected ':'", "mapping values are not allowed")
"""What YAML says of a key for which the line before may be to blame."""
_REMEDIES = (
    (
        "mapping values are not allowed",
        "a second ': ' in a value? put the value in quotes; or check the indentation",
    ),
    ("did not find expected key", "check the indentation of this line and the one above"),
    ("did not find expected ',' or '}'", "a comma or a closing '}' is missing before here"),
    ("did not find expected ',' or ']'", "a comma or a closing ']' is missing before here"),
    ("did not find expected node content", "a value is missing before here"),
    ("found unexpected end of stream", "a quote is not closed"),
    ("could not find expected ':'", "a key without ':'? write 'key: value'"),
    ("block sequence entries are not allowed", "put the '-' on a line of its own, indented"),
    ("found undefined alias", "name it first with '&'"),
    ("control characters are not allowed", "remove the control character"),
    ("found character that cannot start any token", "put the value in quotes"),
    ("did not find expected comment or line break", "put the value in quotes"),
    ("found unknown escape character", "use single quotes, in which a backslash is only a backslash"),
)


@dataclass(slots=True)
class _Open:
    """A map or list whose end has not come yet."""

    kind: str
    mark: Mark
    anchor: str | None
    items: list[Node] = field(default_factory=list)
    merges: list[Node] = field(default_factory=list)
    pairs: dict[str, tuple[Node, Node]] = field(default_factory=dict)
    key: Node | None = None


class _Composer:
    """Builds the nodes of one document from the events of the YAML parser."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.root: Node | None = None
        self.nodes = 0
        self.expanded = 0

    def run(self, events: Iterator[Any]) -> Node:
        handlers = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open_map,
            yaml.SequenceStartEvent: self._open_list,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
        }
        documents = 0
        for event in events:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
            elif type(event) is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise fail(self._mark(event), "a second document starts here", remedy="one scenario a file")
        if self.root is None or self.root.kind == "null":
            raise fail(
                Mark(self.source, 0, 0),
                "is empty",
                remedy="`simnet new NAME` writes an example to start from",
            )
        return self.root

    def _mark(self, event: Any) -> Mark:
        start, end = event.start_mark, event.end_mark
        span = end.column - start.column if end.line == start.line else 1
        return Mark(self.source, start.line + 1, start.column + 1, max(span, 1))

    def _scalar(self, event: Any) -> None:
        mark = self._mark(event)
        self._check_tag(event.tag, mark)
        null = not event.style and event.value in NULLS and event.tag in (None, _CORE + "null")
        node = Node("null", None, mark) if null else Node("text", event.value, mark)
        self._remember(event.anchor, node)
        self._put(node, merge=not event.style and event.value == "<<")

    def _open_map(self, event: Any) -> None:
        self._open("map", event)

    def _open_list(self, event: Any) -> None:
        self._open("list", event)

    def _open(self, kind: str, event: Any) -> None:
        mark = Mark(self.source, event.start_mark.line + 1, event.start_mark.column + 1)
        self._check_tag(event.tag, mark)
        if len(self.stack) >= DEEPEST:
            raise fail(mark, f"nested too deep: more than {DEEPEST} levels")
        if self.stack and self.stack[-1].kind == "map" and self.stack[-1].key is None:
            raise fail(mark, f"a key must be a plain word, not a {kind}")
        self.stack.append(_Open(kind, mark, event.anchor))

    def _close(self, event: Any) -> None:
        done = self.stack.pop()
        if done.kind == "list":
            depth = 1 + max((item.depth for item in done.items), default=0)
            node = Node("list", done.items, done.mark, 1 + sum(item.size for item in done.items), depth)
        else:
            pairs = dict(done.pairs)
            for merged in done.merges:
                for name, pair in merged.entries.items():
                    pairs.setdefault(name, pair)
            node = map_node(pairs.values(), done.mark)
        self._remember(done.anchor, node)
        self._put(node)

    def _alias(self, event: Any) -> None:
        node = self.anchors.get(event.anchor)
        if node is None:
            raise fail(self._mark(event), f"'*{event.anchor}' has no complete '&{event.anchor}' before it")
        if len(self.stack) + node.depth > DEEPEST:
            raise fail(self._mark(event), f"nested too deep: more than {DEEPEST} levels")
        self.expanded += node.size
        if self.expanded > MOST_EXPANDED:
            raise fail(self._mark(event), "aliases expand to too many values", remedy="write the values in a table")
        self._put(node)

    def _remember(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self.anchors[anchor] = node

    def _put(self, node: Node, merge: bool = False) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise fail(node.mark, "too many values in one file", remedy="put them into a table (CSV)")
        if not self.stack:
            self.root = node
            return
        here = self.stack[-1]
        if here.kind == "list":
            here.items.append(node)
        elif here.key is None:
            self._put_key(here, node, merge)
        else:
            self._put_value(here, here.key, node)
            here.key = None

    def _put_key(self, here: _Open, node: Node, merge: bool) -> None:
        if node.kind != "text" or (not node.text and not merge):
            raise fail(node.mark, f"a key must be a plain word, not {node.describe()}")
        bare = _BARE_MAP.match(node.text)
        if bare and self.source.line(node.mark.line)[node.mark.column - 1 :].startswith(node.text):
            remedy = _with_colon(self.source.line(node.mark.line).strip())
            raise fail(node.mark._replace(span=len(bare[0])), _NO_COLON, remedy=remedy)
        if merge:
            node.kind = "null"
        elif node.text in here.pairs:
            first = here.pairs[node.text][0].mark.line
            raise fail(
                node.mark,
                f"key '{node.text}' is given twice; the first is on line {first}",
                remedy="keep one",
            )
        here.key = node

    def _put_value(self, here: _Open, key: Node, node: Node) -> None:
        if key.kind == "text":
            on_one_line = key.mark.span >= len(key.text)
            if node.kind == "null" and on_one_line and not self._has_colon(key.mark):
                raise fail(key.mark, f"'{key.text[:60]}' has no ':' and no value", remedy=_with_colon(key.text))
            here.pairs[key.text] = (key, node)
            return
        merged = node.value if node.kind == "list" else [node]
        if any(item.kind != "map" for item in merged):
            raise fail(node.mark, "'<<' takes a map or a list of maps")
        here.merges.extend(merged)

    def _has_colon(self, key: Mark) -> bool:
        """Whether a ':' follows a key; in `{seed 7}` none does."""
        return self.source.line(key.line)[key.column - 1 + key.span :].lstrip().startswith(":")

    def _check_tag(self, tag: str | None, mark: Mark) -> None:
        if tag is not None and tag != "!" and tag not in _CORE_TAGS:
            shown = tag.replace(_CORE, "!!")
            raise fail(mark, f"tag '{shown[:40]}' is not known here", remedy="remove the tag; values are plain text")


def _with_colon(text: str) -> str:
    """How a key without a colon is to be written: `write 'seed: 7'`."""
    key, _, value = text.partition(" #")[0].partition(" ")
    return f"write '{key[:40]}: {value.strip()[:40] or '...'}'"


def compose(source: Source) -> Node:
    """The nodes of a YAML text; the first syntax error is raised with its place and remedy."""
    try:
        loader = _LOADER(source.text)
        try:
            return _Composer(source).run(_events(loader))
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise _syntax_error(error, source) from None


def compose_cell(text: str, mark: Mark) -> Node:
    """The nodes of YAML that stands in one cell of a table: all of them are where the cell is."""
    try:
        return _at(compose(Source(mark.source.name, text)), mark)
    except SimnetError as error:
        raise fail(mark, error.problems[0].message, remedy=error.problems[0].remedy) from None


def _at(node: Node, mark: Mark) -> Node:
    if node.kind == "map":
        return map_node(((_at(key, mark), _at(value, mark)) for key, value in node.value.values()), mark)
    if node.kind == "list":
        return Node("list", [_at(item, mark) for item in node.value], mark, node.size, node.depth)
    return Node(node.kind, node.value, mark)


def _events(loader: Any) -> Iterator[Any]:
    while loader.check_event():
        yield loader.get_event()


def _without_colon(source: Source, line: int, message: str) -> Mark | None:
    """Where a key lacks its ':'; YAML notices it only at the next key, so the line before is looked at as well."""
    above = (number for number in range(line - 1, 0, -1) if source.line(number).partition("#")[0].strip())
    before = next(above, 0) if any(part in message for part in _NOTICED_LATE) else 0
    for number in (line, before):
        text = source.line(number).partition(" #")[0].rstrip()
        inner = text.lstrip()
        key = _BARE_MAP.match(inner)
        if key or (before and inner and ":" not in inner and inner[0] not in "#-{}[],\"'"):
            return Mark(source, number, len(text) - len(inner) + 1, len(key[0]) if key else len(inner))
    return None


def _syntax_error(error: yaml.YAMLError, source: Source) -> Exception:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    message = getattr(error, "problem", None) or getattr(error, "reason", None) or "is not YAML"
    if mark is None:
        position = getattr(error, "position", 0)
        before = source.text[: position if isinstance(position, int) else 0]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    else:
        line, column = mark.line + 1, mark.column + 1
    while line > 1 and not source.line(line).strip():
        # The end of the file is no place to look at; the last thing before it is.
        line -= 1
        column = len(source.line(line)) + 1
    bare = _without_colon(source, line, message)
    if bare is not None:
        text = source.line(bare.line).strip()
        return fail(bare, _NO_COLON, remedy=_with_colon(text))
    place = Mark(source, line, column)
    text = source.line(line)
    if "\t" in text[:column]:
        return fail(place, "a tab stands where spaces are due", remedy="indent with spaces")
    signs = [number for number in (line, line - 1) if _LIMIT_SIGN.search(source.line(number)[:300])]
    if signs:
        return fail(
            Mark(source, signs[0], 1), "limits are words here", remedy="such as 'at least 95 %' or 'at most 10 d'"
        )
    remedy = next((remedy for part, remedy in _REMEDIES if part in message), None)
    return fail(place, f"is not YAML: {message}", remedy=remedy)
