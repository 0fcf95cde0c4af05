"""What a case is made of, in its own unit of time, and how that is said in the language of simnet."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from tests.oracles.cases import Inexpressible
from tests.oracles.worlds import Measure

CV = {"exponential": 1.0, "erlang3": 3**-0.5, "lognormal": 1.0}
TWO_POINTS = (0.2, 1.8)
TAIL = 1e-15


@dataclass(frozen=True)
class Lead:
    """A lead time: its kind, and its mean in the case's unit."""

    mean: float
    kind: str = "deterministic"

    def shortest(self) -> float:
        """The span that minutes must resolve."""
        return self.mean * (TWO_POINTS[0] if self.kind == "twopoint" else 1.0)

    def written(self, minutes: int) -> Any:
        """As the scenario says it."""
        mean = self.mean * minutes
        if self.kind in ("deterministic", "constant"):
            return f"{round(mean)} min"
        if self.kind == "uniform":
            return {"uniform": {"from": "0 min", "to": f"{round(2 * mean)} min"}}
        if self.kind == "twopoint":
            return {"table": {f"{round(point * mean)} min": "50 %" for point in TWO_POINTS}}
        if self.kind not in CV:
            raise Inexpressible(f"no lead time of the kind {self.kind}")
        form = {"mean": f"{round(mean)} min", "cv": CV[self.kind]}
        return {**form, "shape": "lognormal"} if self.kind == "lognormal" else form


@dataclass(frozen=True)
class Site:
    """One place with stock: who refills it, how long that takes, and when it orders."""

    name: str
    lead: Lead
    trigger: int
    up_to: int
    lot: int = 1
    review: float = 0.0
    above: str = ""
    """The site that refills it; the supplier if empty."""
    start: int | None = None
    """Pieces at the start, where that is not full shelves."""
    dealer: bool = False
    """Written as a dealer; else as a warehouse."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Further keys of the site: its pool, its hold-back, whom it refers to, whom it serves first."""
    reserve: Mapping[str, int] = field(default_factory=dict)
    """Pieces that each order class leaves for better ones."""

    @property
    def cycle(self) -> int:
        """Pieces from one order to the next, at most: how far the position wanders."""
        return max(self.up_to - self.trigger, self.lot, 1)

    def written(self, minutes: int) -> dict[str, Any]:
        """As the scenario says it, its stock apart."""
        above = {"served_by" if self.dealer else "refilled_by": self.above or "factory"}
        return {"tier": self.name, **above, "lead_time": self.lead.written(minutes), **self.more}

    def policy(self, minutes: int) -> dict[str, Any]:
        """What the scenario says of its stock."""
        return {**self.levels(minutes), **({"reserve": dict(self.reserve)} if self.reserve else {})}

    def levels(self, minutes: int) -> dict[str, Any]:
        """When it orders, and how much."""
        review = {"review": f"{round(self.review * minutes)} min"} if self.review else {}
        if self.lot > 1 or self.up_to == self.trigger + 1 and self.up_to < 0:
            return {"policy": "reorder-lot", "trigger": self.trigger, "lot": self.lot, **review}
        if self.up_to == self.trigger + 1:
            return {"policy": "base-stock", "up_to": self.up_to, **review}
        return {"policy": "min-max", "trigger": self.trigger, "up_to": self.up_to, **review}


def base_stock(name: str, lead: Lead, up_to: int, **more: Any) -> Site:
    """Every piece is ordered anew."""
    return Site(name, lead, up_to - 1, up_to, **more)


def reorder_lot(name: str, lead: Lead, trigger: int, lot: int, **more: Any) -> Site:
    """(r, nQ)."""
    return Site(name, lead, trigger, trigger + 1, lot, **more)


@dataclass(frozen=True)
class Pieces:
    """The size of an order."""

    written: Any = 1
    mean: float = 1.0
    square: float = 1.0


