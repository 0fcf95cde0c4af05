"""Replay: exact to the piece, bootstrap from observed months, fitted by maximum likelihood."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simnet.demand import (
    CellError,
    Clock,
    History,
    Lines,
    Replay,
    Targets,
    history_moments,
    parse_demand,
    parse_when,
)
from simnet.units import MONTH
from tests.demand.tools import block, targets, years

RAF = Path(__file__).parents[3] / "shared" / "data" / "raf" / "open" / "demand_long.csv.gz"


def small() -> History:
    """Two parts over 14 months: monthly rows, dated rows, a day that some months lack."""
    return History(
        part=["a", "a", "a", "b", "b", "b"],
        when=["2020-01", "2020-02-29", "2021-02", "2020-01-31", "2020-01-31", "2020-06"],
        quantity=["3", "40", "2", "1", "2", "0"],
    )


def by_month(chosen: Targets, lines: Lines, clock: Clock) -> dict[tuple[str, int], int]:
    """Return the pieces of each part and month of the run."""
    month = np.searchsorted(clock.month_start, lines.minute, side="right") - 1
    found: dict[tuple[str, int], int] = {}
    for stream, number, quantity in zip(lines.stream, month, lines.quantity, strict=True):
        cell = (chosen.part_names[chosen.part[stream]], int(number))
        found[cell] = found.get(cell, 0) + int(quantity)
    return found


@pytest.mark.parametrize("split", ["lines", "pieces"])
@pytest.mark.parametrize("start", [date(2020, 1, 1), date(2026, 1, 1), date(2023, 7, 1)])
def test_exact_totals(split: str, start: date) -> None:
    """Pieces by part and month are those of the history, wherever it is laid and however it is divided."""
    chosen, clock = targets(["b", "x", "a"], 3), years(2, start)
    entry = parse_demand({"orders": small(), "replay": "exact", "split": split})
    totals = by_month(chosen, block(entry, chosen).draw(1, 0, clock), clock)
    assert totals == {("a", 0): 3, ("a", 1): 40, ("a", 13): 2, ("b", 0): 3}


@pytest.mark.parametrize(
    ("start", "day"), [(date(2020, 1, 1), 60), (date(2026, 1, 1), 59), (date(2020, 2, 1), 58)]
)
def test_days_are_kept(start: date, day: int) -> None:
    """A dated line falls on its own day of the month, or on the last one of a shorter month."""
    history = History(["a", "a"], ["2020-01-01", "2020-02-29"], ["1", "1"])
    lines = block(Replay(orders=history), targets(["a"], 2)).draw(1, 0, years(1, start))
    assert sorted(lines.minute // 1440) == [0, day - 1]


def test_lines_beyond_the_horizon_are_not_asked() -> None:
    """A history longer than the run is cut at the horizon, one longer than it leaves the rest empty."""
    chosen = targets(["a", "b"], 1)
    clock = Clock.of(date(2026, 1, 1), 31 * 1440)
    assert by_month(chosen, block(Replay(orders=small()), chosen).draw(1, 0, clock), clock) == {
        ("a", 0): 3,
        ("b", 0): 3,
    }


def test_dealers_get_their_share() -> None:
    """40,000 lines over shares 1:2:5: each dealer within 6 standard errors; a piece at a time likewise."""
    n = 20_000
    history = History(["a"] * n, ["2020-01"] * n, [2] * n)
    chosen, clock = targets(["a"], 3, shares=[1, 2, 5]), years(1)
    share = np.array([1, 2, 5]) / 8
    for split, count in (("lines", n), ("pieces", 2 * n)):
        lines = block(Replay(orders=history, split=split), chosen).draw(1, 0, clock)
        unit = lines.quantity if split == "pieces" else np.ones(len(lines))
        counts = np.bincount(lines.stream, weights=unit, minlength=3)
        assert counts.sum() == count
        assert (np.abs(counts - count * share) < 6 * (count * share * (1 - share)) ** 0.5).all()
        assert lines.quantity.sum() == 2 * n


def test_a_history_with_sites_goes_to_them() -> None:
    """Where the history names the dealers, each line goes to its own."""
    history = History(["a", "a", "b"], ["2020-01", "2020-02", "2020-02"], [1, 2, 4], site=["x", "y", "x"])
    chosen = targets(["b", "a"], ["z", "y", "x"], shares=[0, 1, 9])
    for mode in ("exact", "fitted", "bootstrap"):
        whole = block(Replay(orders=history, replay=mode), chosen)
        lines = whole.draw(1, 0, years(1))
        pairs = {(chosen.part[s], chosen.site[s]) for s in lines.stream}
        assert pairs <= {(0, 2), (1, 1), (1, 2)}
        assert (whole.moments().rate > 0).tolist() == [False, False, True, False, True, True]
    exact = block(Replay(orders=history), chosen).draw(1, 0, years(1))
    assert sorted(zip(exact.stream.tolist(), exact.quantity.tolist(), strict=True)) == [
        (2, 4),
        (4, 2),
        (5, 1),
    ]


def test_bootstrap_draws_whole_observed_months() -> None:
    """Each month of the run is one of the observed ones, with all its lines, about equally often."""
    history = History(["a"] * 4, ["2020-01-05", "2020-01-05", "2020-03-31", "2020-04"], [1, 1, 5, 7])
    chosen, clock = targets(["a"], 1), years(400)
    lines = block(Replay(orders=history, replay="bootstrap"), chosen).draw(1, 0, clock)
    month = np.searchsorted(clock.month_start, lines.minute, side="right") - 1
    pieces = np.bincount(month, weights=lines.quantity, minlength=4800)
    assert set(pieces) == {0, 2, 5, 7}
    counts = np.array([(pieces == value).sum() for value in (0, 2, 5, 7)])
    assert (np.abs(counts - 1200) < 6 * (4800 * 0.25 * 0.75) ** 0.5).all()
    length = np.diff(clock.month_start)[month] // 1440
    day = (lines.minute - clock.month_start[month]) // 1440 + 1
    assert (day[lines.quantity == 1] == 5).all()
    assert (day == np.minimum(31, length))[lines.quantity == 5].all()


def test_fitted_has_the_history_s_chance_and_mean() -> None:
    """400 years of a part with demand in 2 of 14 months: chance and mean size within 6 standard errors."""
    chosen, clock = targets(["a"], 1), years(400)
    whole = block(
        Replay(orders=History(["a"] * 3, ["2020-01", "2020-05", "2021-02"], [3, 0, 5]), replay="fitted"),
        chosen,
    )
    lines = whole.draw(1, 0, clock)
    months, p = 4800, 2 / 14
    assert abs(len(lines) - months * p) < 6 * (months * p * (1 - p)) ** 0.5
    assert abs(lines.quantity.mean() - 4) < 6 * (12 / (months * p)) ** 0.5
    moments = whole.moments()
    assert moments.period == MONTH
    assert moments.chance is not None
    assert moments.chance[0] == pytest.approx(p)
    assert moments.size_of(0).mean == 4


def test_pieces_of_geometric_lines_thin_to_geometric_lines() -> None:
    """The moments of a part divided piece by piece are those of its draws (6 standard errors)."""
    history = History(["a"] * 2, ["2020-01", "2020-03"], [3, 5])
    chosen, clock = targets(["a"], 2, shares=[1, 3]), years(2000)
    whole = block(Replay(orders=history, replay="fitted", split="pieces"), chosen)
    lines, moments = whole.draw(1, 0, clock), whole.moments()
    assert moments.chance is not None
    for stream in (0, 1):
        sizes, p = lines.quantity[lines.stream == stream], moments.chance[stream]
        assert abs(len(sizes) - 24_000 * p) < 6 * (24_000 * p * (1 - p)) ** 0.5
        assert abs(sizes.mean() - moments.size_mean[stream]) < 6 * sizes.std() / len(sizes) ** 0.5


@pytest.mark.parametrize("mode", ["exact", "bootstrap", "fitted"])
def test_months_larger_than_any_line_can_be_planned(mode: str) -> None:
    """Months of millions, of lines that are each allowed, are planned as a line of the largest size."""
    history = History(["a"] * 4, ["2020-01", "2020-01", "2020-01", "2020-02"], [10**6] * 4)
    moments = block(Replay(orders=history, replay=mode), targets(["a"], 1)).moments()
    assert moments.size_of(0).mean == 10**6


def test_history_moments() -> None:
    """Rate, mean size, chance and mean month of each part."""
    known = history_moments(small())
    assert known.part.tolist() == [0, 1]
    assert known.rate == pytest.approx([3 / (14 * MONTH), 2 / (14 * MONTH)])
    assert known.size_mean == pytest.approx([15, 1.5])
    assert known.chance == pytest.approx([3 / 14, 1 / 14])
    assert known.month_mean == pytest.approx([15, 3])


@dataclass
class Columns:
    """A wide table as the scenario reader leaves it: blank cells are not observed."""

    parts: Any = ("a", "b")
    part: Any = (0, 0, 1)
    year: Any = (2020, 2020, 2020)
    month: Any = (1, 3, 2)
    day: Any = (0, 0, 0)
    quantity: Any = (2, 4, 9)
    sites: Any = None
    site: Any = None
    periods: Any = tuple((2020, month, 0) for month in range(1, 6))
    observed: Any = (bytes([1, 1, 1, 1, 1]), bytes([0, 1, 1, 0, 0]))
    delivered: Any = None
    promised: Any = None


def test_columns_of_the_reader() -> None:
    """The span reaches to the last column; blank months do not count as observed, nor are they drawn."""
    entry = parse_demand({"orders": Columns()})
    assert isinstance(entry, Replay)
    history = entry.history
    assert (history.months, history.observed_months().tolist()) == (5, [5, 2])
    assert history_moments(history).chance == pytest.approx([2 / 5, 1 / 2])
    chosen, clock = targets(["a", "b"], 1), years(200)
    lines = block(Replay(orders=history, replay="bootstrap"), chosen).draw(1, 0, clock)
    counts = np.bincount(lines.stream, minlength=2)
    assert (np.abs(counts - [960, 1200]) < 6 * 25).all()


def test_weeks_are_spread_over_their_days() -> None:
    """In a wide table of weeks a line falls on any day of its week."""
    weeks = tuple((2020, 1, day) for day in (6, 13, 20))
    columns = Columns(
        parts=("a",), part=[0] * 3, year=[2020] * 3, month=[1] * 3, day=[6, 13, 20], quantity=[500] * 3
    )
    columns.periods, columns.observed = weeks, (bytes([1, 1, 1]),)
    history = History.from_columns(columns)
    assert history.days == 7
    lines = block(Replay(orders=history, split="pieces"), targets(["a"], 1)).draw(
        1, 0, years(1, date(2020, 1, 1))
    )
    days = lines.minute // 1440 + 1
    assert ((days >= 6) & (days < 27)).all()
    assert lines.quantity.sum() == 1500


def test_wide_cells() -> None:
    """A wide table gives the same history as a long one."""
    wide = History.of_wide(["a", "b"], ["2020-01", "2020-02"], [["1", ""], ["0", "4"]])
    long = History(["a", "b", "b"], ["2020-01", "2020-02", "2020-01"], [1, 4, 0])
    assert (wide.months, wide.quantity.tolist(), wide.month.tolist()) == (2, [1, 4], [0, 1])
    assert long.quantity.tolist() == wide.quantity.tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-03", (2020 * 12 + 2, 0)),
        ("2020-3-1", (2020 * 12 + 2, 1)),
        ("2020-03-31 00:00:00", (2020 * 12 + 2, 31)),
        (date(2020, 3, 4), (2020 * 12 + 2, 4)),
        (datetime(2020, 3, 4, 9), (2020 * 12 + 2, 4)),
    ],
)
def test_when(text: object, expected: tuple[int, int]) -> None:
    """Dates, months and their texts."""
    assert parse_when(text) == expected


@pytest.mark.parametrize(
    ("when", "quantity", "row", "message"),
    [
        ("03/2020", "1", 0, "write 2024-03-31 or 2024-03"),
        ("2020-02-30", "1", 0, "is not a day of the calendar"),
        ("2020-02", "-1", 0, "must not be negative"),
        ("2020-02", "1.5", 0, "whole number"),
    ],
)
def test_wrong_cells(when: str, quantity: str, row: int, message: str) -> None:
    """A wrong cell is told with its row and column."""
    with pytest.raises(CellError, match="row 1") as caught:
        History(["a"], [when], [quantity])
    assert caught.value.row == row
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (([], [], []), "no rows"),
        ((["a"], ["2020-01"], ["0"]), "no quantity above zero"),
        ((["a"], ["2020-01"], []), "not equally long"),
    ],
)
def test_empty_histories(columns: Any, message: str) -> None:
    """A history without demand is an error, not an empty run."""
    with pytest.raises(ValueError, match=message):
        History(*columns)


def test_a_history_that_was_not_read_is_told() -> None:
    """A path alone is a field that the reader still has to fill."""
    entry = parse_demand({"orders": "orders.csv", "replay": "exact"})
    with pytest.raises(TypeError, match="has not been read"):
        entry.moments(targets())


@pytest.fixture(scope="module")
def raf() -> History:
    """2,500 spare parts over 84 months."""
    if not RAF.exists():
        pytest.skip("the shared data are not here")
    with gzip.open(RAF, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return History(
        [row["part_id"] for row in rows], [row["period"] for row in rows], [row["qty"] for row in rows]
    )


@pytest.mark.parametrize("split", ["lines", "pieces"])
def test_raf_is_reproduced_to_the_piece(raf: History, split: str) -> None:
    """Every part's total in every month, over 20 dealers of different size, seven years later."""
    chosen = targets(raf.part_names, 20, shares=list(range(1, 21)))
    clock = Clock.of(date(2026, 1, 1), (date(2033, 1, 1) - date(2026, 1, 1)).days * 1440)
    lines = block(Replay(orders=raf, split=split), chosen).draw(1, 0, clock)
    shape = (len(raf.part_names), raf.months)
    drawn, history = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    month = np.searchsorted(clock.month_start, lines.minute, side="right") - 1
    np.add.at(drawn, (chosen.part[lines.stream], month), lines.quantity)
    np.add.at(history, (raf.part, raf.month), raf.quantity)
    assert history.sum() == 323_731
    assert np.array_equal(drawn, history)
    assert len(np.unique(lines.stream)) > 10_000


def test_raf_fitted_and_resampled_keep_the_volume(raf: History) -> None:
    """Lines and pieces of 84 months are the history's within 6 standard errors of theory."""
    chosen, clock = targets(raf.part_names, 1), years(7)
    known = history_moments(raf)
    p, mean = known.chance, known.month_mean
    lines_error = 6 * (84 * (p * (1 - p)).sum()) ** 0.5
    spread = (84 * p * (mean * (mean - 1) + mean**2 * (1 - p))).sum() ** 0.5
    for mode in ("fitted", "bootstrap"):
        lines = block(Replay(orders=raf, replay=mode), chosen).draw(1, 0, clock)
        assert abs(len(lines) - len(raf)) < lines_error
        assert abs(lines.quantity.sum() - raf.quantity.sum()) < 6 * 2 * spread
