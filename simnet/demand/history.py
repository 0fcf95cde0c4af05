"""A demand history: who asked for what in which month, and on which day if known."""

from __future__ import annotations

import re
from copy import copy
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from simnet.demand.clock import ordinal_month
from simnet.units import parse_quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

LEAST_MONTH = 28
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


class HistoryColumns(Protocol):
    """What `History.from_columns` reads: a history as the scenario reader leaves it."""

    @property
    def parts(self) -> Sequence[str]:
        """Part names."""

    @property
    def part(self) -> Sequence[int]:
        """Index into `parts`, one entry a line."""

    @property
    def year(self) -> Sequence[int]:
        """Year of each line."""

    @property
    def month(self) -> Sequence[int]:
        """Month of each line, 1 to 12."""

    @property
    def day(self) -> Sequence[int]:
        """Day of each line; 0 where only the month is known."""

    @property
    def quantity(self) -> Sequence[int]:
        """Pieces of each line."""

    @property
    def sites(self) -> Sequence[str] | None:
        """Site names, where the history has them."""

    @property
    def site(self) -> Sequence[int] | None:
        """Index into `sites`, one entry a line."""

    @property
    def delivered(self) -> Sequence[int] | None:
        """The day on which each line was delivered, counted from year 1; 0 where it is not known."""

    @property
    def periods(self) -> Sequence[tuple[int, int, int]] | None:
        """Of a wide table: (year, month, day) at which each column starts."""

    @property
    def observed(self) -> Sequence[bytes] | None:
        """Of a wide table: by part, 1 for each period with a number, 0 for a blank."""


