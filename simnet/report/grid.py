"""Tables of the page: names in front, then a column a figure or design, each cell a level with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from simnet.metrics import Comparison
from simnet.metrics.intervals import estimate
from simnet.report.numbers import NOTHING, Shown, clean, level
from simnet.report.rows import Row

Names = tuple[str, ...]
SPLIT = 8
"""Rows from which a table of one design is split in two."""


@dataclass(frozen=True)
class Column:
    """The head of a column of figures."""

    title: str
    key: str = ""
    """The KPI that it shows, which the glossary defines."""
    under: tuple[str, ...] = ()
    """What its figures are, below the head: a level, or a difference to which design; a line each."""


@dataclass(frozen=True)
class Grid:
    """A table, its names and titles clean."""

    title: str
    heads: Names
    """Of the names in front."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Names, tuple[Shown, ...]], ...]
    note: str = ""
    """A sentence on how to read it."""
    keys: tuple[str, ...] = ()
    """The KPI that each row shows, where rows are KPIs."""
    depths: tuple[int, ...] = ()
    """Of each row: 1 where it is a part of the row above."""

    @property
    def intervals(self) -> bool:
        """Whether any of its figures has one."""
        return any(cell.half for _, cells in self.rows for cell in cells)

    @property
    def verdicts(self) -> bool:
        """Whether any of its figures has one."""
        return any(cell.verdict for _, cells in self.rows for cell in cells)

    @property
    def half(self) -> int:
        """Letters of the longest interval."""
        return max((len(cell.half) for _, cells in self.rows for cell in cells), default=0)

    @property
    def word(self) -> int:
        """Letters of the longest verdict and the space before it."""
        return max((len(cell.verdict) + 1 for _, cells in self.rows for cell in cells if cell.verdict), default=0)

    @property
    def groups(self) -> list[list[int]]:
        """The rows, those together that share their first name where there are several."""
        found: list[list[int]] = []
        for at, (names, _) in enumerate(self.rows):
            if len(self.heads) > 1 and at and names[0] == self.rows[at - 1][0][0]:
                found[-1].append(at)
            else:
                found.append([at])
        return found if len(self.heads) > 1 else [list(range(len(self.rows)))]


def design_columns(comparison: Comparison) -> tuple[Column, ...]:
    """A column a design."""
    return tuple(Column(clean(name)) for name in comparison.designs)


def compared_grid(comparison: Comparison, title: str, rows: Sequence[Row]) -> Grid:
    """Rows of the comparison: the level of the first design, then the differences, each saying to which design."""
    first, *others = map(clean, comparison.designs)
    columns = (
        Column(first, under=("level", "(the reference)") if others else ()),
        *(Column(name, under=("difference", f"to {first}")) for name in others),
    )
    return Grid(
        title, ("",), columns, tuple(((clean(row.title),), row.cells) for row in rows),
        keys=tuple(row.key for row in rows), depths=tuple(row.depth for row in rows),
    )  # fmt: skip


def halves(grid: Grid) -> list[Grid]:
    """A long table of one design as two that stand side by side; any other as it is."""
    if len(grid.columns) > 1 or len(grid.rows) < SPLIT:
        return [grid]
    middle = -(-len(grid.rows) // 2)
    middle += bool(grid.depths[middle : middle + 1] == (1,))  # a part stays with its whole
    return [
        replace(grid, rows=grid.rows[one], keys=grid.keys[one], depths=grid.depths[one])
        for one in (slice(middle), slice(middle, None))
    ]


def levels_grid(comparison: Comparison, title: str, keys: Iterable[str], note: str = "") -> Grid:
    """Levels of some KPIs, a row a KPI and a column a design; those that no design has a value of are left out."""
    found = []
    for key in keys:
        cells = tuple(level(comparison.level(name, key)) for name in comparison.designs)
        if any(cell.value not in (NOTHING, "0") and not zero(cell.value) for cell in cells):
            found.append((key, ((clean(comparison.kpi(key).title),), cells)))
    rows, shown = tuple(row for _, row in found), tuple(key for key, _ in found)
    return Grid(title, ("",), design_columns(comparison), rows, note, shown)


def zero(value: str) -> bool:
    """Whether a figure is nothing of its unit: `0 EUR`, `0.0 %`."""
    return value.split(" ")[0].replace(".", "").strip("0") == ""


def mean_of(values: Sequence[float | None], unit: str) -> Shown:
    """The mean of the replications with its interval, as a cell."""
    return level(estimate(values, unit))
