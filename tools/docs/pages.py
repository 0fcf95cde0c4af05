"""The pages of the docs, and what they are written anew from."""

from __future__ import annotations

from pathlib import Path

from tools.docs import charts, contents, kpis, language
from tools.docs.regions import ROOT, written

WRITERS = {"contents": contents.contents, **language.WRITERS, **charts.WRITERS}


def pages() -> list[Path]:
    """The README and the pages of docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def renewed(page: Path) -> str:
    """A page with its generated parts written anew; docs/kpis.md is generated as a whole."""
    text = kpis.page() if page.stem == "kpis" else page.read_text("utf-8")
    return written(text, WRITERS)
