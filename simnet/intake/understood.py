"""Whether enough of a file can be read for its columns to be the right ones."""

from __future__ import annotations

from collections import Counter

from simnet.errors import Problem, SimnetError, shorten
from simnet.intake import cells
from simnet.intake.coded import Raw
from simnet.intake.headings import Columns
from simnet.intake.source import Source

MOST_UNREADABLE = 0.2
"""Share of lines left out beyond which the file is taken to be misunderstood."""
FAR = "a date years from all others (mistyped?)"
TWICE = "the same cells as a line above"
RAGGED = "more or fewer cells than headings"


def check_understood(source: Source, columns: Columns, raw: Raw, faults: dict[int, str], good: int) -> None:
    """Refuse a file of which too much cannot be read: the first of each kind of text, at most ten, with its place."""
    count = Counter(faults.values())
    unreadable = sum(count[kind] for kind in (*cells.UNREADABLE, RAGGED))
    total = len(raw) + len(raw.ragged)
    if good and unreadable <= MOST_UNREADABLE * total:
        return
    row_of = {int(line): row for row, line in enumerate(raw.lines.tolist()) if line in faults}
    problems = []
    for kind in [kind for kind in count if good == 0 or kind in (*cells.UNREADABLE, RAGGED)]:
        lines = [line for line in sorted(faults) if faults[line] == kind]
        role = next((r for r in ("date", "quantity", "part", "dealer") if r in kind), "")
        role = "quantity" if kind == cells.FRACTION else role
        for line in lines[:4]:
            value = ""
            if role in columns.at and line in row_of:
                coded = raw.columns[role]
                value = f": {shorten(coded.texts[coded.codes[row_of[line]]])}"
            place = source.place(line, columns.at.get(role))
            remedy = remedies(kind, columns, role)
            problems.append(Problem(f"{kind}{value}", **place, remedy=remedy, fold=None))
    told = f"{unreadable:,} of {total:,} lines cannot be read" if good else f"none of the {total:,} lines counts"
    raise SimnetError([Problem(told, source.name, remedy="the first of them are below"), *problems[:9]])


def remedies(kind: str, columns: Columns, role: str) -> str | None:
    """What to do about a kind of fault that many lines have."""
    if kind == RAGGED:
        return "is the delimiter another, or inside a value? --delimiter names it"
    if kind == cells.FRACTION:
        return "pieces are whole: give the quantity in the smallest unit that is handed out"
    if kind == cells.POWERS:
        return "a spreadsheet cuts digits so: export again with the column as whole numbers"
    if role in columns.at:
        return f"is {shorten(columns.header[columns.at[role]])} the {role}? --columns {role}=HEADING names another"
    return None
