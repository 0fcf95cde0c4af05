"""What a KPI is: declared once, with its unit, its definition and which way is better."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simnet.ledger.tally import CAUSES, KINDS

if TYPE_CHECKING:
    from simnet.metrics.monthly import MonthView
    from simnet.metrics.view import View

TIER, WINDOW = "TIER", "WINDOW"
"""Places in a key that stand for a tier's name and for a span of time, such as `24h`."""

CHOICES = {
    "SOURCE": KINDS[1:6],
    "LOSS": ("lost at once", "will-fit", "gave up"),
    "CAUSE": CAUSES,
    "AGE": ("up to 3 d", "4 to 7 d", "8 to 14 d", "15 to 30 d", "over 30 d"),
    "OWNER": ("maker", "dealer"),
}
"""Places in a key that stand for one of a fixed list of words, written with hyphens: `lost.gave-up.line`."""

NEEDS = {
    "lists": "an order class with a sourcing list (`order_classes.NAME.ask`)",
    "misses": "order classes with sources, reserves or queues of their own, jobs, or stock planned in the run",
    "sources": "an order class that is passed on (`order_classes.NAME.ask` or `backorder`)",
    "prices": "an order class with a `surcharge` or `discount`",
    "jobs": "demand that comes in jobs (`demand: jobs`)",
    "promise": "an order class with a promise (`order_classes.NAME.need_by`)",
    "owners": "a site whose stock has an owner (`dealers.NAME.stock`)",
    "shared": "a supplier whose orders must be worth something (`suppliers.NAME.minimum_order_value`)",
    "returns": "stock that is bought back (`buy_back`)",
    "costs": "a part with a cost (`cost` in parts)",
    "priced": "a part with a price of its own (`price`, or `margin`, in parts)",
    "holding": "a part with a cost (`cost` in parts), of which `costs.holding` is a share",
}
"""What a scenario must have for a figure to be measured, in words."""

UNITS = {
    "share": "a share between 0 and 1, shown as %",
    "d": "days of 24 hours",
    "d/y": "days a year of 365 days",
    "mo": "months of 365/12 days",
    "lines": "lines",
    "pieces": "pieces",
    "jobs": "customers' orders",
    "orders/y": "replenishment lines a year of 365 days",
    "shipments/y": "lots shipped a year of 365 days",
    "1/y": "times a year of 365 days",
    "money": "the scenario's currency",
    "money/y": "the scenario's currency a year of 365 days",
    "pieces/y": "pieces a year of 365 days",
    "kg/y": "kilograms a year of 365 days",
}
"""The units that metrics may have; `money` becomes the scenario's currency, such as EUR."""


@dataclass(frozen=True)
class Metric:
    """One KPI or, with TIER or WINDOW in its key, one KPI for each tier or window."""

    key: str
    """Its name in tables, JSON and `expect:`."""
    unit: str
    """One of UNITS."""
    title: str
    """Its label in tables and charts; `{place}` stands for the tier, the window or the word."""
    definition: str
    """One sentence: the formula and where it comes from."""
    better: str | None
    """`higher`, `lower`, or None where neither is better by itself."""
    value: Callable[[View], float | None]
    """The KPI of one tally, or None where nothing was asked that could be measured."""
    by_class: bool = True
    """Whether it can be told apart by part class (the histogram of waits cannot)."""
    month: Callable[[MonthView], float | None] | None = None
    """The same KPI of one month, where the monthly tally knows it."""
    by_order: bool = False
    """Whether it can be told apart by the order class of customers' lines: `fill.system.line.vor`."""
    needs: str = ""
    """One of NEEDS: listed only for networks that have it, and without it not measured. Nothing: always."""
    takes: tuple[str, ...] = ()
    """Some of NEEDS without which it is listed and has no value: what nobody gave is not nothing."""

    @property
    def choice(self) -> str:
        """The place in its key that stands for one of CHOICES; empty where there is none."""
        return next((step for step in self.key.split(".") if step in CHOICES), "")

    def known(self, features: Collection[str]) -> bool:
        """Whether a network has all that it takes."""
        return all(each in features for each in self.takes)

    def lacks(self, features: Collection[str]) -> str:
        """The first of NEEDS that a network would have to have for it; empty where it has all."""
        return next((each for each in (self.needs, *self.takes) if each and each not in features), "")

    @property
    def by_tier(self) -> bool:
        """Whether there is one for each tier."""
        return TIER in self.key.split(".")

    @property
    def by_window(self) -> bool:
        """Whether there is one for each window of time."""
        return WINDOW in self.key.split(".")

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes along which it can be told apart: what may stand behind `--by`."""
        more = {
            "month": self.month is not None,
            "part_class": self.by_class,
            "order_class": self.by_order,
            "cause": self.key == "missed.line" or self.choice == "CAUSE",
        }
        return ("tier", "site", *(axis for axis, known in more.items() if known))


def ratio(top: int, bottom: int) -> float | None:
    """The quotient of two exact sums, or None where there is nothing to divide by."""
    return top / bottom if bottom else None
