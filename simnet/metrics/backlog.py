"""Backlog: customers' lines on wait by age, and how fast they are cleared."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simnet.ledger.summing import stay
from simnet.ledger.tally import KINDS
from simnet.metrics.metric import Metric, ratio
from simnet.metrics.view import View
from simnet.metrics.wait import Waits, delayed, upper_edges
from simnet.units import DAY

GAVE_UP = KINDS.index("gave up")


def ageing(view: View) -> float | None:
    """Time average of the lines whose age is in the bucket: each counts for the time it spent in it."""
    late = delayed(view)
    if late is None:
        return None
    upper = upper_edges(view)
    middle = (np.concatenate([[0], upper[:-1]]) + upper) // 2
    so_far = int(view.by_site(view.sums.open_age)[:, :, view.number].sum())
    return ratio(int(late @ stay(middle, view.number)) + so_far, view.minutes)


def backlog(view: View) -> tuple[Waits, int] | None:
    """Delayed lines that were completed, and how many were not: open at the horizon, or given up."""
    late = delayed(view)
    if late is None:
        return None
    missed = view.missed("lines")
    rest = view.asked("open_lines") + (0 if missed is None else int(missed[GAVE_UP]))
    return Waits(0, late, upper_edges(view), rest), int(late.sum()) + rest


def cleared(days: int) -> Callable[[View], float | None]:
    """The metric that tells the share of delayed lines that were complete within so many days."""

    def value(view: View) -> float | None:
        found = backlog(view)
        return None if found is None or not found[1] else found[0].by(days * DAY) / found[1]

    return value


def median(view: View) -> float | None:
    """Days within which half of the delayed lines were complete; None where that is not known."""
    found = backlog(view)
    wait = found[0].quantile(0.5) if found is not None and found[1] else None
    return None if wait is None else wait / DAY


DELAYED = "lines that were not served at once in full and not lost at once"

BACKLOG = [
    Metric(
        "ageing.AGE", "lines", "waiting {place}",
        "Time average of customers' lines on wait whose age is in this span, those on the way from another source "
        "included: each line asked in the measured time counts for the time it spent in the span, open ones up to "
        "their age (the mean age at their stocking point); waits are known to a bin of the histogram (3 %).",
        "lower", ageing, by_class=False, by_order=True, needs="misses",
    ),
    Metric(
        "cleared.p50", "d", "days to clear, median",
        f"Days within which half of the delayed lines were complete ({DELAYED}); lines still open or given up count as "
        "longer, so it is unknown where they are half or more (backorder recovery).",
        "lower", median, by_class=False, by_order=True, needs="misses",
    ),
    *(
        Metric(
            f"cleared.{days}d", "share", f"cleared within {days} d",
            f"Delayed lines complete within {days} days / delayed lines ({DELAYED}); lines still open or given up are "
            "not cleared (backorder recovery).",
            "higher", cleared(days), by_class=False, by_order=True, needs="misses",
        )
        for days in (7, 14)
    ),
]  # fmt: skip
