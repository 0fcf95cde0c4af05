"""A demand history: who asked for what in which month, and on which day if known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from simnet.demand.clock import ordinal_month
from simnet.units import MONTH, parse_quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_WHEN = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]00:00(?::00(?:\.0+)?)?)?")


class CellError(ValueError):
    """A wrong cell of a history: `row` counts from 0."""

    def __init__(self, row: int, column: str, message: str) -> None:
        super().__init__(message)
        self.row, self.column = row, column


def parse_when(value: object) -> tuple[int, int]:
    """Return (ordinal month, day) of a date or of a text such as `2024-03-31` or `2024-03` (then day 0)."""
    if isinstance(value, date):
        return ordinal_month(value), value.day
    match = _WHEN.fullmatch(str(value).strip())
    if match is None:
        raise ValueError(f"is not a date or a month: {value!s:.40}; write 2024-03-31 or 2024-03")
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 0)
    try:
        return ordinal_month(date(year, month, day or 1)), day
    except ValueError:
        raise ValueError(f"is not a day of the calendar: {value!s:.40}") from None


class History:
    """Rows sorted by series, month, day and quantity; rows of quantity 0 only widen the span.

    A series is a part, or a part at a site if the history names sites. Its span, the months from the first
    row to the last, is that of the whole history: every part counts as observed in every month of it.
    """

    def __init__(
        self,
        part: Sequence[str],
        when: Sequence[object],
        quantity: Sequence[object],
        site: Sequence[str] | None = None,
    ) -> None:
        import numpy as np

        if not len(part):
            raise ValueError("the history has no rows")
        if len(when) != len(part) or len(quantity) != len(part) or (site and len(site) != len(part)):
            raise ValueError("the columns are not equally long")
        dates = np.array(_each(when, parse_when, "date"), dtype=np.int64).reshape(-1, 2)
        pieces = np.array(_each(quantity, parse_quantity, "quantity"), dtype=np.int64)
        self.first_month = int(dates[:, 0].min())
        self.months = int(dates[:, 0].max()) - self.first_month + 1
        self.part_names, parts = _code(part)
        self.site_names: tuple[str, ...]
        self.site_names, sites = _code(site) if site else ((), np.zeros(len(parts), dtype=np.int64))
        columns = (parts, sites, dates[:, 0] - self.first_month, dates[:, 1], pieces)
        order = np.lexsort(columns[::-1])
        order = order[pieces[order] > 0]
        self.part, self.site, self.month, self.day, self.quantity = (column[order] for column in columns)
        """Part and site index, month from the first (0), day of the month (0: unknown), pieces; int64."""

    @classmethod
    def of_wide(
        cls, part: Sequence[str], periods: Sequence[object], cells: Sequence[Sequence[Any]]
    ) -> History:
        """Return the history of a table with a row a part and a column a period; blank cells are 0."""
        rows = [
            (name, period, cell if cell not in (None, "") else 0)
            for name, row in zip(part, cells, strict=True)
            for period, cell in zip(periods, row, strict=True)
        ]
        return cls(*zip(*rows, strict=True)) if rows else cls((), (), ())

    def __len__(self) -> int:
        return len(self.part)

    @property
    def dated(self) -> bool:
        """Whether any line knows its day."""
        return bool((self.day > 0).any())

    @property
    def series(self) -> NDArray[Any]:
        """Return the code of each row's series: part x number of sites + site (int64)."""
        return self.code(self.part, self.site)

    def code(self, part: NDArray[Any], site: NDArray[Any]) -> NDArray[Any]:
        """Return the code of the series of this part (and site)."""
        return part * len(self.site_names) + site if self.site_names else part


@dataclass(frozen=True)
class HistoryMoments:
    """What a history says about each series, in the order of `code`."""

    code: NDArray[Any]
    """Code of each series with demand, rising (int64)."""
    part: NDArray[Any]
    """Index into the history's part_names (int64)."""
    rate: NDArray[Any]
    """Lines a minute over the span."""
    size_mean: NDArray[Any]
    """Mean pieces a line."""
    chance: NDArray[Any]
    """Share of the months with demand."""
    month_mean: NDArray[Any]
    """Mean pieces of a month with demand: with `chance` the maximum likelihood fit of Bernoulli months with
    geometric sizes."""


def history_moments(history: History) -> HistoryMoments:
    """Return rate, mean size, chance a month and mean of a month with demand, by part (or part at site)."""
    import numpy as np

    code, first, place = np.unique(history.series, return_index=True, return_inverse=True)
    lines = np.bincount(place, minlength=len(code))
    pieces = np.bincount(place, weights=history.quantity, minlength=len(code))
    cells = np.unique(place * history.months + history.month)
    busy = np.bincount(cells // history.months, minlength=len(code))
    return HistoryMoments(
        code=code,
        part=history.part[first],
        rate=lines / (history.months * MONTH),
        size_mean=pieces / lines,
        chance=busy / history.months,
        month_mean=pieces / busy,
    )


def _code(names: Sequence[str]) -> tuple[tuple[str, ...], NDArray[Any]]:
    """Return the different names in order of first appearance, and the index of each."""
    import numpy as np

    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(str(name), len(numbers)) for name in names]
    return tuple(numbers), np.array(codes, dtype=np.int64)


def _each(values: Sequence[object], parse: Any, column: str) -> list[Any]:
    """Parse every value; equal texts are parsed once."""
    known: dict[object, Any] = {}
    parsed = []
    for row, value in enumerate(values):
        if value not in known:
            try:
                known[value] = parse(value)
            except ValueError as error:
                raise CellError(row, column, f"{column} in row {row + 1}: {error}") from None
        parsed.append(known[value])
    return parsed
