"""Time zones by name, and holidays: dates of one's own, or those of a country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, WithJsonSchema

from simnet.errors import did_you_mean, shorten
from simnet.scenario.spans import parse_date

_YEARLY = re.compile(r"([0-9]{2})-([0-9]{2})")
_COUNTRY = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?")
_LEAP = 2000
_MOST = 10_000
INSTALL = "pip install 'simnet-parts[calendars]'"


@cache
def zone_names() -> frozenset[str]:
    """The zones that the machine's time zone database knows, or the one that comes with simnet."""
    return frozenset(available_timezones())


def parse_zone(value: object) -> str:
    """The name of a zone of the time zone database, such as `Europe/Brussels`."""
    name = value.strip() if isinstance(value, str) else ""
    try:
        if 0 < len(name) <= 80 and ZoneInfo(name).key in zone_names():
            return name
    except (KeyError, ValueError, OSError):
        pass
    near = _nearest_zone(name) or "zones are named by a town, such as Europe/Brussels or America/New_York; or UTC"
    raise ValueError(f"there is no time zone {shorten(value)}; {near}")


def _nearest_zone(name: str) -> str | None:
    zones = sorted(zone for zone in zone_names() if "/" in zone or zone == "UTC")
    towns = {zone.rpartition("/")[2]: zone for zone in reversed(zones)}
    folded = {town.lower(): zone for town, zone in towns.items()}
    zone = folded.get(name.lower().replace(" ", "_"))
    return f"did you mean '{zone}'?" if zone is not None else did_you_mean(name, zones)


@dataclass(frozen=True)
class DaysOff:
    """Days on which a site does not work."""

    dates: tuple[date, ...] = ()
    yearly: tuple[tuple[int, int], ...] = ()
    """Month and day of each year."""
    countries: tuple[str, ...] = ()
    """Countries, or their regions: `BE`, `DE-BY`."""

    def __bool__(self) -> bool:
        return bool(self.dates or self.yearly or self.countries)

    def days(self, first: int, last: int) -> frozenset[date]:
        """The holidays of the years `first` to `last`."""
        found = set(self.dates)
        for year in range(first, last + 1):
            leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
            found.update(date(year, month, day) for month, day in self.yearly if leap or (month, day) != (2, 29))
        for country in self.countries:
            found |= national(country, first, last)
        return frozenset(found)

    def __str__(self) -> str:
        words = list(self.countries)
        own = len(self.dates) + len(self.yearly)
        return ", ".join(words + [f"{own} day{'' if own == 1 else 's'}"] if own else words) or "none"


def parse_holidays(value: object) -> DaysOff:
    """Dates, days of each year such as `12-25`, and countries such as BE or DE-BY; one text, or a list of them."""
    if isinstance(value, DaysOff):
        return value
    items = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    dates, yearly, countries = set[date](), set[tuple[int, int]](), dict[str, None]()
    for text in (piece.strip() for item in items for piece in _texts(item)):
        each = _YEARLY.fullmatch(text)
        if each is not None:
            yearly.add(_month_and_day(text, int(each[1]), int(each[2])))
        elif _COUNTRY.fullmatch(text.upper()):
            countries[_country(text)] = None
        else:
            dates.add(_date(text))
    if len(dates) > _MOST:
        raise ValueError(f"are too many; at most {_MOST:,} dates")
    return DaysOff(tuple(sorted(dates)), tuple(sorted(yearly)), tuple(countries))


def _texts(item: object) -> list[str]:
    if isinstance(item, date):
        return [item.isoformat()]
    if not isinstance(item, str) or not item.strip():
        raise ValueError(f"must be dates such as 2026-12-25, or a country such as BE, not {shorten(item)}")
    return re.split(r"[,;]", item)


def _date(text: str) -> date:
    if not text[:1].isdigit():
        raise ValueError(f"must be dates such as 2026-12-25, or a country such as BE, not {shorten(text)}")
    return parse_date(text)


def _month_and_day(text: str, month: int, day: int) -> tuple[int, int]:
    try:
        date(_LEAP, month, day)
    except ValueError:
        raise ValueError(f"is no day of the year: {shorten(text)}; write month and day, such as 12-25") from None
    return month, day


def _country(text: str) -> str:
    """A country, or a region of one, whose holidays are known here."""
    code = text.upper()
    country, _, region = code.partition("-")
    try:
        import holidays
        from holidays.registry import COUNTRIES
    except ImportError:
        raise ValueError(
            f"the holidays of {code} need the extra 'calendars': {INSTALL}; or list the dates: [2026-12-25, ...]"
        ) from None
    known = {names[1] for names in COUNTRIES.values()}
    if country not in known:
        raise ValueError(f"holidays of a country {shorten(country)} are not known; codes have two letters, such as BE")
    try:
        holidays.country_holidays(country, subdiv=region or None, years=[])
    except NotImplementedError:
        raise ValueError(f"country {country} has no region {shorten(region)} with holidays of its own") from None
    return code


@cache
def national(code: str, first: int, last: int) -> frozenset[date]:
    """The public holidays of a country or region in the years `first` to `last`."""
    import holidays

    country, _, region = code.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=range(first, last + 1)))


_TEXT: dict[str, Any] = {"type": "string", "examples": ["2026-12-25", "BE"]}
_SCHEMA: dict[str, Any] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_ZONE: dict[str, Any] = {"type": "string", "pattern": "^[A-Za-z0-9_+/-]+$", "examples": ["Europe/Brussels"]}
TimeZone = Annotated[str, BeforeValidator(parse_zone), WithJsonSchema(_ZONE)]
"""A time zone by name; written Europe/Brussels."""
Holidays = Annotated[DaysOff, BeforeValidator(parse_holidays), WithJsonSchema(_SCHEMA)]
"""Days off; written as dates, or as a country."""