def pieces(size: Any) -> Pieces:
    """The size that a case describes; where the language has no word for it, a table of its chances."""
    if size is None or isinstance(size, int):
        count = size or 1
        return Pieces(count, count, count**2)
    kind = size["kind"]
    if kind in ("unit", "constant"):
        return pieces(int(size.get("value", 1)))
    if kind == "geometric":
        mean = float(size["mean"])
        return Pieces({"geometric": {"mean": mean}}, mean, mean * (2 * mean - 1))
    if kind == "pmf":
        chances: dict[int, float] = {}
        for value, chance in zip(size["values"], size["probs"], strict=True):
            chances[int(value)] = chances.get(int(value), 0.0) + chance
        return table(chances)
    if kind == "shifted_poisson":
        mean = size["mean"] - 1.0
        count = int(mean + 12 * math.sqrt(mean) + 30)
        return table({1 + k: float(p) for k, p in enumerate(stats.poisson.pmf(np.arange(count), mean))})
    if kind == "logarithmic":
        theta = size["theta"]
        count = math.ceil(math.log(TAIL) / math.log(theta)) + 2
        return table({k: -(theta**k) / (k * math.log(1 - theta)) for k in range(1, count)})
    raise Inexpressible(f"no order size of the kind {kind}")


def table(chances: Mapping[int, float]) -> Pieces:
    """A table of sizes; the chances are normalized."""
    total = sum(chances.values())
    kept = {size: chance / total for size, chance in chances.items() if chance / total > TAIL}
    if min(kept) < 1:
        raise Inexpressible("an order of no pieces")
    return Pieces(
        {"table": {size: percent(chance) for size, chance in kept.items()}},
        sum(size * chance for size, chance in kept.items()),
        sum(size**2 * chance for size, chance in kept.items()),
    )


def percent(share: float) -> str:
    """A share as the scenario says it."""
    return f"{100 * share:.17f} %"


@dataclass(frozen=True)
class Stream:
    """Customers' orders at one site."""

    site: str
    rate: float
    """Orders a unit of time."""
    size: Pieces = Pieces()
    period: bool = False
    """The rate is the chance of an order in each unit of time, at its start."""
    order_class: str = ""
    """The class of the orders, where it is not `day`."""

    def written(self, minutes: int) -> dict[str, Any]:
        """As the scenario says it."""
        entry: dict[str, Any] = {"part": "all", "at": [self.site], "size": self.size.written}
        if self.order_class:
            entry["order_class"] = self.order_class
        if self.period:
            chance = {"chance": percent(self.rate), "every": f"{minutes} min", "at_minute": "start"}
            return {**entry, "model": "intermittent", **chance}
        return {**entry, "orders": f"{self.rate / minutes:.17g} per minute"}


Models = Callable[[int], list[Any]]


@dataclass(frozen=True)
class System:
    """A case, ready to be said in the language of simnet. All times are in the case's unit."""

    sites: tuple[Site, ...]
    streams: tuple[Stream, ...]
    measures: Mapping[str, Measure]
    windows: tuple[float, ...] = ()
    lost: bool = False
    """What customers ask and is not there is lost."""
    step: float = 0.0
    """The measured time is a multiple of it (a review period, a season)."""
    span: tuple[float, float] | None = None
    """Warm-up and measured time, where the case says; else long enough to forget the start."""
    minutes: int | None = None
    """Minutes in the unit of time, where nothing happens between whole units."""
    models: Models | None = None
    """Demand models of one's own, given the minutes in the unit of time."""
    rate: float = 0.0
    """Orders a unit of time of these models."""
    policies: Mapping[str, Any] = field(default_factory=dict)
    """Stocking policies of one's own, by site."""
    acting: bool = False
    """A policy that decides inside the run: the SimPy clock only."""
    forget: float = 0.0
    """Further time that the demand takes to forget its start."""
    classes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Order classes, as the scenario says them."""
    lanes: Mapping[tuple[str, str], Lead | int] = field(default_factory=dict)
    """How long what a site gives to customers of class `day` of another travels: a time, or a number of minutes."""
    pooled: bool = False
    """What it is measured by is tallied for all parts together: its worlds are replications."""

    @property
    def orders(self) -> float:
        """Customers' orders a unit of time."""
        return sum(stream.rate for stream in self.streams) + self.rate


Array = NDArray[np.float64]
