"""Jobs and planned stock in `show`: what comes together, what is listed, who sets the levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from simnet.demand import JobCards, Jobs
from simnet.errors import clean
from simnet.study import words
from simnet.units import DAY, YEAR, show_duration, show_share

if TYPE_CHECKING:
    from simnet.network.network import Network
    from simnet.scenario import Scenario

MOST_KINDS = 4


def jobs(scenario: Scenario) -> Iterator[str]:
    """The kinds of jobs, and the cards."""
    for entry in scenario.demand:
        if not isinstance(entry, Jobs):
            continue
        if entry.cards is not None:
            yield cards(entry, entry.cards)
            continue
        each = "in all" if entry.split == "share" else "at each site"
        for kind in entry.kinds[:MOST_KINDS]:
            parts = words.listed([f"{pieces} {clean(name, 24)}" for name, pieces in kind.parts.items()], 4)
            yield f"job of {parts}: {words.round_count(kind.orders * YEAR)} a year {each}"
        if len(entry.kinds) > MOST_KINDS:
            yield f"and {len(entry.kinds) - MOST_KINDS:,} more kinds of jobs"


def cards(entry: Jobs, found: JobCards) -> str:
    """How many cards, of how many lines, and how they come again."""
    used = f"replay {entry.replay or 'exact'}{'' if entry.replay else ' *'}"
    size = f"{words.count(len(found), 'job card')} of {found.lines / len(found):.1f} lines"
    return f"{size}, {words.months(found.first_month, found.months)}, {used}"


def planned(network: Network) -> Iterator[str]:
    """Points planned inside the run, those alike on one line."""
    plans = network.plans
    if not len(plans):
        return
    names = ("period", "window", "hits", "within", "idle", "accept", "buy_back")
    columns = np.column_stack([*(plans[name] for name in names), plans["levels"] >= 0])
    kinds, twin, sizes = np.unique(columns, axis=0, return_inverse=True, return_counts=True)
    starts = np.bincount(twin.reshape(-1), weights=plans["starts"], minlength=len(kinds))
    for kind, points, listed in zip(kinds.tolist(), sizes.tolist(), starts.tolist(), strict=True):
        period, window, hits, within, idle, accept, buy_back, managed = kind
        told = [f"{words.count(points, 'part')} at dealers, every {show_duration(period)}"]
        if managed:
            more = f", {show_share(accept / 4096)} accepted" if accept < 4096 else ""
            back = ", buy-back" if buy_back else ""
            told.append(f"levels by the maker from {show_duration(days(window * period))}{more}{back}")
        if hits:
            told.append(f"listed at {words.count(hits, 'line')} in {show_duration(days(within * period))}")
        if idle:
            told.append(f"off after {show_duration(days(idle * period))} without")
        if hits or idle:
            told.append(f"{listed:,.0f} listed at the start")
        yield "; ".join(told)


def days(minutes: int) -> int:
    """Whole days, to the nearest, where it is more than one."""
    return round(minutes / DAY) * DAY if minutes > DAY else minutes
