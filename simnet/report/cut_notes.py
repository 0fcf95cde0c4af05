"""What figures told apart cannot say, and why: no shelf, a class that is not stocked, no cost or price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from simnet.metrics import Comparison, DesignResult
from simnet.metrics.frames import tidy_rows
from simnet.network.outline import MISSING, Outline
from simnet.report.known import COSTS, PRICED, money_unknown, shelfless
from simnet.report.numbers import clean
from simnet.report.rows import OFF_SHELF, asking_tier, no_shelf

MOST_NAMED = 4
FIGURES = (*OFF_SHELF, "fill.unit", "fill.value")
"""Of customers, off the shelf."""
WORDS = {COSTS: "cost", PRICED: "price"}
"""In the order of `Outline.given`."""


def cut_notes(comparison: Comparison, keys: Sequence[str], axis: str) -> list[str]:
    """Sentences below figures told apart along an axis: of fill off the shelf, and of money that nobody gave."""
    found: list[str] = []
    if any(is_off_shelf(comparison, key) for key in keys):
        found += [no_shelf(comparison), *(told(comparison) if axis == "part_class" else ())]
    takes = {each for key in keys for each in comparison.kpi(key).metric.takes}
    if takes:
        found += [money_unknown(comparison), *unpriced(comparison, takes, axis)]
    return [each for each in found if each]


def unpriced(comparison: Comparison, takes: set[str], axis: str) -> Iterator[str]:
    """Places of which no part has a cost, or none a price, where others have."""
    at = {"part_class": "of", "site": "at", "tier": "at"}.get(axis)
    for number, (feature, word) in enumerate(WORDS.items()):
        wanted = feature in takes or (feature == COSTS and "holding" in takes)
        if at is None or not wanted or not comparison.has(feature):
            continue
        names = dict.fromkeys(name for each in comparison.results for name in lacking(each.outline, number, axis))
        if names:
            yield f"No part {at} {listing(list(names))} has a {word}: such money is not known; give `{word}` in parts."


def lacking(outline: Outline, number: int, axis: str) -> list[str]:
    """The places of an axis with parts of which none has a cost (0) or a price (1)."""
    given = outline.given[number]
    if axis == "part_class":
        names, most = outline.class_names, given.max(axis=0, initial=0)
    else:
        names, most = outline.site_names, given.max(axis=1, initial=0)
    if axis == "tier":
        names = outline.tier_names
        most = np.array([most[outline.site_tier == at].max(initial=0) for at in range(len(names))])
    return [names[at] for at in np.flatnonzero(most == MISSING)]


def unstocked(tier: str, result: DesignResult) -> list[str]:
    """The part classes of which no site of the tier has a piece at any time, and nothing is filled."""
    if tier not in result.outline.tier_names:
        return []
    stock = tidy_rows(result, f"stock.{tier}.on_hand.units", ["part_class"])
    empty = {row["part_class"] for row in stock if row["value"] == 0}
    asked = tidy_rows(result, OFF_SHELF[0], ["part_class"]) if empty else ()
    return [row["part_class"] for row in asked if row["part_class"] in empty and row["value"] == 0]


def sentence(tier: str, classes: list[str]) -> str:
    """`no dealer has stock of slow, so nothing of it is found on the shelf`."""
    return f"no {clean(tier)} has stock of {listing(classes)}, so nothing of it is found on the shelf"


def listing(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return ", ".join(map(clean, names[:MOST_NAMED])) + (f" and {more} more" if more > 0 else "")


def told(comparison: Comparison) -> Iterator[str]:
    """The same as whole sentences, of which designs where not of all; none where customers find no shelf at all."""
    tier = asking_tier(comparison)
    if not tier or shelfless(comparison):
        return
    found: dict[tuple[str, ...], list[str]] = {}
    for result in comparison.results:
        found.setdefault(tuple(unstocked(tier, result)), []).append(clean(result.name))
    for classes, designs in found.items():
        if classes:
            text = sentence(tier, list(classes))
            yield f"{text[0].upper()}{text[1:]}." if len(found) == 1 else f"In {', '.join(designs)}, {text}."


def is_off_shelf(comparison: Comparison, key: str) -> bool:
    """Whether a figure is of what customers find on the shelf, or of the tier that they ask."""
    return key in FIGURES or key in {f"fill.{asking_tier(comparison)}.{what}" for what in ("line", "unit", "value")}
