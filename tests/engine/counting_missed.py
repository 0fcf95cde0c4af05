"""What a naive run adds up to of lines that were not on the shelf: where they were found, why, and their freight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from simnet.ledger.tally import CAUSES, FREIGHT, KINDS, MISS, WHY
from tests.engine.naive import CUSTOMER, Line, Naive

__all__ = ["CAUSES", "freight_rows", "miss_rows", "why_rows"]


def missed(world: Naive) -> Iterator[tuple[int, Line, int]]:
    """Customers' lines of measured time not on the shelf: the cell of each, and the price of a piece."""
    of = world.network
    for line in world.lines:
        if line.dest is CUSTOMER and line.source is not None and line.asked >= of.warm_up and line.short:
            here = world.points[line.source]
            cell = here.site * len(of.class_names) + int(of.part_class[here.part])
            yield cell * len(of.order_classes) + line.order_class, line, here.price


def table(dtype: Any, cells: dict[tuple[int, str], Counter[str]], names: tuple[str, ...], rows: int) -> Any:
    """Counters by cell and name as records."""
    found = np.zeros(rows * len(names), dtype)
    for (cell, name), counters in cells.items():
        for field, number in counters.items():
            found[field][cell * len(names) + names.index(name)] = number
    return found


def cells_of(world: Naive) -> int:
    """Sites x part classes x order classes."""
    of = world.network
    return of.sites * len(of.class_names) * len(of.order_classes)


def miss_rows(world: Naive) -> Any:
    """Pieces where they were found, a line where its furthest piece was."""
    found: dict[tuple[int, str], Counter[str]] = {}

    def add(cell: int, name: str, lines: int, units: int, price: int) -> None:
        found.setdefault((cell, name), Counter()).update(lines=lines, units=units, value=units * price)

    for cell, line, price in missed(world):
        add(cell, KINDS[line.kind], 1, 0, price)
        for gift in line.found:
            add(cell, KINDS[gift.kind], 0, gift.pieces, price)
        if line.waits_at is not None:
            add(cell, "waited", 0, line.short - sum(gift.pieces for gift in line.found), price)
        for _, pieces, how in line.losses:
            add(cell, how, int(how == "gave up"), pieces, price)
        if line.cause == "not stocked here":
            add(cell, "unstocked", 1, line.short, price)
    return table(MISS, found, KINDS, cells_of(world))


def why_rows(world: Naive) -> Any:
    """Lines not kept in time, each under one cause."""
    found: dict[tuple[int, str], Counter[str]] = {}
    for cell, line, price in missed(world):
        cause, minutes = verdict(world, line)
        if cause:
            found.setdefault((cell, cause), Counter()).update(
                lines=1, units=line.short, value=line.short * price, minutes=minutes
            )
    return table(WHY, found, CAUSES, cells_of(world))


def verdict(world: Naive, line: Line) -> tuple[str, int]:
    """Why a line was not kept, and how long it waited; no cause where it was in time."""
    need_by = int(world.network.classes["need_by"][line.order_class])
    if line.losses:
        minute, _, how = line.losses[-1]
        return ("lost patience" if how == "gave up" else line.cause), minute - line.asked
    if line.open:
        waited = world.network.horizon - line.asked
        return (line.cause if waited > need_by else ""), waited
    waited = max(gift.arrival for gift in line.gifts) - line.asked
    if need_by and waited <= need_by:
        return "", waited
    late_for_the_van = need_by and line.cut and line.waits_at is None
    return ("after cut-off" if late_for_the_van else line.cause), waited


def freight_rows(world: Naive) -> Any:
    """What traveled each way for lines passed on, in measured time."""
    of = world.network
    found = np.zeros(len(of.ways), FREIGHT)
    price = {here.part: here.price for here in world.points}
    for minute, way, pieces, part in world.freight:
        if minute >= of.warm_up:
            for name, number in (("lots", 1), ("units", pieces), ("grams", pieces * int(of.weight[part]))):
                found[name][way] += number
            found["value"][way] += pieces * price[part]
    return found
