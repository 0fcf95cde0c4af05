"""Sheets of an Excel workbook as tables of text (python-calamine)."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.scenario.files import is_there
from simnet.scenario.nodes import Mark, Node, fail
from simnet.scenario.tables import Table, TableSource, _columns

MOST_CELLS = 20_000_000
MOST_UNPACKED = 400 * 2**20
_CELL = re.compile(rb'<(?:\w+:)?c [^<>]*?r="([A-Z]{1,3})([0-9]{1,7})"')


def read_sheet(path: Path, name: str, chosen: str | None, default: str, node: Node, where: Mark) -> Table:
    """The table in the `chosen` sheet of a workbook, else in the sheet `default`, else in its only sheet.

    `where` is the place at which the sheet is chosen.
    """
    if not is_there(path):
        raise fail(node.mark, f"no such file '{node.text}'", remedy="paths are relative to the file that names them")
    _check_size(path, name)
    book = _open(path, name)
    sheet = _pick(book.sheet_names, chosen, default, node, where)
    try:
        cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except BaseException as error:
        raise _damaged(error, name) from None
    source = TableSource(name, "", path.parent)
    source.sheet = sheet
    rows = [[_text(cell) for cell in row] for row in cells]
    kept = [(row, number) for number, row in enumerate(rows, 1) if any(row)]
    return _columns(source, [row for row, _ in kept], [number for _, number in kept])


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


def _check_size(path: Path, name: str) -> None:
    """Refuse a workbook that unpacks to too much: one stray far cell makes a sheet of billions."""
    try:
        with zipfile.ZipFile(path) as packed:
            infos = packed.infolist()
            if sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise SimnetError(Problem("unpacks to more than 400 MB", name, remedy="save the table as CSV"))
            for info in infos:
                if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                    _check_extent(packed.read(info), name)
    except SimnetError:
        raise
    except OSError as error:
        raise SimnetError(Problem(f"cannot be read ({(error.strerror or 'unknown').lower()})", name)) from None
    except Exception as error:
        raise _damaged(error, name) from None


def _check_extent(sheet: bytes, name: str) -> None:
    columns = rows = 0
    far = ""
    for letters, digits in _CELL.findall(sheet):
        column, row = 0, int(digits)
        for letter in letters:
            column = column * 26 + letter - 64
        if column > columns or row > rows:
            columns, rows, far = max(columns, column), max(rows, row), (letters + digits).decode()
    if columns * rows > MOST_CELLS:
        raise SimnetError(
            Problem(f"has a sheet that reaches to cell {far}", name, cell=far, remedy="delete stray far cells")
        )


def _text(cell: Any) -> str:
    """A cell as the text a person sees: whole numbers without `.0`, dates as 2026-01-31."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


__all__ = ["Mark", "read_sheet"]
