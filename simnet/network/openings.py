"""When sites are open to customers, for demand that is asked in their hours (law 4.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.demand.block import Targets
from simnet.demand.opening import Openings
from simnet.network.calendar import calendar_of
from simnet.network.timetable import Timetable, Week
from simnet.scenario.common import once

if TYPE_CHECKING:
    from simnet.network.topology import Topology
    from simnet.scenario.scenario import Scenario

Entries = list[tuple[Any, Targets]]


def in_hours(entries: Entries, scenario: Scenario, sites: Topology) -> Entries:
    """The entries of demand, those with `when: open` with the hours of the sites."""
    opened = [getattr(entry, "when", "") == "open" for entry, _ in entries]
    if not any(opened):
        return entries
    hours = once(scenario, "openings", lambda: openings(scenario, sites))
    pairs = zip(entries, opened, strict=True)
    return [(entry, replace(targets, openings=hours) if yes else targets) for (entry, targets), yes in pairs]


def openings(scenario: Scenario, sites: Topology) -> Openings | None:
    """When each site is open, equal weeks once; None where all are, round the clock."""
    weeks: dict[Week, int] = {}
    number = []
    for name in sites.names:
        week = Week.of(scenario.warehouses.get(name) or scenario.dealers[name])
        number.append(-1 if week.always else weeks.setdefault(week, len(weeks)))
    if not weeks:
        return None
    calendar = once(scenario, "calendar", lambda: calendar_of(scenario.run))
    table = Timetable.of(calendar.start, calendar.horizon)
    return Openings(np.array(number, dtype=np.int64), tuple(table.open_spans(week) for week in weeks))
