"""`simnet explain RUN --part P` and `--misses`: a kept run is told again, or refused with the reason."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import simnet as sn
from tests.cli.commands import simnet, tiny


@pytest.fixture
def kept(place: Path) -> Path:
    """Two designs of the tiny scenario, two replications, kept in runs/tiny."""
    result = sn.load("tiny.yaml").compare(replications=2, engine="simpy", folder="runs", name="tiny")
    assert result.folder is not None
    return place / result.folder


def told(*words: str) -> str:
    """What is printed; it fits into 80 columns."""
    done = simnet("explain", *words)
    assert done.exit_code == 0, done.output
    assert max(map(len, done.output.splitlines())) <= 80
    return done.output


def refused(*words: str) -> str:
    """What is said where nothing can be told."""
    done = simnet("explain", *words)
    assert done.exit_code == 2, done.output
    return " ".join(done.output.split())


def test_the_life_of_a_part(kept: Path) -> None:
    """Its sites, its longest waits, and the story of the first of them."""
    life = told("runs/tiny", "--part", "filter")
    assert life.startswith("The life of filter, ")
    assert "design" not in life.splitlines()[1]
    data = json.loads(told_json("runs/tiny", "--part", "filter"))
    number = str(data["misses"][0]["number"])
    story = told("runs/tiny", "--part", "filter", "--line", number)
    assert story.startswith(f"Line {number} of filter: ")
    assert "A customer asks" in story
    as_json = json.loads(told_json("runs/tiny", "--part", "filter", "--line", number))
    assert [each["text"] for each in as_json["story"]][-1].startswith("The line counts as missed")
    assert as_json["seed"] == 7


def told_json(*words: str) -> str:
    """JSON, however wide."""
    done = simnet("explain", *words, "--json")
    assert done.exit_code == 0, done.output
    return done.output


def test_days_and_everything(kept: Path) -> None:
    """Two days of it, all of it, one site of it."""
    some = told("runs/tiny", "--part", "filter", "--from", "2026-02-01", "--to", "2026-02-10", "--design", "richer")
    days = {line[4:14] for line in some.split("\n\n")[-1].splitlines() if line[:1].strip()}
    assert days and min(days) >= "2026-02-01" and max(days) <= "2026-02-10"
    assert "Nothing happened in these days." in told("runs/tiny", "--part", "filter", "--from", "2031-02-01")
    every = told("tiny", "--part", "filter", "--all", "--site", "lyon", "--replication", "1")
    assert "replication 1 of 2" in every


def test_a_scenario_file_is_told_too(place: Path) -> None:
    """Nothing was kept of it: it is run as it says."""
    assert "tiny, replication 2 of 3, seed 7" in told("tiny.yaml", "--part", "pump", "--replication", "2")


def test_the_changes_of_the_command_line_are_kept(place: Path) -> None:
    """A run with --set and --seed is told with them."""
    assert simnet("run", "tiny.yaml", "--set", "stocking.default.target=50%", "--seed", "3", "-q").exit_code == 0
    assert "seed 3" in told("runs/tiny.base", "--part", "pump")


def test_misses(kept: Path) -> None:
    """Causes, sites and parts, the largest first; their lines are those of the figures."""
    text = told("runs/tiny", "--misses")
    assert "in customs or transit" in text and "days waited" in text
    data = json.loads(told_json("runs/tiny", "--misses"))
    lines = [group["lines"] for group in data["causes"]]
    assert lines == sorted(lines, reverse=True)
    result = sn.load("tiny.yaml").compare(replications=2, engine="simpy", folder=None)
    classes = len(result.comparison.results[0].outline.order_classes)
    asked = [run.tally.flow["lines"].reshape(-1, classes)[:, 1:].sum() for run in result.runs[0]]
    share = result.kpi("missed.line").values
    a_year = sum(part * count for part, count in zip(share, asked, strict=True)) / 2 * 365 / 90
    assert sum(lines) == pytest.approx(a_year)
    assert sum(group["lines"] for group in data["sites"]) == pytest.approx(a_year)


def test_what_is_not_there(kept: Path) -> None:
    """Part, line, design, replication, site, folder: each says what there is instead."""
    assert "did you mean 'pump'?" in refused("runs/tiny", "--part", "pumb")
    assert "lines are 1 to" in refused("runs/tiny", "--part", "pump", "--line", "99999")
    assert "did you mean 'richer'?" in refused("runs/tiny", "--part", "pump", "--design", "richest")
    assert "replications are 0 to 1" in refused("runs/tiny", "--part", "pump", "--replication", "2")
    assert "replications are 0 to 1" in refused("runs/tiny", "--misses", "--replication", "-1")
    assert "there is no site 'lyom' = did you mean 'lyon'?" in refused("runs/tiny", "--part", "pump", "--site", "lyom")
    assert "did you mean 'runs/tiny'?" in refused("runs/tinny", "--part", "pump")
    assert "holds no result" in refused("runs", "--part", "pump")
    assert "there is no result or scenario" in refused("fill.line", "--part", "pump")
    assert "there is no result or scenario" in refused("x" * 5000, "--part", "pump")
    assert "this is a scenario" in refused("tiny.yaml", "--misses")


def test_what_does_not_go_together(kept: Path) -> None:
    """A run without a question, and questions without a run."""
    assert "add --part NAME, or --misses" in refused("runs/tiny")
    assert "add --part NAME, or --misses" in refused("tiny.yaml")
    assert "name a RUN" in refused("--part", "pump")
    assert "add either --part NAME or --misses" in refused("runs/tiny", "--line", "1")
    assert "--misses looks at a whole run" in refused("runs/tiny", "--misses", "--site", "lyon")
    assert "--to is before --from" in refused(
        "runs/tiny", "--part", "pump", "--from", "2027-02-03", "--to", "2027-02-01"
    )


def test_files_that_changed(kept: Path, place: Path) -> None:
    """The story of another scenario is not told as that of the run."""
    tiny(place, **{"2 per month": "3 per month"})
    assert "tiny.yaml changed since this result was kept" in refused("runs/tiny", "--part", "pump")


def test_files_that_moved(kept: Path, place: Path) -> None:
    """What the folder holds is enough for a scenario without tables, of any design."""
    before = told("runs/tiny", "--part", "pump", "--design", "slower")
    (place / "tiny.yaml").unlink()
    assert told("runs/tiny", "--part", "pump", "--design", "slower").splitlines()[3:] == before.splitlines()[3:]
    shutil.move(kept, place / "elsewhere")
    assert "The life of pump" in told("elsewhere", "--part", "pump")


def test_a_result_that_was_touched(kept: Path) -> None:
    """A tally that was changed tells nothing."""
    (kept / "tally-0-0.bin").write_bytes(b"?")
    assert "changed since it was written" in refused("runs/tiny", "--part", "pump")


def test_another_life(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program itself answers otherwise now, it says so."""
    monkeypatch.setattr("simnet.study.retold.agrees", lambda *_: False)
    assert "simnet itself changed" in refused("runs/tiny", "--part", "pump")


