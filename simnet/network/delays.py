"""What hours add to lead times, on average: what levels are worked out from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from simnet.integers import Integers, Rows
from simnet.network.lanes import Lanes
from simnet.units import WEEK

ASKED = np.arange(0, 52 * WEEK, 1_009)
"""Minutes of a year at which a line may be asked: all times of the day and of the week alike."""


def with_hours(lanes: Lanes, way: Integers, ways: Rows, table: Integers) -> Lanes:
    """The lanes with the mean and the spread of the waits for releases, working hours and departures put in."""
    pair = np.stack([way, lanes.lead], axis=1)
    kinds, which = np.unique(pair[way >= 0], axis=0, return_inverse=True)
    took = [journey(table, ways[row], lead, ASKED) - ASKED for row, lead in kinds.tolist()]
    mean, lead, cv = lanes.lead.copy(), lanes.lead[way >= 0], lanes.cv.copy()
    if took:
        which = which.reshape(-1)
        mean[way >= 0] = np.array([round(each.mean()) for each in took], dtype=np.int64)[which]
        spread = np.hypot(cv[way >= 0] * lead, np.array([each.std() for each in took])[which])
        cv[way >= 0] = spread / np.maximum(mean[way >= 0], 1)
    return replace(lanes, lead=mean, cv=cv)


def journey(table: Integers, way: Any, lead: int, asked: Integers) -> Integers:
    """When what is asked at these minutes is received, if the road takes its mean (law 8.5)."""
    at = work(table, way["hours"], gate(table, way["release"], asked), way["picking"])
    at = gate(table, way["departures"], at) + lead
    return work(table, way["reception"], at, way["receiving"])


def gate(table: Integers, address: int, now: Integers) -> Integers:
    """The minutes at which what is ready at `now` leaves; the same as the rule of the engine, for many at once."""
    if address < 0:
        return now
    by, at, _ = columns(table, address)
    entry = np.searchsorted(by, now)
    leaves = np.append(at, -1)[entry]
    return np.asarray(np.maximum(now, leaves))


def work(table: Integers, address: int, now: Integers, minutes: int) -> Integers:
    """The minutes at which work begun at `now` is done; the same as the rule of the engine, for many at once."""
    if address < 0:
        return now + minutes
    opens, closes, worked = columns(table, address)
    span = np.searchsorted(closes, now, "right")
    inside = span < len(closes)
    span = np.minimum(span, len(closes) - 1)
    start = np.maximum(now, opens[span])
    goal = worked[span] + start - opens[span] + minutes
    last = np.searchsorted(worked, goal) - 1
    done = start if minutes == 0 else opens[last] + goal - worked[last]
    return np.where(inside, done, now + minutes)


def columns(table: Integers, address: int) -> tuple[Integers, Integers, Integers]:
    """The three columns of the table at an address."""
    size = int(table[address])
    first, second, third = table[address + 1 : address + 1 + 3 * size].reshape(3, size)
    return first, second, third
