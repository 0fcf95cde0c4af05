"""The report: one HTML file, self-contained, without script, for screen, dark screen and print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simnet.metrics import Comparison
from simnet.report.charts import CHARTS, svg
from simnet.report.numbers import NOTHING, clean, level
from simnet.report.rows import headline, notes, order_classes, rows, tiers
from simnet.report.scene import Scene
from simnet.report.sentences import sentences
from simnet.report.write import write

CLASS_COLUMNS = (
    ("lines", "demand.lines.{}"),
    ("off the shelf", "fill.line.{}"),
    ("facing fill", "fill.facing.line.{}"),
    ("system fill", "fill.system.line.{}"),
    ("promise kept", "promise.line.{}"),
    ("wait, mean", "wait.mean.{}"),
    ("wait, 95th pct", "wait.p95.{}"),
    ("lost", "lost.share.{}"),
    ("freight a year", "cost.passed.{}"),
    ("surcharges a year", "surcharge.year.{}"),
)
"""Of the order classes; a column that no class has is left out."""
TIER_COLUMNS = (
    ("fill, lines", "fill.{}.line"),
    ("fill, pieces", "fill.{}.unit"),
    ("fill, value", "fill.{}.value"),
    ("ready rate", "ready.{}"),
    ("on hand, pieces", "stock.{}.on_hand.units"),
    ("stock value", "stock.{}.on_hand.value"),
    ("owed, pieces", "owed.{}.units"),
    ("turns", "turns.{}"),
)
EMPTY = (NOTHING, "0 %", "0.0 %")
GENERATOR = '<meta name="generator" content="simnet">'
"""Stands at the top of every report."""


@dataclass(frozen=True)
class Story:
    """What the report tells besides numbers; all of it may hold any text."""

    title: str
    about: str = ""
    """The scenario's own words: the question."""
    assumptions: Sequence[tuple[str, str]] = ()
    """Resolved values of the first design: path and value."""
    changes: Mapping[str, Sequence[tuple[str, str, str]]] = field(default_factory=dict)
    """What each design changes: path, old, new."""
    remarks: Sequence[tuple[str, str]] = ()
    """What to know of a design before its figures: its name and a sentence."""
    checks: Sequence[str] = ()
    """Conservation checks that were passed, a sentence each."""
    provenance: Mapping[str, Any] = field(default_factory=dict)
    """Version, scenario hash, seed, engine, libraries."""
    command: str = ""
    """The command that repeats the report."""


def html(scene: Scene, story: Story) -> str:
    """The page as text; the same scene and story give the same bytes."""
    return rendered("report.html.j2", contents(scene, story))


def rendered(template: str, shown: Mapping[str, Any]) -> str:
    """A template with what it shows, everything in it escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    room = Environment(
        loader=PackageLoader("simnet.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    room.filters["clean"] = clean
    return str(room.get_template(template).render(shown))


def is_report(path: Path) -> bool:
    """Whether a file is a report that was written here."""
    with path.open("rb") as file:
        return GENERATOR.encode() in file.read(4096)


def write_html(path: Path | str, scene: Scene, story: Story) -> Path:
    """Write the page, whole or not at all."""
    return write(path, html(scene, story))


def contents(scene: Scene, story: Story) -> dict[str, Any]:
    """Everything that the template shows."""
    comparison = scene.comparison
    return {
        "story": story,
        "comparison": comparison,
        "designs": [clean(name) for name in comparison.designs],
        "sentences": sentences(comparison),
        "rows": rows(comparison),
        "every_row": rows(comparison, measured(comparison)),
        "kpis": {key: comparison.kpi(key) for key in (*headline(comparison), *comparison.kpis)},
        "definitions": list(definitions(comparison)),
        "classes": class_table(comparison),
        "notes": notes(comparison),
        "tiers": list(tier_rows(comparison)),
        "tier_columns": [title for title, _ in TIER_COLUMNS],
        "charts": list(charts(scene)),
        "changes": {name: found for name, found in story.changes.items() if found},
        "facts": list(facts(story.provenance)),
    }


def measured(comparison: Comparison) -> list[str]:
    """Every KPI, those of the order flow only where any design has a value.

    Of figures by kind of source or cause only kinds that any design has: nobody may ever ask a lateral source.
    """
    told = []
    for key, kpi in comparison.kpis.items():
        means = [levels[key].mean for levels in comparison.levels.values() if key in levels]
        kind = bool(kpi.metric.choice)
        if not (kpi.metric.needs or kpi.order_class or kind) or any(mean or mean == 0 and not kind for mean in means):
            told.append(key)
    return told


def definitions(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """Title, key and definition of each figure; words of a list and order classes are not told one by one."""
    told = set()
    for key, kpi in comparison.kpis.items():
        metric = kpi.metric
        if kpi.order_class is None and (not metric.choice or metric.key not in told):
            told.add(metric.key)
            if metric.choice:
                yield metric.title.format(place=metric.choice.lower()), metric.key, metric.definition
            else:
                yield kpi.title, key, metric.definition


def class_table(comparison: Comparison) -> dict[str, Any]:
    """Order class by order class: the columns that any has, and a row a class and design."""
    names = order_classes(comparison)
    cells = {
        (name, design): [level(comparison.level(design, key.format(name))) for _, key in CLASS_COLUMNS]
        for name in names
        for design in comparison.designs
        if comparison.level(design, f"fill.line.{name}") is not None
    }
    used = [at for at in range(len(CLASS_COLUMNS)) if any(row[at].value not in EMPTY for row in cells.values())]
    made = [
        {"tier": clean(name), "design": clean(design), "cells": [row[at] for at in used]}
        for (name, design), row in cells.items()
    ]
    return {"columns": [CLASS_COLUMNS[at][0] for at in used], "rows": made if len(names) > 1 else []}


def tier_rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """A row a tier and design: the levels of its KPIs."""
    for tier in tiers(comparison):
        for result in comparison.results:
            if tier in result.outline.tier_names:
                levels = comparison.levels[result.name]
                cells = [level(levels.get(key.format(tier))) for _, key in TIER_COLUMNS]
                yield {"tier": clean(tier), "design": clean(result.name), "cells": cells}


def charts(scene: Scene) -> Iterator[dict[str, Any]]:
    """The charts that have something to show, each with its own numbers."""
    from markupsafe import Markup

    for chart in CHARTS:
        subject = chart.of(scene)
        if chart.shown(subject):
            header, body = chart.numbers(subject)
            picture = Markup(svg(chart, scene))  # names in it were escaped by matplotlib
            yield {"title": chart.title, "note": chart.note, "svg": picture, "header": header, "rows": body}


def facts(provenance: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Provenance as lines of name and value; maps within it have dotted names."""
    for name, value in provenance.items():
        path = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from facts(value, f"{path}.")
        elif isinstance(value, list | tuple):
            yield path, ", ".join(map(str, value))
        else:
            yield path, str(value)
