"""The compiled clock without its compiler: the same functions over the same arrays, every index checked.

`simnet.engine.rows` hands bare pointers to the machine code, which no bounds check can see. Here a row is a proxy that
refuses an index outside its array, a field that is not there, and a number that 64 bits do not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simnet.engine import heap, loop
from simnet.engine.binding import book, bound
from simnet.engine.compiled_clock import enlarged, measured
from simnet.engine.records import FULL, World
from simnet.network.network import Network, Tape
from simnet.streams import mix_int

OWN = (loop.cramped, *loop.STEPS, loop.run_parts)


class Row:
    """A record of an array, by reference."""

    __slots__ = ("_void",)

    def __init__(self, void: Any) -> None:
        object.__setattr__(self, "_void", void)

    def __getattr__(self, name: str) -> int:
        return int(self._void[name])

    def __setattr__(self, name: str, value: int) -> None:
        self._void[name] = int(value)  # OverflowError where 64 bits do not hold it


class Rows:
    """An array whose every index must be inside it."""

    def __init__(self, array: Any, first: int = 0) -> None:
        self.array, self.first = array, first

    def at(self, index: int) -> int:
        """Where item `index` is, if it is one."""
        if not 0 <= index - self.first < len(self.array):
            raise IndexError(f"{index} of {len(self.array)} ({self.array.dtype.names or 'integers'})")
        return index - self.first

    def __getitem__(self, index: int) -> Any:
        item = self.array[self.at(index)]
        return int(item) if self.array.dtype.names is None else Row(item)

    def __setitem__(self, index: int, value: int) -> None:
        self.array[self.at(index)] = int(value)


def draw(key: int, n: int) -> int:
    """Twelve bits of chance: the n-th draw of the stream `key`."""
    return mix_int(key, n) >> 52


def plain_loop() -> Callable[..., int]:
    """The loop over parts, bound as `native.compiled` binds it but not compiled."""
    names: dict[str, Any] = {"draw": draw}
    for own in (heap.schedule, heap.drop):
        names[own.__name__] = bound(own, {**own.__globals__, **names})
    space = {**loop.__dict__, **book(names, lambda rule: rule)}
    for each in OWN:
        space[each.__name__] = bound(each, space)

    def run(arrays: World, tape: loop.Lines, lines: Any, points: Any) -> int:
        count = Rows(arrays.count)[0]
        begin = {"stock": 1, "flow": count.order_classes, "queue": count.queues}
        of_points = {name: Rows(getattr(arrays, name), count.first * each) for name, each in begin.items()}
        world = World(*map(Rows, arrays))._replace(count=count, **of_points)
        asked = loop.Lines(*map(Rows, tape))
        return int(space["run_parts"](world, asked, Rows(lines), Rows(points), len(points) - 1))

    return run


def run_checked(world: World, tape: Tape, network: Network) -> tuple[World, int]:
    """The finished world, and how often its arrays had to grow."""
    run, world, growths = plain_loop(), measured(world), 0
    while run(world, loop.Lines(*tape.columns), tape.start, network.part_start) == FULL:
        world, growths = enlarged(world), growths + 1
    return world, growths
