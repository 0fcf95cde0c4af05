"""The tally: everything a run counts, as integers, so that the sum is the same in any order.

Three grains: a row a stocking point (part x site), a row a point and order class (`flow`), and a row
a month x site x part class (`month`); besides them the histogram of customers' and sites' waits.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from simnet.integers import Integers, Rows, integers

POINT = integers(
    "opening_on_hand opening_on_order opening_owed opening_in_transit "  # when measuring starts
    "on_hand on_order owed in_transit "  # at the horizon
    "ordered received shipped orders shipments "  # pieces, pieces, pieces, lines placed, lots sent to it
    "on_hand_minutes on_order_minutes transit_minutes owed_minutes stocked_minutes"  # integrals
)
"""A stocking point: units and unit-minutes between the end of the warm-up and the horizon."""

FLOW = integers(
    "lines units filled_lines filled_units complete_units "  # asked; served at once: complete lines, pieces,
    # and the pieces of complete lines
    "late_units lost_lines lost_units opening_owed owed owed_minutes "  # pieces served later, lost, owed
    "late_lines waited_minutes line_waited_minutes "  # asked since, served later; minutes x pieces, minutes x lines
    "open_lines open_units open_minutes"  # still waiting at the horizon: censored
)
"""What one order class asked of one point. Waits count lines asked after the warm-up only."""

MONTH = integers(
    "lines units filled_lines filled_units value filled_value "  # customers' lines
    "orders ordered "
    "on_hand_change on_hand_minutes owed_change owed_minutes stock_value_change"
)
"""A month x site x part class. A level is the running sum of its changes since minute 0; the area of a
month is its first level times its length plus `*_minutes`, the area that the month's changes add."""


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

    def same_as(self, other: Tally) -> bool:
        """Whether both hold the same integers, to the last one."""
        return all(np.array_equal(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))

    def into(self, whole: Tally | None, low: int, points: int) -> Tally:
        """Add this tally of a shard, whose points start at `low`, to that of the whole network."""
        if whole is None:
            if len(self.point) == points:
                return self
            classes = len(self.flow) // max(len(self.point), 1)
            whole = Tally(
                point=np.zeros(points, POINT),
                flow=np.zeros(points * classes, FLOW),
                month=np.zeros(len(self.month), MONTH),
                wait=np.zeros_like(self.wait),
                minutes=self.minutes,
            )
        whole.point[low : low + len(self.point)] = self.point
        start = low * (len(whole.flow) // points)
        whole.flow[start : start + len(self.flow)] = self.flow
        np.add(numbers(whole.month), numbers(self.month), out=numbers(whole.month))
        np.add(whole.wait, self.wait, out=whole.wait)
        return whole


def numbers(rows: Rows) -> Integers:
    """Integer records as the plain integers they are made of."""
    return rows.view(np.int64)
