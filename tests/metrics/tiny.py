"""A network and tallies small enough to check by hand: one warehouse, two dealers, two parts.

Gent refills Lyon (filter, pump) and Turin (filter only). Measured time is one year, after a month of warm-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

import numpy as np

from simnet.ledger.summing import summed
from simnet.ledger.tally import FLOW, MONTH, POINT, Tally
from simnet.metrics import DesignResult, Estimate, measure
from simnet.network.network import Costs, Network
from simnet.network.outline import outline
from simnet.network.rows import CLASSES, POINTS
from simnet.units import DAY, YEAR

MONEY = 10_000
GENT_FILTER, LYON_FILTER, TURIN_FILTER, GENT_PUMP, LYON_PUMP = range(5)
POINT_NAMES = ("gent filter", "lyon filter", "turin filter", "gent pump", "lyon pump")
EDGES = (60, 240, 480, 1440, 2880, 4320, 5 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 56 * DAY, 1 << 40)
WARM_UP = 31 * DAY


def points() -> Any:
    """The five stocking points; Turin keeps no stock."""
    rows = np.zeros(5, dtype=POINTS)
    rows["site"] = [0, 1, 2, 0, 1]
    rows["part"] = [0, 0, 0, 1, 1]
    rows["source"] = [-1, 0, 0, -1, 3]
    rows["up_to"] = [10, 3, 0, 4, 1]
    rows["cost"] = [10 * MONEY, 10 * MONEY, 10 * MONEY, 200 * MONEY, 200 * MONEY]
    rows["price"] = [20 * MONEY, 20 * MONEY, 20 * MONEY, 500 * MONEY, 500 * MONEY]
    rows["transport"] = [1 * MONEY, 2 * MONEY, 2 * MONEY, 1 * MONEY, 2 * MONEY]
    rows["shipment"] = [0, 5 * MONEY, 5 * MONEY, 0, 5 * MONEY]
    return rows


def network(**changes: Any) -> Network:
    """The tiny network; filters cost 10 EUR, sell at 20 and weigh 500 g, pumps 200, 500 and 4 kg."""
    start = [0, WARM_UP] + [WARM_UP + n * YEAR // 12 for n in range(1, 13)]
    labels = ["2026-01"] + [f"2026-{n:02d}" for n in range(2, 13)] + ["2027-01"]
    known: dict[str, Any] = row(
        name="tiny",
        design="tiny",
        money="EUR",
        start=date(2026, 1, 1),
        horizon=WARM_UP + YEAR,
        warm_up=WARM_UP,
        month_start=np.array(start, dtype=np.int64),
        month_labels=tuple(labels),
        first_month=1,
        site_names=("gent", "lyon", "turin"),
        tier_names=("central", "dealer"),
        site_tier=np.array([0, 1, 1]),
        site_parent=np.array([-1, 0, 0]),
        part_names=("filter", "pump"),
        class_names=("wear", "repair"),
        part_class=np.array([0, 1]),
        cost=np.array([10 * MONEY, 200 * MONEY]),
        price=np.array([20 * MONEY, 500 * MONEY]),
        weight=np.array([500, 4000]),
        order_classes=("stock", "day"),
        classes=np.zeros(2, dtype=CLASSES),
        points=points(),
        part_start=np.array([0, 3, 5]),
        shapes=np.zeros((0, 4096), dtype=np.int64),
        wait_edges=np.array(EDGES, dtype=np.int64),
        costs=Costs(holding=0.2 / YEAR, order=3 * MONEY, backorder=4 * MONEY / DAY),
    )
    # no metric reads the others
    others = {each.name: () for each in fields(Network) if each.default is each.default_factory is MISSING}
    return Network(**{**others, **known, **changes})


def row(**named: Any) -> dict[str, Any]:
    """A record by its fields."""
    return named


def fill_rows(rows: Any, values: Mapping[int, Mapping[str, int]]) -> Any:
    """Write named fields into chosen rows."""
    for index, record in values.items():
        for name, value in record.items():
            rows[name][index] = value
    return rows


def customers(lines: int, at_once: int, **other: int) -> dict[str, int]:
    """Lines of one piece each: `at_once` of them from the shelf, all of them served."""
    same = row(lines=lines, units=lines, late_units=lines - at_once)
    filled = row(filled_lines=at_once, filled_units=at_once, complete_units=at_once)
    return {**same, **filled, **other}


def tally(
    point: Mapping[int, Mapping[str, int]] | None = None,
    stock: Mapping[int, Mapping[str, int]] | None = None,
    day: Mapping[int, Mapping[str, int]] | None = None,
    month: Mapping[int, Mapping[str, int]] | None = None,
    wait: Mapping[tuple[int, int], int] | None = None,
) -> Tally:
    """A tally of zeros but for the fields given: by point, by point for each class, by month row.

    `wait` is customers' late lines by (site, upper edge).
    """
    flow = np.zeros(10, dtype=FLOW)
    fill_rows(flow[0::2], stock or {})
    fill_rows(flow[1::2], day or {})
    waits = np.zeros((3, 2, 2, len(EDGES)), dtype=np.int64)
    for (site, edge), lines in (wait or {}).items():
        waits[site, 1, :, EDGES.index(edge)] += lines
    return Tally(
        point=fill_rows(np.zeros(5, dtype=POINT), point or {}),
        flow=flow,
        month=fill_rows(np.zeros(13 * 3 * 2, dtype=MONTH), month or {}),
        wait=waits,
        minutes=YEAR,
    )


def month_row(month: int, site: int, part_class: int) -> int:
    """Row of the monthly tally."""
    return (month * 3 + site) * 2 + part_class


def ordinary(luck: int = 0) -> Tally:
    """A year with a bit of everything; `luck` more filters are served at once at Lyon (of 80)."""
    late = 20 - luck
    return tally(
        point={
            GENT_FILTER: row(received=120, orders=12, shipments=12, shipped=118, on_hand_minutes=8 * YEAR,
                on_order_minutes=10 * YEAR, transit_minutes=10 * YEAR, stocked_minutes=YEAR),
            LYON_FILTER: row(received=82, orders=80, shipments=80, shipped=80, on_hand_minutes=2 * YEAR,
                on_order_minutes=YEAR, transit_minutes=YEAR // 2, stocked_minutes=YEAR // 4 * 3),
            TURIN_FILTER: row(received=40, orders=40, shipments=40, shipped=40),
            GENT_PUMP: row(received=10, orders=10, shipments=10, shipped=10, on_hand_minutes=3 * YEAR,
                stocked_minutes=YEAR),
            LYON_PUMP: row(received=10, orders=10, shipments=10, shipped=10, in_transit=1,
                on_hand_minutes=YEAR // 2, stocked_minutes=YEAR // 2),
        },
        stock={GENT_FILTER: customers(120, 110), GENT_PUMP: customers(10, 9)},
        day={
            LYON_FILTER: customers(80, 60 + luck, late_lines=late, waited_minutes=late * DAY,
                owed_minutes=late * DAY),
            TURIN_FILTER: customers(40, 0, late_lines=40, waited_minutes=40 * 3 * DAY,
                owed_minutes=40 * 3 * DAY),
            LYON_PUMP: customers(11, 6, late_lines=4, waited_minutes=4 * 10 * DAY, late_units=4,
                open_lines=1, open_units=1, open_minutes=6 * DAY, owed=1,
                owed_minutes=46 * DAY),
        },
        month={
            month_row(0, 1, 0): row(on_hand_change=4, stock_value_change=40 * MONEY),
            month_row(1, 1, 0): row(lines=8, filled_lines=6, units=8, filled_units=6, on_hand_change=-2,
                on_hand_minutes=-YEAR // 12, stock_value_change=-20 * MONEY),
            month_row(2, 1, 1): row(lines=2, filled_lines=1, units=4, filled_units=3, value=2000 * MONEY,
                filled_value=1500 * MONEY),
        },
        wait={(1, 1440): late, (2, 4320): 40, (1, 14 * DAY): 4},
    )  # fmt: skip


def design(name: str = "tiny", lucks: tuple[int, ...] = (0, 2, 4), **changes: Any) -> DesignResult:
    """A design with one replication a number of lucky filters."""
    return result(name, network(**changes), [ordinary(luck) for luck in lucks])


def result(name: str, of: Network, tallies: Sequence[Tally]) -> DesignResult:
    """The result of a design that left these tallies."""
    return DesignResult(name, outline(of), tuple(summed(each, of) for each in tallies))


def measured(tallies: Sequence[Tally], of: Network, keys: Iterable[str] | None = None) -> dict[str, Estimate]:
    """KPIs of a network that left these tallies."""
    found = result("measured", of, tallies)
    return measure(found.sums, found.outline, keys)
