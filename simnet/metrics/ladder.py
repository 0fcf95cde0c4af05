"""The fill ladder: off the shelf, then found at the facing warehouse, then anywhere in the network, then backordered.

A line stands on the rung of its furthest piece; pieces and their value each on their own.
"""

from __future__ import annotations

from collections.abc import Callable

from simnet.ledger.tally import KINDS
from simnet.metrics.metric import Metric, ratio
from simnet.metrics.monthly import MonthView
from simnet.metrics.view import CUSTOMERS, View

FACING, SYSTEM = slice(1, 2), slice(1, 5)
"""Kinds of misses that a rung finds: the facing warehouse; besides it referral, lateral and central sources."""
BACKORDERED = slice(5, 7)
"""Straight from a supplier, or waited in a queue."""
UNSTOCKED = KINDS.index("unstocked")
BASES = {"line": "lines", "unit": "units", "value": "value", "order": "orders"}
"""What is counted, and its field in the tally."""
WORDS = {"line": "", "unit": ", pieces", "value": ", value", "order": ", orders"}
"""What stands behind a title."""


def lists(view: View) -> bool:
    """Whether any order class looked at has a sourcing list; without one the higher rungs are not measured."""
    return any(view.outline.listed[view.who()])


def asked(view: View, base: str) -> int:
    """What customers asked, counted by line, piece or value."""
    return view.asked_worth("units", "price") if base == "value" else view.asked(BASES[base])


def filled(view: View, base: str) -> int:
    """What was on the shelf, counted alike."""
    return view.asked_worth("filled_units", "price") if base == "value" else view.asked(f"filled_{BASES[base]}")


def found(view: View, base: str, kinds: slice) -> int:
    """What was not on the shelf and is of these kinds, counted alike."""
    missed = view.missed(BASES[base])
    return 0 if missed is None else int(missed[kinds].sum())


def shelf(view: View) -> float | None:
    """Orders all of whose lines were on the shelf / orders."""
    if not len(view.sums.job):
        return ratio(filled(view, "line"), asked(view, "line"))
    return ratio(view.jobs("filled_jobs"), view.jobs("jobs")) if view.whole_sites else None


def rung(base: str, kinds: slice, jobs: str) -> Callable[[View], float | None]:
    """The metric that tells what was on the shelf or of these kinds / what was asked."""

    def value(view: View) -> float | None:
        if not lists(view):
            return None
        if base == "order" and len(view.sums.job):
            return ratio(view.jobs(jobs), view.jobs("jobs")) if view.whole_sites else None
        by = "line" if base == "order" else base
        return ratio(filled(view, by) + found(view, by, kinds), asked(view, by))

    return value


def backordered(base: str) -> Callable[[View], float | None]:
    """The metric that tells what waited or came straight from a supplier / what was asked."""

    def value(view: View) -> float | None:
        if not lists(view):
            return None
        if base == "order" and len(view.sums.job):
            left = view.jobs("jobs") - view.jobs("system_jobs") - view.jobs("lost_jobs")
            return ratio(left, view.jobs("jobs")) if view.whole_sites else None
        by = "line" if base == "order" else base
        return ratio(found(view, by, BACKORDERED), asked(view, by))

    return value


def source(base: str) -> Callable[[View], float | None]:
    """The metric that tells what one kind of source gave / what was asked."""

    def value(view: View) -> float | None:
        kinds = slice(view.number + 1, view.number + 2)
        return ratio(found(view, base, kinds), asked(view, base)) if lists(view) else None

    return value


def referral_rate(view: View) -> float | None:
    """Lines passed on beyond the facing warehouse and found / lines asked."""
    beyond = slice(FACING.stop, SYSTEM.stop)
    return ratio(found(view, "line", beyond), asked(view, "line")) if lists(view) else None


def accommodation(view: View) -> float | None:
    """Lines of parts that the site stocks / lines asked."""
    missed = view.missed("lines")
    if missed is None:
        return None
    return ratio(view.asked("lines") - int(missed[UNSTOCKED]), view.asked("lines"))


