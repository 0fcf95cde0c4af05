"""What run, compare and demo print, keep and answer from disk."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.commands import process, simnet, tiny

RUSH = "order_classes: {vor: {ask: [facing], lead_time: 6 h}}"


def test_run_prints_levels_and_keeps_the_result(place: Path) -> None:
    """A table on standard output, the place on standard error, a whole folder under runs/."""
    done = simnet("run", "tiny.yaml")
    assert done.exit_code == 0
    assert "customer fill" in done.stdout and "±" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert done.stderr.startswith("saved in runs/tiny.base (")
    kept = {path.name for path in (place / "runs" / "tiny.base").iterdir()}
    assert {"summary.json", "metrics.parquet", "report.html", "scenario.resolved.yaml"} <= kept


def test_lines_end_where_their_words_do(place: Path) -> None:
    """No line of a table trails spaces in a pipe."""
    done = process("compare", "tiny.yaml", cwd=place)
    assert [line for line in done.stdout.splitlines() if line != line.rstrip()] == []


def test_the_same_question_is_answered_from_disk(place: Path) -> None:
    """The second time the answer is the same, and cached; --again runs it."""
    first, second = simnet("run", "tiny.yaml"), simnet("run", "tiny.yaml")
    assert second.stdout == first.stdout
    assert "cached" in second.stderr and "cached" not in first.stderr
    assert "cached" not in simnet("run", "tiny.yaml", "--again").stderr
    assert "cached" not in simnet("run", "tiny.yaml", "--seed", "8").stderr


def test_quiet_says_nothing_more(place: Path) -> None:
    """With -q standard error stays empty."""
    assert simnet("run", "tiny.yaml", "-q").stderr == ""


def test_verbose_says_how(place: Path) -> None:
    """With -v the clock, the replications and the seed are named."""
    told = simnet("run", "tiny.yaml", "-v", "--seed", "3", "--replications", "2", "--engine", "simpy").stderr
    assert "engine simpy, replications 2, seed 3" in told


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_clocks_agree(place: Path, engine: str) -> None:
    """Either clock gives the same figures."""
    asked = simnet("run", "tiny.yaml", "--json", "--engine", engine, "--as", engine)
    usual = simnet("run", "tiny.yaml", "--json")
    assert json.loads(asked.stdout)["designs"] == json.loads(usual.stdout)["designs"]


def test_compare_shows_paired_differences(place: Path) -> None:
    """The file itself first, then each design's difference and its verdict."""
    done = simnet("compare", "tiny.yaml")
    head = done.stdout.splitlines()[0].split()
    assert head == ["tiny", "richer", "slower"]
    assert "better" in done.stdout and "worse" in done.stdout
    assert "paired difference" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_levels_of_every_design(place: Path) -> None:
    """--levels prints no differences."""
    done = simnet("compare", "tiny.yaml", "--levels")
    assert "Levels of every design" in done.stdout
    assert "better" not in done.stdout and " pt" not in done.stdout
    marked = simnet("compare", "tiny.yaml", "--levels", "--md").stdout
    assert marked.startswith("| | tiny | richer | slower |") and " pt" not in marked


@pytest.mark.parametrize(
    ("designs", "head"),
    [
        (["slower", "tiny"], ["slower", "tiny"]),
        (["slower"], ["tiny", "slower"]),
        (["richer", "richer"], ["tiny", "richer"]),
        (["tiny"], ["tiny"]),
    ],
)
def test_designs_are_chosen(place: Path, designs: list[str], head: list[str]) -> None:
    """In the order given; a single one is held against the file itself."""
    words = [word for name in designs for word in ("--design", name)]
    done = simnet("compare", "tiny.yaml", *words)
    assert done.stdout.splitlines()[0].split() == head


