"""Limits in words: `at least 95 %`, `between 4 MEUR and 5 MEUR`, `exactly 0`, `within 2 % of baseline`."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from simnet.currencies import currency_in
from simnet.units import parse_duration, parse_money, parse_number, parse_share

Dimension = Literal["share", "time", "money", "number"]
_FORMS = re.compile(
    r"at least (?P<least>.+)|at most (?P<most>.+)|between (?P<low>.+?) and (?P<high>.+)"
    r"|within (?P<within>.+?) of baseline|(?P<same>as) baseline|exactly (?P<exactly>.+)",
)
_NUMBER = re.compile(r"\s*[-+0-9.]+(?:[eE][-+]?[0-9]+)?\s*")
_WORDS = "at least 95 %, at most 10 d, between 4 MEUR and 5 MEUR, exactly 0, within 2 % of baseline, as baseline"
_LAST_DIGITS = 1e-12
"""What sums of the same numbers may differ by, as a share."""
_SIGNS = {
    ">=": "at least",
    "=>": "at least",
    ">": "at least",
    "<=": "at most",
    "=<": "at most",
    "<": "at most",
}


@dataclass(frozen=True)
class Limit:
    """What a number must satisfy: from `low` to `high`, or within a share `within` of the stored baseline.

    Shares are of 1, times in minutes, money in 1/10,000 of the currency. `as baseline` is within a share of 0.
    """

    text: str
    dimension: Dimension
    low: float = -math.inf
    high: float = math.inf
    within: float | None = None

    def holds(self, value: float, baseline: float | None = None) -> bool:
        """Whether `value` is in the limits; one `within` a baseline needs that baseline."""
        low, high = self.ends(baseline)
        return low <= value <= high or any(math.isclose(value, end, rel_tol=_LAST_DIGITS) for end in (low, high))

    def ends(self, baseline: float | None = None) -> tuple[float, float]:
        """The least and the most that hold; ValueError where it takes a baseline and there is none."""
        if self.within is None:
            return self.low, self.high
        if baseline is None:
            raise ValueError(f"'{self.text}' needs a stored baseline")
        room = self.within * abs(baseline)
        return baseline - room, baseline + room

    @property
    def exact(self) -> bool:
        """Whether a single number holds."""
        return self.within == 0 or self.low == self.high


def parse_limit(value: object, currency: str | None = None) -> Limit:
    """The limit that a text means; ValueError with the words to use otherwise."""
    if not isinstance(value, str):
        raise ValueError(f"must be a limit in words: {_WORDS}")
    text = " ".join(value.split())
    for sign, words in _SIGNS.items():
        if text.startswith(sign):
            raise ValueError(f"limits are words: write '{words} {text[len(sign) :].strip()[:40]}'")
    match = _FORMS.fullmatch(text) if len(text) < 200 else None
    if match is None:
        raise ValueError(f"is no limit; write one of: {_WORDS}")
    if match["within"] or match["same"]:
        return Limit(text, "share", within=parse_share(match["within"]) if match["within"] else 0.0)
    low, high = match["least"] or match["low"] or match["exactly"], match["most"] or match["high"] or match["exactly"]
    ends = [parse_amount(end, currency) for end in (low, high) if end]
    if ends[0][1] != ends[-1][1]:
        raise ValueError(f"mixes {ends[0][1]} and {ends[-1][1]}")
    if len(ends) == 2 and ends[0][0] > ends[1][0]:
        raise ValueError("the first number is above the second")
    return Limit(text, ends[0][1], ends[0][0] if low else -math.inf, ends[-1][0] if high else math.inf)


def parse_amount(text: str, currency: str | None = None) -> tuple[float, Dimension]:
    """A number with any unit, and what it measures."""
    last = _NUMBER.sub("", text, count=1)
    if "%" in text:
        return parse_share(text), "share"
    if not last:
        return parse_number(text), "number"
    if re.fullmatch(r"[kMG]?[A-Z]{3}", last) or currency_in(text):
        return parse_money(text, currency), "money"
    return parse_duration(text), "time"
