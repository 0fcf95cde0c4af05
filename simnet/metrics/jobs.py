"""Jobs: customers' orders of several lines, which wait for the last of them."""

from __future__ import annotations

from collections.abc import Callable

from simnet.metrics.metric import Metric, ratio
from simnet.metrics.view import View
from simnet.metrics.wait import Waits, upper_edges
from simnet.units import DAY


def counted(view: View) -> bool:
    """Whether the run counted jobs, and whole sites are looked at."""
    return bool(len(view.sums.job)) and view.whole_sites


def jobs(view: View) -> float | None:
    """Jobs asked."""
    return float(view.jobs("jobs")) if counted(view) else None


def lines_a_job(view: View) -> float | None:
    """Lines of jobs / jobs."""
    return ratio(view.jobs("lines"), view.jobs("jobs")) if counted(view) else None


def mean_wait(view: View) -> float | None:
    """Minutes that delivered jobs waited / delivered jobs."""
    if not counted(view):
        return None
    return ratio(view.jobs("waited_minutes"), delivered(view) * DAY)


def delivered(view: View) -> int:
    """Jobs of which every line was delivered."""
    return view.jobs("jobs") - view.jobs("lost_jobs") - view.jobs("open_jobs")


def waits(view: View) -> Waits:
    """The distribution of the jobs' waits; open ones wait on."""
    late = view.by_site(view.sums.job_wait).sum(axis=(0, 1))
    at_once = delivered(view) - view.jobs("late_jobs")
    return Waits(at_once, late, upper_edges(view), view.jobs("open_jobs"))


def percentile(share: float) -> Callable[[View], float | None]:
    """The metric that tells a percentile of the jobs' waits, in days."""

    def value(view: View) -> float | None:
        if not counted(view) or view.jobs("jobs") == view.jobs("lost_jobs"):
            return None
        wait = waits(view).quantile(share)
        return None if wait is None else wait / DAY

    return value


def within(view: View) -> float | None:
    """Jobs delivered whole within the window / jobs."""
    if not counted(view):
        return None
    found = waits(view)
    return ratio(found.at_once + int(found.late[found.upper <= view.window].sum()), view.jobs("jobs"))


def held(view: View) -> float | None:
    """Mean pieces that are set aside for the rest of their job."""
    return ratio(view.jobs("held_minutes"), view.minutes) if counted(view) else None


def lost_share(view: View) -> float | None:
    """Jobs with a lost line / jobs."""
    return ratio(view.jobs("lost_jobs"), view.jobs("jobs")) if counted(view) else None


JOBS = [
    Metric(
        "jobs.count", "jobs", "customers' orders",
        "Customers' orders (jobs) asked in the measured time; a line outside any job is an order of its own.",
        None, jobs, by_class=False, by_order=True, needs="jobs",
    ),
    Metric(
        "jobs.lines", "lines", "lines an order",
        "Lines of customers' orders / orders.",
        None, lines_a_job, by_class=False, by_order=True, needs="jobs",
    ),
    Metric(
        "jobs.wait.mean", "d", "order wait, mean",
        "Minutes from asking to the last piece of the last line / orders delivered whole; orders with a lost line and "
        "those still open are not in it.",
        "lower", mean_wait, by_class=False, by_order=True, needs="jobs",
    ),
    *(
        Metric(
            f"jobs.wait.p{p}", "d", f"order wait, {p}th pct",
            f"The wait that {p} % of the orders without a lost line do not exceed, those delivered at once counting as "
            "0 and open ones as longer than any other (so it may be unknown); known to a bin of the histogram (3 %).",
            "lower", percentile(p / 100), by_class=False, by_order=True, needs="jobs",
        )
        for p in (50, 90, 95, 99)
    ),
    Metric(
        "within.WINDOW.order", "share", "orders within {place}",
        "Customers' orders delivered whole within the window after asking / orders; those with a lost line and open "
        "ones are not.",
        "higher", within, by_class=False, by_order=True, needs="jobs",
    ),
    Metric(
        "jobs.held", "pieces", "held for their order",
        "Time average of pieces that are ready and set aside for the rest of their order, in classes that hand orders "
        "over complete.",
        "lower", held, by_class=False, by_order=True, needs="jobs",
    ),
    Metric(
        "jobs.lost", "share", "orders with a lost line",
        "Customers' orders with a line that was lost in whole or part / orders.",
        "lower", lost_share, by_class=False, by_order=True, needs="jobs",
    ),
]  # fmt: skip
