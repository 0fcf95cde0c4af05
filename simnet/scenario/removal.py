"""What a design takes away: the sites of a removed warehouse fall back to the one that refilled it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from simnet.scenario.nodes import Entry, Loc, Node, map_node, text_node


@dataclass(frozen=True)
class Removed:
    """Sites that a design removes: each with the site that takes its place, or None for a dealer."""

    instead: Mapping[str, str | None] = field(default_factory=dict)
    tiers: frozenset[str] = frozenset()
    """Tiers that settings may still name, though the design has no site of them."""
    parts: frozenset[str] = frozenset()
    """Parts that the design removes."""

    def site(self, name: str) -> str | None:
        """The site itself, or what takes its place after all removals."""
        for _ in range(len(self.instead) + 1):
            if name not in self.instead:
                return name
            next_name = self.instead[name]
            if next_name is None:
                return None
            name = next_name
        return name


def find_removed(removed: Mapping[Loc, Node], tree: Node) -> Removed:
    """What the merge removed and did not bring back."""
    instead: dict[str, str | None] = {}
    tiers = set()
    rows = tree.get("parts")
    rows = rows.get("rows") if rows is not None else None
    parts = {name for name, (_, row) in (rows.entries if rows is not None else {}).items() if row.kind == "null"}
    for loc, node in removed.items():
        section = tree.get(str(loc[0]))
        if len(loc) != 2 or (section is not None and str(loc[1]) in section.entries):
            continue
        source, tier = node.get("refilled_by"), node.get("tier")
        if loc[0] == "warehouses":
            instead[str(loc[1])] = source.text if source is not None else None
            tiers.add(tier.text if tier is not None else "warehouse")
        elif loc[0] in ("dealers", "suppliers"):
            instead[str(loc[1])] = None
            tiers.add(tier.text if tier is not None else "dealer")
        elif loc[0] == "parts":
            parts.add(str(loc[1]))
    return Removed(instead, frozenset(tiers), frozenset(parts))


def without(tree: Node, removed: Removed) -> Node:
    """The tree whose references to removed sites lead to what takes their place."""
    if not removed.instead and not removed.parts:
        return tree
    changes: dict[str, Callable[[Node], Node]] = {
        "warehouses": lambda node: _redirected(node, "refilled_by", removed),
        "dealers": lambda node: _redirected(node, "served_by", removed),
        "lanes": lambda node: _lanes(node, removed),
        "order_classes": lambda node: _classes(node, removed),
        "stocking": lambda node: _without_sites(node, removed),
        "demand": lambda node: _demand(node, removed),
    }
    entries = dict(tree.entries)
    for section, change in changes.items():
        node = tree.get(section)
        if node is not None:
            entries[section] = (entries[section][0], change(node))
    return map_node(entries.values(), tree.mark)


def _redirected(sites: Node, key: str, removed: Removed) -> Node:
    entries: dict[str, Entry] = {}
    for name, (word, site) in sites.entries.items():
        source = site.get(key)
        instead = removed.site(source.text) if source is not None else None
        if source is not None and instead is not None and instead != source.text:
            pairs = {**site.entries, key: (site.entries[key][0], text_node(instead, source.mark))}
            site = map_node(pairs.values(), site.mark)
        entries[name] = (word, _referring(site, removed))
    return map_node(entries.values(), sites.mark)


def _referring(site: Node, removed: Removed) -> Node:
    """The site without referrals to what is removed."""
    named = names_of(site, "refers_to")
    kept = [name for name in named if name.text not in removed.instead]
    if len(kept) == len(named):
        return site
    key, node = site.entries["refers_to"]
    pairs = {**site.entries, "refers_to": (key, Node("list", kept, node.mark))}
    return map_node(pairs.values(), site.mark)


def _lanes(lanes: Node, removed: Removed) -> Node:
    pairs = []
    for name, (word, ends) in lanes.entries.items():
        if name not in removed.instead:
            kept = (pair for end, pair in ends.entries.items() if end not in removed.instead)
            pairs.append((word, map_node(kept, ends.mark) if ends.kind == "map" else ends))
    return map_node(pairs, lanes.mark)


def _without_sites(node: Node, removed: Removed) -> Node:
    """A map whose entry `sites` names no removed site."""
    sites = node.get("sites")
    if sites is None:
        return node
    kept = map_node((pair for name, pair in sites.entries.items() if name not in removed.instead), sites.mark)
    return map_node({**node.entries, "sites": (node.entries["sites"][0], kept)}.values(), node.mark)


def _classes(classes: Node, removed: Removed) -> Node:
    pairs = ((key, _without_sites(rule, removed)) for key, rule in classes.entries.values())
    return map_node(pairs, classes.mark) if classes.kind == "map" else classes


def names_of(site: Node, key: str) -> list[Node]:
    """The names in a list of a site, or the one."""
    node = site.get(key)
    if node is None:
        return []
    if node.kind == "list":
        return list(node.value)
    return [text_node(name.strip(), node.mark) for name in node.text.split(";")]


def unreferred(base: Node, tree: Node, removed: Removed) -> tuple[tuple[str, str], ...]:
    """Warehouses of `tree` that referred to a removed one in the file itself, `base`: (who, to whom)."""
    before, after = base.get("warehouses"), tree.get("warehouses")
    sites = before.entries.items() if before is not None and after is not None and removed.instead else ()
    return tuple(
        (name, other.text)
        for name, (_, site) in sites
        if after is not None and name in after.entries
        for other in names_of(site, "refers_to")
        if other.text in removed.instead
    )


def _demand(demand: Node, removed: Removed) -> Node:
    """Entries lose removed dealers; what was asked at a removed warehouse is asked at the next."""
    items = demand.value if demand.kind == "list" else [demand]
    kept = [item for item in (_entry(item, removed) for item in items) if item is not None]
    return Node("list", kept, demand.mark, demand.size) if kept != items else demand


def _entry(item: Node, removed: Removed) -> Node | None:
    for key in ("part", "parts"):
        node = item.get(key)
        names = [] if node is None else node.value if node.kind == "list" else [node]
        if node is not None and any(name.text in removed.parts for name in names):
            stay = [name for name in names if name.text not in removed.parts]
            if not stay:
                return None
            item = map_node(
                {**item.entries, key: (item.entries[key][0], Node("list", stay, node.mark))}.values(),
                item.mark,
            )
    return _placed(item, removed)


def _placed(item: Node, removed: Removed) -> Node | None:
    at = item.get("at")
    names = [] if at is None else at.value if at.kind == "list" else [at]
    if not any(name.text in removed.instead for name in names):
        return item
    found = [(removed.site(name.text), name.mark) for name in names]
    kept = {name: text_node(name, mark) for name, mark in found if name is not None}
    if not kept or at is None:
        return None
    pair = (item.entries["at"][0], Node("list", list(kept.values()), at.mark))
    return map_node({**item.entries, "at": pair}.values(), item.mark)
