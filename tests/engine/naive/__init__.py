"""A second simulator, written from docs/semantics.md: slow, plain, and sharing no rule with the engine.

It keeps whole histories (every line with its deliveries, every level with its changes) and counts only when
the run is over. All parts share one world, every reviewed point is looked at in every review, and integrals
are sums over the steps of a level: where the engine is clever, this is not.
"""

from __future__ import annotations

from tests.engine.naive.things import CUSTOMER, Gift, Line, Point
from tests.engine.naive.world import Naive

__all__ = ["CUSTOMER", "Gift", "Line", "Naive", "Point"]
