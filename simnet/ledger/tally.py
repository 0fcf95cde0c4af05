"""The tally: everything a run counts, as integers, so that the sum is the same in any order.

Grains: a row a stocking point (part x site), a row a point and order class (`flow`), a row a month x site x part class
(`month`), and for what was not on the shelf rows by site x part class x order class (`miss`, `why`); besides them the
histogram of customers' and sites' waits, freight by way, and customer orders of several lines (`job`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any

import numpy as np

from simnet.integers import Integers, Rows, integers

POINT = integers(
    "opening_on_hand opening_on_order opening_owed opening_in_transit opening_returning "  # when measuring starts
    "on_hand on_order owed in_transit returning "  # at the horizon
    "ordered received shipped orders shipments "  # pieces, pieces, pieces, lines placed, lots sent to it
    "returned taken_back moved "  # pieces sent back to the source, pieces that came back, and from sisters to balance
    "wished held "  # lines put on orders that parts share, and those of them that were held with their order
    "on_hand_minutes on_order_minutes transit_minutes owed_minutes stocked_minutes"  # integrals
)
"""A stocking point: units and unit-minutes between the end of the warm-up and the horizon."""

FLOW = integers(
    "lines units filled_lines filled_units complete_units "  # asked; served at once: complete lines, pieces,
    # and the pieces of complete lines
    "late_units lost_lines lost_units opening_owed owed owed_minutes "  # pieces served later, lost, owed
    "late_lines waited_minutes line_waited_minutes "  # asked since, served later; minutes x pieces, minutes x lines
    "open_lines open_units open_minutes "  # still waiting at the horizon: censored
    "passed_lines passed_units "  # asked here, and given or taken over by another source
    "taken_lines taken_units given_units "  # asked elsewhere and given or queued here; pieces of them given at once
    "travel_minutes"  # minutes x pieces on the way from a source to the customer, up to the horizon
)
"""What one order class asked of one point. Waits count lines asked after the warm-up only, where they were asked."""

MONTH = integers(
    "lines units filled_lines filled_units value filled_value "  # customers' lines
    "orders ordered "
    "on_hand_change on_hand_minutes owed_change owed_minutes stock_value_change "
    "facing_lines facing_units facing_value system_lines system_units system_value"  # found there, not on the shelf
)
"""A month x site x part class. A level is the running sum of its changes since minute 0; the area of a
month is its first level times its length plus `*_minutes`, the area that the month's changes add."""

MISS = integers("lines units value")
"""Customers' lines that were not on the shelf, by KINDS: pieces where they were found, a line where its furthest piece
was. `unstocked` and `gave up` are told besides: asked of a point that does not stock the part; waited and then lost."""
KINDS = ("unstocked", "facing", "referral", "lateral", "central", "supplier", "waited", "lost", "will-fit", "gave up")

WHY = integers("lines units value minutes")
"""Missed lines by CAUSES: lines, their pieces not on the shelf, the value of those, and minutes x lines waited."""
CAUSES = (
    "not stocked here", "stocked but out", "in customs or transit", "upstream out", "supplier late", "reserved",
    "after cut-off", "lost patience",
)  # fmt: skip

FREIGHT = integers("lots units grams value")
"""What traveled a way for lines passed on; row of the network's `ways`. value: at sales price."""

JOB = integers(
    "jobs lines filled_jobs facing_jobs system_jobs late_jobs lost_jobs open_jobs waited_minutes held_minutes"
)
"""Customer orders of one site and order class (a line outside any job is an order of its own): asked, lines in them,
all on the shelf, all found up to the facing warehouse, up to any warehouse or sister; delivered, but not off the shelf;
with a lost line, open at the horizon; minutes x jobs waited by those delivered; minutes x pieces that lay ready for the
rest of their job. jobs = filled + late + lost + open; the rungs of the ladder are cumulative."""


def none_of(dtype: Any) -> Any:
    """A table that is empty unless given."""
    return field(default_factory=partial(np.zeros, 0, dtype))


@dataclass(frozen=True)
class Tally:
    """The integers of one replication of one design; `into` merges those of shards."""

    point: Rows
    """One row a stocking point."""
    flow: Rows
    """Row = point x order classes + order class."""
    month: Rows
    """Row = (month x sites + site) x part classes + part class."""
    wait: Integers
    """[site, order class, 0 lines | 1 units, bin]: delayed ones by minutes waited."""
    minutes: int
    """Measured time: horizon less warm-up, in minutes."""
    miss: Rows = none_of(MISS)
    """Row = ((site x part classes + part class) x order classes + order class) x kinds + kind."""
    why: Rows = none_of(WHY)
    """Row = ((site x part classes + part class) x order classes + order class) x causes + cause."""
    freight: Rows = none_of(FREIGHT)
    """Row = way."""
    job: Rows = none_of(JOB)
    """Row = site x order classes + order class; empty where lines do not come in jobs."""
    job_wait: Integers = none_of(np.int64)
    """[site, order class, bin]: delayed jobs by minutes waited; empty like `job`."""
    cells: Integers = none_of(np.int64)
    """Of a slice: the cells (site x part classes + part class) that each month has rows of, rising; empty: all."""

    def same_as(self, other: Tally) -> bool:
        """Whether both hold the same integers, to the last one."""
        return all(np.array_equal(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))

    def into(self, whole: Tally | None, low: int, points: int) -> Tally:
        """Add this tally of a shard, whose points start at `low`, to that of the whole network."""
        if whole is None:
            if len(self.point) == points:
                return self
            classes = len(self.flow) // max(len(self.point), 1)
            blank = {name: np.zeros_like(getattr(self, name)) for name in SUMMED}
            whole = replace(self, point=np.zeros(points, POINT), flow=np.zeros(points * classes, FLOW), **blank)
        whole.point[low : low + len(self.point)] = self.point
        start = low * (len(whole.flow) // points)
        whole.flow[start : start + len(self.flow)] = self.flow
        for name in SUMMED:
            np.add(numbers(getattr(whole, name)), numbers(getattr(self, name)), out=numbers(getattr(whole, name)))
        return whole


ROWS = {
    "point": POINT, "flow": FLOW, "month": MONTH, "miss": MISS, "why": WHY, "freight": FREIGHT, "job": JOB,
}  # fmt: skip
"""The tables of records."""
SUMMED = ("month", "wait", "miss", "why", "freight", "job", "job_wait")
"""What shards add up; points and flows stand one after the other."""


def numbers(rows: Rows) -> Integers:
    """Integer records as the plain integers they are made of."""
    return rows.view(np.int64)
