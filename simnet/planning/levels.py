"""The smallest levels that meet a target."""

from __future__ import annotations

from typing import Literal

from simnet.planning.item import Ints, Items

Rule = Literal["reorder-lot", "min-max"]


def target_levels(
    rule: Rule, items: Items, target: float, review: int, lot: Ints, gap: Ints | None = None
) -> Ints:
    """Triggers for a target; not yet worked out."""
    raise NotImplementedError
