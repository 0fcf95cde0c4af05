"""The best design in a figure, and which others cannot be told apart from it, in words and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simnet.metrics import Comparison, Ranking, rank
from simnet.metrics.intervals import CONFIDENCE
from simnet.report.numbers import clean
from simnet.report.rows import title

MOST_NAMED = 6


def ranks(comparison: Comparison, keys: Sequence[str]) -> list[str]:
    """A sentence a figure; figures of which neither side is better have none."""
    found = [rank(comparison, key) for key in keys]
    return [sentence(comparison, each) for each in found if each is not None]


def sentence(comparison: Comparison, found: Ranking) -> str:
    """`Lowest cost a year: b; as good, as far as can be told: c, d.`; what is said of one figure holds at 95 %."""
    higher = comparison.kpi(found.kpi).metric.better == "higher"
    most, others = ("Highest", "lower") if higher else ("Lowest", "higher")
    if not found.near and not found.worse:
        told = "the only one with a value" if found.unknown else "the only one"
    elif not found.intervals:
        told = "whether by chance, one replication does not tell"
    elif found.near:
        told = f"as good, as far as can be told: {named(found.near)}"
    else:
        told = f"all others{' that have a value' if found.unknown else ''} are {others}, beyond chance"
    return f"{most} {clean(title(comparison, found.kpi))}: {clean(found.best)}; {told}."


def named(names: Sequence[str]) -> str:
    """The first names, and how many more; names with commas are kept apart by semicolons."""
    mark = "; " if any("," in name for name in names) else ", "
    more = len(names) - MOST_NAMED
    return mark.join(map(clean, names[:MOST_NAMED])) + (f" and {more} more" if more > 0 else "")


def ranks_json(comparison: Comparison, keys: Sequence[str]) -> dict[str, Any]:
    """`{"best": {KPI: {...}}}`; nothing where no figure is asked."""
    found = {key: rank(comparison, key) for key in keys}
    rows = {
        key: {
            "best": each.best,
            "not_told_apart": list(each.near),
            "told_apart": list(each.worse),
            "without_value": list(each.unknown),
            "confidence": CONFIDENCE,
            "less_the_best_other": {name: list(ends) for name, ends in each.intervals.items()},
        }
        for key, each in found.items()
        if each is not None
    }
    return {"best": rows} if rows else {}
