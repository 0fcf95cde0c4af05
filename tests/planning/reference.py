"""The fill of one site worked out plainly: sums over distributions, and a small simulation of law 7."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from simnet.planning.item import LevelArrays


@dataclass(frozen=True)
class Sizes:
    """Sizes from a list of chances, index = size."""

    chances: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Mean pieces on a line."""
        return sum(size * chance for size, chance in enumerate(self.chances))

    def pmf(self, n_max: int) -> np.ndarray:
        """The chances, cut or padded to n_max + 1."""
        found = np.zeros(n_max + 1)
        kept = self.chances[: n_max + 1]
        found[: len(kept)] = kept
        return found


ONE = Sizes((0.0, 1.0))
MIXED = Sizes((0.0, 0.6, 0.25, 0.0, 0.0, 0.15))
PAIRS = Sizes((0.0, 0.0, 1.0))
GEOMETRIC = Sizes((0.0, *(0.4 * 0.6**n for n in range(90))))


def one_level(trigger: int, up_to: int, lot: int) -> LevelArrays:
    """The levels of a single point."""
    return LevelArrays(np.array([trigger]), np.array([up_to]), np.array([lot]))


def pieces_asked(lines: float, size: Sizes, most: int) -> list[float]:
    """Chances of 0 .. most pieces in Poisson(lines) lines (Panjer 1981)."""
    chances = [math.exp(-lines)]
    for total in range(1, most + 1):
        pairs = enumerate(size.chances[1 : total + 1], 1)
        chances.append(lines / total * sum(n * chance * chances[total - n] for n, chance in pairs))
    return chances


def served_at_once(stock: float, size: Sizes) -> float:
    """Mean pieces of a line that some stock serves."""
    return sum(chance * min(n, max(stock, 0)) for n, chance in enumerate(size.chances))


def fill_from_positions(positions: Iterable[tuple[int, float]], asked: Sequence[float], size: Sizes) -> float:
    """Unit fill, given the chances of each position and of the pieces asked in a lead time."""
    total = 0.0
    for position, weight in positions:
        total += weight * sum(
            chance * served_at_once(position - pieces, size) for pieces, chance in enumerate(asked[:position])
        )
    return total / size.mean


def simulated_fill(
    lines: Iterable[tuple[float, int]],
    levels: tuple[int, int, int],
    lead: Callable[[], float],
    review: float = 0,
) -> float:
    """Unit fill of one site under law 7, its source never short, started full."""
    trigger, up_to, lot = levels
    on_hand, position, owed, served, asked = up_to, up_to, 0, 0, 0
    due: list[tuple[float, int]] = []
    next_review = review
    for minute, pieces in lines:
        while review and next_review <= minute:
            position += _order(due, position, levels, next_review + lead())
            next_review += review
        while due and due[0][0] <= minute:
            on_hand += heapq.heappop(due)[1]
            paid = min(on_hand, owed)
            on_hand, owed = on_hand - paid, owed - paid
        now = min(on_hand, pieces)
        on_hand, owed, position = on_hand - now, owed + pieces - now, position - pieces
        served, asked = served + now, asked + pieces
        if not review:
            position += _order(due, position, levels, minute + lead())
    return served / asked


def _order(due: list[tuple[float, int]], position: int, levels: tuple[int, int, int], at: float) -> int:
    """Order what law 7 asks for; the pieces ordered."""
    trigger, up_to, lot = levels
    if position > trigger:
        return 0
    pieces = -(-(up_to - position) // lot) * lot
    heapq.heappush(due, (at, pieces))
    return pieces
