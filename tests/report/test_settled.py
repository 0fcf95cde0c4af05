"""Whether a run has settled: the warm-up by MSER, and figures that change while they are measured."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

import simnet as sn
from simnet.metrics import compare
from simnet.metrics.intervals import Estimate, estimate
from simnet.report import settled
from simnet.report.settled import Series
from tests.metrics import tiny


def months(values: list[float | None]) -> Series:
    """A series of monthly means of one replication."""
    return Series("stock", tuple(Estimate(value, None, "pieces", (value,)) for value in values))


@pytest.mark.parametrize(
    ("values", "warm", "kind"),
    [
        ([90, 50, 20, *[10, 11, 9] * 8], 3, "enough"),
        ([90, 50, 20, *[10, 11, 9] * 8], 2, "short"),
        ([10.2, 10.1, *[10, 10.01, 9.99] * 8], 0, "enough"),  # the mean moves by a tenth of a percent
        (list(range(24)), 6, "drifts"),
        ([1, 2, 3], 1, "few"),
        ([1.0, None, *[1.0] * 10], 1, "few"),
    ],
)
def test_whether_a_warmup_is_long_enough(values: list[float | None], warm: int, kind: str) -> None:
    """By MSER on monthly means, and by how much the mean moves without more months."""
    assert settled.verdict(months(values), warm).kind == kind


@pytest.mark.parametrize(("dropped", "words"), [(1, "leaves out 1 month of"), (2, "leaves out 2 months of")])
def test_one_month_is_a_month(dropped: int, words: str) -> None:
    """Grammar of a number."""
    assert words in settled.words(settled.Verdict("pieces on hand", "enough", dropped), 12)


def test_the_warmup_is_judged_in_words() -> None:
    """With its rule, and that one replication has no band."""
    told = settled.finding(compare([tiny.design("a", (0,)), tiny.design("b", (1,))]))
    assert re.match(r"The warm-up in a, b (looks|cannot)", told)
    assert told.endswith("One replication: no band.")


def shaped(rise: float, noise: float, *, count: int, season: float = 0.0, around: float = 100.0) -> Series:
    """Six replications of so many months about a level, which rises by so much over all months."""
    chance = random.Random(4)
    rows = [
        [around + rise * month / count + season * (month % 12 - 5.5) + chance.gauss(0, noise) for _ in range(6)]
        for month in range(count)
    ]
    return Series("pieces owed", tuple(estimate(row, "pieces") for row in rows))


@pytest.mark.parametrize(
    ("found", "unit", "moves"),
    [
        (shaped(100, 5, count=48), "pieces", True),
        (shaped(-50, 5, count=48), "pieces", True),
        (shaped(0, 5, count=48), "pieces", False),
        (shaped(4, 0.1, count=48), "pieces", False),  # sure, and too small to matter
        (shaped(20, 400, count=48), "pieces", False),  # large, and may be chance
        (shaped(0, 1, count=48, season=8), "pieces", False),  # years against years: a season is no change
        (shaped(0, 1, count=36, season=8), "pieces", False),  # the first year against the last
        (shaped(0.1, 0.001, count=48, around=0.9), "share", True),  # five points of fill between both halves
        (shaped(0.01, 0.001, count=48, around=0.9), "share", False),
        (shaped(100, 1, count=6), "pieces", True),
        (shaped(100, 1, count=1), "pieces", False),  # one month has no two ends
    ],
)
def test_a_figure_that_changes_while_it_is_measured(found: Series, unit: str, moves: bool) -> None:
    """Told if it is no chance at 95 % over all figures asked, and large enough to matter; fixed luck."""
    assert (settled.move(found, unit, 0, asked=6) is not None) is moves


def test_the_warm_up_is_no_part_of_the_change() -> None:
    """Only measured months are compared, and their ends are told."""
    start = shaped(900, 5, count=12, around=1000).months
    steady = shaped(0, 5, count=24).months
    assert settled.move(Series("pieces owed", (*start, *steady)), "pieces", 12, asked=3) is None
    told = settled.move(Series("pieces owed", (*start, *steady)), "pieces", 0, asked=3)
    assert told is not None
    assert re.fullmatch(r"pieces owed 1,\d{3} in the first 12 months, 10\d in the last", told.words())


def test_one_replication_tells_no_change() -> None:
    """Without replications there is no chance to hold a change against."""
    alone = Series("pieces owed", tuple(estimate([float(month)], "pieces") for month in range(48)))
    assert settled.move(alone, "pieces", 0, asked=1) is None


LATE = """
simnet: 1
name: late
run: {{start: 2026-01-01, warm_up: {warm_up}, length: 2 y, replications: 4, seed: 1}}
suppliers: {{works: {{lead_time: {lead}}}}}
warehouses: {{central: {{tier: central, refilled_by: works}}}}
dealers: {{lyon: {{served_by: central, lead_time: 2 d}}}}
parts: {{filter: {{cost: 10 EUR, price: 20 EUR}}}}
demand: {{part: [filter], orders: 1 per day}}
stocking: {{default: {{up_to: {level}}}}}
"""


@pytest.mark.parametrize(("lead", "warm_up", "level", "moves"), [
    ("700 d", "1 d", 1, True),  # nothing comes before the last month
    ("5 d", "1 y", 30, False),
])  # fmt: skip
def test_a_backlog_that_grows_is_told(tmp_path: Path, lead: str, warm_up: str, level: int, moves: bool) -> None:
    """Where no supply comes for most of the run, what is owed piles up, and the report says so."""
    path = tmp_path / "late.yaml"
    path.write_text(LATE.format(lead=lead, warm_up=warm_up, level=level))
    told = settled.finding(sn.load(path).run(folder=None).comparison)
    assert ("Figures change while they are measured: pieces owed" in told) is moves
