"""What every order size offers, and the exact draw from a table of thresholds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from numpy.typing import NDArray

THRESHOLD_BITS = 52
GUIDE_BITS = 12
LARGEST = 1_000_000
"""Pieces on one line, at most: more is a typing error, or belongs in packs."""
TAIL = 2.0**-54
"""A tail lighter than this cannot be drawn from 52 bits; tables end there."""


@runtime_checkable
class SizeLike(Protocol):
    """The number of pieces on a demand line: a distribution over 1, 2, 3, ..."""

    @property
    def mean(self) -> float:
        """The mean number of pieces on a line."""

    @property
    def variance(self) -> float:
        """The variance of the number of pieces on a line."""

    def pmf(self, n_max: int) -> NDArray[Any]:
        """Return the chances of 0, 1, ..., n_max pieces (index = size; that of 0 is 0; the tail is cut)."""

    def draw(self, draws: NDArray[Any]) -> NDArray[Any]:
        """Return the exact inverse cdf of each 64-bit draw, as int64."""


class Distribution(BaseModel, ABC):
    """Base of the sizes: frozen, strict about keys, drawn by the thresholds of its pmf."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def pmf(self, n_max: int) -> NDArray[Any]:
        """Return the chances of 0, 1, ..., n_max pieces."""

    @abstractmethod
    def longest(self) -> int:
        """Return a size beyond which the tail is lighter than TAIL."""

    def draw(self, draws: NDArray[Any]) -> NDArray[Any]:
        """Return the exact inverse cdf of each 64-bit draw, as int64."""
        return self._guide.draw(draws)

    @cached_property
    def _guide(self) -> Guide:
        return Guide(self.pmf(self.longest()))


class Guide:
    """The inverse cdf as integer thresholds, with a guide table for its coarse bins.

    A bin of 2**-12 in which only one size lies is answered by one look-up (3 ns); only draws in the few
    bins that a threshold cuts are searched.
    """

    def __init__(self, pmf: NDArray[Any]) -> None:
        import numpy as np

        cdf = np.minimum(np.cumsum(pmf) / pmf.sum(), 1.0)
        self.thresholds = np.rint(cdf * 2.0**THRESHOLD_BITS).astype(np.uint64)
        self.thresholds[-1] = 1 << THRESHOLD_BITS
        edges = np.arange((1 << GUIDE_BITS) + 1, dtype=np.uint64) << np.uint64(THRESHOLD_BITS - GUIDE_BITS)
        first = np.searchsorted(self.thresholds, edges[:-1], side="right")
        last = np.searchsorted(self.thresholds, edges[1:] - np.uint64(1), side="right")
        self.sizes = np.where(first == last, first, -1).astype(np.int64)

    def draw(self, draws: NDArray[Any]) -> NDArray[Any]:
        """Return the index of the pmf's entry in which each 64-bit draw falls."""
        import numpy as np

        sizes = self.sizes[draws >> np.uint64(64 - GUIDE_BITS)]
        rest = np.flatnonzero(sizes < 0)
        fraction = draws[rest] >> np.uint64(64 - THRESHOLD_BITS)
        sizes[rest] = np.searchsorted(self.thresholds, fraction, side="right")
        return np.asarray(sizes)
