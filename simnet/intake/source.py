"""A file of orders as rows of text: CSV of any delimiter and encoding, packed or not, or a sheet of a workbook.

Rows come in chunks, several times over if need be, so that a large file is never a list of lists.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.scenario.files import MOST_TABLE_BYTES, decode, read_bytes
from simnet.scenario.tables import _field_place as field_place
from simnet.scenario.tables import cell_name

CHUNK = 50_000
HEAD = 50
"""Rows looked at to settle the delimiter and to find the headings."""
DELIMITERS = ";\t,|"
LONGEST_CELL = 100_000
_PACKED, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WORKBOOKS = re.compile(r"\.(xlsx|xlsm|xlsb|xls|ods)(\.gz)?$", re.IGNORECASE)
"""Names of workbooks; some programs also write text under them."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_CSV_FAULTS = {
    "field larger": "a cell is longer than 100,000 characters; is a quote not closed?",
    "unexpected end": "a quote is opened and not closed",
    "expected after": "text stands after a closing quote; double the quotes inside a value",
}
Chunk = tuple[Sequence[int], list[list[str]]]
"""Lines of the file (rows of the sheet), and the cells of each."""


@dataclass(eq=False)
class TextFile:
    """A CSV file."""

    name: str
    data: bytes = field(repr=False)
    encoding: str
    delimiter: str
    skipped: int = 0
    """Lines before the first row: `sep=;`, which Excel writes."""
    guessed: str = ""
    """Why this encoding was taken, where it was guessed."""
    sheet: str | None = None

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """The rows, blank ones included."""
        reader = self._reader()
        while True:
            start = reader.line_num
            try:
                rows = list(islice(reader, size))
            except csv.Error as error:
                raise self._fault(error) from None
            except UnicodeError:
                raise self._not_text() from None
            if not rows:
                return
            first = start + self.skipped + 1
            if reader.line_num - start == len(rows):
                yield range(first, first + len(rows)), rows
            else:
                yield _starts(rows, first), rows

    def place(self, line: int, column: int | None = None) -> dict[str, Any]:
        """The fields of a `Problem` that say where a row is, or a cell of it."""
        if column is None:
            return {"file": self.name, "line": line}
        stream = io.TextIOWrapper(io.BytesIO(self.data), self.encoding, newline=None)
        text = next(islice(stream, line - 1, None), "").rstrip("\n")
        at, span = field_place(text, column, self.delimiter)
        return {"file": self.name, "line": line, "column": at, "snippet": text, "span": span}

    def numbers_in(self, column: int) -> int:
        """Cells that the file keeps as numbers: none, all is text."""
        return 0

    def shown_in(self, column: int) -> dict[str, int]:
        """Currencies that number formats name: none, all is text."""
        return {}

    def _reader(self) -> Any:
        stream = io.TextIOWrapper(io.BytesIO(self.data), self.encoding, newline=None)
        for _ in range(self.skipped):
            stream.readline()
        csv.field_size_limit(LONGEST_CELL)
        return csv.reader(stream, delimiter=self.delimiter, strict=True)

    def _fault(self, error: csv.Error) -> SimnetError:
        """The fault at the row that holds it, which is found by reading once more."""
        reader, line = self._reader(), 0
        try:
            for _ in reader:
                line = reader.line_num
        except csv.Error:
            line += self.skipped + 1
        known = next((told for start, told in _CSV_FAULTS.items() if start in str(error)), f"is not CSV ({error})")
        return SimnetError(
            Problem(f"the row that starts here: {known}", self.name, line, remedy="mend it, or save again")
        )

    def _not_text(self) -> SimnetError:
        try:
            decode(self.data, self.name, self.encoding)
        except SimnetError as error:
            problem = error.problems[0]
            remedy = "name the encoding it has: --encoding cp1252 (Western Europe), gb18030 (Chinese), utf-16"
            if "binary" in problem.message:
                remedy = "is it the right file? export it as .csv or .xlsx; text has an --encoding"
            return SimnetError(Problem(problem.message, self.name, problem.line, problem.column, remedy=remedy))
        return SimnetError(Problem(f"is not {self.encoding} text", self.name))  # pragma: no cover


@dataclass(eq=False)
class Sheet:
    """A sheet of a workbook."""

    name: str
    sheet: str
    cells: list[list[Any]] = field(repr=False)
    encoding: str = ""
    delimiter: str = ""
    guessed: str = ""
    money: Mapping[int, Mapping[str, Sequence[int]]] = field(default_factory=dict, repr=False)
    """By column, from 0, then by the currency that number formats show: the rows, from 1."""

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """The rows, blank ones included."""
        from simnet.scenario.excel import as_read

        for start in range(0, len(self.cells), size):
            rows = [[as_read(cell) for cell in row] for row in self.cells[start : start + size]]
            yield range(start + 1, start + 1 + len(rows)), rows

    def place(self, line: int, column: int | None = None) -> dict[str, Any]:
        """The fields of a `Problem` that say where a row is, or a cell of it."""
        cell = f"row {line}" if column is None else cell_name(line, column)
        return {"file": self.name, "sheet": self.sheet, "line": line, "cell": cell}

    def numbers_in(self, column: int) -> int:
        """Cells of a column that the workbook keeps as numbers: what leading zeros they had are gone."""
        return sum(1 for row in self.cells if column < len(row) and isinstance(row[column], float))

    def shown_in(self, column: int) -> dict[str, int]:
        """Currencies in which number formats show the numbers of a column, each with the first row that it is in."""

        def is_number(row: int) -> bool:
            cells = self.cells[row - 1] if row <= len(self.cells) else []
            return column < len(cells) and isinstance(cells[column], float)

        firsts = {each: next(filter(is_number, sorted(rows)), 0) for each, rows in self.money.get(column, {}).items()}
        return {each: row for each, row in firsts.items() if row}


