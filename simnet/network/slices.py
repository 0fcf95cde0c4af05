"""Slices: some parts of a scenario as a scenario of their own, so that a catalog need never be built whole.

Chance is keyed by names and parts never meet, but in jobs and on shared orders: a slice of a network is what the whole
network has of its parts, to the last integer, and memory follows the largest slice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from simnet.codes import Coded
from simnet.demand.history import History
from simnet.integers import Integers
from simnet.network.shard import even

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simnet.network.network import Network
    from simnet.scenario.scenario import Scenario

T = TypeVar("T")

PROBED = 400
"""Parts that are built to estimate what all of them come to."""
SLICE_POINTS, SLICE_LINES = 250_000, 1_500_000
"""Stocking points and demand lines of a replication that a slice should have: some 500 MB, a few seconds."""


SLICE = 1_000_000
"""The weight of a slice."""


@dataclass(frozen=True)
class Size:
    """What parts come to: stocking points, and demand lines of one replication."""

    points: float
    lines: float

    @property
    def work(self) -> float:
        """Work in demand lines; opening a stocking point weighs as much as two."""
        return self.lines + 2 * self.points


def of_parts(rows: Mapping[tuple[str, str], T], names: set[str]) -> dict[tuple[str, str], T]:
    """The rows of some parts, of a table by (site, part)."""
    return {key: row for key, row in rows.items() if key[1] in names}


def meet_in(group: Integers, parts: Integers) -> None:
    """Make one group of those that some parts are in."""
    joined = np.isin(group, group[parts])
    group[joined] = group[joined].min(initial=len(group))


def shared_orders(scenario: Scenario) -> Iterator[Integers]:
    """The parts that share orders at each supplier that wants them to be worth something."""
    from simnet.network.lanes import supplier_names

    sites = (*scenario.warehouses, *scenario.dealers)
    own = supplier_names(scenario)
    for name, seller in scenario.suppliers.items():
        if not seller.minimum_order_value:
            continue
        if any(scenario.source_of(site) == name for site in sites):
            yield np.arange(len(scenario.parts))
        else:
            mine = np.array([kind == name for kind in own.kinds], dtype=bool)
            yield np.flatnonzero(mine[own.codes])


class Slicer:
    """Cuts a scenario into slices by its parts; `own` are Python objects as `build` takes them."""

    def __init__(self, scenario: Scenario, own: Any = None) -> None:
        self.scenario = scenario
        self.own = own

    def slice(self, parts: Integers) -> Scenario:
        """The scenario with some of its parts, by their numbers in the catalog; it has left its files behind."""
        whole = self.trunk
        names = {whole.parts.names[part] for part in parts.tolist()}
        kept: dict[str, Any] = {
            "parts": whole.parts.take(parts),
            "demand": tuple(self.entry(number, parts, names) for number in range(len(whole.demand))),
        }
        if len(whole.stocking.levels):
            levels = replace(whole.stocking.levels, rows=of_parts(whole.stocking.levels.rows, names), marks={})
            kept["stocking"] = whole.stocking.model_copy(update={"levels": levels})
        if whole.opening is not None:
            kept["opening"] = replace(whole.opening, rows=of_parts(whole.opening.rows, names), marks={})
        return whole.model_copy(update=kept)

    @cached_property
    def trunk(self) -> Scenario:
        """The scenario that has left its files behind, and what its slices have in common."""
        return self.scenario.trunk()

    def entry(self, number: int, parts: Integers, names: set[str]) -> Any:
        """An entry of `demand:` for some parts."""
        entry = self.scenario.demand[number]
        rows = self.rows[number]
        if rows is not None:
            order, sorted_parts = rows
            low, high = np.searchsorted(sorted_parts, parts), np.searchsorted(sorted_parts, parts, side="right")
            found = [order[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)]
            chosen = np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)
            return entry.model_copy(update={"table": entry.rows.take(chosen)})
        history = getattr(entry, "orders", None)
        if isinstance(history, History):
            entry = entry.model_copy(update={"orders": history.of_parts(names)})
        named = getattr(entry, "chosen_parts", None)
        if named is None or getattr(entry, "in_jobs", False):
            return entry
        return entry.model_copy(update={"part": tuple(name for name in named if name in names), "parts": None})

    @cached_property
    def rows(self) -> list[tuple[Integers, Integers] | None]:
        """By entry of `demand:` the rows of its table in the order of their parts, and those parts."""
        index = self.scenario.parts.index
        found: list[tuple[Integers, Integers] | None] = []
        for entry in self.scenario.demand:
            rows = getattr(entry, "rows", None)
            if rows is None:
                found.append(None)
                continue
            part = np.array([index[name] for name in rows.part], dtype=np.int64)
            order = np.argsort(part, kind="stable")
            found.append((order, part[order]))
        return found

    @cached_property
    def groups(self) -> Integers:
        """The group of each part: parts that meet are in one, whose number is that of its first part."""
        index = self.scenario.parts.index
        group = np.arange(len(self.scenario.parts))
        for entry in self.scenario.demand:
            if getattr(entry, "in_jobs", False):
                meet = np.array([index[name] for name in entry.part_names if name in index], dtype=np.int64)
                meet_in(group, meet)
        for meet in shared_orders(self.scenario):
            meet_in(group, meet)
        return group

    @cached_property
    def probed(self) -> Integers:
        """Some parts that stand evenly through the catalog."""
        count = len(self.scenario.parts)
        return np.unique(np.linspace(0, count - 1, min(PROBED, count)).astype(np.int64))

    @cached_property
    def probe(self) -> Network:
        """Their network."""
        from simnet.network.build import build

        return build(self.slice(self.probed), self.own, some=True)

    @cached_property
    def sizes(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Stocking points and demand lines of each part that was probed."""
        from simnet.network.shard import lines_of_parts

        return np.diff(self.probe.part_start).astype(np.float64), lines_of_parts(self.probe)

    @cached_property
    def size(self) -> Size:
        """What all parts come to, judged by those that were probed."""
        scale = len(self.scenario.parts) / max(self.probe.parts, 1)
        return Size(*(float(each.sum()) * scale for each in self.sizes))

    @cached_property
    def kind(self) -> Coded[str]:
        """The class of each part."""
        return Coded.of(self.scenario.parts.part_class)

    def weights(self) -> Integers:
        """What each part is of a slice, in millionths, judged by those of its class that were probed, and by one like
        all. Integers: an interrupted study must find its slices again, on whatever machine."""
        room = np.maximum(self.sizes[0] / SLICE_POINTS, self.sizes[1] / SLICE_LINES)
        code, kinds = self.kind.codes[self.probed], len(self.kind.kinds)
        total = np.bincount(code, weights=room, minlength=kinds) + room.mean()
        weight = np.rint(SLICE * total / (np.bincount(code, minlength=kinds) + 1)).astype(np.int64)
        return np.asarray(np.maximum(weight, 1)[self.kind.codes])

    def cuts(self, parts: int = 0) -> list[Integers]:
        """The parts of each slice; `parts` of them each, or as many as make a slice of a good size. Groups stay.

        Parts of one class are cut together, and stand together in a slice: of the months of all places, a slice has
        those of few classes, which the cache of a processor holds.
        """
        kind, group = self.kind.codes, self.groups
        weight = np.full(len(group), 2) if parts else self.weights()
        whole = 2 * parts if parts else -(-int(weight.sum()) // even(weight.sum() / SLICE))
        order = np.lexsort((group, kind[group]))  # stable: members of a group as in the catalog
        number = (np.cumsum(weight[order]) - (weight[order] + 1) // 2) // whole
        starts = np.flatnonzero(np.diff(group[order], prepend=-1))
        number = np.repeat(number[starts], np.diff(starts, append=len(group)))  # never within a group
        found = [np.sort(each) for each in np.split(order, np.flatnonzero(np.diff(number)) + 1)]
        return [each[np.argsort(kind[each], kind="stable")] for each in found]
