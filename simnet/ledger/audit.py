"""The audit of every run: nothing appears, nothing vanishes (law 10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.integers import Integers
from simnet.ledger.columns import Columns
from simnet.ledger.tally import KINDS, MONTH, Tally, numbers

if TYPE_CHECKING:
    from simnet.network.network import Network


class AuditError(AssertionError):
    """A run broke a law of conservation: a fault of simnet, never of its input."""


@dataclass(frozen=True)
class Check:
    """One law: what it says, and by how much each point breaks it (all zeros when it holds)."""

    law: str
    off: Callable[[Columns, Network], Any]


def stock(columns: Columns, network: Network) -> Any:
    """On hand."""
    p = columns.point
    came = p["opening_on_hand"] + p["received"] + p["taken_back"]
    return came - p["shipped"] - p["returned"] - p["on_hand"]


def orders(columns: Columns, network: Network) -> Any:
    """On order."""
    p = columns.point
    return p["opening_on_order"] + p["ordered"] - p["received"] - p["on_order"]


def asked(columns: Columns, network: Network) -> Any:
    """Demand, by order class."""
    f = columns.flow
    came = f["opening_owed"] + f["units"] + f["taken_units"]
    return came - served(columns) - f["passed_units"] - f["lost_units"] - f["owed"]


def served(columns: Columns) -> Any:
    """Pieces that left the shelf for each order class: at once, for a line passed on, later."""
    f = columns.flow
    return f["filled_units"] + f["given_units"] + f["late_units"]


def handed_out(columns: Columns, network: Network) -> Any:
    """What left the shelf is what was served."""
    return columns.point["shipped"] - served(columns).sum(axis=1)


def on_the_way(columns: Columns, network: Network) -> Any:
    """What a source owes and has sent to the points it refills is what they have on order."""
    p, source = columns.point, network.points["source"]
    inside = source >= 0
    waiting = at_row((p["on_order"] - p["in_transit"])[inside], source[inside], len(source))
    alone = np.where(inside, 0, p["on_order"] - p["in_transit"])
    return waiting - columns.flow["owed"][:, 0] + alone


def traveled(columns: Columns, network: Network) -> Any:
    """What was shipped to the points of a part is what they received or have on the way."""
    p, part = columns.point, network.points["part"] - network.first_part
    sites = (served(columns) + columns.flow["passed_units"] - columns.flow["taken_units"])[:, 0]
    outside = np.where(network.points["source"] < 0, p["ordered"] - p["moved"], 0)
    came = p["received"] + p["in_transit"] - p["opening_in_transit"]
    return at_row(came - sites - outside, part, network.parts)


def sent_back(columns: Columns, network: Network) -> Any:
    """What points sent back is what their source took back or has on the way."""
    p, source = columns.point, network.points["source"]
    inside = source >= 0
    back = p["taken_back"] + p["returning"] - p["opening_returning"]
    return at_row(p["returned"][inside], source[inside], len(source)) - back


def passed(columns: Columns, network: Network) -> Any:
    """What customers asked of one point and another gave or took over, by order class; suppliers send the rest."""
    asked_here = columns.flow["passed_units"] - columns.flow["taken_units"]
    direct = missed_by_kind(columns, network)["units"][..., KINDS.index("supplier")]
    return (asked_here.sum(axis=0) - direct.sum(axis=(0, 1)))[1:]


def misses(columns: Columns, network: Network) -> Any:
    """Every customer's line and piece was on the shelf, found elsewhere, made to wait, or lost."""
    kinds = missed_by_kind(columns, network)[..., 1 : KINDS.index("gave up")]
    cell = network.points["site"] * len(network.class_names) + network.part_class[network.points["part"]]
    off = []
    for name, filled in (("lines", "filled_lines"), ("units", "filled_units")):
        short = columns.flow[name] - columns.flow[filled]
        for order_class in range(1, short.shape[1]):
            told = kinds[name][:, :, order_class].sum(axis=-1).ravel()
            off.append(at_row(short[:, order_class], cell, len(told)) - told)
    return np.concatenate(off)


def causes(columns: Columns, network: Network) -> Any:
    """Every missed line has one cause; of a class with a need-by only those that came later have."""
    shape = (network.sites, len(network.class_names), len(network.order_classes), -1)
    told = columns.tally.why["lines"].reshape(shape).sum(axis=-1)
    lines = missed_by_kind(columns, network)["lines"][..., 1 : KINDS.index("gave up")].sum(axis=-1)
    return np.where(network.classes["need_by"] == 0, lines - told, np.minimum(lines - told, 0))[..., 1:]