def test_a_result_without_its_origin(kept: Path) -> None:
    """One of an older simnet, or made in Python with objects of its own."""
    summary = json.loads((kept / "summary.json").read_text("utf-8"))
    summary["asked"][0]["own"] = True
    (kept / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert "of its own" in refused("runs/tiny", "--part", "pump")
    del summary["asked"]
    (kept / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert "older simnet" in refused("runs/tiny", "--part", "pump")


def test_tables_that_are_gone(place: Path) -> None:
    """A scenario whose tables moved is named with them."""
    (place / "parts.csv").write_text("part,cost,price\nbolt,1,2\n", "utf-8")
    text = (place / "tiny.yaml").read_text("utf-8")
    start, end = text.index("parts:"), text.index("demand:")
    rest = "demand: {part: bolt, orders: 2 per month}\nstocking: {default: {policy: base-stock, target: 90 %}}\n"
    (place / "tiny.yaml").write_text(text[:start] + "parts: parts.csv\n" + rest, "utf-8")
    assert end > start
    sn.load("tiny.yaml").run(replications=1, engine="simpy", folder="runs")
    (folder,) = (place / "runs").iterdir()
    assert "The life of bolt" in told(str(folder.relative_to(place)), "--part", "bolt")
    (place / "parts.csv").unlink()
    assert "parts.csv of this result is not where it was" in refused(str(folder.relative_to(place)), "--part", "bolt")
