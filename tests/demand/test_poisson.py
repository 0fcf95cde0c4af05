"""Poisson demand against theory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy import stats

from simnet.demand import Clock, DemandTable, arrivals, parse_demand
from simnet.demand.arrivals import Even, poisson_counts, spread_lines
from simnet.streams import mix_array, mix_int, stream_key, uniform_array
from tests.demand.tools import block, targets, years


def test_counts_are_the_exact_quantile() -> None:
    """For means from nothing to 100,000 each count is the least k whose cdf reaches the uniform."""
    u = uniform_array(mix_array(stream_key(1, 0, "counts"), np.arange(60_000)))
    mean = np.tile([0.0, 1e-6, 0.1, 1.0, 7.5, 11.9, 12.1, 40.0, 365.0, 20_000.0, 1e5, 3.3], 5_000)
    counts = poisson_counts(u, mean)
    assert (stats.poisson.cdf(counts, mean) >= u - 1e-9).all()
    assert ((stats.poisson.cdf(counts - 1, mean) < u + 1e-9) | (counts == 0)).all()
    assert (counts[mean == 0] == 0).all()


def test_counts_in_the_far_tails() -> None:
    """The smallest and the largest uniform end at the quantiles of theory."""
    for mean in (0.1, 5.0, 50.0, 5_000.0):
        for u in (2.0**-53, 1e-9, 1 - 1e-9):
            expected = stats.poisson.ppf(u, mean)
            assert abs(poisson_counts(np.array([u]), np.array([mean]))[0] - expected) <= (u < 1e-12)
        largest = poisson_counts(np.array([1 - 2.0**-53]), np.array([mean]))[0]
        assert stats.poisson.sf(largest, mean) < 1e-12


@pytest.mark.parametrize("block_size", [1, 5, 1 << 16])
def test_a_line_takes_two_draws_of_its_stream(block_size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line i of a stream has its minute from draw 2i + 1 and its pieces from draw 2i + 2, whatever block it is in."""
    monkeypatch.setattr(arrivals, "BLOCK", block_size)
    key, counts = stream_key(1, 0, "lines") + np.arange(5, dtype=np.uint64), np.array([3, 0, 1, 9, 2])
    stream, minute, draws = spread_lines(key, counts, Even(1000), lambda draws, _row: draws.view(np.int64).copy())
    lines = [(row, i) for row, count in enumerate(counts.tolist()) for i in range(count)]
    assert stream.tolist() == [row for row, _ in lines]
    assert minute.tolist() == [(mix_int(int(key[row]), 2 * i + 1) >> 32) * 1000 >> 32 for row, i in lines]
    assert draws.view(np.uint64).tolist() == [mix_int(int(key[row]), 2 * i + 2) for row, i in lines]


@pytest.mark.parametrize("rate", ["0.02/d", "0.5/d", "3/d"])
def test_counts_have_mean_and_variance_of_theory(rate: str) -> None:
    """20,000 streams over a year: mean and variance within 6 standard errors (4e-9 for both)."""
    chosen, clock = targets(1000, 20), years(1)
    lines = block(parse_demand({"orders": rate}), chosen).draw(1, 0, clock)
    counts = np.bincount(lines.stream, minlength=len(chosen))
    mean = float(rate.removesuffix("/d")) * 365
    n = len(chosen)
    assert abs(counts.mean() - mean) < 6 * (mean / n) ** 0.5
    assert abs(counts.var(ddof=1) - mean) < 6 * ((mean + 2 * mean**2) / n) ** 0.5


def test_minutes_are_even_and_independent() -> None:
    """60,000 lines: Kolmogorov-Smirnov and the correlation of successive gaps, false alarm 1e-8 each."""
    clock = years(1)
    lines = block(parse_demand({"orders": "1/d"}), targets(1, 165)).draw(1, 0, clock)
    test = stats.kstest((lines.minute + 0.5) / clock.horizon, "uniform")
    assert test.pvalue > 1e-8
    pooled = np.diff(np.sort(lines.minute)).astype(float)
    correlation = np.corrcoef(pooled[:-1], pooled[1:])[0, 1]
    assert abs(correlation) < 5.8 / len(pooled) ** 0.5


