"""What a metric looks at: one tally, its network, and a choice of stocking points.

Sums are exact: numpy adds 64-bit integers where they fit, Python's integers take over where they may not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.ledger.tally import Tally
from simnet.network.network import Network
from simnet.units import YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

SITES, CUSTOMERS, ANYONE = slice(0, 1), slice(1, None), slice(None)
"""Who asks, as order classes: class 0 is the replenishment of other sites, the others are customers."""

SAFE = 1 << 62


def largest(values: Integers) -> int:
    """The largest size of any of the integers; 0 of none."""
    return max(int(values.max()), -int(values.min())) if len(values) else 0


def exact_sum(values: Integers) -> int:
    """The sum of 64-bit integers, exact even where it does not fit in 64 bits."""
    values = np.ascontiguousarray(values)  # a field of records is strided: read it once
    if largest(values) * len(values) < SAFE:
        return int(values.sum())
    high, low = values >> 32, values & 0xFFFF_FFFF
    return (int(high.sum()) << 32) + int(low.sum())


def exact_dot(left: Integers, right: Integers) -> int:
    """The sum of products of 64-bit integers, exact; `right` below 2**43 (870 million of the currency)."""
    left = np.ascontiguousarray(left)
    if largest(left) * largest(right) * len(left) < SAFE:
        return int(np.dot(left, right))
    parts = ((shift, exact_sum(((left >> shift) & 0xFFFFF) * right)) for shift in (0, 20, 40))
    return sum(part << shift for shift, part in parts) + (exact_sum((left >> 60) * right) << 60)


@dataclass(frozen=True)
class View:
    """One tally seen through a choice of points; sums are kept, as many metrics share them."""

    tally: Tally
    network: Network
    points: Integers | None = None
    """Indices of the stocking points looked at; None is all of them."""
    sites: Integers | None = None
    """Indices of the sites that are looked at with all their parts; None is all of them."""
    part_class: int | None = None
    """The one part class that is looked at; None is all of them."""
    order_class: int | None = None
    """The one order class whose lines are looked at; None is those that a metric is about."""
    window: int = 0
    """The span of a WINDOW metric, in minutes."""
    number: int = 0
    """Which word of its list a metric with one of CHOICES is about."""
    sums: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def keep(self, key: Any, work: Any) -> Any:
        """The kept result under a key, worked out at its first use."""
        if key not in self.sums:
            self.sums[key] = work()
        return self.sums[key]

    @property
    def whole_sites(self) -> bool:
        """Whether sites are looked at with all their parts; if not, there is no histogram of waits."""
        return self.part_class is None

    def who(self, usual: slice = CUSTOMERS) -> slice:
        """The order classes looked at: the one that was chosen, or the usual ones."""
        return usual if self.order_class is None else slice(self.order_class, self.order_class + 1)

    def of_points(self, rows: Any) -> Any:
        """The rows of the points looked at, of an array with a row a point."""
        return rows if self.points is None else rows[self.points]

    def looks_at(self, points: Integers) -> Any:
        """Which of these points are looked at."""
        return np.ones(len(points), dtype=bool) if self.points is None else np.isin(points, self.points)

    def place(self, name: str) -> Integers:
        """A field of the network's points, such as `site` or `part`."""
        return self.of_points(self.network.points[name])  # type: ignore[no-any-return]

    def column(self, name: str) -> Integers:
        """A field of the tally's points."""
        return self.of_points(self.tally.point[name])  # type: ignore[no-any-return]

    def asked_column(self, name: str, who: slice) -> Integers:
        """A field of what was asked, one number a point, over the order classes `who` or the one looked at."""
        table = self.tally.flow[name].reshape(-1, len(self.network.order_classes))[:, self.who(who)]
        return self.of_points(table.sum(axis=1) if table.shape[1] != 1 else table[:, 0])  # type: ignore[no-any-return]

    def total(self, name: str) -> int:
        """The sum of a field of the tally's points."""
        return int(self.keep((name,), lambda: exact_sum(self.column(name))))

    def asked(self, name: str, who: slice = CUSTOMERS) -> int:
        """The sum of a field of what was asked, by customers unless said otherwise."""
        chosen = self.who(who)
        return int(self.keep((name, chosen.start, chosen.stop), lambda: exact_sum(self.asked_column(name, who))))

    def per_part(self, name: str) -> Integers:
        """`cost`, `price` (1/10,000 of the currency) or `weight` (grams) of each point's part."""
        return getattr(self.network, name)[self.place("part")]  # type: ignore[no-any-return]

    def worth(self, name: str, at: str) -> int:
        """The sum of a field of the tally's points times the part's cost, price or weight."""
        return int(self.keep((name, at, "w"), lambda: exact_dot(self.column(name), self.per_part(at))))

    def asked_worth(self, name: str, at: str, who: slice = CUSTOMERS) -> int:
        """The sum of a field of what was asked times the part's cost, price or weight."""
        work = lambda: exact_dot(self.asked_column(name, who), self.per_part(at))  # noqa: E731
        chosen = self.who(who)
        return int(self.keep((name, at, chosen.start, chosen.stop), work))

    def sold(self, at: str) -> int:
        """The cost or price of the pieces that customers got in the measured time: from the shelves looked at, and
        straight from suppliers."""
        names = ("filled_units", "late_units", "given_units")
        return sum(self.asked_worth(name, at) for name in names) + self.direct(at)

    def direct(self, at: str) -> int:
        """The cost or price of pieces that suppliers sent straight to customers; they belong to no site, so it is
        nothing where only some sites are looked at."""
        if self.sites is not None and len(self.sites) < self.network.sites:
            return 0
        return self.asked_worth("passed_units", at) - self.asked_worth("taken_units", at)

    def cells(self, rows: Any, name: str) -> Integers | None:
        """A field of `miss` or `why` summed over the places and order classes looked at, by kind or cause; None
        where the run did not count them."""
        if not len(rows):
            return None
        network, who = self.network, self.who()

        def work() -> Integers:
            shape = (network.sites, len(network.class_names), len(network.order_classes), -1)
            table = rows[name].reshape(shape)
            table = table if self.sites is None else table[self.sites]
            table = table if self.part_class is None else table[:, [self.part_class]]
            return table[:, :, who].sum(axis=(0, 1, 2))  # type: ignore[no-any-return]

        return self.keep((rows.dtype.names, name, who.start, who.stop), work)  # type: ignore[no-any-return]

    def missed(self, name: str) -> Integers | None:
        """`lines`, `units` or `value` of customers' lines that were not on the shelf, by KINDS."""
        return self.cells(self.tally.miss, name)

    def causes(self, name: str) -> Integers | None:
        """`lines`, `units`, `value` or `minutes` of missed lines by CAUSES."""
        return self.cells(self.tally.why, name)

    def by_site(self, table: Any) -> Any:
        """The rows of the sites and order classes looked at, of an array [site, order class, ...]."""
        chosen = table if self.sites is None else table[self.sites]
        return chosen[:, self.who()]

    def jobs(self, name: str) -> int:
        """The sum of a field of customers' orders of several lines."""
        rows = self.tally.job[name].reshape(-1, len(self.network.order_classes))
        return int(self.keep(("job", name, self.who().start, self.who().stop), lambda: self.by_site(rows).sum()))

    def mean(self, unit_minutes: float) -> float:
        """The time average of an integral."""
        return unit_minutes / self.tally.minutes

    def a_year(self, amount: float) -> float:
        """An amount of the measured time, as so much a year of 365 days."""
        return amount * YEAR / self.tally.minutes


def whole(tally: Tally, network: Network) -> View:
    """The view of all points."""
    return View(tally, network)


def at_tier(view: View, tier: int) -> View:
    """The points of one tier."""
    sites = np.flatnonzero(np.asarray(view.network.site_tier) == tier)
    points = np.flatnonzero(np.isin(view.network.points["site"], sites))
    return View(view.tally, view.network, points, sites)
