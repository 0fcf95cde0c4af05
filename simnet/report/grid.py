"""Tables of the page: names in front, then a column a figure or design, each cell a level with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simnet.metrics import Comparison
from simnet.metrics.intervals import estimate
from simnet.report.numbers import NOTHING, Shown, clean, level

Names = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """The head of a column of figures."""

    title: str
    key: str = ""
    """The KPI that it shows, which the glossary defines."""


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

    @property
    def intervals(self) -> bool:
        """Whether any of its figures has one."""
        return any(cell.half for _, cells in self.rows for cell in cells)

    @property
    def verdicts(self) -> bool:
        """Whether any of its figures has one."""
        return any(cell.verdict for _, cells in self.rows for cell in cells)


def design_columns(comparison: Comparison) -> tuple[Column, ...]:
    """A column a design."""
    return tuple(Column(clean(name)) for name in comparison.designs)


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
