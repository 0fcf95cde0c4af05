"""The comparison as an HTML table, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from simnet.metrics import Comparison
from simnet.report.numbers import Shown, clean
from simnet.report.points import Points
from simnet.report.rows import Row, notes, rows

COLORS = {"better": "#1a7f37", "worse": "#cf222e", "same": "#777"}


def table_html(comparison: Comparison, keys: Iterable[str] | None = None) -> str:
    """The table of the terminal, without style sheets of its own; verdicts stand as words beside the color."""
    head = "".join(f"<th style='text-align:right'>{escape(clean(name))}</th>" for name in comparison.designs)
    body = "".join(f"<tr>{label(row)}{''.join(map(cell, row.cells))}</tr>" for row in rows(comparison, keys))
    told = "<br>".join(map(coded, notes(comparison)))
    return f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table><p><small>{told}</small></p>"


def points_html(points: Points, keys: Sequence[str], differences: bool, best: Sequence[str]) -> str:
    """The points of a sweep as an HTML table."""
    chosen = points.keys(keys)
    columns = [points.column(key, differences) for key in chosen]
    heads = [*points.names, *(points.title(key, not keys) for key in chosen)]
    head = "".join(f"<th>{escape(clean(name))}</th>" for name in heads)
    body = ""
    for at, name in enumerate(points.comparison.designs):
        values = "".join(f"<th style='text-align:left'>{escape(clean(each))}</th>" for each in points.values[name])
        body += f"<tr>{values}{''.join(cell(column[at]) for column in columns)}</tr>"
    told = "<br>".join(map(coded, points.notes(differences, best)))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p><small>{told}</small></p>"


def coded(note: str) -> str:
    """A note, with what stands between backticks set as code."""
    from simnet.report.html import code

    return str(code(note))


def label(row: Row) -> str:
    """The name of a row; what is a part of the row above stands further in."""
    return f"<th style='text-align:left;padding-left:{0.5 + row.depth}em'>{escape(clean(row.title))}</th>"


def cell(shown: Shown) -> str:
    """One level or difference."""
    verdict = f" <span style='color:{COLORS.get(shown.verdict, 'inherit')}'>{escape(shown.verdict)}</span>"
    half = f" <small>{escape(shown.half)}</small>" if shown.half else ""
    words = verdict if shown.verdict else ""
    return f"<td style='text-align:right;white-space:nowrap'>{escape(shown.value)}{half}{words}</td>"
