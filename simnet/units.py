"""Human units to integers and back: the only place where text with a unit becomes a number.

Time is integer minutes, money integer 1/10,000 of the currency, weight integer grams, quantities are
non-negative integers. Shares and rates are floats (a share of 1; events per minute). Every parser raises
`ValueError` with a message that holds the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from simnet.currencies import check_place
from simnet.errors import shorten
from simnet.numerals import BARE, example, example_share, is_int, split, split_per

HOUR = 60
DAY = 24 * HOUR
WEEK = 7 * DAY
YEAR = 365 * DAY
MONTH = YEAR // 12
MONEY = 10_000
"""Integer money units in one unit of the currency."""

MOST_MINUTES = 1000 * YEAR
MOST_MONEY = 10**12 * MONEY
MOST_GRAMS = 10**12
MOST_METERS = 10**8
MOST_QUANTITY = 10**9
MOST_RATE = 10**6
"""Events per minute."""

TIME_UNITS: Mapping[str, int] = {"min": 1, "h": HOUR, "d": DAY, "w": WEEK, "mo": MONTH, "y": YEAR}
_LONG_TIME = {"minute": 1, "hour": HOUR, "day": DAY, "week": WEEK, "month": MONTH, "year": YEAR}
_TIME = {**TIME_UNITS, **_LONG_TIME, **{f"{word}s": size for word, size in _LONG_TIME.items()}}
_WEIGHTS = {"g": 1, "kg": 1000, "t": 10**6}
_LENGTHS = {"m": 1, "km": 1000}
_PREFIXES = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9}
_CURRENCY = re.compile(r"([kMG]?)([A-Z]{3})")
_TIMES = "min, h, d, w, mo, y"


def parse_duration(value: object) -> int:
    """Minutes of a text such as `30 d` or `1.5 h`, rounded to the minute; an int is minutes already."""
    if is_int(value):
        return _bounded(Decimal(int(str(value))), MOST_MINUTES, "a duration", "1000 y")
    number, unit = split(value, f"needs a unit, such as {example(value, '35', 'd')} ({_TIMES})")
    if unit not in _TIME:
        if unit[:1] in (":", "-"):
            raise ValueError(f"{shorten(value)} is a time of day or a date; a duration is a number with its unit: 35 d")
        raise ValueError(f"unknown unit of time {shorten(unit)}; use one of {_TIMES}")
    return _bounded(number * _TIME[unit], MOST_MINUTES, "a duration", "1000 y")


def parse_money(value: object, currency: str | None = None) -> int:
    """1/10,000 of the currency of a text such as `12.40 EUR` or `4 MEUR`; an int is that already.

    A currency other than `currency` (the scenario's) is an error.
    """
    if is_int(value):
        return _bounded(Decimal(int(str(value))), MOST_MONEY, "an amount", "10^12")
    known = currency or "EUR"
    check_place(value, currency)
    number, unit = split(value, f"needs a currency, such as {example(value, '12.40', known)}")
    return _amount(number * _currency_factor(unit, currency))


def parse_money_per(value: object, per: str, currency: str | None = None) -> int:
    """Money per `per` (`kg` or `d`) of a text such as `1.10 EUR/kg`, in 1/10,000 of the currency."""
    if is_int(value):
        return _bounded(Decimal(int(str(value))), MOST_MONEY, "an amount", "10^12")
    known = currency or "EUR"
    remedy = f"needs an amount per {per}, such as '1.10 {known}/{per}'"
    check_place(value, currency)
    head, unit = split_per(value, remedy)
    sizes: Mapping[str, int] = _TIME if per == "d" else _WEIGHTS
    if unit not in sizes:
        raise ValueError(f"cannot be per {shorten(unit)}; {remedy}")
    number, money = split(head, remedy)
    factor = Decimal(_currency_factor(money, currency)) * sizes[per] / sizes[unit]
    return _amount(number * factor)


def parse_share(value: object, *, most: int = 1) -> float:
    """The share from 0 to 1, or to `most`, of a text such as `95 %`; a float is a share already."""
    if isinstance(value, float) or is_int(value):
        return _up_to(most, float(str(value)))
    number, unit = split(value, f"needs a percent sign, such as {example_share(value)}")
    if unit != "%":
        raise ValueError(f"unknown unit of a share {shorten(unit)}; use percent, such as '95 %'")
    return _up_to(most, float(number / 100))


def parse_share_per(value: object) -> float:
    """Share per minute of a text such as `22 %/y`; a float is that already; it may be negative."""
    if isinstance(value, float):
        return value
    remedy = "needs a share per time, such as '22 %/y'"
    head, unit = split_per(value, remedy)
    number, percent = split(head, remedy, least=-1)
    if percent != "%" or unit not in _TIME:
        raise ValueError(remedy)
    if abs(number) > 10**6:
        raise ValueError("is too large; at most 1000000 %")
    return float(number / 100 / _TIME[unit])


def parse_rate(value: object) -> float:
    """Events per minute of a text such as `2 per month` or `0.5/d`; a float is that already."""
    if isinstance(value, float):
        return value
    bare = str(value).strip()[:20]
    bare = bare if BARE.fullmatch(bare) else "2"
    remedy = f"needs a rate, such as '{bare} per month' (minute, hour, day, week, month, year)"
    head, unit = split_per(value, remedy)
    number, extra = split(head, remedy, bare=True)
    if extra or unit not in _TIME:
        raise ValueError(remedy)
    if number / _TIME[unit] > MOST_RATE:
        raise ValueError("is too large; at most 1000000 per minute")
    return float(number / _TIME[unit])


def parse_weight(value: object) -> int:
    """Grams of a text such as `0.8 kg`; an int is grams already."""
    if is_int(value):
        return _bounded(Decimal(int(str(value))), MOST_GRAMS, "a weight", "1000000 t")
    number, unit = split(value, f"needs a unit, such as {example(value, '0.8', 'kg')} (g, kg, t)")
    if unit not in _WEIGHTS:
        raise ValueError(f"unknown unit of weight {shorten(unit)}; use g, kg or t")
    return _bounded(number * _WEIGHTS[unit], MOST_GRAMS, "a weight", "1000000 t")


def parse_distance(value: object) -> int:
    """Meters of a text such as `300 km`; an int is meters already."""
    if is_int(value):
        return _bounded(Decimal(int(str(value))), MOST_METERS, "a distance", "100000 km")
    number, unit = split(value, f"needs a unit, such as {example(value, '300', 'km')} (m, km)")
    if unit not in _LENGTHS:
        raise ValueError(f"unknown unit of distance {shorten(unit)}; use m or km")
    return _bounded(number * _LENGTHS[unit], MOST_METERS, "a distance", "100000 km")


def parse_quantity(value: object) -> int:
    """A non-negative whole number of pieces; `3.0` is 3."""
    number, unit = split(value, "", bare=True)
    if unit:
        raise ValueError(f"must be a whole number of pieces without a unit, not {shorten(value)}")
    if number != number.to_integral_value():
        raise ValueError(f"must be a whole number, not {shorten(value)}")
    return _bounded(number, MOST_QUANTITY, "a quantity", "1000000000")


def parse_number(value: object) -> float:
    """A finite, non-negative plain number, such as a coefficient of variation."""
    number, unit = split(value, "", bare=True)
    if unit:
        hint = "; write a percentage as a number, such as 0.95" if unit == "%" else ""
        raise ValueError(f"must be a plain number without a unit, not {shorten(value)}{hint}")
    if number > 10**15:
        raise ValueError("is too large; at most 10^15")
    return float(number)


def show_duration(minutes: float) -> str:
    """Minutes as a person writes them: `45 min`, `6 h`, `30 d`, `2 y`."""
    if minutes and minutes % YEAR == 0:
        return f"{minutes // YEAR:g} y"
    for unit, size in (("d", DAY), ("h", HOUR)):
        if abs(minutes) >= size:
            return f"{_tidy(minutes / size)} {unit}"
    return f"{_tidy(minutes)} min"


def show_money(amount: float, currency: str) -> str:
    """Integer money as a person writes it: `12.40 EUR`, `48.1 kEUR`, `4.81 MEUR`."""
    value = amount / MONEY
    for prefix, size in (("G", 10**9), ("M", 10**6), ("k", 10**4)):
        if abs(value) >= size:
            scaled = value / _PREFIXES[prefix]
            return f"{scaled:.{2 if abs(scaled) < 10 else 1}f} {prefix}{currency}"
    return f"{value:.2f} {currency}"


def show_share(share: float) -> str:
    """A share as a percentage with one decimal: `95.1 %`."""
    return f"{100 * share:.1f} %"


def show_weight(grams: float) -> str:
    """Grams as a person writes them: `800 g`, `1.2 kg`."""
    return f"{_tidy(grams / 1000)} kg" if abs(grams) >= 1000 else f"{_tidy(grams)} g"


def show_distance(meters: float) -> str:
    """Meters as a person writes them: `800 m`, `300 km`."""
    return f"{_tidy(meters / 1000)} km" if meters >= 1000 else f"{_tidy(meters)} m"


def _currency_factor(unit: str, currency: str | None) -> int:
    match = _CURRENCY.fullmatch(unit)
    if match is None:
        raise ValueError(f"unknown currency {shorten(unit)}; write it as '12.40 {currency or 'EUR'}'")
    if currency is not None and match[2] != currency:
        raise ValueError(f"is in {match[2]}, but this scenario counts in {currency} (money: {currency})")
    return _PREFIXES[match[1]] * MONEY


def _amount(number: Decimal) -> int:
    amount = _bounded(number, MOST_MONEY, "an amount", "10^12")
    if number and not amount:
        raise ValueError(f"is finer than 1/{MONEY:,} of the currency, as which money is kept; write 0 or more")
    return amount


def _bounded(number: Decimal, most: int, what: str, shown: str) -> int:
    # Bounded before int(): int(Decimal('1e999999')) would eat time and memory.
    if number < 0:
        raise ValueError("must not be negative")
    if number > most:
        raise ValueError(f"is too large for {what}; at most {shown}")
    return int(number.to_integral_value())


def _up_to(most: int, share: float) -> float:
    if not 0 <= share <= most:
        raise ValueError(f"must be between 0 % and {100 * most:,} %")
    return share


def _tidy(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _money(value: object, info: ValidationInfo) -> int:
    return parse_money(value, _currency(info))


def _money_per_kg(value: object, info: ValidationInfo) -> int:
    return parse_money_per(value, "kg", _currency(info))


def _money_per_day(value: object, info: ValidationInfo) -> int:
    return parse_money_per(value, "d", _currency(info))


def _currency(info: ValidationInfo) -> str | None:
    """The scenario's currency, which the reader passes as validation context; None accepts any."""
    context = info.context
    return context.get("currency") if isinstance(context, Mapping) else None


def _schema(pattern: str, *examples: str) -> WithJsonSchema:
    body: dict[str, Any] = {"type": "string", "pattern": f"^{pattern}$", "examples": list(examples)}
    return WithJsonSchema(body)


_PLAIN = r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
_TIME_PATTERN = "(min|h|d|w|mo|y|minutes?|hours?|days?|weeks?|months?|years?)"
_MONEY_PATTERN = rf"{_PLAIN}\s*[kMG]?[A-Z]{{3}}"
_PER_PATTERN = r"\s*(/|\bper\b)\s*"
DURATION_PATTERN = rf"{_PLAIN}\s*{_TIME_PATTERN}"
SHARE_PATTERN = rf"{_PLAIN}\s*%"
"""For editors: every text that the parser takes fits, few others do."""
_NUMBER_SCHEMA: dict[str, Any] = {"type": "number", "minimum": 0}

Duration = Annotated[int, BeforeValidator(parse_duration), _schema(DURATION_PATTERN, "30 d", "6 h")]
"""Minutes; written `30 d`."""
Share = Annotated[float, BeforeValidator(parse_share), _schema(SHARE_PATTERN, "95 %")]
"""From 0 to 1; written `95 %`."""
SharePer = Annotated[
    float, BeforeValidator(parse_share_per), _schema(rf"-?{_PLAIN}\s*%{_PER_PATTERN}{_TIME_PATTERN}", "22 %/y")
]
"""Share per minute; written `22 %/y`."""
Rate = Annotated[
    float, BeforeValidator(parse_rate), _schema(f"{_PLAIN}{_PER_PATTERN}{_TIME_PATTERN}", "2 per month", "0.5/d")
]
"""Events per minute; written `2 per month`."""
Weight = Annotated[int, BeforeValidator(parse_weight), _schema(rf"{_PLAIN}\s*(g|kg|t)", "0.8 kg")]
"""Grams; written `0.8 kg`."""
Distance = Annotated[int, BeforeValidator(parse_distance), _schema(rf"{_PLAIN}\s*(m|km)", "300 km")]
"""Meters; written `300 km`."""
Quantity = Annotated[int, BeforeValidator(parse_quantity), WithJsonSchema({"type": "integer", "minimum": 0})]
"""Whole pieces, not negative."""
Number = Annotated[float, BeforeValidator(parse_number), WithJsonSchema(_NUMBER_SCHEMA)]
"""A plain finite number, not negative."""
Money = Annotated[int, BeforeValidator(_money), _schema(_MONEY_PATTERN, "12.40 EUR", "4 MEUR")]
"""1/10,000 of the scenario's currency; written `12.40 EUR`."""
MoneyPerKg = Annotated[
    int, BeforeValidator(_money_per_kg), _schema(f"{_MONEY_PATTERN}{_PER_PATTERN}(g|kg|t)", "1.10 EUR/kg")
]
"""1/10,000 of the currency per kilogram; written `1.10 EUR/kg`."""
MoneyPerDay = Annotated[
    int, BeforeValidator(_money_per_day), _schema(f"{_MONEY_PATTERN}{_PER_PATTERN}{_TIME_PATTERN}", "40 EUR/d")
]
"""1/10,000 of the currency per day; written `40 EUR/d`."""
