"""The order flow of a network: terms, sourcing lists, ways, pushes and pools. Empty where a scenario uses none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.demand.block import StreamBlock
from simnet.integers import Integers, Rows, distinct
from simnet.network.classes import Rules
from simnet.network.rows import TERMS
from simnet.network.sourcing import Entries, entries_of, source_rows
from simnet.network.terms import Meeting, meeting_of
from simnet.network.times import SiteHours
from simnet.network.timetable import Timetable, table_of
from simnet.network.ways import Legs, modes_of, shaped, way_rows
from simnet.scenario.order_classes import STOCK
from simnet.scenario.sourcing import Sourcing
from simnet.streams import join_keys, name_key, name_keys

if TYPE_CHECKING:
    from simnet.network.grid import PointGrid
    from simnet.network.network import Network
    from simnet.network.topology import Topology
    from simnet.scenario.scenario import Scenario


def order_flow(
    scenario: Scenario, sites: Topology, points: PointGrid, rules: Rules, hours: SiteHours, network: Network
) -> dict[str, Any]:
    """The fields of the Network that hold the order flow; the rows of its points are filled in."""
    rows = network.points
    write_sites(rows, sites, hours.table)
    sourcing = scenario.sourcing if rules.keys() == scenario.order_classes.keys() else Sourcing(scenario, rules)
    legs = Legs(sourcing)
    asked = {name: askers(name, sites, network.streams) for name in rules}
    entries = entries_of(scenario, sites, points, rules, legs, asked)
    meeting = meeting_of(scenario, sites, points, rules)
    if not len(entries) and meeting.plain:
        rows["balance"] = 0  # nobody has a sister
        return {}
    sources = source_rows(scenario, sites, points, rules, legs, entries, len(network.ways))
    modes = modes_of(scenario, rules)
    ways = way_rows(legs.legs, len(network.ways), sites.index, list(rules), modes)
    shapes = shaped(ways, legs.legs, network.shapes)
    hours.fill(ways, legs.ends)
    if meeting.will_fit.any():
        parts = join_keys(name_key("will-fit"), name_keys(scenario.parts.names))
        rows["fickle"] = join_keys(parts[points.part], name_keys(sites.names)[points.site])
    terms = term_rows(rows, entries, meeting, len(rules))
    return {
        "queues": meeting.queues,
        "terms": terms,
        "sources": sources,
        "ways": np.concatenate([network.ways, ways]),
        "modes": tuple(modes) if len(ways) else (),
        "shapes": shapes,
    }


def askers(name: str, sites: Topology, streams: tuple[StreamBlock, ...]) -> Integers:
    """The sites at which lines of a class are asked: dealers, and where its demand is; of stock, who has a source."""
    if name == STOCK:
        return np.flatnonzero(sites.parent >= 0)
    found = [block.targets.site for block in streams if getattr(block.model, "order_class", "day") == name]
    return distinct(np.concatenate([np.array(sites.dealers, dtype=np.int64), *found]))


def term_rows(rows: Rows, entries: Entries, meeting: Meeting, classes: int) -> Rows:
    """One TERMS record a point and class; the sisters of points are written into their rows.

    Addresses rise from point to point, also where a list is empty, so that a shard can cut its own.
    """
    terms = np.zeros(len(rows) * classes, TERMS)
    owner = entries.point * (classes + 1) + entries.owner
    count = np.bincount(owner, minlength=len(rows) * (classes + 1))
    start = (np.cumsum(count) - count).reshape(len(rows), classes + 1)
    listed = np.bincount(owner, weights=entries.listed, minlength=len(rows) * (classes + 1))
    listed = listed.astype(np.int64).reshape(len(rows), classes + 1)
    terms["source"] = start[:, :classes].reshape(-1)
    terms["sources"] = listed[:, :classes].reshape(-1)
    terms["wait_at"] = -1
    waits = np.flatnonzero(entries.waits)
    terms["wait_at"][entries.point[waits] * classes + entries.owner[waits]] = waits
    for name in ("reserve", "queue", "will_fit"):
        terms[name] = getattr(meeting, name).reshape(-1)
    rows["lateral"], rows["laterals"] = start[:, classes], listed[:, classes]
    rows["balance"] = np.where(rows["laterals"] > 0, rows["balance"], 0)
    return terms


def write_sites(rows: Rows, sites: Topology, table: Timetable) -> None:
    """Fair shares, balancing, and pushes with the points to push to."""
    of_site = {"fair": sites.allocated("fair share"), "balance": sites.balance, "push": sites.push}
    site = np.ascontiguousarray(rows["site"])
    for name, column in of_site.items():
        if column.any():
            rows[name] = column[site]
    if of_site["push"].any():
        write_children(rows, of_site["push"][site], table)


def write_children(rows: Rows, pushes: Any, table: Timetable) -> None:
    """The points that each pushing point refills, as distances from it; equal lists stand in the table once."""
    child = np.flatnonzero(rows["source"] >= 0)
    child = child[pushes[rows["source"][child]]]
    child = child[np.argsort(rows["source"][child], kind="stable")]
    parent = np.flatnonzero(pushes)
    first = np.searchsorted(rows["source"][child], parent)
    last = np.searchsorted(rows["source"][child], parent, "right")
    for here, low, high in zip(parent.tolist(), first.tolist(), last.tolist(), strict=True):
        steps = child[low:high] - here
        rows["children"][here] = table.put(("children", steps.tobytes()), partial(table_of, steps))
