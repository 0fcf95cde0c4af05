"""The week as people write it: days, times of day, opening hours, times at which something leaves.

Local times of day are minutes after midnight. Every parser raises `ValueError` with a message that holds the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simnet.errors import did_you_mean, shorten
from simnet.numerals import is_int
from simnet.units import DAY, HOUR

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {name: day for names in (WEEK, _LONG) for day, name in enumerate(names)}
_TO = re.compile(r"\s*(?:-|\u2013|\bto\b)\s*")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_LONGEST, _MOST = 400, 200
AT_ONCE = "at once"


def parse_days(value: object) -> tuple[int, ...]:
    """Days of the week, Monday 0, of `mon-fri`, `mon, wed, fri`, a list of such, or `daily`."""
    found: set[int] = set()
    for text in _pieces(value, ","):
        if text.lower() in ("daily", "every day"):
            found.update(range(7))
            continue
        ends = [_day(name) for name in _TO.split(text)]
        if len(ends) > 2:
            raise ValueError(f"must be days such as 'mon-fri' or 'mon, wed, fri', not {shorten(text)}")
        found.update((ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1))
    return tuple(sorted(found))


def parse_clock(value: object, *, most: int = DAY - 1) -> int:
    """Minutes after midnight of a text such as `17:00`; an int is that already."""
    if is_int(value) and 0 <= int(str(value)) <= most:
        return int(str(value))
    text = str(value).strip() if isinstance(value, str) else ""
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(f"must be a time of day in 24 hours and minutes, such as '17:00', not {shorten(value)}")
    hour, minute = int(match[1]), int(match[2])
    if minute > 59 or hour * HOUR + minute > most:
        last = "24:00, the end of the day" if most == DAY else "23:59"
        raise ValueError(f"is no time of day: {shorten(text)}; they go from 00:00 to {last}")
    return hour * HOUR + minute


def show_clock(minute: int) -> str:
    """A time of day as one writes it: `17:00`."""
    return f"{minute // HOUR:02d}:{minute % HOUR:02d}"


def show_days(days: Iterable[int]) -> str:
    """Days of the week as one writes them: `mon-fri`, `mon, wed`."""
    left, told = sorted(set(days)), []
    if len(left) == len(WEEK):
        return "daily"
    while left:
        size = next(n for n in range(1, 8) if left[0] + n not in left)
        run = left[:size]
        told += [f"{WEEK[run[0]]}-{WEEK[run[-1]]}"] if size > 2 else [WEEK[day] for day in run]
        left = left[size:]
    return ", ".join(told)


@dataclass(frozen=True)
class Hours:
    """When a site works, in its local time."""

    spans: tuple[tuple[int, int, int], ...]
    """Day of the week, first minute, minute after the last; sorted, without overlap."""

    @property
    def days(self) -> tuple[int, ...]:
        """The days of the week on which it works."""
        return tuple(sorted({day for day, _, _ in self.spans}))

    def covers(self, minute: int) -> bool:
        """Whether a time of day is within the hours of some day, their end included."""
        return any(opens <= minute <= closes for _, opens, closes in self.spans)

    def __str__(self) -> str:
        return _by_days((day, f"{show_clock(opens)}-{show_clock(closes)}") for day, opens, closes in self.spans)


@dataclass(frozen=True)
class Moments:
    """Times of the week at which something leaves, in local time; none: at any time."""

    times: tuple[tuple[int, int], ...]
    """Day of the week and minute of the day, sorted."""

    @property
    def days(self) -> tuple[int, ...]:
        """The days of the week that have one."""
        return tuple(sorted({day for day, _ in self.times}))

    def __str__(self) -> str:
        return _by_days((day, show_clock(minute)) for day, minute in self.times) if self.times else AT_ONCE


def parse_hours(value: object) -> Hours:
    """Opening hours: `mon-fri 08:00-17:00`, several by `;` or in a list, or maps of days, open and close."""
    if isinstance(value, Hours):
        return value
    spans: set[tuple[int, int, int]] = set()
    for days, times in _weekly(value, ("open", "close")):
        for opens, closes in [_span(text, days) for text in times] or [(0, DAY)]:
            spans.update((day, opens, closes) for day in days)
    ordered = sorted(spans)
    for (day, opens, closes), (other, start, end) in zip(ordered, ordered[1:], strict=False):
        if day == other and start < closes:
            both = f"{show_clock(opens)}-{show_clock(closes)} and {show_clock(start)}-{show_clock(end)}"
            raise ValueError(f"two spans overlap on {WEEK[day]}: {both}; write them as one")
    return Hours(tuple(ordered))


def parse_moments(value: object) -> Moments:
    """Times of the week: `mon-fri 18:00`, several by `;` or in a list, or maps of days and at."""
    if isinstance(value, Moments):
        return value
    found: set[tuple[int, int]] = set()
    for days, times in _weekly(value, ("at",)):
        if not times:
            raise ValueError("needs a time of day after the days, such as 'mon-fri 18:00'")
        found.update((day, parse_clock(text)) for text in times for day in days)
    return Moments(tuple(sorted(found)))


def parse_release(value: object) -> Moments:
    """`at once`, or the times of the week at which orders leave: `mon-fri 18:00` or {days: mon-fri, at: 18:00}."""
    if isinstance(value, str) and " ".join(value.split()).lower() == AT_ONCE:
        return Moments(())
    return parse_moments(value)


def _pieces(value: object, sign: str, due: str = "days are due here, such as 'mon-fri'") -> list[str]:
    """The texts of a list, or of one text cut at a sign."""
    items = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    if len(items) > _MOST or any(not isinstance(item, str) or len(item) > _LONGEST for item in items):
        raise ValueError(f"must be a text or a list of texts, not {shorten(value)}")
    found = [piece.strip() for item in items for piece in str(item).split(sign)]
    if not all(found) or not found:
        raise ValueError(f"is empty; {due}")
    return found


def _day(name: str) -> int:
    day = _NUMBERS.get(name.lower())
    if day is None:
        near = did_you_mean(name, _NUMBERS)
        raise ValueError(f"unknown day {shorten(name)}; {near or 'days are mon, tue, wed, thu, fri, sat, sun'}")
    return day


def _weekly(value: object, keys: tuple[str, ...]) -> list[tuple[tuple[int, ...], list[str]]]:
    """Days with the texts of their times, from text, map or list of both."""
    if isinstance(value, Mapping):
        return [_mapped(value, keys)]
    if isinstance(value, Sequence) and not isinstance(value, str) and 0 < len(value) <= _MOST:
        if any(isinstance(item, (list, tuple)) for item in value):
            raise ValueError("must be a list of texts or maps, not of lists")
        return [each for item in value for each in _weekly(item, keys)]
    return [_worded(text, keys) for text in _pieces(value, ";")]


def _mapped(value: Mapping[Any, Any], keys: tuple[str, ...]) -> tuple[tuple[int, ...], list[str]]:
    for name in value:
        if name not in ("days", *keys):
            near = did_you_mean(str(name), ("days", *keys)) or f"known are days, {', '.join(keys)}"
            raise ValueError(f"unknown key {shorten(name)}; {near}")
    given = [key for key in keys if value.get(key) is not None]
    lacking = [key for key in ("days", *keys) if value.get(key) is None]
    if "days" in lacking or (lacking and (given or keys == ("at",))):
        raise ValueError(f"needs '{lacking[0]}', such as {{days: mon-fri, {_EXAMPLES[keys]}}}")
    days = parse_days(value["days"])
    if keys == ("at",):
        return days, _pieces(value["at"], ",", "times are due here, such as 18:00")
    return days, ["-".join(show_clock(parse_clock(value[key], most=DAY)) for key in keys)] if given else []


_EXAMPLES = {("open", "close"): "open: 08:00, close: 17:00", ("at",): "at: 18:00"}


def _worded(text: str, keys: tuple[str, ...]) -> tuple[tuple[int, ...], list[str]]:
    """`mon-fri 08:00-12:00, 13:00-17:00`: the days are what stands before the first digit."""
    start = next((at for at, letter in enumerate(text) if letter.isdigit()), len(text))
    days, times = text[:start].strip().rstrip(","), text[start:].strip()
    if not days:
        example = "mon-fri 08:00-17:00" if len(keys) == 2 else "mon-fri 18:00"
        raise ValueError(f"needs the days before the time, such as '{example}', not {shorten(text)}")
    return parse_days(days), [piece.strip() for piece in times.split(",")] if times else []


def _span(text: str, days: tuple[int, ...]) -> tuple[int, int]:
    ends = _TO.split(text)
    if len(ends) != 2:
        raise ValueError(f"must be hours such as '08:00-17:00', not {shorten(text)}")
    opens, closes = parse_clock(ends[0]), parse_clock(ends[1], most=DAY)
    if opens == closes:
        raise ValueError(f"never opens: {shorten(text)} ends when it begins; a whole day is 00:00-24:00")
    if opens > closes:
        first = f"{show_days(days)} {show_clock(opens)}-24:00"
        later = f"{show_days((day + 1) % 7 for day in days)} 00:00-{show_clock(closes)}"
        raise ValueError(
            f"closes before it opens: {shorten(text)}; over midnight it is two spans, '{first}"
            + (f"; {later}'" if closes else "'")
        )
    return opens, closes


def _by_days(entries: Iterable[tuple[int, str]]) -> str:
    """Days that are alike together: `mon-thu 08:00-17:00; fri 08:00-15:00`."""
    times: dict[int, list[str]] = {}
    for day, text in entries:
        times.setdefault(day, []).append(text)
    alike: dict[str, list[int]] = {}
    for day, texts in times.items():
        alike.setdefault(", ".join(texts), []).append(day)
    return "; ".join(f"{show_days(days)} {text}" for text, days in alike.items()).replace(" 00:00-24:00", "")
