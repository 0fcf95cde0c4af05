"""Wait: from asking to the last piece in the customer's hands; open lines count at their age so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simnet.metrics.metric import Metric, ratio
from simnet.metrics.view import View
from simnet.units import DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

WINDOWS = {"4h": 240, "24h": 1440, "48h": 2880, "72h": 4320, "7d": 10080}
"""The windows every scenario has, in minutes; `run.windows` adds to them."""
LINES, UNITS = 0, 1
"""What the histogram of waits counts."""


def upper_edges(view: View) -> Integers:
    """The upper edge of each bin of the histogram, minutes; bin b ends with its edge, which it includes."""
    return np.minimum(view.outline.wait_edges, view.minutes)  # the last one is open


def delayed(view: View, what: int = LINES) -> Integers | None:
    """Customers' lines (or pieces) that came late, by bin; None where the sites are not whole."""
    if not view.whole_sites:
        return None
    return view.by_site(view.sums.wait)[:, :, what, :].sum(axis=(0, 1))  # type: ignore[no-any-return]


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
    """Customers' lines (or orders) by wait: at once, delayed by bin of the histogram, and those that wait on."""

    at_once: int
    late: Integers
    upper: Integers
    endless: int = 0
    """Those that are still open, with an age that nobody knows."""

    def quantile(self, share: float) -> float | None:
        """The wait in minutes that `share` of them do not exceed, straight within a bin; None if that is not known."""
        rank = share * (self.at_once + int(self.late.sum()) + self.endless)
        if rank <= self.at_once:
            return 0.0
        reached = self.at_once + np.cumsum(self.late)
        if rank > int(reached[-1]) + 1e-9:
            return None
        found = int(np.argmax(reached >= rank - 1e-9))
        low = int(self.upper[found - 1]) if found else 0
        within = (rank - (int(reached[found]) - int(self.late[found]))) / int(self.late[found])
        return low + within * (int(self.upper[found]) - low)

    def by(self, minutes: int) -> float:
        """How many of the delayed ones are done within so many minutes; exact at an edge, else straight in its bin."""
        lower = np.concatenate([[0], self.upper[:-1]])
        share = np.clip((minutes - lower) / np.maximum(self.upper - lower, 1), 0, 1)
        return float(self.late @ share)


def waits(view: View) -> Waits | None:
    """The distribution of customers' waits; None where nothing was asked or the sites are not whole."""
    late = delayed(view)
    if late is None or view.asked("lines") == view.asked("lost_lines"):
        return None
    still = view.by_site(view.sums.open_wait).sum(axis=(0, 1))
    return Waits(view.asked("filled_lines"), late + still, upper_edges(view))


def percentile(share: float) -> Callable[[View], float | None]:
    """The metric that tells a percentile of customers' waits, in days."""

    def value(view: View) -> float | None:
        found: Waits | None = view.keep(("waits", view.order_class), lambda: waits(view))
        wait = None if found is None else found.quantile(share)
        return None if wait is None else wait / DAY

    return value


def within(view: View) -> float | None:
    """Customers' lines complete within the window / lines asked."""
    return in_time(view, LINES, "filled_lines", "lines")


def units_within(view: View) -> float | None:
    """Pieces that customers have within the window / pieces asked."""
    return in_time(view, UNITS, "filled_units", "units")


def in_time(view: View, what: int, filled: str, asked: str) -> float | None:
    """Those at once and those within the window / those asked."""
    late = delayed(view, what)
    if late is None:
        return None
    soon = int(late[upper_edges(view) <= view.window].sum())
    return ratio(view.asked(filled) + soon, view.asked(asked))


def promised(view: View) -> float | None:
    """Lines of the classes with a promise that are complete by then / lines of these classes."""
    kept, asked = 0.0, 0
    for number in range(len(view.outline.order_classes))[view.who()]:
        by = int(view.outline.classes["need_by"][number])
        here = replace(view, order_class=number)
        late = delayed(here)
        if late is None:
            return None
        if by > 0:
            kept += here.asked("filled_lines") + Waits(0, late, upper_edges(view)).by(by)
            asked += here.asked("lines")
    return kept / asked if asked else None


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
        "Piece-minutes that customers waited for lines asked in the measured time, the way from another source "
        "included, open ones at their age so far / pieces asked for and not lost (customer wait time; by Little's law, "
        "1961, it is pieces owed to customers or on the way to them / pieces asked a day).",
        "lower", mean_wait, by_order=True,
    ),
    Metric(
        "wait.delayed", "d", "wait, mean of delayed",
        "The same piece-minutes / pieces that were not served at once and not lost.",
        "lower", delayed_wait, by_order=True,
    ),
    *(
        Metric(f"wait.p{p}", "d", f"wait, {p}th pct", PERCENTILE.format(p=p),
               "lower", percentile(p / 100), by_class=False, by_order=True)
        for p in (50, 90, 95, 99)
    ),
    Metric(
        "wait.censored", "lines", "lines open at the horizon",
        "Customers' lines asked in the measured time that still waited at the horizon: their waits are known "
        "only to be longer than their age.",
        "lower", censored, by_order=True,
    ),
    Metric(
        "within.WINDOW", "share", "done within {place}",
        "Customers' lines complete within the window after asking / lines asked; lost and open lines count "
        "as not within (time-window fill; within 0 h it is `fill.line`).",
        "higher", within, by_class=False, by_order=True,
    ),
    Metric(
        "within.WINDOW.unit", "share", "done within {place}, pieces",
        "Pieces that customers have within the window after asking / pieces asked; there is no such figure by value, "
        "as waits are counted by line and piece only.",
        "higher", units_within, by_class=False, by_order=True, needs="misses",
    ),
    Metric(
        "promise.line", "share", "promise kept",
        "Customers' lines complete within `need_by` of their order class / lines of the classes that promise one; lost "
        "and open lines are not kept. Exact where `need_by` is a window (see above), else known to 3 % of it.",
        "higher", promised, by_class=False, by_order=True, needs="promise",
    ),
]  # fmt: skip
