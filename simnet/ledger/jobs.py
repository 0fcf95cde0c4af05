"""Jobs after the run: customer orders of several lines, settled from how their lines ended.

Pieces of a job do not tie the stocks of its parts together: each line takes or waits for its own (law 5), so that parts
can run one after the other. What a job is as a whole follows from its lines: it is done when the last one is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.integers import Integers, Rows
from simnet.ledger.tally import JOB, KINDS
from simnet.network.rows import CENTRAL, FACING

if TYPE_CHECKING:
    from simnet.network.network import Network, Tape

OPEN, LOST = -1, -2
"""Of a line's end: not at the horizon; never."""
NOT_SERVED = KINDS.index("lost")


@dataclass(frozen=True)
class Orders:
    """Customer orders asked after the warm-up, and the lines of the tape that belong to each."""

    line: Integers
    """Rows of the tape."""
    order: Integers
    """By line: its order, from 0."""
    cell: Integers
    """By order: site x order classes + order class."""
    asked: Integers

    def __len__(self) -> int:
        return len(self.cell)


def orders_of(network: Network, tape: Tape) -> Orders:
    """The orders of a tape; a line without a job is an order of its own."""
    line = np.flatnonzero((tape.minute >= network.warm_up) & (tape.minute < network.horizon))
    job = tape.job[line]
    alone = np.flatnonzero(job < 0)
    named, order = np.unique(job, return_inverse=True)
    first = int(len(alone) > 0)  # the name -1 stands before all others
    order = order - first
    order[alone] = len(named) - first + np.arange(len(alone))
    at = np.unique(order, return_index=True)[1]
    site = network.points["site"][tape.point[line[at]]]
    return Orders(line, order, site * len(network.order_classes) + tape.order_class[line[at]], tape.minute[line[at]])


def settle(network: Network, tape: Tape, outcome: Rows) -> tuple[Rows, Integers]:
    """JOB by site and order class, and delayed jobs by minutes waited; both empty where lines do not come in jobs.

    `outcome` has the kind and the minute of the end of every line of the tape. A job is filled, late, lost or open;
    those found up to the facing warehouse, or in the network, are counted with those filled before.
    """
    if not network.jobs:
        return np.zeros(0, JOB), np.zeros(0, np.int64)
    orders = orders_of(network, tape)
    kind, done = outcome["kind"][orders.line], outcome["done"][orders.line]
    lost = summed(orders, (done == LOST) | (kind >= NOT_SERVED)) > 0
    still = ~lost & (summed(orders, done == OPEN) > 0)
    end = most(orders, np.where(done < 0, 0, done), 0)
    furthest = most(orders, kind, 0)
    delivered = ~lost & ~still
    filled = delivered & (furthest == 0)
    late = delivered & ~filled
    waited = np.where(late, end - orders.asked, 0)
    values = {
        "jobs": np.ones(len(orders), np.int64),
        "lines": summed(orders, np.ones(len(orders.line), np.int64)),
        "filled_jobs": filled,
        "facing_jobs": delivered & (furthest <= FACING),
        "system_jobs": delivered & (furthest <= CENTRAL),
        "late_jobs": late,
        "lost_jobs": lost,
        "open_jobs": still,
        "waited_minutes": waited,
        "held_minutes": held(network, tape, orders, done, np.where(still, network.horizon, end), lost),
    }
    rows = np.zeros(network.sites * len(network.order_classes), JOB)
    for name, column in values.items():
        rows[name] = total(orders.cell, column, len(rows))
    bins = len(network.wait_edges)
    edge = np.searchsorted(network.wait_edges, waited[late])
    wait = np.bincount(orders.cell[late] * bins + edge, minlength=len(rows) * bins)
    return rows, wait.astype(np.int64).reshape(network.sites, len(network.order_classes), bins)


def held(network: Network, tape: Tape, orders: Orders, done: Integers, end: Integers, lost: Any) -> Integers:
    """Minutes x pieces set aside for the rest of a job, in classes whose jobs are handed over complete."""
    complete = network.classes["together"][orders.cell % len(network.order_classes)] > 0
    counted = (complete & ~lost)[orders.order] & (done >= 0)
    minutes = np.where(counted, np.maximum(end[orders.order] - done, 0), 0)
    return summed(orders, minutes * tape.quantity[orders.line])


def summed(orders: Orders, values: Any) -> Integers:
    """Sums of lines by order."""
    return total(orders.order, values, len(orders))


def total(cell: Integers, values: Any, cells: int) -> Integers:
    """Sums by cell, in integers."""
    found = np.zeros(cells, np.int64)
    np.add.at(found, cell, np.asarray(values, dtype=np.int64))
    return found


def most(orders: Orders, values: Integers, least: int) -> Integers:
    """The largest value of the lines of each order."""
    found = np.full(len(orders), least, np.int64)
    np.maximum.at(found, orders.order, values)
    return found
