"""The records of the simulated world. In the SimPy clock a record is a small object, in the compiled
clock a row of a structured array: `world.stock[i].on_hand` means the same in both.

Every field is a 64-bit integer: quantities are pieces, times are minutes, money is 1/10,000 of the currency.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from simnet.integers import integers
from simnet.ledger.tally import POINT

STOCK = integers(
    # who it is and how it orders
    "site part cell flow source trigger up_to lot minimum review level cost price "
    # the lane that brings its stock: mean minutes, offset of its shape in `table` (-1: constant), chance
    "lead shape lane orderly arrival "
    # state
    "placed head tail reviewing " + " ".join(POINT.names or ())
)
"""A stocking point (part x site); its last fields are its tally."""

ORDER = integers("dest open asked order_class number leg next row done")
"""A line that waits in a queue. Recycled when served: memory follows what is open."""

COUNT = integers(
    "start end sites classes order_classes edges ends bins tiers "
    "room_orders room_events room_rows "
    "seq heap free open month month_end cell phase rows keep "
    "part stage demand need"
)
"""One record of counters, offsets and the clock's own position."""

EVENT = integers("key load")
"""The compiled clock's heap: key = minute, phase, sequence; load = place and quantity."""

RULE = integers("lost complete")
"""What an order class asks for: unmet lines are lost; lines ship complete only."""

LINE = integers("minute point dest order_class quantity at_once lost done")
"""A row of the ledger. dest -1 is a customer; done -1 is still open at the horizon."""

SUPPLIER = -1
NOBODY = -1

# Phases within one minute (law 1). Reviews have one phase a tier, the most downstream first.
RECEIPT, REVIEW, DEMAND = 1, 8, 63
PHASE_BITS, SEQUENCE_BITS, QUANTITY_BITS = 6, 31, 31

STOCK_CLASS, CUSTOMER_CLASS = 0, 1
"""The order classes `stock` (replenishment lines) and `day` (customers, unless they say otherwise)."""

BEFORE = -1
"""A line asked before minute 0: its wait is not counted."""

DONE, FULL = 0, 1


Stock = Any
"""A STOCK record: an object in the SimPy clock, a row in the compiled one."""
Flow = Any
"""A FLOW record."""
Order = Any
"""An ORDER record."""


class World(NamedTuple):
    """The arrays that the rules act on: few, because each one costs the compiled clock."""

    stock: Any
    """STOCK: a record a stocking point."""
    flow: Any
    """FLOW: a record a point and order class."""
    month: Any
    """MONTH: a record a month x site x part class."""
    wait: Any
    """Histogram cells: (site x order classes + order class) x 2 bins, lines then units."""
    order: Any
    """ORDER: open lines and the free list."""
    heap: Any
    """EVENT: the compiled clock's events; SimPy keeps its own."""
    line: Any
    """LINE: the ledger, or nothing."""
    table: Any
    """Integers to look up: lead-time shapes, then ends of months, then edges of wait bins."""
    rule: Any
    """RULE: a record an order class."""
    count: Any
    """COUNT: the one record of counters."""
