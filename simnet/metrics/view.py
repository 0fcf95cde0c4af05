"""What a metric looks at: the sums of one replication, the outline of its network, and a choice of places.

Sums are exact: numpy adds 64-bit integers where they fit, Python's integers take over where they may not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.ledger import limbs
from simnet.ledger.limbs import SAFE, largest
from simnet.ledger.sums import Sums, worth
from simnet.network.outline import Outline
from simnet.units import YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

SITES, CUSTOMERS, ANYONE = slice(0, 1), slice(1, None), slice(None)
"""Who asks, as order classes: class 0 is the replenishment of other sites, the others are customers."""


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
    """The sums of one replication seen through a choice of places; totals are kept, as many metrics share them."""

    sums: Sums
    outline: Outline
    sites: Integers | None = None
    """Indices of the sites looked at; None is all of them."""
    part_class: int | None = None
    """The one part class that is looked at; None is all of them."""
    order_class: int | None = None
    """The one order class whose lines are looked at; None is those that a metric is about."""
    window: int = 0
    """The span of a WINDOW metric, in minutes."""
    number: int = 0
    """Which word of its list a metric with one of CHOICES is about."""
    kept: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def keep(self, key: Any, work: Any) -> Any:
        """The kept result under a key, worked out at its first use."""
        if key not in self.kept:
            self.kept[key] = work()
        return self.kept[key]

    @property
    def features(self) -> frozenset[str]:
        """What the parts of the places looked at have of the network's features."""
        if self.sites is None and self.part_class is None:
            return self.outline.features
        found: frozenset[str] = self.keep(
            "features", lambda: self.outline.features_at(cells(self.outline, self.sites, self.part_class))
        )
        return found

    @property
    def whole_sites(self) -> bool:
        """Whether sites are looked at with all their parts; if not, there is no histogram of waits."""
        return self.part_class is None

    @property
    def minutes(self) -> int:
        """The measured time."""
        return self.sums.minutes

    def who(self, usual: slice = CUSTOMERS) -> slice:
        """The order classes looked at: the one that was chosen, or the usual ones."""
        return usual if self.order_class is None else slice(self.order_class, self.order_class + 1)

    def at(self, sites: Integers) -> View:
        """These sites instead, and nothing else chosen but the part class."""
        return View(self.sums, self.outline, sites, self.part_class)

    @property
    def chosen_sites(self) -> Integers:
        """Indices of the sites looked at."""
        return np.arange(self.outline.sites) if self.sites is None else self.sites

    def of_places(self, table: Any) -> Any:
        """The places looked at, of an array [high | low, site, part class, ...]."""
        chosen = table if self.sites is None else table[:, self.sites]
        return chosen if self.part_class is None else chosen[:, :, [self.part_class]]

    def total(self, name: str) -> int:
        """The sum of a count of stocking points."""

        def work() -> int:
            table = self.sums.place.get(name)
            return 0 if table is None else limbs.total(self.of_places(table))

        return int(self.keep((name,), work))

    def asked(self, name: str, who: slice = CUSTOMERS) -> int:
        """The sum of a count of what was asked, by customers unless said otherwise."""
        chosen = self.who(who)

        def work() -> int:
            table = self.sums.asked.get(name)
            return 0 if table is None else limbs.total(self.of_places(table)[..., chosen])

        return int(self.keep((name, chosen.start, chosen.stop), work))

    def worth(self, name: str, at: str) -> int:
        """The sum of a count of stocking points times their part's cost or price (1/10,000 of the currency), or what
        else POINT_WORTH says."""
        return self.total(worth(name, at))

    def asked_worth(self, name: str, at: str, who: slice = CUSTOMERS) -> int:
        """The sum of a count of what was asked times the part's cost or price."""
        return self.asked(worth(name, at), who)

    def sold(self, at: str) -> int:
        """The cost or price of the pieces that customers got in the measured time: from the shelves looked at, and
        straight from suppliers."""
        names = ("filled_units", "late_units", "given_units")
        return sum(self.asked_worth(name, at) for name in names) + self.direct(at)

    def direct(self, at: str) -> int:
        """The cost or price of pieces that suppliers sent straight to customers; they belong to no site, so it is
        nothing where only some sites are looked at."""
        if self.sites is not None and len(self.sites) < self.outline.sites:
            return 0
        return self.asked_worth("passed_units", at) - self.asked_worth("taken_units", at)

    def cells(self, rows: Any, name: str) -> Integers | None:
        """A field of `miss` or `why` summed over the places and order classes looked at, by kind or cause; None
        where the run did not count them."""
        if not len(rows):
            return None
        outline, who = self.outline, self.who()

        def work() -> Integers:
            shape = (outline.sites, len(outline.class_names), len(outline.order_classes), -1)
            table = rows[name].reshape(shape)
            table = table if self.sites is None else table[self.sites]
            table = table if self.part_class is None else table[:, [self.part_class]]
            return table[:, :, who].sum(axis=(0, 1, 2))  # type: ignore[no-any-return]

        return self.keep((rows.dtype.names, name, who.start, who.stop), work)  # type: ignore[no-any-return]

    def missed(self, name: str) -> Integers | None:
        """`lines`, `units` or `value` of customers' lines that were not on the shelf, by KINDS."""
        return self.cells(self.sums.miss, name)

    def causes(self, name: str) -> Integers | None:
        """`lines`, `units`, `value` or `minutes` of missed lines by CAUSES."""
        return self.cells(self.sums.why, name)

    def by_site(self, table: Any) -> Any:
        """The rows of the sites and order classes looked at, of an array [site, order class, ...]."""
        chosen = table if self.sites is None else table[self.sites]
        return chosen[:, self.who()]

    def jobs(self, name: str) -> int:
        """The sum of a field of customers' orders of several lines."""
        rows = self.sums.job[name].reshape(-1, len(self.outline.order_classes))
        return int(self.keep(("job", name, self.who().start, self.who().stop), lambda: self.by_site(rows).sum()))

    def mean(self, unit_minutes: float) -> float:
        """The time average of an integral."""
        return unit_minutes / self.sums.minutes

    def a_year(self, amount: float) -> float:
        """An amount of the measured time, as so much a year of 365 days."""
        return amount * YEAR / self.sums.minutes


def cells(outline: Outline, sites: Any = None, part_class: int | None = None) -> Integers:
    """Indices of site x part classes + part class, of the given sites (all) and part class (all)."""
    classes = len(outline.class_names)
    every = np.arange(outline.sites) if sites is None else np.asarray(sites)
    kinds = np.arange(classes) if part_class is None else np.array([part_class])
    return (every[:, None] * classes + kinds[None, :]).ravel().astype(np.int64)


def whole(sums: Sums, outline: Outline) -> View:
    """The view of all places."""
    return View(sums, outline)


def at_tier(view: View, tier: int) -> View:
    """The sites of one tier."""
    return view.at(np.flatnonzero(np.asarray(view.outline.site_tier) == tier))
