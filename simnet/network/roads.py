"""How far and by what mode stock comes to each point: what the CO2 of replenishment is counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.network.rows import WAYS
from simnet.network.ways import modes_of
from simnet.scenario.order_classes import STOCK

if TYPE_CHECKING:
    from simnet.network.classes import Rules
    from simnet.network.lanes import Lanes
    from simnet.network.network import Network
    from simnet.network.topology import Topology
    from simnet.scenario.scenario import Scenario

NONE = ("release", "hours", "departures", "reception", "shape", "via")


def roads(scenario: Scenario, sites: Topology, rules: Rules, lanes: Lanes, network: Network) -> dict[str, Any]:
    """The fields of the Network with a row of WAYS a lane of replenishment; its points' `road` is filled in.

    Only where lines may be passed on: a share of the CO2 then needs the whole, also of parts of which none is. The
    engine does not read these rows.
    """
    rows = network.points
    rows["road"] = -1
    if not (sites.balance.any() or any(rule.passes_on for rule in rules.values())):
        return {}
    journeys = [scenario.sourcing.journey(STOCK, source, site) for source, site in lanes.ends]
    modes = modes_of(scenario, rules)
    ways = np.zeros(len(journeys), WAYS)
    for name in NONE:
        ways[name] = -1
    ways["source"] = [sites.index.get(source, -1) for source, _ in lanes.ends]
    ways["site"] = [sites.index[site] for _, site in lanes.ends]
    ways["mode"] = [modes.index(each.mode) for each in journeys]
    ways["distance"] = [each.distance for each in journeys]
    rows["road"] = len(network.ways) + lanes.end
    return {"ways": np.concatenate([network.ways, ways]), "modes": tuple(modes)}
