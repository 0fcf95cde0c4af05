# ruff: noqa: E501 - tables of cases, one a line
"""Human units: exact integers in, the same words out, and a remedy for everything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from simnet import units
from simnet.units import (
    DAY,
    MONTH,
    YEAR,
    Duration,
    Money,
    MoneyPerDay,
    MoneyPerKg,
    Number,
    Quantity,
    Rate,
    Share,
)

READ: list[tuple[Callable[[object], float], object, float]] = [
    (units.parse_duration, "30 d", 30 * DAY),
    (units.parse_duration, "30d", 30 * DAY),
    (units.parse_duration, " 1.5 h ", 90),
    (units.parse_duration, "0.4 min", 0),
    (units.parse_duration, "2 w", 14 * DAY),
    (units.parse_duration, "1 mo", MONTH),
    (units.parse_duration, "1 y", YEAR),
    (units.parse_duration, "3 months", 3 * MONTH),
    (units.parse_duration, "1e1 d", 10 * DAY),
    (units.parse_duration, "30\u00a0d", 30 * DAY),
    (units.parse_duration, 90, 90),
    (units.parse_money, "12.40 EUR", 124_000),
    (units.parse_money, "12.40EUR", 124_000),
    (units.parse_money, "4.81 MEUR", 48_100_000_000),
    (units.parse_money, "3 kUSD", 30_000_000),
    (units.parse_money, "0.0001 EUR", 1),
    (units.parse_share, "95 %", 0.95),
    (units.parse_share, "95%", 0.95),
    (units.parse_share, "0 %", 0.0),
    (units.parse_share, "100 %", 1.0),
    (units.parse_share, 0.5, 0.5),
    (units.parse_share_per, "22 %/y", 0.22 / YEAR),
    (units.parse_share_per, "-3 % / year", -0.03 / YEAR),
    (units.parse_share_per, "1 % per month", 0.01 / MONTH),
    (units.parse_rate, "2 per month", 2 / MONTH),
    (units.parse_rate, "2/mo", 2 / MONTH),
    (units.parse_rate, "0.5 / day", 0.5 / DAY),
    (units.parse_rate, "12 per y", 12 / YEAR),
    (units.parse_weight, "0.8 kg", 800),
    (units.parse_weight, "2 t", 2_000_000),
    (units.parse_weight, "5 g", 5),
    (units.parse_quantity, "3", 3),
    (units.parse_quantity, "3.0", 3),
    (units.parse_quantity, "1e3", 1000),
    (units.parse_quantity, 7, 7),
    (units.parse_quantity, 7.0, 7),
    (units.parse_number, "0.5", 0.5),
    (units.parse_number, ".5", 0.5),
    (units.parse_number, 2, 2.0),
]

REFUSED: list[tuple[Callable[[object], float], object, str]] = [
    (units.parse_duration, "35", "needs a unit, such as '35 d' (min, h, d, w, mo, y)"),
    (units.parse_duration, "", "is empty"),
    (units.parse_duration, None, "must be a single value, not empty"),
    (units.parse_duration, {"a": 1}, "not a map"),
    (units.parse_duration, [1], "not a list"),
    (units.parse_duration, True, "not True"),
    (units.parse_duration, "-1 d", "must not be negative"),
    (units.parse_duration, -1, "must not be negative"),
    (units.parse_duration, "1,5 d", "write decimals with a point"),
    (units.parse_duration, "5 fortnights", "unknown unit of time 'fortnights'"),
    (units.parse_duration, "1e999 d", "at most 1000 y"),
    (units.parse_duration, "9" * 100 + " d", "too long"),
    (units.parse_duration, "nan", "finite"),
    (units.parse_duration, "-Infinity", "finite"),
    (units.parse_duration, "=1+1", "formula"),
    (units.parse_duration, "\u0663 d", "is not a number"),
    (units.parse_money, "12.40", "such as '12.40 EUR'"),
    (units.parse_money, "12.40 eur", "unknown currency 'eur'"),
    (units.parse_money, "$12.40", "by a sign, $; write its letters: '12.40 USD'"),
    (units.parse_money, "12 €", "by a sign, €; write its letters: '12 EUR'"),
    (units.parse_money, "EUR 12", "before the number; write '12 EUR'"),
    (units.parse_money, "€1,200.50", "write its letters: '12.40 EUR'"),
    (units.parse_money, "1,200.50 EUR", "write decimals with a point"),
    (partial(units.parse_money, currency="EUR"), "$12.40", "is in $, but this scenario counts in EUR"),
    (partial(units.parse_money, currency="EUR"), "USD 12.40", "is in USD, but this scenario counts in EUR"),
    (partial(units.parse_money_per, per="kg", currency="EUR"), "$1.10/kg", "is in $, but this scenario counts"),
    (units.parse_money, "1e30 EUR", "too large"),
    (units.parse_share, "0.95", "such as '95 %'"),
    (units.parse_share, "95", "such as '95 %'"),
    (units.parse_share, "101 %", "between 0 % and 100 %"),
    (units.parse_share, "9 d", "use percent"),
    (units.parse_share, float("nan"), "between 0 % and 100 %"),
    (units.parse_share_per, "22 %", "such as '22 %/y'"),
    (units.parse_share_per, "22 %/kg", "such as '22 %/y'"),
    (units.parse_rate, "2", "such as '2 per month'"),
    (units.parse_rate, "2 per customer", "such as"),
    (units.parse_rate, "2 d per month", "such as"),
    (units.parse_rate, "1e99 per minute", "too large"),
    (units.parse_weight, "0.8", "such as '0.8 kg'"),
    (units.parse_weight, "0.8 lb", "use g, kg or t"),
    (units.parse_quantity, "3.5", "must be a whole number, not '3.5'"),
    (units.parse_quantity, "-3", "must not be negative"),
    (units.parse_quantity, "3 pcs", "without a unit"),
    (units.parse_quantity, "1e12", "too large"),
    (units.parse_quantity, float("nan"), "finite"),
    (units.parse_number, "95 %", "such as 0.95"),
    (units.parse_number, "inf", "finite"),
    (units.parse_number, "1e300", "too large"),
]


@pytest.mark.parametrize(("parse", "text", "value"), READ)
def test_units_are_read(parse: Callable[[object], float], text: object, value: float) -> None:
    """A number with its unit becomes the exact number of small units."""
    assert parse(text) == pytest.approx(value, rel=1e-15)
    assert isinstance(parse(text), type(value))


@pytest.mark.parametrize(("parse", "text", "says"), REFUSED)
def test_what_is_no_unit_is_refused_with_a_remedy(parse: Callable[[object], float], text: object, says: str) -> None:
    """Everything else is a ValueError that says what to write."""
    with pytest.raises(ValueError) as caught:
        parse(text)
    assert says in str(caught.value)


def test_another_currency_is_refused() -> None:
    """Amounts are in the scenario's currency; nothing is converted."""
    assert units.parse_money("1 EUR", "EUR") == 10_000
    with pytest.raises(ValueError, match="is in USD, but this scenario counts in EUR"):
        units.parse_money("1 USD", "EUR")


