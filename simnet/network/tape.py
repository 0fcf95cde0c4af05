"""The tape: the demand lines of one replication, drawn before the run (law 4)."""

from __future__ import annotations

import numpy as np

from simnet.demand.block import Lines
from simnet.demand.clock import Clock
from simnet.integers import Integers
from simnet.network.network import Network, Tape

DIGIT = 16
"""Bits of a digit by which lines are sorted."""


def draw(network: Network, seed: int, replication: int = 0) -> Tape:
    """The lines of all parts of `network`, by part and minute; in one minute by stream, as the scenario names them."""
    clock = Clock.of(network.start, network.horizon)
    drawn = [block.draw(seed, replication, clock) for block in network.streams]
    part = parts_of(network, drawn)
    order, minute = by_part_and_minute(part, together([lines.minute for lines in drawn]))
    point = together([points[lines.stream] for points, lines in zip(network.stream_points, drawn, strict=True)])
    parts = len(network.part_start) - 1
    return Tape(
        point=point[order],
        quantity=together([lines.quantity for lines in drawn])[order],
        order_class=classes(network, [len(lines) for lines in drawn], order),
        minute=minute,
        start=np.concatenate([[0], np.cumsum(np.bincount(part, minlength=parts))]).astype(np.int64),
        job=jobs(drawn)[order] if network.jobs else np.zeros(0, np.int64),
    )


def parts_of(network: Network, drawn: list[Lines]) -> Integers:
    """The part of each line, counted from the first of the shard."""
    part = network.points["part"] - network.first_part
    return together([part[at][lines.stream] for at, lines in zip(network.stream_points, drawn, strict=True)])


def jobs(drawn: list[Lines]) -> Integers:
    """The job of each line, numbered over all blocks; -1 for a line that is an order of its own."""
    columns = []
    for number, lines in enumerate(drawn):
        if len(lines.job):
            columns.append(lines.job * len(drawn) + number)
        else:
            columns.append(np.full(len(lines), -1, np.int64))
    return together(columns)


def together(columns: list[Integers]) -> Integers:
    """One column of the lines of all blocks."""
    if len(columns) == 1:
        return columns[0]
    return np.concatenate([np.zeros(0, np.int64), *columns])


def classes(network: Network, lengths: list[int], order: Integers) -> Integers:
    """The order class of each line."""
    if len(set(network.stream_class)) == 1:
        return np.full(len(order), network.stream_class[0], np.int64)
    return np.repeat(np.array(network.stream_class, np.int64), lengths)[order]


def by_part_and_minute(part: Integers, minute: Integers) -> tuple[Integers, Integers]:
    """The order of lines by (part, minute, as drawn), and their minutes in that order.

    Sorted digit by digit, the last first, ties as they stood: NumPy sorts integers of 16 bits by counting them, two or
    three digits in a third of the time that whole numbers take.
    """
    key = part << int(minute.max(initial=0)).bit_length()
    key |= minute
    order = np.argsort(key.astype(np.uint16), kind="stable")
    for shift in range(DIGIT, int(key.max(initial=0)).bit_length(), DIGIT):
        order = order[np.argsort((key >> shift).astype(np.uint16)[order], kind="stable")]
    return order, minute[order]


def script(network: Network, lines: list[tuple[int, str, str, int]], order_class: str = "day") -> Tape:
    """A tape written by hand: (minute, site, part, pieces), for small worlds whose every event is known."""
    sites, parts = network.site_names, network.part_names
    codes = {(int(p["part"]), int(p["site"])): at for at, p in enumerate(network.points)}
    rows = sorted(
        (parts.index(part), minute, number, codes[parts.index(part), sites.index(site)], pieces)
        for number, (minute, site, part, pieces) in enumerate(lines)
    )
    known = network.order_classes.index(order_class)
    columns = np.array([(point, pieces, known, minute) for _, minute, _, point, pieces in rows], np.int64)
    count = np.bincount([row[0] for row in rows], minlength=network.parts)
    start = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    point, quantity, known_class, minute = np.ascontiguousarray(columns.reshape(-1, 4).T)
    return Tape(point, quantity, known_class, minute, start)


__all__ = ["Lines", "draw", "script"]
