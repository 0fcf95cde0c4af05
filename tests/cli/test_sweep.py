"""`simnet sweep` and `--precision` as they are typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.commands import process, simnet

VARY = ["--vary", "stocking.default.target=80%,99%", "--vary", "suppliers.factory.lead_time.mean=20d,60d"]


def test_a_sweep_prints_a_row_a_point(place: Path) -> None:
    """Levels with intervals, which points are best, and where it is kept; 80 columns, nothing behind the words."""
    done = process("sweep", "tiny.yaml", *VARY, cwd=place)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].split()[:2] == ["target", "lead_time.mean"]
    assert [line.split("  ")[0] for line in lines[2:6]] == ["80%", "80%", "99%", "99%"]
    assert "Lowest cost a year: " in done.stdout and "±" in done.stdout
    assert max(map(len, lines)) <= 80 and [line for line in lines if line != line.rstrip()] == []
    assert "saved in runs/tiny.sweep.target-lead_time.mean (" in done.stderr
    page = (place / "runs" / "tiny.sweep.target-lead_time.mean" / "report.html").read_text()
    assert "simnet sweep tiny.yaml --vary stocking.default.target=80%,99%" in page and "<svg" in page
    assert "cached" in simnet("sweep", "tiny.yaml", *VARY).stderr


def test_a_sweep_for_machines(place: Path) -> None:
    """JSON holds values, figures and ranking of the points; CSV a line a point and figure; Markdown the table."""
    found = json.loads(simnet("sweep", "tiny.yaml", *VARY, "--json", "--best", "cost.year").stdout)
    assert set(found) == {"points", "best", "designs", "provenance"}
    assert list(found["points"]) == list(found["designs"])
    assert found["points"]["target 99%, lead_time.mean 20d"]["stocking.default.target"] == "99%"
    assert set(found["best"]) == {"cost.year"}
    rows = list(csv.DictReader(io.StringIO(simnet("sweep", "tiny.yaml", *VARY, "--csv").stdout)))
    assert {row["suppliers.factory.lead_time.mean"] for row in rows} == {"20d", "60d"}
    marked = simnet("sweep", "tiny.yaml", *VARY, "--md", "--kpi", "margin", "--differences").stdout
    assert marked.splitlines()[0] == "| target | lead\\_time.mean | parts margin |"
    assert " pt" in marked


def test_maps_are_values_too(place: Path) -> None:
    """Commas inside {} part nothing."""
    values = "{policy: base-stock, target: 80 %},{policy: base-stock, target: 99 %}"
    done = simnet("sweep", "tiny.yaml", "--vary", f"stocking.default={values}", "--json", "--replications", "1")
    assert len(json.loads(done.stdout)["points"]) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sweep", "tiny.yaml"], "nothing is varied"),
        (["sweep", "tiny.yaml", "--vary", "x"], "is not a path and its values"),
        (["sweep", "tiny.yaml", "--vary", "stocking.default.target=90%:99%:3"], "'90%:99%:3' is no value"),
        (["sweep", "tiny.yaml", "--vary", "stocking.default.up_to=1..5"], "ranges are not known"),
        (["sweep", "tiny.yaml", "--vary", "stocking.default.taget=9%,8%"], "did you mean 'target'?"),
        (["sweep", "tiny.yaml", "--vary", "stocking.default.target=9,8%"], "--vary:1:25"),
        (["sweep", "tiny.yaml", "--vary", "stocking.default.target={9%"], "a } is missing"),
        (["sweep", "tiny.yaml", *VARY, "--design", "richr"], "did you mean 'richer'?"),
        (["sweep", "tiny.yaml", *VARY, "--kpi", "fill.lin"], "did you mean 'fill.line'?"),
        (["sweep", "tiny.yaml", *VARY, "--best", "fill.lin"], "did you mean 'fill.line'?"),
        (["sweep", "tiny.yaml", *VARY, "--precision", "fill.line 1 %"], "write 0.2 pt"),
        (["sweep", "tiny.yaml", *VARY, "--json", "--csv"], "only one of --json, --csv"),
        (["sweep", "nowhere.yaml", *VARY], "no such file"),
        (["sweep", "tiny.yaml", *VARY, "--as", "../x"], "no plain name"),
        (["run", "tiny.yaml", "--precision", "fill.line"], "must be a figure and an amount"),
        (["compare", "tiny.yaml", "--best", "demand.lines"], "there is no best in 'demand.lines'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_sweep_is_answered(place: Path, words: list[str], told: str) -> None:
    """Exit code 2, the remedy on standard error, nothing printed, nothing written."""
    done = simnet(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in place.iterdir()] == ["tiny.yaml"]


def test_compare_names_the_best_on_request(place: Path) -> None:
    """Under the table, and in the JSON."""
    words = ["compare", "tiny.yaml", "--best", "cost.year", "--engine", "simpy"]
    assert "\nLowest cost a year: tiny; " in simnet(*words).stdout
    assert "Lowest cost a year: tiny; " in simnet(*words, "--md").stdout
    found = json.loads(simnet(*words, "--json").stdout)
    assert found["best"]["cost.year"]["best"] == "tiny"
    assert "Best" not in simnet("compare", "tiny.yaml").stdout


def test_a_precision_that_was_not_reached_is_said(place: Path) -> None:
    """What was reached, what was asked, and about how many replications would do; the answer is kept all the same."""
    words = ["run", "tiny.yaml", "--precision", "fill.line 0.1 pt", "--set", "run.most_replications=10"]
    done = simnet(*words, "--engine", "simpy")
    assert done.exit_code == 0
    told = " ".join(done.stderr.split())
    assert "fill.line is not as precise as asked: ±" in told and "after 10 replications, asked 0.1 pt; about" in told
    assert (place / "runs" / "tiny.base" / "summary.json").is_file()


def test_a_point_of_a_sweep_can_be_explained(place: Path) -> None:
    """A kept sweep is asked for the story of a part, as any result."""
    simnet("sweep", "tiny.yaml", *VARY, "--replications", "1", "--as", "swept")
    done = simnet("explain", "runs/swept", "--part", "pump", "--design", "target 99%, lead_time.mean 60d")
    assert done.exit_code == 0, done.stderr


def test_a_wrong_path_is_told_once_whatever_its_values(place: Path) -> None:
    """Not once a value, and with the path alone."""
    done = simnet("sweep", "tiny.yaml", "--vary", "stocking.defalt.target=90%,95%,98%")
    assert done.exit_code == 2
    assert done.output.count("unknown key 'defalt'") == 1
    assert "more time" not in done.output and "1 error." in done.output
    assert "| stocking.defalt.target\n" in done.output
