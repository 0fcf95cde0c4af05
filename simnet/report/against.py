"""Simulated against actual, in words: the waits of a history's deliveries beside those of its simulated lines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simnet.report.grid import Column, Grid
from simnet.report.numbers import NOTHING, Scale, Shown, clean, with_interval

NOTE = (
    "Days from the order's to the delivery's; simulated: the history's own lines, open ones beyond any window; "
    "± is the 95 % confidence half-width. docs/history.md says what the two sides do not share."
)
SHORT = {"the same day": "same day", "within 2 d": "within 2 d", "wait, 95th pct": "wait, 95th pct"}
"""The figures told of each group, and what they are called there."""
LINES = "lines"
FAR_SHARE, FAR_WAIT, LONG = 0.05, 0.25, 7.0
"""What is far off, beyond the interval: a share by over five points; of waits of over a week, which no share tells, a
percentile by over a quarter. (Shorter ones jump by days where the share of lines is near the percentile.)"""
ROUNDING = 1e-9


@dataclass(frozen=True)
class Figure:
    """A figure of a group of lines, both sides."""

    group: str
    name: str
    unit: str
    actual: float | None
    simulated: float | None
    half: float | None

    @property
    def cells(self) -> tuple[Shown, Shown]:
        """`61.2 %`, `2.4 d ±0.3`, `-` where nothing is known."""
        return shown(self.actual, self.unit), shown(self.simulated, self.unit, self.half)

    @property
    def off(self) -> float:
        """How far apart both sides are, as a multiple of what is far, beyond the interval; 0 where neither is known."""
        told = self.unit == "share" or self.unit == "d" and (self.actual is None or self.actual > LONG)
        if not told or self.actual is None and self.simulated is None:
            return 0.0
        if self.actual is None or self.simulated is None:
            return math.inf
        apart = max(0.0, abs(self.simulated - self.actual) - (self.half or 0.0) - ROUNDING)
        return apart / (FAR_SHARE if self.unit == "share" else FAR_WAIT * self.actual)

    @property
    def slower(self) -> bool:
        """Whether the simulated side is the slower one."""
        if self.actual is None or self.simulated is None:
            return self.simulated is None
        return (self.simulated > self.actual) == (self.unit == "d")


@dataclass(frozen=True)
class Against:
    """A design beside the history: figures of all lines, or of each site or part class."""

    design: str
    by: str
    """`site`, `part_class`, or empty for all lines."""
    figures: Sequence[Figure]

    @classmethod
    def of(cls, design: str, by: str | None, rows: Sequence[Mapping[str, Any]]) -> Against:
        """From the rows of `against_actual`; what is not known there may be a NaN."""
        found = tuple(
            Figure(str(row["group"]), str(row["figure"]), str(row["unit"]),
                   *(known(row[name]) for name in ("actual", "simulated", "half_width")))
            for row in rows
        )  # fmt: skip
        return cls(design, by or "", found)

    @property
    def title(self) -> str:
        """`Against the history: 835 lines that it knows the delivery of`."""
        lines = sum(each.actual or 0 for each in self.figures if each.name == LINES)
        return f"Against the history: {lines:,.0f} lines that it knows the delivery of"

    @property
    def verdict(self) -> str:
        """Whether this history speaks for the simulation, and where they are farthest apart.

        Empty by group, where a few lines make a share.
        """
        if self.by:
            return ""
        worst = max(self.figures, key=lambda each: each.off)
        if worst.off <= 1:
            return "Close: every share is within 5 points of the history's, every wait of over a week within a quarter."
        actual, simulated = (each.value.replace(NOTHING, "no delivery") for each in worst.cells)
        return (
            f"Far off: {worst.name}, {simulated} simulated where the history has {actual}. The simulated network is "
            f"{'slower' if worst.slower else 'faster'} than the real one was: mend its lead times and stock before you "
            "compare designs by it."
        )

    @property
    def heads(self) -> tuple[str, ...]:
        """Of the names in front of both sides."""
        return (self.by.replace("_", " "), "") if self.by else ("",)

    def rows(self) -> Iterator[tuple[tuple[str, ...], Figure]]:
        """A row a figure; where groups are told apart the main figures of each."""
        for each in self.figures:
            if each.name == LINES or (self.by and each.name not in SHORT):
                continue
            yield ((each.group, SHORT[each.name]) if self.by else (each.name,)), each


def known(value: Any) -> float | None:
    """A number, or None for what is none."""
    return None if value is None or value != value else float(value)


def shown(value: float | None, unit: str, half: float | None = None) -> Shown:
    """A share in percent or a number of days, with its half width."""
    if value is None:
        return Shown(NOTHING)
    if unit == "share":
        how = with_interval(Scale(100.0, "%", 1), half)
        return Shown(f"{how.number(value)} %", how.interval(half))
    how = with_interval(Scale(1.0, unit, 1), half)
    return Shown(f"{how.number(value)}".removesuffix(".0") + f" {unit}", how.interval(half))


def against_grid(found: Against, several: bool) -> Grid:
    """Both sides as a table of the page; `several` says that other designs are on it too."""
    rows = tuple((tuple(map(clean, names)), each.cells) for names, each in found.rows())
    title = f"Against the history, by {found.heads[0]}" if found.by else found.title
    of = f" ({clean(found.design)})" if several else ""
    note = "" if found.by else f"{found.verdict} {NOTE}"
    return Grid(title + of, found.heads, (Column("actual"), Column("simulated")), rows, note)
