"""What a naive run adds up to, in the engine's words: counted from its histories when the run is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from simnet.ledger.tally import FLOW, MONTH, POINT, Rows, Tally
from simnet.network.network import Network
from tests.engine.counting_missed import CAUSES, freight_rows, miss_rows, why_rows
from tests.engine.naive import CUSTOMER, Gift, Line, Naive, Point


def tally_of(world: Naive) -> Tally:
    """The tally of a finished naive run."""
    of = world.network
    return Tally(
        point=records(POINT, [point_row(here, of) for here in world.points]),
        flow=records(FLOW, flow_rows(world)),
        month=records(MONTH, month_rows(world)),
        wait=waits(world),
        minutes=of.horizon - of.warm_up,
        miss=miss_rows(world),
        why=why_rows(world),
        freight=freight_rows(world),
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
        "opening_returning": here.back.before(start),
        "on_hand": here.hand.now,
        "on_order": here.ordered_level.now,
        "owed": sum(level.now for level in here.owed),
        "in_transit": here.road.now,
        "returning": here.back.now,
        "ordered": since(here.orders, start),
        "received": since(here.received, start),
        "shipped": since(here.shipped, start),
        "orders": sum(minute >= start for minute, _ in here.orders),
        "shipments": sum(minute >= start for minute in here.lots),
        "returned": since(here.returned, start),
        "taken_back": since(here.taken_back, start),
        "moved": since(here.moved, start),
        "wished": sum(minute >= start for minute in here.wished),
        "held": sum(minute >= start for minute in here.held),
        "on_hand_minutes": here.hand.area(start, end),
        "on_order_minutes": here.ordered_level.area(start, end),
        "transit_minutes": here.road.area(start, end),
        "owed_minutes": sum(level.area(start, end) for level in here.owed),
        "stocked_minutes": here.hand.area(start, end, lambda level: level > 0),
    }


def flow_rows(world: Naive) -> list[dict[str, int]]:
    """The counters of every point and order class."""
    of = world.network
    return [
        asked_here(world, row, order_class) | given_here(world, here, row, order_class)
        for row, here in enumerate(world.points)
        for order_class in range(len(of.order_classes))
    ]


def asked_here(world: Naive, row: int, order_class: int) -> dict[str, int]:
    """What one class asked of one point in measured time, wherever it was found."""
    end = world.network.horizon
    asked = [
        line
        for line in world.lines
        if (line.source, line.order_class) == (row, order_class) and line.asked >= world.network.warm_up
    ]
    late = [line for line in asked if is_late(line)]
    still = [line for line in asked if line.open > 0]
    gifts = [(line, gift) for line in asked for gift in not_at_once(line)]
    whole = [line for line in asked if line.at_once == line.quantity]
    return {
        "lines": len(asked),
        "units": sum(line.quantity for line in asked),
        "filled_lines": len(whole),
        "filled_units": sum(line.at_once for line in asked),
        "complete_units": sum(line.quantity for line in whole),
        "late_lines": len(late),
        "waited_minutes": sum(gift.pieces * gift.waited(line) for line, gift in gifts),
        "line_waited_minutes": sum(wait_of(line) for line in late),
        "open_lines": len(still),
        "open_units": sum(line.open for line in still),
        "open_minutes": sum(line.open * (end - line.asked) for line in still),
        "passed_lines": sum(line.handed_over > 0 for line in asked),
        "passed_units": sum(line.handed_over for line in asked),
        "travel_minutes": sum(
            gift.pieces * (min(gift.arrival, end) - gift.minute) for line, gift in gifts if line.dest is CUSTOMER
        ),
    }


def given_here(world: Naive, here: Point, row: int, order_class: int) -> dict[str, int]:
    """What one class took or waits for at one point in measured time, wherever it was asked."""
    start, end = world.network.warm_up, world.network.horizon
    lines = [line for line in [*world.lines, *world.old] if line.order_class == order_class]
    given = [(line, gift) for line in lines for gift in line.gifts if gift.giver == row and gift.minute >= start]
    found = [gift for line, gift in given if gift.kind and not gift.queued]
    lost = [
        pieces
        for line in lines
        for minute, pieces, _ in line.losses
        if (line.source if line.waits_at is None else line.waits_at) == row and minute >= start
    ]
    guests = [line for line in lines if line.waits_at == row and line.waits_via >= 0 and line.asked >= start]
    taken = [line.short - sum(gift.pieces for gift in line.found) for line in guests]
    owed = here.owed[order_class]
    return {
        "late_units": sum(gift.pieces for _, gift in given if gift.queued),
        "lost_lines": len(lost),
        "lost_units": sum(lost),
        "opening_owed": owed.before(start),
        "owed": owed.now,
        "owed_minutes": owed.area(start, end),
        "taken_lines": len(found) + len(guests),
        "taken_units": sum(gift.pieces for gift in found) + sum(taken),
        "given_units": sum(gift.pieces for gift in found),
    }


def not_at_once(line: Line) -> Iterator[Gift]:
    """What a line got that was not on the shelf."""
    return (gift for gift in line.gifts if gift.kind or gift.queued)


def is_late(line: Line) -> bool:
    """Whether a line got all it asked, but not off the shelf."""
    return line.open == 0 and line.lost == 0 and line.at_once < line.quantity


def wait_of(line: Line) -> int:
    """How long a line waited: until its last piece was there."""
    return max(gift.waited(line) for gift in not_at_once(line))


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
        **{
            f"{name}_{what}": number
            for name, kinds in (("facing", (1,)), ("system", (2, 3, 4)))
            for what, number in elsewhere(line, kinds, price).items()
        },
    }


def elsewhere(line: Line, kinds: tuple[int, ...], price: int) -> dict[str, int]:
    """What of a line was found at sources of some kinds."""
    units = sum(gift.pieces for gift in line.found if gift.kind in kinds)
    return {"lines": int(line.kind in kinds), "units": units, "value": units * price}


def waits(world: Naive) -> Any:
    """Delayed lines and units by the least edge that their wait does not pass."""
    of = world.network
    edges = of.wait_edges.tolist()
    found = np.zeros((of.sites, len(of.order_classes), 2, len(edges)), np.int64)
    for line in world.lines:
        if line.source is None or line.asked < of.warm_up:
            continue
        at = (world.points[line.source].site, line.order_class)
        for gift in not_at_once(line):
            found[(*at, 1, bin_of(gift.waited(line), edges))] += gift.pieces
        if is_late(line):
            found[(*at, 0, bin_of(wait_of(line), edges))] += 1
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
            line.quantity,
            line.at_once if line.source is not None else line.quantity,
            line.handed_over,
            line.lost,
            line.order_class,
            line.kind,
            CAUSES.index(line.cause) if line.cause else -1,
            line.done if line.open == 0 else -1,
        )
        for line in sorted(world.lines, key=lambda line: line.part)
    ]
