"""Outline: what a network is besides its parts and stocking points, the same for every slice of it.

KPIs are measured from an Outline and Sums (`simnet.ledger.sums`), so that a network too large to be built whole can
be run slice by slice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np

from simnet.integers import Integers, Rows
from simnet.network.cells import cells_of_points
from simnet.network.network import Costs, Network

UNITED = ("listed", "features", "given", "modes", "parts", "points")
"""What slices of a network may differ in, and a whole unites; all else is the same."""

NOWHERE, MISSING, GIVEN = 0, 1, 2
"""What a place says of a cost or a price: there is no part, no part has one, some part has one."""
MONEY_GIVEN = ("costs", "priced")
"""Words of `simnet.metrics.metric.NEEDS` that `Outline.given` tells apart by place."""


@dataclass(frozen=True, eq=False)
class Outline:
    """One design without its parts; fields that a Network has too are told there."""

    name: str
    design: str
    money: str
    start: date
    horizon: int
    warm_up: int
    month_start: Integers
    month_labels: tuple[str, ...]
    first_month: int
    site_names: tuple[str, ...]
    tier_names: tuple[str, ...]
    site_tier: Integers
    site_parent: Integers
    class_names: tuple[str, ...]
    """Part classes, also those of which a slice has no part."""
    order_classes: tuple[str, ...]
    classes: Rows
    """CLASSES, in the order of `order_classes`."""
    wait_edges: Integers
    costs: Costs
    owner: Integers
    listed: tuple[bool, ...]
    """By order class: whether it has a sourcing list at any point."""
    features: frozenset[str]
    """What it has of the words of `simnet.metrics.metric.NEEDS`."""
    given: Integers
    """[MONEY_GIVEN, site, part class]: NOWHERE, MISSING or GIVEN."""
    modes: tuple[str, ...]
    """Names of the modes of transport; empty where nothing is passed on."""
    parts: int
    """Number of parts."""
    points: int
    """Number of stocking points."""

    @property
    def months(self) -> int:
        """Number of periods of the monthly tally."""
        return len(self.month_start) - 1

    @property
    def sites(self) -> int:
        """Number of sites that hold stock or meet customers."""
        return len(self.site_names)

    def same_as(self, other: Outline) -> bool:
        """Whether both say the same, to the last number."""
        return not self.differences(other) and not unlike(self, other, UNITED)

    def differences(self, other: Outline) -> list[str]:
        """The fields in which two outlines differ, though slices of one network never do."""
        return unlike(self, other, [field.name for field in fields(self) if field.name not in UNITED])

    def features_at(self, cells: Any = None) -> frozenset[str]:
        """What the parts of some places have of `features`: without cost or price where none of them has any.

        cells: indices of site x part classes + part class; None is all.
        """
        if cells is None:
            return self.features
        most = self.given.reshape(len(MONEY_GIVEN), -1)[:, cells].max(axis=1, initial=NOWHERE)
        lacking = {name for name, there in zip(MONEY_GIVEN, most.tolist(), strict=True) if there == MISSING}
        if "costs" in lacking and self.costs.holding:
            lacking.add("holding")
        return self.features - lacking

    def merged(self, other: Outline) -> Outline:
        """The outline of two slices together. `ValueError` where they are not of one network."""
        differ = self.differences(other)
        if differ or (self.modes and other.modes and self.modes != other.modes):
            raise ValueError(f"slices of one network differ in {', '.join(differ) or 'modes'}")
        return replace(
            self,
            listed=tuple(a or b for a, b in zip(self.listed, other.listed, strict=True)),
            features=self.features | other.features,
            given=np.maximum(self.given, other.given),
            modes=self.modes or other.modes,
            parts=self.parts + other.parts,
            points=self.points + other.points,
        )


def unlike(one: Outline, other: Outline, names: Sequence[str]) -> list[str]:
    """Those fields in which two outlines differ."""
    return [name for name in names if not np.array_equal(getattr(one, name), getattr(other, name))]


def outline(network: Network) -> Outline:
    """What a network or a slice of one says besides its parts and points."""
    shared = {field.name for field in fields(Network)} & {field.name for field in fields(Outline)} - {"points"}
    same: dict[str, Any] = {name: getattr(network, name) for name in shared}
    return Outline(
        **same,
        listed=listed(network),
        features=features(network),
        given=given(network),
        parts=len(network.part_start) - 1,
        points=len(network.points),
    )


def listed(network: Network) -> tuple[bool, ...]:
    """Which order classes have a sourcing list at any point."""
    classes = len(network.order_classes)
    if not len(network.terms):
        return (False,) * classes
    asks: list[bool] = np.any(network.terms["sources"].reshape(-1, classes) > 0, axis=0).tolist()
    return tuple(asks)


def given(network: Network) -> Integers:
    """Where parts have a cost, and where a price of their own."""
    shape, part = (network.sites, len(network.class_names)), np.ascontiguousarray(network.points["part"])
    cell, cells = cells_of_points(network), shape[0] * shape[1]
    there = np.where(np.bincount(cell, minlength=cells), MISSING, NOWHERE)
    found = [
        np.where(np.bincount(cell[has[part]], minlength=cells), GIVEN, there)
        for has in (network.cost != 0, network.price != network.cost)
    ]
    return np.stack(found).reshape(len(MONEY_GIVEN), *shape)


def features(network: Network) -> frozenset[str]:
    """What KPIs may need that a network has."""
    classes = network.classes
    has = {
        "lists": any(listed(network)[1:]),
        "misses": len(network.terms) or len(network.plans) or network.jobs,
        "sources": len(network.sources),
        "jobs": network.jobs,
        "promise": classes["need_by"][1:].any(),
        "prices": classes["surcharge"].any() or classes["discount"].any(),
        "owners": len(network.owner),
        "shared": len(network.joints),
        "returns": len(network.plans) and network.plans["buy_back"].any(),
        "costs": network.cost.any(),
        "priced": (network.price != network.cost).any(),
        "holding": network.cost.any() or not network.costs.holding,
    }
    return frozenset(name for name, there in has.items() if there)
