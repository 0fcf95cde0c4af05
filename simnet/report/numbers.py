"""KPI values as a person reads them: `95.1 %`, `4.81 MEUR`, `+2.9 pt`, with as many digits as are worth."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from simnet.metrics.intervals import Difference, Estimate, difference

NOTHING = "-"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
MOST_DECIMALS = 6
"""Of a difference that is told apart from zero; smaller ones are written `+2e-09`."""
PREFIXES = ((1e9, "G"), (1e6, "M"), (1e3, "k"))
PLAIN = {"share", "d", "d/y", "mo", "lines", "jobs", "pieces", "pieces/y", "orders/y", "shipments/y", "kg/y", "1/y"}
SUFFIX = {"share": "%", "d": "d", "d/y": "d", "mo": "mo", "kg/y": "kg"}


@dataclass(frozen=True)
class Scale:
    """How a KPI is written: the factor, the unit shown and the decimals, the same for a level and its
    differences."""

    factor: float
    unit: str
    decimals: int

    def number(self, value: float, sign: bool = False) -> str:
        """The number without its unit."""
        rounded = round(value * self.factor, self.decimals) or 0.0  # never "-0.0"
        if sign and not rounded and value and self.decimals >= MOST_DECIMALS:
            return f"{value * self.factor:+.0e}"
        return f"{rounded:{'+' if sign and rounded else ''},.{self.decimals}f}"

    def interval(self, half: float | None) -> str:
        """`±0.3`, nothing where there is none; `±<0.1` where it would read as certainty and is not."""
        if half is None:
            return ""
        if not half or round(half * self.factor, self.decimals):
            return f"±{self.number(half)}"
        if self.decimals >= MOST_DECIMALS:
            return f"±{half * self.factor:.0e}"
        return f"±<{10.0**-self.decimals:.{self.decimals}f}"


@dataclass(frozen=True)
class Shown:
    """A level or difference in words; `half` and `verdict` may be empty."""

    value: str
    half: str = ""
    verdict: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.value, self.half, self.verdict) if part)


def scale(unit: str, size: float, half: float | None = None) -> Scale:
    """The scale that suits a level of this size, with a digit more where the interval would vanish."""
    if unit == "share":
        factor, shown, decimals = 100.0, "%", 1
    elif unit == "d" and 0 < abs(size) < 1:
        factor, shown, decimals = 24.0, "h", digits(24 * size)
    else:
        factor, prefix = money_factor(size) if unit not in PLAIN else (1.0, "")
        shown = SUFFIX.get(unit, "") if unit in PLAIN else prefix + unit.removesuffix("/y")
        decimals = digits(size * factor)
    return with_interval(Scale(factor, shown, decimals), half)


def with_interval(how: Scale, half: float | None) -> Scale:
    """The scale with the decimals it takes for an interval not to vanish, three at most; as it is where it is smaller
    still."""
    for decimals in range(how.decimals, 4):
        if round((half or 0.0) * how.factor, decimals):
            return replace(how, decimals=decimals)
    return how


def telling(how: Scale, size: float, half: float | None = None) -> Scale:
    """The scale with as many decimals as it takes for a difference that was told apart to read as larger than its half
    width, or than nothing: `-0.13 pt ±0.09`, not `-0.1 pt ±0.1`."""
    decimals, least = how.decimals, abs(half or 0.0)
    while decimals < MOST_DECIMALS and (round(abs(size) * how.factor, decimals) <= round(least * how.factor, decimals)):
        decimals += 1
    return replace(how, decimals=decimals)


def share_decimals(rows: Iterable[Sequence[Estimate | None]], most: int = 3) -> int:
    """The decimals of percents beside each other, one at least: with them designs that are told apart from the first of
    their row read otherwise, and no more than `most`; what is not all does not read as 100 %."""
    decimals = 1
    for levels in rows:
        known = [each for each in levels if each is not None and each.mean is not None]
        pairs = [(each.mean or 0.0, 1.0) for each in known if (each.mean or 0.0) < 1]
        pairs += [(each.mean or 0.0, known[0].mean or 0.0) for each in known[1:] if differ(known[0], each)]
        for one, other in pairs:
            while decimals < most and round(100 * one, decimals) == round(100 * other, decimals):
                decimals += 1
    return decimals


def differ(one: Estimate, other: Estimate) -> bool:
    """Whether two levels are told apart; without an interval, whether they are not the same."""
    return one.mean != other.mean and difference(one, other, None).verdict != "same"


def digits(number: float) -> int:
    """Decimals that leave three digits: 4.81, 48.1, 481; what is rounded up to 10.0 is written with one."""
    rounded = three_digits(number)
    if rounded == 0:
        return 0
    return min(2, max(0, 2 - math.floor(math.log10(abs(rounded)) + 1e-9)))


def three_digits(number: float) -> float:
    """The number as it reads with three digits: 999,600 is 1,000,000."""
    return float(f"{number:.3g}")


def money_factor(size: float) -> tuple[float, str]:
    """Thousands, millions or milliards of the currency; below ten thousand the currency itself."""
    for least, prefix in PREFIXES:
        if abs(three_digits(size)) >= (10_000 if prefix == "k" else least):
            return 1 / least, prefix
    return 1.0, ""


def one_unit(unit: str, sizes: Iterable[float], half: float | None = None) -> Scale:
    """The scale of several sizes: the largest one's, a prefix smaller where the smallest money would read as 0.00."""
    known = [abs(size) for size in sizes if size]
    how = scale(unit, max(known, default=0.0), half)
    if unit in PLAIN or how.factor == 1 or min(known, default=1 / how.factor) * how.factor >= 0.01:
        return how
    factor = how.factor * 1000
    prefix = next((sign for least, sign in PREFIXES if math.isclose(factor * least, 1)), "")
    return Scale(1.0 if not prefix else factor, prefix + unit.removesuffix("/y"), 0)