class History:
    """Rows sorted by series, month, day and quantity; rows of quantity 0 only widen the span.

    A series is a part, or a part at a site if the history names sites. The span is the months from the first
    row (or column) of the whole history to the last. Every part counts as observed in all of it, except in
    months that are blank in a wide table.
    """

    part: NDArray[Any]
    """Index into part_names (int64), like all columns."""
    site: NDArray[Any]
    """Index into site_names; 0 without sites."""
    month: NDArray[Any]
    """Months from the first of the span, from 0."""
    day: NDArray[Any]
    """Day of the month; 0: unknown."""
    quantity: NDArray[Any]
    """Pieces."""
    observed: NDArray[Any] | None = None
    """Part x month: whether the month was observed (bool); None: all are."""
    delivered: NDArray[Any] | None = None
    """The day on which each row was delivered, counted from year 1 (int64; 0: not known), if the history says."""
    days = 1
    """Days over which a dated line may fall: 7 for a wide table of weeks."""

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
        self.part_names, parts = _code(part)
        self.site_names: tuple[str, ...]
        self.site_names, sites = _code(site) if site else ((), np.zeros(len(parts), dtype=np.int64))
        months = dates[:, 0]
        self._settle([parts, sites, months, dates[:, 1], pieces], int(months.min()), int(months.max()))

    @classmethod
    def from_columns(cls, columns: HistoryColumns) -> History:
        """Return the history of columns that have been read and coded already."""
        import numpy as np

        self = cls.__new__(cls)
        self.part_names, self.site_names = tuple(columns.parts), tuple(columns.sites or ())
        part, year, month, day, pieces = (
            np.array(column, dtype=np.int64)
            for column in (columns.part, columns.year, columns.month, columns.day, columns.quantity)
        )
        site = np.zeros_like(part) if columns.site is None else np.array(columns.site, dtype=np.int64)
        ordinal = year * 12 + month - 1
        starts = np.array(columns.periods or (), dtype=np.int64).reshape(-1, 3)
        span = np.concatenate([ordinal, starts[:, 0] * 12 + starts[:, 1] - 1])
        if not len(span):
            raise ValueError("the history has no rows")
        if len(starts):
            self.days = _period_days(starts)
            day = day if self.days < LEAST_MONTH else np.zeros_like(day)
        order = self._settle([part, site, ordinal, day, pieces], int(span.min()), int(span.max()))
        if columns.delivered is not None:
            self.delivered = np.array(columns.delivered, dtype=np.int64)[order]
        self._observe(columns, span[len(ordinal) :])
        return self

    def _settle(self, columns: list[NDArray[Any]], first: int, last: int) -> NDArray[Any]:
        """Sort the columns and keep what was asked; returns which rows were kept, in their order."""
        import numpy as np

        self.first_month, self.months = first, last - first + 1
        columns[2] = columns[2] - first
        order = np.lexsort(columns[::-1])
        order = order[columns[4][order] > 0]
        if not len(order):
            raise ValueError("the history has no quantity above zero")
        self.part, self.site, self.month, self.day, self.quantity = (column[order] for column in columns)
        return order

    def _observe(self, columns: HistoryColumns, months: NDArray[Any]) -> None:
        import numpy as np

        if columns.observed is None:
            return
        seen = np.frombuffer(b"".join(columns.observed), dtype=np.uint8).reshape(len(self.part_names), -1)
        observed = np.zeros((len(self.part_names), self.months), dtype=bool)
        for column, month in enumerate(months.tolist()):
            observed[:, month - self.first_month] |= seen[:, column] > 0
        self.observed = None if observed.all() else observed

    def observed_months(self) -> NDArray[Any]:
        """Return the number of observed months of each part (int64)."""
        import numpy as np

        if self.observed is None:
            return np.full(len(self.part_names), self.months, dtype=np.int64)
        return np.asarray(self.observed.sum(axis=1), dtype=np.int64)

    @classmethod
    def of_wide(cls, part: Sequence[str], periods: Sequence[object], cells: Sequence[Sequence[Any]]) -> History:
        """Return the history of a table with a row a part and a column a period; blank cells are 0."""
        rows = [
            (name, period, cell if cell not in (None, "") else 0)
            for name, row in zip(part, cells, strict=True)
            for period, cell in zip(periods, row, strict=True)
        ]
        return cls(*zip(*rows, strict=True)) if rows else cls((), (), ())

    def __len__(self) -> int:
        return len(self.part)

    @cached_property
    def dated(self) -> bool:
        """Whether any line knows its day."""
        return bool((self.day > 0).any())

    @cached_property
    def index(self) -> dict[str, int]:
        """Number by part name."""
        return {name: number for number, name in enumerate(self.part_names)}

    def of_parts(self, names: Iterable[str]) -> History:
        """The history of some parts; its span, its days and whether it is dated are those of the whole.

        Where it has no line of them it is that of its first part, for which nobody asks: no history is empty.
        """
        import numpy as np

        kept = np.array(sorted(self.index[name] for name in names if name in self.index), dtype=np.int64)
        first, end = np.searchsorted(self.part, kept), np.searchsorted(self.part, kept, side="right")
        if not (end > first).any():
            return self.of_parts(self.part_names[self.part[0]:][:1])
        rows = np.concatenate([np.arange(a, b) for a, b in zip(first.tolist(), end.tolist(), strict=True)])
        found = copy(self)
        found.__dict__.pop("index", None)
        found.__dict__["dated"] = self.dated
        found.part_names = tuple(self.part_names[part] for part in kept.tolist())
        found.part = np.searchsorted(kept, self.part[rows])
        for name in ("site", "month", "day", "quantity", "delivered"):
            column = getattr(self, name)
            setattr(found, name, None if column is None else column[rows])
        found.observed = None if self.observed is None else self.observed[kept]
        return found

    @property
    def series(self) -> NDArray[Any]:
        """Return the code of each row's series: part x number of sites + site (int64)."""
        return self.code(self.part, self.site)

    def code(self, part: NDArray[Any], site: NDArray[Any]) -> NDArray[Any]:
        """Return the code of the series of this part (and site)."""
        return part * len(self.site_names) + site if self.site_names else part


def _period_days(starts: NDArray[Any]) -> int:
    """Return the days of the shortest period of a wide table; LEAST_MONTH or more stands for months."""
    if (starts[:, 2] == 0).any() or len(starts) < 2:
        return LEAST_MONTH if (starts[:, 2] == 0).any() else 1
    ordinals = sorted(date(*start).toordinal() for start in starts.tolist())
    return min(later - earlier for earlier, later in pairwise(ordinals))


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
