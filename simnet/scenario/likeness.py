"""Names of tiers that may be one, mistyped once: a tier is made by naming it, so no message would tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from simnet.errors import clean

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario

LEAST = 0.85
"""Alike enough to be one word."""
SHORTEST = 5
"""Letters of a word that can be told to be mistyped."""
MOST_TIERS = 30
_NUMBERED = re.compile(r"\d+|(?<![^\W_])[^\W_]{1,2}(?![^\W_])")


def alike_tiers(scenario: Scenario) -> Iterator[str]:
    """A sentence for each tier of a single site whose name is nearly that of another."""
    sites = (*scenario.warehouses, *scenario.dealers)
    count = Counter(map(scenario.tier_of, sites))
    if len(count) > MOST_TIERS:
        return
    for name in [each for each, number in count.items() if number == 1]:
        others = [each for each in count if each != name and alike(each, name) and (count[each] > 1 or each < name)]
        if others:
            site = next(each for each in sites if scenario.tier_of(each) == name)
            other = max(others, key=count.__getitem__)
            yield (
                f"tier {clean(name, 30)} has one site ({clean(site, 30)}) and is nearly called like tier "
                f"{clean(other, 30)}: if they are one, write the names alike"
            )


def alike(one: str, other: str) -> bool:
    """Whether two names are a word mistyped, and not numbered or lettered: `region-1` and `region-2` are two."""
    bare, twin = (_NUMBERED.sub("", each.casefold()) for each in (one, other))
    if bare == twin:
        return one.casefold() == other.casefold()
    return min(map(len, (bare, twin))) >= SHORTEST and SequenceMatcher(None, bare, twin).ratio() >= LEAST
