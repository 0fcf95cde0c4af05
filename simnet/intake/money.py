"""The currency of costs and prices, as headings, a column of currencies, number formats and cells name it.

Amounts are never converted. A file that names two currencies, or another one than was asked for, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simnet.currencies import SIGNS, currency_in
from simnet.errors import Problem, SimnetError, shorten
from simnet.intake.coded import Raw
from simnet.intake.headings import CURRENCY, MONEY, Columns
from simnet.intake.numbers import is_unit
from simnet.intake.source import Source

ASSUMED = "EUR"
"""Where nothing tells the currency."""
_USUAL = {"$": "USD", "£": "GBP"}
"""What a sign stands for where nothing else tells it; other signs of several currencies are asked about."""
_SPELLED = (
    ("美元|us[ -]?dollars?|us\\$", "USD"), ("欧元|euros?", "EUR"), ("日元|yen", "JPY"), ("港元|港币", "HKD"),
    ("英镑", "GBP"), ("人民币|rmb|yuan|元", "CNY"),
)  # fmt: skip
_WRITTEN = tuple((re.compile(rf"(?<![a-z])(?:{words})(?![a-z])"), code) for words, code in _SPELLED)
_DIGITS = re.compile(r"[\d_]+")
_AROUND = re.compile(r"[\s.,'+\-()]")
_LETTERS = re.compile("[A-Z]{3}")


@dataclass(frozen=True)
class Currency:
    """Its three letters, and what tells it."""

    letters: str
    told_by: str = ""
    """Empty where it was asked for, or assumed."""
    assumed: bool = False


@dataclass(frozen=True)
class Naming:
    """What in the file names a currency, and where."""

    named: str
    """Three letters, or a sign that may stand for several."""
    told_by: str
    where: str
    role: str
    line: int
    column: int

    @property
    def may_be(self) -> tuple[str, ...]:
        """The currencies that may be meant."""
        return SIGNS.get(self.named, (self.named,))


def settle_money(source: Source, columns: Columns, raw: Raw, asked: str | None) -> Currency:
    """The one currency of a file; `SimnetError` where it names two, or another one than is asked for."""
    found = list(namings(source, columns, raw))
    left = found[0].may_be if found else ()
    for each in found:
        if not set(left) & set(each.may_be):
            raise two_currencies(source, columns, found, each)
        left = tuple(code for code in left if code in each.may_be)
    if asked is not None:
        if found and asked not in left and any(role in columns.at for role in MONEY):
            raise another(source, columns, next(each for each in found if asked not in each.may_be), asked)
        return Currency(asked)
    if not found:
        return Currency(ASSUMED, assumed=True)
    first = next((each for each in found if each.named == left[0]), found[0])
    letters = left[0] if len(left) == 1 else _USUAL.get(first.named)
    if letters is None:
        remedy = f"say which: {' or '.join(f'--money {code}' for code in left)}"
        told = f"{first.named} may be {', '.join(left[:-1])} or {left[-1]} ({first.where})"
        raise SimnetError(Problem(told, **source.place(first.line, first.column), remedy=remedy))
    return Currency(letters, first.told_by)


def two_currencies(source: Source, columns: Columns, found: list[Naming], other: Naming) -> SimnetError:
    """The file names two."""
    first = next((each for each in found if not set(each.may_be) & set(other.may_be)), found[0])
    told = f"names two currencies: {first.named} ({first.where}) and {other.named} ({other.where})"
    beside = other.role in MONEY and first.role != other.role
    remedy = f"amounts are not converted: bring all to one currency in the file, or {left_out(columns, other, beside)}"
    return SimnetError(Problem(told, **source.place(other.line, other.column), remedy=remedy))


def another(source: Source, columns: Columns, naming: Naming, asked: str) -> SimnetError:
    """The file names another currency than is asked for."""
    told = f"is in {naming.named} ({naming.where}), and --money says {asked}"
    alone = naming.role in MONEY
    remedy = (
        f"amounts are not converted: bring them to {asked} in the file, leave out --money, or "
        f"{left_out(columns, naming, alone)}"
    )
    other = next((heading for heading in columns.unused if alone and currency_of(heading) == asked), None)
    if other is not None:
        remedy = f"is {shorten(other)} the {naming.role}? --columns {naming.role}={shorten(other)}; {remedy}"
    return SimnetError(Problem(told, **source.place(naming.line, naming.column), remedy=remedy))


def left_out(columns: Columns, naming: Naming, alone: bool) -> str:
    """How the amounts are left out: those of one column, or all."""
    roles = [naming.role] if alone else [role for role in MONEY if role in columns.at]
    return f"leave the {' and the '.join(roles)} out: --columns {' '.join(f'{role}=' for role in roles)}"


def namings(source: Source, columns: Columns, raw: Raw) -> Iterator[Naming]:
    """What names a currency: headings, the column of currencies, number formats, cells; each currency of each once."""
    at = {role: columns.at[role] for role in MONEY if role in columns.at}
    for role, column in at.items():
        heading = columns.header[column]
        if named := currency_of(heading):
            yield Naming(named, shorten(heading), f"heading {shorten(heading)}", role, columns.line, column)
    if CURRENCY in columns.at:
        yield from in_column(source, columns, raw)
    for role, column in at.items():
        for named, line in source.shown_in(column).items():
            yield Naming(named, "number formats", f"the number format on line {line}", role, line, column)
    for role, column in at.items():
        yield from in_cells(raw, role, column)


def in_column(source: Source, columns: Columns, raw: Raw) -> Iterator[Naming]:
    """The currencies in their column, on the lines that hold an amount, or on all of a file without amounts."""
    column, coded = columns.at[CURRENCY], raw.columns[CURRENCY]
    amounts = [raw.columns[role] for role in MONEY if role in columns.at]
    rows = np.arange(len(raw))
    if amounts:
        filled = [np.array([bool(text) for text in each.texts])[each.codes] for each in amounts]
        rows = np.flatnonzero(np.logical_or.reduce(filled))
    codes, first = np.unique(coded.codes[rows], return_index=True)
    found: dict[str, Naming] = {}
    heading = f"column {shorten(columns.header[column])}"
    for row, code in sorted(zip(rows[first].tolist(), codes.tolist(), strict=True)):
        text, line = coded.texts[code], int(raw.lines[row])
        named = currency_of(text) or unknown_letters(text.upper())
        if text and named is None and amounts:
            remedy = f"such as EUR; --columns {CURRENCY}=HEADING names another column, {CURRENCY}= none"
            raise SimnetError(Problem(f"{shorten(text)} is no currency", **source.place(line, column), remedy=remedy))
        if named is not None:
            found.setdefault(named, Naming(named, heading, f"{heading} on line {line}", CURRENCY, line, column))
    if amounts or len(found) == 1:
        yield from found.values()


def in_cells(raw: Raw, role: str, column: int) -> Iterator[Naming]:
    """The currencies beside amounts."""
    coded = raw.columns[role]
    first = coded.first_rows()
    found: dict[str, Naming] = {}
    for number, text in enumerate(coded.texts):
        named = beside_digits(_DIGITS.sub(" ", text))
        if named is not None and named not in found:
            line = int(raw.lines[first[number]])
            found[named] = Naming(named, shorten(text), f"{shorten(text)} on line {line}", role, line, column)
    yield from found.values()


def currency_of(text: str) -> str | None:
    """The letters or the sign of the currency that a heading or a cell names."""
    plain = _DIGITS.sub(" ", text)
    folded = plain.casefold()
    return next((code for words, code in _WRITTEN if words.search(folded)), None) or currency_in(plain)


@lru_cache(maxsize=4096)
def beside_digits(rest: str) -> str | None:
    """The currency that a cell names in what is left of it without digits: nearly always the same one."""
    return currency_of(rest) or unknown_letters(_AROUND.sub("", rest))


def unknown_letters(text: str) -> str | None:
    """Three letters that are taken for a currency, though it is none of those known."""
    return text if _LETTERS.fullmatch(text) and not is_unit(text) else None
