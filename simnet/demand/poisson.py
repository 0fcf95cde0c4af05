"""Poisson demand: lines come one by one, at random, at a rate that may change by calendar month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import model_validator

from simnet.demand.entry import RateEntry
from simnet.units import Rate

if TYPE_CHECKING:
    from simnet.demand.block import Lines, Moments, Streams, Targets
    from simnet.demand.clock import Clock


class Poisson(RateEntry):
    """A compound Poisson process; written `{part: filter, orders: 2 per month, size: 2}`.

    Draw 0 of a stream gives the number of lines (the exact Poisson quantile of the integrated rate), draws
    2i + 1 and 2i + 2 the minute and the pieces of line i.
    """

    model: Literal["poisson"] | None = None
    """`poisson`; may be left out."""
    orders: Rate | None = None
    """Demand lines per time of each stream, such as `2 per month`; left out if a table gives it."""

    @model_validator(mode="after")
    def _check_orders(self) -> Self:
        if self.orders is None and self.table is None:
            raise ValueError("needs orders, such as `orders: 2 per month`, or a table")
        return self

    def draw(self, streams: Streams, clock: Clock) -> Lines:
        """Return the lines in [0, horizon)."""
        from simnet.demand.arrivals import poisson_counts, spread_lines
        from simnet.demand.block import Lines
        from simnet.streams import mix_array, uniform_array

        timing = self.timing(clock)
        mean = self.per_stream(streams.targets, self.orders, "orders") * timing.effective
        counts = poisson_counts(uniform_array(mix_array(streams.key, 0)), mean)
        return Lines(*spread_lines(streams.key, counts, timing, self.sizes(streams.targets)))

    def moments(self, targets: Targets) -> Moments:
        """Return the stated rates and the sizes."""
        return self.known(targets, self.per_stream(targets, self.orders, "orders"))
