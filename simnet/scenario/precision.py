"""How precise a figure is asked to be: `0.2 pt`, `1 %`, `0.5 d`, `20 kEUR`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from simnet.errors import shorten
from simnet.numerals import split
from simnet.scenario.limits import parse_amount

WORDS = "0.2 pt (points of a share), 1 % (of the level), 0.5 d, 20 kEUR"
UNITS = {"pt": "share", "%": "relative"}


@dataclass(frozen=True)
class HalfWidth:
    """The half width that a figure's 95 % interval is asked to have at most."""

    text: str
    """As written, tidied."""
    amount: float
    """A share of 1 (points, relative), minutes, 1/10,000 of the currency, or a plain number."""
    dimension: str
    """`share`, `relative`, `time`, `money` or `number`."""

    def __str__(self) -> str:
        return self.text


def parse_half_width(value: object, currency: str | None = None) -> HalfWidth:
    """The half width that a text means; ValueError with the remedy otherwise."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text or len(text) > 60:
        raise ValueError(f"must be an amount, such as {WORDS}, not {shorten(value)}")
    unit = next((unit for unit in UNITS if text.endswith(unit)), None)
    if unit is not None:
        number, rest = split(text.removesuffix(unit).strip(), f"must be an amount, such as {WORDS}", bare=True)
        if rest:
            raise ValueError(f"must be an amount, such as {WORDS}, not {shorten(value)}")
        amount, dimension = float(number) / 100, UNITS[unit]
    else:
        amount, dimension = parse_amount(text, currency)
    if not amount > 0:
        raise ValueError("must be more than zero: no number of replications is enough for an exact figure")
    return HalfWidth(text, amount, dimension)


def parse_precision(text: str, currency: str | None = None) -> tuple[str, HalfWidth]:
    """Figure and half width of `fill.system.line 0.2 pt`."""
    key, _, amount = text.strip().partition(" ")
    if not key or not amount.strip():
        raise ValueError("must be a figure and an amount, such as 'fill.system.line 0.2 pt' or 'cost.year 1 %'")
    return key, parse_half_width(amount, currency)


def _half_width(value: object, info: ValidationInfo) -> HalfWidth:
    if isinstance(value, HalfWidth):
        return value
    context: Any = info.context
    return parse_half_width(value, context.get("currency") if isinstance(context, Mapping) else None)


Precision = Annotated[
    HalfWidth,
    BeforeValidator(_half_width),
    WithJsonSchema({"type": "string", "examples": ["0.2 pt", "1 %", "0.5 d", "20 kEUR"]}),
]
"""Written `0.2 pt`."""
