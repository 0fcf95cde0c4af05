"""Wait: from asking to the last piece served, for customers' lines; open lines count at their age so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simnet.metrics.metric import Metric, ratio
from simnet.metrics.view import CUSTOMERS, View
from simnet.units import DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

WINDOWS = {"4h": 240, "24h": 1440, "48h": 2880, "72h": 4320, "7d": 10080}
"""The windows every scenario has, in minutes; `run.windows` adds to them."""


def upper_edges(view: View) -> Integers:
    """The upper edge of each bin of the histogram, minutes; bin b ends with its edge, which it includes."""
    return np.minimum(view.network.wait_edges, view.tally.minutes)  # the last one is open


def delayed(view: View) -> Integers | None:
    """Customers' lines that were completed late, by bin; None where the sites are not whole."""
    if not view.whole_sites:
        return None
    table = view.tally.wait if view.sites is None else view.tally.wait[view.sites]
    return table[:, CUSTOMERS, 0, :].sum(axis=(0, 1))  # type: ignore[no-any-return]


def open_ages(view: View) -> tuple[Integers, Integers]:
    """Lines still open at the horizon and their ages in minutes: the mean age at each stocking point."""
    classes = len(view.network.order_classes)
    still = np.flatnonzero(view.tally.flow["open_lines"])
    chosen = (still % classes >= CUSTOMERS.start) & view.looks_at(still // classes)
    rows = view.tally.flow[still[chosen]]
    return rows["open_lines"], rows["open_minutes"] // np.maximum(rows["open_units"], 1)


def mean_wait(view: View) -> float | None:
    """Minutes waited, over all pieces asked for and not lost."""
    minutes = view.asked("waited_minutes") + view.asked("open_minutes")
    return ratio(minutes, (view.asked("units") - view.asked("lost_units")) * DAY)


def delayed_wait(view: View) -> float | None:
    """Minutes waited, over the pieces that had to wait."""
    late = view.asked("units") - view.asked("filled_units") - view.asked("lost_units")
    return ratio(view.asked("waited_minutes") + view.asked("open_minutes"), late * DAY)


@dataclass(frozen=True)
class Waits:
    """Customers' lines by wait: those at once, and those delayed by bin of the histogram."""

    at_once: int
    lines: Integers
    upper: Integers

    def quantile(self, share: float) -> float:
        """The wait in minutes that `share` of the lines do not exceed, straight within a bin."""
        rank = share * (self.at_once + int(self.lines.sum()))
        if rank <= self.at_once:
            return 0.0
        reached = self.at_once + np.cumsum(self.lines)
        found = int(np.argmax(reached >= rank - 1e-9))
        low = int(self.upper[found - 1]) if found else 0
        within = (rank - (int(reached[found]) - int(self.lines[found]))) / int(self.lines[found])
        return low + within * (int(self.upper[found]) - low)


def waits(view: View) -> Waits | None:
    """The distribution of customers' waits; None where nothing was asked or the sites are not whole."""
    late = delayed(view)
    if late is None or view.asked("lines") == view.asked("lost_lines"):
        return None
    upper, late = upper_edges(view), late.copy()
    lines, ages = open_ages(view)
    np.add.at(late, np.minimum(np.searchsorted(upper, ages), len(upper) - 1), lines)
    return Waits(view.asked("filled_lines"), late, upper)


def percentile(share: float) -> Callable[[View], float | None]:
    """The metric that tells a percentile of customers' waits, in days."""

    def value(view: View) -> float | None:
        found: Waits | None = view.keep("waits", lambda: waits(view))
        return None if found is None else found.quantile(share) / DAY

    return value


def within(view: View) -> float | None:
    """Customers' lines complete within the window / lines asked."""
    late = delayed(view)
    if late is None:
        return None
    in_time = int(late[upper_edges(view) <= view.window].sum())
    return ratio(view.asked("filled_lines") + in_time, view.asked("lines"))


def censored(view: View) -> float:
    """Customers' lines still open at the horizon."""
    return float(view.asked("open_lines"))


PERCENTILE = (
    "The wait that {p} % of customers' lines do not exceed, lines served at once counting as 0 and lines "
    "still open as their age so far (the mean age at their stocking point); from a histogram, straight "
    "within a bin, so exact to a bin (from an hour up, 3 % of the wait): it may pass the longest wait by that."
)

WAIT = [
    Metric(
        "wait.mean", "d", "wait, mean",
        "Piece-minutes that customers waited for lines asked in the measured time, open ones at their age so "
        "far / pieces asked for and not lost (customer wait time; by Little's law, 1961, it is "
        "`owed.units` / pieces asked a day).",
        "lower", mean_wait,
    ),
    Metric(
        "wait.delayed", "d", "wait, mean of delayed",
        "The same piece-minutes / pieces that were not served at once and not lost.",
        "lower", delayed_wait,
    ),
    *(
        Metric(f"wait.p{p}", "d", f"wait, {p}th pct", PERCENTILE.format(p=p),
               "lower", percentile(p / 100), by_class=False)
        for p in (50, 90, 95, 99)
    ),
    Metric(
        "wait.censored", "lines", "lines open at the horizon",
        "Customers' lines asked in the measured time that still waited at the horizon: their waits are known "
        "only to be longer than their age.",
        "lower", censored,
    ),
    Metric(
        "within.WINDOW", "share", "done within {place}",
        "Customers' lines complete within the window after asking / lines asked; lost and open lines count "
        "as not within (time-window fill).",
        "higher", within, by_class=False,
    ),
]  # fmt: skip