def test_streams_are_independent() -> None:
    """Monthly counts of 400 pairs of neighboring streams: mean correlation within 6 standard errors."""
    clock = years(4)
    lines = block(parse_demand({"orders": "1/d"}), targets(401, 1)).draw(1, 0, clock)
    month = np.searchsorted(clock.month_start, lines.minute, side="right") - 1
    counts = np.zeros((401, 48))
    np.add.at(counts, (lines.stream, month), 1)
    lengths = np.diff(clock.month_start)
    scaled = counts / lengths
    pairs = [np.corrcoef(scaled[i], scaled[i + 1])[0, 1] for i in range(400)]
    assert abs(np.mean(pairs)) < 6 / (47 * 400) ** 0.5


def test_compound_variance() -> None:
    """Pieces of 20,000 streams: variance is rate x (variance + mean squared) of the size, 6 errors (2e-9)."""
    entry = parse_demand({"orders": "0.2/d", "size": {"geometric": {"mean": "3"}}})
    chosen, clock = targets(1000, 20), years(1)
    lines = block(entry, chosen).draw(1, 0, clock)
    pieces = np.bincount(lines.stream, weights=lines.quantity, minlength=len(chosen))
    theory = 0.2 * 365 * (6 + 9)
    spread = np.var((pieces - pieces.mean()) ** 2) ** 0.5
    assert abs(pieces.var() - theory) < 6 * spread / len(chosen) ** 0.5


SEASON = [3, 1, 1, 0, 1, 2, 2, 2, 1, 1, 1, 5]


def test_season_keeps_the_year_and_sets_the_months() -> None:
    """400,000 lines: the year's total is the stated rate, each month has its factor (6 errors, 2e-8)."""
    chosen, clock = targets(100, 11), years(1, date(2027, 1, 1))
    entry = parse_demand({"orders": "1/d", "season": [str(factor) for factor in SEASON]})
    lines = block(entry, chosen).draw(1, 0, clock)
    expected_total = len(chosen) * 365
    assert abs(len(lines) - expected_total) < 6 * expected_total**0.5
    counts = np.histogram(lines.minute, clock.month_start)[0]
    lengths = np.diff(clock.month_start) / 1440
    mass = np.array(SEASON) * lengths
    expected = mass / mass.sum() * expected_total
    assert counts[3] == 0
    assert (np.abs(counts - expected) <= 6 * expected**0.5).all()


def test_season_does_not_change_when_scaled() -> None:
    """Only the proportions of the factors matter."""
    chosen, clock = targets(3, 3), years(2)
    drawn = [
        block(parse_demand({"orders": "1/d", "season": [str(k * f) for f in SEASON]}), chosen).draw(
            1, 0, clock
        )
        for k in (1, 2)
    ]
    assert np.array_equal(drawn[0].minute, drawn[1].minute)


def test_trend_compounds() -> None:
    """With 50 % a year the tenth year has 1.5**9 times the lines of the first (6 standard errors)."""
    chosen, clock = targets(100, 10), years(10)
    lines = block(parse_demand({"orders": "1/w", "trend": "50 %/y"}), chosen).draw(1, 0, clock)
    edges = clock.month_start[::12]
    counts = np.histogram(lines.minute, edges)[0]
    first = sum(1.5 ** (k / 12) * d for k, d in enumerate(np.diff(clock.month_start[:13]) / 1440)) / 7 * 1000
    assert abs(counts[0] - first) < 6 * first**0.5
    assert counts[9] / counts[0] == pytest.approx(1.5**9, rel=0.03)


def test_share_divides_the_total() -> None:
    """`split: share` gives each site its share of one total; `each` gives the total to every site."""
    chosen = targets(2, 3, shares=[1, 2, 5])
    shared = parse_demand({"orders": "8/d", "split": "share"})
    each = parse_demand({"orders": "8/d"})
    assert block(shared, chosen).moments().rate * 1440 == pytest.approx([1, 2, 5] * 2)
    assert block(each, chosen).moments().rate * 1440 == pytest.approx([8] * 6)


