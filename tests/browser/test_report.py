"""The report as a browser shows it: whole, alone, on a desk, on a phone, in the dark, on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simnet.report.page import SECTIONS
from tests.browser.pages import DESKTOP, PHONE, Browser, ink_of, path_of, text_of, used_of
from tests.browser.pages import PAPER as PAPER_SIZE

TABLES = """[...document.querySelectorAll("table")].map(table => ({
  heads: table.tHead ? table.tHead.rows[0].cells.length : 0,
  scoped: [...table.querySelectorAll("th")].every(head => head.scope === "col" || head.scope === "row"),
  rows: [...table.tBodies].flatMap(body => [...body.rows]).map(row => row.cells.length),
  where: table.closest("section").id + ": " + table.innerText.slice(0, 60)}))"""
LINKS = """[...document.querySelectorAll("a[href]")].map(link => link.getAttribute("href"))"""
WIDE = """[...document.querySelectorAll("body *")]
  .filter(each => !each.closest(".wide, nav ol, pre, .unseen, .skip, svg")
  && each.getBoundingClientRect().right > window.innerWidth + 1).map(each => each.outerHTML.slice(0, 120))"""
OPEN = """document.querySelectorAll("details").forEach(each => each.querySelector("summary").click())"""
SHUT = """[...document.querySelectorAll("details")].filter(each => !each.open).length"""
PAPER = "getComputedStyle(document.documentElement).backgroundColor"
SIDEWAYS = "[document.documentElement.scrollWidth, window.innerWidth]"
PICTURES = """[...document.querySelectorAll("figure")].map(figure => ({
  title: figure.querySelector("figcaption b").innerText,
  alt: figure.querySelector("svg").getAttribute("aria-label") || "",
  role: figure.querySelector("svg").getAttribute("role"),
  numbers: figure.querySelectorAll("details tbody tr").length,
  height: figure.querySelector("svg").getBoundingClientRect().height}))"""

ASKEW = """[...document.querySelectorAll("table")].filter(table => table.getClientRects().length).flatMap(table => {
  const edge = cell => { const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    let text, range = document.createRange();
    while ((text = walk.nextNode()) && !text.data.trim()); range.setStart(text, 0);
    range.setEnd(text, text.data.trimEnd().length); return range.getBoundingClientRect().right };
  return [...table.tHead.rows[0].cells].flatMap((head, at) => { const cell = table.tBodies[0].rows[0].cells[at];
    return cell.tagName == "TD" && getComputedStyle(cell).textAlign == "right"
      && Math.abs(edge(head) - edge(cell)) > 1.5 ? [head.innerText + ": " + (edge(head) - edge(cell))] : [] }) })"""
"""Heads whose end is not above the last letter of their figures."""
BESIDE = """[...document.querySelectorAll(".flow > .right")].map(right => {
  const left = right.previousElementSibling.getBoundingClientRect(), here = right.getBoundingClientRect();
  return here.left >= left.right && here.top < left.bottom })"""
SIGNED = """[...document.querySelectorAll(".wide")].filter(box => box.scrollWidth > box.clientWidth + 1).map(box =>
  getComputedStyle(box).backgroundImage.split("linear-gradient").length - 1)"""
"""Of each box that scrolls: its edges, of which two are shadows and two cover them at the ends."""
LETTERS = """[...document.querySelectorAll("figure svg text")].map(text =>
  parseFloat(getComputedStyle(text).fontSize) * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b))"""

OVER = """[...document.querySelectorAll("figure:not(#chart-map) svg")].flatMap(svg => {
  const boxes = [...svg.querySelectorAll("text")].filter(text => text.getScreenCTM().b == 0)
    .map(text => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([_, b]) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
    .map(([other]) => svg.closest("figure").id + ": " + one + " / " + other)) })"""
"""Words of charts that stand on others."""
SIDEWAYS_OF_CHARTS = """[...document.querySelectorAll("figure:not(#chart-map) svg")].flatMap(svg => {
  const edge = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter(text => { const box = text.getBoundingClientRect();
    return box.right > edge.right + 1 || box.left < edge.left - 1 }).map(text => text.textContent) })"""
"""Words of charts that are cut off."""


def test_nothing_is_asked_for_but_the_file(browser: Browser, report: Path) -> None:
    """A report is one request, of itself, below one megabyte, and nothing in it complains."""
    browser.open(report)
    assert {path_of(url) for url in browser.requests()} == {report}
    assert browser.errors() == []
    assert report.stat().st_size < 1_000_000
    assert browser.ask("document.scripts.length") == 0


def test_each_section_has_its_content(browser: Browser, report: Path) -> None:
    """The nine sections and the glossary stand in their order, each with figures, a picture or a table."""
    browser.open(report)
    found: list[Any] = browser.ask("""[...document.querySelectorAll("main > section")].map(each => ({
      name: each.id, title: each.querySelector("h2").innerText, words: each.innerText.length,
      has: each.querySelectorAll("svg, table, dl").length}))""")
    assert [each["name"] for each in found] == list(SECTIONS)
    assert [each["title"] for each in found] == list(SECTIONS.values())
    assert all(each["words"] > 100 and each["has"] for each in found), found


def test_headings_are_in_order(browser: Browser, report: Path) -> None:
    """One title, and no level of headings is skipped."""
    browser.open(report)
    levels = browser.ask('[...document.querySelectorAll("h1, h2, h3, h4")].map(head => +head.tagName[1])')
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below - above <= 1 for above, below in zip(levels, levels[1:], strict=False))


def test_links_land(browser: Browser, report: Path) -> None:
    """Every link leads to a place on this page."""
    browser.open(report)
    links = browser.ask(LINKS)
    ids = browser.ask('[...document.querySelectorAll("[id]")].map(each => each.id)')
    assert len(ids) == len(set(ids))
    assert len(links) > 50 and {link for link in links if link[1:] not in ids or link[0] != "#"} == set()
    browser.driver.find_element("css selector", 'nav a[href="#hurts"]').click()
    top, below = browser.ask("""[document.getElementById("hurts"), document.querySelector("nav")].map(
      each => each.getBoundingClientRect()).map((each, at) => at ? each.bottom : each.top)""")
    assert below <= top < below + 60


def test_the_contents_stay_in_sight(browser: Browser, report: Path) -> None:
    """The list of contents stands at the top of the window, however far down the page is."""
    for size in (DESKTOP, PHONE):
        browser.open(report, size)
        browser.driver.execute_script("document.getElementById('money').scrollIntoView()")
        top, high = browser.ask(
            "(each => [each.top, each.height])(document.querySelector('nav').getBoundingClientRect())"
        )
        assert top == 0 and high < 60


def test_a_definition_shows_without_a_mouse(browser: Browser, report: Path) -> None:
    """The keyboard on a label shows its definition, and following it leads to the glossary, unfolded if need be."""
    browser.open(report)
    label = browser.driver.find_element("css selector", "#answer .term")
    browser.driver.execute_script("arguments[0].focus({focusVisible: true})", label)
    said, place = browser.ask("""(each => [each.content, each.position])(
      getComputedStyle(document.activeElement, "::after"))""")
    assert label.get_attribute("title") in said.replace("\\", "") and place == "fixed"
    folded = browser.ask("document.querySelector('#glossary details dt').parentElement.id")
    browser.driver.execute_script("location.hash = arguments[0]", folded)
    browser.driver.implicitly_wait(1)
    assert browser.ask(f"document.getElementById('{folded}').checkVisibility({{contentVisibilityAuto: true}})")


@pytest.mark.parametrize("unfolded", [False, True], ids=["as it opens", "unfolded"])
def test_heads_stand_above_their_figures(browser: Browser, report: Path, unfolded: bool) -> None:
    """The end of each head is above the last digit or unit of its column, on screen, phone and paper."""
    for size in (DESKTOP, PHONE):
        browser.open(report, size)
        if unfolded:
            browser.driver.execute_script(OPEN)
        assert browser.ask(ASKEW) == []
    browser.open(report, PAPER_SIZE)
    with browser.on_paper():
        assert browser.ask(ASKEW) == []


def test_small_tables_stand_side_by_side(browser: Browser, report: Path) -> None:
    """On a desk charts and small tables use both halves of the page; on a phone they follow each other."""
    browser.open(report)
    assert len(browser.ask(BESIDE)) > 5 and all(browser.ask(BESIDE))
    browser.open(report, PHONE)
    assert not any(browser.ask(BESIDE))


def test_a_phone_shows_that_there_is_more(browser: Browser, report: Path) -> None:
    """What scrolls sideways has a shadow at the edge; the words of pictures are large enough to read."""
    browser.open(report, PHONE)
    signs = browser.ask(SIGNED)
    assert len(signs) > 5 and set(signs) == {4}
    letters = sorted(browser.ask(LETTERS))
    assert letters[0] >= 9


def test_charts_fit_a_phone(browser: Browser, report: Path) -> None:
    """Every chart is seen whole, from edge to edge; the map alone is wider. No words of a chart stand on others."""
    browser.open(report, PHONE)
    cut = browser.ask("""[...document.querySelectorAll(".picture")].filter(box => box.scrollWidth > box.clientWidth + 1)
      .map(box => box.closest("figure").id)""")
    assert cut == ["chart-map"]
    assert browser.ask(OVER) == browser.ask(SIDEWAYS_OF_CHARTS) == []


def test_tables_are_even(browser: Browser, report: Path) -> None:
    """Every table has a header whose cells say their scope, and rows as wide as it."""
    browser.open(report)
    tables = browser.ask(TABLES)
    assert len(tables) > 20
    assert [each["where"] for each in tables if not each["scoped"] or set(each["rows"]) != {each["heads"]}] == []


def test_pictures_have_words_and_numbers(browser: Browser, report: Path) -> None:
    """Each picture says what it is, is drawn, and has its numbers below it."""
    browser.open(report)
    pictures = browser.ask(PICTURES)
    assert len(pictures) > 8
    for each in pictures:
        assert each["title"] in each["alt"] and each["role"] == "img", each
        assert each["numbers"] and each["height"] > 60, each


def test_details_open(browser: Browser, report: Path) -> None:
    """What is folded unfolds at a click, without a script of the page."""
    browser.open(report)
    folded = browser.ask(SHUT)
    browser.driver.execute_script(OPEN)
    assert folded > 10 and browser.ask(SHUT) == 0
    assert browser.ask(WIDE) == []


@pytest.mark.parametrize("size", [DESKTOP, (768, 1024), PHONE], ids=["desktop", "tablet", "phone"])
def test_the_page_is_as_wide_as_the_window(browser: Browser, report: Path, size: tuple[int, int]) -> None:
    """Nobody scrolls the page sideways; wide tables scroll in their box."""
    browser.open(report, size)
    page, window = browser.ask(SIDEWAYS)
    assert window == size[0] and page <= window
    assert browser.ask(WIDE) == []


def test_the_dark_has_dark_paper(browser: Browser, report: Path) -> None:
    """The paper follows the reader's choice, and so does the ink of the pictures."""
    seen = {}
    for dark in (False, True):
        browser.open(report, dark=dark)
        ink = '[...document.querySelectorAll("figure svg text")].map(text => getComputedStyle(text).fill).join()'
        seen[dark] = (browser.ask(PAPER), browser.ask(ink))
    assert seen[False][0] == "rgb(255, 255, 255)" != seen[True][0]
    assert seen[False][1] != seen[True][1]


