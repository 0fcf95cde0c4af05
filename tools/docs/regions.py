"""Generated parts of a page: what stands between `<!-- WORD: WHAT -->` and `<!-- end of WORD -->`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
REGION = re.compile(
    r"(?P<head><!-- (?P<word>[a-z]+)(?:: (?P<what>[^\n]*))? -->\n).*?(?P<end><!-- end of (?P=word) -->)", re.S
)
"""One region: `word` says who writes it, `what` is told to him."""
OTHERS = ("figures",)
"""Parts that another command writes (benchmarks.figures)."""
Writer = Callable[[str, str], str]
"""From what the region says and the page's text to what stands in it."""


def written(page: str, writers: Mapping[str, Writer]) -> str:
    """The page with its regions written anew; a word that nobody writes is an error."""

    def body(match: re.Match[str]) -> str:
        if match["word"] in OTHERS:
            return match[0]
        if match["word"] not in writers:
            raise ValueError(f"no part of a page is called '{match['word']}'; there are {', '.join(writers)}")
        return f"{match['head']}{writers[match['word']](match['what'] or '', page)}\n{match['end']}"

    return REGION.sub(body, page)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar in a cell is written so that it stays one."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(text: str) -> str:
    """Text as code, if there is any."""
    return f"`{text}`" if text else ""
