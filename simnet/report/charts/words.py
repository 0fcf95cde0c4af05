"""Sentences for who does not see a chart: its main finding, from its numbers."""

from __future__ import annotations

from simnet.metrics import Comparison, Estimate
from simnet.report.charts.style import cut
from simnet.report.numbers import level, scale

LONGEST = 40
"""Letters of a name in a sentence."""


def called(name: str) -> str:
    """A name in a sentence."""
    return cut(name, LONGEST)


def known(comparison: Comparison, key: str) -> list[tuple[str, Estimate]]:
    """The designs that have a figure."""
    found = [(name, comparison.level(name, key)) for name in comparison.designs]
    return [(name, each) for name, each in found if each is not None and each.mean is not None]


def mean(found: Estimate) -> float:
    """The mean of a figure that is known."""
    return found.mean or 0.0


def against_first(comparison: Comparison, key: str, what: str) -> str:
    """`95.1 % of lines are filled at once in a; most in b (97.0 %), least in c (90.2 %).`"""
    found = known(comparison, key)
    if not found:
        return ""
    name, first = found[0]
    text = f"{level(first).value} {what}"
    if len(found) == 1:
        return text if text.endswith(".") else f"{text}."
    low, high = min(found, key=lambda each: mean(each[1])), max(found, key=lambda each: mean(each[1]))
    if mean(low[1]) == mean(high[1]):
        return f"{text}, the same in all {len(found)} designs."
    most, least = (f"{called(each[0])} ({level(each[1]).value})" for each in (high, low))
    return f"{text} in {called(name)}; most in {most}, least in {least}."


def amount(value: float, unit: str) -> str:
    """A number with its unit."""
    how = scale(unit, value)
    return f"{how.number(value)} {how.unit}".strip()
