"""Network: one design of a scenario as frozen integer arrays. Engines and metrics see nothing else.

A stocking point is a part at a site. Points are sparse and sorted by part, within a part from the supplier down,
so that a part's points stand together and a point's source comes before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from simnet.integers import Integers, Rows
from simnet.network.rows import JOINTS, PLANS, SOURCES, TERMS, WAYS


def none_of(dtype: Any) -> Any:
    """A field that is empty unless given: what a scenario does not use costs nothing."""
    return field(default_factory=partial(np.zeros, 0, dtype))


@dataclass(frozen=True)
class Costs:
    """Money rates, in 1/10,000 of the currency; floats, because they only meet integers in the metrics."""

    holding: float = 0.0
    """Share of the stock value per minute."""
    order: int = 0
    """Money per replenishment line."""
    backorder: float = 0.0
    """Money per piece owed to a customer and minute."""
    rush: int = 0
    """Money per customer's line that is passed on."""


@dataclass(frozen=True, eq=False)
class Network:
    """One design, ready to run."""

    name: str
    design: str
    money: str
    start: date
    """The day of minute 0."""
    horizon: int
    """Minutes from 0 to the end."""
    warm_up: int
    """Minutes before the tallies start."""
    month_start: Integers
    """First minute of each period of the monthly tally, then the horizon: calendar months, cut at the warm-up."""
    month_labels: tuple[str, ...]
    """`2026-01`, ...; a month cut by the end of the warm-up has two periods."""
    first_month: int
    """The period in which measuring starts."""
    site_names: tuple[str, ...]
    tier_names: tuple[str, ...]
    site_tier: Integers
    site_parent: Integers
    """The site that refills it; -1 where suppliers do."""
    part_names: tuple[str, ...]
    class_names: tuple[str, ...]
    """Part classes."""
    part_class: Integers
    cost: Integers
    """Purchase cost of a piece of each part, in 1/10,000 of the currency."""
    price: Integers
    """Sales price of a piece of each part, in 1/10,000 of the currency."""
    weight: Integers
    """Grams a piece."""
    order_classes: tuple[str, ...]
    """`stock` (replenishment) first, then `day` and the user's own."""
    classes: Rows
    """CLASSES, in the order of `order_classes`."""
    points: Rows
    """POINTS."""
    part_start: Integers
    """Points of part p: part_start[p] to part_start[p + 1]."""
    shapes: Integers
    """[shape, 4096]: unit-mean lead times in fixed point."""
    wait_edges: Integers
    """Upper edges in minutes of the wait histogram's bins; the last one is open."""
    streams: tuple[Any, ...]
    """Blocks of demand streams that share a model."""
    stream_points: tuple[Integers, ...]
    """By block: the point that each stream asks."""
    stream_class: tuple[int, ...]
    """By block: the order class of its lines."""
    costs: Costs
    acting: dict[tuple[int, int], Any]
    """Policies that decide inside the run, by (part, site); SimPy clock only."""

    first_part: int = 0
    """In a shard: the part that `part_start[0]` belongs to."""
    queues: int = 1
    """Queues at a point: classes of one rank share one."""
    terms: Rows = none_of(TERMS)
    """TERMS by point and order class; empty where no class has a sourcing list, a reserve or a queue of its own."""
    sources: Rows = none_of(SOURCES)
    """SOURCES: sourcing lists, one after the other."""
    ways: Rows = none_of(WAYS)
    """WAYS: how lines of a class travel."""
    plans: Rows = none_of(PLANS)
    """PLANS, sorted by point."""
    joints: Rows = none_of(JOINTS)
    """JOINTS: orders that parts share."""
    timetable: Integers = none_of(np.int64)
    """Gates, calendars, lists of children and tables of levels, found by address."""
    modes: tuple[str, ...] = ()
    """Names of the modes of transport."""
    owner: Integers = none_of(np.int64)
    """By site: who owns its stock, 0 the maker, 1 the dealer; empty where nobody said."""
    jobs: bool = False
    """Whether lines come in jobs (customer orders of several lines)."""

    @property
    def months(self) -> int:
        """Number of periods of the monthly tally."""
        return len(self.month_start) - 1

    @property
    def parts(self) -> int:
        """Number of parts."""
        return len(self.part_names)

    @property
    def sites(self) -> int:
        """Number of sites that hold stock or meet customers."""
        return len(self.site_names)


@dataclass(frozen=True, eq=False)
class Tape:
    """The demand lines of one replication, sorted by part and minute; columns of equal length."""

    point: Integers
    quantity: Integers
    order_class: Integers
    minute: Integers
    start: Integers
    """Lines of part p: start[p] to start[p + 1]."""
    job: Integers = none_of(np.int64)
    """The number of the job that each line belongs to, -1 for an order of one line; empty where all are."""

    def __len__(self) -> int:
        return len(self.minute)

    @property
    def columns(self) -> tuple[Integers, Integers, Integers, Integers]:
        """Point, quantity, order class, minute: what a demand line says."""
        return self.point, self.quantity, self.order_class, self.minute
