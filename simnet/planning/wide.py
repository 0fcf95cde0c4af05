"""Fill where a million pieces or more are in play: a single piece, and the last digit, no longer matter.

Pieces asked in the lead time are taken as normal, those asked since the review and the distance of the
position from its top as uniform; each of the two is met at `STEPS` even steps.
"""

from __future__ import annotations

import numpy as np

from simnet.planning.arrays import Floats, Ints
from simnet.planning.points import Points
from simnet.planning.sizes import SizeTables

STEPS = 64


class Wide:
    """The fill of some points, worked out from means and variances."""

    def __init__(self, points: Points, sizes: SizeTables) -> None:
        rows = sizes.row[points.size]
        each, square = sizes.mean[rows], sizes.square[rows]
        middles = (np.arange(STEPS) + 0.5) / STEPS
        moved = (points.cycle * each)[:, None, None] * middles[:, None]
        lowered = (points.gap + points.lot - 2.0)[:, None, None] * middles
        self.moved: Floats = (moved + lowered).reshape(len(points), -1)
        self.mean: Floats = points.lines * each + (square / each + 1) / 2
        self.deviation: Floats = np.sqrt(
            (points.lines + points.cycle / 2) * square + (points.cv * points.lines * each) ** 2 + 1.0
        )

    def fill(self, top: Floats | Ints) -> Floats:
        """Fill with each point's top at `top`."""
        from scipy.special import ndtr

        left = (top - self.mean)[:, None] - self.moved
        fill: Floats = ndtr(left / self.deviation[:, None]).mean(axis=1)
        return fill

    def top(self, target: float) -> Ints:
        """The top that reaches the target, by halving."""
        low = np.zeros(len(self.mean))
        high = self.mean + self.moved[:, -1] + 40 * self.deviation
        while np.any(high - low > 0.5):
            middle = (low + high) / 2
            enough = self.fill(middle) >= target
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return np.ceil(high).astype(np.int64)
