"""Orders that parts share: a site sends one order a supplier for all parts, at its turn and when it is worth it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.integers import Integers
from simnet.network.rows import JOINTS

if TYPE_CHECKING:
    from simnet.network.grid import PointGrid
    from simnet.network.lanes import Lanes
    from simnet.network.network import Network
    from simnet.network.topology import Topology
    from simnet.scenario.scenario import Scenario


def joints_of(scenario: Scenario, sites: Topology, points: PointGrid, lanes: Lanes) -> tuple[Any, Integers]:
    """JOINTS, and the row of each point or -1: one a site and supplier that has a least value for its orders."""
    own = np.full(len(lanes.ends), -1, np.int64)
    rows: list[tuple[int, ...]] = []
    for number, (source, site) in enumerate(lanes.ends):
        seller = scenario.suppliers.get(source)
        if seller is not None and seller.minimum_order_value:
            own[number] = len(rows)
            limit = seller.hold_at_most or 0
            rows.append((sites.index[site], seller.order_every or 0, seller.minimum_order_value, limit))
    joints = np.zeros(len(rows), JOINTS)
    for at, row in enumerate(rows):
        joints[at] = row
    return joints, own[lanes.end]


def groups(network: Network) -> list[list[int]]:
    """The parts that meet on shared orders, by their numbers in this network; each other part by itself."""
    parts = len(network.part_start) - 1
    if not len(network.joints):
        return [[part] for part in range(parts)]
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    part, joint = met(network)
    size = parts + len(network.joints)
    meets = coo_array((np.ones(len(part), np.int8), (part, parts + joint)), shape=(size, size))
    _, group = connected_components(meets, directed=False)
    found: dict[int, list[int]] = {}
    for number, own in enumerate(group[:parts].tolist()):
        found.setdefault(own, []).append(number)
    return list(found.values())


def spans(network: Network) -> tuple[Integers, Integers]:
    """The first and the last part on each shared order, by their numbers in this network."""
    part, joint = met(network)
    first = np.full(len(network.joints), len(network.part_start), np.int64)
    last = np.full(len(network.joints), -1, np.int64)
    np.minimum.at(first, joint, part)
    np.maximum.at(last, joint, part)
    return first[last >= 0], last[last >= 0]


def met(network: Network) -> tuple[Integers, Integers]:
    """Part and shared order of each point that has one."""
    points = network.points[network.points["joint"] >= 0]
    return points["part"] - network.first_part, points["joint"].copy()
