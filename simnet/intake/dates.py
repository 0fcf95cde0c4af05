"""Dates as companies write them; the order of day, month and year is settled by evidence or asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from simnet.scenario.dates import Day, parse_day

SAID = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_TIME = re.compile(r"[T,]?\s*\d{1,2}[:h]\d{2}.*", re.ASCII)
_TRIPLE = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})\.?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})\.?", re.ASCII)
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?", re.ASCII)
_NAMED_DAY = re.compile(r"(?:\w+,\s*)?(\d{1,2})(?:st|nd|rd|th|er)?[-. ]*([^\W\d_]{3,})\.?[-, ]*(\d{4}|\d{2})")
_NAME_FIRST = re.compile(r"(?:\w+,\s*)?([^\W\d_]{3,})\.?[- ]*(\d{1,2})(?:st|nd|rd|th)?\s*,\s*(\d{4})")
_NAMED_MONTH = re.compile(r"([^\W\d_]{3,})\.?[-, ]*(\d{4})")
_COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})M?(0[1-9]|1[0-2])", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_SERIALS = range(20_000, 80_000)
"""1954 to 2119 as a spreadsheet counts days."""
_EPOCH = date(1899, 12, 30)
_PIVOT = 69
_MONTHS = """january januar janvier jan janv|february februar fevrier feb fevr fev|march marz maerz mars mar mrz
    |april avril apr avr|may mai|june juni juin jun|july juli juillet jul juil|august aout aug
    |september septembre sept sep|october oktober octobre oct okt|november novembre nov
    |december dezember decembre dec dez"""
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS.split("|"), 1) for name in names.split()}
Evidence = tuple[str, int]
"""A text and the line on which it stands first."""


@dataclass(frozen=True)
class Triple:
    """Three numbers of which only the order says which day they are."""

    numbers: tuple[int, int, int]
    short_year: bool

    def day(self, order: str) -> Day | None:
        """The day in one order, if it is one of the calendar."""
        by = dict(zip(order, self.numbers, strict=True))
        if order == "ymd" and not self.short_year:
            return None
        year = by["y"] + (0 if not self.short_year else 2000 if by["y"] < _PIVOT else 1900)
        return checked(year, by["m"], by["d"])

    def orders(self) -> frozenset[str]:
        """The orders in which it is a day."""
        return frozenset(order for order in SAID if self.day(order) is not None)


@dataclass(frozen=True)
class Settled:
    """How dates are read: the order, and what settled it."""

    order: str | None = None
    evidence: Evidence | None = None
    doubt: tuple[Evidence, ...] = ()
    """Texts that leave two orders open, or two that contradict each other."""
    contradicting: bool = False


def read_date(text: str) -> Day | Triple | None:
    """The day (0: only the month is known) of a text, three numbers in an unknown order, or None."""
    body = _TIME.sub("", text.strip()).strip() if len(text) <= 60 else ""
    if found := _YEAR_FIRST.fullmatch(body):
        return checked(*map(int, found.groups()))
    if found := _TRIPLE.fullmatch(body):
        first, second, third = found.groups()
        return Triple((int(first), int(second), int(third)), len(third) == 2)
    if (found := _SERIAL.fullmatch(body)) and int(found[1]) in _SERIALS:
        day = _EPOCH + timedelta(days=int(found[1]))
        return day.year, day.month, day.day
    if found := _COMPACT_MONTH.fullmatch(body):
        return int(found[1]), int(found[2]), 0
    if found := _CHINESE.fullmatch(body):
        return checked(int(found[1]), int(found[2]), int(found[3] or 0))
    try:
        return parse_day(body)
    except ValueError:
        return _with_name(body)


def is_serial(text: str) -> bool:
    """Whether a text is a date as a spreadsheet counts days."""
    found = _SERIAL.fullmatch(text.strip())
    return bool(found) and int(text.strip()[:5]) in _SERIALS


def _with_name(body: str) -> Day | None:
    """A date with the month's name in English, German or French."""
    if found := _NAMED_DAY.fullmatch(body):
        day, name, year = found.groups()
    elif found := _NAME_FIRST.fullmatch(body):
        name, day, year = found.groups()
    elif found := _NAMED_MONTH.fullmatch(body):
        name, year = found.groups()
        day = "0"
    else:
        return None
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    month = _MONTH_OF.get(plain, 0)
    number = int(year) + (0 if len(year) == 4 else 2000 if int(year) < _PIVOT else 1900)
    return checked(number, month, int(day))


def checked(year: int, month: int, day: int) -> Day | None:
    """The day if it is one of the calendar from 1900 to 2200; day 0 stands for the month."""
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return (year, month, day) if 1900 <= year <= 2200 else None


def settle(triples: Mapping[Evidence, Triple] | Iterable[tuple[Evidence, Triple]]) -> Settled:
    """The one order in which all can be read; those that are no day in any order do not count."""
    pairs = triples.items() if isinstance(triples, Mapping) else triples
    votes: dict[frozenset[str], tuple[Evidence, Triple]] = {}
    differs: Evidence | None = None
    for evidence, triple in pairs:
        orders = triple.orders()
        if orders and (orders not in votes or evidence[1] < votes[orders][0][1]):
            votes[orders] = (evidence, triple)
        if differs is None and len({triple.day(order) for order in orders}) > 1:
            differs = evidence
    if not votes:
        return Settled()
    left = frozenset.intersection(*votes)
    if not left:
        smallest = sorted(votes, key=len)
        other = next((each for each in smallest if not each & smallest[0]), smallest[-1])
        return Settled(doubt=(votes[smallest[0]][0], votes[other][0]), contradicting=True)
    if len(left) == 1:
        smallest_set = min(votes, key=len)
        return Settled(next(iter(left)), votes[smallest_set][0])
    if differs is None:
        return Settled(sorted(left)[0])
    return Settled(doubt=(differs,))


def written(day: Day) -> str:
    """`2025-04-13`, or `2025-04` where only the month is known."""
    return f"{day[0]}-{day[1]:02}" + (f"-{day[2]:02}" if day[2] else "")