@pytest.mark.parametrize(
    ("text", "per", "value"),
    [("1.10 EUR/kg", "kg", 11_000), ("1100 EUR/t", "kg", 11_000), ("40 EUR/d", "d", 400_000), ("280 EUR per week", "d", 400_000)],
)  # fmt: skip
def test_money_per_kilogram_and_day(text: str, per: str, value: int) -> None:
    """Money per weight counts per kilogram, money per time per day."""
    assert units.parse_money_per(text, per, "EUR") == value


@pytest.mark.parametrize(
    ("text", "per"), [("1 EUR", "kg"), ("1 EUR/d", "kg"), ("1 EUR/kg", "d"), ("x/d", "d"), ("1/d", "d")]
)
def test_money_per_something_else_is_refused(text: str, per: str) -> None:
    """Money per kilogram is not money per day."""
    with pytest.raises(ValueError):
        units.parse_money_per(text, per, "EUR")


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (units.show_duration(30 * DAY), "30 d"),
        (units.show_duration(90), "1.5 h"),
        (units.show_duration(45), "45 min"),
        (units.show_duration(0), "0 min"),
        (units.show_duration(2 * YEAR), "2 y"),
        (units.show_duration(31.2 * DAY), "31.2 d"),
        (units.show_money(48_100_000_000, "EUR"), "4.81 MEUR"),
        (units.show_money(124_000, "EUR"), "12.40 EUR"),
        (units.show_money(481_000_000, "EUR"), "48.1 kEUR"),
        (units.show_money(-48_100_000_000, "EUR"), "-4.81 MEUR"),
        (units.show_money(0, "USD"), "0.00 USD"),
        (units.show_share(0.951), "95.1 %"),
        (units.show_weight(800), "800 g"),
        (units.show_weight(1200), "1.2 kg"),
    ],
)
def test_numbers_are_shown_as_people_write_them(shown: str, text: str) -> None:
    """Minutes, money and shares come back with their units."""
    assert shown == text


