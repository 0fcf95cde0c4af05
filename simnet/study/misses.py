"""A Pareto of misses from kept tallies: why lines were missed, of which parts, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simnet.errors import clean
from simnet.ledger.limbs import total
from simnet.ledger.sums import PART, Sums
from simnet.ledger.tally import CAUSES
from simnet.network.outline import Outline
from simnet.units import DAY, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simnet.study.origin import Origin


class Group(NamedTuple):
    """A cause, a part or a site: lines and days a year, the mean of the replications."""

    name: str
    lines: float
    """Missed, of a cause or site; not on the shelf in full, of a part."""
    lost: float | None
    """Of these, lost. None: not counted so."""
    days: float
    """Days that they waited."""


class Pareto(NamedTuple):
    """The groups that cost most lines first."""

    causes: list[Group]
    sites: list[Group]
    parts: list[Group]


def pareto(origin: Origin, replications: Iterable[int]) -> Pareto:
    """The misses of some replications of a kept result."""
    kept = [found for number in replications if (found := origin.kept(number)) is not None]
    design: Any = origin.ready
    return pareto_of([design.sums(each) for each in kept], design.outline(kept), origin.scenario.parts.names)


def pareto_of(sums: Sequence[Sums], outline: Outline, part_names: Sequence[str]) -> Pareto:
    """The misses of some replications, a mean of them; `part_names` are those of the whole catalog."""
    cells, rate = (outline.sites, -1, len(CAUSES)), YEAR / max(sum(each.minutes for each in sums), 1)
    lines, minutes = (sum(each.why[name].reshape(cells).sum(axis=1) for each in sums) for name in ("lines", "minutes"))
    lost = [sum(lost_at(each, site) for each in sums) for site in range(outline.sites)]
    part = {name: np.sum([each.part[name] for each in sums], axis=0) for name in PART.names or ()}
    short = part["lines"] - part["filled_lines"]
    columns = (short * rate, part["lost_lines"] * rate, part["minutes"] * rate / DAY)
    return Pareto(
        largest(
            Group(name, lines[:, at].sum() * rate, None, minutes[:, at].sum() * rate / DAY)
            for at, name in enumerate(CAUSES)
        ),
        largest(
            Group(clean(name, 40), lines[at].sum() * rate, lost[at] * rate, minutes[at].sum() * rate / DAY)
            for at, name in enumerate(outline.site_names)
        ),
        largest(
            Group(clean(part_names[at], 40), *(column[at] for column in columns))
            for at in np.flatnonzero(short).tolist()
        ),
    )


def lost_at(sums: Sums, site: int) -> int:
    """Customers' lines that a site lost."""
    lost = sums.asked.get("lost_lines")
    return 0 if lost is None else total(lost[:, site, :, 1:])


def largest(groups: Iterable[Group]) -> list[Group]:
    """Groups with anything in them, those with most lines first."""
    return sorted((group for group in groups if group.lines), key=lambda group: (-group.lines, -group.days))
