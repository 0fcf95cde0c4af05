"""Tables as columns of text: CSV (plain or .gz) and Excel, with the place of every cell.

Nothing is guessed from how a value looks: part `0123` and `4711E3` stay as written. Cells become numbers
only in the column that asks for them.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simnet.errors import Problem, did_you_mean
from simnet.scenario.files import MOST_TABLE_BYTES, decode, is_there, read_bytes, resolve
from simnet.scenario.nodes import Mark, Node, Problems, Source, fail

TEXT_SUFFIXES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz")
EXCEL_SUFFIXES = (".xlsx", ".xlsm")
OTHER_SUFFIXES = (".xls", ".ods", ".fods", ".xlsb", ".numbers")
"""Of workbooks that are not read."""
MOST_COLUMNS = 20_000
_DELIMITERS = ",;\t|"
_LONGEST_CELL = 100_000


class TableSource(Source):
    """A table file: a mark's line is the row's line, its column the index of the cell, from 0."""

    header: Sequence[str] = ()
    header_line: int = 1
    sheet: str | None = None
    delimiter: str = ","
    index: Mapping[str, int] = {}
    """Where the columns that name a site and a part are, in a table of both."""

    def place(self, mark: Mark) -> dict[str, Any]:
        """File, line and character column, or sheet and cell, of a cell of the table."""
        name = self.header[mark.column] if 0 <= mark.column < len(self.header) else ""
        path = {"path": f"column {name}"} if name and mark.line > self.header_line else {}
        if mark.line < 1:
            return {"file": self.name, "sheet": self.sheet}
        if self.sheet is not None:
            cell = cell_name(mark.line, mark.column)
            return {"file": self.name, "sheet": self.sheet, "line": mark.line, "cell": cell, **path}
        line = self.line(mark.line)
        column, span = _field_place(line, mark.column, self.delimiter)
        return {
            "file": self.name,
            "line": mark.line,
            "column": column,
            "snippet": line,
            "span": span,
            **path,
        }


@dataclass(slots=True, eq=False)
class Table:
    """The cells of a table by column; `lines` holds the line (or sheet row) of each row of cells."""

    source: TableSource
    header: list[str]
    columns: list[Sequence[str]]
    lines: Sequence[int]
    path: Path = Path()
    faults: list[Problem] = field(default_factory=list)
    """What is wrong with its rows and heads; it is read as far as it goes."""
    shown: Mapping[int, Mapping[str, Sequence[int]]] = field(default_factory=dict)
    """Of a sheet: by column and currency the lines whose cells are shown in that currency."""
    _digest: str = ""

    def __len__(self) -> int:
        return len(self.lines)

    def digest(self) -> str:
        """A hash of what it holds: columns by name, whatever their order, and whether in a file or in a sheet."""
        if not self._digest:
            found = hashlib.sha256(f"{len(self)}".encode())
            for name, column in sorted(zip(self.header, self.columns, strict=True), key=lambda pair: pair[0]):
                cells = stripped(column)
                if name or cells.strip("\x1f"):
                    found.update(f"\x1e{name}\x1f{cells}".encode("utf-8", "surrogatepass"))
            self._digest = found.hexdigest()[:16]
        return self._digest

    def mark(self, row: int, column: int) -> Mark:
        """The place of a cell."""
        return Mark(self.source, self.lines[row], column)

    def header_mark(self, column: int) -> Mark:
        """The place of a column's name."""
        return Mark(self.source, self.source.header_line, column)


def stripped(column: Sequence[str]) -> str:
    """The cells of a column without space around them, one after the other; most columns have none anywhere."""
    cells = "\x1f".join(column)
    if cells.isascii() and not any(space in cells for space in SPACES) and cells.count("\x1f") < len(column):
        return cells
    return "\x1f".join(map(str.strip, column))


SPACES = " \t\n\v\f\r\x1c\x1d\x1e"
"""What `str.strip` takes away of ASCII, but for the character that stands between cells."""


def is_table_name(text: str) -> bool:
    """Whether a text names a table file by its ending."""
    return text.lower().endswith(TEXT_SUFFIXES + EXCEL_SUFFIXES + OTHER_SUFFIXES)


def read_table(node: Node, sheet: str, options: dict[str, Node]) -> Table:
    """The table that the text `node` names, from its own file's directory; `sheet` is the default sheet.

    `options` may hold nodes for `sheet` and `encoding`.
    """
    path, name = resolve(node.text, node.mark.source)
    suffix = "".join(path.suffixes[-2:]).lower()
    chosen = options["sheet"].text if "sheet" in options else None
    if suffix.endswith(EXCEL_SUFFIXES):
        from simnet.scenario.excel import read_sheet

        table = read_sheet(path, name, chosen, sheet, node, options.get("sheet", node).mark)
    elif suffix.endswith(OTHER_SUFFIXES):
        raise fail(node.mark, f"'{node.text}' is not read", remedy="open it and save it as .xlsx or .csv")
    else:
        _check_exists(path, node)
        encoding = options["encoding"].text if "encoding" in options else None
        table = read_csv(path, name, encoding)
    table.path = path
    return table


