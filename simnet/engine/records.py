"""The records of the simulated world. In the SimPy clock a record is a small object, in the compiled
clock a row of a structured array: `world.stock[i].on_hand` means the same in both.

Every field of what decides is a 64-bit integer: quantities are pieces, times are minutes, money is 1/10,000 of the
currency.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from simnet.integers import integers
from simnet.ledger.tally import FLOW
from simnet.network.rows import PLANS, SOURCES, TERMS

SELDOM = (
    # who it is, what it does for others, what is planned here
    "site part place queues level weight lane arrival fair balance lateral laterals children fickle joint "
    # state and tally of what few networks have
    "shared reviewing looking opening_on_hand opening_on_order opening_owed opening_in_transit opening_returning "
    "returning returned taken_back moved wish wished held"
)
OFTEN = (
    # how it orders, and the lane that brings its stock: mean minutes, offset of its shape in `table` (-1: constant)
    "cell flow source trigger up_to lot minimum review cost price lead shape orderly way due plan push "
    # state and tally
    "asked placed open on_hand on_order owed in_transit ordered received shipped orders shipments "
    "on_hand_minutes on_order_minutes transit_minutes owed_minutes stocked_minutes"
)
STOCK = integers(f"{SELDOM} {OFTEN}")
"""A stocking point (part x site), its tally (POINT) among it; what every event touches stands together, in as few lines
of a processor's cache as it takes. place: its site and part class as one number; cell: the row that these have in a
month. due: when the lot that left last was to come. joint: the first of the two JOINT records of the order that it
shares, or -1; wish: pieces it has on that order, until that is sent or held."""

DESK = integers(" ".join((*reversed(TERMS.names or ()), *(FLOW.names or ()))))
"""One order class at one point: the terms it meets there, then its tally."""

QUEUE = integers("head tail")
"""Lines of one rank that wait at a point, first come first."""

ORDER = integers(
    "where origin dest via order_class number asked quantity short open kind cause cut job "  # what it is
    "leg latest done row stamp share next"  # how far it is
)
"""A line that is not served at once. Recycled when it ends: memory follows what is open.

where: the point at which it waits. origin: the point that was asked. dest: the point it refills, or NOBODY. via: the
source whose way takes its pieces to the customer. short: pieces not on the shelf. cut: a cut-off was missed.
latest: when the last piece so far was there; done: the same for the ledger. stamp: tells this line from a later one.
"""

SOURCE = integers(" ".join((*(SOURCES.names or ()), "sent arrival")))
"""A place in a sourcing list, and what it sent so far."""

PLAN = integers(" ".join((*(PLANS.names or ()), "listed cell quiet proposals ring")))
"""A planned point. ring: offset of its memory (lines by period, then pieces by period); cell: the current period."""

JOINT = integers("every minimum limit stamp value since")
"""One of the two sheets on which a site collects an order for a supplier, in turn; the other is that of the time
before. every: minutes between orders. minimum: its least value. limit: minutes after which it is sent all the same, 0
for never. stamp: minute of the order, -1 for none yet. value: what it comes to. since: from when on it was held."""

PARKED = integers("meets events stage demand seq month cell month_end minute phase")
"""A part that waits for the others at a barrier. meets: whether it shares orders; events: those that it has to come."""

COUNT = integers(
    "start end sites classes cells order_classes queues edges ends bins tiers reach jobs first "
    "room_orders room_events room_rows "
    "seq heap free open stamp month month_end cell minute phase rows keep "
    "part stage demand need joints barrier live first_parked parked room_parked"
)
"""One record of counters, offsets and the clock's own position. first: the point whose record is the first.
barrier: the minute up to which every part runs before any goes on; live: the part at hand is not parked;
first_parked, parked: where the parked events begin, and how many they are."""

EVENT = integers("key load")
"""The compiled clock's heap, and what is parked of it: key = minute, phase, sequence; load = place and quantity."""

