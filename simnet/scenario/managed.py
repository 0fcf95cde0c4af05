"""Planned stock: what is listed at a dealer, and levels that the maker sets from what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from simnet.errors import shorten
from simnet.scenario.sites import Flag, Strict, parse_flag
from simnet.units import DURATION_PATTERN, MONTH, WEEK, YEAR, Duration, Share, parse_duration, show_duration, show_share

PLANNED = ("phase_in", "phase_out", "managed")
"""Settings of stocking that act inside the run."""
_WORDS = ("true", "false", "yes", "no")
SLACK = 0.05
"""How far a window may be from a whole number of periods: 12 mo are 52.1 weeks."""


class PhaseIn(Strict):
    """When a part comes on a dealer's stocking list."""

    hits: Annotated[int, Field(ge=0, le=1_000_000)] = Field(examples=[3])
    """Lines asked within the window from which on the part is listed; 0: every part is."""
    within: Duration = Field(examples=["12 mo"])
    """The window in which they are counted, such as `12 mo`."""
    every: Duration = Field(default=MONTH, examples=["1 mo"])
    """How often the list is looked at, where no maker manages the stock."""

    @model_validator(mode="after")
    def _check_window(self) -> PhaseIn:
        if not self.every or not self.within:
            raise ValueError("`within` and `every` must be above zero")
        if self.within < self.every:
            raise ValueError(f"`within` ({show_duration(self.within)}) is shorter than `every`")
        if uneven(self.within, self.every):
            within, every = show_duration(self.within), show_duration(self.every)
            raise ValueError(f"`within` ({within}) is not a multiple of `every` ({every})")
        return self

    def __str__(self) -> str:
        """As `show` tells it."""
        return f"at {self.hits} in {show_duration(self.within)}" if self.hits else "at once"


class Managed(Strict):
    """Levels set by the maker from what was asked (RIM, VMI), instead of the policy's own."""

    target: Share = 0.95
    """Share of the pieces to serve at once, as `target` of a policy."""
    window: Duration = Field(default=YEAR, examples=["12 mo"])
    """The time over which what was asked is counted."""
    every: Duration = Field(default=WEEK, examples=["1 w"])
    """How often levels are proposed."""
    accept: Share = Field(default=1.0, examples=["90 %"])
    """Share of the proposals that the dealer accepts; a refused one comes again when it has changed."""
    buy_back: Flag = Field(default=True, examples=[False])
    """Whether the maker takes back what is above an accepted level."""
    on: Flag = Field(default=True, examples=[False])
    """`false`: not managed after all, whatever more general settings say."""

    @model_validator(mode="after")
    def _check_window(self) -> Managed:
        if not 0 < self.target < 1:
            raise ValueError("target must be above 0 % and below 100 %, such as '95 %'")
        if not self.every or self.window < self.every:
            raise ValueError("`window` must hold at least one period of `every`, and that must be above zero")
        if uneven(self.window, self.every):
            window, every = show_duration(self.window), show_duration(self.every)
            raise ValueError(f"`window` ({window}) is not a multiple of `every` ({every})")
        return self

    def __str__(self) -> str:
        """As `show` tells it."""
        said = f"{show_share(self.target)} from {show_duration(self.window)}, every {show_duration(self.every)}"
        return said if self.on else "no"


def periods(window: int, every: int) -> int:
    """Whole periods in a window, to the nearest."""
    return max(round(window / every), 1)


def uneven(window: int, every: int) -> bool:
    """Whether a window is far from a whole number of periods."""
    return abs(periods(window, every) * every - window) > SLACK * window


def _managed(value: object) -> object:
    """`true` is managed as usual; `false` is not managed, whatever more general settings say."""
    if isinstance(value, bool) or str(value).lower() in _WORDS:
        return Managed(on=parse_flag(value))
    if not isinstance(value, (Mapping, Managed)):
        raise ValueError(f"must be true, false, or a map such as {{target: 95 %, every: 1 w}}, not {shorten(value)}")
    return value


def _phase_in(value: object) -> object:
    """`false`: every part is listed, whatever more general settings say."""
    if value is False or str(value).lower() in ("false", "no"):
        return PhaseIn(hits=0, within=YEAR)
    if not isinstance(value, (Mapping, PhaseIn)):
        raise ValueError(f"must be false, or a map such as {{hits: 3, within: 12 mo}}, not {shorten(value)}")
    return value


def _phase_out(value: object) -> int:
    """Minutes; 0 for never."""
    if isinstance(value, bool) or str(value).lower() in ("false", "no", "never"):
        return 0
    minutes = parse_duration(value)
    if not minutes:
        raise ValueError("must be above zero, such as 18 mo; `never` keeps the part listed")
    return minutes


_OUT: dict[str, Any] = {
    "anyOf": [{"type": "string", "pattern": f"^{DURATION_PATTERN}$"}, {"enum": ["never", False]}],
    "examples": ["18 mo"],
}
ManagedStock = Annotated[Managed, BeforeValidator(_managed)]
"""Managed by the maker: how, `true` for as usual, or `false`."""
Listing = Annotated[PhaseIn, BeforeValidator(_phase_in)]
"""When a part is listed, or `false`."""
Delisting = Annotated[int, BeforeValidator(_phase_out), WithJsonSchema(_OUT)]
"""The time without a line after which a part is taken off the list; 0: never."""


def planned_by(settings: Mapping[str, Any], stock: str) -> tuple[PhaseIn | None, int, Managed | None]:
    """Phase-in, phase-out (minutes, 0: never) and management at a dealer whose stock is of a mode."""
    phase_in, managed = settings.get("phase_in"), settings.get("managed")
    if managed is None and stock == "managed":
        managed = Managed()
    listed = phase_in is None or phase_in.hits == 0
    return None if listed else phase_in, settings.get("phase_out") or 0, managed if managed and managed.on else None
