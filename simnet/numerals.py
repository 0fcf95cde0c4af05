"""Text to a decimal number and its unit, with the messages for what is not one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from simnet.errors import shorten

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4}(?![0-9A-Za-z]))?"
BARE = re.compile(_NUMBER)
"""A number alone, without a unit."""
_SPLIT = re.compile(rf"({_NUMBER})\s*(.*)", re.DOTALL)
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_PER = re.compile(r"\s*(?:/|\bper\b)\s*")
LONGEST = 80
"""Characters of a number with its unit."""


def split(value: object, remedy: str, *, bare: bool = False, least: int = 0) -> tuple[Decimal, str]:
    """The number and the unit of a text; `remedy` is the message when the unit is missing."""
    text = _text(value)
    match = _SPLIT.fullmatch(text)
    if match is None:
        raise ValueError(_not_a_number(text, bare))
    if _COMMA.match(text):
        raise ValueError(f"has a comma: {shorten(text)}; write decimals with a point")
    number, unit = _decimal(match[1]), match[2].strip()
    if not unit and not bare:
        raise ValueError(remedy)
    if number < 0 <= least:
        raise ValueError(f"must not be negative: {shorten(text)}")
    return number, unit


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        kind = "a map" if isinstance(value, Mapping) else "a list" if isinstance(value, list) else "empty"
        raise ValueError(f"must be a single value, not {kind if not isinstance(value, bool) else value}")
    text = " ".join(str(value).split())
    if len(text) > LONGEST:
        raise ValueError(f"is too long for a number with a unit: {shorten(text)}")
    return text


def _not_a_number(text: str, bare: bool = False) -> str:
    if not text:
        return "is empty; a number is due here"
    if text.lower().lstrip("+-.") in ("nan", "inf", "infinity"):
        return f"must be a finite number, not {shorten(text)}"
    if text.startswith("="):
        return f"holds a formula, not a number: {shorten(text)}; store its value"
    return f"is not a number{'' if bare else ' with its unit'}: {shorten(text)}"


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(_not_a_number(text)) from None


def split_per(value: object, remedy: str) -> tuple[str, str]:
    pieces = _PER.split(_text(value))
    if len(pieces) != 2 or not pieces[0] or not pieces[1]:
        text = _text(value)
        if not _SPLIT.fullmatch(text):
            raise ValueError(_not_a_number(text))
        raise ValueError(remedy)
    return pieces[0].strip(), pieces[1].strip()


def is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def example(value: object, fallback: str, unit: str) -> str:
    text = str(value).strip()
    return f"'{text if len(text) < 20 and BARE.fullmatch(text) else fallback} {unit}'"


def example_share(value: object) -> str:
    text = str(value).strip()
    if len(text) < 20 and BARE.fullmatch(text):
        number = Decimal(text)
        return f"'{(number * 100 if 0 < number <= 1 else number).normalize():f} %'"
    return "'95 %'"
