"""The SimPy clock: the rules as they stand over plain Python objects, one Environment a part, or for parts that meet.

This is the readable engine, the one to step through, to trace, and to extend with one's own Python policies.
The story of time is told by SimPy: a process walks the customers' tape, every receipt and review is an event.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import make_dataclass
from functools import cache
from itertools import starmap
from operator import attrgetter, itemgetter
from typing import Any

import numpy as np
import simpy

from simnet.engine import clock, rules_joint, rules_stock
from simnet.engine.binding import book, bound
from simnet.engine.fused import codes
from simnet.engine.records import DEMAND, NOBODY, RECEIPT, World
from simnet.garbage import collecting_nothing
from simnet.integers import Integers
from simnet.network.network import Tape
from simnet.streams import mix_int


@cache
def record_class(names: tuple[str, ...]) -> Any:
    """A class of small objects with the fields `names`, all zero unless given."""
    return make_dataclass("Record", [(name, int, 0) for name in names], slots=True, eq=False)


def objects(rows: Any) -> list[Any]:
    """A structured array as plain objects with the same field names."""
    return list(starmap(record_class(rows.dtype.names), rows.tolist()))


def plain(array: Any) -> list[Any]:
    """An array as a list: of objects with its field names, or of integers."""
    return array.tolist() if array.dtype.names is None else objects(array)


def lines_of(tape: Tape, own: slice, jobs: bool) -> list[tuple[int, ...]]:
    """The lines of one part as the rule `demand` takes them: point, quantity, order class, job, minute."""
    point, quantity, order_class, minute = (column[own].tolist() for column in tape.columns)
    job = range(own.start, own.stop) if jobs else [NOBODY] * len(minute)
    return list(zip(point, quantity, order_class, job, minute, strict=True))


def rows_of(items: list[Any], rows: Any) -> Any:
    """A structured array like `rows`, filled from objects with the same field names."""
    return np.array(list(map(attrgetter(*rows.dtype.names), items)), rows.dtype)


class Growing(dict[int, Any]):
    """Records that are made when first asked for: the free list and the ledger have no end.

    A dictionary by number: those that are there are found without a call.
    """

    def __init__(self, rows: Any) -> None:
        super().__init__()
        self.make = record_class(rows.dtype.names)
        self.chained = "next" in rows.dtype.names

    def __missing__(self, number: int) -> Any:
        record = self.make()
        if self.chained:
            record.next = number + 1
        self[number] = record
        return record


class Happening:
    """Something SimPy keeps in its list: less than a `simpy.Event`, because nobody waits for it."""

    __slots__ = ("callbacks", "what")
    _ok = True
    callbacks: tuple[Callable[[Any], None], ...]
    what: Any


class SimPyClock:
    """Runs the rules over objects; `acting` maps (part, site) to a policy that decides inside the run.

    `wrap` makes of each rule what is called in its place, such as a tracer's; the rule itself where it is left out.
    """

    def __init__(
        self,
        world: World,
        acting: dict[tuple[int, int], Any] | None = None,
        wrap: Callable[[Callable[..., Any]], Any] | None = None,
    ) -> None:
        self.arrays = world
        own = {"order": Growing(world.order), "line": Growing(world.line), "heap": None, "park": None, "parking": None}
        rows = {name: plain(array) for name, array in world._asdict().items() if name not in own}
        rows["count"] = rows["count"][0]
        self.world: World = record_class(World._fields)(**rows, **own)  # slots are read faster than a tuple's fields
        self.acting = acting or {}
        self.env = simpy.Environment()
        names: dict[str, Any] = {"schedule": clock.schedule, "draw": draw}  # each part brings its own schedule
        if self.acting:
            names |= {"decide": self.decide, "review": self.review}
        self.rules = book(names, wrap) if wrap else book(names, lambda rule: rule, codes(frozenset(names)))
        self.rules["law_review"] = bound(rules_joint.review, self.rules)
        self.idle: list[Any] = []  # receipts that have happened, to be used again
        self.calls = self.callbacks()

    def scheduler(self) -> Callable[..., None]:
        """The `schedule` of this part's Environment (law 1: events order by minute, phase and sequence)."""
        env: Any = self.env  # typed for its two usual priorities; ours are the phases
        add, calls, idle = env.schedule, self.calls, self.idle

        def schedule(world: World, minute: int, phase: int, place: int, quantity: int) -> None:
            event = idle.pop() if idle else Happening()
            event.callbacks = calls[phase]
            event.what = (place, quantity, minute)
            add(event, phase, minute - env.now)

        return schedule

    def callbacks(self) -> list[tuple[Callable[[Any], None]]]:
        """What SimPy calls when an event of each phase is due; receipts are the most, and go straight to their rule."""
        world, receive, happen = self.world, self.rules["receive"], self.rules["happen"]
        recycle = self.idle.append

        def arrive(event: Any) -> None:
            place, quantity, now = event.what
            recycle(event)
            receive(world, place, quantity, now)

        def at(phase: int) -> Callable[[Any], None]:
            return lambda event: happen(world, phase, *event.what)

        return [(arrive if phase == RECEIPT else at(phase),) for phase in range(DEMAND)]

    def customers(self, lines: list[tuple[int, ...]]) -> None:
        """Customers come as the tape says: one event walks it, line by line."""
        world, demand = self.world, self.rules["demand"]
        schedule: Any = self.env.schedule
        walk = iter(lines)
        first = next(walk, None)
        if first is None:
            return

        def come(event: Any) -> None:
            line = event.what
            demand(world, *line)
            event.what = following = next(walk, None)
            if following is not None:
                event.callbacks = callbacks
                schedule(event, DEMAND, following[-1] - line[-1])

        event, callbacks = Happening(), (come,)
        event.callbacks, event.what = callbacks, first
        schedule(event, DEMAND, first[-1])

    def measure_from(self, start: int, points: list[tuple[int, int]]) -> None:
        """The warm-up ends before anything else of its minute happens."""

        def begin(_: Any = None) -> None:
            for first, last in points:
                self.rules["start_measuring"](self.world, first, last, start)

        if start == 0:
            begin()
        else:
            event: Any = Happening()
            event.callbacks = (begin,)
            schedule: Any = self.env.schedule
            schedule(event, 0, start)

    def run_parts(self, lines: list[tuple[int, ...]], points: list[tuple[int, int]]) -> None:
        """A part, or parts that meet, with their points: a small world with an Environment of its own."""
        count = self.world.count
        self.env = simpy.Environment()
        self.rules["schedule"] = self.scheduler()
        count.month = count.cell = count.minute = count.phase = 0
        count.month_end = self.world.table[count.ends]
        for first, last in points:
            self.rules["open_books"](self.world, first, last, 0)
        self.measure_from(count.start, points)
        for first, last in points:
            self.rules["first_reviews"](self.world, first, last, 0)
        self.customers(lines)
        self.env.run(until=count.end)
        for first, last in points:
            self.rules["close_books"](self.world, first, last)

    def run_group(self, tape: Tape, part_start: Integers, parts: list[int]) -> None:
        """Replay the tape over a part, or over parts that meet."""
        lines: list[tuple[int, ...]] = []
        for part in parts:
            lines += lines_of(tape, slice(int(tape.start[part]), int(tape.start[part + 1])), self.world.count.jobs > 0)
        if len(parts) > 1:
            lines.sort(key=itemgetter(-1))
        self.run_parts(lines, [(int(part_start[part]), int(part_start[part + 1])) for part in parts])

    def run(self, tape: Tape, part_start: Integers, groups: list[list[int]]) -> World:
        """Replay the tape over all parts, those that meet together; the returned world of arrays holds the results."""
        for parts in groups:
            with collecting_nothing():
                self.run_group(tape, part_start, parts)
        return self.to_arrays()

    def to_arrays(self) -> World:
        """The finished world as structured arrays, field for field what the compiled clock leaves."""
        world, arrays = self.world, self.arrays
        names = ("stock", "flow", "month", "miss", "why", "freight", "outcome")
        return arrays._replace(
            **{name: rows_of(getattr(world, name), getattr(arrays, name)) for name in names},
            wait=np.array(world.wait, np.int64),
            line=rows_of([world.line[row] for row in range(world.count.rows)], arrays.line),
            count=rows_of([world.count], arrays.count),
        )

    def decide(self, here: Any, now: int) -> int:
        """What a point orders: its own policy's word where it has one, else law 7."""
        policy = self.acting.get((here.part, here.site))
        return rules_stock.decide(here, now) if policy is None else max(int(policy.decide(here, now)), 0)

    def review(self, world: World, where: int, now: int) -> None:
        """A review; a policy that acts inside the run sees every one, not only those that follow a change."""
        self.rules["law_review"](world, where, now)
        here = world.stock[where]
        if here.review > 0 and (here.part, here.site) in self.acting:
            self.rules["plan_review"](world, where, here, now)


def draw(key: int, n: int) -> int:
    """Twelve bits of chance: the n-th draw of the stream `key`."""
    return mix_int(key, n) >> 52
