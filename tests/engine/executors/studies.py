"""A study that takes long enough for a worker to be killed in it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from simnet.engine.executors import Where
from simnet.engine.replicate import replicate
from simnet.engine.simulate import Run
from simnet.network.network import Network
from simnet.planning.item import Item, Levels
from tests.worlds import TWO, network

REPLICATIONS = 6
BUSY = """
parts: {a: {cost: 1 EUR, price: 2 EUR}, b: {cost: 1 EUR, price: 2 EUR}}
demand: {part: all, orders: 800 per month, size: {geometric: {mean: 1.5}}}
stocking: {default: {policy: base-stock, up_to: 30}}
"""
FOUR = "parts: {a: {cost: 1 EUR}, b: {cost: 1 EUR}, c: {cost: 1 EUR}, d: {cost: 1 EUR}}\n"


@cache
def busy() -> Network:
    """Two dealers, two parts, 3,200 lines a replication: a fifth of a second each on the SimPy clock."""
    return network(TWO + BUSY)


def run(on: str | Where | None, told: Callable[[int, int], None] | None = None, **more: Any) -> list[Run]:
    """The study, with every line, on the SimPy clock."""
    wanted = range(REPLICATIONS)
    return replicate(busy(), engine="simpy", replications=wanted, lines=True, on=on, progress=told, **more)


@cache
def expected() -> list[Run]:
    """The same in this process, one after the other."""
    return run("sequence")


def same(runs: list[Run]) -> bool:
    """Whether tallies and ledgers are those expected, to the integer."""
    return len(runs) == REPLICATIONS and all(
        one.tally.same_as(other.tally) and one.lines.same_as(other.lines)
        for one, other in zip(runs, expected(), strict=True)
    )


@dataclass
class Choosy:
    """Base stock of two, decided inside the run; it does not stand one of the parts."""

    poison: int

    def levels(self, item: Item) -> Levels:
        """What the shelf starts with."""
        return Levels(1, 2, 1, 0)

    def decide(self, here: Any, now: int) -> int:
        """What is missing."""
        if here.part == self.poison:
            raise ZeroDivisionError("no such cover")
        return int(2 - (here.on_hand + here.on_order - here.owed))


@dataclass
class Dear:
    """Base stock of one or, of a part of this cost, of two, which it cannot stand inside the run."""

    poison: int

    def levels(self, item: Item) -> Levels:
        """What the shelf starts with."""
        return Levels(0, 2 if item.cost == self.poison else 1, 1, 0)

    def decide(self, here: Any, now: int) -> int:
        """What is missing."""
        if here.up_to == 2:
            raise ZeroDivisionError("no such cover")
        return int(1 - (here.on_hand + here.on_order - here.owed))