def test_two_files_are_compared(place: Path) -> None:
    """Each file itself, under its own name."""
    tiny(place, "other.yaml", **{"name: tiny": "name: other", "target: 90 %": "target: 95 %"})
    done = simnet("compare", "tiny.yaml", "other.yaml")
    assert done.stdout.splitlines()[0].split() == ["tiny", "other"]
    assert (place / "runs" / "tiny-vs-other" / "summary.json").is_file()


def test_two_files_of_one_name_are_told_apart(place: Path) -> None:
    """Designs of the same name get their file's name and number."""
    tiny(place, "other.yaml")
    found = json.loads(simnet("compare", "tiny.yaml", "other.yaml", "--json").stdout)
    assert len(found["designs"]) == 2


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("money: EUR", "money: USD", "money is EUR"),
        ("length: 90 d", "length: 60 d", "--set run.length=90d makes it the same"),
    ],
)
def test_what_cannot_be_compared_is_refused(place: Path, old: str, new: str, told: str) -> None:
    """Files in other money, or over other days, do not meet the same orders."""
    text = (place / "tiny.yaml").read_text().replace(old, new)
    (place / "other.yaml").write_text(text.replace(" EUR", " USD") if "USD" in new else text)
    done = simnet("compare", "tiny.yaml", "other.yaml")
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (place / "runs").exists()


def test_json_is_one_object_and_nothing_else(place: Path) -> None:
    """Designs, KPIs with mean, half_width and unit, provenance; no NaN."""
    done = process("compare", "tiny.yaml", "--json", cwd=place)

    def refuse(word: str) -> None:
        raise AssertionError(word)

    found = json.loads(done.stdout, parse_constant=refuse)
    assert set(found) == {"designs", "provenance"}
    assert list(found["designs"]) == ["tiny", "richer", "slower"]
    for kpis in found["designs"].values():
        assert all(set(each) == {"mean", "half_width", "unit"} for each in kpis.values())
    assert {"simnet", "scenario", "hash", "engine", "seed", "replications"} <= set(found["provenance"])


def test_one_replication_has_no_interval(place: Path) -> None:
    """Half widths are null in JSON, and the table says why."""
    found = json.loads(simnet("run", "tiny.yaml", "--replications", "1", "--json").stdout)
    assert found["designs"]["tiny"]["fill.line"]["half_width"] is None
    assert "One replication: no interval" in simnet("run", "tiny.yaml", "--replications", "1").stdout


def test_csv_is_tidy(place: Path) -> None:
    """A line a design and KPI."""
    rows = list(csv.DictReader(io.StringIO(simnet("compare", "tiny.yaml", "--csv").stdout)))
    assert {row["design"] for row in rows} == {"tiny", "richer", "slower"}
    assert {row["verdict"] for row in rows} >= {"", "better", "worse"}


@pytest.mark.parametrize(
    ("axis", "first"), [("tier", "dealer"), ("site", "lyon"), ("part_class", "fast"), ("month", "2026-01")]
)
def test_figures_are_told_apart(place: Path, axis: str, first: str) -> None:
    """--by prints a row a place and a column a design; --csv the same, tidy."""
    done = simnet("compare", "tiny.yaml", "--by", axis)
    assert "customer fill (fill.line)" in done.stdout
    assert done.stdout.splitlines()[3].startswith(first)
    words = ["--by", axis, "--csv", "--kpi", "fill.line", "--kpi", "demand.lines"]
    rows = list(csv.DictReader(io.StringIO(simnet("compare", "tiny.yaml", *words).stdout)))
    assert {row["metric"] for row in rows} == {"fill.line", "demand.lines"}


