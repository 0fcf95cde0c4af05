"""Orders that parts share: what is put on them, and whether they are sent (law 7.11)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tests.engine.naive.things import Point


class Sharing:
    """Every order that was ever collected, by its row and minute."""

    network: Any

    def __init__(self) -> None:
        self.sheets: dict[tuple[int, int], list[tuple[Point, int]]] = defaultdict(list)
        self.unsettled: list[tuple[Point, int]] = []
        self.settled: dict[tuple[int, int], bool] = {}

    def wish(self, here: Point, pieces: int, now: int) -> None:
        """A point that lacks pieces puts them on the order of its site."""
        here.wished.append(now)
        self.sheets[here.joint, now].append((here, pieces))
        self.unsettled.append((here, pieces))

    def leaves(self, joint: int, minute: int) -> bool:
        """Whether the order of a minute is sent; once all have looked, that is settled."""
        if (joint, minute) not in self.settled:
            self.settled[joint, minute] = self.judged(joint, minute)
        return self.settled[joint, minute]

    def judged(self, joint: int, minute: int) -> bool:
        """Its worth decides, or how long one order after the other was held."""
        terms = self.network.joints[joint]
        worth = sum(pieces * here.cost for here, pieces in self.sheets[joint, minute])
        if worth >= terms["minimum"]:
            return True
        first, every = minute, int(terms["every"])
        while (joint, first - every) in self.sheets and not self.leaves(joint, first - every):
            first -= every
        return bool(terms["limit"]) and minute - first >= terms["limit"]

    def a_shared_order(self, now: int) -> bool:
        """Once all have looked: a line of an order goes with it, or waits for the next."""
        if not self.unsettled:
            return False
        here, pieces = self.unsettled.pop(0)
        if self.leaves(here.joint, now):
            self.order(here, pieces, None, now)  # type: ignore[attr-defined]
        else:
            here.held.append(now)
            self.after_change(here, now)  # type: ignore[attr-defined]
        return True
