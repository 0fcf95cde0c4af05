"""The hours of sites and order classes: their keys, and the types of these for editors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from simnet.scenario.days_off import DaysOff, Holidays, TimeZone
from simnet.scenario.week import AT_ONCE, Hours, Moments, parse_clock, parse_hours, parse_moments, parse_release
from simnet.units import Duration

_DAYS = r"[A-Za-z]{3,9}(\s*([,\u2013-]|to)?\s*[A-Za-z]{3,9})*\s*,?"
_TIME = r"[0-9]{1,2}:[0-9]{2}"
_TIMES = rf"{_TIME}(\s*,\s*{_TIME})*"
_OPEN = rf"{_TIME}\s*([\u2013-]|to)\s*{_TIME}"
_HOURS = rf"{_DAYS}(\s*{_OPEN}(\s*,\s*{_OPEN})*)?"
_LEAVES = rf"{_DAYS}\s*{_TIMES}"


def _text(pattern: str, *examples: str) -> dict[str, Any]:
    return {"type": "string", "pattern": rf"^\s*{pattern}\s*$", "examples": list(examples)}


def _map(required: Sequence[str], **keys: Any) -> dict[str, Any]:
    return {"type": "object", "properties": keys, "required": list(required), "additionalProperties": False}


def _said(schema: dict[str, Any], about: str) -> dict[str, Any]:
    return {**schema, "description": about}


_CLOCK_SCHEMA = _text(_TIME, "17:00")
_DAYS_SCHEMA = _said(
    {"anyOf": [_text(_DAYS, "mon-fri"), {"type": "array", "items": _text(_DAYS, "mon")}]}, "Days of the week."
)
_AT_SCHEMA = _said(
    {"anyOf": [_text(_TIMES, "18:00"), {"type": "array", "items": _CLOCK_SCHEMA}]}, "Times of day, 24 hours."
)
_OPENS, _CLOSES = (_said(_CLOCK_SCHEMA, f"When it {word}, 24 hours.") for word in ("opens", "closes"))
_HOURS_MAP = _map(["days"], days=_DAYS_SCHEMA, open=_OPENS, close=_CLOSES)
_TIMES_MAP = _map(["days", "at"], days=_DAYS_SCHEMA, at=_AT_SCHEMA)


def _many(text: dict[str, Any], mapped: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [text, mapped, {"type": "array", "items": {"anyOf": [text, mapped]}}]}


ClockTime = Annotated[int, BeforeValidator(parse_clock), WithJsonSchema(_CLOCK_SCHEMA)]
"""A time of day; written `17:00`."""
OpeningHours = Annotated[
    Hours,
    BeforeValidator(parse_hours),
    WithJsonSchema(_many(_text(rf"{_HOURS}(\s*;\s*{_HOURS})*", "mon-fri 08:00-17:00"), _HOURS_MAP)),
]
"""When a site works; written `mon-fri 08:00-17:00`."""
Departures = Annotated[
    Moments,
    BeforeValidator(parse_moments),
    WithJsonSchema(_many(_text(rf"{_LEAVES}(\s*;\s*{_LEAVES})*", "mon-fri 18:00"), _TIMES_MAP)),
]
"""Times of the week; written `mon-fri 18:00`."""
Release = Annotated[
    Moments,
    BeforeValidator(parse_release),
    WithJsonSchema(_many(_text(rf"(at once|{_LEAVES}(\s*;\s*{_LEAVES})*)", "mon-fri 18:00", AT_ONCE), _TIMES_MAP)),
]
"""`at once`, or times of the week."""


class Beside(BaseModel):
    """Keys that are told after those of the class which they are added to."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The schema with the keys of these classes last."""
        schema = handler(core_schema)
        keys = handler.resolve_ref_schema(schema)["properties"]
        for each in (Shipping, Working, Timed):
            for name in each.__annotations__ if issubclass(cls, each) else ():
                if name in keys:
                    keys[name] = keys.pop(name)
        return schema


class Shipping(Beside):
    """The hours of a site that sends: when it works, and how long it takes to pick."""

    hours: OpeningHours | None = None
    """When it works: `mon-fri 08:00-17:00`, in its own time zone; left out: round the clock."""
    time_zone: TimeZone = "UTC"
    """The zone of its hours, cut-offs and departures, such as Europe/Brussels."""
    holidays: Holidays = DaysOff()
    """Days on which it does not work: dates, or a country such as BE (with the extra `calendars`)."""
    picking: Duration = Field(default=0, examples=["2 h"])
    """Working time from the release of a line to its being ready to leave."""


class Working(Shipping):
    """The hours of a site that sends and receives."""

    receiving: Duration = Field(default=0, examples=["4 h"])
    """Working time from the arrival of a lot to its being on the shelf."""


class Timed(Beside):
    """When lines of an order class leave."""

    cut_off: ClockTime | None = None
    """What is asked later in the day is released on the next working day of its source; such as `17:00`."""
    release: Release | None = None
    """When its lines are released: `at once` (if in time for the cut-off), or times such as `mon-fri 18:00`."""
