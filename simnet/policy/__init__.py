"""Stocking policies: from what is known of a part at a site to trigger, up-to, lot and review (law 7).

A new built-in policy is one file and one line in `POLICIES`. A policy of one's own is a class named in the
entry point group `simnet.policy`; it is made with the keys of its YAML map, which a subclass of
`StockingPolicy` (pydantic) checks. It has one of two methods, and may have `review` (minutes):

- `levels(item) -> Levels` is asked once a point before the run; it works with both clocks. In its place,
  `levels_for(items) -> LevelArrays` sets many points at once.
- `decide(here, now) -> int` is asked inside the run whenever the position may call for an order, and returns
  the pieces to order (0 = none); it needs the SimPy clock. `here` is the stock record of the point.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any, Protocol, runtime_checkable

from simnet.errors import did_you_mean
from simnet.planning.item import Item, Items, LevelArrays, Levels, OnePiece, Size
from simnet.policy.base import Leveled, Sized, StockingPolicy
from simnet.policy.base_stock import BaseStock
from simnet.policy.economic import Economic
from simnet.policy.min_max import MinMax
from simnet.policy.no_stock import NoStock
from simnet.policy.reorder_lot import ReorderLot

POLICIES: tuple[type[Leveled], ...] = (BaseStock, MinMax, ReorderLot, Economic, NoStock)
GROUP = "simnet.policy"


@runtime_checkable
class SetsLevels(Protocol):
    """A policy that is compiled to levels before the run; both clocks run it."""

    def levels(self, item: Item) -> Levels:
        """Trigger, up-to, lot and review of one part at one site."""


@runtime_checkable
class Decides(Protocol):
    """A policy that decides inside the run; the SimPy clock runs it."""

    def decide(self, here: Any, now: int) -> int:
        """Pieces to order at minute `now`, given the point's stock record."""


def policy_name(policy: type[StockingPolicy]) -> str:
    """The word that names a built-in policy in a scenario."""
    return str(policy.model_fields["policy"].default)


def policy_names() -> list[str]:
    """All policies a scenario may name: the built-in ones, then those of entry points."""
    own = sorted(entry.name for entry in entry_points(group=GROUP))
    return [policy_name(each) for each in POLICIES] + own


def find_policy(name: str) -> type[Any]:
    """The policy class a scenario names; `ValueError` with the known names if there is none."""
    for policy in POLICIES:
        if policy_name(policy) == name:
            return policy
    for entry in entry_points(group=GROUP, name=name):
        try:
            found: type[Any] = entry.load()
        except Exception as error:  # somebody else's package may fail in any way
            raise ValueError(f"policy '{name}' ({entry.value}) cannot be loaded: {error}") from error
        if not any(hasattr(found, method) for method in ("levels", "levels_for", "decide")):
            where = f"policy '{name}' ({entry.value})"
            raise ValueError(f"{where} has neither levels(item) nor decide(here, now)")
        return found
    known = policy_names()
    hint = did_you_mean(name, known) or f"known are {', '.join(known)}"
    raise ValueError(f"unknown policy '{name}'; {hint}")


def read_policy(fields: Mapping[str, Any]) -> Any:
    """A policy from its YAML map; `policy` names it, base stock if left out.

    Raises `ValueError` (pydantic's `ValidationError` is one) with a message for a person.
    """
    name = str(fields.get("policy", "base-stock"))
    found = find_policy(name)
    keys = dict(fields)
    if found not in POLICIES:
        keys.pop("policy", None)
    return found(**keys)


def levels_for(policy: Any, items: Items) -> LevelArrays:
    """Trigger, up-to and lot of every item: at once where the policy can, else one by one."""
    if hasattr(policy, "levels_for"):
        found: LevelArrays = policy.levels_for(items)
        return found
    import numpy as np

    rows = [policy.levels(items.item(index))[:3] for index in range(len(items))]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return LevelArrays(table[:, 0], table[:, 1], table[:, 2])


__all__ = [
    "POLICIES",
    "BaseStock",
    "Decides",
    "Economic",
    "Item",
    "Items",
    "LevelArrays",
    "Leveled",
    "Levels",
    "MinMax",
    "NoStock",
    "OnePiece",
    "ReorderLot",
    "SetsLevels",
    "Size",
    "Sized",
    "StockingPolicy",
    "find_policy",
    "levels_for",
    "policy_name",
    "policy_names",
    "read_policy",
]
