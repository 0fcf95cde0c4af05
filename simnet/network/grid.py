"""Which parts stand at which sites: the sparse set of stocking points, sorted by part and from the supplier down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simnet.integers import distinct

if TYPE_CHECKING:
    from simnet.integers import Integers
    from simnet.network.topology import Topology


@dataclass(frozen=True)
class PointGrid:
    """Part and site of every stocking point, and how to find a point again."""

    part: Integers
    site: Integers
    codes: Integers
    """part x sites + rank of the site, sorted."""
    rank: Integers
    """Sites ranked by depth, so that within a part a source comes before those it refills."""
    parts: int
    """Number of parts in the catalog, with or without points."""

    def __len__(self) -> int:
        return len(self.part)

    def find(self, part: Integers, site: Integers) -> Integers:
        """The points of parts at sites; -1 where there is none."""
        code = part * len(self.rank) + self.rank[site]
        at = np.minimum(np.searchsorted(self.codes, code), max(len(self.codes) - 1, 0))
        return np.where(self.codes[at] == code, at, -1) if len(self.codes) else np.full(len(code), -1)

    @property
    def part_start(self) -> Integers:
        """Points of part p: part_start[p] to part_start[p + 1]."""
        return np.searchsorted(self.part, np.arange(self.parts + 1)).astype(np.int64)


def grid_of(part: Integers, site: Integers, sites: Topology, parts: int) -> PointGrid:
    """The points (part, site) and every site above them."""
    order = np.lexsort((np.arange(len(sites.names)), sites.depth))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    codes = [distinct(part * len(order) + rank[site])]
    while len(codes[-1]):
        above = sites.parent[order[codes[-1] % len(order)]]
        kept = above >= 0
        codes.append(distinct((codes[-1] // len(order) * len(order))[kept] + rank[above[kept]]))
    found = distinct(np.concatenate(codes))
    return PointGrid(found // len(order), order[found % len(order)], found, rank, parts)
