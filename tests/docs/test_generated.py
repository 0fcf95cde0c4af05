"""What is generated in the docs is what its generator gives now, and says what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simnet.metrics import METRICS, Metric
from simnet.metrics.terms import TERMS
from tests.cli.commands import simnet
from tests.docs.blocks import ROOT, pages
from tools.docs import pictures
from tools.docs.contents import headings
from tools.docs.kpis import anchor
from tools.docs.pages import renewed
from tools.docs.regions import written

KPIS = ROOT / "docs" / "kpis.md"
LONG = 250
"""Lines from which on a page needs a table of contents."""


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_generated_parts_are_current(page: Path) -> None:
    """`python -m tools.docs` changes nothing on a committed page."""
    assert page.read_text("utf-8") == renewed(page), f"run python -m tools.docs {page.stem}"


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_explain_and_the_page_say_the_same(metric: Metric) -> None:
    """Definition, the trade's term, its source and the axes of a figure are the same words in both places."""
    page = KPIS.read_text("utf-8")
    entry = page[page.index(f"### `{metric.key}`\n") :].split("\n### ")[0]
    told = " ".join(simnet("explain", metric.key).stdout.split())
    words = TERMS[metric.key]
    for said in (metric.definition, words.trade, words.source, ", ".join(metric.axes)):
        assert said in entry
        assert " ".join(said.split()) in told


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("first pick", "fill.line"),
        ("EBO", "owed.units"),
        ("turnover", "turns"),
        ("Demand accommodation", "fill.accommodation"),
    ],
)
def test_a_figure_is_found_by_its_name_in_the_trade(words: str, key: str) -> None:
    """Who knows the trade's word for a figure is told the key."""
    done = simnet("explain", words)
    assert done.exit_code == 0
    assert key in done.stdout.split()


def test_a_family_of_figures_is_listed_without_braces() -> None:
    """Figures of any tier are called by the word tier."""
    shown = simnet("explain", "fill").stdout
    assert "tier fill" in shown and "{" not in shown


def test_every_figure_has_a_term_and_no_term_is_left_over() -> None:
    """The trade's words are told of each figure, in sentences."""
    assert TERMS.keys() == {metric.key for metric in METRICS}
    assert [key for key, term in TERMS.items() if not term.trade.endswith(".")] == []


def test_every_figure_has_an_anchor() -> None:
    """Tables of figures link to their headings."""
    anchors = {anchor for _, _, anchor in headings(KPIS.read_text("utf-8"))}
    assert {anchor(metric) for metric in METRICS} <= anchors


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_long_page_has_contents(page: Path) -> None:
    """Who opens a long page sees what is in it; the README has its index, and everyone adds to the decisions."""
    text = page.read_text("utf-8")
    elsewhere = page.name in ("README.md", "decisions.md") or "<!-- Written by python -m benchmarks" in text
    assert elsewhere or text.count("\n") < LONG or "<!-- contents -->" in text


def test_a_region_that_nobody_writes_is_an_error() -> None:
    """A typo in a page's mark does not leave old words standing."""
    with pytest.raises(ValueError, match="no part of a page is called 'kyes'; there are keys"):
        written("<!-- kyes: Run -->\nold\n<!-- end of kyes -->", {"keys": lambda what, page: ""})


def test_a_region_is_written_anew_between_its_marks() -> None:
    """What stands around it stays."""
    page = "before\n<!-- a: b c -->\nold\n<!-- end of a -->\nafter"
    assert written(page, {"a": lambda what, _: what.upper()}) == page.replace("old", "B C")


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("## Hours, cut-offs and departures", "hours-cut-offs-and-departures"),
        ("### `stock.on_hand.value`", "stockon_handvalue"),
        ("## [A link](b.md) in it", "a-link-in-it"),
        ("## Twice\n## Twice", "twice-1"),
    ],
)
def test_anchors_are_those_of_the_reader(heading: str, found: str) -> None:
    """Signs go, spaces become hyphens, and a second heading of one name has a number."""
    assert headings(heading)[-1][2] == found


def test_headings_in_code_are_none() -> None:
    """A comment of a shell or of Python is no heading."""
    assert headings("# a\n```bash\n# not one\n```\n## b\n") == [(1, "a", "a"), (2, "b", "b")]


def test_examples_of_metrics_are_in_their_words() -> None:
    """Keys that a term names are keys that there are."""
    named = {key for term in TERMS.values() for key in re.findall(r"`([a-z]+\.[\w.]+)`", term.trade)}
    patterns = [re.escape(metric.key) for metric in METRICS]
    patterns = [re.sub(r"[A-Z]{3,}", r"[\\w-]+", pattern) for pattern in patterns]
    assert [key for key in named if not any(re.fullmatch(pattern, key) for pattern in patterns)] == []


def test_the_pictures_are_current(tmp_path: Path) -> None:
    """Drawn again, each committed picture says the same, and is small."""
    for drawn in pictures.draw(tmp_path):
        committed = pictures.FOLDER / drawn.name
        assert pictures.words(drawn) and pictures.words(committed) == pictures.words(drawn)
        assert committed.stat().st_size < 100_000
