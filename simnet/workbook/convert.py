"""From YAML with its tables to one workbook, and from a workbook to YAML with its tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from simnet.errors import Problem, SimnetError
from simnet.report.write import write
from simnet.scenario import Book
from simnet.scenario.nodes import Node, map_node, text_node
from simnet.scenario.workbook import is_workbook
from simnet.workbook.plain import yaml_of
from simnet.workbook.sheets import Sheet, sheets_of
from simnet.workbook.tables import Inlined
from simnet.workbook.units import in_heads
from simnet.workbook.write import written


def sheets_for(book: Book, folder: Path) -> list[Sheet]:
    """The sheets of a scenario that was read; tables too large for a sheet stay files, as seen from `folder`."""
    root = named(book)
    taken = {sheet.kind for sheet in sheets_of(root)}
    inlined = Inlined(book.tables, folder, taken)
    sheets = sheets_of(inlined.of(root))
    return [*sheets, *inlined.sheets.values()]


def named(book: Book) -> Node:
    """The scenario's nodes: with its name, which a file may leave to its own, and without what it stands on."""
    root = book.root
    pairs = {name: pair for name, pair in root.entries.items() if name != "extends" and pair[1].kind != "null"}
    pairs.setdefault("name", (text_node("name", root.mark), text_node(book.name, root.mark)))
    return map_node(pairs.values(), root.mark)


def opened(source: Path) -> Book:
    """A scenario that is right, with all its designs."""
    book = Book(source)
    book.check_designs()
    return book


def to_workbook(source: Path, target: Path) -> Path:
    """Write a scenario as one workbook; `SimnetError` where it would not be the same scenario."""
    book = opened(source)
    about = book.root.get("about")
    data = written(book.name, about.text if about is not None else "", sheets_for(book, target.parent))
    return checked(book, write(target, data))


def to_starter(source: Path, target: Path) -> list[Sheet]:
    """Write a scenario as a workbook to start from, with units in the heads of its tables; its sheets."""
    book = opened(source)
    about = book.root.get("about")
    sheets = [in_heads(sheet) for sheet in sheets_for(book, target.parent)]
    write(target, written(book.name, about.text if about is not None else "", sheets))
    opened(target)
    return sheets


def to_yaml(source: Path, target: Path) -> list[Path]:
    """Write the scenario of a workbook as YAML, its tables as CSV beside it; what is there already is not touched."""
    book = opened(source)
    folder = target.parent
    inlined = Inlined(book.tables, folder, set(), files=True)
    root = inlined.of(named(book))
    tables = {folder / f"{sheet.title}.csv": sheet for sheet in inlined.sheets.values()}
    for path in tables:
        if path.exists():
            raise SimnetError(Problem("is there already and is not touched", str(path), remedy="choose another folder"))
    for path, sheet in tables.items():
        write(path, csv_of(sheet))
    write(target, yaml_of(root))
    checked(book, target)
    return [target, *tables]


def csv_of(sheet: Sheet) -> str:
    """The rows of a sheet as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet.header)
    writer.writerows(sheet.rows)
    return out.getvalue()


def checked(book: Book, target: Path) -> Path:
    """The file, if it says what the scenario says; else it is taken away again."""
    try:
        again = opened(target)
        same = all(again.content(name) == book.content(name) for name in book.designs) and again.designs == book.designs
    except SimnetError as error:
        target.unlink(missing_ok=True)
        first = error.problems[0]
        message = f"cannot be written as {target.name}: {first.headline()} ({first.place})"
        raise SimnetError(Problem(message, str(book.path))) from None
    if not same:
        target.unlink(missing_ok=True)
        raise SimnetError(Problem(f"says something that {target.name} cannot say", str(book.path)))
    return target


def is_scenario(path: Path) -> bool:
    """Whether a name is that of a scenario file: YAML or a workbook."""
    return is_workbook(path) or path.suffix.lower() in (".yaml", ".yml")
