"""Missed lines: what was lost and how, and why a line was not on the shelf, for a Pareto."""

from __future__ import annotations

from collections.abc import Callable

from simnet.ledger.tally import KINDS
from simnet.metrics.ladder import BASES, WORDS, asked
from simnet.metrics.metric import Metric, ratio
from simnet.metrics.view import View
from simnet.units import DAY

LOSSES = (KINDS.index("lost"), KINDS.index("will-fit"), KINDS.index("gave up"))
"""Kinds of misses that are lost, in the order of their words."""


def lost(base: str) -> Callable[[View], float | None]:
    """The metric that tells what was lost in one way / what was asked."""

    def value(view: View) -> float | None:
        missed = view.missed(BASES[base])
        return None if missed is None else ratio(int(missed[LOSSES[view.number]]), asked(view, base))

    return value


def cause(base: str) -> Callable[[View], float | None]:
    """The metric that tells what was missed for one cause / what was asked."""

    def value(view: View) -> float | None:
        missed = view.causes(BASES[base])
        return None if missed is None else ratio(int(missed[view.number]), asked(view, base))

    return value


def days(view: View) -> float | None:
    """Days that lines missed for one cause waited, a year."""
    waited = view.causes("minutes")
    return None if waited is None else view.a_year(int(waited[view.number]) / DAY)


def all_missed(view: View) -> float | None:
    """Lines that were missed / lines asked."""
    missed = view.causes("lines")
    return None if missed is None else ratio(int(missed.sum()), view.asked("lines"))


MISSED_LINE = (
    "A line is missed if it was not on the shelf in full or, where its class has a `need_by`, if it came later"
)

MISSED = [
    *(
        Metric(
            f"lost.LOSS.{base}", "share", f"{{place}}{WORDS[base]}",
            f"{what} that were lost in this way / {what.lower()} asked by customers: `lost-at-once` (not there, and "
            "the class does not wait), `will-fit` (bought elsewhere, nobody else was asked), `gave-up` (waited as long "
            "as the class's patience).",
            "lower", lost(base), by_order=True, needs="misses",
        )
        for base, what in (("line", "Lines"), ("unit", "Pieces"))
    ),
    Metric(
        "missed.line", "share", "missed",
        f"Customers' lines that were missed / lines they asked. {MISSED_LINE}.",
        "lower", all_missed, by_order=True, needs="misses",
    ),
    *(
        Metric(
            f"why.CAUSE.{base}", "share", f"{{place}}{WORDS[base]}",
            f"{what} of customers' lines that were missed for this cause / all they asked. {MISSED_LINE}; each has one "
            "cause, which is settled when it is asked.",
            "lower", cause(base), by_order=True, needs="misses",
        )
        for base, what in (("line", "Number"), ("unit", "Pieces not on the shelf"), ("value", "Value not on the shelf"))
    ),
    Metric(
        "why.CAUSE.days", "d/y", "{place}, days",
        "Days that customers' lines missed for this cause waited, a year: lines x days from asking to the last piece.",
        "lower", days, by_order=True, needs="misses",
    ),
]  # fmt: skip
