"""Names that are markup, formulas, endless, foreign or backward are text on the page, and no more than that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.names import BACKWARD, CHINESE, EMOJI, FORMULA, LONG, SCRIPT
from tests.browser.pages import DESKTOP, PHONE, Browser, ink_of, path_of, text_of
from tests.browser.test_report import OPEN, SIDEWAYS, WIDE


def test_names_are_text(browser: Browser, hostile: Path) -> None:
    """No name becomes an element, runs, or asks for anything; all are read as they were written."""
    from selenium.common.exceptions import NoAlertPresentException

    browser.open(hostile)
    with pytest.raises(NoAlertPresentException):
        browser.driver.switch_to.alert.accept()
    assert browser.ask('document.querySelectorAll("script, img, iframe, object, [onload], [onerror]").length') == 0
    assert {path_of(url) for url in browser.requests()} == {hostile}
    assert browser.errors() == []
    said = browser.ask("document.body.textContent")
    for name in (SCRIPT, FORMULA, LONG, CHINESE, BACKWARD, EMOJI):
        assert name in said, name


def test_names_in_pictures_are_text(browser: Browser, hostile: Path) -> None:
    """In pictures too; they are never larger than their frame."""
    browser.open(hostile)
    said = browser.ask('[...document.querySelectorAll("svg text")].map(each => each.textContent).join(" ")')
    assert EMOJI in said and CHINESE in said and FORMULA in said
    out = browser.ask("""[...document.querySelectorAll("figure svg")].flatMap(svg => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")].filter(text => text.getBoundingClientRect().right > frame.right + 12
        || text.getBoundingClientRect().left < frame.left - 12).map(text => text.textContent.slice(0, 60)) })""")
    assert out == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_layout_holds(browser: Browser, hostile: Path, size: tuple[int, int]) -> None:
    """The page stays as wide as the window, with everything unfolded as well."""
    browser.open(hostile, size)
    browser.driver.execute_script(OPEN)
    page, window = browser.ask(SIDEWAYS)
    assert page <= window == size[0]
    assert browser.ask(WIDE) == []


def test_an_override_that_nobody_closes_turns_nothing_around(browser: Browser, hostile: Path) -> None:
    """What follows such a name is still read from left to right: the mark itself is not on the page."""
    browser.open(hostile)
    assert "\u202e" not in hostile.read_text(encoding="utf-8")
    assert "\ufffddrawkcab" in browser.ask('document.querySelector(".about").innerText')


def test_it_prints(browser: Browser, hostile: Path, tmp_path: Path) -> None:
    """On paper endless names are broken, not cut off."""
    browser.open(hostile)
    pdf = browser.printed(tmp_path / "hostile.pdf")
    assert CHINESE in "".join(text_of(pdf))
    assert all(ink > 0.001 and beside == 0 for ink, beside in ink_of(pdf))
    assert browser.too_wide_for_paper(hostile) == []
