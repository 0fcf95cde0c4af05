"""What each order class meets at each point besides its sources: reserves, queues, customers who go elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.codes import Coded
from simnet.network.classes import Rules, queue_of
from simnet.network.levels import alike, point_at
from simnet.scenario.order_classes import STOCK, reserves

if TYPE_CHECKING:
    from simnet.integers import Integers
    from simnet.network.grid import PointGrid
    from simnet.network.topology import Topology
    from simnet.scenario.scenario import Scenario

SHARE = 4096


@dataclass(frozen=True)
class Meeting:
    """One row a point, one column an order class; zeros where nothing is said."""

    reserve: Integers
    queue: Integers
    will_fit: Integers
    queues: int
    """Queues at a point."""

    @property
    def plain(self) -> bool:
        """Whether all classes meet the same everywhere."""
        return self.queues == 1 and not self.reserve.any() and not self.will_fit.any()


def meeting_of(scenario: Scenario, sites: Topology, points: PointGrid, rules: Rules) -> Meeting:
    """Reserves, queues and will-fit shares of every point."""
    reserve = reserves_at(scenario, sites, points, rules)
    queue = queue_of(rules)
    by_rank = ranked(sites, points, reserve)[points.site]
    return Meeting(
        reserve=reserve,
        queue=np.where(by_rank[:, None], queue[None, :], 0),
        will_fit=will_fit_at(scenario, points, rules),
        queues=int(queue.max()) + 1 if by_rank.any() else 1,
    )


def reserves_at(scenario: Scenario, sites: Topology, points: PointGrid, rules: Rules) -> Integers:
    """Pieces that each class leaves at each point, by the stocking settings in force there."""
    stocking = scenario.stocking
    settings = [stocking.default, *stocking.tiers.values(), *stocking.classes.values(), *stocking.sites.values()]
    if not any(each.reserve for each in [*settings, *stocking.rules]):
        return np.zeros((len(points), len(rules)), dtype=np.int64)
    first, twin = alike(scenario, sites, points.part, points.site)
    known: dict[str, list[int]] = {}
    rows = []
    for at in first.tolist():
        point = point_at(scenario, sites, int(points.part[at]), int(points.site[at]))
        said = stocking.settings(point).get("reserve") or {}
        rows.append(known.setdefault(repr(said), reserves(rules, said)))
    return np.array(rows, dtype=np.int64).reshape(-1, len(rules))[twin]


def ranked(sites: Topology, points: PointGrid, reserve: Integers) -> Any:
    """Which sites serve by rank: those that say so, and those that say nothing and keep a reserve."""
    keeps = np.zeros(len(sites.names), dtype=bool)
    keeps[points.site[reserve.any(axis=1)]] = True
    return sites.allocated("rank") | (sites.allocated(None) & keeps)


def will_fit_at(scenario: Scenario, points: PointGrid, rules: Rules) -> Integers:
    """Of 4,096 customers, how many buy elsewhere what is not on the shelf."""
    classes = Coded.of(scenario.parts.part_class)
    share = np.array(
        [
            [0 if name == STOCK else round(rule.will_fit_of(each) * SHARE) for name, rule in rules.items()]
            for each in classes.kinds
        ],
        dtype=np.int64,
    ).reshape(-1, len(rules))
    if not share.any():
        return np.zeros((len(points), len(rules)), dtype=np.int64)
    found: Integers = share[classes.codes[points.part]]
    return found
