"""Base stock: every piece asked is reordered; with `review` the periodic order-up-to policy (T,S)."""

from __future__ import annotations

from typing import ClassVar, Literal

from simnet.planning.item import Items, LevelArrays
from simnet.policy.base import Sized
from simnet.units import Quantity


class BaseStock(Sized):
    """Keep the position at `up_to`: after every demand, or at every review, order what is missing."""

    numbers: ClassVar[tuple[str, ...]] = ("up_to",)

    policy: Literal["base-stock"] = "base-stock"
    """Base stock, (S-1, S); with `review`, (T, S)."""
    up_to: Quantity | None = None
    """Position to order up to, pieces."""

    def levels_for(self, items: Items) -> LevelArrays:
        """Trigger S-1, up-to S; the lot is the pack or the minimum order."""
        import numpy as np

        from simnet.planning.fill import target_triggers
        from simnet.planning.lots import cover_levels, smallest_orders

        lot = smallest_orders(items)
        if self.cover is not None:
            up_to = cover_levels(items, self.review + self.cover)
        elif self.target is not None:
            up_to = 1 + target_triggers(items, self.target, self.review, lot)
        else:
            up_to = np.full(len(items), self.up_to, dtype=np.int64)
        return LevelArrays(up_to - 1, up_to, lot)
