"""Tables of contents and the anchors of headings, as they are made where pages are read."""

from __future__ import annotations

import re

FENCE = re.compile(r"^```.*?^```\s*$", re.M | re.S)
HEADING = re.compile(r"^(#+) (.+?)\s*$", re.M)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def headings(page: str) -> list[tuple[int, str, str]]:
    """Level, text and anchor of each heading; a second one of the same text has `-1` behind its anchor."""
    seen: dict[str, int] = {}
    found = []
    for marks, text in HEADING.findall(FENCE.sub("", page)):
        plain = LINK.sub(r"\1", text).replace("`", "")
        anchor = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        number = seen.get(anchor, 0)
        seen[anchor] = number + 1
        found.append((len(marks), LINK.sub(r"\1", text), f"{anchor}-{number}" if number else anchor))
    return found


def contents(_: str, page: str) -> str:
    """Links to the sections of a page, in one line."""
    return " · ".join(f"[{text}](#{anchor})" for level, text, anchor in headings(page) if level == 2)
