"""Lines years away from all others: a mistyped year where they are few, a question where they are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.errors import Problem, SimnetError
from simnet.intake.coded import Days, Raw
from simnet.intake.headings import Columns
from simnet.intake.source import Source
from simnet.intake.understood import MOST_UNREADABLE
from simnet.scenario.history import MOST_EMPTY_MONTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray


def far_rows(source: Source, columns: Columns, raw: Raw, days: Days, good: NDArray[Any]) -> NDArray[Any]:
    """Rows beyond a stretch of years in which nothing at all was ordered, on the side that has fewer of them.

    `SimnetError` where those are more than a few: then neither side is known to be the mistyped one.
    """
    left = np.flatnonzero(good)
    most = MOST_UNREADABLE * len(left)
    far = [left[:0]]
    while len(left):
        month = days[left].months()
        known = np.flatnonzero(np.bincount(month))
        gaps = np.flatnonzero(np.diff(known) - 1 > MOST_EMPTY_MONTHS)
        if not len(gaps):
            break
        early = month <= known[gaps[0]]
        fewer = early if early.sum() * 2 <= len(left) else ~early
        far.append(left[fewer])
        if sum(map(len, far)) > most:
            raise which_years(source, columns, raw, days, left[early], left[~early])
        left = left[~fewer]
    return np.sort(np.concatenate(far))


def which_years(
    source: Source, columns: Columns, raw: Raw, days: Days, early: NDArray[Any], late: NDArray[Any]
) -> SimnetError:
    """Two groups of lines, years apart: the question is put at the first line of the smaller."""
    sides = [span(days, rows) for rows in (early, late)]
    gap = int(days[late].months().min() - days[early].months().max()) - 1
    told = f"{sides[0]}, and {sides[1]}: nothing was ordered in the {gap // 12} years between; which are right?"
    row = int((early if len(early) <= len(late) else late)[0])
    remedy = "mend the years that are mistyped; if none is, import a file of one group alone"
    return SimnetError(Problem(told, **source.place(int(raw.lines[row]), columns.at["date"]), remedy=remedy))


def span(days: Days, rows: NDArray[Any]) -> str:
    """`5 lines of 2024-01 to 2024-09`."""
    first, last = (f"{year}-{month:02}" for year, month, _ in days[rows].span())
    lines = f"{len(rows):,} line{'' if len(rows) == 1 else 's'}"
    return f"{lines} of {first}" + (f" to {last}" if last != first else "")
