"""Lines asked in opening hours: the minute that a model draws becomes a working minute, in the same order (law 4.3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Openings:
    """When sites are open, in minutes of the run."""

    of_site: Ints
    """The calendar of each site, as an index into `calendars`; -1: open round the clock."""
    calendars: tuple[Ints, ...]
    """Rows: first minute of each open span, minute after its last, open minutes before it; a column a span."""

    def moved(self, minute: Ints, site: Ints, cells: Ints) -> Ints:
        """The minutes at which lines of sites are asked; `cells` are the borders of the spans that they stay in."""
        found = minute.copy()
        calendar = self.of_site[site]
        for number, spans in enumerate(self.calendars):
            here = np.flatnonzero(calendar == number)
            if len(here):
                found[here] = while_open(minute[here], spans, cells)
        return found


def worked(minute: Ints, spans: Ints) -> Ints:
    """Open minutes before each minute."""
    opens, closes, before = spans
    last = np.maximum(np.searchsorted(opens, minute, side="right") - 1, 0)
    inside = np.clip(minute - opens[last], 0, closes[last] - opens[last])
    return np.asarray(before[last] + inside)


def while_open(minute: Ints, spans: Ints, cells: Ints) -> Ints:
    """As far into the open minutes of its cell as it was into the cell.

    A cell without an open minute gives its lines to the next that has one; the last ones, to the one before. Where
    a site never opens, its lines stay as they are.
    """
    opens, _, before = spans
    at = worked(cells, spans) if len(opens) else np.zeros(len(cells), np.int64)
    free = np.diff(at)
    usable = np.flatnonzero(free)
    if not len(usable):
        return minute
    cell = np.searchsorted(cells, minute, side="right") - 1
    into = (minute - cells[cell], np.diff(cells)[cell])
    given = usable[np.minimum(np.searchsorted(usable, cell), len(usable) - 1)]
    goal = at[given] + into[0] * free[given] // into[1]
    span = np.searchsorted(before, goal, side="right") - 1
    return np.asarray(opens[span] + goal - before[span])
