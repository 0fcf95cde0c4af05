"""What calamine does not tell of a workbook's cells: errors, formulas without a value, and percentages.

A cell that shows 95 % holds 0.95, an error is read as if the cell were empty: both would be read as something that
nobody sees in the sheet.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from simnet.errors import Problem, SimnetError

MOST_CELLS = 20_000_000
MOST_UNPACKED = 400 * 2**20
_CELL = re.compile(rb'<(?:\w+:)?c [^<>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_STYLED = re.compile(rb"<(?:\w+:)?c ([^<>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
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
_LITERAL = re.compile(rb"&quot;.*?&quot;|\\.")


@dataclass
class Odd:
    """Cells of a sheet that are to be read as something else, by row and column from 0."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    """An error such as `#REF!`, or a formula that has no value."""
    percent: list[tuple[int, int]] = field(default_factory=list)
    """Cells that are shown as percentages."""


def scan(packed: zipfile.ZipFile, name: str) -> dict[str, Odd]:
    """The odd cells of every sheet; a sheet that reaches too far is an error."""
    styles = _percent_styles(packed)
    found = {}
    for title, file in _sheets(packed):
        data = packed.read(file)
        _check_extent(data, name)
        found[title] = Odd(dict(_texts(data)), list(_percentages(data, styles)) if styles else [])
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


def _percent_styles(packed: zipfile.ZipFile) -> set[int]:
    """The numbers of cell styles that show percentages."""
    data = _part(packed, "xl/styles.xml")
    formats = set(_PERCENT)
    for each in _FORMATS.findall(data):
        said = dict(_ATTRIBUTE.findall(each))
        if b"%" in _LITERAL.sub(b"", said.get(b"formatCode", b"")):
            formats.add(int(said.get(b"numFmtId", b"0")))
    inside = _XFS.search(data)
    styles = _XF.findall(inside[1]) if inside else []
    numbers = (int(dict(_ATTRIBUTE.findall(each)).get(b"numFmtId", b"0")) for each in styles)
    return {style for style, number in enumerate(numbers) if number in formats}


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


def _percentages(data: bytes, styles: set[int]) -> Iterator[tuple[int, int]]:
    for attributes in _STYLED.findall(data):
        style, place = _STYLE.search(attributes), _PLACE.search(attributes)
        if style is not None and place is not None and int(style[1]) in styles:
            yield int(place[2]) - 1, _column(place[1]) - 1


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column


def _check_extent(sheet: bytes, name: str) -> None:
    """Refuse a sheet in which one stray far cell makes billions."""
    columns = rows = 0
    far = ""
    for letters, digits in _CELL.findall(sheet):
        column, row = _column(letters), int(digits)
        if column > columns or row > rows:
            columns, rows, far = max(columns, column), max(rows, row), (letters + digits).decode()
    if columns * rows > MOST_CELLS:
        raise SimnetError(
            Problem(f"has a sheet that reaches to cell {far}", name, cell=far, remedy="delete stray far cells")
        )
