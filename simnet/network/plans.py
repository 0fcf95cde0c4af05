"""Stock that is planned inside the run: stocking lists, and levels that the maker sets from what was asked.

A managed level is the smallest that serves the target share of the pieces at once, had as many pieces been asked before
as in the window: lines come one by one (Poisson) with the sizes that planners know, over the lead time and the review
of the point, as its own policy would reckon. Levels for 0, 1, 2, .. pieces stand in a table, one for points that
differ in nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.errors import Problem, SimnetError
from simnet.integers import Integers, Rows
from simnet.network.levels import Replenishment, alike, point_at
from simnet.network.rows import PLANS
from simnet.planning.fill import some, target_triggers
from simnet.planning.item import Items
from simnet.scenario.managed import Managed, PhaseIn, periods, planned_by
from simnet.streams import join_keys, name_key, name_keys
from simnet.units import MONTH

if TYPE_CHECKING:
    from simnet.network.grid import PointGrid
    from simnet.network.lanes import Lanes
    from simnet.network.planned import Planned
    from simnet.network.timetable import Timetable
    from simnet.network.topology import Topology
    from simnet.scenario.scenario import Scenario

OF = 4096
"""Chance is decided in so many parts."""
SHORTEST, LONGEST = 32, 4096
"""Entries of a table of levels; beyond, its slope."""


@dataclass(frozen=True)
class Rule:
    """How the stock of some points is planned."""

    phase_in: PhaseIn | None
    phase_out: int
    managed: Managed | None

    @property
    def period(self) -> int:
        """Minutes between plans."""
        if self.managed is not None:
            return self.managed.every
        return self.phase_in.every if self.phase_in is not None else MONTH

    @property
    def window(self) -> int:
        """Periods whose pieces decide the level."""
        return periods(self.managed.window, self.period) if self.managed is not None else 0

    @property
    def within(self) -> int:
        """Periods whose lines decide on listing."""
        return periods(self.phase_in.within, self.period) if self.phase_in is not None else 0


NOT_PLANNED = Rule(None, 0, None)


def rules_of(scenario: Scenario, sites: Topology, points: PointGrid) -> tuple[list[Rule], Integers]:
    """The distinct ways in which dealers' stock is planned, and that of each point; -1 where it is not."""
    stocking = scenario.stocking
    found = np.full(len(points), -1, dtype=np.int64)
    said = [stocking.default, *stocking.tiers.values(), *stocking.classes.values(), *stocking.sites.values()]
    if "managed" not in sites.stock and not any(
        planned_by(each.given(), "") != (None, 0, None) for each in (*said, *stocking.rules)
    ):
        return [], found
    rows = np.flatnonzero(np.isin(points.site, np.array(sites.dealers, dtype=np.int64)))
    part, site = points.part[rows], points.site[rows]
    names: dict[str, int] = {}
    stock = [names.setdefault(each, len(names)) for each in sites.stock]
    first, twin = alike(scenario, sites, part, site, np.array(stock, dtype=np.int64))
    index: dict[Rule, int] = {}
    which = []
    for at in first.tolist():
        point = point_at(scenario, sites, int(part[at]), int(site[at]))
        rule = Rule(*planned_by(stocking.settings(point), scenario.dealers[point.site].stock))
        which.append(-1 if rule == NOT_PLANNED else index.setdefault(rule, len(index)))
    found[rows] = np.array(which, dtype=np.int64)[twin] if len(rows) else -1
    return list(index), found


def plans_of(
    scenario: Scenario, sites: Topology, points: PointGrid, lanes: Lanes, demand: Planned, numbers: Replenishment,
    table: Timetable,
) -> tuple[Rows, Replenishment]:  # fmt: skip
    """PLANS, their tables of levels put into `table`, and the levels with which the planned points start."""
    rules, which = rules_of(scenario, sites, points)
    at = np.flatnonzero(which >= 0)
    refuse_acting(numbers, at)
    rows = np.zeros(len(at), PLANS)
    rows["point"] = at
    rows["trigger"], rows["up_to"] = numbers.trigger[at], numbers.up_to[at]
    base = join_keys(name_key("plan"), name_keys(scenario.parts.names))
    rows["key"] = join_keys(base[points.part[at]], name_keys(sites.names)[points.site[at]])
    trigger, up_to = numbers.trigger.copy(), numbers.up_to.copy()
    mean = np.array([size.mean for size in demand.sizes])[demand.size[at]]
    for number, rule in enumerate(rules):
        mine = np.flatnonzero(which[at] == number)
        group = Some(at[mine], demand, lanes.lead, numbers.review)
        rows[mine] = planned(rows[mine], rule, demand.rate[at[mine]], mean[mine])
        if rule.managed is not None:
            rows["levels"][mine], level = group.levels(rule.managed, rule.window, rows["sold"][mine], table)
            gap = np.where(level > 0, rows["up_to"][mine] - rows["trigger"][mine] - 1, 0)
            if rule.managed.accept > 0:  # who accepts nothing keeps his own
                trigger[at[mine]], up_to[at[mine]] = level - 1, level + gap
        if rule.phase_in is not None:
            expected = demand.rate[at[mine]] * rule.phase_in.within
            rows["starts"][mine] = (expected >= rule.phase_in.hits) & (up_to[at[mine]] > 0)
    off = at[rows["starts"] == 0]
    trigger[off], up_to[off] = -1, 0
    return rows, replace(numbers, trigger=trigger, up_to=up_to)


