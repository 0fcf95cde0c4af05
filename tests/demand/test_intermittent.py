"""Intermittent demand against theory: at most one line a period, with the stated chance."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy import stats

from simnet.demand import Clock, parse_demand
from tests.demand.tools import block, targets, years


def periods_of(lines_minute: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return the period of each minute."""
    return np.searchsorted(starts, lines_minute, side="right") - 1


@pytest.mark.parametrize("chance", ["0.5 %", "12 %", "60 %", "97 %", "100 %"])
@pytest.mark.parametrize("season", [None, ["1"] * 12], ids=["gaps", "coins"])
def test_each_period_has_its_chance(chance: str, season: list[str] | None) -> None:
    """2,000 streams over 60 months: at most one line a month; each month's count within 6 errors (1e-7).

    Both ways of drawing, by gaps and (with a season) by one coin a period.
    """
    entry = parse_demand({"chance": chance, "season": season})
    chosen, clock = targets(1000, 2), years(5)
    lines = block(entry, chosen).draw(1, 0, clock)
    month = periods_of(lines.minute, clock.month_start)
    cells = lines.stream * 60 + month
    assert len(np.unique(cells)) == len(cells)
    counts = np.bincount(month, minlength=60)
    p, n = float(chance.removesuffix(" %")) / 100, len(chosen)
    assert (np.abs(counts - n * p) <= 6 * (n * p * (1 - p)) ** 0.5 + 1e-9).all()


def test_gaps_are_geometric() -> None:
    """200,000 gaps of 5 % a day: chi-square over 60 classes, false alarm 1e-8."""
    chosen, clock = targets(100, 10), Clock.of(date(2026, 1, 1), 4_000 * 1440)
    lines = block(parse_demand({"chance": "5 %", "every": "1 d", "at_minute": "start"}), chosen).draw(
        1, 0, clock
    )
    order = np.lexsort((lines.minute, lines.stream))
    stream, day = lines.stream[order], lines.minute[order] // 1440
    gaps = np.diff(day)[(np.diff(stream) == 0) & (day[:-1] < 3_000)]
    assert len(gaps) > 140_000
    counts = np.bincount(np.minimum(gaps, 60), minlength=61)[1:]
    pmf = 0.05 * 0.95 ** np.arange(60)
    pmf[-1] = 0.95**59
    expected = pmf * len(gaps)
    assert ((counts - expected) ** 2 / expected).sum() < stats.chi2.isf(1e-8, 59)


def test_start_and_spread() -> None:
    """`start` puts a line on the first minute of its week, `spread` on any, equally likely."""
    clock = Clock.of(date(2026, 1, 1), 52 * 7 * 1440)
    week = 7 * 1440
    start = parse_demand({"chance": "50 %", "every": "1 w", "at_minute": "start"})
    assert (block(start, targets(10, 10)).draw(1, 0, clock).minute % week == 0).all()
    spread = parse_demand({"chance": "50 %", "every": "1 w"})
    minutes = block(spread, targets(100, 10)).draw(1, 0, clock).minute % week
    assert stats.kstest((minutes + 0.5) / week, "uniform").pvalue > 1e-8


def test_a_cut_period_asks_less() -> None:
    """A month cut by the horizon has the lines that fall before it, not all of the month's."""
    clock = Clock.of(date(2026, 1, 1), (31 + 14) * 1440)
    lines = block(parse_demand({"chance": "100 %"}), targets(1000, 10)).draw(1, 0, clock)
    counts = np.bincount(periods_of(lines.minute, clock.month_start), minlength=2)
    assert counts[0] == 10_000
    assert counts[1] == pytest.approx(5_000, abs=6 * 50)


def test_a_longer_horizon_keeps_the_lines() -> None:
    """The lines of a shorter run are the first lines of a longer one."""
    entry, chosen = parse_demand({"chance": "20 %", "every": "1 w"}), targets(20, 5)
    short, long = (block(entry, chosen).draw(1, 0, years(count)) for count in (1, 3))
    until = long.minute < years(1).horizon
    kept = sorted(zip(long.stream[until], long.minute[until], long.quantity[until], strict=True))
    assert kept == sorted(zip(short.stream, short.minute, short.quantity, strict=True))


def test_season_moves_the_chance() -> None:
    """Without demand in winter the summer's chance is higher; the year's expectation stays (6 errors)."""
    season = ["0", "0", "1", "1", "1", "1", "1", "1", "1", "1", "0", "0"]
    chosen, clock = targets(1000, 10), years(1, date(2027, 1, 1))
    lines = block(parse_demand({"chance": "10 %", "season": season}), chosen).draw(1, 0, clock)
    counts = np.bincount(periods_of(lines.minute, clock.month_start), minlength=12)
    assert counts[[0, 1, 10, 11]].sum() == 0
    p = 0.1 * 365 / 245
    assert (np.abs(counts[2:10] - 10_000 * p) < 6 * (10_000 * p * (1 - p)) ** 0.5).all()


def test_nothing_is_asked_at_chance_zero() -> None:
    """A chance of zero is allowed, and gives no lines."""
    assert len(block(parse_demand({"chance": "0 %"}), targets(3, 3)).draw(1, 0, years(1))) == 0
