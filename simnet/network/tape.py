"""The tape: the demand lines of one replication, drawn before the run (law 4)."""

from __future__ import annotations

import numpy as np

from simnet.demand.block import Lines
from simnet.demand.clock import Clock
from simnet.network.network import ASKED, Integers, Network, Tape

MINUTE_BITS = 26


def draw(network: Network, seed: int, replication: int = 0) -> Tape:
    """The lines of all parts of `network`, by part and minute; in one minute by stream, as the scenario names them."""
    clock = Clock.of(network.start, network.horizon)
    drawn = [block.draw(seed, replication, clock) for block in network.streams]
    point, minute, quantity, order_class = (
        np.concatenate([np.zeros(0, np.int64), *columns])
        for columns in (
            [points[lines.stream] for points, lines in zip(network.stream_points, drawn, strict=True)],
            [lines.minute for lines in drawn],
            [lines.quantity for lines in drawn],
            [np.full(len(lines), of, np.int64) for of, lines in zip(network.stream_class, drawn, strict=True)],
        )
    )
    part = network.points["part"][point] - network.first_part
    order = by_part_and_minute(part, minute)
    lines = np.empty(len(order), ASKED)
    for name, column in (("point", point), ("quantity", quantity), ("order_class", order_class), ("minute", minute)):
        lines[name] = column[order]
    start = np.concatenate([[0], np.cumsum(np.bincount(part, minlength=len(network.part_start) - 1))])
    return Tape(lines, start.astype(np.int64))


def by_part_and_minute(part: Integers, minute: Integers) -> Integers:
    """The order of lines by (part, minute, as drawn).

    The three are packed into one integer, because sorting plain integers is ten times faster than sorting by keys.
    """
    bits = max(len(part), 1).bit_length()
    if int(part.max(initial=0)).bit_length() + MINUTE_BITS + bits > 63:
        return np.lexsort((minute, part))
    packed = (((part << MINUTE_BITS) | minute) << bits) | np.arange(len(part))
    packed.sort()
    return packed & ((1 << bits) - 1)


def script(network: Network, lines: list[tuple[int, str, str, int]], order_class: str = "day") -> Tape:
    """A tape written by hand: (minute, site, part, pieces), for small worlds whose every event is known."""
    sites, parts = network.site_names, network.part_names
    codes = {(int(p["part"]), int(p["site"])): at for at, p in enumerate(network.points)}
    rows = sorted(
        (parts.index(part), minute, number, codes[parts.index(part), sites.index(site)], pieces)
        for number, (minute, site, part, pieces) in enumerate(lines)
    )
    tape = np.zeros(len(rows), ASKED)
    known = network.order_classes.index(order_class)
    for row, (_, minute, _, point, pieces) in zip(tape, rows, strict=True):
        row["minute"], row["point"], row["quantity"], row["order_class"] = minute, point, pieces, known
    count = np.bincount([row[0] for row in rows], minlength=network.parts)
    return Tape(tape, np.concatenate([[0], np.cumsum(count)]).astype(np.int64))


__all__ = ["Lines", "draw", "script"]