RULE = integers("lost complete patience need_by")
"""What an order class asks for: unmet lines are lost; lines ship complete only; minutes it waits, and is promised."""

LINE = np.dtype(
    [(name, np.int32) for name in ("minute", "point", "dest", "quantity", "at_once", "passed", "lost")]
    + [(name, np.int8) for name in ("order_class", "kind", "cause")]
    + [("done", np.int64)],
    align=True,
)
"""A row of the ledger; narrow, for there are millions, and no minute of a run and no pieces of a part take 31 bits
(network/limits.py). dest -1 is a customer; done -1 is still open at the horizon. kind: where its last piece was found
(KINDS, 0 for the shelf); cause: why it was not on the shelf (CAUSES, -1 for none)."""

OUTCOME = integers("kind done")
"""How a line of a job ended: as in LINE; done -1 is open, -2 is lost."""

SUPPLIER = -1
NOBODY = -1
LOST = -2

# Phases within one minute (law 1). Reviews have one phase a tier, the most downstream first.
RECEIPT, LOOK, RETURN, PATIENCE, PLANNING, BALANCE, REVIEW, JOINED, DEMAND = 1, 2, 3, 4, 5, 6, 8, 62, 63
PHASE_BITS, SEQUENCE_BITS, QUANTITY_BITS = 6, 31, 31

STOCK_CLASS, CUSTOMER_CLASS = 0, 1
"""The order classes `stock` (replenishment lines) and `day` (customers, unless they say otherwise)."""

# Where a customer's line ended that was not on the shelf: indices of KINDS beyond those of sources.
UNSTOCKED, WAITED, NOT_SERVED, WILL_FIT, GAVE_UP, KINDS = 0, 6, 7, 8, 9, 10
# Why it was not on the shelf: indices of CAUSES.
NOT_STOCKED, OUT, IN_TRANSIT, UPSTREAM_OUT, SUPPLIER_LATE, RESERVED, AFTER_CUT_OFF, LOST_PATIENCE, CAUSES = range(9)
NO_CAUSE = -1

BEFORE = -1
"""A line asked before minute 0: its wait is not counted."""

DONE, FULL = 0, 1


Stock = Any
"""A STOCK record: an object in the SimPy clock, a row in the compiled one."""
Flow = Any
"""A DESK record."""
Order = Any
"""An ORDER record."""
Way = Any
"""A WAYS record, or any other that has `lead` and `shape`."""


class World(NamedTuple):
    """The arrays that the rules act on."""

    stock: Any
    """STOCK: a record a stocking point."""
    flow: Any
    """DESK: a record a point and order class."""
    queue: Any
    """QUEUE: a record a point and rank."""
    source: Any
    """SOURCE: sourcing lists."""
    way: Any
    """WAYS, with offsets into `table`."""
    plan: Any
    """PLAN: a record a planned point."""
    memory: Any
    """What planned points remember of their sales."""
    month: Any
    """MONTH: a record a month x cell, a site and part class."""
    wait: Any
    """Histogram cells: (site x order classes + order class) x 2 bins, lines then units."""
    miss: Any
    """MISS: a record a site x part class x order class x kind."""
    why: Any
    """WHY: a record a site x part class x order class x cause."""
    freight: Any
    """FREIGHT: a record a way."""
    outcome: Any
    """OUTCOME: a record a line of the tape, where lines come in jobs."""
    joint: Any
    """JOINT: two records a site and supplier where parts share orders."""
    order: Any
    """ORDER: open lines and the free list."""
    heap: Any
    """EVENT: the compiled clock's events; SimPy keeps its own."""
    park: Any
    """PARKED: a record a part, where parts share orders; the compiled clock's."""
    parking: Any
    """EVENT: those of parked parts, in a ring."""
    line: Any
    """LINE: the ledger, or nothing."""
    table: Any
    """Integers to look up: lead-time shapes, ends of months, edges of wait bins, then the network's timetable."""
    rule: Any
    """RULE: a record an order class."""
    count: Any
    """COUNT: the one record of counters."""
