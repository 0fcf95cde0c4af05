"""Money that a workbook shows in another currency than the scenario's: a cell of `$12.40`, a head `cost (USD)`."""

from __future__ import annotations

from collections.abc import Iterable

from simnet.currencies import SIGNS, currency_in, may_be
from simnet.numerals import BARE
from simnet.scenario.grid import Grid
from simnet.scenario.nodes import Mark, Problems
from simnet.scenario.table_grid import split_header
from simnet.scenario.tables import Table


def check_shown(grid: Grid, columns: Iterable[str], currency: str) -> None:
    """Refuse columns of money whose head or number formats name another currency; they are read on as if in this."""
    table = grid.table
    for name in columns:
        at = grid.index.get(name)
        if table is not None and at is not None:
            _check_head(grid, table, name, at, currency)
            for line, sign in foreign_lines(table, at, currency).items():
                tell_foreign(grid.problems, Mark(table.source, line, at), sign, currency)


def _check_head(grid: Grid, table: Table, name: str, at: int, currency: str) -> None:
    """A currency beside a column's name is told there, once, and not at every cell."""
    unit = split_header(table.header[at], (name,))[1]
    named = currency_in(unit) if unit is not None and grid.units.get(name) == unit else None
    if unit is None or named is None or unit.partition("/")[0].strip() == currency:
        return
    meant = f"{name} [{unit.replace(named, currency)}]"
    if not may_be(named, currency):
        message = f"is in {named}, but this scenario counts in {currency} (money: {currency})"
        grid.problems.add(table.header_mark(at), message, remedy=f"write the amounts in {currency}")
    elif named in SIGNS:
        grid.problems.add(table.header_mark(at), f"names its currency by a sign: {named}", remedy=f"write {meant}")
    else:
        return
    grid.units[name] = unit.replace(named, currency)


def foreign_lines(table: Table, at: int, currency: str) -> dict[int, str]:
    """Lines of the plain numbers in a column that the workbook shows in another currency, with its letters or sign."""
    shown = {sign: lines for sign, lines in table.shown.get(at, {}).items() if not may_be(sign, currency)}
    if not shown:
        return {}
    cells = dict(zip(table.lines, table.columns[at], strict=True))
    return {
        line: sign for sign, lines in shown.items() for line in lines if BARE.fullmatch(cells.get(line, "").strip())
    }


def tell_foreign(problems: Problems, mark: Mark, sign: str, currency: str) -> None:
    """Say that a cell shows another currency."""
    message = f"is shown in {sign}, but this scenario counts in {currency} (money: {currency})"
    remedy = f"write the amount in {currency}, and format the cell as such or as a plain number"
    problems.add(mark, message, remedy=remedy, fold=f"{mark.column}:{sign}")