def tick(value: float, how: Scale) -> str:
    """A number of an axis, as round as it is, with its unit: `0.5 MEUR`, `12,000 d`."""
    return f"{value * how.factor:,.9g} {how.unit}".strip()


def level(found: Estimate | None) -> Shown:
    """`95.1 % ±0.2`, or `-` where nothing was measured."""
    if found is None or found.mean is None:
        return Shown(NOTHING)
    how = scale(found.unit, found.mean, found.half_width)
    return Shown(f"{how.number(found.mean)} {how.unit}".strip(), how.interval(found.half_width))


def alike(found: Iterable[Estimate | None]) -> Scale:
    """One scale for several values of a unit: a chart has one unit and as many decimals."""
    known = [each for each in found if each is not None and each.mean is not None]
    return one_unit(known[0].unit, (each.mean or 0.0 for each in known)) if known else Scale(1.0, "", 0)


def on_scale(found: Estimate | None, how: Scale) -> str:
    """A level on a scale of several, without its interval; `<0.1 d` where it would read as nothing and is not."""
    if found is None or found.mean is None:
        return NOTHING
    least = 10**-how.decimals
    gone = found.mean and not round(found.mean * how.factor, how.decimals)
    number = f"<{least:.{how.decimals}f}" if gone and found.mean > 0 else how.number(found.mean)
    return f"{number} {how.unit}".strip()


def change(found: Difference | None, first: Estimate | None) -> Shown:
    """`+2.9 pt ±0.3 better`, on the scale that suits it beside the first design's level."""
    if found is None or found.mean is None or first is None or first.mean is None:
        return Shown(NOTHING)
    how = scale_beside(found, first)
    if found.verdict not in (None, "same"):
        how = telling(how, found.mean, found.half_width)
    unit = "pt" if found.unit == "share" else how.unit
    half = how.interval(found.half_width)
    return Shown(f"{how.number(found.mean, sign=True)} {unit}".strip(), half, found.verdict or "")


def scale_beside(found: Estimate, first: Estimate | None) -> Scale:
    """The scale of a difference: that of the first design's level or its own, if larger; money under a tenth of that
    unit has a unit of its own: `+2,600 EUR` beside 4.81 MEUR."""
    mean = abs(found.mean or 0.0)
    level = abs(first.mean or 0.0) if first is not None else 0.0
    how = scale(found.unit, max(level, mean), found.half_width)
    small = found.unit not in PLAIN and 0 < mean * how.factor < 0.1
    return scale(found.unit, mean, found.half_width) if small else how


def clean(text: str) -> str:
    """A name from a file without what a terminal or a page would act on: control codes, unclosed directions of text."""
    return text if text.isprintable() else "".join(map(shown, text))


def shown(char: str) -> str:
    """A character as it may be shown; spaces of any width are spaces, joiners within words and emoji stay."""
    if char.isprintable() or char in JOINERS:
        return char
    return " " if unicodedata.category(char) == "Zs" else "\N{REPLACEMENT CHARACTER}"
