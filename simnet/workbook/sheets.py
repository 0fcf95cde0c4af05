"""A scenario's tree as sheets of text: the tables that a planner edits, and settings for everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from simnet.numerals import BARE
from simnet.scenario.escaped import taken_back
from simnet.scenario.named import SECTIONS
from simnet.scenario.nodes import Node
from simnet.scenario.parts import PART_COLUMNS
from simnet.scenario.paths import join_path
from simnet.scenario.scenario import Costs, Run
from simnet.scenario.sheet_kinds import LAYERS, NAMED, PAIRS
from simnet.workbook.words import LONGEST, cell, key, pieces

MOST_COLUMNS = 60
_UNITLESS = ("cost", "shipment_cost")
"""Columns of lanes in which a bare number is money."""
Row = list[str]


@dataclass
class Sheet:
    """One sheet of a workbook."""

    title: str
    kind: str
    """What it holds, as the reader calls it; `table` for the rows of a file."""
    header: list[str]
    rows: list[Row]
    about: str = ""
    """The path of its keys with NAME for names, such as `warehouses.NAME`, by which their meaning is found."""
    file: str = ""
    """The file whose rows it holds."""


@dataclass
class _Builder:
    """Takes the sections that fit a table out of a tree."""

    root: Node
    sheets: dict[str, Sheet] = field(default_factory=dict)
    rest: list[tuple[list[str], str]] = field(default_factory=list)

    def build(self) -> list[Sheet]:
        for name, (_, node) in self.root.entries.items():
            if not self._section(name, node):
                self._flat([name], node)
        settings = Sheet("Settings", "settings", [*PAIRS["settings"], "meaning", "default"], self._settings())
        order = ("suppliers", "warehouses", "dealers", "lanes", "parts", "demand", "order_classes", "stocking", "costs",
                 "designs", "expect")  # fmt: skip
        return [settings, *(self.sheets[kind] for kind in order if kind in self.sheets)]

    def _section(self, name: str, node: Node) -> bool:
        """Put a section into its sheet; False where it does not fit one."""
        makers: Mapping[str, Callable[[Node], Sheet | None]] = {
            "lanes": _lanes, "demand": _demand, "designs": _designs, "expect": _expect, "costs": _costs,
        }  # fmt: skip
        if name == "stocking":
            return self._stocking(node)
        if name in makers:
            sheet = makers[name](node)
        elif name in SECTIONS:
            sheet = _sites(name, node)
        elif name in NAMED:
            sheet = _named(name, node)
        else:
            return False
        if sheet is None:
            return False
        self.sheets[name] = sheet
        return True

    def _stocking(self, node: Node) -> bool:
        rows: list[tuple[list[str], Node]] = []
        left: list[tuple[list[str], Node]] = []
        back = {section: where for where, section in LAYERS.items()}
        for name, (_, value) in node.entries.items():
            if name == "default" and value.kind == "map":
                rows.append((["default", ""], value))
            elif name in back and value.entries and all(each.kind == "map" for _, each in value.entries.values()):
                rows += [([back[name], key(each)], inner) for each, (_, inner) in value.entries.items()]
            elif name == "rules" and value.kind == "list" and value.value and all(r.kind == "map" for r in value.value):
                rows += [(["rule", ""], rule) for rule in value.value]
            else:
                left.append((["stocking", name], value))
        sheet = _grid("stocking", ["where", "name"], rows, "stocking.default", lead=["policy", "target"])
        if sheet is None or node.kind != "map":
            return False
        if rows:
            self.sheets["stocking"] = sheet
        for path, value in left:
            self._flat(path, value)
        return bool(rows or left)

    def _flat(self, path: list[str], node: Node) -> None:
        """A value as rows of the settings: maps by their paths, all else as text."""
        if node.kind == "map" and node.entries and len(path) < 30:
            for name, (_, value) in node.entries.items():
                self._flat([*path, name], value)
        else:
            self.rest.append((path, cell(node)))

    def _settings(self) -> list[Row]:
        said = {path[1] for path, _ in self.rest if path[0] == "run" and len(path) > 1}
        whole = any(path == ["run"] for path, _ in self.rest)
        first = ("simnet", "name", "about", "money", "run")
        ranked = sorted(self.rest, key=lambda pair: first.index(pair[0][0]) if pair[0][0] in first else len(first))
        rows = [row for path, text in ranked for row in _split([join_path(path)], text)]
        more = [] if whole else [[f"run.{name}", ""] for name in Run.model_fields if name not in said]
        at = max((n for n, row in enumerate(rows) if row[0].partition(".")[0] in first), default=-1) + 1
        return [*rows[:at], *more, *rows[at:]]


def sheets_of(root: Node) -> list[Sheet]:
    """The sheets of a scenario, without those of its tables."""
    return _Builder(root).build()


def _split(front: Sequence[str], text: str) -> Iterator[Row]:
    """A row, and more below it where the value is too long for a cell."""
    for number, piece in enumerate(pieces(text)):
        yield [*(front if number == 0 else [""] * len(front)), piece]


def _grid(
    kind: str, names: list[str], rows: list[tuple[list[str], Node]], about: str, known: Sequence[str] = (),
    lead: Sequence[str] = (), bare: Sequence[str] = (),
) -> Sheet | None:  # fmt: skip
    """Rows with the keys of their maps as columns; None where a cell or the sheet would not do."""
    used: dict[str, None] = {}
    for _, node in rows:
        used.update(dict.fromkeys(node.entries))
    if len(used) > MOST_COLUMNS or any(not _is_column(name, known) or name in names for name in used):
        return None
    order = [name for name in dict.fromkeys((*known, *lead)) if name in used]
    columns = [*order, *(name for name in used if name not in order)]
    found = []
    for front, node in rows:
        texts = [_valued(node.entries[name][1], name in bare) if name in node.entries else "" for name in columns]
        if any(len(text) > LONGEST for text in texts) or "null" in texts:
            return None
        found.append([*front, *texts])
    return Sheet(kind.replace("_", " "), kind, [*names, *columns], found, about)


def _is_column(name: str, known: Sequence[str]) -> bool:
    return name in known if known else name.isidentifier() and name == name.lower() and name not in ("meaning", "note")


def _valued(node: Node, bare: bool) -> str:
    """A cell's text; in a column in which bare numbers get a unit, one that has none is written as YAML."""
    text = cell(node)
    return f'"{text}"' if bare and BARE.fullmatch(text) else text


