"""Sheets of an Excel workbook as tables of text (python-calamine)."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.numerals import BARE
from simnet.scenario.cells import MOST_UNPACKED, Odd, scan
from simnet.scenario.files import is_there, read_bytes
from simnet.scenario.nodes import Mark, Node, Problems, fail
from simnet.scenario.tables import Table, TableSource, _columns, cell_name

OLE = b"\xd0\xcf\x11\xe0"
"""How a workbook begins that is locked by a password, or of a format before 2007."""

TOTALS = ("total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "totaal", "totale", "totaux")
"""First words of a row of totals, where all others are numbers."""


@dataclass(frozen=True, eq=False)
class Workbook:
    """An opened workbook: its sheets in their order, and cells whose text is not their value."""

    path: Path
    name: str
    """In messages."""
    sheets: tuple[str, ...]
    hidden: frozenset[str]
    odd: dict[str, Odd] = field(repr=False)
    """By sheet."""
    _book: Any = field(repr=False)

    def source(self, sheet: str) -> TableSource:
        """Where the marks of a sheet's cells point."""
        source = TableSource(self.name, "", self.path.parent)
        source.sheet = sheet
        return source

    def is_empty(self, sheet: str) -> bool:
        """Whether nothing stands in a sheet."""
        try:
            return not any(as_read(cell) for row in self._book.get_sheet_by_name(sheet).to_python() for cell in row)
        except BaseException as error:
            raise _damaged(error, self.name) from None

    def table(self, sheet: str) -> Table:
        """A sheet as columns of text: its first row that is not blank names them; merged cells are faults."""
        try:
            there = self._book.get_sheet_by_name(sheet)
            cells = there.to_python(skip_empty_area=False)
            merged = there.merged_cell_ranges or ()
        except BaseException as error:
            raise _damaged(error, self.name) from None
        source = self.source(sheet)
        rows = [[as_read(cell) for cell in row] for row in cells]
        for (row, column), text in self._odd_texts(sheet, cells):
            rows[row][column] = text
        faults = [*_titles(rows, source), *_merged(merged, rows, source), *_totals(rows, source)]
        kept = [(row, number) for number, row in enumerate(rows, 1) if any(row)]
        table = _columns(source, [row for row, _ in kept], [number for _, number in kept])
        table.path = self.path
        table.faults[:0] = faults
        table.shown = self.odd.get(sheet, Odd()).money
        return table

    def _odd_texts(self, sheet: str, cells: list[list[Any]]) -> list[tuple[tuple[int, int], str]]:
        odd = self.odd.get(sheet, Odd())
        found = list(odd.texts.items())
        for at in odd.percent:
            value = cells[at[0]][at[1]] if at[0] < len(cells) and at[1] < len(cells[at[0]]) else None
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                found.append((at, f"{100 * value:.12g} %"))
        return [(at, text) for at, text in found if at[0] < len(cells) and at[1] < len(cells[at[0]])]


def _titles(rows: list[list[str]], source: TableSource) -> list[Problem]:
    """A problem for a title above the names of the columns, which is then taken away."""
    problems = Problems()
    filled = [at for at, row in enumerate(rows) if any(row)]
    if len(filled) > 1 and sum(map(bool, rows[filled[0]])) == 1 < sum(map(bool, rows[filled[1]])):
        message = "a title stands above the names of the columns"
        problems.add(Mark(source, filled[0] + 1, 0), message, remedy="delete it: the first row names the columns")
        rows[filled[0]] = [""] * len(rows[filled[0]])
    return problems.found


def _totals(rows: list[list[str]], source: TableSource) -> list[Problem]:
    """A problem for a row of totals below a table, which is then taken away: its name would be read as an entry."""
    problems = Problems()
    filled = [at for at, row in enumerate(rows) if any(row)]
    name, *numbers = filter(None, rows[filled[-1]]) if len(filled) > 2 else ("",)
    if name.casefold().rstrip(" :") in TOTALS and numbers and all(map(BARE.fullmatch, numbers)):
        message = "a row of totals stands below the table"
        problems.add(Mark(source, filled[-1] + 1, 0), message, remedy="delete it, or move it to a sheet of its own")
        rows[filled[-1]] = [""] * len(rows[filled[-1]])
    return problems.found


