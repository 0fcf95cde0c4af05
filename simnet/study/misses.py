"""A Pareto of misses from kept tallies: why lines were missed, of which parts, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simnet.errors import clean
from simnet.ledger.tally import CAUSES
from simnet.network.build import build
from simnet.units import DAY, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    network = build(origin.scenario)
    numbers = list(replications)
    why = np.zeros((network.sites, len(CAUSES), 2), dtype=np.int64)
    own = np.zeros((len(network.points), 3), dtype=np.int64)
    minutes = 0
    for number in numbers:
        tally = origin.kept(number)
        assert tally is not None
        minutes += tally.minutes
        cells = (network.sites, -1, len(CAUSES))
        for column, name in enumerate(("lines", "minutes")):
            why[:, :, column] += tally.why[name].reshape(cells).sum(axis=1)
        flow = tally.flow.reshape(-1, len(network.order_classes))[:, 1:]
        columns = (flow["lines"] - flow["filled_lines"], flow["lost_lines"])
        own += np.stack([*columns, flow["line_waited_minutes"] + flow["open_minutes"]], axis=-1).sum(axis=1)
    rate = YEAR / max(minutes, 1)

    def by(field: str, size: int) -> Any:
        found = np.zeros((size, 3), dtype=np.int64)
        np.add.at(found, network.points[field], own)
        return found

    sites = why.sum(axis=1)
    lost = by("site", network.sites)[:, 1]
    return Pareto(
        largest([Group(name, *row) for name, row in zip(CAUSES, causes_of(why, rate), strict=True)]),
        largest(
            Group(clean(name, 40), sites[at, 0] * rate, lost[at] * rate, sites[at, 1] * rate / DAY)
            for at, name in enumerate(network.site_names)
        ),
        largest(
            Group(clean(network.part_names[at], 40), row[0] * rate, row[1] * rate, row[2] * rate / DAY)
            for at, row in enumerate(by("part", network.parts))
        ),
    )


def causes_of(why: Any, rate: float) -> list[tuple[float, None, float]]:
    """Lines and days a year of each cause."""
    return [(lines * rate, None, minutes * rate / DAY) for lines, minutes in why.sum(axis=0).tolist()]


def largest(groups: Iterable[Group]) -> list[Group]:
    """Groups with anything in them, those with most lines first."""
    return sorted((group for group in groups if group.lines), key=lambda group: (-group.lines, -group.days))
