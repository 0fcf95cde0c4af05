"""The rows of a demand table: one stream a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simnet.codes import Coded
from simnet.units import parse_number, parse_quantity, parse_rate, parse_share

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

TEXT_COLUMNS = ("part", "at")
NUMBER_COLUMNS: Mapping[str, Callable[[object], float]] = {
    "orders": parse_rate,
    "chance": parse_share,
    "size": parse_quantity,
    "size_mean": parse_number,
    "sites": parse_quantity,
}
"""Each number column and what parses its cells."""
LAW_COLUMNS = ("orders", "chance", "size", "size_mean")
"""The columns that say how much is asked; a table needs one."""
_WHOLE = ("size", "sites")


class DemandTable:
    """Columns of equal length, cells parsed: part and at, orders (a minute) or chance, size or size_mean, sites.

    `size` is the number of pieces on every line of the row, `size_mean` the mean of geometric sizes, `sites` how many
    of the sites ask (0: all).
    """

    def __init__(self, part: Sequence[str], at: Sequence[str], **numbers: ArrayLike) -> None:
        import numpy as np

        unknown = set(numbers) - set(NUMBER_COLUMNS)
        if unknown:
            raise ValueError(f"unknown column {sorted(unknown)[0]}; use {', '.join(NUMBER_COLUMNS)}")
        if "size" in numbers and "size_mean" in numbers:
            raise ValueError("has both `size` and `size_mean`; use one of them")
        arrays = {
            name: np.array(column, dtype=np.int64 if name in _WHOLE else np.float64) for name, column in numbers.items()
        }
        if len(at) != len(part) or any(len(column) != len(part) for column in arrays.values()):
            raise ValueError("the columns are not equally long")
        self._check(arrays)
        for column in arrays.values():
            column.flags.writeable = False
        self.part, self.at = tuple(part), Coded.of(at)
        self._numbers = arrays

    def __len__(self) -> int:
        return len(self.part)

    @property
    def columns(self) -> tuple[str, ...]:
        """The number columns that it has."""
        return tuple(self._numbers)

    def column(self, name: str) -> NDArray[Any] | None:
        """Return a number column as an array (int64 for size and sites, else float64), or None if it has none."""
        return self._numbers.get(name)

    def take(self, rows: NDArray[Any]) -> DemandTable:
        """Return a table of some rows, in this order."""
        numbers = {name: column[rows] for name, column in self._numbers.items()}
        return DemandTable([self.part[row] for row in rows.tolist()], self.at.take(rows), **numbers)

    @staticmethod
    def _check(numbers: Mapping[str, NDArray[Any]]) -> None:
        for name, least in (("size", 1), ("size_mean", 1), ("sites", 0)):
            column = numbers.get(name)
            if column is not None and (column < least).any():
                row = int((column < least).argmax()) + 1
                raise ValueError(f"{name} in row {row} must be at least {least}")