def _maps(node: Node) -> list[tuple[str, Node]] | None:
    """The entries of a section, all of them maps; None otherwise."""
    rows = [(name, value) for name, (_, value) in node.entries.items()]
    return rows if rows and all(value.kind == "map" for _, value in rows) else None


def _raw(name: str) -> bool:
    """Whether a name can stand in a table as it is."""
    broken = name.startswith(("=", "#", *"{[")) or len(name) > 200
    return name == taken_back(name.strip()) and name.isprintable() and bool(name) and not broken


def _sites(section: str, node: Node) -> Sheet | None:
    rows = _maps(node)
    if rows is None or not all(_raw(name) for name, _ in rows):
        return None
    first, *columns = SECTIONS[section]
    known = [name for name in columns if name not in ("lat", "lon")]
    return _grid(section, [first], [([name], row) for name, row in rows], f"{section}.NAME", known)


def _lanes(node: Node) -> Sheet | None:
    sources = _maps(node)
    if sources is None or not all(_raw(name) for name, _ in sources):
        return None
    rows = []
    for source, ways in sources:
        inner = _maps(ways)
        if inner is None or not all(_raw(name) for name, _ in inner):
            return None
        rows += [([source, name], way) for name, way in inner]
    columns = SECTIONS["lanes"]
    return _grid("lanes", list(columns[:2]), rows, "lanes.NAME.NAME", columns[2:], bare=_UNITLESS)


def _named(kind: str, node: Node) -> Sheet | None:
    rows = _maps(node)
    if rows is None or node.get("table") is not None or node.get("margin") is not None and kind == "parts":
        return None
    known = PART_COLUMNS if kind == "parts" else ()
    bare = ("cost", "price")
    return _grid(kind, [NAMED[kind]], [([key(name)], row) for name, row in rows], f"{kind}.NAME", known, bare=bare)


def _demand(node: Node) -> Sheet | None:
    items = node.value if node.kind == "list" else []
    if not items or not all(item.kind == "map" and item.entries for item in items):
        return None
    lead = ("part", "class", "at", "orders", "size", "order_class")
    return _grid("demand", [], [([], item) for item in items], "demand", lead=lead, bare=("cost", "price"))


def _designs(node: Node) -> Sheet | None:
    designs = _maps(node)
    if designs is None:
        return None
    rows: list[Row] = []
    for name, changes in designs:
        rows += [] if changes.entries else [[key(name), "", ""]]
        for path, (_, value) in changes.entries.items():
            rows += _split([key(name), key(path)], cell(value))
    return Sheet("designs", "designs", list(PAIRS["designs"]), rows)


def _expect(node: Node) -> Sheet | None:
    limits = [(name, value) for name, (_, value) in node.entries.items()]
    if not limits or any(value.kind != "text" or not value.text for _, value in limits):
        return None
    rows = [row for name, value in limits for row in _split([key(name)], cell(value))]
    return Sheet("expect", "expect", list(PAIRS["expect"]), rows)


def _costs(node: Node) -> Sheet | None:
    costs = [(name, value) for name, (_, value) in node.entries.items()]
    if not costs:
        return None
    rows = [row for name, value in costs for row in _split([join_path([name])], cell(value))]
    rows += [[name, ""] for name in Costs.model_fields if name not in node.entries]
    return Sheet("costs", "costs", [*PAIRS["costs"], "meaning", "default"], rows)
