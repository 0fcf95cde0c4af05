"""Dates as tables write them, to (year, month, day); an order that cannot be told is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from simnet.errors import shorten

Day = tuple[int, int, int]
"""Year, month, day; day 0 where only the month is known."""
ORDERS = ("dmy", "mdy", "ymd")
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})")
_MONTH_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{1,2})")
_LOCAL = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})")
_LONGEST = 60
_TIME = re.compile(r"[T ]\s*[0-9]{1,2}:[0-9]{2}.*")


def date_parser(texts: Iterable[str], order: str | None) -> Callable[[object], Day]:
    """The parser for the dates of a column: `order` (dmy, mdy, ymd) if given, else what the dates settle.

    A date whose first number is above 12 settles that days come first, one whose second is that months do.
    """
    chosen = order or _settled(texts)

    def parse(value: object) -> Day:
        return parse_day(str(value), chosen)

    return parse


def parse_day(text: str, order: str | None = None) -> Day:
    """Year, month and day (0: not known) of one date; a week is its Monday.

    `13/04/2025` needs the `order` of day and month; ValueError names the remedy.
    """
    body = _body(text)
    for pattern in (_ISO, _COMPACT):
        if match := pattern.fullmatch(body):
            return _checked(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _MONTH.fullmatch(body):
        return _checked(int(match[1]), int(match[2]), 0, text)
    if match := _MONTH_LAST.fullmatch(body):
        return _checked(int(match[2]), int(match[1]), 0, text)
    if match := _WEEK.fullmatch(body):
        return _monday(int(match[1]), int(match[2]), text)
    if match := _LOCAL.fullmatch(body):
        return _local(int(match[1]), int(match[2]), match[3], order, text)
    raise ValueError(f"is no date such as 2026-01-31 or 2026-01: {shorten(text)}")


def _body(text: str) -> str:
    """The date of a text without its time of day; nothing of a text too long to be one."""
    text = text.strip()
    return _TIME.sub("", text) if len(text) <= _LONGEST else ""


def _local(first: int, second: int, year: str, order: str | None, text: str) -> Day:
    if order == "ymd":
        return _checked(2000 + first, second, int(year), text) if len(year) == 2 else _no_day(text)
    if len(year) == 2:
        raise ValueError(f"has a year of two digits: {shorten(text)}; write 2026-01-31")
    if order is None:
        raise ValueError(f"day or month first? {shorten(text)}; set dates: dmy or dates: mdy")
    day, month = (first, second) if order == "dmy" else (second, first)
    return _checked(int(year), month, day, text)


def _settled(texts: Iterable[str]) -> str | None:
    """The order of day and month that a column settles by itself, or None."""
    votes = set()
    for text in texts:
        match = _LOCAL.fullmatch(_body(text))
        if match and int(match[1]) > 12:
            votes.add("dmy")
        if match and int(match[2]) > 12:
            votes.add("mdy")
    return votes.pop() if len(votes) == 1 else None


def _checked(year: int, month: int, day: int, text: str) -> Day:
    try:
        if 1900 <= year <= 2200:
            date(year, month, day or 1)
            return year, month, day
    except ValueError:
        pass
    return _no_day(text)


def _no_day(text: str) -> Day:
    raise ValueError(f"is no day of the calendar (1900 to 2200): {shorten(text)}")


def _monday(year: int, week: int, text: str) -> Day:
    try:
        day = date.fromisocalendar(year, week, 1)
        # A last week of 2014-W53 in a source that counts 53 is beside the calendar and refused.
        return _checked(day.year, day.month, day.day, text)
    except (ValueError, OverflowError):
        return _no_day(text)


def next_day(day: Day) -> date:
    """The first day after a period that starts on `day`: of the month where no day is known."""
    if day[2]:
        return date(*day) + timedelta(days=1)
    return date(day[0] + day[1] // 12, day[1] % 12 + 1, 1)
