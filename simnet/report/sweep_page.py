"""The report of a sweep: which point is best, the table of points, the trade-off, what was assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from simnet.metrics import rank
from simnet.report.charts import svg
from simnet.report.charts.tradeoff import TRADEOFF, tradeoff
from simnet.report.html import Story, facts, rendered
from simnet.report.numbers import clean
from simnet.report.points import Points
from simnet.report.ranks import ranks
from simnet.report.scene import Scene
from simnet.report.write import write


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
    return {
        "story": story,
        "points": points,
        "ranks": ranks(found, best),
        "names": points.names,
        "titles": [(points.title(key, key in usual), found.kpi(key).metric.definition) for key in keys],
        "levels": rows_of(points, keys, False),
        "differences": rows_of(points, keys, True),
        "varied": [
            (path, ", ".join(dict.fromkeys(values[at] for values in points.values.values())))
            for at, path in enumerate(points.paths)
        ],
        "chart": chart(points) if TRADEOFF.shown(found) else None,
        "notes": points.notes(False, ()),
        "facts": list(facts(story.provenance)),
    }


def chart(points: Points) -> dict[str, Any]:
    """The trade-off, the points called by their values."""
    from markupsafe import Markup

    header, rows = TRADEOFF.numbers(points.comparison)
    header, *body = zip(header, *rows, strict=True)  # a row a point
    picture = replace(TRADEOFF, draw=partial(tradeoff, names=points.short))
    note = f"{TRADEOFF.note} Names are {', '.join(map(clean, points.names))}."
    drawn = Markup(svg(picture, Scene(points.comparison)))  # names in it were escaped by matplotlib
    return {"title": TRADEOFF.title, "note": note, "svg": drawn, "header": header, "rows": body}


def rows_of(points: Points, keys: Sequence[str], differences: bool) -> list[dict[str, Any]]:
    """A row a point: its values, and a cell a figure with its place in the ranking."""
    columns = [points.column(key, differences) for key in keys]
    places = [{} if differences else places_of(points, key) for key in keys]
    return [
        {"values": points.values[name],
         "cells": [(column[at], place.get(name, "")) for column, place in zip(columns, places, strict=True)]}
        for at, name in enumerate(points.comparison.designs)
    ]  # fmt: skip


def places_of(points: Points, key: str) -> dict[str, str]:
    """`best` and `as good` by point; nothing where there is no ranking."""
    found = rank(points.comparison, key)
    if found is None or not found.intervals:
        return {}
    return {found.best: "best", **dict.fromkeys(found.near, "as good")}
