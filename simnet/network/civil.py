"""Civil time of a zone in minutes of the run: days of 23 and of 25 hours come out as they are.

Minute 0 is midnight in UTC at the start of the run. A local time is given as minutes after local midnight of that day,
every day counted as 1,440: so the same time of day n days later is n x 1,440 more, whatever the zone does between.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from simnet.integers import Integers
from simnet.units import DAY


def utc_minutes(zone: str, start: date, days: int, local: Integers) -> Integers:
    """Minutes of the run at which local times come, for runs of up to `days` days.

    A time that a day skips is the first minute after the gap; of one that comes twice, the first is meant.
    """
    change, offset = offsets(zone, start, days)
    era = np.searchsorted(change[1:] + offset[:-1], local, "right")
    return np.asarray(np.maximum(local - offset[era], change[era]), dtype=np.int64)


@lru_cache(maxsize=256)
def offsets(zone: str, start: date, days: int) -> tuple[Integers, Integers]:
    """The minutes at which a zone's offset changes (the first: long before the run), and the offsets from then on."""
    where, day = ZoneInfo(zone), datetime.combine(start, time(), UTC) - timedelta(days=3)
    before = offset_at(where, day)
    change, offset = [-(2**40)], [before]
    for _ in range(days + 6):
        after = offset_at(where, day + timedelta(days=1))
        if after != before:
            moment = first_minute(where, day, before)
            change.append(round((moment - datetime.combine(start, time(), UTC)) / timedelta(minutes=1)))
            offset.append(after)
        day, before = day + timedelta(days=1), after
    return np.array(change, dtype=np.int64), np.array(offset, dtype=np.int64)


def offset_at(zone: ZoneInfo, moment: datetime) -> int:
    """Minutes that the zone's clocks are ahead of UTC; the seconds of local mean times are rounded."""
    ahead = moment.astimezone(zone).utcoffset() or timedelta()
    return round(ahead / timedelta(minutes=1))


def first_minute(zone: ZoneInfo, day: datetime, before: int) -> datetime:
    """The first minute of the 24 hours from `day` at which the offset is no longer `before`."""
    low, high = 0, DAY
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(zone, day + timedelta(minutes=middle)) == before:
            low = middle
        else:
            high = middle
    return day + timedelta(minutes=high)
