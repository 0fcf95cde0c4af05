"""Economic: base stock at the level of least cost, holding against rush orders."""

from __future__ import annotations

from typing import Literal

from simnet.planning.item import Items, LevelArrays
from simnet.policy.base import Leveled


class Economic(Leveled):
    """Stock each piece that saves more on rush orders than it costs to hold; needs `costs.holding`.

    A rush order costs the surcharge of its order class on the price, and `costs.rush` a line.
    """

    policy: Literal["economic"] = "economic"
    """Base stock where one more piece would cost more to hold than it saves."""

    def levels_for(self, items: Items) -> LevelArrays:
        """Trigger S-1, up-to S; the lot is the pack or the minimum order."""
        from simnet.planning.economic import economic_triggers
        from simnet.planning.lots import smallest_orders

        lot = smallest_orders(items)
        trigger = economic_triggers(items, self.review, lot)
        return LevelArrays(trigger, trigger + 1, lot)
