"""Intermittent demand: in each period a line is asked, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, model_validator

from simnet.demand.entry import RateEntry
from simnet.units import MONTH, Duration, Share

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simnet.demand.block import Lines, Moments, Streams, Targets
    from simnet.demand.clock import Clock


class Intermittent(RateEntry):
    """At most one line a period; written `{part: hose, chance: 12 %, every: 1 mo, size: 2}`.

    `every: 1 mo` follows the calendar months; any other span is that many minutes, from the start of the run.
    A season or a trend multiplies the chance (by the factor of the month in which the period starts), up to
    100 %.
    """

    model: Literal["intermittent"] | None = None
    """`intermittent`; may be left out."""
    chance: Share | None = Field(default=None, examples=["12 %"])
    """The chance of a line in each period; left out if a table gives it."""
    every: Duration = Field(default=MONTH, ge=1, examples=["1 mo"])
    """The length of a period; `1 mo` is a calendar month."""
    at_minute: Literal["spread", "start"] = "spread"
    """When in its period a line is asked: at any minute, equally likely, or at the first."""

    @model_validator(mode="after")
    def _check_chance(self) -> Self:
        if self.chance is None and self.table is None:
            raise ValueError("needs chance, such as `chance: 12 %`, or a table")
        return self

    def draw(self, streams: Streams, clock: Clock) -> Lines:
        """Return the lines in [0, horizon)."""
        from simnet.demand.block import Lines
        from simnet.demand.periods import Occurrences, draw_period_lines

        occurrences = Occurrences(
            key=streams.key,
            chance=self.per_stream(streams.targets, self.chance, "chance"),
            starts=self.starts(clock),
            factors=self._factors(clock) if self.changes else None,
        )
        spread = self.at_minute == "spread"
        return Lines(*draw_period_lines(occurrences, clock.horizon, spread, self.sizes(streams.targets)))

    def starts(self, clock: Clock) -> NDArray[Any]:
        """Return the first minute of each period begun in the run, and the end of the last."""
        import numpy as np

        if self.every == MONTH:
            starts = clock.full_months(len(clock.month_of_year))
            starts[0] = 0
            return starts
        periods = -(-clock.horizon // self.every)
        return np.arange(periods + 1, dtype=np.int64) * self.every

    def cells(self, clock: Clock) -> NDArray[Any]:
        """Return the borders of the periods: at most one line a period, in opening hours too."""
        import numpy as np

        return np.asarray(np.minimum(self.starts(clock), clock.horizon))

    def moments(self, targets: Targets) -> Moments:
        """Return the stated chances and the sizes."""
        chance = self.per_stream(targets, self.chance, "chance")
        return self.known(targets, chance / self.every, period=self.every, chance=chance)

    def _factors(self, clock: Clock) -> NDArray[Any]:
        import numpy as np

        from simnet.demand.clock import month_weights

        month = np.searchsorted(clock.month_start, self.starts(clock)[:-1], side="right") - 1
        return month_weights(clock, self.season, self.growth)[month]
