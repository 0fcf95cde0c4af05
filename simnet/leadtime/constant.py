"""A lead time that is always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simnet.leadtime.base import Distribution, Shape
from simnet.units import Duration

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Constant(Distribution):
    """Always `mean`; written `30 d`."""

    mean: Duration
    """The lead time."""

    @property
    def cv(self) -> float:
        """Zero: there is no spread."""
        return 0.0

    def cdf(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return 1 from the mean on."""
        import numpy as np

        return np.where(minutes >= self.mean, 1.0, 0.0)

    def partial(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the mean from the mean on."""
        return self.cdf(minutes) * self.mean

    def quantile(self, u: NDArray[Any]) -> NDArray[Any]:
        """Return the mean, whatever the share."""
        import numpy as np

        return np.full(np.shape(u), float(self.mean))

    def shape(self) -> Shape | None:
        """Return None: nothing to draw."""
        return None
