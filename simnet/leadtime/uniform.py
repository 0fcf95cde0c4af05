"""Lead times spread evenly between two limits."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, Self

from pydantic import ConfigDict, Field, model_validator

from simnet.leadtime.base import Distribution, Shape
from simnet.units import Duration

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Uniform(Distribution):
    """Anything between `from` and `to`, equally likely; written `{uniform: {from: 5 d, to: 9 d}}`."""

    model_config = ConfigDict(populate_by_name=True)

    low: Duration = Field(alias="from")
    """The shortest lead time."""
    high: Duration = Field(alias="to")
    """The longest lead time, above the shortest."""

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.high <= self.low:
            raise ValueError("`to` must be longer than `from`; a constant is one duration, such as 30 d")
        return self

    @property
    def mean(self) -> float:
        """The middle, in minutes."""
        return (self.low + self.high) / 2

    @property
    def cv(self) -> float:
        """The standard deviation over the mean."""
        return (self.high - self.low) / (sqrt(3) * (self.high + self.low))

    def cdf(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the share of the range up to `minutes`."""
        import numpy as np

        return np.clip((minutes - self.low) / (self.high - self.low), 0.0, 1.0)

    def partial(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the integral of t / (high - low) from low to `minutes`."""
        import numpy as np

        end = np.clip(minutes, self.low, self.high)
        return np.asarray((end - self.low) * (end + self.low) / (2.0 * (self.high - self.low)))

    def quantile(self, u: NDArray[Any]) -> NDArray[Any]:
        """Return the point a share `u` of the way from low to high."""
        return self.low + u * (self.high - self.low)

    def shape(self) -> Shape | None:
        """Return the kind and the relative width."""
        return ("uniform", (self.high - self.low) / (self.high + self.low))
