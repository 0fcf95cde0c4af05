"""What charts draw of a design that neither its sums nor its scenario hold: looked at while its network is at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.network.lanes import supplier_names
from simnet.report.scene import DemandPattern
from simnet.study.demand_classes import pattern_of
from simnet.study.ready import Sliced, Whole
from simnet.units import YEAR

if TYPE_CHECKING:
    from simnet.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Seen:
    """A design seen by point; of a network that is never built whole only the demand of some parts."""

    supplied: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """Supplier and site: pieces a year, the mean over replications."""
    demand: DemandPattern | None = None


def seen(design: Whole | Sliced, runs: Sequence[Any], scenario: Scenario, demand: bool) -> Seen:
    """What is to be seen of a design that was run; its demand only where asked."""
    found = pattern_of(design.network) if demand else None
    if isinstance(design, Sliced):
        some = found is not None and design.network.parts < len(scenario.parts)
        return Seen(demand=replace(found, sampled=True) if some and found is not None else found)
    return Seen(supplied(design, runs, scenario), found)


def supplied(design: Whole, runs: Sequence[Any], scenario: Scenario) -> dict[tuple[str, str], float]:
    """Pieces that each supplier sent to each site, a year."""
    network = design.network
    points = network.points
    outside = np.flatnonzero(points["source"] < 0)
    if not len(outside) or not runs:
        return {}
    sellers = supplier_names(scenario)
    pairs = points["site"][outside] * len(sellers.kinds) + sellers.codes[points["part"][outside]]
    received = np.mean([run.tally.point["received"][outside] for run in runs], axis=0)
    minutes = network.horizon - network.warm_up
    found: dict[tuple[str, str], float] = {}
    for pair, pieces in enumerate(np.bincount(pairs, weights=received * YEAR / max(minutes, 1)).tolist()):
        if pieces:
            site = network.site_names[pair // len(sellers.kinds)]
            named = scenario.source_of(site)
            seller = named if named in scenario.suppliers else sellers.kinds[pair % len(sellers.kinds)]
            if seller is not None:
                found[seller, site] = found.get((seller, site), 0.0) + pieces
    return found
