"""Lead times from a short list, each with its share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic import model_validator

from simnet.leadtime.base import Distribution, Shape
from simnet.units import Duration, Share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

TOLERANCE = 1e-6
"""How far from 100 % a sum of shares may be; it is then made exact."""


class Table(Distribution):
    """One of these durations, each with its share; written `{table: {10 d: 50 %, 40 d: 50 %}}`."""

    table: dict[Duration, Share]
    """Share by duration; the shares add up to 100 %."""

    @model_validator(mode="after")
    def _check_shares(self) -> Self:
        check_shares(self.table.values())
        if self.mean == 0:
            raise ValueError("every duration is zero; write 0 d instead of a table")
        return self

    def __hash__(self) -> int:
        return hash(frozenset(self.table.items()))

    @property
    def mean(self) -> float:
        """The mean in minutes."""
        return sum(minutes * share for minutes, share in self.table.items()) / sum(self.table.values())

    @property
    def cv(self) -> float:
        """The standard deviation over the mean."""
        total, mean = sum(self.table.values()), self.mean
        square = sum(share * (minutes - mean) ** 2 for minutes, share in self.table.items()) / total
        return float(square**0.5 / mean)

    def cdf(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the summed shares of the durations of at most `minutes`."""
        return self._sums(minutes, power=0)

    def partial(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the summed duration times share of the durations of at most `minutes`."""
        return self._sums(minutes, power=1)

    def quantile(self, u: NDArray[Any]) -> NDArray[Any]:
        """Return the first duration whose summed share reaches `u`."""
        import numpy as np

        durations, shares = self._columns()
        place = np.searchsorted(np.cumsum(shares), u, side="left")
        return durations[np.minimum(place, len(durations) - 1)]

    def shape(self) -> Shape | None:
        """Return the kind, and each duration over the mean with its share."""
        pairs = sorted(self.table.items())
        if len(pairs) == 1:
            return None
        return ("table", *((minutes / self.mean, share) for minutes, share in pairs))

    def _columns(self) -> tuple[NDArray[Any], NDArray[Any]]:
        import numpy as np

        pairs = np.array(sorted(self.table.items()), dtype=np.float64)
        return pairs[:, 0], pairs[:, 1] / pairs[:, 1].sum()

    def _sums(self, minutes: NDArray[Any], power: int) -> NDArray[Any]:
        import numpy as np

        durations, shares = self._columns()
        sums = np.concatenate([[0.0], np.cumsum(shares * durations**power)])
        return np.asarray(sums[np.searchsorted(durations, minutes, side="right")])


def check_shares(shares: Iterable[float]) -> None:
    """Raise ValueError unless the shares add up to 100 %."""
    total = sum(shares)
    if abs(total - 1) > TOLERANCE:
        raise ValueError(f"the shares add up to {100 * total:.6g} %; they must add up to 100 %")
