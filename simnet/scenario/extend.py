"""One file on another, and designs on a file: maps merge, lists replace, null removes.

A key may be a path with dots (`stocking.default.target: 98 %`). Everything keeps the place where it was
written, so that an error in a design points at the design's line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from simnet.errors import did_you_mean, nearest, shorten
from simnet.scenario.nodes import Entry, Loc, Mark, Node, Problems, Source, dotted, map_node, text_node
from simnet.scenario.parts import MORE_KEYS, PART_COLUMNS
from simnet.scenario.scenario import Change
from simnet.scenario.spelled import same, spelled
from simnet.scenario.stocking import SOURCES
from simnet.scenario.table_grid import MEANT, SPEC_KEYS, is_table

_WHOLE = ("lead_time", "size")
"""Values that are one of several forms: another form replaces, the same form merges."""
_FORMS = ("mean", "uniform", "table", "mixture", "geometric", "negative_binomial")
_OF_CLASS = ("sites", "part_classes", "will_fit")
"""Tables of names of an order class."""
FIGURES = (("expect",), ("run", "precision"))
"""Tables by figure, whose names have dots."""
_MOST_STEPS = 40
SECTIONS = ("suppliers", "warehouses", "dealers", "lanes")
"""What leads where, of which much follows."""
NAMED = frozenset(
    (
        ("suppliers",),
        ("warehouses",),
        ("dealers",),
        ("lanes",),
        ("parts",),
        ("order_classes",),
        ("designs",),
        ("expect",),
    )
    + (("stocking", "tiers"), ("stocking", "classes"), ("stocking", "sites"))
)
"""Tables of names: a path may make a new entry here."""


@dataclass
class Merge:
    """The merge of one tree over another: what it removed, by path."""

    problems: Problems
    removed: dict[Loc, Node] = field(default_factory=dict)
    said: dict[Loc, Mark] = field(default_factory=dict)
    """Where the override at hand gives each value, to find one that is given twice."""

    def over(self, base: Node, over: Node, loc: Loc = ()) -> Node:
        """`base` with `over` on top of it."""
        if not loc:
            self.said = {}
        if over.kind != "map" or loc[:1] == ("designs",) and len(loc) > 1:
            return over
        if loc == ("parts",) and is_table(base) and not is_table(over):
            return self._over_table(base, over, loc)
        if base.kind != "map" or (is_table(over) and loc and loc[0] != "stocking") or _other_form(base, over, loc):
            base = map_node((), over.mark)
        entries: dict[str, Entry] = dict(base.entries)
        for name, (key, value) in over.entries.items():
            if name not in entries and "." in name and _is_path(key, entries, loc):
                self._along(entries, name, key, value, loc)
            else:
                self._put(entries, name, key, value, loc)
        merged = map_node(entries.values(), base.mark if base.entries else over.mark)
        return _without_rivals(merged, over) if loc[:1] == ("stocking",) else merged

    def _put(self, entries: dict[str, Entry], name: str, key: Node, value: Node, loc: Loc) -> None:
        there = entries.get(name)
        key = text_node(name, key.mark)
        if value.kind in ("text", "null"):
            first = self.said.setdefault((*loc, name), key.mark)
            if first is not key.mark:
                message = f"'{dotted((*loc, name))}' is given twice; the first is on line {first.line}"
                self.problems.add(key.mark, message, remedy="keep one")
        if value.kind == "null":
            self._remove(entries, name, key, loc)
        elif there is None or there[1].kind == "null":
            entries[name] = (key, self.over(map_node((), value.mark), value, (*loc, name)))
        else:
            entries[name] = (_keyed(there[0], key, value), self.over(there[1], value, (*loc, name)))

    def _remove(self, entries: dict[str, Entry], name: str, key: Node, loc: Loc) -> None:
        there = entries.pop(name, None)
        if there is not None:
            self.removed[(*loc, name)] = there[1]
        elif loc in NAMED and (*loc, name) not in self.removed:
            remedy = did_you_mean(name, entries)
            self.problems.add(key.mark, f"there is no '{name}' to remove", path=loc, remedy=remedy)
            self._remove_meant(entries, nearest(name, entries, MEANT), loc)

    def _remove_meant(self, entries: dict[str, Entry], name: str | None, loc: Loc) -> None:
        """Remove what a misspelled name must mean, so that nothing follows from the typo; else look no further."""
        if name is not None:
            self.removed[(*loc, name)] = entries.pop(name)[1]
        elif loc[0] in SECTIONS:
            self.problems.lose(str(loc[0]))

    def _along(self, entries: dict[str, Entry], path: str, key: Node, value: Node, loc: Loc) -> None:
        """Follow a dotted path one step: the rest of it is a key of the map below, which then merges."""
        steps = path.split(".")
        if not all(steps) or len(steps) > _MOST_STEPS:
            self.problems.add(key.mark, f"{shorten(path)} is no path; write keys with single dots between")
            return
        first = _longest(steps, entries) or steps[0]
        rest = path[len(first) + 1 :]
        there = entries.get(first)
        if there is not None and there[1].kind == "list":
            entries[first] = (there[0], self._item(there[1], rest, value, (*loc, first)))
        else:
            below = map_node([(Node("path", rest, key.mark), value)], key.mark)
            self._put(entries, first, text_node(first, key.mark), below, loc)

    def _item(self, items: Node, path: str, value: Node, loc: Loc) -> Node:
        """The list with a change to an item, named by its number from 0, such as `demand.0.orders`."""
        number, _, rest = path.partition(".")
        count = len(items.value)
        if not (number.isdecimal() and number.isascii() and len(number) < 7 and int(number) < count):
            self.problems.add(value.mark, f"'{dotted(loc)}' has items 0 to {count - 1}, not {shorten(number)}")
            return items
        changed = list(items.value)
        over = nested(rest, value) if rest else value
        changed[int(number)] = self.over(changed[int(number)], over, (*loc, int(number)))
        return Node("list", changed, items.mark, items.size)

    def _over_table(self, base: Node, over: Node, loc: Loc) -> Node:
        """Changes to a table: what is said about the table merges, the rest are changed rows."""
        about = {*SPEC_KEYS, *MORE_KEYS}
        over = map_node((_row_of(key, value, about) for key, value in over.entries.values()), over.mark)
        if base.kind == "text":
            base = map_node([(text_node("table", base.mark), base)], base.mark)
        said = map_node((pair for name, pair in over.entries.items() if name in about), over.mark)
        rows = map_node((pair for name, pair in over.entries.items() if name not in about), over.mark)
        merged = dict(self.over(base, map_node(said.entries.values(), over.mark), ("table",)).entries)
        if rows.entries:
            before = merged["rows"][1] if "rows" in merged else map_node((), over.mark)
            # Nulls stay: they remove rows of the table when it is read.
            merged["rows"] = (text_node("rows", over.mark), _stack(before, rows))
        return map_node(merged.values(), base.mark)


def nested(path: str, value: Node) -> Node:
    """The override `path: value` as a map of one entry, at the place of the value."""
    return map_node([(text_node(path, value.mark), value)], value.mark)


def set_node(path: str, text: str) -> Node:
    """What `--set path=text` says, as an override."""
    from simnet.scenario.read import compose

    source = Source("--set", f"{path}={text}")
    inner = (
        compose(Source("--set", text)) if text.strip() not in ("", "null", "~") else Node("null", None, _start(source))
    )
    key = text_node(path, Mark(source, 1, 1, max(len(path), 1)))
    return map_node([(key, _moved(inner, source, len(path) + 1))], key.mark)


def show(node: Node) -> str:
    """A value on one line, as it would be written, in one spelling."""
    if node.kind == "map":
        return "{" + ", ".join(f"{name}: {show(value)}" for name, (_, value) in node.entries.items()) + "}"
    if node.kind == "list":
        return "[" + ", ".join(show(item) for item in node.value) + "]"
    return "null" if node.kind == "null" else spelled(node.text)


def alike(one: Node, other: Node) -> bool:
    """Whether two values that are no maps say the same, in whatever spelling."""
    return show(one) == show(other) or (one.kind == other.kind == "text" and same(one.text, other.text))


def _is_path(key: Node, entries: dict[str, Entry], loc: Loc) -> bool:
    """Whether a key with dots is a path; in a table of names it may be a name, such as `St. Gallen`."""
    if loc in FIGURES:
        return False
    named = loc in NAMED or loc[:1] == ("lanes",) or (loc[:1] == ("order_classes",) and loc[-1] in _OF_CLASS)
    return key.kind == "path" or not named or _longest(key.value.split("."), entries) is not None


def _longest(steps: list[str], entries: dict[str, Entry]) -> str | None:
    """The longest name that the first steps of a path spell."""
    names = (".".join(steps[:count]) for count in range(len(steps) - 1, 0, -1))
    return next((name for name in names if name in entries), None)


def _row_of(key: Node, value: Node, about: set[str]) -> Entry:
    """A path below `parts` as a changed row: what stands before a column's name is the part's."""
    steps = key.value.split(".")
    ends = [at for at, step in enumerate(steps) if at and step in PART_COLUMNS]
    at = 1 if steps[0] in about else ends[0] if ends else len(steps)
    if key.kind != "path" or at >= len(steps):
        return text_node(key.value, key.mark), value
    for step in reversed(steps[at:]):
        value = map_node([(text_node(step, key.mark), value)], key.mark)
    return text_node(".".join(steps[:at]), key.mark), value


def _stack(before: Node, rows: Node) -> Node:
    entries = dict(before.entries)
    for name, (key, value) in rows.entries.items():
        there = entries.get(name)
        if there is not None and there[1].kind == value.kind == "map":
            value = map_node({**there[1].entries, **value.entries}.values(), value.mark)
        entries[name] = (key, value)
    return map_node(entries.values(), rows.mark)


def _keyed(old: Node, new: Node, value: Node) -> Node:
    """The key's place moves to the override where the value is replaced, so that errors point there."""
    return old if value.kind == "map" else new


