"""The currency of costs and prices: asked for, or as headings and cells name it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simnet.errors import Problem, SimnetError, shorten
from simnet.intake.coded import Raw
from simnet.intake.headings import CURRENCIES, Columns
from simnet.intake.source import Source

ASSUMED = "EUR"
"""Where nothing tells the currency."""
ROLES = ("cost", "price")
_NAMED = re.compile(rf"(?<![a-z])({CURRENCIES})(?![a-z])|[€$£]")
_ISO = {"rmb": "CNY", "€": "EUR", "$": "USD", "£": "GBP"}


@dataclass(frozen=True)
class Currency:
    """Its three letters, and what tells it."""

    letters: str
    told_by: str = ""
    """Empty where it was asked for, or assumed."""
    assumed: bool = False


@dataclass(frozen=True)
class Naming:
    """A heading or a cell that names a currency."""

    letters: str
    text: str
    line: int
    column: int


def settle_money(source: Source, columns: Columns, raw: Raw, asked: str | None) -> Currency:
    """The one currency of a file; `SimnetError` where it names two and none is asked for."""
    if asked is not None:
        return Currency(asked)
    found = list(namings(columns, raw))
    other = next((each for each in found if each.letters != found[0].letters), None)
    if other is not None:
        told = f"{shorten(found[0].text)} is in {found[0].letters} and {shorten(other.text)} in {other.letters}"
        remedy = f"a scenario has one currency: bring all to one, or say which it is: --money {found[0].letters}"
        raise SimnetError(Problem(told, **source.place(other.line, other.column), remedy=remedy))
    if found:
        return Currency(found[0].letters, found[0].text)
    return Currency(ASSUMED, assumed=True)


def namings(columns: Columns, raw: Raw) -> Iterator[Naming]:
    """What names a currency, headings first."""
    at = {role: columns.at[role] for role in ROLES if role in columns.at}
    for column in at.values():
        heading = columns.header[column]
        if letters := currency_of(heading):
            yield Naming(letters, heading, columns.line, column)
    for role, column in at.items():
        coded = raw.columns[role]
        first = coded.first_rows()
        for number, text in enumerate(coded.texts):
            if letters := currency_of(text):
                yield Naming(letters, text, int(raw.lines[first[number]]), column)


def currency_of(text: str) -> str | None:
    """The currency that a heading or a cell names."""
    named = _NAMED.search(text.casefold().replace("_", " "))
    return _ISO.get(named[0], named[0].upper()) if named else None