def missed_by_kind(columns: Columns, network: Network) -> Any:
    """MISS as [site, part class, order class, kind]."""
    return columns.tally.miss.reshape(network.sites, len(network.class_names), len(network.order_classes), len(KINDS))


def never_negative(columns: Columns, network: Network) -> Any:
    """Stock, orders and debts are never negative."""
    names = (
        "on_hand",
        "on_order",
        "owed",
        "in_transit",
        "returning",
        "on_hand_minutes",
        "owed_minutes",
        "transit_minutes",
    )
    least = np.zeros(len(network.points), np.int64)
    for name in names:
        np.minimum(least, columns.point[name], out=least)
    return least


def months_add_up(columns: Columns, network: Network) -> Any:
    """The months of each site add up to its points."""
    months = numbers(columns.tally.month).reshape(network.months, -1)  # sums of whole rows: they stand in one piece
    measured, before = (rows.sum(axis=0) for rows in (months[network.first_month :], months[: network.first_month]))
    since, whole = measured.view(MONTH), (measured + before).view(MONTH)
    customers = columns.flow["lines"][:, 1:].sum(axis=1)
    site = network.points["site"]
    cells = columns.tally.cells if len(columns.tally.cells) else np.arange(len(since))
    site_of_cell = cells // len(network.class_names)
    pairs = (
        (since["lines"], customers),
        (since["ordered"], columns.point["ordered"]),
        (whole["on_hand_change"], columns.point["on_hand"]),
        (whole["owed_change"], columns.point["owed"]),
    )
    rows = network.sites
    return np.concatenate([at_row(left, site_of_cell, rows) - at_row(right, site, rows) for left, right in pairs])


def held(columns: Columns, network: Network) -> Any:
    """A line put on a shared order is ordered with it or held with it; only moves between sisters are apart."""
    p = columns.point
    off = p["orders"] - (p["wished"] - p["held"])
    off = np.where(network.points["balance"] > 0, np.minimum(off, 0), off)
    return np.where(network.points["joint"] >= 0, off, p["wished"])


def jobs_add_up(columns: Columns, network: Network) -> Any:
    """Every customer's line belongs to one order, and every order ends in one way."""
    job = columns.tally.job
    if not len(job):
        return np.zeros(0, np.int64)
    asked = columns.flow["lines"].copy()
    asked[:, 0] = 0  # replenishment
    lines = np.stack([at_row(column, network.points["site"], network.sites) for column in asked.T], axis=1).ravel()
    ends = job["filled_jobs"] + job["late_jobs"] + job["lost_jobs"] + job["open_jobs"]
    rungs = [job[name] for name in ("filled_jobs", "facing_jobs", "system_jobs")]
    falls = [np.minimum(further - nearer, 0) for nearer, further in pairwise(rungs)]
    return np.concatenate([job["lines"] - lines, job["jobs"] - ends, *falls])


def at_row(values: Integers, row: Integers, rows: int) -> Integers:
    """Sums by row, exact below 2**53."""
    return np.rint(np.bincount(row, weights=values, minlength=rows)).astype(np.int64)


CHECKS = [
    Check("on hand = opening + received + taken back - shipped - returned", stock),
    Check("on order = opening + ordered - received", orders),
    Check("asked + taken + owed before = served + passed on + lost + owed after", asked),
    Check("shipped = served", handed_out),
    Check("on order = in transit + owed by the source", on_the_way),
    Check("shipped to sites = received + on the way", traveled),
    Check("put on shared orders = ordered + held", held),
    Check("sent back = taken back + on the way back", sent_back),
    Check("passed on = taken by others + sent by suppliers", passed),
    Check("asked = on the shelf + found elsewhere + waited + lost", misses),
    Check("every miss has a cause", causes),
    Check("nothing is negative", never_negative),
    Check("months add up to the run", months_add_up),
    Check("orders and their lines add up", jobs_add_up),
]


def audit(tally: Tally, network: Network, columns: Columns | None = None) -> int:
    """Check every law on every point; the number of checks. `AuditError` names the law that is broken.

    `columns` are those of the tally, where they are known.
    """
    columns = columns or Columns.of(tally, len(network.order_classes))
    checked = 0
    for check in CHECKS:
        off = check.off(columns, network)
        if off.any():
            worst = int(np.abs(off).argmax())
            raise AuditError(f"{check.law}: off by {int(off.flat[worst])} at row {worst} ({network.design})")
        checked += off.size
    return checked
