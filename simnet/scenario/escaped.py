"""Names that a spreadsheet would run as a formula: how they are written into a CSV table, and read back.

The reader takes back exactly what is written here; a name that looks written so already gets one more quote.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escaped(text: str) -> str:
    """The text with a quote before it where a spreadsheet would take it for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def taken_back(text: str) -> str:
    """The text that was written so."""
    return text[1:] if text.startswith("'") and _ESCAPED.match(text) else text
