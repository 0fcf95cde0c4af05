"""Results on disk: whole or not at all, answered from there only when untouched."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

import simnet as sn
from simnet.errors import SimnetError
from simnet.network import slices
from simnet.provenance import file_hash
from simnet.study import ready, saved

MINIMAL = Path(__file__).parents[2] / "scenarios" / "minimal.yaml"


@pytest.fixture
def study() -> sn.Study:
    """One part, one warehouse, two dealers."""
    return sn.load(MINIMAL)


def ask(study: sn.Study, folder: Path, **more: object) -> sn.Result:
    """Two replications, saved."""
    return study.run(replications=2, folder=folder, **more)


def test_the_same_question_is_answered_from_disk(study: sn.Study, tmp_path: Path) -> None:
    """The second answer is the first one, to the last integer."""
    first, second = ask(study, tmp_path), ask(study, tmp_path)
    assert (first.cached, second.cached) == (False, True)
    assert first.runs[0][1].tally.same_as(second.runs[0][1].tally)


@pytest.mark.parametrize("name", ["report.html", "metrics.parquet", "scenario.resolved.yaml", "tally-0-1.bin"])
@pytest.mark.parametrize("harm", ["gone", "changed", "cut"])
def test_a_damaged_result_is_run_again(study: sn.Study, tmp_path: Path, name: str, harm: str) -> None:
    """A file that is missing, changed or cut short makes the result none, and it is made anew."""
    folder = ask(study, tmp_path).folder
    assert folder is not None
    content = (folder / name).read_bytes()
    if harm == "gone":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content[:-20] if harm == "cut" else b"?" + content[1:])
    assert not ask(study, tmp_path).cached
    assert ask(study, tmp_path).cached
    assert (folder / name).stat().st_size > 0


def test_what_others_put_beside_a_result_stays(study: sn.Study, tmp_path: Path) -> None:
    """Another question takes the result's place, not the notes beside it."""
    folder = ask(study, tmp_path).folder
    assert folder is not None
    (folder / "notes.txt").write_text("mine")
    study.run(replications=3, folder=tmp_path)
    assert (folder / "notes.txt").read_text() == "mine"
    assert not (folder / "tally-0-0.bin.old").exists()


def test_old_leftovers_are_tidied(study: sn.Study, tmp_path: Path) -> None:
    """A folder that a killed run left long ago goes; one of a run that may still be writing stays."""
    old, young = tmp_path / ".minimal.old", tmp_path / ".minimal.young"
    for left in (old, young):
        left.mkdir()
    long_ago = time.time() - 2 * saved.LEFT_OVER
    os.utime(old, (long_ago, long_ago))
    ask(study, tmp_path)
    assert not old.exists()
    assert young.exists()


def test_a_foreign_folder_is_not_touched(study: sn.Study, tmp_path: Path) -> None:
    """A folder that holds no result is refused, and nothing is written."""
    (tmp_path / "minimal").mkdir()
    (tmp_path / "minimal" / "thesis.txt").write_text("mine")
    with pytest.raises(SimnetError, match="holds something else"):
        ask(study, tmp_path)
    assert [path.name for path in (tmp_path / "minimal").iterdir()] == ["thesis.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["minimal"]


def test_the_summary_lists_its_files(study: sn.Study, tmp_path: Path) -> None:
    """Machines read KPIs, provenance and files from one JSON."""
    folder = ask(study, tmp_path).folder
    assert folder is not None
    summary = json.loads((folder / "summary.json").read_text())
    assert set(summary["files"]) == {path.name for path in folder.iterdir()} - {"summary.json"}
    assert summary["designs"]["minimal"]["fill.line"]["unit"] == "share"


def test_the_summary_knows_every_file_by_its_bytes(
    study: sn.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of the rows of slices, which are written while the report is drawn."""
    monkeypatch.setattr(ready, "LARGE", 0)
    monkeypatch.setattr(slices, "SLICE_POINTS", 1)
    folder = ask(study, tmp_path).folder
    assert folder is not None and list(folder.glob("points-*.parquet"))
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["files"] == {
        path.name: file_hash(path) for path in folder.iterdir() if path.name != "summary.json"
    }


@pytest.mark.parametrize("drawn", ["report", "excel"])
def test_nothing_is_left_where_the_report_fails(
    study: sn.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: str
) -> None:
    """The rows that were being written beside it go with it, and the error is told."""
    monkeypatch.setattr(ready, "LARGE", 0)
    monkeypatch.setattr(sn.Result, drawn, full)
    with pytest.raises(SimnetError, match="no space"):
        ask(study, tmp_path)
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith(".unfinished")]


def full(*_: object) -> None:
    """A disk that has no room left."""
    raise OSError(28, "no space")


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("tally-0-0.bin", "tally-0-0.bin is not as it was written"),
        ("metrics.parquet", "metrics.parquet is not as it was written"),
        ("summary.json", "summary.json cannot be read"),
    ],
)
def test_a_damaged_result_is_told_and_made_anew(study: sn.Study, tmp_path: Path, file: str, told: str) -> None:
    """A kept file that is cut short is no answer: the run says so and is made again."""
    folder = ask(study, tmp_path).folder
    assert folder is not None
    path = folder / file
    path.write_bytes(path.read_bytes()[:100])
    said: list[str] = []
    assert not ask(study, tmp_path, say=said.append).cached
    assert [text for text in said if "damaged" in text] == [
        f"the result kept in {folder} is damaged, and is made anew: {told}"
    ]
    said.clear()
    assert ask(study, tmp_path, say=said.append).cached
    assert said == []
