"""Civil time: days of the calendar, and spans whose months and years follow it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from simnet.errors import shorten
from simnet.units import DURATION_PATTERN, TIME_UNITS, parse_duration

_SPAN = re.compile(r"([0-9]{1,6})\s*(mo|y|months?|years?)")
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
MOST_YEARS = 200


@dataclass(frozen=True, order=True)
class CivilSpan:
    """A number of calendar months (`mo`), years (`y`) or minutes (`min`)."""

    count: int
    unit: str

    def add_to(self, day: date) -> datetime:
        """The moment this span after a moment or the start of a day; the 31st is cut to the month's end."""
        start = day if isinstance(day, datetime) else datetime.combine(day, time())
        if self.unit == "min":
            return start + timedelta(minutes=self.count)
        months = start.month - 1 + self.count * (12 if self.unit == "y" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        return start.replace(year=year, month=month, day=min(start.day, calendar.monthrange(year, month)[1]))

    def __str__(self) -> str:
        if self.unit != "min":
            return f"{self.count} {self.unit}"
        exact = [name for name in ("d", "h", "min") if self.count % TIME_UNITS[name] == 0]
        return f"{self.count // TIME_UNITS[exact[0]]} {exact[0]}"


def parse_span(value: object) -> CivilSpan:
    """A span such as `1 y`, `18 mo` or `90 d`; whole months and years follow the calendar."""
    if isinstance(value, CivilSpan):
        return value
    text = " ".join(str(value).split())
    match = _SPAN.fullmatch(text)
    if match is None or isinstance(value, (dict, list)):
        minutes = parse_duration(value)
        if minutes > MOST_YEARS * 365 * 1440:
            raise ValueError(f"is too long for a run; at most {MOST_YEARS} y")
        return CivilSpan(minutes, "min")
    count, unit = int(match[1]), "y" if match[2].startswith("y") else "mo"
    if count > MOST_YEARS * (1 if unit == "y" else 12):
        raise ValueError(f"is too long for a run; at most {MOST_YEARS} y")
    return CivilSpan(count, unit)


def parse_date(value: object) -> date:
    """A day written 2026-01-31."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    match = _DATE.fullmatch(str(value).strip())
    try:
        if match and 1900 <= int(match[1]) <= 2200:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise ValueError(f"is no day of the calendar: {shorten(value)}") from None
    raise ValueError(f"must be a day such as 2026-01-31, not {shorten(value)}")


_SPAN_SCHEMA: dict[str, Any] = {
    "type": "string",
    "pattern": f"^{DURATION_PATTERN}$",
    "examples": ["1 y", "18 mo", "90 d"],
}
_DATE_SCHEMA: dict[str, Any] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$"}
Span = Annotated[CivilSpan, BeforeValidator(parse_span), WithJsonSchema(_SPAN_SCHEMA)]
"""A civil span; written `1 y`, `18 mo`, `90 d`."""
Day = Annotated[date, BeforeValidator(parse_date), WithJsonSchema(_DATE_SCHEMA)]
"""A day; written 2026-01-31."""
