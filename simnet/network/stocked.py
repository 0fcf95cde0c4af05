"""Where stock stands: the parts and sites that are worth a stocking point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simnet.demand.block import StreamBlock
from simnet.errors import Problem, SimnetError
from simnet.integers import Integers
from simnet.network.levels import policies_of
from simnet.network.topology import Topology

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario

MOST_POINTS = 20_000_000
"""Parts times sites up to which a stocking rule may give a number of pieces."""


def stocked(scenario: Scenario, sites: Topology, blocks: list[StreamBlock]) -> tuple[Integers, Integers]:
    """Part and site wherever customers ask, a level is set by number, or an opening stock stands."""
    index = scenario.parts.index
    named = [*scenario.stocking.levels.rows, *(scenario.opening.rows if scenario.opening else ())]
    part = [block.targets.part for block in blocks] + [np.array([index[p] for _, p in named], dtype=np.int64)]
    site = [block.targets.site for block in blocks] + [
        np.array([sites.index[s] for s, _ in named], dtype=np.int64)
    ]
    for tier_part, tier_site in by_number(scenario, sites):
        part.append(tier_part)
        site.append(tier_site)
    return np.concatenate(part), np.concatenate(site)


def by_number(scenario: Scenario, sites: Topology) -> list[tuple[Integers, Integers]]:
    """Parts and sites that a rule stocks with a number of pieces, whether or not anyone asks there."""
    stocking = scenario.stocking
    settings = [stocking.default, *stocking.tiers.values(), *stocking.classes.values(), *stocking.sites.values()]
    if not any({"up_to", "trigger"} & set(each.given()) for each in [*settings, *stocking.rules]):
        return []
    parts, places = len(scenario.parts), len(sites.names)
    if parts * places > MOST_POINTS:
        raise SimnetError(
            Problem(
                f"a number of pieces for every part at every site is {parts * places:,} stocking points",
                path="stocking",
                remedy=f"use target or cover, which stock where there is demand, or stay under {MOST_POINTS:,}",
            )
        )
    part, site = np.repeat(np.arange(parts), places), np.tile(np.arange(places), parts)
    policies, which = policies_of(scenario, sites, part, site)
    held = np.array([max(getattr(p, "up_to", None) or 0, getattr(p, "trigger", None) or 0) > 0 for p in policies])
    return [(part[held[which]], site[held[which]])]