def test_it_prints_whole(browser: Browser, report: Path, tmp_path: Path) -> None:
    """On paper all sections are there, on a handful of pages, and nothing is cut off at the edge."""
    browser.open(report)
    pdf = browser.printed(tmp_path / "report.pdf")
    pages = text_of(pdf)
    assert 5 <= len(pages) <= 25
    words = " ".join(" ".join(pages).split())
    for said in (*SECTIONS.values(), "sixty-sites", "fuller-shelves", "Worst parts", "simnet compare"):
        assert said in words, said
    assert all(page.strip() for page in pages)
    assert all(ink > 0.001 and beside == 0 for ink, beside in ink_of(pdf))
    assert browser.too_wide_for_paper(report) == []


def test_paper_carries_what_is_folded(browser: Browser, report: Path, tmp_path: Path) -> None:
    """All changes of the designs, the values of the first and small tables of numbers are printed, folded or not."""
    browser.open(report)
    words = "".join("".join(text_of(browser.printed(tmp_path / "report.pdf"))).split())
    changes = browser.ask(
        """[...document.querySelectorAll("#assumed .block tbody th")].map(each => each.textContent)"""
    )
    assert len(changes) > 40 and [path for path in changes if path not in words] == []
    for said in ("run.warm_up", "backordered"):
        assert said in words


