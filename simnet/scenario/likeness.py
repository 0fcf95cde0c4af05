"""Names of tiers and part classes that may be one, mistyped: they are made by naming them, so no message would tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from simnet.errors import clean

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario

LEAST = 0.8
"""Alike enough to be one word."""
SHORTEST = 5
"""Letters of a word that can be told to be mistyped."""
MOST_NAMES = 30
_NUMBERED = re.compile(r"\d+|(?<![^\W_])[^\W_]{1,2}(?![^\W_])")


def alike_names(scenario: Scenario) -> Iterator[str]:
    """A sentence for each tier and part class whose name is nearly that of another."""
    sites = (*scenario.warehouses, *scenario.dealers)
    yield from mistyped("tier", [scenario.tier_of(site) for site in sites], sites, "site")
    yield from mistyped("class", scenario.parts.part_class, scenario.parts.names, "part")


def mistyped(what: str, names: Sequence[str], members: Sequence[str], member: str) -> Iterator[str]:
    """Names that only case, spaces or signs tell from another, or of a single member and nearly that of another.

    `names` are those that `members` have, one each.
    """
    count = Counter(names)
    if len(count) > MOST_NAMES:
        return
    for name, number in count.items():
        others = [each for each in count if (count[each], each) > (number, name) and taken_for(name, number, each)]
        if others:
            other = max(others, key=count.__getitem__)
            first = members[list(names).index(name)]
            has = f"one {member} ({clean(first, 30)})" if number == 1 else f"{number:,} {member}s"
            yield (
                f"{what} {clean(name, 30)} has {has} and is nearly called like {what} {clean(other, 30)}: "
                "if they are one, write the names alike"
            )


def taken_for(name: str, number: int, other: str) -> bool:
    """Whether a name of so many members may be meant to be another."""
    return same_letters(name, other) or number == 1 and alike(name, other)


def same_letters(one: str, other: str) -> bool:
    """Whether only case, spaces or signs tell them apart."""
    bare, twin = ("".join(letter for letter in each.casefold() if letter.isalnum()) for each in (one, other))
    return bool(bare) and bare == twin


def alike(one: str, other: str) -> bool:
    """Whether two names are a word mistyped, and not numbered or lettered: `region-1` and `region-2` are two."""
    bare, twin = (_NUMBERED.sub("", each.casefold()) for each in (one, other))
    if bare == twin:
        return same_letters(one, other)
    return min(map(len, (bare, twin))) >= SHORTEST and SequenceMatcher(None, bare, twin).ratio() >= LEAST
