"""Lines that are all of the same size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from simnet.demand.sizes.base import LARGEST, Distribution
from simnet.units import Quantity

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Fixed(Distribution):
    """Always `pieces`; written `2`."""

    pieces: Quantity = Field(default=1, ge=1, le=LARGEST)
    """The number of pieces on each line."""

    @property
    def mean(self) -> float:
        """The number of pieces."""
        return float(self.pieces)

    @property
    def variance(self) -> float:
        """Zero."""
        return 0.0

    def pmf(self, n_max: int) -> NDArray[Any]:
        """Return 1 at the number of pieces."""
        import numpy as np

        chances = np.zeros(n_max + 1)
        if self.pieces <= n_max:
            chances[self.pieces] = 1.0
        return chances

    def longest(self) -> int:
        """Return the number of pieces."""
        return self.pieces

    def draw(self, draws: NDArray[Any]) -> NDArray[Any]:
        """Return the number of pieces for each draw, without looking at it."""
        import numpy as np

        return np.full(len(draws), self.pieces, dtype=np.int64)
