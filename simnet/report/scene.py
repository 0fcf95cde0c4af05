"""What charts may draw: the comparison, and what of the scenarios its sums do not hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from simnet.metrics import Comparison

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spot:
    """A site on the map."""

    name: str
    tier: str
    """Nothing for a supplier."""
    lat: float
    lon: float
    """Both in degrees, north and east."""
    dealers: bool = False
    """Whether it meets customers."""
    flow: float = 0.0
    """Pieces that it receives for stock, a year."""


@dataclass(frozen=True)
class Link:
    """A lane on the map."""

    source: str
    """A site, or a supplier."""
    site: str
    mode: str
    flow: float
    """Pieces a year; 0 where that is not known."""
    rush: bool = False
    """Whether customers' lines travel it that were passed on, not stock."""


@dataclass(frozen=True)
class Atlas:
    """Where the sites of one design are, and what joins them."""

    sites: Sequence[Spot] = ()
    lanes: Sequence[Link] = ()
    unplaced: int = 0
    """Sites and suppliers of which nobody said where they are."""


@dataclass(frozen=True)
class DemandPattern:
    """How the parts of one design are asked for, month by month at all sites together: a number a part with demand."""

    adi: Floats
    """Mean months from one with demand to the next (average demand interval)."""
    cv2: Floats
    """Squared coefficient of variation of the pieces asked in such a month."""
    sampled: bool = False
    """Whether these are some parts of a network too large to be held whole, evenly through the catalog."""

    def same_as(self, other: DemandPattern) -> bool:
        """Whether the same parts are asked for in the same way."""
        return np.array_equal(self.adi, other.adi) and np.array_equal(self.cv2, other.cv2)


@dataclass(frozen=True)
class Scene:
    """A comparison and what else charts of it may draw; all but the comparison may be empty."""

    comparison: Comparison
    places: Mapping[str, Atlas] = field(default_factory=dict)
    """By design."""
    demand: Mapping[str, DemandPattern] = field(default_factory=dict)
    """By design."""
