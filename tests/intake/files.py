"""Order histories as files of many kinds, and the program run on them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simnet.intake.history import Asked, Imported, read_orders

HEAD = ("date", "part", "quantity", "dealer")
ROWS = (
    ("2025-04-13", "A1", "2", "lyon"),
    ("2025-05-03", "B2", "1", "turin"),
    ("2025-06-30", "A1", "5", "lyon"),
)


def text_of(rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD, delimiter: str = ",") -> str:
    """A CSV text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([head, *rows])
    return out.getvalue()


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """An Excel file; dates are written as dates."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def dated(folder: Path, texts: Sequence[str], **asked: Any) -> Imported:
    """The import of a history with these dates, one line each."""
    path = folder / "dates.csv"
    path.write_text(text_of([(date, "A1", 1, "lyon") for date in texts]), encoding="utf-8")
    return read_orders(str(path), Asked(**asked))


def counted(folder: Path, quantities: Sequence[str], **asked: Any) -> Imported:
    """The import of a history with these quantities, one line each."""
    path = folder / "quantities.csv"
    rows = [("2025-04-13", "A1", quantity, "lyon") for quantity in quantities]
    path.write_text(text_of(rows, delimiter=";"), encoding="utf-8")
    return read_orders(str(path), Asked(**asked))


def lines_of(found: Imported) -> list[tuple[object, ...]]:
    """Part, day, pieces and dealer of each line."""
    days = found.day.different[found.day.codes].tolist()
    dealers = [found.dealers[code] for code in found.dealer.tolist()] if found.dealer is not None else [""] * len(found)
    parts = [found.parts[code] for code in found.part.tolist()]
    return [(p, tuple(d), q, c) for p, d, q, c in zip(parts, days, found.quantity.tolist(), dealers, strict=True)]
