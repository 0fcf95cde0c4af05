"""The rows of a demand table: one stream a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simnet.units import parse_number, parse_quantity, parse_rate, parse_share

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEXT_COLUMNS = ("part", "at")
NUMBER_COLUMNS: Mapping[str, Callable[[object], float]] = {
    "orders": parse_rate,
    "chance": parse_share,
    "size": parse_quantity,
    "size_mean": parse_number,
}
"""Each number column and what parses its cells."""


class DemandTable:
    """Columns of equal length, cells parsed: part and at, orders (a minute) or chance, size or size_mean.

    `size` is the number of pieces on every line of the row, `size_mean` the mean of geometric sizes.
    """

    def __init__(self, part: Sequence[str], at: Sequence[str], **numbers: Sequence[float]) -> None:
        unknown = set(numbers) - set(NUMBER_COLUMNS)
        if unknown:
            raise ValueError(f"unknown column {sorted(unknown)[0]}; use {', '.join(NUMBER_COLUMNS)}")
        if "size" in numbers and "size_mean" in numbers:
            raise ValueError("has both `size` and `size_mean`; use one of them")
        if any(len(column) != len(part) for column in (at, *numbers.values())):
            raise ValueError("the columns are not equally long")
        self._check(numbers)
        self.part, self.at = tuple(part), tuple(at)
        self._numbers = {name: tuple(column) for name, column in numbers.items()}

    def __len__(self) -> int:
        return len(self.part)

    @property
    def columns(self) -> tuple[str, ...]:
        """The number columns that it has."""
        return tuple(self._numbers)

    def column(self, name: str) -> NDArray[Any] | None:
        """Return a number column as an array (int64 for size, else float64), or None if it has none."""
        import numpy as np

        if name not in self._numbers:
            return None
        return np.array(self._numbers[name], dtype=np.int64 if name == "size" else np.float64)

    @staticmethod
    def _check(numbers: Mapping[str, Sequence[float]]) -> None:
        for name in ("size", "size_mean"):
            for row, value in enumerate(numbers.get(name, ())):
                if value < 1:
                    raise ValueError(f"{name} in row {row + 1} must be at least 1")
