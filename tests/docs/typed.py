"""Commands of the docs as they are typed, and what they print held to what is shown."""

from __future__ import annotations

import re
import sys

RUN = [sys.executable, "-c", "from simnet.cli import main; main()"]
EXIT = re.compile(r"\s+# exits with (\d)$")
TOOK = re.compile(r"\s*\((cached, )?\d[\d.,]* (ms|s|min)\)$")
"""How long it took: differs by machine."""


def shown_in_order(shown: list[str], printed: str) -> str | None:
    """Return the first line shown that was not printed in that order; `...` stands for any lines."""
    lines = iter([" ".join(TOOK.sub("", line).split()) for line in printed.splitlines()])
    wanted = (" ".join(TOOK.sub("", line).split()) for line in shown if line != "...")
    return next((line for line in wanted if line not in lines), None)
