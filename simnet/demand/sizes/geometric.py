"""Geometric sizes: the best-fitting simple choice for spare parts (shared/data/calibration)."""

from __future__ import annotations

from math import ceil, log, log1p
from typing import TYPE_CHECKING, Any

from pydantic import Field

from simnet.demand.sizes.base import LARGEST, TAIL, Distribution
from simnet.units import Number

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_TABLE = 20_000


class Geometric(Distribution):
    """1, 2, 3, ... with chances falling by a constant factor; written `{geometric: {mean: 1.5}}`."""

    mean: Number = Field(ge=1, le=LARGEST)
    """The mean number of pieces, at least 1."""

    @property
    def variance(self) -> float:
        """The mean times the mean less one."""
        return self.mean * (self.mean - 1)

    def pmf(self, n_max: int) -> NDArray[Any]:
        """Return p (1 - p)**(n - 1) with p = 1 / mean."""
        import numpy as np

        sizes = np.arange(n_max + 1, dtype=np.float64)
        chances = (1 / self.mean) * (1 - 1 / self.mean) ** (sizes - 1).clip(min=0)
        chances[0] = 0.0
        return chances

    def longest(self) -> int:
        """Return the size at which the tail falls under TAIL."""
        return 1 if self.mean == 1 else ceil(log(TAIL) / log1p(-1 / self.mean)) + 1

    def draw(self, draws: NDArray[Any]) -> NDArray[Any]:
        """Return the exact inverse cdf of each 64-bit draw: from the table, or in closed form if long."""
        import numpy as np

        if self.longest() > LONGEST_TABLE:
            return draw_geometric(draws, np.full(len(draws), self.mean))
        return super().draw(draws)


def draw_geometric(draws: NDArray[Any], means: NDArray[Any]) -> NDArray[Any]:
    """Return geometric sizes where each draw has its own mean (at least 1), in closed form.

    ceil(log1p(-u) / log1p(-1 / mean)): the same sizes as the table's, up to the last bit of a logarithm.
    """
    import numpy as np

    from simnet.streams import uniform_array

    with np.errstate(divide="ignore"):
        fall = np.log1p(-1.0 / np.maximum(means, 1.0))
    sizes = np.log1p(-uniform_array(draws))
    sizes /= fall
    np.ceil(sizes, out=sizes)
    return np.maximum(sizes, 1.0, out=sizes).astype(np.int64)
