"""The docs lead somewhere and keep to the trade's words: links, anchors, one word for one thing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT, pages
from tools.docs.contents import FENCE, headings

LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?\)")
CODE = re.compile(r"`[^`\n]*`|<!--.*?-->")
PROSE = [*pages(), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("scenarios/*/README.md"))]

FORBIDDEN = {
    r"fill-?rates?": "fill",
    r"fill rates?": "fill",
    r"shops?": "dealer (or workshop)",
    r"retailers?": "dealer",
    r"depots?": "warehouse",
    r"distribution cent(er|re)s?": "warehouse",
    r"SKUs?": "part",
    r"spare parts?": "service parts, or part",
    r"back-orders?": "backorder",
    r"stockouts?": "stock-out",
    r"lead-times?": "lead time",
    r"leadtimes?": "lead time",
    r"re-order": "reorder",
    r"safety-stock": "safety stock",
    r"vendors?": "supplier",
    r"order-?lines?": "line",
    r"trans-?shipments?": "lateral",
    r"replicates?": "replication",
    r"confidence bands?": "interval",
    r"burn-in": "warm-up",
    r"warmup": "warm-up",
    r"artefacts?": "artifact",
    r"(col|fav|behavi|neighb|hon|lab)ours?(ed|ite|able)?": "American spelling: -or",
    r"(cent|kilomet|met|lit)res?": "American spelling: -er",
    r"(optim|organ|normal|minim|maxim|random|summar|recogn|categor)is(e|es|ed|ing|ation)": "American spelling: -iz-",
    r"(catalogue|analyse|modelling|cancelled|travelled|labelled|grey)": "American spelling",
}
"""What is not written, and what is written in its place."""
TRADE = {"kpis.md", "decisions.md", "performance.md"}
"""Pages that tell of other people's words, which may stand there: only the spelling is held."""


def prose(page: Path) -> str:
    """A page without its code, its comments and the targets of its links."""
    text = FENCE.sub("", page.read_text("utf-8"))
    return re.sub(r"\]\([^)]*\)", "]", CODE.sub("", text))


def anchors(page: Path) -> set[str]:
    """The anchors of a page."""
    return {anchor for _, _, anchor in headings(page.read_text("utf-8"))}


@pytest.mark.parametrize("page", PROSE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_anchors_lead_somewhere(page: Path) -> None:
    """A relative link names a file of the repository, and its anchor a heading of that page."""
    broken = []
    for link in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PROSE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_one_word_for_one_thing(page: Path) -> None:
    """A thing has the name that the trade, and the program, gives it."""
    words = {wrong: right for wrong, right in FORBIDDEN.items() if "American" in right or page.name not in TRADE}
    text = prose(page)
    found = [(hit[0], right) for wrong, right in words.items() for hit in re.finditer(rf"\b{wrong}\b", text, re.I)]
    assert found == []


def test_every_page_is_in_the_index() -> None:
    """Whoever starts at the README comes to each page of docs/."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in pages() if page.parent.name == "docs" and f"(docs/{page.name})" not in readme] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("The fill rate of a shop", ["fill rate", "shop"]), ("Workshop fill", []), ("colour", ["colour"]), ("`shop`", [])],
)
def test_the_list_catches_what_it_is_for(text: str, wrong: list[str], tmp_path: Path) -> None:
    """Whole words are meant, in any case, outside code."""
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    said = prose(page)
    assert [hit[0] for word in FORBIDDEN for hit in re.finditer(rf"\b{word}\b", said, re.I)] == wrong
