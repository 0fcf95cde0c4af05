"""Negative binomial sizes: a second number sets how much they vary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic import Field, model_validator

from simnet.demand.sizes.base import TAIL, Distribution
from simnet.units import Number

if TYPE_CHECKING:
    from numpy.typing import NDArray


class NegativeBinomial(Distribution):
    """One piece plus a negative binomial number; written `{negative_binomial: {mean: 3, var_to_mean: 2}}`."""

    mean: Number = Field(gt=1, le=100_000)
    """The mean number of pieces on a line, above 1."""
    var_to_mean: Number = Field(gt=0, le=1_000)
    """The variance of the number of pieces on a line over its mean; above (mean - 1) / mean."""

    @model_validator(mode="after")
    def _check_spread(self) -> Self:
        least = (self.mean - 1) / self.mean
        if self.var_to_mean <= least * (1 + 1e-9):
            raise ValueError(f"var_to_mean must be above {least:.4g} at mean {self.mean:g}; 1 always is")
        return self

    @property
    def variance(self) -> float:
        """The mean times var_to_mean."""
        return self.mean * self.var_to_mean

    @property
    def success(self) -> float:
        """The success chance p of the negative binomial part, whose mean is mean - 1."""
        return (self.mean - 1) / self.variance

    @property
    def successes(self) -> float:
        """The (real) number r of successes of the negative binomial part."""
        return (self.mean - 1) * self.success / (1 - self.success)

    def pmf(self, n_max: int) -> NDArray[Any]:
        """Return gamma(r + k) / (gamma(r) k!) p**r (1 - p)**k at k = size - 1."""
        import numpy as np
        from scipy.special import gammaln

        k = np.arange(n_max, dtype=np.float64)
        r, p = self.successes, self.success
        logs = gammaln(r + k) - gammaln(r) - gammaln(k + 1) + r * np.log(p) + k * np.log1p(-p)
        return np.concatenate([[0.0], np.exp(logs)])

    def longest(self) -> int:
        """Return a size beyond which the tail is lighter than TAIL, to a power of two."""
        from scipy.special import betainc

        longest = 16
        while betainc(longest, self.successes, 1 - self.success) > TAIL:
            longest *= 2
        return longest
