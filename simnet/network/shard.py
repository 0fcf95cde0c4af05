"""Shards: parts that never meet, a few hundred small worlds at a time, so that memory follows the shard."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from simnet.integers import Integers, Rows
from simnet.network.joint import spans
from simnet.network.network import Network

LINES_A_SHARD = {"compiled": 150_000, "simpy": 20_000}
"""Demand lines that a shard may have, by the clock that replays it: so few that what two workers hold of it does not
crowd the processor's caches, and many enough that laying it out weighs nothing."""


def lines_of_parts(network: Network) -> Any:
    """Demand lines to be expected of each part in one replication (float64)."""
    expected = np.zeros(network.parts)
    for block in network.streams:
        rate = block.moments().rate
        expected += np.bincount(block.targets.part, weights=rate * network.horizon, minlength=network.parts)
    return expected


def even(wanted: float) -> int:
    """At least so many, and an even number: two workers end together, and so do more where there are many."""
    return 1 if wanted <= 1 else 2 * math.ceil(wanted / 2)


def shards(network: Network, lines: int) -> Iterator[tuple[int, int]]:
    """Runs of parts (first, and one after the last) of one size, at most `lines` expected demand lines, in order."""
    expected = lines_of_parts(network)
    expected += np.diff(network.part_start) * 0.5  # points cost too, even where nobody asks
    upto, count = np.cumsum(expected), even(expected.sum() / max(lines, 1))
    shard = ((upto - expected / 2) * (count / max(expected.sum(), 1))).astype(np.int64)
    edges = [0, *whole_groups(network, np.flatnonzero(np.diff(shard)) + 1), network.parts]
    for first, last in zip(edges[:-1], edges[1:], strict=True):
        if last > first:
            yield first, last


def whole_groups(network: Network, edges: Integers) -> list[int]:
    """Edges between shards moved up to where no job and no shared order has parts on both sides."""
    crossed = np.zeros(network.parts + 2, dtype=np.int64)
    met = [block.model.spans(block.targets) for block in network.streams if hasattr(block.model, "spans")]
    for low, high in [*met, spans(network)]:
        np.add.at(crossed, low + 1, 1)
        np.add.at(crossed, high + 1, -1)
    free = np.flatnonzero(np.cumsum(crossed)[: network.parts + 1] == 0)
    return [int(edge) for edge in np.unique(free[np.searchsorted(free, edges)]) if edge < network.parts]


def cut(network: Network, first: int, last: int) -> Network:
    """The parts `first` to `last` (not included) as a network of their own, also of one that was cut before.

    Part numbers stay those of the whole.
    """
    at_first, at_last = first - network.first_part, last - network.first_part
    if (at_first, at_last) == (0, len(network.part_start) - 1):
        return network
    low, high = int(network.part_start[at_first]), int(network.part_start[at_last])
    points = network.points[low:high].copy()
    points["source"] = np.where(points["source"] >= 0, points["source"] - low, -1)
    flow = cut_flow(network, points, low, high)
    asked = with_demand_of(network, first, last)
    return replace(
        asked,
        points=points,
        part_start=network.part_start[at_first : at_last + 1] - low,
        first_part=first,
        stream_points=tuple(where - low for where in asked.stream_points),
        **flow,
    )


def with_demand_of(network: Network, first: int, last: int) -> Network:
    """The network, all of it, but that nobody asks for other parts than `first` to `last` (not included)."""
    streams, at = [], []
    for block, where in zip(network.streams, network.stream_points, strict=True):
        rows = np.flatnonzero((block.targets.part >= first) & (block.targets.part < last))
        streams.append(replace(block, targets=block.targets.take(rows), base=block.base[rows]))
        at.append(where[rows])
    return replace(network, streams=tuple(streams), stream_points=tuple(at))


def cut_flow(network: Network, points: Rows, low: int, high: int) -> dict[str, Any]:
    """Terms, sourcing lists and plans of the points `low` to `high`, whose rows are made to fit; ways stay whole."""
    flow: dict[str, Any] = {}
    if len(network.terms):
        classes = len(network.order_classes)
        first, last = (source_at(network, point * classes) for point in (low, high))
        flow["terms"] = terms = network.terms[low * classes : high * classes].copy()
        flow["sources"] = sources = network.sources[first:last].copy()
        terms["source"] -= first
        terms["wait_at"] -= np.where(terms["wait_at"] >= 0, first, 0)
        points["lateral"] -= first
        sources["point"] -= np.where(sources["point"] >= 0, low, 0)
    if len(network.plans):
        first, last = np.searchsorted(network.plans["point"], (low, high)).tolist()
        flow["plans"] = plans = network.plans[first:last].copy()
        plans["point"] -= low
        points["plan"] -= np.where(points["plan"] >= 0, first, 0)
    return flow


def source_at(network: Network, term: int) -> int:
    """Where the sourcing lists of a row of TERMS begin: addresses rise from row to row."""
    return int(network.terms["source"][term]) if term < len(network.terms) else len(network.sources)
