"""Rows of demand laid over sites: at which sites each row is asked, all of its places or some drawn by share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.demand.drawn_sites import drawn_sites
from simnet.streams import join_keys, name_key, name_keys

if TYPE_CHECKING:
    from simnet.integers import Integers
    from simnet.network.topology import Topology


@dataclass(frozen=True)
class Rows:
    """Rows of demand before sites are known, one entry a row."""

    part: Integers
    kind: Integers
    """Index into `places`."""
    places: Sequence[Integers]
    """Sites at which a row of each kind may be asked."""
    asking: Any = 0
    """How many of them ask, one number or one a row; 0: all."""


def laid_out(rows: Rows, part_names: Sequence[str], sites: Topology) -> tuple[Integers, Integers, Integers]:
    """Part, site and row of every pair in which a row is asked at a site, sorted by row (law 4.4)."""
    asking = np.broadcast_to(np.asarray(rows.asking, dtype=np.int64), rows.part.shape)
    whole = np.flatnonzero(asking == 0)
    row, site = everywhere(rows.kind[whole], rows.places)
    found = [(whole[row], site)]
    some = np.flatnonzero(asking > 0)
    if len(some):
        part_key = join_keys(name_key("sites"), name_keys(part_names))[rows.part[some]]
        site_key, share = name_keys(sites.names), np.array(sites.share)
        for kind in np.unique(rows.kind[some]).tolist():
            here, at = np.flatnonzero(rows.kind[some] == kind), rows.places[kind]
            row, place = drawn_sites(part_key[here], site_key[at], share[at], asking[some[here]])
            found.append((some[here[row]], at[place]))
    row, site = (np.concatenate(column) for column in zip(*found, strict=True))
    if sum(len(each) > 0 for each, _ in found) > 1:
        order = np.argsort(row, kind="stable")
        row, site = row[order], site[order]
    return rows.part[row], site, row


def everywhere(kind: Integers, places: Sequence[Integers]) -> tuple[Integers, Integers]:
    """Row and site of every row at all places of its kind."""
    size = np.array([len(each) for each in places], dtype=np.int64)
    flat = np.concatenate([np.zeros(0, np.int64), *places])
    first, count = (np.cumsum(size) - size)[kind], size[kind]
    row = np.repeat(np.arange(len(kind)), count)
    step = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return row, flat[first[row] + step]
