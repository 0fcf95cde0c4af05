"""One spelling of a value: `90%`, `90 %` and `90.0 %` say the same, and are told alike."""

from __future__ import annotations

import re
from decimal import Decimal

_UNIT = r"%|min|h|d|w|mo|y|minutes?|hours?|days?|weeks?|months?|years?|g|kg|t|m|km|[kMG]?[A-Z]{3}"
_VALUE = re.compile(rf"(?P<number>[+-]?[0-9]+(?:\.[0-9]*)?)\s*(?P<unit>{_UNIT})?(?P<per>\s*(?:/|\bper\b)\s*[a-z]+)?")


def spelled(text: str) -> str:
    """A value with its unit as the docs write it, `90 %` of `90%`; any other text as it is."""
    found = _VALUE.fullmatch(text.strip())
    if found is None or not found["unit"]:
        return text
    per = found["per"] or ""
    return f"{found['number']} {found['unit']}{per.replace(' ', '') if '/' in per else per}"


def same(one: str, other: str) -> bool:
    """Whether two texts are one value: spaces before the unit and zeros behind the point do not matter."""
    return one == other or _plain(one) == _plain(other)


def _plain(text: str) -> tuple[Decimal, str] | str:
    found = _VALUE.fullmatch(text.strip())
    if found is None or not (found["unit"] or found["per"]):
        return text  # a number alone may be a name: 0123 is not 123
    more = f"{found['unit'] or ''}{found['per'] or ''}"
    return Decimal(found["number"]), re.sub(r"\s+", "", more.replace("per", "/"))
