"""Where charts and tables stand on the page: side by side where they fit."""

from __future__ import annotations

import pytest

from simnet.report.grid import Column, Grid, compared_grid, halves
from simnet.report.layout import HALF, ems, inline, is_narrow, is_small, side_by_side, width
from simnet.report.numbers import Shown
from simnet.report.rows import rows
from tests.report.test_page import FLOW, ONE, TWO


@pytest.mark.parametrize(("narrow", "rooms"), [
    ("", []),
    ("n", ["alone"]),
    ("nn", ["half", "half right"]),
    ("nnn", ["half", "half right", "alone"]),
    ("nwn", ["alone", "whole", "alone"]),
    ("wnnw", ["whole", "half", "half right", "whole"]),
])  # fmt: skip
def test_narrow_things_stand_side_by_side(narrow: str, rooms: list[str]) -> None:
    """Two narrow ones that follow each other share a row; the order is kept."""
    placed = side_by_side(("grid", at, letter == "n") for at, letter in enumerate(narrow))
    assert [each.room for each in placed] == rooms
    assert [each.what for each in placed] == list(range(len(narrow)))


def table(columns: int, value: str = "566 kEUR", half: str = "±12", verdict: str = "") -> Grid:
    """A table of so many columns."""
    heads = tuple(Column(f"design {at}") for at in range(columns))
    return Grid("Stock", ("",), heads, ((("stock value",), (Shown(value, half, verdict),) * columns),))


@pytest.mark.parametrize(("found", "beside", "narrow"), [
    (table(1), True, True),
    (table(2), True, True),
    (table(3), True, True),
    (table(4), True, False),
    (table(5), True, False),
    (table(2, verdict="better"), True, True),
    (table(6, verdict="better"), False, False),
    (table(9), False, False),
    (table(3, half="±12,345,678.9"), True, False),
])  # fmt: skip
def test_intervals_stand_beside_values_where_there_is_room(found: Grid, beside: bool, narrow: bool) -> None:
    """Tables of few columns have them beside, others below; three designs fit half the page."""
    assert inline(found) is beside and is_narrow(found) is narrow


@pytest.mark.parametrize(("columns", "rows", "value", "small"), [
    (2, 8, "84.4 % ±0.1", True),
    (2, 9, "84.4 % ±0.1", False),
    (3, 4, "84.4 % ±0.1", True),
    (5, 4, "-3.4 kEUR ±0.1 better", False),
])  # fmt: skip
def test_short_numbers_go_to_paper(columns: int, rows: int, value: str, small: bool) -> None:
    """Numbers under a chart are printed where they are few and no wider than the chart."""
    assert is_small(["", *["lean"] * columns], [["system", *[value] * columns]] * rows) is small


def test_a_name_is_as_wide_as_its_letters() -> None:
    """Chinese letters are wider; a name that is longer than any column makes a table no wider than the page."""
    assert ems("备件") == 2 > ems("ab")
    long = Grid("Sites", ("site",), (Column("lines"),), ((("x" * 200,), (Shown("1"),)),))
    assert width(long, True) < HALF


def test_a_table_says_to_which_design_its_differences_are() -> None:
    """Below each head stands what its figures are; of one design there is nothing to say."""
    first, other = compared_grid(TWO, "All", rows(TWO)).columns
    assert first.under == ("level", "(the reference)") and other.under == ("difference", "to a")
    assert [column.under for column in compared_grid(ONE, "All", rows(ONE)).columns] == [()]


def test_a_long_table_of_one_design_is_two() -> None:
    """It is split in the middle, not between a row and its part; one of several designs stays whole."""
    whole = compared_grid(ONE, "All", rows(ONE))
    left, right = halves(whole)
    assert left.rows + right.rows == whole.rows and left.keys + right.keys == whole.keys
    assert 0 <= len(left.rows) - len(right.rows) <= 1
    assert len(halves(compared_grid(FLOW, "All", rows(FLOW)))) == 1
    shown = Shown("1")
    deep = Grid("All", ("",), (Column("a"),), tuple(((name,), (shown,)) for name in "abcdefgh"), keys=tuple("abcdefgh"),
                depths=(0, 0, 0, 0, 1, 0, 0, 0))  # fmt: skip
    assert [len(half.rows) for half in halves(deep)] == [5, 3]
