"""What planners know of the demand at each point: the customers' lines that pass it, and their sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from simnet.demand.block import StreamBlock
    from simnet.integers import Integers
    from simnet.network.grid import PointGrid
    from simnet.network.topology import Topology


@dataclass(frozen=True)
class MixedSize:
    """The size of a line that is one of several kinds, each with its share of the lines."""

    sizes: tuple[Any, ...]
    shares: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Pieces on a line, on average."""
        return float(sum(share * size.mean for share, size in zip(self.shares, self.sizes, strict=True)))

    def tail(self, size: int) -> float:
        """The chance of more pieces, or less than it where not all kinds know theirs."""
        known = (share * each.tail(size) for share, each in zip(self.shares, self.sizes, strict=True)
                 if hasattr(each, "tail"))  # fmt: skip
        return sum(known, 0.0)

    def pmf(self, n_max: int) -> Any:
        """Chance of each size, index = size, up to `n_max` pieces."""
        return sum(share * size.pmf(n_max) for share, size in zip(self.shares, self.sizes, strict=True))


@dataclass(frozen=True)
class Planned:
    """Demand by point, one entry a point."""

    rate: Any
    """Lines a minute (float64)."""
    size: Integers
    """Index into `sizes`."""
    sizes: list[Any]
    period: Any
    """Minutes of the period with at most one line, where one such stream is all the demand; else 0."""
    chance: Any
    surcharge: Any
    """Share of the price that a line costs more when it is passed on, on average (float64)."""


def planned_demand(
    blocks: list[StreamBlock], points: PointGrid, sites: Topology, surcharge: Mapping[str, float] | None = None
) -> Planned:
    """Sum the streams at their sites and at every site above them; `surcharge` is that of each order class.

    A point that more than one stream reaches is planned as if its lines came one by one (Poisson).
    """
    sizes: dict[Any, int] = {}
    part, site, rate, size, period, chance = (np.concatenate(column) for column in columns_of(blocks, sizes))
    at, stream = reached(points.find(part, site), points, sites)
    first = np.full(len(points), -1, dtype=np.int64)
    first[at[::-1]] = stream[::-1]
    alone = (np.bincount(at, minlength=len(points)) == 1) & (first >= 0)
    total = np.bincount(at, weights=rate[stream], minlength=len(points))
    which, known = sizes_at(at, size[stream], rate[stream], list(sizes), len(points))
    return Planned(
        rate=total,
        size=which,
        sizes=known,
        period=np.where(alone, np.append(period, 0.0)[first], 0.0),
        chance=np.where(alone, np.append(chance, 0.0)[first], 0.0),
        surcharge=mean_surcharge(blocks, surcharge or {}, at, stream, rate, total),
    )


def mean_surcharge(
    blocks: list[StreamBlock], surcharge: Mapping[str, float], at: Integers, stream: Integers, rate: Any, total: Any
) -> Any:
    """The surcharge of the lines that pass each point, weighted by their rates."""
    if not any(surcharge.values()):
        return np.zeros(len(total))
    shares = [surcharge.get(getattr(block.model, "order_class", "day"), 0.0) for block in blocks]
    share = np.repeat(shares, [len(block) for block in blocks])
    paid = np.bincount(at, weights=(rate * share)[stream], minlength=len(total))
    return np.divide(paid, total, out=np.zeros(len(total)), where=total > 0)


def columns_of(blocks: list[StreamBlock], sizes: dict[Any, int]) -> list[list[Any]]:
    """Part, site, rate, size, period and chance of all streams, a list of arrays each."""
    columns: list[list[Any]] = [[np.zeros(0, np.int64)] for _ in range(6)]
    for block in blocks:
        moments = block.moments()
        found = size_index(moments, sizes)
        none = np.zeros(len(block))
        chance = none if moments.chance is None else moments.chance
        period = none + (moments.period or 0.0)
        row = (block.targets.part, block.targets.site, moments.rate, found, period, chance)
        for column, values in zip(columns, row, strict=True):
            column.append(values)
    return columns


def size_index(moments: Any, sizes: dict[Any, int]) -> Integers:
    """The index in `sizes` of each stream's size; equal sizes share one."""
    if moments.size is not None:
        return np.full(len(moments.rate), sizes.setdefault(moments.size, len(sizes)), dtype=np.int64)
    _, first, twin = np.unique(moments.size_mean, return_index=True, return_inverse=True)
    kinds = [sizes.setdefault(moments.size_of(int(stream)), len(sizes)) for stream in first]
    return np.array(kinds, dtype=np.int64)[twin]


def reached(at: Integers, points: PointGrid, sites: Topology) -> tuple[Integers, Integers]:
    """Point and stream of every pair in which the stream's lines pass the point."""
    stream = np.flatnonzero(at >= 0)
    found, streams = [at[stream]], [stream]
    while len(stream):
        above = sites.parent[points.site[found[-1]]]
        kept = above >= 0
        stream = streams[-1][kept]
        found.append(points.find(points.part[found[-1][kept]], above[kept]))
        streams.append(stream)
    return np.concatenate(found), np.concatenate(streams)


def sizes_at(at: Integers, size: Integers, rate: Any, sizes: list[Any], points: int) -> tuple[Integers, list[Any]]:
    """The size of the lines at each point: one of `sizes`, or a mixture by rates."""
    if not sizes:
        from simnet.planning.item import OnePiece

        return np.zeros(points, dtype=np.int64), [OnePiece()]
    which = np.zeros(points, dtype=np.int64)
    which[at] = size
    if (which[at] == size).all():
        return which, sizes
    pairs, pair = np.unique(at * len(sizes) + size, return_inverse=True)
    weight = np.bincount(pair, weights=rate)
    point, kind = pairs // len(sizes), pairs % len(sizes)
    which[point] = kind
    mixed: dict[Any, int] = {}
    for here in np.flatnonzero(np.bincount(point, minlength=points) > 1).tolist():
        low, high = np.searchsorted(point, (here, here + 1))
        total = weight[low:high].sum()
        if total > 0:
            shares = tuple(np.round(weight[low:high] / total, 12).tolist())
            mix = MixedSize(tuple(sizes[each] for each in kind[low:high]), shares)
            which[here] = len(sizes) + mixed.setdefault(mix, len(mixed))
    return which, sizes + list(mixed)
