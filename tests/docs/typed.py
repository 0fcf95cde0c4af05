"""Commands of the docs as they are typed, and what they print held to what is shown."""

from __future__ import annotations

import re
import sys

RUN = [sys.executable, "-c", "from simnet.cli import main; main()"]
EXIT = re.compile(r"\s+# exits with (\d)$")
TOOK = re.compile(r"\s*\((cached, )?\d[\d.,]* (ms|s|min)\)$")
"""How long it took: differs by machine."""


RULE = re.compile(r"─+")
"""What stands under the head of a table."""


def shown_in_order(shown: list[str], printed: str) -> str | None:
    """Return the first line shown that was not printed in that order, or a rule of a table that is not shown.

    `...` stands for any lines.
    """
    lines, said = iter([_plain(line) for line in printed.splitlines()]), [_plain(line) for line in shown]
    open_end = True
    for line in said:
        if line == "...":
            open_end = True
            continue
        for each in lines:
            if each == line:
                break
            if RULE.fullmatch(each) and not open_end:
                return f"the rule above: {line}"
        else:
            return line
        open_end = False
    return None


def _plain(line: str) -> str:
    """A line without what differs by machine, and rules of one length: theirs is that of rows that are not shown."""
    return RULE.sub("─", " ".join(TOOK.sub("", line).split()))
