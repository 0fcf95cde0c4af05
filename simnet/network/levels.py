"""Stocking policies asked for their levels, all points that share a policy at once (law 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.codes import Coded
from simnet.integers import kinds_of
from simnet.planning.item import Items
from simnet.policy import levels_for
from simnet.policy.base import StockingPolicy
from simnet.scenario.stocking import Point

if TYPE_CHECKING:
    from simnet.integers import Integers
    from simnet.network.grid import PointGrid
    from simnet.network.lanes import Lanes
    from simnet.network.planned import Planned
    from simnet.network.topology import Topology
    from simnet.scenario.scenario import Scenario

ANY_TIME = 1 << 40
"""The trigger of a policy that acts inside the run: it is asked after every change."""


@dataclass(frozen=True)
class Replenishment:
    """The numbers of law 7, one entry a point."""

    trigger: Integers
    up_to: Integers
    lot: Integers
    review: Integers
    acting: dict[int, Any]
    """Policies that decide inside the run, by point."""


def policies_of(scenario: Scenario, sites: Topology, part: Integers, site: Integers) -> tuple[list[Any], Integers]:
    """The distinct policies, and the one of each (part, site)."""
    stocking, parts = scenario.stocking, scenario.parts
    first, twin = alike(scenario, sites, part, site)

    def policy(at: int) -> Any:
        return stocking.policy(point_at(scenario, sites, int(part[at]), int(site[at])))

    found: dict[int, int] = {}
    policies: list[Any] = []

    def index(at: int) -> int:
        own = policy(at)
        if id(own) not in found:
            found[id(own)] = len(policies)
            policies.append(own)
        return found[id(own)]

    which = np.array([index(at) for at in first.tolist()], dtype=np.int64)[twin]
    if len(stocking.levels):
        named = {(sites.index.get(s, -1), parts.index.get(p, -1)) for s, p in stocking.levels.rows}
        for at, pair in enumerate(zip(site.tolist(), part.tolist(), strict=True)):
            if pair in named:
                which[at] = index(at)
    return policies, which


def alike(
    scenario: Scenario, sites: Topology, part: Integers, site: Integers, apart: Integers | None = None
) -> tuple[Integers, Integers]:
    """Points of the same settings, a table of levels left aside: the first of each group, and each point's group.

    Sites of one tier without settings of their own are alike; `apart` may hold a number by site that tells them apart.
    """
    classes = Coded.of(scenario.parts.part_class)
    own = np.zeros(len(sites.names), dtype=bool)
    own[[sites.index[name] for name in scenario.stocking.sites if name in sites.index]] = True
    kind = np.where(own, len(sites.tiers) + np.arange(len(own)), sites.tier)
    if apart is not None:
        kind = kind * (int(apart.max(initial=0)) + 1) + apart
    _, _, kind = np.unique(kind, return_index=True, return_inverse=True)
    rule = rule_of(scenario, sites, part, site)
    shape = (len(scenario.stocking.rules) + 1, int(kind.max(initial=0)) + 1, max(len(classes.kinds), 1))
    code = np.ravel_multi_index((rule + 1, kind[site], classes.codes[part]), shape)
    _, first, twin = kinds_of(np.asarray(code, dtype=np.int64), int(np.prod(shape)))
    return first, twin


def point_at(scenario: Scenario, sites: Topology, part: int, site: int) -> Point:
    """What stocking looks at of a part at a site."""
    parts, tier = scenario.parts, sites.tiers[sites.tier[site]]
    return Point(
        sites.names[site], tier, parts.names[part], parts.part_class[part], parts.price[part], parts.cost[part]
    )


def rule_of(scenario: Scenario, sites: Topology, part: Integers, site: Integers) -> Integers:
    """The first stocking rule that fits each (part, site); -1 where none does."""
    parts = scenario.parts
    found = np.full(len(part), -1, dtype=np.int64)
    classes = Coded.of(parts.part_class) if scenario.stocking.rules else Coded((), found[:0])
    for number, rule in enumerate(scenario.stocking.rules):
        when = rule.when
        here = among(when.site, sites.names) & among(when.tier, sites.tiers)[sites.tier]
        there = among(when.part, parts.names) & among(when.part_class, classes.kinds)[classes.codes]
        for limit, amounts in ((when.price, parts.price), (when.cost, parts.cost)):
            if limit is not None:
                there &= np.array([limit.holds(amount) for amount in amounts], dtype=bool)
        found[(found < 0) & here[site] & there[part]] = number
    return found


def among(names: Any, of: Any) -> Any:
    """Which of `of` are named; all of them if nothing is."""
    if names is None:
        return np.ones(len(of), dtype=bool)
    wanted = set(names)
    return np.array([name in wanted for name in of], dtype=bool)


def items_of(
    scenario: Scenario, sites: Topology, points: PointGrid, lanes: Lanes, demand: Planned, rows: Integers
) -> Items:
    """What the policies of some points are told."""
    part, site = points.part[rows], points.site[rows]
    parts = scenario.parts
    outside = sites.parent[site] < 0  # minimum orders are the suppliers' affair

    def of_part(column: Any) -> Integers:
        return np.array(column, dtype=np.int64)[part]

    pieces = np.array([size.mean for size in demand.sizes])[demand.size[rows]]
    return Items.of(
        demand.rate[rows],
        sizes=demand.sizes,
        size=demand.size[rows],
        lead_mean=lanes.lead[rows],
        lead_cv=lanes.cv[rows],
        period=demand.period[rows],
        chance=demand.chance[rows],
        pack=of_part(parts.pack),
        minimum=np.maximum(np.where(outside, of_part(parts.minimum_order), 0), lanes.minimum[rows]),
        cost=of_part(parts.cost),
        price=of_part(parts.price),
        weight=of_part(parts.weight),
        order_cost=float(scenario.costs.order),
        holding=float(scenario.costs.holding),
        rush=demand.surcharge[rows] * of_part(parts.price) + scenario.costs.rush / pieces,
        names={
            "part": Named(parts.names, part),
            "site": Named(sites.names, site),
            "tier": Named(sites.tiers, sites.tier[site]),
            "part_class": Named(parts.part_class, part),
        },
    )


class Named(Sequence[str]):
    """Names by point, looked up when asked for: a million points have few names."""

    def __init__(self, names: Any, which: Integers) -> None:
        self.names, self.which = names, which

    def __len__(self) -> int:
        return len(self.which)

    def __getitem__(self, at: Any) -> str:
        return str(self.names[int(self.which[at])])


def numbers_of(policy: Any, items: Items) -> Integers:
    """Trigger, up-to, lot and review of some points; a policy asked one by one may set each review itself."""
    usual = getattr(policy, "review", 0)
    if hasattr(policy, "levels_for"):
        return np.stack([*levels_for(policy, items), np.full(len(items), usual, dtype=np.int64)])
    table = np.array([policy.levels(items.item(at)) for at in range(len(items))], dtype=np.int64).reshape(-1, 4)
    table[:, 2] = np.maximum(table[:, 2], 1)
    table[:, 3] = np.where(table[:, 3] > 0, table[:, 3], usual)
    return table.T


def paced(policies: list[Any], which: Integers, every: Integers) -> Integers:
    """The policy of each point, reviewed when its supplier takes orders: policies as paced are added to the list."""
    which = which.copy()
    for pace in np.unique(every[every > 0]).tolist():
        for number in np.unique(which[every == pace]).tolist():
            policy = policies[number]
            if isinstance(policy, StockingPolicy) and policy.review != pace:
                which[(every == pace) & (which == number)] = len(policies)
                policies.append(policy.model_copy(update={"review": pace}))
    return which


def replenishment_of(
    scenario: Scenario, sites: Topology, points: PointGrid, lanes: Lanes, demand: Planned, own: Mapping[str, Any]
) -> Replenishment:
    """Trigger, up-to, lot and review of every point; `own` are policies given as Python objects, by tier."""
    policies, which = policies_of(scenario, sites, points.part, points.site)
    for tier, policy in own.items():
        which[sites.tier[points.site] == sites.tiers.index(tier)] = len(policies)
        policies.append(policy)
    trigger, up_to, lot, review = (np.zeros(len(points), dtype=np.int64) for _ in range(4))
    acting: dict[int, Any] = {}
    which = paced(policies, which, lanes.every)
    order = np.argsort(which, kind="stable")
    bounds = np.searchsorted(which[order], np.arange(len(policies) + 1))
    for number, policy in enumerate(policies):
        rows = order[bounds[number] : bounds[number + 1]]
        review[rows] = getattr(policy, "review", 0)
        lot[rows] = 1
        if hasattr(policy, "levels") or hasattr(policy, "levels_for"):
            items = items_of(scenario, sites, points, lanes, demand, rows)
            trigger[rows], up_to[rows], lot[rows], review[rows] = numbers_of(policy, items)
        if hasattr(policy, "decide"):
            trigger[rows] = ANY_TIME
            acting.update(dict.fromkeys(rows.tolist(), policy))
    return Replenishment(trigger, up_to, lot, np.where(lanes.every > 0, lanes.every, review), acting)
