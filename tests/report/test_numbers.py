"""Values as a person reads them."""

from __future__ import annotations

import pytest

from simnet.metrics.intervals import Difference, Estimate
from simnet.metrics.intervals import estimate as measured
from simnet.report.numbers import alike, change, clean, level, on_scale, scale, share_decimals, tick


def estimate(mean: float | None, half: float | None, unit: str) -> Estimate:
    """A level without its replications."""
    return Estimate(mean, half, unit, ())


@pytest.mark.parametrize(
    ("mean", "half", "unit", "shown"),
    [
        (0.951, 0.002, "share", "95.1 % ±0.2"),
        (0.99951, 0.0002, "share", "99.95 % ±0.02"),
        (0.951, 0.0000001, "share", "95.1 % ±<0.1"),
        (0.951, 0.00002, "share", "95.100 % ±0.002"),
        (0.951, 0.0, "share", "95.1 % ±0.0"),
        (4_812_345.0, 3.0, "EUR", "4.81 MEUR ±<0.01"),
        (0.951, None, "share", "95.1 %"),
        (None, None, "share", "-"),
        (4_812_345.0, 51_000.0, "EUR", "4.81 MEUR ±0.05"),
        (3_100_000.0, 40_000.0, "EUR/y", "3.10 MEUR ±0.04"),
        (48_123.0, 1_000.0, "EUR", "48.1 kEUR ±1.0"),
        (9_123.0, 12.0, "EUR", "9,123 EUR ±12"),
        (2.5e9, 1e7, "EUR", "2.50 GEUR ±0.01"),
        (999_400.0, 2_000.0, "USD", "999 kUSD ±2"),
        (999_600.0, 2_000.0, "USD", "1.000 MUSD ±0.002"),
        (-999_600.0, None, "USD", "-1.00 MUSD"),
        (999_700_000.0, None, "USD", "1.00 GUSD"),
        (9_994.0, None, "USD", "9,994 USD"),
        (9_996.0, None, "USD", "10.0 kUSD"),
        (99_960.0, None, "USD", "100 kUSD"),
        (9.998, 0.2, "d", "10.0 d ±0.2"),
        (0.4165, None, "d", "10.0 h"),
        (31.24, 2.13, "d", "31.2 d ±2.1"),
        (0.0, 0.0, "d", "0 d ±0"),
        (0.0696, 0.0218, "d", "1.67 h ±0.52"),
        (6.757, 0.054, "1/y", "6.76 ±0.05"),
        (1234.0, 10.0, "lines", "1,234 ±10"),
    ],
)
def test_levels(mean: float | None, half: float | None, unit: str, shown: str) -> None:
    """Three digits, the unit, and the half width at the same decimals."""
    assert str(level(estimate(mean, half, unit))) == shown


@pytest.mark.parametrize(
    ("first", "mean", "half", "unit", "verdict", "shown"),
    [
        (0.624, 0.029, 0.003, "share", "better", "+2.9 pt ±0.3 better"),
        (4.81e6, 0.62e6, 0.03e6, "EUR", "worse", "+0.62 MEUR ±0.03 worse"),
        (713e3, 1.128e6, 20e3, "EUR", "worse", "+1.13 MEUR ±0.02 worse"),
        (31.2, -14.7, 1.8, "d", "better", "-14.7 d ±1.8 better"),
        (0.5, 0.0, 0.0, "share", "same", "0.0 pt ±0.0 same"),
        (0.5, -0.0001, 0.002, "share", "same", "0.0 pt ±0.2 same"),
        (0.5, 0.1, None, "share", None, "+10.0 pt"),
        (0.5, 0.0004, 0.0001, "share", "better", "+0.04 pt ±0.01 better"),
        (0.5, -0.000004, 0.000001, "share", "worse", "-0.0004 pt ±0.0001 worse"),
        (481e3, 30.0, 10.0, "EUR", "worse", "+30.0 EUR ±10.0 worse"),
        (4.81e6, 2_600.0, 40.0, "EUR", "worse", "+2,600 EUR ±40 worse"),
        (4.81e6, 0.0, 40_000.0, "EUR", "same", "0.00 MEUR ±0.04 same"),
        (4.81e6, -3_000.0, 40_000.0, "EUR/y", "same", "-3,000 EUR ±40,000 same"),
        (0.5, 2e-11, 0.0, "share", "better", "+2e-09 pt ±0.000000 better"),
        (0.5, 0.1, 0.0000004, "share", "better", "+10.0 pt ±<0.1 better"),
        (0.5, 2e-11, 1e-12, "share", "better", "+2e-09 pt ±1e-10 better"),
        (None, None, None, "share", None, "-"),
    ],
)
def test_changes(
    first: float | None, mean: float | None, half: float | None, unit: str, verdict: str | None, shown: str
) -> None:
    """A sign, points for shares, the scale of the level, and the word."""
    found = Difference(mean, half, unit, (), verdict)
    assert str(change(found, estimate(first, None, unit))) == shown


