"""Dates: each way of writing them, and what settles the order of day and month."""

from __future__ import annotations

from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.intake.dates import Triple, read_date
from simnet.intake.history import read_orders
from simnet.intake.told import dates_told, told
from tests.intake.files import dated, text_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-04-13", (2025, 4, 13)),
        ("2025/4/13", (2025, 4, 13)),
        ("2025.04.13.", (2025, 4, 13)),
        ("2025-04-13T08:15:00Z", (2025, 4, 13)),
        ("2025-04-13 08:15:00.000", (2025, 4, 13)),
        ("20250413", (2025, 4, 13)),
        ("2025年4月13日", (2025, 4, 13)),
        ("2025年04月", (2025, 4, 0)),
        ("13-Apr-2025", (2025, 4, 13)),
        ("13 Apr 25", (2025, 4, 13)),
        ("13. März 2025", (2025, 3, 13)),
        ("1er août 2025", (2025, 8, 1)),
        ("31 déc. 2024", (2024, 12, 31)),
        ("Apr 13, 2025", (2025, 4, 13)),
        ("Sunday, April 13, 2025", (2025, 4, 13)),
        ("Dezember 2024", (2024, 12, 0)),
        ("2025-04", (2025, 4, 0)),
        ("04/2025", (2025, 4, 0)),
        ("202504", (2025, 4, 0)),
        ("2025M04", (2025, 4, 0)),
        ("2025-W15", (2025, 4, 7)),
        ("45760", (2025, 4, 13)),
        ("45760.344", (2025, 4, 13)),
    ],
)
def test_a_date_that_can_be_read_in_one_way(text: str, day: tuple[int, int, int]) -> None:
    """Year first, month by name, month alone, week, a spreadsheet's count: the day."""
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text", ["", "soon", "2025", "0", "12", "m01", "31-Foo-2025", "2025-13-01", "2025-02-30", "99999", "1" * 80]
)
def test_what_is_no_date(text: str) -> None:
    """A text that names no day of the calendar is none."""
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("numbers", "short", "orders"),
    [
        ((13, 4, 2025), False, {"dmy"}),
        ((4, 13, 2025), False, {"mdy"}),
        ((4, 5, 2025), False, {"dmy", "mdy"}),
        ((31, 2, 2025), False, set()),
        ((13, 4, 25), True, {"dmy", "ymd"}),
        ((4, 5, 98), True, {"dmy", "mdy"}),
        ((98, 5, 4), True, {"ymd"}),
    ],
)
def test_the_orders_in_which_three_numbers_are_a_day(
    numbers: tuple[int, int, int], short: bool, orders: set[str]
) -> None:
    """A year of four digits is last; one of two may be first."""
    assert Triple(numbers, short).orders() == orders


@pytest.mark.parametrize(
    ("dates", "days", "told"),
    [
        (["03.04.2025", "13.04.2025"], [(2025, 4, 3), (2025, 4, 13)], "day first (13.04.2025 on line 3 settles it)"),
        (["04/13/2025", "05/03/2025"], [(2025, 4, 13), (2025, 5, 3)], "month first (04/13/2025 on line 2 settles it)"),
        (["13.04.98", "01.02.99"], [(1998, 4, 13), (1999, 2, 1)], "day first (13.04.98 on line 2 settles it)"),
        (["98/05/04", "98/06/01"], [(1998, 5, 4), (1998, 6, 1)], "year first (98/05/04 on line 2 settles it)"),
        (["05.05.2025", "06.06.2025"], [(2025, 5, 5), (2025, 6, 6)], "unmistakable (05.05.2025 on line 2)"),
        (["2025-04", "2025-05"], [(2025, 4, 0), (2025, 5, 0)], "months only (2025-04)"),
        (
            ["45760", "45761"],
            [(2025, 4, 13), (2025, 4, 14)],
            "a spreadsheet's count of days (45760 on line 2 is 2025-04-13)",
        ),
    ],
)
def test_what_settles_the_order(tmp_path: Path, dates: list[str], days: list[tuple[int, ...]], told: str) -> None:
    """One date that fits one order alone settles it for the column; the answer names it."""
    found = dated(tmp_path, dates)
    assert found.day.different[found.day.codes].tolist() == [list(day) for day in days]
    assert dates_told(found) == told


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["03/04/2025", "05/06/2025"], "day or month first? '03/04/2025' may be either"),
        (["01.01.2025", "05/06/2025"], "day or month first? '05/06/2025' may be either"),
        (["13.04.25", "14.04.25"], "'13.04.25' may be either"),
        (["13/04/2025", "04/13/2025"], "'13/04/2025' on line 2 and '04/13/2025' on line 3 cannot both be in one order"),
    ],
)
def test_an_order_that_is_open_is_refused_with_the_remedy(tmp_path: Path, dates: list[str], words: str) -> None:
    """Nothing is guessed where a wrong guess would swap days and months in silence."""
    with pytest.raises(SimnetError) as caught:
        dated(tmp_path, dates)
    (problem,) = caught.value.problems
    assert words in problem.message
    assert "--dates dmy, mdy or ymd" in str(problem.remedy)
    assert problem.line in (2, 3) and problem.column == 1


@pytest.mark.parametrize(("order", "day"), [("dmy", (2025, 4, 3)), ("mdy", (2025, 3, 4))])
def test_the_order_that_is_asked_for_is_taken(tmp_path: Path, order: str, day: tuple[int, int, int]) -> None:
    """`--dates` settles what the file leaves open."""
    found = dated(tmp_path, ["03/04/2025"], dates=order)
    assert found.day.span()[0] == day
    assert dates_told(found).endswith("first (asked for)")


def test_a_year_far_from_all_others_is_left_out(tmp_path: Path) -> None:
    """A line years away from all others would make a history that the reader refuses."""
    found = dated(tmp_path, ["2025-04-13"] * 9 + ["1925-04-13"])
    assert found.faults == {11: "a date years from all others (mistyped?)"}
    assert "left out 1 line with a date years from all others (mistyped?)" in " ".join(told(found, "x").split())


@pytest.mark.parametrize(("early", "late", "returns", "groups"), [
    (2, 2, 0, "2 lines of 1925-04, and 2 lines of 2025-04"),
    (2, 2, 40, "2 lines of 1925-04, and 2 lines of 2025-04"),
    (2, 6, 0, "2 lines of 1925-04, and 6 lines of 2025-04"),
    (6, 2, 40, "6 lines of 1925-04, and 2 lines of 2025-04"),
])  # fmt: skip
def test_two_groups_of_years_are_a_question(tmp_path: Path, early: int, late: int, returns: int, groups: str) -> None:
    """Neither is known to be mistyped, and none is left out, however many returns there are beside them."""
    days = ["1925-04-13"] * early + ["2025-04-13"] * late
    rows = [*((day, "A1", 1, "lyon") for day in days), *[("2025-04-13", "A1", -1, "lyon")] * returns]
    path = tmp_path / "orders.csv"
    path.write_text(text_of(rows), encoding="utf-8")
    with pytest.raises(SimnetError) as caught:
        read_orders(str(path))
    (problem,) = caught.value.problems
    assert problem.message == f"{groups}: nothing was ordered in the 99 years between; which are right?"
    assert "mend the years" in str(problem.remedy) and "--columns" not in str(problem.remedy)
    assert problem.line == (2 if early <= late else 2 + early)
