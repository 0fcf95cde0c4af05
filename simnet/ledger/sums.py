"""Sums: what KPIs are measured from. Exact integers by place, few however many the parts, additive in any order.

A Tally has a row a stocking point; its Sums have a cell a site and part class, and of what was asked one a site, part
class and order class. Sums of slices of a network add up to the Sums of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from simnet.integers import Integers, Rows, integers
from simnet.ledger.limbs import Table, added, same
from simnet.ledger.tally import none_of, numbers
from simnet.units import DAY

AGES = (0, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY)
"""Where the buckets of age of lines on wait begin, in minutes."""

LOAD_KEY = ("source", "site", "order_class", "kind", "via", "mode", "transport", "shipment", "distance")
LOAD = integers(f"{' '.join(LOAD_KEY)} lots units grams value")
"""What traveled for lines passed on, by what ways are like: slices number their ways each in their own order. Fields
of WAYS, but that via is 1 where a second way follows and 0 where none does; then FREIGHT."""

PART = integers("part lines units filled_lines filled_units lost_lines lost_units open_lines minutes")
"""What customers asked of a part, at all sites. part: its number in the catalog. minutes: minutes x lines waited, by
those done and so far by those that wait."""

POINT_WORTH = {
    "cost": ("on_hand_minutes", "on_order_minutes", "transit_minutes", "shipped", "taken_back", "returned", "bought",
             "dead_minutes"),
    "price": ("ordered",),
    "transport": ("sent_grams", "back_grams"),
    "shipment": ("shipments",),
}
"""Counts of points that are also summed times a number of their part, or of their own lane: `bought x cost`."""
FLOW_WORTH = {
    "cost": ("filled_units", "late_units", "given_units", "passed_units", "taken_units"),
    "price": ("units", "filled_units", "late_units", "given_units", "passed_units", "taken_units"),
}
"""The same of what was asked."""
PLAIN = ("wait", "miss", "why", "job", "job_wait", "open_wait", "open_age")
"""Arrays that add up number by number; empty ones are zeros."""
KEYED = {"freight": LOAD_KEY, "part": ("part",)}
"""Rows that add up where their keys are the same, sorted by key."""


def worth(name: str, at: str) -> str:
    """The name of a count that was summed times a number: `units x price`."""
    return f"{name} x {at}"


@dataclass(frozen=True, eq=False)
class Sums:
    """The sums of one replication of one design, or of a slice of it; months to jobs are as in a Tally."""

    place: Table
    """[high | low, site, part class] by name: POINT, and `bought` (received from suppliers, less sent back to them),
    `ready_points` and `ready_minutes` (stocked or asked; with stock), `dead_minutes` (on hand where nobody asked),
    `sent_grams`, `back_grams`, `supplied` (points that were sent anything), of them over lanes of known length
    `supplied by MODE`, `grams by MODE` and `grams by MODE x meters`, and POINT_WORTH."""
    asked: Table
    """[high | low, site, part class, order class] by name: FLOW and FLOW_WORTH."""
    month: Rows
    wait: Integers
    minutes: int
    miss: Rows
    why: Rows
    job: Rows
    job_wait: Integers
    open_wait: Integers
    """[site, order class, bin]: customers' lines open at the horizon by their age, the mean age at their point."""
    open_age: Integers
    """[site, order class, age]: minutes that those lines have spent in each of AGES so far."""
    freight: Rows
    """LOAD."""
    part: Rows
    """PART, a row a part."""
    cells: Integers = none_of(np.int64)
    """Of a slice: the cells (site x part classes + part class) that `month` has rows of, rising; empty: all."""

    def same_as(self, other: Sums) -> bool:
        """Whether both hold the same integers, to the last one."""
        plain = [field.name for field in fields(self) if field.name not in ("place", "asked")]
        alike = all(np.array_equal(getattr(self, name), getattr(other, name)) for name in plain)
        return alike and same(self.place, other.place) and same(self.asked, other.asked)

    def plus(self, other: Sums, spent: bool = False) -> Sums:
        """The sums of both: of two slices of one replication, those of both slices. Exact in any order.

        `spent`: these sums are not looked at again, and their memory may hold those of both.
        """
        if self.minutes != other.minutes:
            raise ValueError("sums of different times do not add up")
        rows: Any = {name: merged([getattr(self, name), getattr(other, name)], keys) for name, keys in KEYED.items()}
        plain: Any = {name: plainly(getattr(self, name), getattr(other, name), spent) for name in PLAIN}
        plain["month"], plain["cells"] = months_added(self, other, spent)
        place, asked = added(self.place, other.place), added(self.asked, other.asked)
        return replace(self, place=place, asked=asked, **plain, **rows)


    def everywhere(self, months: int, cells: int) -> Sums:
        """The same sums, with all of so many cells in each of so many months."""
        if len(self.month) == months * cells:
            return self if not len(self.cells) else replace(self, cells=self.cells[:0])
        month = np.zeros(months * cells, self.month.dtype)
        return replace(self, month=put(self, month, self.cells) if len(self.cells) else month, cells=self.cells[:0])


def months_added(left: Sums, right: Sums, spent: bool) -> tuple[Rows, Integers]:
    """The months of both, and their cells: all if one has all, else those that either has."""
    if not len(left.month) or not len(right.month):
        some = left if len(left.month) else right
        return some.month, some.cells
    if np.array_equal(left.cells, right.cells):
        return plainly(left.month, right.month, spent), left.cells
    if not len(right.cells):
        left, right, spent = right, left, False
    if not len(left.cells):
        month = left.month if spent and left.month.flags.writeable else left.month.copy()
        return put(right, month, right.cells), left.cells
    cells = np.union1d(left.cells, right.cells)
    return put(right, moved(left, cells), np.searchsorted(cells, right.cells)), cells


def moved(sums: Sums, cells: Integers) -> Rows:
    """Months with rows of `cells`, zeros but for those of `sums`, which are among them."""
    months = len(sums.month) // len(sums.cells)
    return put(sums, np.zeros(months * len(cells), sums.month.dtype), np.searchsorted(cells, sums.cells))


def put(sums: Sums, month: Rows, at: Integers) -> Rows:
    """Add the months of a slice to a table of months, whose rows `at` are its cells; the table."""
    months = len(sums.month) // len(sums.cells)
    table, own = (numbers(rows).reshape(months, -1, len(rows.dtype.names or ())) for rows in (month, sums.month))
    for to, each in zip(table, own, strict=True):  # month by month, which a processor's cache holds
        to[at] += each
    return month


def plainly(left: Rows, right: Rows, spent: bool = False) -> Rows:
    """The sum of two arrays of integers or integer records, number by number; an empty one is zeros.

    `spent`: the left one may be written to.
    """
    if not len(left) or not len(right):
        return left if len(left) else right
    room = numbers(left) if spent and left.flags.writeable else None
    return np.add(numbers(left), numbers(right), out=room).view(left.dtype).reshape(left.shape)


def merged(tables: Iterable[Rows], keys: tuple[str, ...]) -> Rows:
    """One table of several: rows of the same keys are one, sorted by key."""
    rows = np.concatenate(list(tables))
    if not len(rows):
        return rows
    width, table = len(keys), numbers(rows).reshape(len(rows), -1)
    table = table[np.lexsort(table[:, width - 1 :: -1].T)]
    first = np.append(True, (table[1:, :width] != table[:-1, :width]).any(axis=1))
    if first.all():
        return table.view(rows.dtype).reshape(-1)
    found = np.add.reduceat(table, np.flatnonzero(first), axis=0)
    found[:, :width] = table[first, :width]
    return found.view(rows.dtype).reshape(-1)
