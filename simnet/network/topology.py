"""Who refills whom: the sites of a design as indices, from the suppliers down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.streams import Names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simnet.integers import Integers
    from simnet.scenario.scenario import Scenario

OUTSIDE = -1


@dataclass(frozen=True)
class Topology:
    """Sites in the order warehouses, dealers; the parent of a site is the site that refills it."""

    names: tuple[str, ...]
    tiers: tuple[str, ...]
    """Tier names, from the suppliers down."""
    tier: Integers
    parent: Integers
    """-1 where suppliers refill."""
    depth: Integers
    """0 where suppliers refill, 1 below, ..."""
    share: tuple[float, ...]
    """Weight where a demand is divided over sites; 1 for warehouses."""
    dealers: tuple[int, ...]
    allocation: tuple[str | None, ...]
    """How a site divides what is short; None where it does not say."""
    balance: Integers
    """Minutes between looks at sisters; 0 where a site does not."""
    push: NDArray[np.bool_]
    """Whether what a receipt leaves goes on to the sites that it refills."""
    stock: tuple[str, ...]
    """Whose a dealer's stock is, and who plans it; nothing where it is no dealer."""
    index: dict[str, int] = field(repr=False)

    @property
    def level(self) -> Integers:
        """0 for the most downstream depth: reviews of a minute run in this order."""
        return np.asarray(self.depth.max(initial=0) - self.depth)

    def allocated(self, word: str | None) -> NDArray[np.bool_]:
        """Which sites say this of what is short."""
        return np.array([each == word for each in self.allocation], dtype=bool)

    def places(self, names: tuple[str, ...]) -> list[int]:
        """The sites that names of sites or tiers, or the word `dealers`, stand for."""
        found: list[int] = []
        for name in names:
            if name in self.index:
                found.append(self.index[name])
            elif name == "dealers":
                found.extend(self.dealers)
            elif name in self.tiers:
                found.extend(np.flatnonzero(self.tier == self.tiers.index(name)).tolist())
        return list(dict.fromkeys(found))


def topology_of(scenario: Scenario) -> Topology:
    """The sites of a checked scenario."""
    warehouses, dealers = scenario.warehouses, scenario.dealers
    names = (*warehouses, *dealers)
    every: tuple[Any, ...] = (*warehouses.values(), *dealers.values())
    index = {name: at for at, name in enumerate(names)}
    sources = [*(each.refilled_by for each in warehouses.values()), *(each.served_by for each in dealers.values())]
    parent = np.array([index.get(source, OUTSIDE) for source in sources], dtype=np.int64)
    depth = depths(parent)
    tier_of = [each.tier for each in every]
    tiers = tuple(dict.fromkeys(tier_of[at] for at in np.argsort(depth, kind="stable").tolist()))
    return Topology(
        names=Names(names),
        tiers=tiers,
        tier=np.array([tiers.index(tier) for tier in tier_of], dtype=np.int64),
        parent=parent,
        depth=depth,
        share=(1.0,) * len(warehouses) + tuple(dealer.share for dealer in dealers.values()),
        dealers=tuple(range(len(warehouses), len(names))),
        allocation=tuple(each.allocation for each in every),
        balance=np.array([each.balance or 0 for each in every], dtype=np.int64),
        push=np.array([getattr(each, "push", False) for each in every], dtype=bool),
        stock=("",) * len(warehouses) + tuple(dealer.stock for dealer in dealers.values()),
        index=index,
    )


def depths(parent: Integers) -> Integers:
    """How many sites stand between each site and its suppliers; the parents have no cycle."""
    depth, above = np.zeros(len(parent), dtype=np.int64), parent.copy()
    while (above >= 0).any():
        depth += above >= 0
        above = np.where(above >= 0, parent[above], OUTSIDE)
    return depth
