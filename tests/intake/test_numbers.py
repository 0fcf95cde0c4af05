"""Numbers: each way of writing them, and what settles the decimal sign."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.intake.numbers import read_number, sign_of
from simnet.intake.told import numbers_told
from tests.intake.files import counted


@pytest.mark.parametrize(
    ("text", "comma", "point"),
    [
        ("12", "12", "12"),
        ("+3", "3", "3"),
        ("-5", "-5", "-5"),
        ("5-", "-5", "-5"),
        ("(5)", "-5", "-5"),
        ("12,5", "12.5", None),
        ("12.5", None, "12.5"),
        (".5", None, "0.5"),
        ("1.234", "1234", "1.234"),
        ("1,234", "1.234", "1234"),
        ("1.234,50", "1234.50", None),
        ("1,234.50", None, "1234.50"),
        ("1.234.567", "1234567", None),
        ("1 234", "1234", "1234"),
        ("1\u00a0234\u202f567,5", "1234567.5", None),
        ("1'234.50", None, "1234.50"),
        ("2 ST", "2", "2"),
        ("2 pcs.", "2", "2"),
        ("3 件", "3", "3"),
        ("€ 12.50", None, "12.50"),
        ("12,50 EUR", "12.50", None),
        ("$1,200.00", None, "1200.00"),
    ],
)
def test_a_number_under_either_sign(text: str, comma: str | None, point: str | None) -> None:
    """Thousands, signs, units of pieces and of money are understood; what does not fit the sign is none."""
    wanted = [None if each is None else Decimal(each) for each in (comma, point)]
    assert [read_number(text, ","), read_number(text, ".")] == wanted


@pytest.mark.parametrize("text", ["", "two", "1e3", "1,23,4", "1.2.3", "5 kg", "12 34", "--5", "1" * 80, "1/2", "٣"])
def test_what_is_no_number(text: str) -> None:
    """Words, exponents, other units and broken groups are no number under either sign."""
    assert read_number(text, ",") is None and read_number(text, ".") is None


@pytest.mark.parametrize(
    ("digits", "sign"),
    [
        ("12", None),
        ("12,5", ","),
        ("12.50", "."),
        ("0,500", ","),
        ("1234,567", ","),
        ("1,234", "?"),
        ("1.234.567", ","),
    ],
)
def test_what_a_number_proves(digits: str, sign: str | None) -> None:
    """A sign before three digits may stand between thousands; anything else proves what it is."""
    assert sign_of(digits) == sign


@pytest.mark.parametrize(
    ("quantities", "pieces", "told"),
    [
        (["2", "3"], [2, 3], "whole"),
        (["1.234", "12,00"], [1234, 12], "decimal comma (12,00 on line 3 settles it)"),
        (["1,234", "12.0"], [1234, 12], "decimal point (12.0 on line 3 settles it)"),
        (["1.000.000", "5"], [1_000_000, 5], "decimal comma (1.000.000 on line 2 settles it)"),
    ],
)
def test_what_settles_the_sign(tmp_path: Path, quantities: list[str], pieces: list[int], told: str) -> None:
    """One number that fits one sign alone settles it for the file."""
    found = counted(tmp_path, quantities)
    assert found.quantity.tolist() == pieces
    assert numbers_told(found) == told


@pytest.mark.parametrize(
    ("quantities", "words"),
    [
        (["1.000", "2.000"], "thousands or decimals? '1.000' may be either"),
        (["1,5", "2.5"], "'1,5' on line 2 has a decimal comma, '2.5' on line 3 a decimal point"),
        (["2.5", "1,5"], "'1,5' on line 3 has a decimal comma, '2.5' on line 2 a decimal point"),
    ],
)
def test_a_sign_that_is_open_is_refused_with_the_remedy(tmp_path: Path, quantities: list[str], words: str) -> None:
    """2.000 pieces may be two or two thousand: nobody guesses."""
    with pytest.raises(SimnetError) as caught:
        counted(tmp_path, quantities)
    (problem,) = caught.value.problems
    assert words in problem.message
    assert problem.remedy == "say which: --decimal , or --decimal ."


@pytest.mark.parametrize(("sign", "pieces"), [(",", 2000), (".", 2)])
def test_the_sign_that_is_asked_for_is_taken(tmp_path: Path, sign: str, pieces: int) -> None:
    """`--decimal` settles what the file leaves open."""
    assert counted(tmp_path, ["2.000"], decimal=sign).quantity.tolist() == [pieces]
