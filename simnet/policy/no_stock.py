"""None: the part is not stocked; what is owed is ordered, in the part's packs."""

from __future__ import annotations

from typing import Literal

from simnet.planning.item import Items, LevelArrays
from simnet.policy.base import Leveled


class NoStock(Leveled):
    """Not stocked: bought only when ordered."""

    policy: Literal["none"] = "none"
    """Not stocked."""

    def levels_for(self, items: Items) -> LevelArrays:
        """Trigger -1, up-to 0: an order for exactly what is owed, rounded up to the pack or minimum order."""
        import numpy as np

        from simnet.planning.lots import smallest_orders

        nothing = np.zeros(len(items), dtype=np.int64)
        return LevelArrays(nothing - 1, nothing, smallest_orders(items))