def _other_form(base: Node, over: Node, loc: Loc) -> bool:
    if not loc or loc[-1] not in _WHOLE:
        return False
    said = [form for form in _FORMS if form in over.entries]
    return bool(said) and not any(form in base.entries for form in said)


def _without_rivals(merged: Node, over: Node) -> Node:
    """Of numbers, cover and target the override's one stays: they replace each other."""
    if not any(over.get(name) for source in SOURCES for name in source):
        return merged
    rivals = {name for source in SOURCES if not any(over.get(each) for each in source) for name in source}
    if not rivals & merged.entries.keys():
        return merged
    return map_node((pair for name, pair in merged.entries.items() if name not in rivals), merged.mark)


def _start(source: Source) -> Mark:
    return Mark(source, 1, 1, len(source.text))


def _moved(node: Node, source: Source, offset: int) -> Node:
    """The node as part of a longer line: its marks move `offset` characters to the right."""
    mark = node.mark._replace(source=source, column=node.mark.column + (offset if node.mark.line == 1 else 0))
    if node.kind == "map":
        return map_node(((_moved(k, source, offset), _moved(v, source, offset)) for k, v in node.value.values()), mark)
    if node.kind == "list":
        return Node("list", [_moved(item, source, offset) for item in node.value], mark, node.size)
    return Node(node.kind, node.value, mark, node.size)


def changes_between(old: Node, new: Node, path: str = "") -> Iterator[Change]:
    """What differs between two trees, as written; a map that is gone or new is one change."""
    for name in {**old.entries, **new.entries}:
        here = f"{path}.{name}" if path else name
        before, after = old.get(name), new.get(name)
        if before is None or after is None:
            if before is not after:
                yield Change(here, _shown(before), _shown(after))
        elif before.kind == after.kind == "map":
            yield from changes_between(before, after, here)
        elif before is not after and not alike(before, after):
            yield Change(here, _shown(before), _shown(after))


def _shown(node: Node | None) -> str | None:
    return show(node) if node is not None else None