def satisfaction(view: View) -> float | None:
    """Lines on the shelf / lines of parts that the site stocks."""
    missed = view.missed("lines")
    if missed is None:
        return None
    return ratio(view.asked("filled_lines"), view.asked("lines") - int(missed[UNSTOCKED]))


def month_rung(base: str, fields: tuple[str, ...]) -> Callable[[MonthView], float | None] | None:
    """The same of the lines asked in a month; orders are not known by month."""
    if base == "order":
        return None
    name = BASES[base]

    def value(month: MonthView) -> float | None:
        if not any(month.outline.listed[CUSTOMERS]):
            return None
        top = sum(month.total(f"{field}_{name}") for field in ("filled", *fields))
        return ratio(top, month.total(name))

    return value


DEFINED = {
    "line": ("Customers' lines", "lines they asked; a line counts where its furthest piece was, and in full only"),
    "unit": ("Pieces", "pieces they asked for"),
    "value": ("Price x pieces", "price x pieces they asked for"),
    "order": ("Customers' orders", "their orders; an order is a job, all of its lines in full, or without jobs a line"),
}
UNLISTED = "Lines of classes without a list count as not found; without any list it is not measured."


def rungs(base: str) -> list[Metric]:
    """The rungs on one base."""
    what, of = DEFINED[base]
    words, needs, whole = WORDS[base], "jobs" if base == "order" else "lists", base != "order"
    return [
        Metric(
            f"fill.facing.{base}", "share", f"facing fill{words}",
            f"{what} off the shelf or found at once at the warehouse that faces the site / {of} (cumulative). "
            f"{UNLISTED}",
            "higher", rung(base, FACING, "facing_jobs"), by_class=whole, by_order=True, needs=needs,
            month=month_rung(base, ("facing",)),
        ),
        Metric(
            f"fill.system.{base}", "share", f"system fill{words}",
            f"{what} off the shelf or found at once at a facing, referral, lateral or central source / {of} "
            f"(cumulative; network fill). {UNLISTED}",
            "higher", rung(base, SYSTEM, "system_jobs"), by_class=whole, by_order=True, needs=needs,
            month=month_rung(base, ("facing", "system")),
        ),
        Metric(
            f"backorder.{base}", "share", f"backordered{words}",
            f"{what} that waited in a queue or came straight from a supplier / {of}: where nothing is lost, "
            f"1 - `fill.system.{base}`. {UNLISTED}",
            "lower", backordered(base), by_class=whole, by_order=True, needs=needs,
        ),
    ]  # fmt: skip


LADDER = [
    Metric(
        "fill.order", "share", "order fill",
        "Customers' orders all of whose lines were on the shelf in full / their orders; an order is a job, or without "
        "jobs a line (order fill, job fill, complete order fill).",
        "higher", shelf, by_class=False, by_order=True, needs="jobs",
    ),
    *(metric for base in BASES for metric in rungs(base)),
    *(
        Metric(
            f"found.SOURCE.{base}", "share", f"found: {{place}}{WORDS[base]}",
            f"{DEFINED[base][0]} not on the shelf and given at once by this kind of source / {DEFINED[base][1]}.",
            None, source(base), by_order=True, needs="lists",
        )
        for base in ("line", "unit", "value")
    ),
    Metric(
        "referral.rate", "share", "referred",
        "Customers' lines found at once beyond the facing warehouse, at referral, lateral or central sources / lines "
        "they asked: `fill.system.line` - `fill.facing.line`.",
        "lower", referral_rate, by_order=True, needs="lists",
    ),
    Metric(
        "fill.accommodation", "share", "demand accommodation",
        "Customers' lines of parts that the site they asked stocks at that time (its up-to level is above zero) / "
        "lines they asked: the breadth of the stock (DA).",
        "higher", accommodation, by_order=True, needs="misses",
    ),
    Metric(
        "fill.satisfaction", "share", "demand satisfaction",
        "Customers' lines served at once and in full / those of parts that the site stocks: the depth of the stock "
        "(DS); `fill.accommodation` x `fill.satisfaction` is `fill.line`.",
        "higher", satisfaction, by_order=True, needs="misses",
    ),
]  # fmt: skip