def refuse_acting(numbers: Replenishment, at: Integers) -> None:
    """A policy that decides inside the run has no levels to plan."""
    if set(numbers.acting) & set(at.tolist()):
        problem = "a dealer's list or levels are planned, but its policy decides inside the run"
        raise SimnetError(Problem(problem, path="stocking", remedy="give it a policy that sets levels"))


def planned(rows: Rows, rule: Rule, rate: Any, mean: Any) -> Rows:
    """The fields of PLANS that are alike for all points of a rule, and what was sold before minute 0."""
    values: dict[str, Any] = {
        "period": rule.period,
        "cells": max(rule.window, rule.within, 1),
        "window": rule.window,
        "hits": rule.phase_in.hits if rule.phase_in is not None else 0,
        "within": rule.within,
        "idle": -(-rule.phase_out // rule.period),
        "levels": -1,
        "accept": round(rule.managed.accept * OF) if rule.managed is not None else OF,
        "buy_back": int(rule.managed is not None and rule.managed.buy_back),
        "starts": 1,
        "sold": np.rint(rate * mean * rule.window * rule.period).astype(np.int64),
    }
    for name, value in values.items():
        rows[name] = value
    return rows


class Some:
    """Some points, and what their levels depend on."""

    def __init__(self, at: Integers, demand: Planned, lead: Integers, review: Integers) -> None:
        self.size, self.sizes, self.lead, self.review = demand.size[at], demand.sizes, lead[at], review[at]

    def levels(self, managed: Managed, window: int, sold: Integers, table: Timetable) -> tuple[Integers, Integers]:
        """The address of each point's table, and the level for what was sold before minute 0."""
        minutes = window * managed.every
        kinds = np.column_stack([self.lead, self.size, self.review, doubled(3 * sold)])
        pairs, twin = np.unique(kinds, axis=0, return_inverse=True)
        twin = twin.reshape(-1)
        tables = level_tables(pairs, self.sizes, managed.target, minutes)
        keys = [
            ("levels", lead, self.sizes[size], review, managed.target, minutes, reach)
            for lead, size, review, reach in pairs.tolist()
        ]
        address = [table.put(key, partial(np.asarray, each)) for key, each in zip(keys, tables, strict=True)]
        found = np.zeros(len(sold), dtype=np.int64)
        for number, each in enumerate(tables):
            mine = twin == number
            found[mine] = level_at(each, sold[mine])
        return np.array(address, dtype=np.int64)[twin], found


def doubled(numbers: Integers) -> Integers:
    """The power of two at or above each number: a point's table depends on no other point."""
    return np.asarray(2 ** np.ceil(np.log2(np.maximum(numbers, 1))).astype(np.int64))


def level_tables(pairs: Integers, sizes: Sequence[Any], target: float, minutes: int) -> list[Integers]:
    """By lead time, size, review and pieces to expect: the number of levels, the levels, and the slope beyond them."""
    length = np.clip(pairs[:, 3], SHORTEST, LONGEST)
    far = 2 * np.maximum(length, pairs[:, 3])
    pieces = [np.append(np.arange(count), end) for count, end in zip(length.tolist(), far.tolist(), strict=True)]
    which = np.repeat(np.arange(len(pairs)), length + 1)
    mean = np.array([size.mean for size in sizes])[pairs[which, 1]]
    items = Items.of(
        np.concatenate(pieces) / mean / minutes,
        sizes=sizes,
        size=pairs[which, 1],
        lead_mean=pairs[which, 0].astype(float),
    )
    level = np.ones(len(which), dtype=np.int64)
    for review in np.unique(pairs[:, 2]).tolist():
        rows = np.flatnonzero(pairs[which, 2] == review)
        level[rows] += target_triggers(some(items, rows), target, review, np.ones(len(rows), dtype=np.int64))
    found, start = [], 0
    for count, end in zip(length.tolist(), far.tolist(), strict=True):
        own = level[start : start + count + 1]
        slope = -(-(own[-1] - own[-2]) * OF // (end - count + 1))
        found.append(np.array([count, *own[:-1], slope], dtype=np.int64))
        start += count + 1
    return found


def level_at(table: Integers, units: Integers) -> Integers:
    """The level for so many pieces: what `level_for` of the rules finds."""
    size = int(table[0])
    beyond = table[size] - (-(units - size + 1) * table[size + 1] // OF)
    return np.asarray(np.where(units < size, table[1 + np.minimum(units, size - 1)], beyond))
