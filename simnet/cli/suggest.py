"""What is said of an option that there is not: the one that was meant, also where its name was cut short."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

_LEAST = 3
"""Letters that a name cut short has in common with the start of the whole."""


def mended(error: click.NoSuchOption) -> click.UsageError:
    """The error, naming the options of which the word is short; where there is none, those near to it (click's)."""
    known = [name for each in error.ctx.command.params for name in each.opts] if error.ctx is not None else []
    found = short_for(error.option_name, known)
    if not found:
        return error
    return click.UsageError(f"{error.message} Did you mean {' or '.join(found)}?", error.ctx)


def short_for(word: str, known: Iterable[str]) -> list[str]:
    """The names that hold the letters of a word in its order and begin as it does: `--replications` for `--reps`."""
    letters = word.lstrip("-")
    if len(letters) < _LEAST:
        return []
    start = f"--{letters[:_LEAST]}"
    holds = re.compile(".*".join(map(re.escape, letters)))
    return [name for name in known if name.startswith(start) and holds.match(name.lstrip("-"))]
