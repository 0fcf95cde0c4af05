"""What every lead time offers, and the table that turns a hash into a lead time whose mean is exact."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHAPE_BITS = 12
SHAPE_SIZE = 1 << SHAPE_BITS
"""Entries of a unit table: a 64-bit draw `h` looks up entry `h >> 52`."""
SHAPE_ONE = 1 << 24
"""The number 1 in the fixed point of a unit table."""

Shape = tuple[Any, ...]


@runtime_checkable
class LeadTimeLike(Protocol):
    """A lead time: a constant or a distribution over minutes, at least zero."""

    @property
    def mean(self) -> float:
        """The mean in minutes."""

    @property
    def cv(self) -> float:
        """The standard deviation over the mean; 0 for a constant."""

    def cdf(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the chance of a lead time of at most `minutes`."""

    def partial(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the mean of the lead times of at most `minutes`, the others counted as 0, in minutes."""

    def quantile(self, u: NDArray[Any]) -> NDArray[Any]:
        """Return the least number of minutes (a float) that a share `u` in (0, 1) does not exceed."""

    def shape(self) -> Shape | None:
        """Return what tells this distribution from others of the same mean; None for a constant."""

    def unit_table(self) -> NDArray[Any]:
        """Return the quantile table at mean one (see `unit_table`)."""


class Distribution(BaseModel):
    """Base of the lead times: frozen, strict about keys, with the table made from cdf, partial, quantile."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def unit_table(self: LeadTimeLike) -> NDArray[Any]:
        """Return the quantile table at mean one (see `unit_table`)."""
        return unit_table(self)


def unit_table(lead_time: LeadTimeLike) -> NDArray[Any]:
    """Return SHAPE_SIZE int64 entries, rising, in units of 1 / SHAPE_ONE of the mean.

    Entry k is the mean of the quantile function over the k-th bin of width 1 / SHAPE_SIZE (not its value
    in the middle), so the entries' mean is SHAPE_ONE exactly, however heavy the tail. The rounding is done on
    the running sum, which keeps the total and leaves each entry within one unit of its true value.
    """
    return _unit_table(_Shaped(lead_time.shape(), lead_time))


@dataclass(frozen=True)
class _Shaped:
    """A lead time as far as its shape goes: those of one shape have one table."""

    shape: Hashable
    lead_time: LeadTimeLike = field(compare=False)


@lru_cache(maxsize=256)
def _unit_table(shaped: _Shaped) -> NDArray[Any]:
    """Return the table of a shape; worked out once, for a network is built slice by slice."""
    import numpy as np

    lead_time = shaped.lead_time
    if shaped.shape is None:
        return np.full(SHAPE_SIZE, SHAPE_ONE, dtype=np.int64)
    edges = np.arange(1, SHAPE_SIZE) / SHAPE_SIZE
    inner = lorenz(lead_time, edges) * (SHAPE_SIZE * SHAPE_ONE)
    running = np.concatenate([[0], np.rint(inner).astype(np.int64), [SHAPE_SIZE * SHAPE_ONE]])
    table = np.sort(np.diff(running))
    table.flags.writeable = False
    return table


def lorenz(lead_time: LeadTimeLike, u: NDArray[Any]) -> NDArray[Any]:
    """Return the share of the mean that the smallest share `u` of lead times makes up.

    With q the quantile at u it is `partial(q) + (u - cdf(q)) * q` over the mean: right on a step of the cdf
    too, and an error in q enters only squared.
    """
    import numpy as np

    q = lead_time.quantile(u)
    total = lead_time.partial(q) + (u - lead_time.cdf(q)) * q
    return np.asarray(total / lead_time.mean)
