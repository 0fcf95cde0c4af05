"""Sourcing lists laid over parts: which points each point asks, in order, and by which ways (law 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.codes import Coded
from simnet.integers import Integers, Rows
from simnet.network.classes import Rules
from simnet.network.lanes import supplier_names
from simnet.network.limits import check_sources
from simnet.network.rows import SOURCES, SUPPLIER_DIRECT
from simnet.network.ways import KINDS, Legs
from simnet.scenario.order_classes import STOCK
from simnet.scenario.sites import SUPPLIERS
from simnet.scenario.sourcing import Place
from simnet.streams import join_keys, name_key, name_keys

if TYPE_CHECKING:
    from simnet.network.grid import PointGrid
    from simnet.network.topology import Topology
    from simnet.scenario.scenario import Scenario

BALANCE = "balance"
"""Names the chance of what sisters send when a site balances."""


@dataclass(frozen=True)
class Templates:
    """The lists of a class by site and variant of part, one after the other."""

    which: Integers
    """[site, variant]: the list; -1 where there is none."""
    start: Integers
    """List t: start[t] to start[t + 1]."""
    kind: Integers
    site: Integers
    """-1: the supplier."""
    listed: Any
    """Whether it is asked (bool); else lines only wait there."""
    waits: Any
    """Whether lines wait there (bool)."""


@dataclass(frozen=True)
class Entries:
    """Sourcing lists of points, one entry a source."""

    point: Integers
    owner: Integers
    """The order class; one more than the last for the sisters of a point that balances."""
    kind: Integers
    source: Integers
    """The point asked; -1: the supplier."""
    listed: Any
    waits: Any

    def __len__(self) -> int:
        return len(self.point)


def entries_of(
    scenario: Scenario, sites: Topology, points: PointGrid, rules: Rules, legs: Legs, asked: dict[str, Integers]
) -> Entries:
    """All sourcing lists, sorted by point, then class; `asked` holds the sites that meet customers, by class."""
    blocks = []
    for number, name in enumerate(rules):
        if rules[name].passes_on and asked[name].size:
            templates = templates_of(scenario, sites, rules, legs, name, asked[name])
            blocks.append(laid_out(templates, variants(scenario, rules, name)[points.part], points, number))
    balancing = np.flatnonzero(sites.balance)
    if len(balancing):
        templates = sisters_of(sites, legs, balancing)
        blocks.append(laid_out(templates, np.zeros(len(points), np.int64), points, len(rules)))
    columns = [np.concatenate([np.zeros(0, np.int64), *(block[at] for block in blocks)]) for at in range(6)]
    order = np.lexsort((columns[1], columns[0]))
    check_sources(len(order))
    point, owner, kind, source, listed, waits = (column[order] for column in columns)
    return Entries(point, owner, kind, source, listed.astype(bool), waits.astype(bool))


def variants(scenario: Scenario, rules: Rules, name: str) -> Integers:
    """By part: the number of its class among those that have lists of their own; 0 for the others."""
    own = {each: at + 1 for at, each in enumerate(rules[name].part_classes)}
    classes = Coded.of(scenario.parts.part_class)
    number: Integers = np.array([own.get(each, 0) for each in classes.kinds], dtype=np.int64)
    return number[classes.codes]


def templates_of(scenario: Scenario, sites: Topology, rules: Rules, legs: Legs, name: str, at: Integers) -> Templates:
    """The lists of a class at some sites."""
    sourcing = legs.sourcing
    kinds = ["", *rules[name].part_classes]
    which = np.full((len(sites.names), len(kinds)), -1, dtype=np.int64)
    lists: list[tuple[list[Place], Place | None]] = []
    for site in at.tolist():
        for number, part_class in enumerate(kinds):
            which[site, number] = len(lists)
            where = sites.names[site]
            lists.append((sourcing.ask(name, where, part_class), sourcing.waits_at(name, where, part_class)))
    return flat(which, lists, sites)


def sisters_of(sites: Topology, legs: Legs, at: Integers) -> Templates:
    """The sisters of the sites that balance."""
    which = np.full((len(sites.names), 1), -1, dtype=np.int64)
    which[at, 0] = np.arange(len(at))
    names = [legs.sourcing.sisters(STOCK, sites.names[site]) for site in at.tolist()]
    lists: list[tuple[list[Place], Place | None]] = [([("lateral", each) for each in near], None) for near in names]
    return flat(which, lists, sites)


def flat(which: Integers, lists: list[tuple[list[Place], Place | None]], sites: Topology) -> Templates:
    """Lists by name as arrays; a place where lines wait without being asked stands behind the list."""
    rows: list[tuple[int, int, bool, bool]] = []
    start = [0]
    for places, wait in lists:
        named = [site for _, site in places]
        rows += [(KINDS[kind], sites.index.get(site, -1), True, (kind, site) == wait) for kind, site in places]
        if wait is not None and wait not in places:
            if wait[1] in named:  # found by another word
                at = start[-1] + named.index(wait[1])
                rows[at] = (*rows[at][:3], True)
            else:
                rows.append((KINDS[wait[0]], sites.index[wait[1]], False, True))
        start.append(len(rows))
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return Templates(which, np.array(start, dtype=np.int64), *table.T)


def laid_out(templates: Templates, variant: Integers, points: PointGrid, owner: int) -> tuple[Integers, ...]:
    """The lists of a class at every point that has one: the columns of Entries; sources without a point fall out."""
    which = templates.which[points.site, variant]
    here = np.flatnonzero(which >= 0)
    count = np.diff(templates.start)[which[here]]
    check_sources(int(count.sum()))
    point = np.repeat(here, count)
    first = np.repeat(templates.start[which[here]] - (np.cumsum(count) - count), count)
    at = first + np.arange(len(point))
    site, kind = templates.site[at], templates.kind[at]
    source = np.where(site >= 0, points.find(points.part[point], np.maximum(site, 0)), -1)
    kept = (source >= 0) | (kind == SUPPLIER_DIRECT)
    columns = (point, np.full(len(point), owner), kind, source, templates.listed[at], templates.waits[at])
    return tuple(column[kept] for column in columns)


def source_rows(
    scenario: Scenario, sites: Topology, points: PointGrid, rules: Rules, legs: Legs, entries: Entries, first: int
) -> Rows:
    """One SOURCES record an entry; ways are numbered from `first`."""
    rows = np.zeros(len(entries), SOURCES)
    part, site = points.part[entries.point], points.site[entries.point]
    sellers, seller = suppliers_at(scenario, sites, legs, part, site)
    names = [*sites.names, *sellers]
    origin = np.where(entries.source >= 0, points.site[entries.source], len(sites.names) + seller)
    leads = Coded.of(scenario.parts.lead_time)
    own = np.where(entries.source >= 0, -1, leads.codes[part])
    classes = [*rules, STOCK]
    shape = (len(names), len(sites.names), len(classes), SUPPLIER_DIRECT + 1, len(leads.kinds) + 1)
    key = np.ravel_multi_index((origin, site, entries.owner, entries.kind, own + 1), shape)
    distinct, which = np.unique(key, return_inverse=True)
    ends = np.stack(np.unravel_index(distinct, shape), axis=1)
    ways = [
        legs.find(names[a], sites.names[b], classes[c], kind, leads.kinds[lead - 1] if lead else None)
        for a, b, c, kind, lead in ends.tolist()
    ]
    rows["point"] = entries.source
    rows["way"] = np.array(ways, dtype=np.int64)[which] + first
    known = join_keys(name_key("way"), name_keys(scenario.parts.names))[part]
    journey = join_keys(join_keys(known, name_keys(names)[origin]), name_keys(sites.names)[site])
    rows["lane"] = join_keys(journey, name_keys([*rules, BALANCE])[entries.owner])
    return rows


def suppliers_at(
    scenario: Scenario, sites: Topology, legs: Legs, part: Integers, site: Integers
) -> tuple[list[str], Integers]:
    """The names of the suppliers, and who supplies each part at each site."""
    sellers = list(scenario.suppliers)
    index = {name: at for at, name in enumerate(sellers)} | {SUPPLIERS: -1}
    by_site = np.array([index[legs.sourcing.supplier(name)] for name in sites.names], dtype=np.int64)
    of_part = supplier_names(scenario)
    by_part = np.array([index.get(str(name), -1) for name in of_part.kinds], dtype=np.int64)[of_part.codes]
    return sellers, np.where(by_site[site] >= 0, by_site[site], by_part[part])
