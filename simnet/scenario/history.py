"""A history of demand as columns: long (a row a line) or wide (a row a part, a column a period)."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from simnet.demand import History
from simnet.demand.sizes import LARGEST
from simnet.errors import shorten
from simnet.scenario.dates import ORDERS, Day, date_parser, parse_day
from simnet.scenario.grid import Column, Grid
from simnet.scenario.nodes import Mark, Node, Problems
from simnet.scenario.sites import parse_name
from simnet.scenario.table_grid import SPEC_KEYS, Tables, ignored_columns, open_table, options_of, table_grid
from simnet.scenario.tables import Table
from simnet.units import parse_quantity

HISTORY_KEYS = ("format", "dates", "returns", "blanks")
"""What may stand beside `table:` for a history."""
_LONG = ("part", "date", "month", "quantity", "dealer", "delivered", "promised")
_SKIP = -1
MOST_EMPTY_MONTHS = 24
"""Months in a row without any line beyond which a year is taken to be mistyped."""


@dataclass(frozen=True, eq=False)
class HistoryRows:
    """Past demand lines; arrays of one entry a line.

    Wide tables have an entry for each cell above zero, their `periods`, and in `observed` whether a cell was
    known (of a blank: only with `blanks: zero`), one row of bytes a part.
    """

    parts: tuple[str, ...]
    """Part names in the order they appear."""
    part: array[int]
    """Index into `parts`."""
    year: array[int]
    month: array[int]
    day: array[int]
    """0 where only the month is known."""
    quantity: array[int]
    sites: tuple[str, ...] | None = None
    """Names of the dealers, where the history has them."""
    site: array[int] | None = None
    """Index into `sites`."""
    delivered: array[int] | None = None
    """The day on which the line was delivered, counted from year 1; 0 where it is not known."""
    periods: tuple[Day, ...] | None = None
    """Start of each column of a wide table."""
    observed: tuple[bytes, ...] | None = None
    """Of a wide table: by part, 1 for each period with a number, 0 for a blank."""
    marks: Callable[[int, str], Mark] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.quantity)

    def mark(self, line: int, column: str = "quantity") -> Mark | None:
        """Where a line was written, its `part`, `dealer` or `quantity`."""
        return self.marks(line, column) if self.marks is not None else None

    def history(self) -> History:
        """The history as demand models take it; ValueError where nothing was ordered."""
        return History.from_columns(self)


def read_history(node: Node, name: str, problems: Problems, tables: Tables) -> HistoryRows:
    """The history of `orders.csv` or `{table: orders.csv, dates: dmy}`; cells that are wrong count as blank."""
    options = options_of(node)
    form = options["format"].text if "format" in options else ""
    dates = options["dates"].text if "dates" in options else None
    for key, value, known in (("format", form, ("", "long", "wide")), ("dates", dates, (None, *ORDERS))):
        if value not in known:
            choices = ", ".join(str(each) for each in known if each)
            problems.add(options[key].mark, f"must be one of {choices}, not {shorten(value)}", path=(key,))
    returns = options["returns"].text if "returns" in options else "error"
    if returns not in ("error", "ignore"):
        problems.add(options["returns"].mark, "must be error or ignore")
    blanks = options["blanks"].text if "blanks" in options else "zero"
    if blanks not in ("zero", "unknown"):
        problems.add(options["blanks"].mark, "must be zero (nothing was asked) or unknown (nobody looked)")
    table = open_table(node, name, tables)
    parse = _quantity(returns == "ignore")
    wide = form == "wide" or (not form and _is_wide(table, options))
    order = dates if dates in ORDERS else None
    return (_wide if wide else _long)(node, name, problems, tables, order, parse)


def _quantity(ignore_returns: bool) -> Callable[[object], int]:
    def parse(value: object) -> int:
        if isinstance(value, str) and value.startswith("-"):
            if ignore_returns:
                parse_quantity(value[1:])
                return 0
            where = "set returns: ignore, as in orders: {table: orders.csv, returns: ignore}"
            raise ValueError(f"must not be negative: {shorten(value)}; for returns, {where}")
        pieces = parse_quantity(value)
        if pieces > LARGEST:
            raise ValueError(f"is more than {LARGEST:,} pieces at once: {pieces:,}; a typo?")
        return pieces

    return parse


def _is_wide(table: Table, options: dict[str, Node]) -> bool:
    """A wide table has a period in each column after the first."""
    if "columns" in options and options["columns"].get("quantity") is not None:
        return False
    periods = 0
    for name in table.header[1:]:
        try:
            parse_day(name)
            periods += 1
        except ValueError:
            pass
    return periods > 0 and periods >= len(table.header) // 2


def _long(
    node: Node,
    name: str,
    problems: Problems,
    tables: Tables,
    order: str | None,
    parse: Callable[[object], int],
) -> HistoryRows:
    grid = table_grid(node, name, _LONG, problems, tables, HISTORY_KEYS)
    when = "month" if "month" in grid.cells and "date" not in grid.cells else "date"
    parser = date_parser(grid.texts(when), order)
    parts = grid.values(Column("part", parse_name, "", required=True))
    days = grid.values(Column(when, parser, (0, 0, 0), required=True))
    pieces = grid.values(Column("quantity", parse, 0, required=True))
    dealers = grid.values(Column("dealer", parse_name, "", required=True)) if "dealer" in grid.cells else None
    _check_gaps(days, lambda row: grid.mark(row, when), problems)
    kept = [row for row, quantity in enumerate(pieces) if quantity > 0]
    names, part = _coded(parts, kept)
    sites, site = _coded(dealers, kept) if dealers is not None else (None, None)
    return HistoryRows(
        names,
        part,
        array("i", (days[row][0] for row in kept)),
        array("i", (days[row][1] for row in kept)),
        array("i", (days[row][2] for row in kept)),
        array("q", (pieces[row] for row in kept)),
        sites,
        site,
        _delivered(grid, order, days, kept),
        marks=lambda line, column: grid.mark(kept[line], column),
    )


def _delivered(grid: Grid, order: str | None, asked: Sequence[Day], kept: Sequence[int]) -> array[int] | None:
    """The day on which each kept line was delivered; None where the table does not say."""
    if "delivered" not in grid.cells:
        return None
    parser = date_parser(grid.texts("delivered"), order)
    days = grid.values(Column("delivered", parser, (0, 0, 0)))
    for row in kept:
        if days[row][2] and days[row] < asked[row]:
            grid.add(row, "delivered", f"is before the order of {_written(asked[row])}: {_written(days[row])}")
    return array("i", (date(*days[row]).toordinal() if days[row][2] else 0 for row in kept))


def _check_gaps(days: Sequence[Day], mark: Callable[[int], Mark], problems: Problems) -> None:
    """A stretch of years without any line is a mistyped year: told at a line of the side that has fewer."""
    rows: dict[int, list[int]] = {}
    for row, (year, month, _) in enumerate(days):
        if year:
            rows.setdefault(year * 12 + month - 1, []).append(row)
    months = sorted(rows)
    for place, (before, after) in enumerate(pairwise(months), start=1):
        if after - before - 1 > MOST_EMPTY_MONTHS:
            sides = [sum(len(rows[month]) for month in side) for side in (months[:place], months[place:])]
            first, last = (_written(days[rows[month][0]]) for month in (before, after))
            years = f"{(after - before - 1) / 12:.0f} years"
            message = f"nothing at all was ordered from {first} to {last}, {years}; a mistyped year?"
            suspect = rows[before if sides[0] < sides[1] else after][0]
            problems.add(mark(suspect), message, remedy="mend the date, or leave out the rows on one side of the gap")


def _written(day: Day) -> str:
    return f"{day[0]}-{day[1]:02}" + (f"-{day[2]:02}" if day[2] else "")


def _coded(names: Sequence[str], kept: Sequence[int]) -> tuple[tuple[str, ...], array[int]]:
    """Each name once in the order of appearance (also of rows not kept), and the kept rows as indices."""
    index: dict[str, int] = {}
    for name in names:
        index.setdefault(name, len(index))
    return tuple(index), array("i", (index[names[row]] for row in kept))


def _wide(
    node: Node,
    name: str,
    problems: Problems,
    tables: Tables,
    order: str | None,
    parse: Callable[[object], int],
) -> HistoryRows:
    table = open_table(node, name, tables)
    problems.keep(table.faults)
    grid = Grid(node.mark, problems)
    grid.table, grid.rows = table, len(table)
    first, dealer = _named_columns(node, table, problems)
    options = options_of(node)
    blank = _SKIP if "blanks" in options and options["blanks"].text == "unknown" else 0
    periods = _periods(table, [first, dealer, *_left_out(node, table)], problems, order)
    for title, at in (("part", first), ("dealer", dealer)):
        if at is not None:
            grid.cells[title], grid.index[title] = table.columns[at], at
    parts = grid.values(Column("part", parse_name, "", required=True))
    dealers = grid.values(Column("dealer", parse_name, "", required=True)) if dealer is not None else None
    _check_twice(grid, parts, dealers)
    columns = []
    for column, _ in periods:
        title = table.header[column]
        grid.cells[title], grid.index[title] = table.columns[column], column
        columns.append(grid.values(Column(title, parse, blank)))
    cells = [(row, at, columns[at][row]) for row in range(len(table)) for at in range(len(columns))]
    filled = [cell for cell in cells if cell[2] > 0]
    starts = [day for _, day in periods]
    _check_gaps(starts, lambda at: table.header_mark(periods[at][0]), problems)

    def mark(line: int, column: str) -> Mark:
        row, at, _ = filled[line]
        return table.mark(row, grid.index.get(column, periods[at][0]))

    kept = [row for row, _, _ in filled]
    names, part = _coded(parts, kept)
    sites, site = _coded(dealers, kept) if dealers is not None else (None, None)
    seen = {name: bytearray(len(columns)) for name in names}
    for row, name in enumerate(parts):
        for at, cells_of_period in enumerate(columns):
            seen[name][at] |= cells_of_period[row] != _SKIP
    return HistoryRows(
        names,
        part,
        array("i", (starts[at][0] for _, at, _ in filled)),
        array("i", (starts[at][1] for _, at, _ in filled)),
        array("i", (starts[at][2] for _, at, _ in filled)),
        array("q", (quantity for _, _, quantity in filled)),
        sites,
        site,
        None,
        tuple(starts),
        tuple(bytes(each) for each in seen.values()),
        mark,
    )


def _named_columns(node: Node, table: Table, problems: Problems) -> tuple[int, int | None]:
    """The columns with the part's name (as mapped, else `part`, else the first) and with the dealer's, if any."""
    _check_keys(node, problems)
    columns = options_of(node).get("columns")
    found: list[int | None] = []
    for title in ("part", "dealer"):
        mapped = columns.get(title) if columns is not None else None
        name = mapped.text if mapped is not None else title
        found.append(table.header.index(name) if name in table.header else None)
        if mapped is not None and found[-1] is None:
            problems.add(mapped.mark, f"{table.source.name} has no column '{name}'")
    return found[0] or 0, found[1]


def _left_out(node: Node, table: Table) -> list[int]:
    """The columns under `ignore:`."""
    ignored = ignored_columns(options_of(node).get("ignore"))
    return [index for index, name in enumerate(table.header) if name in ignored]


def _check_keys(node: Node, problems: Problems) -> None:
    for key, (where, _) in node.entries.items():
        if key not in (*SPEC_KEYS, *HISTORY_KEYS):
            problems.add(where.mark, f"unknown key '{key}' beside 'table'")


def _periods(table: Table, named: Sequence[int | None], problems: Problems, order: str | None) -> list[tuple[int, Day]]:
    """Index and start of each period column, in order of time; those `named` are none."""
    periods: list[tuple[int, Day]] = []
    for index, title in enumerate(table.header):
        if index in named or not title:
            continue
        try:
            periods.append((index, parse_day(title, order)))
        except ValueError as error:
            message = f"a wide history has a period in each column but part and dealer: it {error}"
            problems.add(table.header_mark(index), message, remedy=f"or leave it out: ignore: [{title[:40]}]")
    if not periods:
        problems.add(table.header_mark(0), "has no period columns, such as 2026-01", remedy="or set format: long")
    return sorted(periods, key=lambda period: period[1])


def _check_twice(grid: Grid, parts: Sequence[str], dealers: Sequence[str] | None) -> None:
    seen: set[tuple[str, ...]] = set()
    for row, key in enumerate(zip(parts, dealers, strict=True) if dealers is not None else zip(parts, strict=True)):
        if all(key) and key in seen:
            grid.add(row, "part", f"part {shorten(' at '.join(key))} is there twice", "add its rows up")
        seen.add(key)
