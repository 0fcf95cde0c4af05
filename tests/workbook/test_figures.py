"""Figures that a workbook names: what it expects, how sure it asks to be; what is said of them names sheet and cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from simnet.cli import main
from simnet.scenario import load
from tests.workbook.books import Sheets, made


def given(sheet: str, *row: Any) -> Any:
    """A workbook with one more row in a sheet."""

    def change(found: Sheets) -> None:
        found[sheet].append(list(row))

    return change


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.mark.parametrize("path", ["run.precision.fill.line", 'run.precision."fill.line"'])
def test_a_figure_is_one_step_of_a_path(path: str, tmp_path: Path) -> None:
    """With quotes or without, as in YAML."""
    assert list(load(made(tmp_path / "tiny.xlsx", given("Settings", path, "0.5 pt"))).run.precision) == ["fill.line"]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("run.precision.fill.lin", "0.5 pt", "there is no figure 'fill.lin'"),
        ("run.precision.fill.line", "1 d", "'fill.line' is measured in percent"),
    ],
)
def test_a_precision_that_cannot_be_is_told_with_its_cell(path: str, value: str, message: str, tmp_path: Path) -> None:
    """No line of a file that has none."""
    made(tmp_path / "tiny.xlsx", given("Settings", path, value))
    done = CliRunner().invoke(main, ["run", "tiny.xlsx"])
    assert done.exit_code == 2
    assert message in done.output
    assert "--> tiny.xlsx, sheet Settings, cell B10\n" in done.output


def test_what_machines_read_names_the_cell(tmp_path: Path) -> None:
    """Of an error, as of an expectation that was checked; of YAML there is none to name."""
    made(tmp_path / "wrong.xlsx", given("expect", "fill.lin", "at least 10 %"))
    (problem,) = json.loads(CliRunner().invoke(main, ["test", "wrong.xlsx", "--json"]).stdout)["problems"]
    assert (problem["file"], problem["sheet"], problem["cell"]) == ("wrong.xlsx", "expect", "A3")


def test_summaries_and_annotations_name_the_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of a workbook is found by nobody."""
    made(tmp_path / "tiny.xlsx", given("expect", "wait.mean", "at most 1 min"))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    done = CliRunner().invoke(main, ["test", "tiny.xlsx", "--quiet"])
    assert "(tiny.xlsx, sheet expect, cell A3)\n" in done.stdout
    assert "| tiny.xlsx, sheet expect, cell A3 |" in Path("summary.md").read_text("utf-8")
    checked = json.loads(CliRunner().invoke(main, ["test", "tiny.xlsx", "--json"]).stdout.partition("\n::")[0])
    assert [each["cell"] for each in checked["files"][0]["expectations"]] == ["A2", "A3"]
