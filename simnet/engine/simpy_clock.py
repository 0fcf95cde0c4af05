"""The SimPy clock: the rules as they stand over plain Python objects, one Environment a part.

This is the readable engine, the one to step through, to trace, and to extend with one's own Python policies.
The story of time is told by SimPy: a process walks the customers' tape, every receipt and review is an event.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import numpy as np
import simpy

from simnet.engine import rules
from simnet.engine.binding import book, bound
from simnet.engine.records import DEMAND, World
from simnet.engine.world import free_orders
from simnet.network.network import Integers, Tape
from simnet.streams import mix_int


def record_class(names: tuple[str, ...]) -> type:
    """A class of small objects with the fields `names`."""
    return type("Record", (), {"__slots__": names})


def objects(rows: Any) -> list[Any]:
    """A structured array as plain objects with the same field names."""
    names = rows.dtype.names
    record = record_class(names)
    out = []
    for row in rows.tolist():
        item = record()
        for name, value in zip(names, row, strict=True):
            setattr(item, name, value)
        out.append(item)
    return out


def rows_of(items: list[Any], rows: Any) -> Any:
    """The structured array `rows`, filled from objects with the same field names."""
    names = rows.dtype.names
    return np.array([tuple(getattr(item, name) for name in names) for item in items], rows.dtype)


class Growing(list[Any]):
    """Records that are made when first asked for: the free list and the ledger have no end."""

    def __init__(self, rows: Any) -> None:
        super().__init__(objects(rows))
        self.record = record_class(rows.dtype.names)
        self.names = rows.dtype.names

    def __getitem__(self, index: Any) -> Any:
        while index >= len(self):
            item = self.record()
            for name in self.names:
                setattr(item, name, 0)
            if "next" in self.names:
                item.next = len(self) + 1
            self.append(item)
        return super().__getitem__(index)


class SimPyClock:
    """Runs the rules over objects; `acting` maps (part, site) to a policy that decides inside the run."""

    def __init__(self, world: World, acting: dict[tuple[int, int], Any] | None = None) -> None:
        self.arrays = world
        self.world = World(
            stock=objects(world.stock),
            flow=objects(world.flow),
            month=objects(world.month),
            wait=world.wait.tolist(),
            order=Growing(free_orders(64)),
            heap=None,
            line=Growing(world.line),
            table=world.table.tolist(),
            rule=objects(world.rule),
            count=objects(world.count),
        )
        self.acting = acting or {}
        self.env = simpy.Environment()
        names: dict[str, Any] = {"schedule": self.schedule, "draw": self.draw}
        if self.acting:
            names |= {"decide": self.decide, "review": self.review}
        self.rules = book(names, lambda rule: rule)
        self.rules["law_review"] = bound(rules.review, self.rules)

    def event(self, minutes: int, phase: int, act: Callable[[Any], None]) -> simpy.Event:
        """An event after `minutes`, in the order of phases; `act` is called when it happens."""
        event = simpy.Event(self.env)
        event._ok, event._value = True, None
        event.callbacks = [act]
        self.env.schedule(event, phase, minutes)  # type: ignore[arg-type]
        return event

    def schedule(self, world: World, minute: int, phase: int, place: int, quantity: int) -> None:
        """Law 1: events order by minute, phase and sequence."""
        happen = self.rules["happen"]
        self.event(minute - self.env.now, phase, lambda _: happen(world, phase, place, quantity, minute))  # type: ignore[arg-type]

    def draw(self, key: int, n: int) -> int:
        """Twelve bits of chance: the n-th draw of the stream `key`."""
        return mix_int(key, n) >> 52

    def customers(self, lines: list[tuple[int, int, int, int]]) -> Generator[simpy.Event, None, None]:
        """Customers come as the tape says."""
        world, demand, env = self.world, self.rules["demand"], self.env
        for minute, point, quantity, order_class in lines:
            yield self.event(minute - env.now, DEMAND, ignore)  # type: ignore[arg-type]
            demand(world, point, quantity, order_class, minute)

    def measuring(self, first: int, last: int) -> Generator[simpy.Event, None, None]:
        """The warm-up ends before anything else of its minute happens."""
        start = self.world.count[0].start
        yield self.event(start, 0, ignore)
        self.rules["start_measuring"](self.world, first, last, start)

    def run_part(self, lines: list[tuple[int, int, int, int]], first: int, last: int) -> None:
        """One part is one small world with an Environment of its own."""
        count = self.world.count[0]
        self.env = simpy.Environment()
        count.month = count.cell = count.phase = 0
        count.month_end = self.world.table[count.ends]
        self.rules["open_books"](self.world, first, last, 0)
        if count.start > 0:
            self.env.process(self.measuring(first, last))
        else:
            self.rules["start_measuring"](self.world, first, last, 0)
        self.rules["first_reviews"](self.world, first, last, 0)
        self.env.process(self.customers(lines))
        self.env.run(until=count.end)
        self.rules["close_books"](self.world, first, last)

    def run(self, tape: Tape, part_start: Integers) -> World:
        """Replay the tape over all parts; the returned world of arrays holds the results."""
        for part in range(len(part_start) - 1):
            lines = tape.lines[tape.start[part] : tape.start[part + 1]].tolist()
            self.run_part(lines, int(part_start[part]), int(part_start[part + 1]))
        return self.to_arrays()

    def to_arrays(self) -> World:
        """The finished world as structured arrays, field for field what the compiled clock leaves."""
        world, arrays = self.world, self.arrays
        rows = world.count[0].rows
        return arrays._replace(
            stock=rows_of(world.stock, arrays.stock),
            flow=rows_of(world.flow, arrays.flow),
            month=rows_of(world.month, arrays.month),
            wait=np.array(world.wait, np.int64),
            line=rows_of(list(world.line)[:rows], arrays.line),
            count=rows_of(world.count, arrays.count),
        )

    def decide(self, here: Any, now: int) -> int:
        """What a point orders: its own policy's word where it has one, else law 7."""
        policy = self.acting.get((here.part, here.site))
        return rules.decide(here, now) if policy is None else int(policy.decide(here, now))

    def review(self, world: World, where: int, now: int) -> None:
        """A review; a policy that acts inside the run sees every one, not only those that follow a change."""
        self.rules["law_review"](world, where, now)
        here = world.stock[where]
        if here.review > 0 and (here.part, here.site) in self.acting:
            self.rules["plan_review"](world, where, here, now)


def ignore(_: Any) -> None:
    """A wake-up: the process that waits for it does the work."""
