"""The HTML page and its charts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from simnet.metrics import Comparison, compare
from simnet.report import Scene, Story, html, write, write_html
from simnet.report.charts import CHARTS, Chart, svg
from simnet.report.places import class_grid
from tests.metrics import flowing, tiny

HOSTILE = '<script>alert(1)</script> $\\frac{1}{0$ & "q" 備品 \x1b[31m'
EMPTY = tiny.result("empty", tiny.network(), [tiny.tally()])

CASES: dict[str, Comparison] = {
    "one": compare([tiny.design("a")]),
    "two": compare([tiny.design("a"), tiny.design("b", (5, 6, 8))]),
    "nine": compare([tiny.design(f"design {n}", (n, n)) for n in range(9)]),
    "one replication": compare([tiny.design("a", (0,)), tiny.design("b", (1,))]),
    "hostile": compare([tiny.design(HOSTILE), tiny.design("b", site_names=("<b>", "$", "&"))]),
    "empty": compare([EMPTY]),
    "flow": compare([flowing.design("a"), flowing.design("b", (5, 6, 8))]),
    "one flow": compare([flowing.design("a", (0,))]),
    "nine flows": compare([flowing.design(f"design {n}", (n,)) for n in range(9)]),
    "hostile flow": compare([flowing.design(HOSTILE, order_classes=("stock", "$x$ <b>", "\x1b[31m"))]),
    "empty flow": compare([tiny.result("empty", flowing.network(), [flowing.nothing()])]),
    "plain and flow": compare([tiny.design("a"), flowing.design("b")]),
}

STORY = Story(
    title="Two tiers or three <i>",
    about="Which one?\nAnd why?",
    assumptions=[("run.warm_up", "1 y")],
    changes={"b": [("stocking.default.target", "95 %", "98 % <script>")]},
    checks=["Units: received = on hand + shipped."],
    provenance={"version": "0.1.0", "seed": 7, "libraries": {"numpy": "2"}, "sites": ["x", "y"]},
    command="simnet compare a.yaml --set 'x=<y>'",
)


class Tags(HTMLParser):
    """Collects the tags of a page and checks that they close."""

    VOID = {"meta", "br", "img", "path", "use", "rect", "line", "link", "wbr"}

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself."""
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes: the last one that was opened."""
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("case", CASES)
def test_the_page_is_whole_and_inert(case: str) -> None:
    """Tags close, no script, nothing loaded from elsewhere, under 1 MB, the same bytes again."""
    page = html(Scene(CASES[case]), STORY)
    found = Tags()
    found.feed(page)
    assert found.open == []
    assert not found.tags & {"script", "link", "img", "iframe"}
    assert not re.search(r"(src|href)=\"(?!#)", page.replace('xmlns:xlink="http', ""))
    assert len(page.encode()) < 1_000_000
    assert "\x1b" not in page


def test_the_page_tells_the_story() -> None:
    """Title, question, verdicts, changes, checks, provenance and command are on it, escaped."""
    page = html(Scene(CASES["two"]), STORY)
    for said in (
        "Two tiers or three &lt;i&gt;", "And why?", "b changes", "98 % &lt;script&gt;", "3 replications",
        "received = on hand", "libraries.numpy", "x, y", "--set &#39;x=&lt;y&gt;&#39;", "better",
    ):  # fmt: skip
        assert said in page


def test_a_page_without_a_story_stands() -> None:
    """A title is enough."""
    assert "Nothing was passed" in html(Scene(CASES["one"]), Story(title="Bare"))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_a_chart_is_repeatable_svg(chart: Chart[Any], case: str) -> None:
    """Each chart draws any comparison that it shows: well-formed, the same bytes again, names as they are."""
    comparison = CASES[case]
    if not chart.shown(chart.of(Scene(comparison))):
        pytest.skip("nothing to show")
    picture = svg(chart, Scene(comparison))
    ElementTree.fromstring(picture)
    if case == "two":
        assert picture == svg(chart, Scene(comparison))
    assert "var(--soft)" in picture and "var(--" not in svg(chart, Scene(comparison), page=False)
    assert not re.search(r"20\d\d-\d\d-\d\dT", picture)
    if case == "hostile" and chart.key in ("fill", "wait"):
        assert "&lt;script&gt;" in picture  # the end of so long a name is cut


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_a_chart_has_its_numbers(chart: Chart[Any]) -> None:
    """Each chart carries a table as wide as its header, which names both designs where it compares them."""
    subject = chart.of(Scene(CASES["flow"]))
    if not chart.shown(subject):
        pytest.skip("nothing to show")
    header, body = chart.numbers(subject)
    assert header[0] == ""
    assert {name[-1] for name in header[1:]} == {"a", "b"}
    assert body and all(len(row) == len(header) for row in body)


def test_an_empty_year_shows_no_chart_of_nothing() -> None:
    """A chart that has nothing to show is left out."""
    empty = Scene(CASES["empty"])
    assert [chart.key for chart in CHARTS if chart.shown(chart.of(empty))] == []


def test_writing_is_atomic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is replaced whole, or stays as it was and nothing is left beside it."""
    target = write(tmp_path / "deep" / "page.html", "old")
    assert write_html(target, Scene(CASES["one"]), STORY).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    before = target.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write(target, "new")
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == ["page.html"]