Source = TextFile | Sheet


def open_source(
    file: str, sheet: str | None = None, encoding: str | None = None, delimiter: str | None = None
) -> list[Source]:
    """The file as a source of rows; of a workbook without a named sheet, one source a sheet that has rows."""
    path = Path(file)
    data = read_bytes(path, file, MOST_TABLE_BYTES)
    if not data.strip():
        raise SimnetError(Problem("is empty", file))
    if data.startswith((_PACKED, _OLD_EXCEL)):
        return list(_sheets(path, file, sheet, data))
    if data[:1000].lstrip().lower().startswith((b"<html", b"<table", b"<!doctype", b"<?xml")):
        remedy = "open it in a spreadsheet and save it as .xlsx or .csv"
        raise SimnetError(Problem("is a web page or XML, whatever its ending", file, remedy=remedy))
    if encoding is None and WORKBOOKS.search(file) and is_binary(data):
        raise SimnetError(
            Problem("is no workbook that can be read", file, remedy="is it damaged? save it again as .xlsx")
        )
    if sheet is not None:
        raise SimnetError(
            Problem(f"is no workbook, so it has no sheet '{sheet[:60]}'", file, remedy="leave out --sheet")
        )
    chosen, why = (encoding, "") if encoding else guess_encoding(data, file)
    return [_text_file(file, data, chosen, why, delimiter)]


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text of any encoding: signs that steer terminals stand in it, and it is no UTF-16."""
    head = data[:4096]
    zeros = max(head[start::2].count(0) for start in (0, 1))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros > len(head) // 4:
        return False
    return _CONTROL.search(head) is not None


def guess_encoding(data: bytes, name: str) -> tuple[str, str]:
    """The encoding of a text, and why where it is a guess: UTF-8 proves itself, the others do not."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", ""
    if b"\0" in data[:4096]:
        odd, even = (data[start:4096:2].count(0) for start in (1, 0))
        if max(odd, even) > len(data[:4096]) // 4:
            return ("utf-16-le" if odd > even else "utf-16-be"), "every other byte is zero"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        why = f"byte 0x{data[error.start]:02x} on line {line} is not UTF-8"
        return ("gb18030" if _is_chinese(data) else "cp1252"), why
    if b"\0" in data:
        decode(data, name)  # tells where the zero byte is
    return "utf-8-sig", ""


def _is_chinese(data: bytes) -> bool:
    """Whether all high bytes stand in pairs that are common Chinese characters (GB 2312)."""
    runs = _HIGH.findall(data[: 2**20])
    if any(len(run) % 2 for run in runs[:-1]):
        return False
    try:
        b" ".join(runs[: 2**14]).decode("gb2312")
    except UnicodeDecodeError:
        return False
    return True


def _text_file(name: str, data: bytes, encoding: str, why: str, delimiter: str | None) -> TextFile:
    made = TextFile(name, data, encoding, delimiter or ",", guessed=why)
    try:
        with io.TextIOWrapper(io.BytesIO(data), encoding, newline=None) as stream:
            head = [line for _, line in zip(range(HEAD), stream, strict=False)]
    except LookupError:
        remedy = "such as utf-8, cp1252, gb18030, utf-16"
        raise SimnetError(Problem(f"unknown encoding '{encoding[:40]}'", name, remedy=remedy)) from None
    except UnicodeError:
        raise made._not_text() from None
    if head and re.fullmatch(r"sep=.\s*", head[0], re.IGNORECASE):
        made.skipped, made.delimiter = 1, delimiter or head[0][4]
    elif delimiter is None:
        made.delimiter = guess_delimiter(head)
    return made


def guess_delimiter(head: Sequence[str]) -> str:
    """The delimiter that cuts most of the first lines into equally many cells; of several, the most cells."""

    def quality(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if any(row)]
        except csv.Error:
            return 0.0, 0
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return (round(widths.count(usual) / len(widths), 1), usual) if usual > 1 else (0.0, 0)

    return max(DELIMITERS, key=quality)


def _sheets(path: Path, file: str, sheet: str | None, data: bytes) -> Iterator[Sheet]:
    from simnet.scenario.excel import _check_size, _damaged, _open

    odd = _check_size(path, file) if data.startswith(_PACKED) else {}
    book = _open(path, file)
    names = list(book.sheet_names)
    if sheet is not None and sheet not in names:
        remedy = did_you_mean(sheet, names) or f"its sheets are {', '.join(names[:10])}"
        raise SimnetError(Problem(f"no sheet '{sheet[:60]}'", file, remedy=remedy))
    for name in names if sheet is None else [sheet]:
        try:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except BaseException as error:
            raise _damaged(error, file) from None
        if cells or sheet is not None:
            yield Sheet(file, name, cells, money=odd[name].money if name in odd else {})


def _starts(rows: list[list[str]], first: int) -> list[int]:
    """The line on which each row starts, where cells hold line ends."""
    lines = []
    for row in rows:
        lines.append(first)
        first += 1 + sum(cell.count("\n") for cell in row)
    return lines
