"""Gamma lead times: the usual choice for transport and supply (fits lanes slightly better than lognormal)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from simnet.leadtime.base import Distribution, Shape
from simnet.units import Duration, Number

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Gamma(Distribution):
    """Gamma with this mean and spread; written `{mean: 45 d, cv: 0.5}`."""

    mean: Duration = Field(gt=0)
    """The mean, above zero."""
    cv: Number = Field(ge=0.01, le=20)
    """The standard deviation over the mean, from 0.01 to 20."""

    @property
    def alpha(self) -> float:
        """The shape parameter, 1 / cv squared; the scale is mean / alpha."""
        return self.cv**-2

    def cdf(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the regularized incomplete gamma function."""
        from scipy.special import gammainc

        return _array(gammainc(self.alpha, minutes * (self.alpha / self.mean)))

    def partial(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the mean times the cdf of a gamma whose alpha is one higher."""
        from scipy.special import gammainc

        return _array(self.mean * gammainc(self.alpha + 1, minutes * (self.alpha / self.mean)))

    def quantile(self, u: NDArray[Any]) -> NDArray[Any]:
        """Return the inverse of the cdf."""
        from scipy.special import gammaincinv

        return _array(gammaincinv(self.alpha, u) * (self.mean / self.alpha))

    def shape(self) -> Shape | None:
        """Return the kind and the cv."""
        return ("gamma", self.cv)


def _array(values: Any) -> NDArray[Any]:
    import numpy as np

    return np.asarray(values, dtype=np.float64)
