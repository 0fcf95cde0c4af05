"""Tables of figures, for a terminal and for a page, from the JSON of any benchmark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Table = list[list[str]]
"""The heads, then the rows; the first column names the row."""


def table(figures: Mapping[str, Any]) -> Table:
    """The figures as a table: its `rows`, or a column for each figure that is told by name."""
    if "rows" in figures:
        heads = list(dict.fromkeys(name for row in figures["rows"] for name in row))
        return [[title(name) for name in heads], *([cell(row.get(name)) for name in heads] for row in figures["rows"])]
    columns = {name: value for name, value in figures.items() if isinstance(value, dict) and name != "on"}
    if not columns:
        return []
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    body = [[name, *(cell(column.get(name)) for column in columns.values())] for name in names]
    return [["", *(title(name) for name in columns)], *body]


def alone(figures: Mapping[str, Any]) -> dict[str, str]:
    """The figures that stand alone, such as the number of rounds."""
    plain = {name: value for name, value in figures.items() if not isinstance(value, dict | list)}
    return {title(name): cell(value) for name, value in plain.items() if name != "benchmark"}


def title(name: str) -> str:
    """A column's name in words."""
    return name.replace("_", " ")


def cell(value: Any) -> str:
    """A value as it is shown: three digits or more, thousands told apart, a dash for what is not there."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return fraction(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " / ".join(cell(each) for each in value)
    return str(value)


def fraction(value: float) -> str:
    """A number with a fraction; small ones keep four places or three digits."""
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if size >= 1 else f"{value:.4g}"


def shown(rows: Table) -> str:
    """A table for the terminal, figures to the right."""
    if not rows:
        return ""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(text.ljust(width) if at == 0 else text.rjust(width) for at, (text, width) in enumerate(columns))
        for columns in (list(zip(row, widths, strict=True)) for row in rows)
    )


def marked_down(rows: Table) -> list[str]:
    """The lines of a table in Markdown."""
    if not rows:
        return []
    rule = "|".join(["---", *("---:" for _ in rows[0][1:])])
    return [f"| {' | '.join(rows[0])} |", f"|{rule}|", *(f"| {' | '.join(row)} |" for row in rows[1:])]