FLOW_CHARTS = {"ladder", "class-wait", "causes", "causes-days", "rush"}


def test_pictures_of_the_order_flow_are_for_order_flows() -> None:
    """A plain scenario's report has no ladder, causes, classes or rush orders; one with a flow has all of them."""
    plain, flow = (
        {chart.key for chart in CHARTS if chart.shown(chart.of(Scene(CASES[name])))} for name in ("two", "flow")
    )
    assert not plain & FLOW_CHARTS
    assert flow == plain | FLOW_CHARTS
    page = html(Scene(CASES["two"]), STORY)
    assert "Order class by order class" not in page and "not-stocked-here" not in page
    page = html(Scene(CASES["flow"]), STORY)
    assert "Order class by order class" in page and "machine off road" in page
    assert page.count("<code>why.CAUSE.line</code>") == 1 and "fill.system.line" in page


def test_the_ladder_says_its_numbers() -> None:
    """The fill up to each rung stands at its end, that of the network beside the bar."""
    picture = svg(next(chart for chart in CHARTS if chart.key == "ladder"), Scene(CASES["one flow"]))
    for said in ("48.5", "35.7", "64.3", "system 52.2 %", "system 71.4 %", "vor orders", "all customers", "lost"):
        assert f">{said}<" in picture, said


@pytest.mark.parametrize("case", ["one flow", "two"])
def test_no_sentence_of_the_page_breaks_before_a_unit(case: str) -> None:
    """Findings, notes and remarks hold a number and its unit together."""
    page = html(Scene(CASES[case]), STORY)
    told = re.findall(r'<(?:span|p) class="(?:finding|note)">(.*?)</(?:span|p)>', page, re.S)
    assert any("\N{NO-BREAK SPACE}%" in text for text in told)
    assert not [text for text in told if re.search(r"\d (%|pt|[kM]?EUR)", text)]


def test_causes_come_by_size() -> None:
    """The Pareto begins with the cause that cost most, and leaves out those that cost nothing."""
    for key, first in (("causes", "not stocked here"), ("causes-days", "not stocked here")):
        _, body = next(chart for chart in CHARTS if chart.key == key).numbers(CASES["flow"])
        named = [row[0] for row in body if row[0] != "missed"]
        assert named[0] == first and "reserved" not in named


def test_order_classes_stand_in_the_order_of_their_rank() -> None:
    """Vor orders come before day orders, in the table of classes and its pictures."""
    found = class_grid(CASES["flow"])
    assert found is not None
    assert [names for names, _ in found.rows] == [("vor", "a"), ("vor", "b"), ("day", "a"), ("day", "b")]
    titles = [column.title for column in found.columns]
    assert titles[:4] == ["lines, whole run", "off the shelf", "facing fill", "system fill"]
    assert class_grid(CASES["two"]) is None
