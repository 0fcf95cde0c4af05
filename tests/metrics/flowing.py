"""The tiny year with an order flow, small enough to check by hand: day orders wait, vor orders ask other sources.

Gent faces Lyon and Turin. Turin's stock is consigned: the maker owns it. Jobs come to Lyon in class vor only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from simnet.ledger.tally import CAUSES, FLOW, FREIGHT, JOB, KINDS, MISS, WHY, Tally
from simnet.metrics import DesignResult
from simnet.network.network import Costs, Network
from simnet.network.rows import CLASSES, JOINTS, PLANS, SOURCES, TERMS, WAYS
from simnet.units import DAY, YEAR
from tests.metrics import tiny
from tests.metrics.tiny import GENT_FILTER, GENT_PUMP, LYON_FILTER, LYON_PUMP, MONEY, TURIN_FILTER, customers, row

CLASS_NAMES = ("stock", "day", "vor")
STOCK, DAY_CLASS, VOR = range(3)
LYON, TURIN = 1, 2
WEAR, REPAIR = 0, 1
HOURS_8 = 480


def classes() -> Any:
    """Day orders promise nothing; vor orders promise 24 h, cost a quarter more and dealers pay their freight."""
    rows = np.zeros(3, CLASSES)
    rows["rank"] = [3, 2, 1]
    rows["need_by"] = [0, 0, DAY]
    rows["surcharge"] = [0, 0, 2500]
    rows["discount"] = [500, 0, 0]
    rows["dealer_pays"] = rows["rush"] = [0, 0, 1]
    return rows


def ways() -> Any:
    """What passed lines and stock travel: by air to Lyon, between sisters by road; then the lanes of the points."""
    rows = np.zeros(6, WAYS)
    rows["source"] = [0, -1, 2, -1, 0, 0]
    rows["site"] = [1, 1, 1, 0, 1, 2]
    rows["order_class"] = [VOR, VOR, STOCK, STOCK, STOCK, STOCK]
    rows["via"] = -1
    rows["mode"] = [1, 1, 0, 2, 0, 0]
    rows["distance"] = [500_000, 2_000_000, 300_000, 1_000_000, 500_000, 600_000]
    rows["transport"] = [4 * MONEY, 8 * MONEY, 3 * MONEY, 0, 0, 0]
    rows["shipment"] = [10 * MONEY, 20 * MONEY, 0, 0, 0, 0]
    return rows


def network(**changes: Any) -> Network:
    """The tiny network with three order classes, of which only vor asks others; vor lines come in jobs."""
    terms = np.zeros(15, TERMS)
    terms["sources"][VOR::3] = 1
    points = tiny.points()
    points["road"] = [3, 4, 5, 3, 4]
    plans = np.zeros(1, PLANS)
    plans["buy_back"] = 1
    known = row(
        order_classes=CLASS_NAMES, classes=classes(), points=points, terms=terms, sources=np.zeros(1, SOURCES),
        costs=Costs(0.2 / YEAR, 3 * MONEY, 4 * MONEY / DAY, 5 * MONEY), ways=ways(), plans=plans,
        modes=("road", "air", "sea"), owner=np.array([0, 1, 0]), jobs=True,
        joints=np.zeros(1, JOINTS),
    )  # fmt: skip
    return tiny.network(**{**known, **changes})


def flow_rows(by_class: Mapping[int, Mapping[int, Mapping[str, int]]], points: int = 5) -> Any:
    """FLOW rows by order class and point."""
    rows = np.zeros(points * len(CLASS_NAMES), FLOW)
    for number, records in by_class.items():
        tiny.fill_rows(rows[number :: len(CLASS_NAMES)], records)
    return rows


def cells(dtype: Any, kinds: tuple[str, ...], given: Mapping[tuple[int, int, int, str], tuple[int, ...]]) -> Any:
    """MISS or WHY rows by site, part class, order class and kind."""
    rows = np.zeros(3 * 2 * len(CLASS_NAMES) * len(kinds), dtype)
    for (site, part_class, order_class, kind), numbers in given.items():
        at = ((site * 2 + part_class) * len(CLASS_NAMES) + order_class) * len(kinds) + kinds.index(kind)
        for name, number in zip(rows.dtype.names, numbers, strict=True):
            rows[name][at] = number
    return rows


def misses() -> Any:
    """Lines, pieces and value that were not on the shelf: of 134 lines 69, of 138 pieces 71."""
    return cells(MISS, KINDS, {
        (LYON, WEAR, DAY_CLASS, "waited"): (20, 20, 400 * MONEY),
        (TURIN, WEAR, DAY_CLASS, "waited"): (40, 40, 800 * MONEY),
        (TURIN, WEAR, DAY_CLASS, "unstocked"): (40, 40, 800 * MONEY),
        (LYON, WEAR, VOR, "facing"): (3, 3, 60 * MONEY),
        (LYON, WEAR, VOR, "supplier"): (1, 1, 20 * MONEY),
        (LYON, WEAR, VOR, "waited"): (1, 1, 20 * MONEY),
        (LYON, WEAR, VOR, "will-fit"): (1, 1, 20 * MONEY),
        (LYON, REPAIR, VOR, "facing"): (1, 1, 500 * MONEY),
        (LYON, REPAIR, VOR, "lateral"): (1, 2, 1000 * MONEY),
        (LYON, REPAIR, VOR, "waited"): (1, 2, 1000 * MONEY),
        (LYON, REPAIR, VOR, "gave up"): (1, 2, 1000 * MONEY),
    })  # fmt: skip


def reasons() -> Any:
    """Lines, pieces, value and minutes of missed lines; five vor lines from elsewhere were there in time."""
    return cells(WHY, CAUSES, {
        (LYON, WEAR, DAY_CLASS, "stocked but out"): (20, 20, 400 * MONEY, 20 * DAY),
        (TURIN, WEAR, DAY_CLASS, "not stocked here"): (40, 40, 800 * MONEY, 120 * DAY),
        (LYON, WEAR, VOR, "in customs or transit"): (1, 1, 20 * MONEY, 5 * DAY),
        (LYON, WEAR, VOR, "upstream out"): (1, 1, 20 * MONEY, 3 * DAY),
        (LYON, WEAR, VOR, "stocked but out"): (1, 1, 20 * MONEY, 0),
        (LYON, REPAIR, VOR, "lost patience"): (1, 2, 1000 * MONEY, 14 * DAY),
    })  # fmt: skip


def waits(late: Mapping[tuple[int, int, int], tuple[int, int]]) -> Any:
    """Late lines and pieces by site, order class and upper edge."""
    table = np.zeros((3, len(CLASS_NAMES), 2, len(tiny.EDGES)), np.int64)
    for (site, order_class, edge), numbers in late.items():
        table[site, order_class, :, tiny.EDGES.index(edge)] = numbers
    return table


def flows(luck: int = 0) -> Any:
    """What was asked: 80 day lines at Lyon, 40 at Turin, 14 vor lines at Lyon; `luck` more day lines on the shelf."""
    return flow_rows({
        STOCK: {GENT_FILTER: customers(120, 110), GENT_PUMP: customers(10, 9)},
        DAY_CLASS: {
            LYON_FILTER: customers(80, 60 + luck, late_lines=20 - luck, waited_minutes=(20 - luck) * DAY,
                owed_minutes=(20 - luck) * DAY),
            TURIN_FILTER: customers(40, 0, late_lines=40, waited_minutes=120 * DAY, owed_minutes=120 * DAY),
        },
        VOR: {
            LYON_FILTER: row(lines=10, units=10, filled_lines=4, filled_units=4, complete_units=4, passed_lines=5,
                passed_units=5, late_lines=5, lost_lines=1, lost_units=1, waited_minutes=3 * HOURS_8 + 8 * DAY,
                travel_minutes=4 * HOURS_8 + 5 * DAY),
            GENT_FILTER: row(taken_lines=4, taken_units=4, given_units=3, late_units=1, owed_minutes=2 * DAY),
            LYON_PUMP: row(lines=4, units=8, filled_lines=1, filled_units=3, complete_units=2, passed_lines=2,
                passed_units=3, late_lines=2, lost_lines=1, lost_units=2, waited_minutes=3 * HOURS_8,
                travel_minutes=3 * HOURS_8, owed_minutes=28 * DAY),
            GENT_PUMP: row(taken_lines=2, taken_units=3, given_units=3),
        },
    })  # fmt: skip


def ordinary(luck: int = 0) -> Tally:
    """A year of orders that flow."""
    base = tiny.ordinary()
    point = tiny.fill_rows(base.point.copy(), {
        GENT_FILTER: row(taken_back=4),
        LYON_FILTER: row(ordered=80, returned=4, wished=8, held=3),
        TURIN_FILTER: row(ordered=40, wished=2),
        LYON_PUMP: row(ordered=11),
    })  # fmt: skip
    freight = np.zeros(6, FREIGHT)
    freight["lots"][:3], freight["units"][:3] = [6, 1, 2], [7, 1, 2]
    freight["grams"][:3], freight["value"][:3] = [14_000, 500, 1000], [1580 * MONEY, 20 * MONEY, 40 * MONEY]
    job = np.zeros(9, JOB)
    jobs = row(jobs=6, lines=14, filled_jobs=2, facing_jobs=3, system_jobs=4, late_jobs=3, lost_jobs=1,
               waited_minutes=2 * HOURS_8 + 5 * DAY, held_minutes=YEAR // 2)  # fmt: skip
    tiny.fill_rows(job, {LYON * 3 + VOR: jobs})
    job_wait = np.zeros((3, 3, len(tiny.EDGES)), np.int64)
    job_wait[LYON, VOR, tiny.EDGES.index(HOURS_8)] = 2
    job_wait[LYON, VOR, tiny.EDGES.index(5 * DAY)] = 1
    late = waits({
        (LYON, DAY_CLASS, DAY): (20 - luck, 20 - luck), (TURIN, DAY_CLASS, 3 * DAY): (40, 40),
        (LYON, VOR, HOURS_8): (5, 6), (LYON, VOR, 3 * DAY): (1, 1), (LYON, VOR, 5 * DAY): (1, 1),
    })  # fmt: skip
    return replace(
        base, point=point, flow=flows(luck), month=months(), wait=late, miss=misses(), why=reasons(), freight=freight,
        job=job, job_wait=job_wait,
    )  # fmt: skip


def nothing() -> Tally:
    """A year in which nobody asked anything."""
    busy = ordinary()
    tables = ("point", "flow", "month", "wait", "miss", "why", "freight", "job", "job_wait")
    return replace(busy, **{name: np.zeros_like(getattr(busy, name)) for name in tables})


def months() -> Any:
    """The month of the tiny year in which Lyon was asked filters, with some found elsewhere."""
    rows = tiny.ordinary().month.copy()
    found = row(facing_lines=1, facing_units=1, facing_value=20 * MONEY, system_lines=1, system_units=1,
                system_value=20 * MONEY, value=160 * MONEY, filled_value=120 * MONEY)  # fmt: skip
    return tiny.fill_rows(rows, {tiny.month_row(1, LYON, WEAR): found})


def design(name: str = "flowing", lucks: tuple[int, ...] = (0, 2, 4), **changes: Any) -> DesignResult:
    """A design with one replication a number of lucky day lines."""
    return tiny.result(name, network(**changes), [ordinary(luck) for luck in lucks])
