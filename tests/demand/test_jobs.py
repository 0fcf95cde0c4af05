"""Jobs: lines that come together, whatever shard they are drawn in; what a job is once its lines have ended."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simnet.demand import Jobs, parse_demand
from simnet.demand.job_cards import JobCards
from tests.demand.tools import block, targets, years

CARDS = Path(__file__).parents[3] / "shared" / "data" / "jobcards" / "job_lines.csv.gz"
SPLIT = [{"orders": "20 per month", "parts": {"part0": "1", "part2": "2", "part1": "1"}}]


def jobs_of(lines: Any) -> dict[int, list[tuple[int, int, int]]]:
    """Lines by job: stream, minute, pieces."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for job, *line in zip(lines.job, lines.stream, lines.minute, lines.quantity, strict=True):
        found.setdefault(int(job), []).append((int(line[0]), int(line[1]), int(line[2])))
    return {job: sorted(rows) for job, rows in found.items()}


def test_lines_of_a_job_share_minute_and_site() -> None:
    """A job asks one line of each of its parts, at one site in one minute."""
    chosen = targets(3, 2)
    found = jobs_of(block(parse_demand({"jobs": SPLIT}), chosen).draw(1, 0, years(1)))
    assert 350 < len(found) < 610
    for lines in found.values():
        assert [(chosen.part[stream], pieces) for stream, _, pieces in lines] == [(0, 1), (1, 1), (2, 2)]
        assert len({(minute, chosen.site[stream]) for stream, minute, _ in lines}) == 1


def test_a_part_alone_knows_its_jobs() -> None:
    """What a shard draws of a job has the number that the whole gives it."""
    chosen = targets(3, 2)
    for model in ({"jobs": SPLIT}, {"jobs": cards()}, {"jobs": cards(), "replay": "bootstrap"}):
        whole = block(parse_demand(model), chosen)
        rows = np.flatnonzero(chosen.part == 1)
        alone = replace(whole, targets=chosen.take(rows), base=whole.base[rows]).draw(1, 0, years(1))
        every = whole.draw(1, 0, years(1))
        mine = chosen.part[every.stream] == 1
        columns = [
            sorted(zip(each.job[at], each.minute[at], strict=True)) for each, at in ((every, mine), (alone, ...))
        ]
        assert columns[0] == columns[1] != []


def cards() -> JobCards:
    """Three cards of some parts."""
    names = ["a", "a", "b", "c", "c"]
    parts = ["part0", "part1", "part1", "part2", "part1"]
    days = ["2025-02-03", "2025-02-03", "2025-02-28", "2025-04-01", "2025-04-01"]
    return JobCards(names, days, parts, ["1", "2", "1", "1", "3"])


def test_a_name_keeps_the_days_when_the_parts_change() -> None:
    """A kind with a name meets the same days when a part is added to it, as long as its first part stays."""
    chosen = targets(3, 1)
    minutes = []
    for parts in (["part0", "part1"], ["part0", "part1", "part2"]):
        kind = {"orders": "3 per month", "parts": parts, "name": "belt"}
        lines = block(parse_demand({"jobs": [kind]}), chosen).draw(1, 0, years(1))
        minutes.append(sorted(set(lines.minute.tolist())))
    assert minutes[0] == minutes[1] != []


def test_kinds_that_look_alike_are_two() -> None:
    """The same kind written twice comes twice as often, at other times."""
    kind = {"orders": "3 per month", "parts": ["part0", "part1"]}
    once, twice = (block(parse_demand({"jobs": [kind] * n}), targets(2, 1)).draw(1, 0, years(5)) for n in (1, 2))
    assert set(once.minute.tolist()) < set(twice.minute.tolist())
    assert len(set(twice.minute.tolist())) > 1.7 * len(set(once.minute.tolist()))


def test_exact_cards_keep_their_dates() -> None:
    """The first month of the cards is the month in which the run starts; days are kept, the minute is by chance."""
    found = jobs_of(block(parse_demand({"jobs": cards()}), targets(3, 1)).draw(1, 0, years(1)))
    assert {job: (len(rows), rows[0][1] // 1440) for job, rows in found.items()} == {
        0: (2, 2),
        1: (1, 27),
        2: (2, 31 + 28),
    }


def test_cards_with_sites_come_to_them() -> None:
    """Where cards name sites, a card is drawn again at its own site."""
    known = JobCards(
        ["1", "1", "2"], ["2025-01-01"] * 3, ["part0", "part1", "part0"], ["1"] * 3, ["site1"] * 2 + ["site0"]
    )
    chosen = targets(2, 3)
    for replay in ("exact", "bootstrap"):
        lines = block(parse_demand({"jobs": known, "replay": replay}), chosen).draw(1, 0, years(1))
        assert {(int(chosen.part[s]), int(chosen.site[s])) for s in lines.stream} == {(0, 0), (0, 1), (1, 1)}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"jobs": []}, "needs a kind of job"),
        ({"jobs": SPLIT, "replay": "exact"}, "`replay` is about job cards"),
        ({"jobs": SPLIT, "part": "part0"}, "jobs name their parts themselves"),
        ({"jobs": cards(), "split": "share"}, "`split` is about kinds of jobs"),
        ({"jobs": [{"orders": "1/d", "parts": {}}]}, "needs the parts of the job"),
        ({"jobs": [{"orders": "1/d", "parts": {"a": "0"}}]}, "at least 1 piece"),
    ],
)
def test_wrong_jobs_are_told(wrong: dict[str, Any], message: str) -> None:
    """Each message says what is wrong."""
    with pytest.raises(ValueError, match=message):
        parse_demand(wrong)


@pytest.mark.skipif(not CARDS.exists(), reason="needs ../shared/data/jobcards")
def test_real_job_cards_are_replayed_exactly() -> None:
    """4,156 jobs of a motorcycle dealer come again on their dates, with all their lines: 6.8 lines a job."""
    with gzip.open(CARDS, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [[row[name].strip() or "(blank)" for row in rows] for name in ("job_id", "job_card_date", "item")]
    model = Jobs(jobs=JobCards(columns[0], columns[1], columns[2], [1] * len(rows)))
    parts = sorted(set(columns[2]))
    chosen = targets(parts, 1)
    clock = years(2)
    first = np.datetime64("2017-05-01")
    lines = block(model, chosen).draw(1, 0, replace(clock, start=first.astype(object)))
    asked = Counter(parts[stream] for stream in chosen.part[lines.stream].tolist())
    assert len(set(columns[0])) == len(np.unique(lines.job)) == 4156
    assert asked == Counter(columns[2])
    assert len(lines) / 4156 == pytest.approx(6.85, abs=0.005)
    day = {job: np.datetime64(date) - first for job, date in zip(columns[0], columns[1], strict=True)}
    named = np.array([day[name].astype(int) for name in model.cards.names])  # type: ignore[union-attr]
    assert (lines.minute // 1440 == named[lines.job]).all()
