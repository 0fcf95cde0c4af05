"""The report: one HTML file, self-contained, without script, for screen, dark screen and print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simnet.metrics import Comparison, Kpi
from simnet.report import glossary
from simnet.report.against import Against, against_grid
from simnet.report.assumed import assumed, changed
from simnet.report.charts import CHARTS, Chart, svg
from simnet.report.charts.chart import WIDTH
from simnet.report.charts.style import DESIGNS
from simnet.report.folded import folded
from simnet.report.grid import Grid, compared_grid, halves
from simnet.report.known import money_unknown
from simnet.report.layout import Place, inline, is_narrow, is_small, side_by_side
from simnet.report.numbers import NOTHING, clean
from simnet.report.page import SECTIONS, measured, nature, section_of
from simnet.report.pages import kept_templates
from simnet.report.places import class_grid, money_grids, stock_grid, tier_grids
from simnet.report.rows import no_shelf, notes, rows
from simnet.report.scene import Scene
from simnet.report.sentences import sentences
from simnet.report.trust import CHECKED
from simnet.report.worst import worst
from simnet.report.write import write
from simnet.wrapping import unbroken

GENERATOR = '<meta name="generator" content="simnet">'
"""Stands at the top of every report."""
LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
COLORED = re.compile(rf'(<text style="[^"]*)fill: ({"|".join(DESIGNS)})\b')
EVERY = {"hurts": "misses"}
"""What a section's list of all figures is of, where not of what the section is called."""
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
    files: Mapping[str, str] = field(default_factory=dict)
    """By design: the file whose values it changes."""
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
    room.filters["inline"] = inline
    room.filters["halves"] = halves
    return str(room.get_template(template).render(shown))


def code(text: str) -> Any:
    """A sentence of ours, with what stands between backticks set as code."""
    from markupsafe import Markup, escape

    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", unbroken(str(escape(text)))))


def path(text: str) -> Any:
    """A dotted path that may be broken after its dots."""
    from markupsafe import Markup, escape

    return Markup(str(escape(clean(str(text)))).replace(".", ".<wbr>"))


def apart(text: str) -> Any:
    """A sentence of which words written from right to left do not turn around what follows them, and of which no line
    ends between a number and its unit."""
    from markupsafe import Markup, escape

    return Markup(BACKWARD.sub(r"<bdi>\g<0></bdi>", unbroken(str(escape(text)))))


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
    answer, found = (
        compared_grid(comparison, "Designs side by side", folded(comparison, rows(comparison))),
        flows(scene, story),
    )
    return {
        "story": story,
        "sections": SECTIONS,
        "comparison": comparison,
        "designs": [clean(name) for name in comparison.designs],
        "nature": list(nature(comparison)),
        "sentences": sentences(comparison),
        "answer": answer,
        "every": {name: every_figure(comparison, name) for name in SECTIONS},
        "terms": terms(comparison),
        "notes": notes(comparison),
        "no_shelf": no_shelf(comparison),
        "money_unknown": money_unknown(comparison),
        "flows": found,
        "remarks": remarks(story),
        "assumed": assumed(story.assumptions, story.changes),
        "facts": list(facts(story.provenance)),
        "words": glossary.WORDS,
        "definitions": glossary.parted(comparison, spoken_of(answer, found)),
        "checked": CHECKED,
    }


def every_figure(comparison: Comparison, section: str) -> Grid | None:
    """All figures of a section; nothing where it has none."""
    keys = [key for key in measured(comparison) if section_of(key) == section]
    what = EVERY.get(section, section)
    return (
        compared_grid(comparison, f"Every figure of {what}", folded(comparison, rows(comparison, keys)))
        if keys
        else None
    )


def flows(scene: Scene, story: Story) -> dict[str, list[Place]]:
    """The charts, tables and changes of each section, with the room that each takes."""
    comparison = scene.comparison
    fills, tier_stock = list(tier_grids(comparison))
    grids: dict[str, list[Grid | None]] = {
        "service": [class_grid(comparison), fills],
        "stock": [stock_grid(comparison), tier_stock],
        "money": list(money_grids(comparison)),
        "hurts": list(worst(comparison, story.parts)),
        "trust": [against_grid(each, len(comparison.designs) > 1) for each in story.actual if each.by != "site"],
    }
    drawn = by_section(charts(scene))
    return {
        name: side_by_side([
            *(("changes", each, each.narrow) for each in changed(story.changes, story.files) if name == "assumed"),
            *(("figure", each, not each["wide"]) for each in drawn[name]),
            *(("grid", each, is_narrow(each)) for each in grids.get(name, ()) if each is not None and each.rows),
        ])
        for name in SECTIONS
    }  # fmt: skip


def spoken_of(answer: Grid, found: Mapping[str, Sequence[Place]]) -> set[str]:
    """The figures that stand in the tables of the page, those behind a fold apart."""
    grids = [answer, *(each.what for places in found.values() for each in places if each.kind == "grid")]
    return {key for grid in grids for key in (*grid.keys, *(column.key for column in grid.columns)) if key}


def remarks(story: Story) -> dict[str, list[str]]:
    """What there is to know before the figures, and of which designs."""
    found: dict[str, list[str]] = {}
    for name, text in story.remarks:
        found.setdefault(clean(text), []).append(clean(name))
    return {text: list(dict.fromkeys(names)) for text, names in found.items()}


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
        "wide": chart.width > WIDTH,
        "few": is_small(header, body),
        "header": list(header),
        "rows": [list(row) for row in body if any(value not in ("", NOTHING) for value in row[1:])],
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
