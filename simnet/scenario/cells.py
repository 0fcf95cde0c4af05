"""What calamine does not tell of a workbook's cells: errors, formulas without a value, percentages and currencies.

A cell that shows 95 % holds 0.95, one that shows $12.40 holds 12.4, an error is read as if the cell were empty: all
would be read as something that nobody sees in the sheet.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from simnet.currencies import currency_of_format
from simnet.errors import Problem, SimnetError

Cell = tuple[bytes, bytes, bytes]
"""A cell's column and row, and the number of its style if it has one."""
MOST_CELLS = 20_000_000
MOST_UNPACKED = 400 * 2**20
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?')
"""A cell as spreadsheets write it."""
_ANY_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})")(?:(?=[^<>]*?\bs="([0-9]{1,6})"))?[^<>]*>'
)
"""A cell with its attributes in any order; takes three times as long."""
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_ERROR = re.compile(rb'<(?:\w+:)?c ([^<>]*\bt="e"[^<>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c ([^<>]*)><(?:\w+:)?f[^<>]*>([^<]*)</(?:\w+:)?f>"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet ([^<>]*?)/?>")
_TARGET = re.compile(rb"<(?:\w+:)?Relationship ([^<>]*?)/?>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_FORMATS = re.compile(rb"<(?:\w+:)?numFmt ([^<>]*?)/?>")
_XFS = re.compile(rb"<(?:\w+:)?cellXfs[^<>]*>(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_XF = re.compile(rb"<(?:\w+:)?xf ([^<>]*?)/?>")
_PERCENT = {9, 10}
"""The number formats 0% and 0.00%, which every workbook has."""
_LITERAL = re.compile(r'".*?"|\\.')


@dataclass
class Odd:
    """Cells of a sheet that are to be read as something else, by row and column from 0."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    """An error such as `#REF!`, or a formula that has no value."""
    percent: list[tuple[int, int]] = field(default_factory=list)
    """Cells that are shown as percentages."""
    money: dict[int, dict[str, list[int]]] = field(default_factory=dict)
    """By column, from 0, then by the currency that is shown: the rows, from 1."""


@dataclass(frozen=True)
class Styles:
    """What the numbers of cell styles show."""

    percent: frozenset[int] = frozenset()
    money: Mapping[int, str] = field(default_factory=dict)
    """The currency of each style that names one."""


def scan(packed: zipfile.ZipFile, name: str) -> dict[str, Odd]:
    """The odd cells of every sheet; a sheet that reaches too far is an error."""
    styles = _styles(packed)
    found = {}
    for title, file in _sheets(packed):
        data = packed.read(file)
        cells = _cells(data)
        _check_extent(cells, name)
        odd = found[title] = Odd(dict(_texts(data)))
        for column, style, rows in _styled(cells, {*styles.percent, *styles.money}):
            if style in styles.percent:
                odd.percent += [(row - 1, column) for row in rows]
            else:
                odd.money.setdefault(column, {}).setdefault(styles.money[style], []).extend(rows)
    return found


def _sheets(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and file."""
    links = (dict(_attributes(each)) for each in _TARGET.findall(_part(packed, "xl/_rels/workbook.xml.rels")))
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    known = set(packed.namelist())
    for each in _SHEET.findall(_part(packed, "xl/workbook.xml")):
        said = dict(_attributes(each))
        link = next((value for key, value in said.items() if key.endswith(":id")), "")
        target = targets.get(link, "")
        file = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if file in known:
            yield said.get("name", ""), file


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    return packed.read(name) if name in packed.namelist() else b""


def _attributes(text: bytes) -> Iterator[tuple[str, str]]:
    for key, value in _ATTRIBUTE.findall(text):
        yield key.decode(), html.unescape(value.decode("utf-8", "replace"))


def _styles(packed: zipfile.ZipFile) -> Styles:
    """The cell styles that show percentages or a currency.

    Only formats that the file spells out name a currency: what `numFmtId="44"` shows is for the reader's country.
    """
    data = _part(packed, "xl/styles.xml")
    percent, money = set(_PERCENT), {}
    for each in _FORMATS.findall(data):
        said = dict(_attributes(each))
        code, number = said.get("formatCode", ""), int(said.get("numFmtId", "0"))
        if "%" in _LITERAL.sub("", code):
            percent.add(number)
        elif currency := currency_of_format(code):
            money[number] = currency
    inside = _XFS.search(data)
    styles = _XF.findall(inside[1]) if inside else []
    shown = [int(dict(_ATTRIBUTE.findall(each)).get(b"numFmtId", b"0")) for each in styles]
    return Styles(
        frozenset(style for style, number in enumerate(shown) if number in percent),
        {style: money[number] for style, number in enumerate(shown) if number in money},
    )


def _texts(data: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b't="e"' in data:
        for attributes, inside in _ERROR.findall(data):
            value = _VALUE.search(inside)
            yield from _at(attributes, html.unescape(value[1].decode("utf-8", "replace")) if value else "#VALUE!")
    if b"f>" in data:
        for attributes, formula in _EMPTY_FORMULA.findall(data):
            yield from _at(attributes, "=" + html.unescape(formula.decode("utf-8", "replace")))


def _at(attributes: bytes, text: str) -> Iterator[tuple[tuple[int, int], str]]:
    place = _PLACE.search(b" " + attributes)
    if place is not None:
        yield (int(place[2]) - 1, _column(place[1]) - 1), text


def _cells(data: bytes) -> list[Cell]:
    """Column, row and style of every cell, as written; a million takes half a second."""
    found = _CELL.findall(data)
    styled = len(found) - list(map(itemgetter(2), found)).count(b"")
    if len(found) == data.count(b"<c ") > 0 and styled == data.count(b' s="'):
        return found
    return _ANY_CELL.findall(data)


def _styled(cells: list[Cell], styles: set[int]) -> Iterator[tuple[int, int, list[int]]]:
    """Column (from 0) and style with their rows (from 1), of the cells of some styles."""
    wanted = {str(style).encode() for style in styles}
    found: dict[tuple[bytes, bytes], list[bytes]] = defaultdict(list)
    for letters, digits, style in cells if wanted else ():
        if style in wanted:
            found[letters, style].append(digits)
    for (letters, style), rows in found.items():
        yield _column(letters) - 1, int(style), list(map(int, rows))


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column


def _check_extent(cells: list[Cell], name: str) -> None:
    """Refuse a sheet in which one stray far cell makes billions."""
    columns = max(map(_column, set(map(itemgetter(0), cells))), default=0)
    rows = max(map(int, map(itemgetter(1), cells)), default=0)
    if columns * rows > MOST_CELLS:
        letters, digits, _ = max(cells, key=lambda cell: _column(cell[0]) * int(cell[1]))
        far = (letters + digits).decode()
        raise SimnetError(
            Problem(f"has a sheet that reaches to cell {far}", name, cell=far, remedy="delete stray far cells")
        )
