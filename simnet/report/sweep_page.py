"""The report of a sweep: which point is best, the table of points, the trade-off, what was assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from simnet.metrics import rank
from simnet.report import glossary
from simnet.report.assumed import assumed
from simnet.report.charts.tradeoff import TRADEOFF, tradeoff
from simnet.report.grid import Column, Grid
from simnet.report.html import Story, facts, figure, remarks, rendered, terms
from simnet.report.numbers import clean
from simnet.report.page import count, nature
from simnet.report.points import Points
from simnet.report.ranks import ranks
from simnet.report.scene import Scene
from simnet.report.trust import CHECKED
from simnet.report.write import write

SECTIONS = {
    "answer": "The answer",
    "tradeoff": "Trade-off",
    "differences": "Against the first point",
    "assumed": "What was assumed",
    "trust": "Can I trust it?",
    "glossary": "Glossary",
}
GOOD = '"as good" means not told apart from the best; what is said of one figure holds together at 95 %.'


def sweep_html(points: Points, story: Story, best: Sequence[str]) -> str:
    """The page as text; the same points and story give the same bytes."""
    return rendered("sweep.html.j2", contents(points, story, best))


def write_sweep_html(path: Path | str, points: Points, story: Story, best: Sequence[str]) -> Path:
    """Write the page, whole or not at all."""
    return write(path, sweep_html(points, story, best))


def contents(points: Points, story: Story, best: Sequence[str]) -> dict[str, Any]:
    """Everything that the template shows."""
    found, usual = points.comparison, points.keys(None)
    keys = list(dict.fromkeys([*usual, *best]))
    paired, *others = points.notes(True, ())
    varied = [
        (path, ", ".join(dict.fromkeys(values[at] for values in points.values.values())))
        for at, path in enumerate(points.paths)
    ]
    return {
        "story": story,
        "sections": SECTIONS,
        "comparison": found,
        "designs": [],
        "nature": [count(len(found.designs), "point"), *list(nature(found))[1:]],
        "terms": terms(found),
        "ranks": ranks(found, best),
        "levels": grid_of(points, "The points", keys, usual, False, " ".join([*points.notes(False, ()), GOOD])),
        "differences": grid_of(points, "Against the first point", keys, usual, True, " ".join([paired, *others])),
        "varied": varied,
        "chart": chart(points) if TRADEOFF.shown(found) else None,
        "remarks": remarks(story),
        "assumed": assumed(story.assumptions, {}),
        "facts": list(facts(story.provenance)),
        "words": glossary.WORDS,
        "first": clean(found.designs[0]),
        "definitions": (list({each.anchor: each for key in keys for each in [definition(points, key)]}.values()), []),
        "checked": CHECKED,
    }


def definition(points: Points, key: str) -> glossary.Definition:
    """A figure of the glossary."""
    return glossary.defined(points.comparison.kpi(key).metric)


def chart(points: Points) -> dict[str, Any]:
    """The trade-off, the points called by their values."""
    picture = replace(TRADEOFF, draw=partial(tradeoff, names=points.short))
    made = figure(picture, Scene(points.comparison), points.comparison)
    header, *rows = zip(made["header"], *made["rows"], strict=True)  # a row a point
    note = f"{TRADEOFF.note} Names are {', '.join(map(clean, points.names))}."
    return {**made, "note": note, "header": header, "rows": rows}


def grid_of(
    points: Points, title: str, keys: Sequence[str], usual: Sequence[str], differences: bool, note: str
) -> Grid:
    """A row a point: its values, and a cell a figure with its verdict or its place in the ranking."""
    columns = [points.column(key, differences) for key in keys]
    places = [{} if differences else places_of(points, key) for key in keys]
    rows = tuple(
        (
            tuple(clean(value) for value in points.values[name]),
            tuple(
                replace(column[at], verdict=column[at].verdict or place.get(name, ""))
                for column, place in zip(columns, places, strict=True)
            ),
        )
        for at, name in enumerate(points.comparison.designs)
    )
    heads = tuple(Column(points.title(key, key in usual), key) for key in keys)
    return Grid(title, tuple(map(clean, points.names)), heads, rows, note)


def places_of(points: Points, key: str) -> dict[str, str]:
    """`best` and `as good` by point; nothing where there is no ranking."""
    found = rank(points.comparison, key)
    if found is None or not found.intervals:
        return {}
    return {found.best: "best", **dict.fromkeys(found.near, "as good")}