def test_missed_lines_are_told_apart_by_cause(place: Path) -> None:
    """--by cause is about missed lines unless --kpi says otherwise; what has no causes is refused."""
    flow = {"orders: 2 per month}": "orders: 2 per month, order_class: vor}", "stocking:": f"{RUSH}\nstocking:"}
    tiny(place, "flow.yaml", **flow)
    done = simnet("run", "flow.yaml", "--by", "cause")
    assert "missed (missed.line)" in done.stdout
    assert "stocked but out" in done.stdout
    rows = list(csv.DictReader(io.StringIO(simnet("run", "flow.yaml", "--by", "cause", "--csv").stdout)))
    assert {row["metric"] for row in rows} == {"missed.line"}
    assert "upstream out" in {row["cause"] for row in rows}
    refused = simnet("run", "flow.yaml", "--by", "cause", "--kpi", "fill.line")
    assert refused.exit_code == 2
    assert "fill.line is not known by cause" in refused.stderr


def test_chosen_figures_only(place: Path) -> None:
    """--kpi chooses the rows."""
    done = simnet("run", "tiny.yaml", "--kpi", "margin", "--kpi", "within.24h")
    assert [line.split("  ")[0] for line in done.stdout.splitlines()[2:4]] == ["parts margin", "done within 24h"]


def test_set_as_and_out(place: Path) -> None:
    """A changed value, under a name of its own, in a folder of its own."""
    done = simnet("run", "tiny.yaml", "--set", "stocking.default.target=99%", "--as", "bolder", "--out", "mine")
    assert done.exit_code == 0
    resolved = (place / "mine" / "bolder" / "scenario.resolved.yaml").read_text()
    assert "99%" in resolved
    assert not (place / "runs").exists()


def test_report_is_written_where_asked(place: Path) -> None:
    """--report FILE writes the page there too, with the command that repeats it."""
    words = ["compare", "tiny.yaml", "--set", "run.seed=5", "--replications", "2"]
    assert simnet(*words, "--report", "out/page.html").exit_code == 0
    page = (place / "out" / "page.html").read_text()
    assert "simnet compare tiny.yaml --set run.seed=5 --replications 2" in page


def test_a_report_that_cannot_be_written(place: Path) -> None:
    """The answer was printed and kept; the report is an error of the command line."""
    done = simnet("run", "tiny.yaml", "--report", "tiny.yaml/page.html")
    assert done.exit_code == 2
    assert "customer fill" in done.stdout
    assert "The result is kept." in done.stderr


def test_a_report_replaces_only_reports(place: Path) -> None:
    """A page of ours is written anew; any other file is refused before anything is run."""
    before = (place / "tiny.yaml").read_bytes()
    assert simnet("run", "tiny.yaml", "--report", "page.html").exit_code == 0
    assert simnet("run", "tiny.yaml", "--seed", "8", "--report", "page.html").exit_code == 0
    refused = simnet("run", "tiny.yaml", "--report", "tiny.yaml")
    assert refused.exit_code == 2 and refused.stdout == ""
    assert (place / "tiny.yaml").read_bytes() == before


def test_an_answer_in_the_place_of_another_says_so(place: Path) -> None:
    """Another question under the same name replaces the answer, not without a word; designs have their own places."""
    simnet("run", "tiny.yaml")
    assert "replaces" not in simnet("run", "tiny.yaml").stderr
    assert "replaces" not in simnet("run", "tiny.yaml", "--again").stderr
    assert "replaces the answer to another question of 20" in simnet("run", "tiny.yaml", "--seed", "8").stderr
    for words in (["compare", "tiny.yaml"], ["run", "tiny.yaml", "--design", "richer"]):
        assert "replaces" not in simnet(*words).stderr
    assert sorted(path.name for path in (place / "runs").iterdir()) == ["tiny", "tiny.base", "tiny.richer"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["tiny.yaml", "--design", "tiny"], "one design, nothing to compare; tiny.yaml also has richer, slower"),
        (["alone.yaml"], "one design, nothing to compare: alone.yaml has no other; add some under designs:"),
        (["alone.yaml", "alone.yaml"], "alone.yaml is named 2 times and taken once"),
    ],
)
def test_nothing_to_compare_is_said(place: Path, words: list[str], told: str) -> None:
    """A comparison of one design runs, with a remark; -q is quiet."""
    text = (place / "tiny.yaml").read_text()
    (place / "alone.yaml").write_text(text[: text.index("designs:")].replace("name: tiny", "name: alone"))
    done = simnet("compare", *words)
    assert done.exit_code == 0
    assert told in done.stderr
    assert simnet("compare", *words, "-q").stderr == ""


