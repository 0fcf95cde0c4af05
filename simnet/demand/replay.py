"""Replay of a demand history: as it was, resampled, or from fitted laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, cast

from pydantic import BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema

from simnet.demand.entry import Entry
from simnet.demand.history import History, HistoryColumns
from simnet.demand.history_moments import history_moments
from simnet.units import MONTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simnet.demand.block import Lines, Moments, Streams, Targets
    from simnet.demand.clock import Clock


def _history(value: object) -> object:
    """Take a history in the reader's columns as well."""
    if isinstance(value, History) or not hasattr(value, "quantity"):
        return value
    return History.from_columns(cast("HistoryColumns", value))


class Replay(Entry):
    """The lines of a history; written `{orders: orders.csv, replay: exact}`.

    The history's first month is laid on the month in which the run starts, and so on month by month; days
    of the month are kept (the 31st of a shorter month is its last day). If the run starts in the month in
    which the history does, all dates are the same. A line that knows only its month falls at any minute of
    it, one that knows its day (or week) at any minute of that, equally likely. Lines before the start of the
    run (when it starts within a month) or beyond its horizon are not in the run.

    - `exact`: the lines as they were; pieces by part and month are reproduced exactly.
    - `bootstrap`: each month of the run, for each part, is one of the observed months, drawn at random, with
      all its lines.
    - `fitted`: each month has demand with a chance equal to the share of observed months with demand; its
      pieces, on one line, are geometric with the observed mean of such months.

    A history without sites is divided over the sites in `at` by their share.
    """

    by_part: ClassVar[bool] = True

    model: Literal["replay"] | None = None
    """`replay`; may be left out."""
    orders: Annotated[str | SkipJsonSchema[History], BeforeValidator(_history)] = Field(examples=["orders.csv"])
    """The history: a table with the columns part, date or month, quantity, and possibly site."""
    replay: Literal["exact", "bootstrap", "fitted"] = "exact"
    """How the history is used."""
    split: Literal["lines", "pieces"] = "lines"
    """Without sites in the history: each line goes to one site whole, or each piece to a site of its own."""
    format: Literal["long", "wide"] = "long"
    """`long`: a row a line; `wide`: a row a part and a column a month."""

    dates: Literal["dmy", "mdy", "ymd"] | None = None
    """The order of day, month and year, where the dates do not settle it."""
    returns: Literal["error", "ignore"] = "error"
    """Quantities under zero are refused, or left out."""

    @property
    def history(self) -> History:
        """The history, once read."""
        if isinstance(self.orders, str):
            raise TypeError(f"the history {self.orders} has not been read")
        return self.orders

    def draw(self, streams: Streams, clock: Clock) -> Lines:
        """Return the lines in [0, horizon)."""
        from simnet.demand import replaying

        bound = replaying.bind(self.history, streams)
        law = {"exact": replaying.exact, "bootstrap": replaying.bootstrap, "fitted": replaying.fitted}
        found = law[self.replay](bound, clock)
        return replaying.divide(bound, found, pieces=self.split == "pieces")

    def cells(self, clock: Clock) -> NDArray[Any]:
        """Return the borders of what the history knows of a line: its day, its week or its month."""
        if self.replay == "fitted" or not self.history.dated:
            return clock.month_start
        return clock.days(self.history.days)

    def moments(self, targets: Targets) -> Moments:
        """Return the history's rates and mean sizes, thinned to each site's share.

        A dated history (unless fitted) is described by lines one by one, any other by months with a chance.
        Geometric sizes thinned piece by piece are geometric again: share s of mean m leaves a line with
        chance s m / (1 + s (m - 1)), of mean 1 + s (m - 1).
        """
        import numpy as np

        from simnet.demand.block import Moments
        from simnet.demand.replaying import find_series

        known = history_moments(self.history)
        series, found = find_series(self.history, known.code, targets)
        share = np.ones(len(targets)) if self.history.site_names else targets.share_of_part()
        by_month = self.replay == "fitted" or not self.history.dated
        mean = (known.month_mean if by_month else known.size_mean)[series]
        kept = share * mean / (1 + share * (mean - 1)) if self.split == "pieces" else share
        mean = 1 + share * (mean - 1) if self.split == "pieces" else mean
        mean, kept = np.where(found, mean, 1.0), np.where(found, kept, 0.0)
        if not by_month:
            return Moments(known.rate[series] * kept, mean, None)
        chance = known.chance[series] * kept
        return Moments(chance / MONTH, mean, None, period=MONTH, chance=chance)