def test_paper_is_used(browser: Browser, report: Path, tmp_path: Path) -> None:
    """No printed page but the last is left half empty."""
    browser.open(report)
    used = used_of(browser.printed(tmp_path / "report.pdf"))
    assert [share for share in used[:-1] if share < 0.6] == []


def test_what_scrolls_is_named(browser: Browser, report: Path) -> None:
    """Every box that may scroll is a stop of the keyboard with a name, and no landmark; landmarks have names apart."""
    browser.open(report)
    boxes = browser.ask("""[...document.querySelectorAll(".wide")].map(
      box => [box.tabIndex, box.getAttribute("role"), !!box.getAttribute("aria-label")])""")
    assert {tuple(box) for box in boxes} == {(0, "group", True)}
    named = browser.ask('[...document.querySelectorAll("section")].map(each => each.getAttribute("aria-labelledby"))')
    assert len(set(named)) == len(named) == len(SECTIONS)


def test_the_keyboard_reaches_the_answer(browser: Browser, report: Path) -> None:
    """The first stop of the keyboard is a link past the contents, which can be seen then."""
    from selenium.webdriver.common.keys import Keys

    browser.open(report)
    browser.driver.find_element("tag name", "body").send_keys(Keys.TAB)
    assert browser.ask("document.activeElement.className") == "skip"
    assert browser.ask("document.activeElement.getBoundingClientRect().left") >= 0
    assert browser.ask("document.documentElement.lang") == "en"
