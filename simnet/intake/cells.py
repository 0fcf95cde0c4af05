"""What the different texts of a column mean, or what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from simnet.demand.sizes import LARGEST
from simnet.intake.dates import Evidence, Triple, read_date
from simnet.intake.numbers import read_number
from simnet.scenario.escaped import taken_back
from simnet.scenario.sites import parse_name

RETURNS = "quantity <= 0 (returns?)"
NO_DATE, BAD_DATE = "no date", "a date that cannot be read"
NO_QUANTITY, BAD_QUANTITY, FRACTION = "no quantity", "a quantity that is no number", "part of a piece"
POWERS = "a quantity in powers of ten"
UNREADABLE = (BAD_DATE, BAD_QUANTITY, POWERS, FRACTION)
"""Too many of these say that the column, or how it is read, is another."""
_POWERS = re.compile(r"[+-]?\d+([.,]\d*)?e[+-]?\d+", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Texts:
    """The value of each text, and what is wrong with it: empty where nothing is."""

    values: list[Any]
    faults: list[str]


def names(texts: Sequence[str], what: str) -> Texts:
    """Names of parts or dealers, kept as text."""

    def read(text: str) -> tuple[str, str]:
        try:
            return parse_name(taken_back(text)), ""
        except ValueError:
            return "", f"a {what} that is no name (at most 200 printable characters)"

    return _texts((read(text) if text else ("", f"no {what}")) for text in texts)


def dates(texts: Sequence[str], order: str | None) -> Texts:
    """Days; (0, 0, 0) stands for none."""

    def read(text: str) -> tuple[Any, str]:
        found = read_date(text) if text else None
        if isinstance(found, Triple):
            found = found.day(order) if order else None
        return (found, "") if found else ((0, 0, 0), BAD_DATE if text else NO_DATE)

    return _texts(map(read, texts))


def quantities(texts: Sequence[str], sign: str) -> Texts:
    """Whole pieces."""

    def read(text: str) -> tuple[int, str]:
        number = read_number(text, sign) if text else None
        if number is None:
            return 0, (POWERS if _POWERS.fullmatch(text) else BAD_QUANTITY) if text else NO_QUANTITY
        if number <= 0:
            return 0, RETURNS
        if number > LARGEST:
            return 0, f"more than {LARGEST:,} pieces at once"
        return int(number), "" if number == int(number) else FRACTION

    return _texts(map(read, texts))


def amounts(texts: Sequence[str], sign: str) -> list[Decimal | None]:
    """Money; None where there is none above zero."""
    found = (read_number(text, sign) for text in texts)
    return [number if number is not None and number > 0 else None for number in found]


def triples(texts: Iterable[Evidence]) -> list[tuple[Evidence, Triple]]:
    """The texts whose order of day and month is open."""
    read: Callable[[str], Any] = read_date
    pairs = [(evidence, read(evidence[0])) for evidence in texts]
    return [(evidence, found) for evidence, found in pairs if isinstance(found, Triple)]


def _texts(pairs: Iterable[tuple[Any, str]]) -> Texts:
    both = list(pairs)
    return Texts([value for value, _ in both], [fault for _, fault in both])
