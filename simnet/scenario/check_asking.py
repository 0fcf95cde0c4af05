"""Whether there are as many sites as `sites` says are to ask for a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.demand import RateEntry
from simnet.scenario.asked import Asked

if TYPE_CHECKING:
    from simnet.scenario.checker import Checker

REMEDY = "ask for fewer, or name more sites under at"


def check_asking(here: Checker, each: Asked) -> None:
    """No row asks for more sites than there are to draw from; a design that removes sites makes do with the rest."""
    entry = each.entry
    if not isinstance(entry, RateEntry) or here.removed.instead or not np.any(entry.asking):
        return
    if entry.sites is not None and entry.sites > (there := _able(here, entry.at)):
        here.problems.add(each.mark("sites"), _words(entry.sites, there), path=each.loc, remedy=REMEDY)
    rows = entry.rows
    column: Any = rows.column("sites") if rows is not None else None
    if rows is None or column is None or each.grid is None:
        return
    there_by_kind = [_able(here, (name,) if name else entry.at) for name in rows.at.kinds]
    there_by_row = np.array(there_by_kind, dtype=np.int64)[rows.at.codes]
    for row in np.flatnonzero(column > there_by_row).tolist():
        if here.problems.full:
            return
        each.grid.add(row, "sites", _words(int(column[row]), int(there_by_row[row])), REMEDY)


def _able(here: Checker, at: tuple[str, ...]) -> int:
    """How many of the sites that `at` names have a share."""
    dealers = here.scenario.dealers
    return sum(site not in dealers or dealers[site].share > 0 for site in here.scenario.sites_at(at))


def _words(asked: int, there: int) -> str:
    return f"{asked:,} sites are to ask, and there {'is' if there == 1 else 'are'} {there:,} with a share"
