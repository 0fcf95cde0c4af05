"""Reorder point and lot, (r,nQ): at or under the trigger order whole lots; with `review`, (T,r,nQ)."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import model_validator

from simnet.planning.item import Items, LevelArrays
from simnet.policy.base import Sized, Trigger
from simnet.units import DAY, Duration, Quantity


class ReorderLot(Sized):
    """When the position is at or under `trigger`, order the fewest lots that bring it above."""

    numbers: ClassVar[tuple[str, ...]] = ("trigger",)

    policy: Literal["reorder-lot"] = "reorder-lot"
    """Reorder point and lot, (r, nQ); with `review`, (T, r, nQ)."""
    trigger: Trigger | None = None
    """Position at or under which to order, pieces; under 0: only when so many are owed."""
    lot: Quantity | None = None
    """Pieces of a lot, rounded up to the part's pack and minimum order; left out: the economic lot."""
    order_cycle: Duration = 30 * DAY
    """Demand time one lot is for, where costs to weigh are not given (`30 d`)."""

    @model_validator(mode="after")
    def _some_lot(self) -> ReorderLot:
        """A lot of nothing would never bring the position up."""
        if self.lot == 0:
            raise ValueError("lot must be at least 1 piece")
        return self

    def levels_for(self, items: Items) -> LevelArrays:
        """Trigger r, up-to r+1, lot Q."""
        import numpy as np

        from simnet.planning.fill import target_triggers
        from simnet.planning.lots import cover_levels, economic_lots, round_up, smallest_orders

        lot = economic_lots(items, self.order_cycle)
        if self.lot is not None:
            lot = np.full(len(items), self.lot, dtype=np.int64)
        lot = round_up(np.maximum(lot, smallest_orders(items)), np.maximum(items.pack, 1))
        if self.cover is not None:
            trigger = cover_levels(items, self.review + self.cover)
        elif self.target is not None:
            trigger = target_triggers(items, self.target, self.review, lot)
        else:
            trigger = np.full(len(items), self.trigger, dtype=np.int64)
        return LevelArrays(trigger, trigger + 1, lot)
