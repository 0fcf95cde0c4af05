"""The report: one HTML file, self-contained, without script, for screen, dark screen and print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simnet.metrics import Comparison, Kpi
from simnet.report import glossary
from simnet.report.against import Against
from simnet.report.assumed import assumed
from simnet.report.charts import CHARTS, Chart, svg
from simnet.report.charts.style import DESIGNS
from simnet.report.numbers import clean
from simnet.report.page import SECTIONS, measured, nature, section_of
from simnet.report.pages import kept_templates
from simnet.report.places import class_grid, money_grids, stock_grid, tier_grids
from simnet.report.rows import notes, rows
from simnet.report.scene import Scene
from simnet.report.sentences import sentences
from simnet.report.worst import worst
from simnet.report.write import write

GENERATOR = '<meta name="generator" content="simnet">'
"""Stands at the top of every report."""
LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
COLORED = re.compile(rf'(<text style="[^"]*)fill: ({"|".join(DESIGNS)})\b')
BACKWARD = re.compile(rf"{LETTER}+(?:\s+{LETTER}+)*")
"""Words in scripts that are written from right to left."""


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
    actual: Sequence[Against] = ()
    """Simulated against actual, of designs that replay a history with deliveries and kept their lines."""
    ask_actual: str = ""
    """The command that sets them beside each other, where the history knows deliveries and the run did not tell."""
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Names of the parts by design, in the order of its catalog."""


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
        bytecode_cache=kept_templates(),
    )
    room.filters["clean"] = clean
    room.filters["code"] = code
    room.filters["path"] = path
    room.filters["apart"] = apart
    return str(room.get_template(template).render(shown))


def code(text: str) -> Any:
    """A sentence of ours, with what stands between backticks set as code."""
    from markupsafe import Markup, escape

    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def path(text: str) -> Any:
    """A dotted path that may be broken after its dots."""
    from markupsafe import Markup, escape

    return Markup(str(escape(clean(str(text)))).replace(".", ".<wbr>"))


def apart(text: str) -> Any:
    """A sentence of which words written from right to left do not turn around what follows them."""
    from markupsafe import Markup, escape

    return Markup(BACKWARD.sub(r"<bdi>\g<0></bdi>", str(escape(text))))


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
    every = measured(comparison)
    return {
        "story": story,
        "sections": SECTIONS,
        "comparison": comparison,
        "designs": [clean(name) for name in comparison.designs],
        "nature": list(nature(comparison)),
        "sentences": sentences(comparison),
        "rows": rows(comparison),
        "every": {name: rows(comparison, [key for key in every if section_of(key) == name]) for name in SECTIONS},
        "terms": terms(comparison),
        "notes": notes(comparison),
        "charts": by_section(charts(scene)),
        "grids": {
            "service": [grid for grid in (class_grid(comparison), *tier_grids(comparison)) if grid is not None][:-1],
            "stock": [stock_grid(comparison), list(tier_grids(comparison))[-1]],
            "money": list(money_grids(comparison)),
            "hurts": list(worst(comparison, story.parts)),
        },
        "remarks": remarks(story),
        "changes": {name: found for name, found in story.changes.items() if found},
        "assumed": assumed(story.assumptions, story.changes),
        "facts": list(facts(story.provenance)),
        "words": glossary.WORDS,
        "definitions": list(glossary.definitions(comparison)),
    }


def remarks(story: Story) -> dict[str, list[str]]:
    """What there is to know before the figures, and of which designs."""
    found: dict[str, list[str]] = {}
    for name, text in story.remarks:
        found.setdefault(clean(text), []).append(clean(name))
    return found


def terms(comparison: Comparison) -> dict[str, tuple[str, str]]:
    """Anchor and definition of each KPI, by its key and that of its metric."""
    found: dict[str, tuple[str, str]] = {}

    def told(key: str, kpi: Kpi) -> None:
        found[key] = (glossary.anchor(kpi.metric), kpi.metric.definition)

    for key, kpi in comparison.kpis.items():
        told(key, kpi)
        told(kpi.metric.key, kpi)
    return found


def charts(scene: Scene) -> Iterator[dict[str, Any]]:
    """The charts that have something to show, each with its own numbers."""
    for chart in CHARTS:
        subject = chart.of(scene)
        if chart.shown(subject):
            yield {"section": chart.section, **figure(chart, scene, subject)}


def figure(chart: Chart[Any], scene: Scene, subject: Any) -> dict[str, Any]:
    """A chart as the page shows it: picture, finding, numbers."""
    from markupsafe import Markup

    header, body = chart.numbers(subject)
    return {
        "key": chart.key,
        "title": chart.title,
        "note": chart.note,
        "finding": chart.finding(subject),
        "svg": Markup(legible(svg(chart, scene))),  # names in it were escaped by matplotlib
        "header": list(header),
        "rows": [list(row) for row in body],
        "intervals": any("±" in str(value) for row in body for value in row),
    }


def legible(picture: str) -> str:
    """The picture with text in a design's color nearer to the ink: a color for lines is too bright to read."""
    return COLORED.sub(r"\1fill: \2; fill: color-mix(in srgb, \2 50%, var(--ink))", picture)


def by_section(found: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Charts by the section in which they stand."""
    placed: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTIONS}
    for chart in found:
        placed[chart["section"]].append(chart)
    return placed


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