@given(st.integers(0, 10**8))
def test_money_is_exact(cents: int) -> None:
    """Two decimals never round: money is read as a decimal number, not as a float."""
    assert units.parse_money(f"{cents // 100}.{cents % 100:02} EUR") == cents * 100


@given(st.integers(0, 50_000), st.sampled_from(["d", "h", "min", "w"]))
def test_whole_durations_are_exact(count: int, unit: str) -> None:
    """A whole number of units is that many minutes."""
    assert units.parse_duration(f"{count} {unit}") == count * units.TIME_UNITS[unit]


@given(st.one_of(st.text(), st.binary(), st.floats(), st.integers(), st.none(), st.booleans(), st.lists(st.text())))
def test_no_input_breaks_a_parser(value: Any) -> None:
    """A parser returns a number or raises ValueError, whatever it is given."""
    for parse in (units.parse_duration, units.parse_money, units.parse_rate, units.parse_weight, units.parse_quantity):
        try:
            assert parse(value) >= 0 or isinstance(value, float)
        except ValueError as error:
            assert str(error)


class Model(BaseModel):
    """One field of each type."""

    time: Duration = 0
    share: Share = 0.0
    rate: Rate = 0.0
    pieces: Quantity = 0
    number: Number = 0.0
    money: Money = 0
    freight: MoneyPerKg = 0
    fine: MoneyPerDay = 0


def test_fields_read_units() -> None:
    """The annotated types parse in a model, with the currency from the context."""
    texts = {"time": "1 h", "share": "5 %", "rate": "1/min", "pieces": "3", "money": "1 EUR", "freight": "1 EUR/kg"}
    model = Model.model_validate(texts, context={"currency": "EUR"})
    assert (model.time, model.share, model.rate, model.pieces, model.money, model.freight) == (
        60,
        0.05,
        1.0,
        3,
        10_000,
        10_000,
    )
    with pytest.raises(ValidationError, match="counts in USD"):
        Model.model_validate(texts, context={"currency": "USD"})


def test_fields_read_their_own_values() -> None:
    """What was parsed once may be validated again."""
    model = Model(time=60, share=0.05, rate=1.0, pieces=3, number=0.5, money=10_000)
    assert Model.model_validate(model.model_dump()) == model


def test_schema_shows_how_to_write_a_unit() -> None:
    """The JSON Schema of a field has the pattern of what a person writes."""
    schema = Model.model_json_schema()["properties"]
    assert schema["time"]["type"] == "string"
    assert "30 d" in schema["time"]["examples"]