def test_remarks_start_lines_of_their_own(place: Path) -> None:
    """Where both streams lead to one place, no remark stands behind the last line of the table."""
    done = process("run", "tiny.yaml", cwd=place)
    assert done.stdout.endswith("\n") and done.stderr.endswith("\n")


def test_a_folder_of_something_else_is_not_touched(place: Path) -> None:
    """A folder that is not ours is refused before anything is run."""
    (place / "runs" / "tiny.base").mkdir(parents=True)
    (place / "runs" / "tiny.base" / "thesis.txt").write_text("years of work")
    done = simnet("run", "tiny.yaml")
    assert done.exit_code == 2
    assert "is not touched" in done.stderr
    assert [path.name for path in (place / "runs" / "tiny.base").iterdir()] == ["thesis.txt"]


def test_ledger_is_kept_on_request(place: Path) -> None:
    """--ledger keeps every line as Parquet."""
    assert simnet("run", "tiny.yaml", "--ledger", "--replications", "1").exit_code == 0
    assert (place / "runs" / "tiny.base" / "lines-0-0.parquet").is_file()


def test_hostile_names_stay_text(place: Path) -> None:
    """Names with markup, pipes and formulas come out as they were written, in every form."""
    tiny(place, **{"lyon": '"[bold]@lyon"', "turin": '"=HYPERLINK(1)"', "class: fast": 'class: "=1|<b>"'})
    plain = simnet("compare", "tiny.yaml", "--by", "site")
    assert plain.exit_code == 0, plain.stderr
    assert "[bold]@lyon" in plain.stdout and "=HYPERLINK(1)" in plain.stdout
    assert "'=HYPERLINK(1)" in simnet("compare", "tiny.yaml", "--csv", "--by", "site").stdout
    assert "=1\\|\\<b\\>" in simnet("compare", "tiny.yaml", "--md", "--by", "part_class").stdout
    assert "[bold]@lyon" in simnet("show", "tiny.yaml").stdout
    assert "=1|<b>" not in (place / "runs" / "tiny" / "report.html").read_text()
    assert [path.name for path in (place / "runs").iterdir()] == ["tiny"]


@pytest.mark.parametrize("name", ["[red]<b>", "../up", "=1+1", "a/b", "CON", "x" * 300])
def test_names_that_no_folder_can_have_are_refused(place: Path, name: str) -> None:
    """A scenario whose name would be no folder's is an error, and nothing is written."""
    tiny(place, **{"name: tiny": f'name: "{name}"'})
    done = simnet("run", "tiny.yaml")
    assert done.exit_code in (0, 2)
    runs = place / "runs"
    assert sorted(path.name for path in place.iterdir()) == (["runs", "tiny.yaml"] if runs.exists() else ["tiny.yaml"])
    assert done.exit_code == 2 or len(list(runs.iterdir())) == 1


def test_demo_answers_in_a_minute(place: Path) -> None:
    """The demo compares two designs, writes the report and says what comes next."""
    done = process("demo", cwd=place)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["two-tier", "three-tier"]
    assert lines[-2:] == ["Report   runs/demo/report.html", "Next     simnet new my-network"]
    assert (place / "runs" / "demo" / "report.html").stat().st_size < 1_000_000
    assert max(map(len, lines)) <= 80


def test_a_folder_that_is_made_for_a_report_is_named(place: Path) -> None:
    """So that one made by a slip of the hand is seen."""
    done = simnet("run", "tiny.yaml", "--report", "ner/report.html")
    assert "report in ner/report.html (a new folder: ner)" in done.stderr
    assert "a new folder" not in simnet("run", "tiny.yaml", "--report", "ner/report.html").stderr
