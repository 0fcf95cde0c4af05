"""Min-max, (s,S): at or under the trigger order up to the maximum; with `review`, (T,s,S)."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import model_validator

from simnet.planning.item import Items, LevelArrays
from simnet.policy.base import Sized, Trigger
from simnet.units import DAY, Duration, Quantity


class MinMax(Sized):
    """When the position is at or under `trigger`, order up to `up_to`."""

    numbers: ClassVar[tuple[str, ...]] = ("trigger", "up_to")

    policy: Literal["min-max"] = "min-max"
    """Min-max, (s, S); with `review`, (T, s, S)."""
    trigger: Trigger | None = None
    """Position at or under which to order, pieces; under 0: only when so many are owed."""
    up_to: Quantity | None = None
    """Position to order up to, pieces; above `trigger`."""
    order_cycle: Duration = 30 * DAY
    """Demand time one order is for, where costs to weigh are not given (`30 d`)."""

    @model_validator(mode="after")
    def _ordered(self) -> MinMax:
        """An order must be for something."""
        if self.trigger is not None and self.up_to is not None and self.trigger >= self.up_to:
            raise ValueError(
                f"trigger {self.trigger} must be under up_to {self.up_to}: an order raises the stock to up_to"
            )
        return self

    def levels_for(self, items: Items) -> LevelArrays:
        """Trigger and up-to; the gap of a sized policy is the economic lot."""
        import numpy as np

        from simnet.planning.fill import target_triggers
        from simnet.planning.lots import cover_levels, economic_lots, smallest_orders

        lot = smallest_orders(items)
        gap = economic_lots(items, self.order_cycle)
        if self.cover is not None:
            trigger = cover_levels(items, self.review + self.cover)
        elif self.target is not None:
            trigger = target_triggers(items, self.target, self.review, lot, gap)
        else:
            trigger = np.full(len(items), self.trigger, dtype=np.int64)
            gap = np.full(len(items), self.up_to, dtype=np.int64) - trigger
        return LevelArrays(trigger, trigger + gap, lot)
