"""The result as a workbook: comparison, figures by site, part and month, causes, assumptions, glossary, provenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.metrics import Comparison
from simnet.report import glossary
from simnet.report.against import NOTE
from simnet.report.assumed import assumed
from simnet.report.excel_book import Book, new
from simnet.report.excel_charts import charts_sheet
from simnet.report.excel_compared import comparison_sheet, kpi_sheet, on_a_sheet, points_sheet
from simnet.report.excel_cuts import Catalog, causes_sheet, month_sheet, part_sheet, site_sheet
from simnet.report.excel_table import Amount, Cell, Column, put_table, written_below
from simnet.report.numbers import clean
from simnet.report.rows import notes

if TYPE_CHECKING:
    from simnet.report.html import Story
    from simnet.report.points import Points

CREATOR = "A report of simnet"
"""In the properties of the document."""


def excel(comparison: Comparison, story: Story, catalogs: Mapping[str, Catalog], points: Points | None = None) -> bytes:
    """The workbook; the same result gives the same bytes. `points` are those of a sweep."""
    book = new(clean(story.title), clean(story.about), CREATOR)
    told: list[str] = []
    if points is None:
        comparison_sheet(book, comparison, clean(story.title), clean(story.about))
        charts_sheet(book, comparison)
    else:
        points_sheet(book, points, clean(story.title), clean(story.about))
    kpi_sheet(book, comparison)
    told += site_sheet(book, comparison)
    told += part_sheet(book, comparison, catalogs)
    told += month_sheet(book, comparison)
    causes_sheet(book, comparison)
    actual_sheet(book, story)
    assumptions_sheet(book, story)
    glossary_sheet(book, comparison)
    about_sheet(book, comparison, story, told)
    return book.done()


def is_excel_report(path: Path) -> bool:
    """Whether a file is a workbook that was written here."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as packed:
            return CREATOR.encode() in packed.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def assumptions_sheet(book: Book, story: Story) -> None:
    """Resolved values by path, and what other designs have instead; then every change of a design."""
    designs = [clean(name) for name, changes in story.changes.items() if changes]
    columns = [
        Column("path", 44, name=True),
        Column("value", 44, wrap=True),
        *(Column(name, 30, wrap=True) for name in designs),
    ]
    rows = []
    for each in assumed(story.assumptions, story.changes):
        instead: dict[str, str] = {}
        for design, value in each.instead:
            instead[design] = "; ".join(filter(None, (instead.get(design, ""), value)))
        rows.append([each.path, each.value, *(instead.get(name, "") for name in designs)])
    page = book.sheet("Assumptions", "#6B7785")
    put_table(book, page, columns, rows, 0, 1)
    changed = [
        [clean(name), clean(str(path)), clean(str(old)), clean(str(new))]
        for name, found in story.changes.items()
        for path, old, new in found
    ]
    if changed:
        page = book.sheet("Changes", "#6B7785")
        columns = [
            Column("design", 24, name=True),
            Column("path", 44),
            Column("before", 44, wrap=True),
            Column("after", 44, wrap=True),
        ]
        put_table(book, page, columns, changed, 0, 1)


def actual_sheet(book: Book, story: Story) -> None:
    """Simulated against actual: a row a figure of all lines, of each part class and of each site."""
    if not story.actual:
        return
    columns = [
        Column("design", 24, name=True), Column("of", 14), Column("group", 24), Column("figure", 18),
        Column("actual", 12, "level"), Column("simulated", 12, "level"), Column("±", 11, "half"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [clean(found.design), found.by.replace("_", " ") or "all lines", clean(each.group), clean(each.name),
         Amount(each.actual, each.unit), Amount(each.simulated, each.unit), Amount(each.half, each.unit, half=True)]
        for found in story.actual for each in found.figures
    ]  # fmt: skip
    page = book.sheet("Against actual", "#6B7785")
    end = put_table(book, page, columns, rows, 0, 1)
    written_below(book, page, end + 1, [story.actual[0].title, story.actual[0].verdict, NOTE], columns, 1)


def glossary_sheet(book: Book, comparison: Comparison) -> None:
    """The trade's words, then each figure's definition."""
    page = book.sheet("Glossary", "#6B7785")
    rows = [[word, "", text] for word, text in glossary.WORDS]
    rows += [[clean(each.title), each.key, each.text] for each in glossary.definitions(comparison)]
    put_table(
        book, page, [Column("word", 34, name=True), Column("key", 26), Column("meaning", 110, wrap=True)], rows, 0, 1
    )


def about_sheet(book: Book, comparison: Comparison, story: Story, told: Sequence[str]) -> None:
    """Where it comes from, and how to repeat it; a remark once, with its designs unless it is of all."""
    from simnet.report.html import remarks

    page = book.sheet("About", "#6B7785")
    rows = [
        ["title", clean(story.title)],
        ["question", clean(story.about)],
        ["designs", ", ".join(map(clean, comparison.designs))],
    ]
    rows += [["command", clean(story.command)]]
    rows += [[name, clean(value)] for name, value in facts(story.provenance)]
    for text, names in remarks(story).items():
        rows.append(
            [", ".join(["remark", *filter(None, names)]) if len(names) < len(comparison.designs) else "remark", text]
        )
    rows += [["check passed", clean(text)] for text in story.checks]
    rows += [["how to read", text] for text in (*map(on_a_sheet, notes(comparison)), *told)]
    put_table(book, page, [Column("of", 26, name=True), Column("what", 110, wrap=True)], rows, 0, 1)


def facts(provenance: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Provenance as lines of name and value; maps within it have dotted names."""
    for name, value in provenance.items():
        if isinstance(value, Mapping):
            yield from facts(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
