"""What all entries of `demand:` in a scenario have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic.json_schema import SkipJsonSchema

from simnet.demand.sizes import Fixed, Size
from simnet.demand.table import DemandTable
from simnet.units import YEAR, Number, Quantity, SharePer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simnet.demand.arrivals import Even, Monthly, Sizes
    from simnet.demand.block import Moments, Targets
    from simnet.demand.clock import Clock


def _names(value: object) -> object:
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return (str(value),)
    if isinstance(value, Sequence):
        return tuple(str(item) if isinstance(item, int) else item for item in value)
    raise ValueError("needs a name or a list of names, such as [lyon, turin]")


_NAMES_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Names = Annotated[tuple[str, ...], BeforeValidator(_names), WithJsonSchema(_NAMES_SCHEMA)]
"""One name or a list of names."""


class Entry(BaseModel):
    """One entry of `demand:`: whose demand it is. Each demand model adds the keys of its law."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        arbitrary_types_allowed=True,
    )

    model: str | None = None
    """The demand model's name; needed only for one of your own (entry points `simnet.demand`)."""
    part: Names | None = Field(default=None, examples=["filter"])
    """The part, or a list of parts; `all` is every part."""
    parts: Names | None = Field(default=None, examples=[["filter", "sensor"]])
    """The same as `part`."""
    part_class: Names | None = Field(default=None, alias="class", examples=["fast"])
    """Only parts of this class, or of these."""
    at: Names = Field(default=("dealers",), examples=[["lyon", "turin"]])
    """The sites that ask: names of sites or tiers, or `dealers` for all dealers."""
    order_class: str = Field(default="day", examples=["vor"])
    """The order class of the demand lines."""
    when: Literal["any time", "open"] = "any time"
    """`any time`: customers ask round the clock; `open`: in the opening hours of the site that they ask."""

    columns: dict[str, str] | None = Field(default=None, examples=[{"part": "Teil"}])
    """For a table: which of its columns holds what, such as `{part: part_id}`."""
    units: dict[str, str] | None = Field(default=None, examples=[{"orders": "per y"}])
    """For a table: the unit of a column whose cells have none."""
    ignore: Names | None = Field(default=None, examples=[["remark"]])
    """For a table: columns that are not read."""

    @model_validator(mode="after")
    def _check_part(self) -> Self:
        if self.part is not None and self.parts is not None:
            raise ValueError("has both `part` and `parts`; use one of them")
        return self

    @property
    def chosen_parts(self) -> tuple[str, ...] | None:
        """The names of the parts; None for all parts."""
        chosen = self.part if self.part is not None else self.parts
        return None if chosen is None or chosen == ("all",) else chosen

    def cells(self, clock: Clock) -> NDArray[Any]:
        """Return the borders of the spans that a line stays in, if it is asked in opening hours: months."""
        return clock.month_start


class RateEntry(Entry):
    """An entry whose streams each have a rate: with a size, a season, a trend, or a table of rows."""

    size: Size = Field(default=Fixed(pieces=1), examples=[{"geometric": {"mean": 1.5}}])
    """Pieces on a line."""
    split: Literal["each", "share"] = "each"
    """`each`: every site asks this much; `share`: it is the total, divided over the sites by their share."""
    sites: Annotated[Quantity, Field(ge=1)] | None = Field(default=None, examples=[1])
    """How many of the sites ask for a part, drawn by their share; left out: all of them."""
    season: Annotated[tuple[Number, ...], Field(min_length=12, max_length=12)] | None = Field(
        default=None, examples=[[1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1]]
    )
    """Twelve factors, January to December; only their proportions matter (the year's total is kept)."""
    trend: SharePer | None = Field(default=None, examples=["3 %/y"])
    """Growth, compounding from the start of the run, such as `3 %/y`."""
    table: str | SkipJsonSchema[DemandTable] | None = Field(default=None, examples=["demand.csv"])
    """A table with one row a stream: part, at, orders or chance, and size or size_mean."""

    @model_validator(mode="after")
    def _check_season(self) -> Self:
        if self.season is not None and sum(self.season) == 0:
            raise ValueError("all season factors are zero; one at least must be above")
        if self.trend is not None and self.trend * YEAR <= -1:
            raise ValueError("the trend must be above -100 %/y")
        return self

    @property
    def rows(self) -> DemandTable | None:
        """The table, once read."""
        if isinstance(self.table, str):
            raise TypeError(f"the table {self.table} has not been read")
        return self.table

    @property
    def asking(self) -> NDArray[Any] | int:
        """How many sites ask, by row of the table or for all parts; 0: all of them."""
        column = self.rows.column("sites") if self.rows is not None else None
        return (self.sites or 0) if column is None else column + (column == 0) * (self.sites or 0)

    @property
    def growth(self) -> float:
        """The trend as a share a year."""
        return (self.trend or 0.0) * YEAR

    @property
    def changes(self) -> bool:
        """Whether the intensity changes by month."""
        return self.season is not None or bool(self.trend)

    def timing(self, clock: Clock) -> Even | Monthly:
        """Return the law of a line's minute."""
        from simnet.demand.arrivals import Even, Monthly
        from simnet.demand.clock import month_weights

        if not self.changes:
            return Even(clock.horizon)
        return Monthly(clock, month_weights(clock, self.season, self.growth))

    def per_stream(self, targets: Targets, stated: float | None, column: str) -> NDArray[Any]:
        """Return the number of each stream: from its row of the table, or as stated, split by share."""
        import numpy as np

        numbers = self._column(targets, column)
        if numbers is None:
            if stated is None:
                raise ValueError(f"needs `{column}`")
            numbers = np.full(len(targets), stated)
        return numbers * targets.share_of_row() if self.split == "share" else numbers

    def sizes(self, targets: Targets) -> Sizes:
        """Return the function from draws and their streams to pieces."""
        from simnet.demand.sizes import draw_geometric

        pieces, means = self._column(targets, "size"), self._column(targets, "size_mean")
        if means is not None:
            return lambda draws, stream: draw_geometric(draws, means[stream])
        if pieces is not None:
            return lambda _draws, stream: pieces[stream]
        return lambda draws, _stream: self.size.draw(draws)

    def known(self, targets: Targets, rate: NDArray[Any], **more: Any) -> Moments:
        """Return the moments at these rates (lines a minute)."""
        import numpy as np

        from simnet.demand.block import Moments

        pieces, means = self._column(targets, "size"), self._column(targets, "size_mean")
        if means is not None or pieces is not None:
            mean = np.asarray(pieces if means is None else means, dtype=np.float64)
            return Moments(rate, mean, None, fixed=means is None, **more)
        return Moments(rate, np.full(len(targets), self.size.mean), self.size, **more)

    def _column(self, targets: Targets, name: str) -> NDArray[Any] | None:
        if self.rows is None or targets.row is None:
            return None
        column = self.rows.column(name)
        return None if column is None else column[targets.row]
