"""Lead times that are of one kind or another: usually fast, now and then slow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, SerializeAsAny, model_validator

from simnet.leadtime.base import Distribution, LeadTimeLike, Shape
from simnet.leadtime.table import check_shares
from simnet.units import Share

if TYPE_CHECKING:
    from numpy.typing import NDArray

HALVINGS = 60


class Component(BaseModel):
    """One kind of lead time and how often it is met."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    share: Share
    """How often."""
    lead_time: SerializeAsAny[Distribution]
    """The lead time, then."""

    @model_validator(mode="before")
    @classmethod
    def _flat_form(cls, value: Any) -> Any:
        from simnet.leadtime.parse import parse_lead_time

        if not isinstance(value, Mapping) or "lead_time" in value:
            return value
        law = parse_lead_time({key: item for key, item in value.items() if key != "share"})
        return {**{key: value[key] for key in value if key == "share"}, "lead_time": law}

    @property
    def law(self) -> LeadTimeLike:
        """The lead time as the protocol."""
        assert isinstance(self.lead_time, LeadTimeLike)
        return self.lead_time


class Mixture(Distribution):
    """Several lead times by share; written `{mixture: [{share: 90 %, mean: 5 d}, {share: 10 %, ...}]}`."""

    mixture: tuple[Component, ...]
    """The components; their shares add up to 100 %."""

    @model_validator(mode="after")
    def _check_shares(self) -> Self:
        check_shares(component.share for component in self.mixture)
        if self.mean == 0:
            raise ValueError("every component is zero; write 0 d instead of a mixture")
        return self

    @property
    def mean(self) -> float:
        """The mean in minutes."""
        return float(self._average([component.law.mean for component in self.mixture]))

    @property
    def cv(self) -> float:
        """The standard deviation over the mean, within and between the components."""
        laws = [component.law for component in self.mixture]
        square = self._average([law.mean**2 * (1 + law.cv**2) for law in laws])
        return float(max(square / self.mean**2 - 1, 0.0) ** 0.5)

    def cdf(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the average of the components' cdf."""
        import numpy as np

        return np.asarray(self._average([component.law.cdf(minutes) for component in self.mixture]))

    def partial(self, minutes: NDArray[Any]) -> NDArray[Any]:
        """Return the average of the components' partial means."""
        import numpy as np

        return np.asarray(self._average([component.law.partial(minutes) for component in self.mixture]))

    def quantile(self, u: NDArray[Any]) -> NDArray[Any]:
        """Return the inverse of the cdf, by halving between the components' own quantiles."""
        import numpy as np

        inner = np.array([c.law.quantile(u) for c in self.mixture if c.share > 0])
        low, high = inner.min(axis=0), inner.max(axis=0)
        reached = self.cdf(low) >= u
        high = np.where(reached, low, high)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            reached = self.cdf(middle) >= u
            low, high = np.where(reached, low, middle), np.where(reached, middle, high)
        return np.asarray(high)

    def shape(self) -> Shape | None:
        """Return the kind, and each component's share, relative mean and shape; None if nothing varies."""
        if self.cv < 1e-9:
            return None
        laws = ((c.share, c.law.mean / self.mean, c.law.shape()) for c in self.mixture)
        return ("mixture", *laws)

    def _average(self, values: list[Any]) -> Any:
        total = sum(component.share for component in self.mixture)
        pairs = zip(self.mixture, values, strict=True)
        return sum(component.share * value for component, value in pairs) / total