def read_csv(path: Path, name: str, encoding: str | None = None) -> Table:
    """A table of comma, semicolon or tab separated text; blank rows are skipped, ragged rows refused."""
    source = TableSource(name, decode(read_bytes(path, name, MOST_TABLE_BYTES), name, encoding), path.parent)
    head = next((line for line in io.StringIO(source.text) if line.strip()), "")
    source.delimiter = max(_DELIMITERS, key=head.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(source.text), delimiter=source.delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        for row in reader:
            if row and any(row):
                rows.append(row)
                lines.append(reader.line_num)
    except csv.Error as error:
        raise fail(Mark(source, reader.line_num, 0), _csv_reason(error)) from None
    return _columns(source, rows, lines)


def _columns(source: TableSource, rows: list[list[str]], lines: list[int]) -> Table:
    """Columns from rows, the first of which is the header."""
    if not rows:
        raise fail(Mark(source, 0, 0), "is empty", remedy="the first row names the columns")
    header = [name.strip() for name in rows[0]]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    source.header, source.header_line = header, lines[0]
    if width > MOST_COLUMNS:
        raise fail(Mark(source, lines[0], -1), f"has more than {MOST_COLUMNS} columns")
    body = rows[1:]
    problems = Problems()
    if set(map(len, body)) - {width}:
        body = [
            _fitted(row, width, Mark(source, line, -1), problems) for row, line in zip(body, lines[1:], strict=True)
        ]
    columns: list[Sequence[str]] = list(zip(*body, strict=True)) if body else [() for _ in header]
    table = Table(source, header, columns, lines[1:], faults=problems.found)
    _check_header(table)
    return table


def _fitted(row: list[str], width: int, mark: Mark, problems: Problems) -> list[str]:
    """The row cut of trailing blanks; any other difference in length is a problem."""
    if len(row) > width and not any(row[width:]):
        return row[:width]
    if len(row) != width:
        remedy = "is a comma inside a value? put the value in quotes" if len(row) > width else "fill the row up"
        if getattr(mark.source, "sheet", None) is not None:
            remedy = "something stands beside the table: name its column note in the first row, or delete it"
        problems.add(mark, f"the row has {len(row)} cells, the header {width}", remedy=remedy, fold="cells")
        return (row + [""] * width)[:width]
    return row


def _check_header(table: Table) -> None:
    problems = Problems(table.faults)
    seen: dict[str, int] = {}
    for index, name in enumerate(table.header):
        mark = table.header_mark(index)
        if not name and any(cell.strip() for cell in table.columns[index]):
            problems.add(mark, f"column {index + 1} has no name in the first row", remedy="give it one, or delete it")
        elif name and name in seen:
            problems.add(mark, f"column '{name}' is there twice", remedy="keep one, or give the other a name")
        seen.setdefault(name, index)


def _check_exists(path: Path, node: Node) -> None:
    """A table that is not there is the fault of the line that names it."""
    if is_there(path):
        return
    try:
        names = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    except (OSError, ValueError):
        names = []
    remedy = did_you_mean(path.name, names) or "paths are relative to the file that names them"
    raise fail(node.mark, f"no such file '{node.text[:200]}'", remedy=remedy)


def _csv_reason(error: csv.Error) -> str:
    text = str(error)
    if "field larger" in text:
        return "a cell is longer than 100,000 characters; is a quote not closed?"
    if "unexpected end" in text:
        return "a quote is not closed"
    if "expected after" in text:
        return "text stands after a closing quote; double the quotes inside a value"
    return f"is not CSV ({text})"


def _field_place(line: str, index: int, delimiter: str) -> tuple[int, int]:
    """The character column (from 1) and width of field `index`; a quoted delimiter does not count."""
    if index < 0:
        return 1, max(len(line), 1)
    start, quoted, found = 0, False, 0
    for position, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            if found == index:
                return start + 1, max(position - start, 1)
            found, start = found + 1, position + 1
    return start + 1, max(len(line) - start, 1)


def cell_name(row: int, column: int) -> str:
    """The name of a sheet's cell: row 2, column 2 is `C2` (rows from 1, columns from 0)."""
    letters = ""
    number = column + 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}" if letters else f"row {row}"
