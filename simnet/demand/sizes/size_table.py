"""Sizes from a short list, each with its share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import Field, model_validator

from simnet.demand.sizes.base import Distribution
from simnet.units import Quantity, Share

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOLERANCE = 1e-6


class SizeTable(Distribution):
    """One of these sizes, each with its share; written `{table: {1: 60 %, 2: 25 %, 5: 15 %}}`."""

    table: dict[Annotated[Quantity, Field(ge=1, le=1_000_000)], Share]
    """Share of the lines by size; the shares add up to 100 %."""

    @model_validator(mode="after")
    def _check_shares(self) -> Self:
        total = sum(self.table.values())
        if abs(total - 1) > TOLERANCE:
            raise ValueError(f"the shares add up to {100 * total:.6g} %; they must add up to 100 %")
        return self

    def __hash__(self) -> int:
        return hash(frozenset(self.table.items()))

    @property
    def mean(self) -> float:
        """The mean number of pieces."""
        return sum(size * share for size, share in self.table.items()) / sum(self.table.values())

    @property
    def variance(self) -> float:
        """The variance of the number of pieces."""
        mean, total = self.mean, sum(self.table.values())
        return sum(share * (size - mean) ** 2 for size, share in self.table.items()) / total

    def pmf(self, n_max: int) -> NDArray[Any]:
        """Return the shares."""
        import numpy as np

        chances, total = np.zeros(n_max + 1), sum(self.table.values())
        for size, share in self.table.items():
            if size <= n_max:
                chances[size] = share / total
        return chances

    def longest(self) -> int:
        """Return the largest size with a share."""
        return max(size for size, share in self.table.items() if share > 0)
