"""What a naive run adds up to, in the engine's words: counted from its histories when the run is over."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from simnet.ledger.tally import FLOW, MONTH, POINT, Rows, Tally
from simnet.network.network import Network
from tests.engine.naive import CUSTOMER, Line, Naive, Point


def tally_of(world: Naive) -> Tally:
    """The tally of a finished naive run."""
    of = world.network
    return Tally(
        point=records(POINT, [point_row(here, of) for here in world.points]),
        flow=records(FLOW, flow_rows(world)),
        month=records(MONTH, month_rows(world)),
        wait=waits(world),
        minutes=of.horizon - of.warm_up,
    )


def records(dtype: Any, rows: list[dict[str, int]]) -> Rows:
    """Records from fields by name; all fields must be there."""
    assert all(set(row) == set(dtype.names) for row in rows)
    return np.array([tuple(row[name] for name in dtype.names) for row in rows], dtype)


def since(moments: list[tuple[int, int]], start: int) -> int:
    """Pieces of what happened in measured time."""
    return sum(pieces for minute, pieces in moments if minute >= start)


def point_row(here: Point, of: Network) -> dict[str, int]:
    """The counters of a stocking point."""
    start, end = of.warm_up, of.horizon
    return {
        "opening_on_hand": here.hand.before(start),
        "opening_on_order": here.ordered_level.before(start),
        "opening_owed": sum(level.before(start) for level in here.owed),
        "opening_in_transit": here.road.before(start),
        "on_hand": here.hand.now,
        "on_order": here.ordered_level.now,
        "owed": sum(level.now for level in here.owed),
        "in_transit": here.road.now,
        "ordered": since(here.orders, start),
        "received": since(here.received, start),
        "shipped": since(here.shipped, start),
        "orders": sum(minute >= start for minute, _ in here.orders),
        "shipments": sum(minute >= start for minute in here.lots),
        "on_hand_minutes": here.hand.area(start, end),
        "on_order_minutes": here.ordered_level.area(start, end),
        "transit_minutes": here.road.area(start, end),
        "owed_minutes": sum(level.area(start, end) for level in here.owed),
        "stocked_minutes": here.hand.area(start, end, lambda level: level > 0),
    }


def all_lines(world: Naive, row: int, order_class: int) -> tuple[list[Line], list[Line]]:
    """The lines one class asked of one point: those of measured time, and all of them."""
    old = [line for line in world.points[row].queue if line.asked < 0]
    lines = [line for line in world.lines + old if (line.source, line.order_class) == (row, order_class)]
    return [line for line in lines if line.asked >= world.network.warm_up], lines


def flow_rows(world: Naive) -> list[dict[str, int]]:
    """The counters of every point and order class."""
    of = world.network
    return [
        flow_row(world, here, row, order_class)
        for row, here in enumerate(world.points)
        for order_class in range(len(of.order_classes))
    ]


def flow_row(world: Naive, here: Point, row: int, order_class: int) -> dict[str, int]:
    """What one class asked of one point."""
    start, end = world.network.warm_up, world.network.horizon
    asked, _ = all_lines(world, row, order_class)
    owed = here.owed[order_class]
    late = [line for line in asked if line.later and line.open == 0]
    still = [line for line in asked if line.open > 0]
    pieces = [(minute, count, line.asked) for line in asked for minute, count in line.later]
    whole = [line for line in asked if line.at_once == line.quantity]
    return {
        "lines": len(asked),
        "units": sum(line.quantity for line in asked),
        "filled_lines": len(whole),
        "filled_units": sum(line.at_once for line in asked),
        "complete_units": sum(line.quantity for line in whole),
        "late_units": -sum(by for minute, by in owed.steps if by < 0 and minute >= start),
        "lost_lines": sum(line.lost > 0 for line in asked),
        "lost_units": sum(line.lost for line in asked),
        "opening_owed": owed.before(start),
        "owed": owed.now,
        "owed_minutes": owed.area(start, end),
        "late_lines": len(late),
        "waited_minutes": sum(count * (minute - since) for minute, count, since in pieces),
        "line_waited_minutes": sum(line.later[-1][0] - line.asked for line in late),
        "open_lines": len(still),
        "open_units": sum(line.open for line in still),
        "open_minutes": sum(line.open * (end - line.asked) for line in still),
    }


def month_rows(world: Naive) -> list[dict[str, int]]:
    """The counters of every period, site and part class."""
    of = world.network
    cells: list[Counter[str]] = [Counter() for _ in range(of.months * of.sites * len(of.class_names))]
    edges = of.month_start.tolist()

    def cell(minute: int, here: Point) -> Counter[str]:
        month = max(number for number, first in enumerate(edges) if first <= max(minute, 0))
        part_class = int(of.part_class[here.part])
        return cells[(month * of.sites + here.site) * len(of.class_names) + part_class]

    for line in world.lines:
        if line.dest is CUSTOMER and line.source is not None:
            cell(line.asked, world.points[line.source]).update(customer(line, world.points[line.source].price))
    for here in world.points:
        for minute, pieces in here.orders:
            cell(minute, here).update(orders=1, ordered=pieces)
        for minute, by in here.hand.steps:
            cell(minute, here).update(on_hand_change=by, stock_value_change=by * here.cost)
        for level in here.owed:
            for minute, by in level.steps:
                cell(minute, here).update(owed_change=by)
        for first, last in zip(edges[:-1], edges[1:], strict=True):
            for name, levels in (("on_hand_minutes", [here.hand]), ("owed_minutes", here.owed)):
                area = sum(level.area(first, last) for level in levels)
                area -= sum(level.before(first) for level in levels) * (last - first)
                if first == 0:  # the opening position is a change of minute 0
                    area += sum(level.before(0) for level in levels) * last
                cell(first, here)[name] += area
    return [{name: found[name] for name in MONTH.names or ()} for found in cells]


def customer(line: Line, price: int) -> dict[str, int]:
    """A customer's line in its month."""
    return {
        "lines": 1,
        "units": line.quantity,
        "value": line.quantity * price,
        "filled_lines": int(line.at_once == line.quantity),
        "filled_units": line.at_once,
        "filled_value": line.at_once * price,
    }


def waits(world: Naive) -> Any:
    """Delayed lines and units by the least edge that their wait does not pass."""
    of = world.network
    edges = of.wait_edges.tolist()
    found = np.zeros((of.sites, len(of.order_classes), 2, len(edges)), np.int64)
    for line in world.lines:
        if line.source is None or line.asked < of.warm_up:
            continue
        at = (world.points[line.source].site, line.order_class)
        for minute, pieces in line.later:
            found[(*at, 1, bin_of(minute - line.asked, edges))] += pieces
        if line.later and line.open == 0:
            found[(*at, 0, bin_of(line.later[-1][0] - line.asked, edges))] += 1
    return found


def bin_of(minutes: int, edges: list[int]) -> int:
    """The first bin whose upper edge is at or above `minutes`."""
    return next(number for number, edge in enumerate(edges) if minutes <= edge)


def ledger_of(world: Naive) -> list[tuple[int, ...]]:
    """The rows of the ledger, part after part."""
    return [
        (
            line.asked,
            -1 if line.source is None else line.source,
            -1 if line.dest is None else line.dest,
            line.order_class,
            line.quantity,
            line.at_once,
            line.lost,
            line.done if line.open == 0 else -1,
        )
        for line in sorted(world.lines, key=lambda line: line.part)
    ]
