"""Lognormal lead times: a heavier tail than gamma at the same mean and cv."""

from __future__ import annotations

from math import log1p, sqrt
from typing import TYPE_CHECKING, Any

from pydantic import Field

from simnet.leadtime.base import Distribution, Shape
from simnet.units import Duration, Number

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Lognormal(Distribution):
    """Lognormal with this mean and spread; written `{mean: 45 d, cv: 0.5, shape: lognormal}`."""

    mean: Duration = Field(gt=0)
    """The mean, above zero."""
    cv: Number = Field(ge=0.01, le=20)
    """The standard deviation over the mean, from 0.01 to 20."""

    @property
    def sigma(self) -> float:
        """The standard deviation of the logarithm."""
        return sqrt(log1p(self.cv**2))

    def cdf(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the normal cdf of the standardized logarithm."""
        from scipy.special import ndtr

        return _array(ndtr(self._score(minutes)))

    def partial(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the mean times the normal cdf one sigma lower."""
        from scipy.special import ndtr

        return _array(self.mean * ndtr(self._score(minutes) - self.sigma))

    def quantile(self, u: NDArray[Any]) -> NDArray[Any]:
        """Return the inverse of the cdf."""
        import numpy as np
        from scipy.special import ndtri

        return _array(self.mean * np.exp(self.sigma * ndtri(u) - self.sigma**2 / 2))

    def shape(self) -> Shape | None:
        """Return the kind and the cv."""
        return ("lognormal", self.cv)

    def _score(self, minutes: NDArray[Any]) -> NDArray[Any]:
        import numpy as np

        with np.errstate(divide="ignore"):
            return _array((np.log(minutes / self.mean) + self.sigma**2 / 2) / self.sigma)


def _array(values: Any) -> NDArray[Any]:
    import numpy as np

    return np.asarray(values, dtype=np.float64)