def _merged(areas: Any, rows: list[list[str]], source: TableSource) -> list[Problem]:
    """A problem for each merged area; its cells get the value of the first, so that nothing follows from it."""
    problems = Problems()
    for (top, left), (bottom, right) in areas:
        inside = [(row, column) for row in range(top, min(bottom + 1, len(rows))) for column in range(left, right + 1)]
        inside = [(row, column) for row, column in inside if column < len(rows[row])]
        if not any(rows[row][column] for row, column in inside):
            continue
        area = f"{cell_name(top + 1, left)}:{cell_name(bottom + 1, right)}"
        message = f"the cells {area} are merged: only the first of them holds a value"
        remedy = "unmerge them, and write the value into each"
        problems.add(Mark(source, top + 1, left), message, remedy=remedy, fold="merged")
        for row, column in inside:
            rows[row][column] = rows[top][left]
    return problems.found


def read_sheet(path: Path, name: str, chosen: str | None, default: str, node: Node, where: Mark) -> Table:
    """The table in the `chosen` sheet of a workbook, else in the sheet `default`, else in its only sheet.

    `where` is the place at which the sheet is chosen.
    """
    if not is_there(path):
        raise fail(node.mark, f"no such file '{node.text}'", remedy="paths are relative to the file that names them")
    book = open_workbook(path, name)
    return book.table(_pick(list(book.sheets), chosen, default, node, where))


def open_workbook(path: Path, name: str) -> Workbook:
    """The workbook in a file that is there; `SimnetError` where it cannot be read."""
    if not is_there(path):
        read_bytes(path, name, 0)  # says so
    try:
        stat = path.stat()
        return _opened(path, name, stat.st_mtime_ns, stat.st_size)
    except OSError as error:
        raise SimnetError(Problem(f"cannot be read ({(error.strerror or 'unknown').lower()})", name)) from None


@lru_cache(maxsize=2)
def _opened(path: Path, name: str, _when: int, _size: int) -> Workbook:
    """A workbook as it was at that time: a scenario in one opens it once, however many tables it holds."""
    with path.open("rb") as file:
        if file.read(4) == OLE:
            message = "is locked by a password, or an Excel file from before 2007"
            remedy = "save it without a password, as .xlsx"
            raise SimnetError(Problem(message, name, remedy=remedy))
    odd = _check_size(path, name)
    book = _open(path, name)
    sheets = [each for each in book.sheets_metadata if each.name in book.sheet_names]
    hidden = {each.name for each in sheets if str(each.visible).rpartition(".")[2] != "Visible"}
    return Workbook(path, name, tuple(book.sheet_names), frozenset(hidden), odd, book)


def _check_size(path: Path, name: str) -> dict[str, Odd]:
    """Refuse a workbook that unpacks to too much; the odd cells of its sheets."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(info.file_size for info in packed.infolist()) > MOST_UNPACKED:
                raise SimnetError(Problem("unpacks to more than 400 MB", name, remedy="save the table as CSV"))
            return scan(packed, name)
    except SimnetError:
        raise
    except OSError as error:
        raise SimnetError(Problem(f"cannot be read ({(error.strerror or 'unknown').lower()})", name)) from None
    except Exception as error:
        raise _damaged(error, name) from None


def _open(path: Path, name: str) -> Any:
    try:
        from python_calamine import CalamineWorkbook

        return CalamineWorkbook.from_path(str(path))
    except BaseException as error:
        raise _damaged(error, name) from None


def _damaged(error: BaseException, name: str) -> BaseException:
    """Calamine reports some damage as a Rust panic, which is no `Exception`."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError, ImportError)):
        return error
    return SimnetError(Problem("is not an Excel workbook that can be read", name, remedy="save it again as .xlsx"))


def _pick(names: list[str], chosen: str | None, default: str, node: Node, where: Mark) -> str:
    if chosen is not None:
        if chosen in names:
            return chosen
        remedy = did_you_mean(chosen, names) or f"its sheets are {', '.join(names[:10])}"
        raise fail(where, f"no sheet '{chosen}' in '{node.text}'", remedy=remedy)
    same = [name for name in names if name.strip().lower() == default.lower()]
    if same or len(names) == 1:
        return same[0] if same else names[0]
    raise fail(
        node.mark,
        f"no sheet '{default}' in '{node.text}'",
        remedy=f"name one: {{table: {node.text}, sheet: {names[0] if names else default}}}",
    )


def as_read(cell: Any) -> str:
    """A cell's value as the text a person sees: whole numbers without `.0`, dates as 2026-01-31, times as 14:30,
    durations as 48:00, a space that does not break as any other."""
    if isinstance(cell, str):
        return cell.replace("\u00a0", " ").strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    if isinstance(cell, time):
        return cell.isoformat("minutes") if not (cell.second or cell.microsecond) else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


__all__ = ["Mark", "Workbook", "open_workbook", "read_sheet"]