def test_table_rows_give_each_stream_its_numbers() -> None:
    """Rate and size come from the row of the stream; fixed sizes and geometric means both."""
    table = DemandTable(["a", "b"], ["x", "x"], orders=[2 / 1440, 0.5 / 1440], size=[3, 1])
    chosen = targets(["b", "a"], ["x"])
    chosen = replace(chosen, row=np.array([1, 0]))
    clock = Clock.of(date(2026, 1, 1), 4_000 * 1440)
    lines = block(parse_demand({"table": table}), chosen).draw(1, 0, clock)
    counts = np.bincount(lines.stream)
    assert counts[0] == pytest.approx(2_000, abs=6 * 2_000**0.5)
    assert counts[1] == pytest.approx(8_000, abs=6 * 8_000**0.5)
    assert set(lines.quantity[lines.stream == 1]) == {3}
    means = DemandTable(["a", "b"], ["x", "x"], orders=[2 / 1440, 0.5 / 1440], size_mean=[3.0, 1.0])
    whole = block(parse_demand({"table": means}), chosen)
    lines = whole.draw(1, 0, clock)
    assert lines.quantity[lines.stream == 1].mean() == pytest.approx(3, abs=6 * 6**0.5 / 8_000**0.5)
    assert whole.moments().size_of(0).mean == 1.0


WRONG: list[tuple[dict[str, Any], str]] = [
    ({}, "needs orders, such as `orders: 2 per month`"),
    ({"orders": "2"}, "needs a rate"),
    ({"orders": "2/d", "order": "2/d"}, "Extra inputs"),
    ({"orders": "2/d", "part": "a", "parts": ["b"]}, "has both `part` and `parts`"),
    ({"orders": "2/d", "season": ["1"] * 11}, "at least 12"),
    ({"orders": "2/d", "season": ["0"] * 12}, "all season factors are zero"),
    ({"orders": "2/d", "split": "lines"}, "'each' or 'share'"),
    ({"orders": "2/d", "trend": "-100 %/y"}, "above -100 %/y"),
    ({"chance": "5 %", "orders": "2/d"}, "Extra inputs"),
    ({"every": "1 w"}, "needs chance, such as `chance: 12 %`"),
]


@pytest.mark.parametrize(("value", "message"), WRONG)
def test_messages(value: dict[str, Any], message: str) -> None:
    """A wrong entry is told in words for a person."""
    with pytest.raises(ValueError, match="error") as caught:
        parse_demand(value)
    assert message in str(caught.value)


def test_an_entry_is_a_map() -> None:
    """A bare text is not an entry."""
    with pytest.raises(ValueError, match="needs a map"):
        parse_demand("2 per month")


def test_names_are_a_name_or_a_list() -> None:
    """`all` stands for every part; a single name is a list of one."""
    assert parse_demand({"orders": "2/d", "part": "all"}).chosen_parts is None
    assert parse_demand({"orders": "2/d", "part": "hose"}).chosen_parts == ("hose",)
    assert parse_demand({"orders": "2/d", "parts": ["hose", "4711"], "class": "a"}).chosen_parts == (
        "hose",
        "4711",
    )
    assert parse_demand({"orders": "2/d"}).at == ("dealers",)


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"order": [1.0]}, "unknown column order"),
        ({"size": [1], "size_mean": [1.0]}, "has both"),
        ({"orders": [1.0, 2.0]}, "not equally long"),
        ({"size": [0]}, "size in row 1 must be at least 1"),
    ],
)
def test_table_messages(numbers: dict[str, Any], message: str) -> None:
    """A wrong table is told in words for a person."""
    with pytest.raises(ValueError, match="column|both|long|row") as caught:
        DemandTable(["a"], ["x"], **numbers)
    assert message in str(caught.value)


def test_two_rows_for_one_stream_are_independent() -> None:
    """A table may ask twice for the same part at the same site; the rows do not ask together."""
    table = DemandTable(["a", "a"], ["x", "x"], orders=[1 / 1440, 1 / 1440])
    chosen = replace(targets(["a"], ["x", "y"]), site=np.zeros(2, dtype=np.int64), row=np.arange(2))
    lines = block(parse_demand({"table": table}), chosen).draw(1, 0, years(1))
    first, second = (set(lines.minute[lines.stream == stream].tolist()) for stream in (0, 1))
    assert len(first & second) < 10
    assert abs(len(first) + len(second) - 730) < 6 * 730**0.5


def test_a_rows_total_is_shared_within_the_row() -> None:
    """Two rows of a part, each over two sites by share: each row's rate is divided, not the part's."""
    table = DemandTable(["a", "a"], ["north", "south"], orders=[4 / 1440, 8 / 1440])
    chosen = replace(targets(["a"], 4, shares=[1, 3, 1, 1]), row=np.array([0, 0, 1, 1]))
    entry = parse_demand({"table": table, "split": "share"})
    assert entry.moments(chosen).rate * 1440 == pytest.approx([1, 3, 4, 4])
