"""Geometric sizes: the best-fitting simple choice for spare parts (shared/data/calibration)."""

from __future__ import annotations

from math import ceil, inf, log, log1p
from typing import TYPE_CHECKING, Any

from pydantic import Field

from simnet.demand.sizes.base import LARGEST, TAIL, Distribution
from simnet.units import Number

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_TABLE = 20_000
SMALLEST = -100.0
"""The logarithm of the smallest chance that is written: beside any that counts, a smaller one changes no bit."""


class Geometric(Distribution):
    """1, 2, 3, ... with chances falling by a constant factor; written `{geometric: {mean: 1.5}}`."""

    mean: Number = Field(ge=1, le=LARGEST)
    """The mean number of pieces, at least 1."""

    @property
    def variance(self) -> float:
        """The mean times the mean less one."""
        return self.mean * (self.mean - 1)

    def pmf(self, n_max: int) -> NDArray[Any]:
        """Return p (1 - p)**(n - 1) with p = 1 / mean; nothing where that is too small to count."""
        import numpy as np

        chances = np.zeros(n_max + 1)
        fall = log1p(-1 / self.mean) if self.mean > 1 else -inf
        before = np.arange(min(n_max, 1 + int(SMALLEST / fall)), dtype=np.float64)
        long = len(before) > LONGEST_TABLE  # powers take ten times as long
        falls = np.exp(before * fall) if long else (1 - 1 / self.mean) ** before
        chances[1 : len(before) + 1] = (1 / self.mean) * falls
        return chances

    def tail(self, size: int) -> float:
        """The chance of more pieces."""
        return (1 - 1 / self.mean) ** size

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
