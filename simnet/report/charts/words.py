"""Sentences for who does not see a chart: its main finding, from its numbers."""

from __future__ import annotations

from simnet.metrics import Comparison, Estimate
from simnet.report.charts.style import cut
from simnet.report.numbers import change, level

LONGEST = 40
"""Letters of a name in a sentence."""
MOST = 6
"""Designs that a sentence names."""


def called(name: str) -> str:
    """A name in a sentence."""
    return cut(name, LONGEST)


def all_alike(number: int, what: str) -> str:
    """`all 214 sites alike`; of two `both sites alike`: ties have no first and no last."""
    return f"{'both' if number == 2 else f'all {number:,}'} {what} alike"


def known(comparison: Comparison, key: str) -> list[tuple[str, Estimate]]:
    """The designs that have a figure."""
    found = [(name, comparison.level(name, key)) for name in comparison.designs]
    return [(name, each) for name, each in found if each is not None and each.mean is not None]


def against_first(comparison: Comparison, key: str, what: str) -> str:
    """`95.1 % of lines are filled at once in a; +2.9 pt in b; not told apart from a: c.`"""
    found = known(comparison, key)
    if not found:
        return ""
    name, first = found[0]
    text = f"{level(first).value} {what}"
    if len(found) == 1:
        return f"{text}."
    apart, same = [], []
    for other, _ in found[1:]:
        gap = comparison.difference(other, key)
        if gap is not None and gap.mean and gap.verdict != "same":
            apart.append((gap.mean, f"{change(gap, first).value} in {called(other)}"))
        else:
            same.append(called(other))
    parts = [f"{text} in {called(name)}", *(words for _, words in shortened(sorted(apart)))]
    if same:
        parts.append(f"not told apart from it: {', '.join(same[:MOST])}")
    return f"{'; '.join(parts)}."


def shortened(found: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """The outer ones, the highest first."""
    chosen = found if len(found) <= MOST else [*found[: MOST // 2], *found[-MOST // 2 :]]
    return chosen[::-1]
