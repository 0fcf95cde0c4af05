"""Job cards from a table: a row a line, the lines of a job with its name, its date and possibly its site."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from simnet.demand.history import CellError
from simnet.demand.job_cards import JobCards
from simnet.demand.sizes import LARGEST
from simnet.errors import shorten
from simnet.scenario.dates import ORDERS, date_parser
from simnet.scenario.grid import Column, Grid
from simnet.scenario.history import HistoryRows
from simnet.scenario.nodes import Node, Problems
from simnet.scenario.sites import parse_name
from simnet.scenario.table_grid import Tables, options_of, table_grid
from simnet.units import parse_quantity

CARD_KEYS = ("dates",)
"""What may stand beside `table:` for job cards."""
COLUMNS = ("job", "date", "part", "quantity", "site")


def read_cards(node: Node, problems: Problems, tables: Tables) -> tuple[HistoryRows, JobCards | None]:
    """The cards of `cards.csv` or `{table: cards.csv, dates: dmy}`, None if wrong; and the places of their names."""
    before = len(problems)
    dates = options_of(node).get("dates")
    if dates is not None and dates.text not in ORDERS:
        problems.add(dates.mark, f"must be one of {', '.join(ORDERS)}, not {dates.describe()}", path=("dates",))
    grid = table_grid(node, "jobs", COLUMNS, problems, tables, CARD_KEYS)
    jobs = grid.values(Column("job", parse_name, "", required=True))
    days = grid.values(Column("date", date_parser(grid.texts("date"), dates.text if dates else None), (0, 0, 0), True))
    parts = grid.values(Column("part", parse_name, "", required=True))
    pieces = grid.values(Column("quantity", _pieces, 1)) if "quantity" in grid.cells else [1] * len(grid)
    sites = grid.values(Column("site", parse_name, "", required=True)) if "site" in grid.cells else None
    _check_alike(grid, jobs, {"date": days} | ({"site": sites} if sites is not None else {}))
    named = _named(grid, parts, sites, pieces)
    if len(problems) > before:
        return named, None
    written = [f"{year}-{month:02d}" + (f"-{day:02d}" if day else "") for year, month, day in days]
    try:
        cards = JobCards(jobs, written, parts, pieces, sites)
    except CellError as error:
        problems.add(grid.mark(error.row, error.column), f"job '{jobs[error.row]}': {error}", path=("jobs",))
    except ValueError as error:
        problems.add(node.mark, str(error), path=("jobs",))
    else:
        return named, cards
    return named, None


def _check_alike(grid: Grid, jobs: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
    """The lines of a job have one date and one site; cells that are wrong in themselves are told already."""
    for column, values in columns.items():
        first: dict[str, Any] = {}
        told: set[str] = set()
        for row, (job, value) in enumerate(zip(jobs, values, strict=True)):
            known = job and value and value != (0, 0, 0)
            if known and first.setdefault(job, value) != value and job not in told:
                told.add(job)
                message = f"job {shorten(job)}: the lines of a job have one {column}, and its first line has another"
                grid.add(row, column, message)


def _pieces(value: object) -> int:
    pieces = parse_quantity(value)
    if pieces > LARGEST:
        raise ValueError(f"is more than {LARGEST:,} pieces at once: {pieces:,}; a typo?")
    return pieces


def _named(grid: Grid, parts: Sequence[str], sites: Sequence[str] | None, pieces: Sequence[int]) -> HistoryRows:
    """The lines with their names, so that a name that leads nowhere is told at its place."""
    kept = [row for row, quantity in enumerate(pieces) if quantity > 0]
    names, part = _coded(parts, kept)
    places, site = _coded(sites, kept) if sites is not None else (None, None)
    none = array("i", [0] * len(kept))
    return HistoryRows(
        names, part, none, none, none, array("q", (pieces[row] for row in kept)), places, site,
        marks=lambda line, column: grid.mark(kept[line], "site" if column == "dealer" else column),
    )  # fmt: skip


def _coded(names: Sequence[str], kept: Sequence[int]) -> tuple[tuple[str, ...], array[int]]:
    """Each name once in the order of appearance, and the kept rows as indices."""
    index: dict[str, int] = {}
    codes = array("i", (index.setdefault(names[row], len(index)) for row in kept))
    return tuple(index), codes