@pytest.mark.parametrize(
    ("rows", "most", "decimals"),
    [
        ([], 3, 1),
        ([[(0.95, 0.96)], [(0.5, 0.5)]], 3, 1),
        ([[(0.9996, 0.9997)]], 3, 2),
        ([[(0.99996, 0.99996)]], 3, 3),
        ([[(0.99996, 0.99996)]], 2, 2),
        ([[(1.0, 1.0), (1.0, 1.0)]], 3, 1),
        ([[(0.95, 0.952), (0.9502, 0.9522)]], 3, 2),
        ([[(0.95, 0.952), (0.9502, 0.9513)]], 3, 1),
        ([[(0.95,), (0.9502,)], [(0.1,), (0.7,)]], 3, 2),
        ([[(0.95,), (0.95000001,)]], 3, 3),
    ],
)
def test_percents_of_designs_that_differ_read_otherwise(
    rows: list[list[tuple[float, ...]]], most: int, decimals: int
) -> None:
    """Where they are told apart, with no more decimals than that takes; 99.96 % is not 100.0 %."""
    found = [[measured(values, "share") for values in levels] for levels in rows]
    assert share_decimals(found, most) == decimals


def test_clean_takes_control_characters_out() -> None:
    """A name cannot command a terminal."""
    assert clean("a\x1b[31mb\nc") == "a\N{REPLACEMENT CHARACTER}[31mb\N{REPLACEMENT CHARACTER}c"


@pytest.mark.parametrize(
    ("value", "most", "unit", "shown"),
    [
        (1_000_000.0, 1_080_000.0, "EUR", "1 MEUR"),
        (500_000.0, 1_080_000.0, "EUR", "0.5 MEUR"),
        (800_000.0, 900_000.0, "EUR", "800 kEUR"),
        (0.0, 900.0, "EUR", "0 EUR"),
        (12_000.0, 31_000.0, "d/y", "12,000 d"),
        (0.1 + 0.2, 0.5, "share", "30 %"),
        (2.5, 3.0, "1/y", "2.5"),
    ],
)
def test_numbers_of_an_axis(value: float, most: float, unit: str, shown: str) -> None:
    """As round as they are, never with an exponent, in the unit of the end of the axis."""
    assert tick(value, scale(unit, most)) == shown


@pytest.mark.parametrize(
    ("mean", "half", "verdict", "shown"),
    [
        (-0.00107, 0.00106, "worse", "-0.107 pt ±0.106 worse"),
        (0.0010, 0.0008, "better", "+0.10 pt ±0.08 better"),
        (0.0290, 0.0030, "better", "+2.9 pt ±0.3 better"),
        (0.0010, 0.0012, "same", "+0.1 pt ±0.1 same"),
    ],
)
def test_a_difference_reads_as_larger_than_its_interval(mean: float, half: float, verdict: str, shown: str) -> None:
    """Where it was told apart from zero, the figures show why."""
    assert str(change(Difference(mean, half, "share", (), verdict), estimate(0.9, 0.002, "share"))) == shown


@pytest.mark.parametrize(
    ("unit", "values", "shown"),
    [
        ("d", [12.3, 0.25, 0.01, 0.0], ["12.3 d", "0.2 d", "<0.1 d", "0.0 d"]),
        ("d", [0.5, 0.25], ["12.0 h", "6.0 h"]),
        ("share", [0.123, 0.00001, 0.5], ["12.3 %", "<0.1 %", "50.0 %"]),
        ("d/y", [12345.6, 7.25, 0.2], ["12,346 d", "7 d", "<1 d"]),
        ("d", [None, None], ["-", "-"]),
        ("EUR", [12.3e6, 4.0e6], ["12.3 MEUR", "4.0 MEUR"]),
        ("EUR", [12.3e6, 4_100.0], ["12,300 kEUR", "4 kEUR"]),
        ("EUR", [12.3e6, 30.0], ["12,300 kEUR", "<1 kEUR"]),
        ("EUR", [40e3, 3.0, 0.0], ["40,000 EUR", "3 EUR", "0 EUR"]),
        ("EUR/y", [2.5e9, 4e6], ["2,500 MEUR", "4 MEUR"]),
    ],
)
def test_values_of_a_chart_have_one_unit_and_precision(unit: str, values: list[float | None], shown: list[str]) -> None:
    """That of the largest; what would read as nothing is said to be less than the last digit."""
    found = [Estimate(value, 0.0004, unit, ()) for value in values]
    assert [on_scale(each, alike(found)) for each in found] == shown
