"""Whether a run has settled: months a warm-up must leave out (MSER), and figures that change while they are measured.

Two questions, as neither answers the other. MSER asks whether the start still shows in the measured months. A figure
that goes up or down all the time has no start to leave out, so the first years measured are held against the last: the
paired difference over replications, at 95 % over all figures and designs together (Bonferroni), and large enough to
matter. Whole years are compared where there are two, so that seasons do not count as a change. Pieces owed are asked
the second question only: rare long waits make their months too uneven for the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from simnet.metrics import Comparison, DesignResult, Estimate
from simnet.metrics.intervals import CONFIDENCE, estimate, half_width
from simnet.metrics.monthly import MonthView
from simnet.metrics.warmup import mser
from simnet.report.charts.amounts_by_month import owed
from simnet.report.charts.words import called
from simnet.report.known import shelfless
from simnet.report.numbers import level
from simnet.report.page import count

MOST_TOLD = 6
"""Designs in a sentence."""
SMALL_MOVE = 0.01
"""Share of the mean that does not matter when months are left out."""
LARGE_MOVE, LARGE_FILL = 0.1, 0.01
"""Share of its mean by which a number must change over the measured time to be told, and points of a fill."""
YEAR = 12
KINDS = ("enough", "few", "drifts", "short")
"""Verdicts, the worst last."""


@dataclass(frozen=True)
class Series:
    """A figure of every month, warm-up and all."""

    name: str
    months: tuple[Estimate, ...]

    @property
    def means(self) -> list[float]:
        """The months that have a value."""
        return [each.mean for each in self.months if each.mean is not None]


def on_hand(month: MonthView) -> float:
    """Mean pieces on hand over the month."""
    return month.mean("on_hand_change", "on_hand_minutes")


def filled(month: MonthView) -> float | None:
    """Line fill of the lines asked in the month."""
    lines = month.total("lines")
    return month.total("filled_lines") / lines if lines else None


Figure = tuple[str, str, Callable[[MonthView], float | None]]
"""Its name, its unit and how it is told of a month."""

FIGURES: tuple[Figure, ...] = (
    ("pieces on hand", "pieces", on_hand), ("lines filled at once", "share", filled),
)  # fmt: skip


OWED: Figure = ("pieces owed", "pieces", owed)
"""Asked only whether it goes on changing."""


def figures(comparison: Comparison) -> tuple[Figure, ...]:
    """What is drawn and judged by MSER; fill only where customers find a shelf."""
    return FIGURES[:1] if shelfless(comparison) else FIGURES


def series(result: DesignResult, chosen: Sequence[Figure] = FIGURES) -> list[Series]:
    """The figures of a design, over the replications."""
    found = []
    for name, unit, figure in chosen:
        kept: list[dict[str, Any]] = [{} for _ in result.sums]
        months = tuple(
            estimate([figure(MonthView(sums, result.outline, index, None, seen))
                      for sums, seen in zip(result.sums, kept, strict=True)], unit)
            for index in range(result.outline.months)
        )  # fmt: skip
        found.append(Series(name, months))
    return found


@dataclass(frozen=True)
class Verdict:
    """What the rule says of a series: leave out as many months as MSER says; if they are more than the warm-up has,
    see by how much that moves the mean of the measured months."""

    name: str
    kind: str
    """One of KINDS."""
    dropped: int = 0
    moved: float = 0.0
    """Share of the mean."""


def verdict(found: Series, warm: int) -> Verdict:
    """Whether the warm-up of so many months is long enough for a series."""
    told = mser(found.means, batch=1) if len(found.means) == len(found.months) else None
    if told is None:
        return Verdict(found.name, "few")
    if not told.settled:
        return Verdict(found.name, "drifts")
    if told.dropped <= warm:
        return Verdict(found.name, "enough", told.dropped)
    mean, later = fmean(found.means[warm:]), fmean(found.means[told.dropped :])
    moved = abs(later / mean - 1) if mean else 0.0
    return Verdict(found.name, "short" if moved >= SMALL_MOVE else "enough", told.dropped, moved)


def judged(result: DesignResult, chosen: Sequence[Figure] = FIGURES) -> Verdict:
    """The worst of the series."""
    warm = result.outline.first_month
    found = [verdict(each, warm) for each in series(result, chosen)]
    return max(found, key=lambda each: (KINDS.index(each.kind), each.dropped))


def words(found: Verdict, warm: int) -> str:
    """A verdict as the rest of a sentence that begins with the warm-up."""
    if found.kind == "few":
        return "cannot be judged: there are too few months, or months in which nobody asked"
    if found.kind == "drifts":
        return f"cannot be judged: {found.name} have not settled by the middle of the run"
    longer = found.dropped > warm
    moved = f"leaving out more months moves the mean of {found.name} by {100 * found.moved:.1f} %: " if longer else ""
    long = f"MSER leaves out {count(found.dropped, 'month')}{'' if longer else f' of {found.name}'}"
    return f"{'too short' if found.kind == 'short' else 'long enough'}: {moved}{long}, the warm-up has {warm}"


@dataclass(frozen=True)
class Move:
    """A figure that is not the same at the end of the measured time as at its start."""

    name: str
    unit: str
    months: int
    """Of either end."""
    first: Estimate
    last: Estimate

    @property
    def size(self) -> float:
        """The change as a share of what lies between both ends; of a fill in points."""
        low, high = self.first.mean or 0.0, self.last.mean or 0.0
        return abs(high - low) / (1.0 if self.unit == "share" else (low + high) / 2 or 1.0)

    @property
    def large(self) -> bool:
        """Whether it matters."""
        return self.size >= (LARGE_FILL if self.unit == "share" else LARGE_MOVE)

    def words(self) -> str:
        """`pieces owed 12 in the first 12 months, 38 in the last`."""
        first, last = (level(each).value for each in (self.first, self.last))
        return f"{self.name} {first} in the first {count(self.months, 'month')}, {last} in the last"


def ends_of(found: Series, warm: int) -> tuple[int, list[tuple[float, float]]]:
    """Months of either end of the measured time, and the means there of each replication that has both."""
    values = list(zip(*(month.values for month in found.months[warm:]), strict=True))
    length = len(found.months) - warm
    months = length // (2 * YEAR) * YEAR or length // 2
    pairs = []
    for row in values:
        first, last = ([value for value in part if value is not None] for part in (row[:months], row[-months:]))
        if months and first and last:
            pairs.append((fmean(first), fmean(last)))
    return months, pairs


def move(found: Series, unit: str, warm: int, asked: int) -> Move | None:
    """How a figure changes over the measured time; None where that may be chance among so many figures asked."""
    months, pairs = ends_of(found, warm)
    changes = [last - first for first, last in pairs]
    half = half_width(changes, 1 - (1 - CONFIDENCE) / asked)
    if half is None or abs(fmean(changes)) <= half:
        return None
    first, last = (estimate([pair[at] for pair in pairs], unit) for at in (0, 1))
    told = Move(found.name, unit, months, first, last)
    return told if told.large else None


def moves(comparison: Comparison) -> dict[str, list[Move]]:
    """Of each design the figures that change while they are measured, the largest change first."""
    chosen = (*figures(comparison), OWED)
    asked = len(chosen) * len(comparison.results)
    told = {}
    for result in comparison.results:
        every = zip(series(result, chosen), chosen, strict=True)
        found = [move(each, unit, result.outline.first_month, asked) for each, (_, unit, _) in every]
        told[result.name] = sorted((each for each in found if each), key=lambda each: -each.size)
    return told


def moving(comparison: Comparison) -> str:
    """A sentence on figures that change while they are measured; empty where none does."""
    found = {name: each for name, each in moves(comparison).items() if each}
    if not found:
        return ""
    worst = max(found, key=lambda name: found[name][0].size)
    told = " and ".join(each.words() for each in found[worst])
    where = f" in {called(worst)}" if len(comparison.designs) > 1 else ""
    others = [called(name) for name in found if name != worst]
    more = f"; so also in {', '.join(others[:MOST_TOLD])}" if others else ""
    more += " and others" if len(others) > MOST_TOLD else ""
    return (
        f"Figures change while they are measured: {told}{where}{more}. "
        "If nothing in the scenario changes so, run and warm-up are too short; if it does, the means are of a time of "
        "change."
    )


def busy(comparison: Comparison) -> bool:
    """Whether there was any stock, or anybody asked."""
    return any(value for result in comparison.results for found in series(result) for value in found.means)


def finding(comparison: Comparison) -> str:
    """Whether the warm-up looks long enough, by a stated rule."""
    worst: dict[str, Verdict] = {}
    names: dict[str, list[str]] = {}
    chosen = figures(comparison)
    for result in comparison.results:
        found = judged(result, chosen)
        names.setdefault(found.kind, []).append(called(result.name))
        if found.kind not in worst or found.dropped > worst[found.kind].dropped:
            worst[found.kind] = found
    told = []
    for kind in sorted(worst, key=KINDS.index, reverse=True):
        more = " and others" if len(names[kind]) > MOST_TOLD else ""
        where = f" in {', '.join(names[kind][:MOST_TOLD])}{more}" if len(comparison.designs) > 1 else ""
        told.append(f"The warm-up{where} {'looks ' if kind in ('enough', 'short') else ''}"
                    f"{words(worst[kind], comparison.results[0].outline.first_month)}.")  # fmt: skip
    once = "One replication: no band." if comparison.replications < 2 else ""
    return " ".join(each for each in (*told, moving(comparison), once) if each)
