"""Text in lines: a number and its unit are not parted."""

from __future__ import annotations

import re
import textwrap
from typing import Any

KEPT = "\N{NO-BREAK SPACE}"
PARTED = re.compile(r"`[^`]*`|(?<=\d) (?=(?:%|pt|points|mo|min|kg|km|[dhwyt]|[kMG]?[A-Z]{3})(?!\w))|(?<=\S) (?=±)")
"""Code, in which nothing is changed, or the space between a number and its unit or interval."""


def unbroken(text: str) -> str:
    """The text with a space that no line ends at before each unit and interval."""
    return PARTED.sub(lambda found: KEPT if found[0] == " " else found[0], text)


def wrapped(text: str, width: int, **more: Any) -> list[str]:
    """Lines of a width, with ordinary spaces; `more` is what `textwrap.wrap` takes."""
    return [line.replace(KEPT, " ") for line in textwrap.wrap(unbroken(text), width, **more)]


def filled(text: str, width: int, **more: Any) -> str:
    """The same lines as one text."""
    return "\n".join(wrapped(text, width, **more))
