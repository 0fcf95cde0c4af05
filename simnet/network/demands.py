"""Demand entries laid over parts and sites: one stream a part and site that may ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.demand.block import StreamBlock, Targets, make_blocks
from simnet.network.asking import Rows, laid_out
from simnet.network.openings import in_hours

if TYPE_CHECKING:
    from simnet.integers import Integers
    from simnet.network.topology import Topology
    from simnet.scenario.scenario import Scenario


def blocks_of(scenario: Scenario, sites: Topology, own: Sequence[Any] = ()) -> list[StreamBlock]:
    """One block of streams a demand entry, keyed by names; `own` are demand models given as Python objects."""
    entries = [(entry, targets_of(entry, scenario, sites)) for entry in (*scenario.demand, *own)]
    return make_blocks(in_hours(entries, scenario, sites))


def targets_of(entry: Any, scenario: Scenario, sites: Topology) -> Targets:
    """Which parts at which sites an entry of `demand:` is about."""
    history, rows = getattr(entry, "history", None) or getattr(entry, "wanted", None), getattr(entry, "rows", None)
    row: Integers | None = None
    if history is not None:
        part, site = of_history(history, entry, scenario, sites)
    elif rows is not None:
        part, site, row = laid_out(of_rows(rows, entry, scenario, sites), scenario.parts.names, sites)
    else:
        part, site, _ = laid_out(of_parts(entry, scenario, sites), scenario.parts.names, sites)
    share = np.array(sites.share)[site]
    return Targets(part, site, share, scenario.parts.names, sites.names, row)


def chosen_parts(entry: Any, scenario: Scenario) -> Integers:
    """The parts that an entry names, by name or class; all parts if it names none."""
    parts = scenario.parts
    named = getattr(entry, "chosen_parts", None)
    chosen = range(len(parts)) if named is None else [parts.index[name] for name in named]
    classes = getattr(entry, "part_class", None)
    if classes is not None:
        chosen = [row for row in chosen if parts.part_class[row] in classes]
    return np.array(list(chosen), dtype=np.int64)


def crossed(parts: Integers, places: Integers) -> tuple[Integers, Integers]:
    """Every part at every place."""
    return np.repeat(parts, len(places)), np.tile(places, len(parts))


def of_parts(entry: Any, scenario: Scenario, sites: Topology) -> Rows:
    """One row a part, for the sites that the entry names."""
    part = chosen_parts(entry, scenario)
    places = np.array(sites.places(getattr(entry, "at", ("dealers",))), dtype=np.int64)
    return Rows(part, np.zeros_like(part), [places], getattr(entry, "asking", 0))


def of_rows(rows: Any, entry: Any, scenario: Scenario, sites: Topology) -> Rows:
    """The rows of a table; where its `at` is blank, the sites that the entry names."""
    index = scenario.parts.index
    part = np.array([index[name] for name in rows.part], dtype=np.int64)
    named = [sites.places((name,) if name else entry.at) for name in rows.at.kinds]
    return Rows(part, rows.at.codes, [np.array(each, dtype=np.int64) for each in named], entry.asking)


def of_history(history: Any, entry: Any, scenario: Scenario, sites: Topology) -> tuple[Integers, Integers]:
    """A part of the history at its own sites, or at all of `at` where the history names none."""
    chosen = set(chosen_parts(entry, scenario).tolist())
    index = [scenario.parts.index.get(name, -1) for name in history.part_names]
    known = np.array([row if row in chosen else -1 for row in index], dtype=np.int64)
    if not history.site_names:
        part, site = crossed(known[known >= 0], np.array(sites.places(entry.at), dtype=np.int64))
        return part, site
    at = np.array([sites.index.get(name, -1) for name in history.site_names], dtype=np.int64)
    pairs = np.unique(np.stack([known[history.part], at[history.site]], axis=1), axis=0)
    pairs = pairs[(pairs >= 0).all(axis=1)]
    return pairs[:, 0].copy(), pairs[:, 1].copy()
