"""`simnet diff`: what changed in, what changed out; of files, designs, versions and kept results."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from simnet.scenario.spelled import same, spelled
from tests.cli.commands import simnet

SHOP = """simnet: 1
name: shop
run: {length: 90 d, replications: 3, seed: 3, engine: simpy}
suppliers: {factory: {lead_time: {mean: 20 d, cv: 0.5}}}
warehouses: {gent: {tier: central, refilled_by: factory}}
dealers: dealers.csv
parts: parts.csv
demand: {part: filter, orders: 2 per day, size: {geometric: {mean: 2}}}
stocking: {default: {policy: base-stock, target: 90 %}}
designs: {poor: {stocking.default.target: 60 %}}
"""
DEALERS = "dealer,served_by,lead_time\nlyon,gent,2 d\nturin,gent,2 d\nvienna,gent,2 d\n"
PARTS = "part,cost,price\nfilter,10 EUR,20 EUR\npump,30 EUR,80 EUR\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the shop and its tables in it."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("shop.yaml", SHOP), ("dealers.csv", DEALERS), ("parts.csv", PARTS)):
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def repository(place: Path) -> Path:
    """The same under git, as the tag `first`."""
    if shutil.which("git") is None:
        pytest.skip("no git")
    git("init", "-q")
    git("add", ".")
    commit("one")
    git("tag", "first")
    return place


def git(*words: str) -> None:
    """Run git here."""
    subprocess.run(["git", *words], check=True, capture_output=True)


def commit(message: str) -> None:
    """Commit all that is tracked."""
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qam", message)


def edit(file: str, old: str, new: str) -> None:
    """Replace a text of a file."""
    path = Path(file)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def inputs(*words: str) -> list[str]:
    """What changed in, line by line, without running anything."""
    done = simnet("diff", *words, "--in")
    assert done.exit_code == 0, done.output
    assert not Path("runs").exists()
    return [line.strip() for line in done.stdout.splitlines()]


def test_a_design_against_its_file(place: Path) -> None:
    """Its changes by path, old to new, then the paired differences with their verdicts."""
    done = simnet("diff", "shop.yaml", "--design", "poor")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "What changed in (shop → poor)",
        "  stocking.default.target: 90 % → 60 %",
        "",
        "What changed out",
    ]
    assert any(line.startswith("stock value") and line.endswith("better") for line in lines)
    assert "under the same orders" in done.stdout and "saved in runs/" in done.stderr


def test_values_that_change_alike_are_one_line(place: Path) -> None:
    """Three dealers with another lead time are told together."""
    shutil.copy("shop.yaml", "other.yaml")
    edit("other.yaml", "dealers.csv", "far.csv")
    Path("far.csv").write_text(DEALERS.replace("2 d", "5 d"))
    found = inputs("shop.yaml", "other.yaml")
    assert found == ["What changed in (shop → other)", "dealers.*.lead_time: 2 d → 5 d (lyon, turin, vienna)"]


KINDS = ("cell", "more", "fewer", "column", "order of rows", "order of columns")
TABLES = [
    (PARTS.replace("30 EUR", "33 EUR"), ["parts (parts.csv): 1 row changed (cost 1)", "pump cost: 30 EUR → 33 EUR"]),
    (PARTS + "hose,1 EUR,3 EUR\n", ["parts (parts.csv): 1 row added", "added: hose"]),
    (PARTS.replace("pump,30 EUR,80 EUR\n", ""), ["parts (parts.csv): 1 row removed", "removed: pump"]),
    (
        PARTS.replace("price", "price,class").replace("20 EUR", "20 EUR,a").replace("80 EUR", "80 EUR,b"),
        ["parts (parts.csv): column class new"],
    ),
    ("part,price,cost\npump,80 EUR,30 EUR\nfilter,20 EUR,10 EUR\n", ["parts (parts.csv): written otherwise"]),
    ("part,price,cost\nfilter,20 EUR,10 EUR\npump,80 EUR,30 EUR\n", None),
]


@pytest.mark.parametrize(("table", "told"), TABLES, ids=KINDS)
def test_tables_of_a_version_are_compared_row_by_row(repository: Path, table: str, told: list[str] | None) -> None:
    """Rows added, removed and changed, and the first changed cells; the version's own table is read."""
    Path("parts.csv").write_text(table)
    found = inputs("shop.yaml", "--against", "HEAD")
    if told is None:
        assert found == ["Nothing changed in (HEAD → now): the two say the same."]
    else:
        assert found == ["What changed in (HEAD → now)", *told]


def test_two_versions_are_run_under_the_same_orders(repository: Path) -> None:
    """FILE@REV against the file as it is, and two revisions against each other."""
    edit("shop.yaml", "target: 90 %", "target: 50 %")
    done = simnet("diff", "shop.yaml@first", "shop.yaml", "--kpi", "fill.line")
    assert done.exit_code == 0, done.output
    assert "stocking.default.target: 90 % → 50 %" in done.stdout and "worse" in done.stdout
    assert "saved in runs/shop-first-vs-now" in done.stderr
    commit("two")
    assert inputs_of("shop.yaml@HEAD", "shop.yaml@first") == ["stocking.default.target: 50 % → 90 %"]


def inputs_of(*words: str) -> list[str]:
    """The values that changed in."""
    return [line.strip() for line in simnet("diff", *words, "--in").stdout.splitlines()[1:] if line.strip()]


def test_a_version_stands_on_its_own_files(repository: Path) -> None:
    """What a file extends is taken from the same version, in folders as they were."""
    Path("deep").mkdir()
    Path("deep/top.yaml").write_text("extends: ../shop.yaml\nname: top\n")
    git("add", "deep")
    commit("two")
    edit("shop.yaml", "2 per day", "3 per day")
    assert inputs_of("deep/top.yaml", "--against", "HEAD") == ["demand.orders: 2 per day → 3 per day"]


def test_a_fault_of_a_version_is_told_with_its_name(repository: Path) -> None:
    """FILE@REV and the line there, no file of ours."""
    edit("shop.yaml", "target: 90 %", "target: 90")
    commit("bad")
    edit("shop.yaml", "target: 90", "target: 90 %")
    done = simnet("diff", "shop.yaml", "--against", "HEAD")
    assert done.exit_code == 2 and "--> shop.yaml@HEAD:9:" in done.stderr and "simnet-" not in done.stderr


WRONG = [
    (("shop.yaml@nowhere",), "git knows no revision 'nowhere'"),
    (("shop.yaml@--help",), "git knows no revision '--help'"),
    (("other.yaml@HEAD", "shop.yaml"), "there is no other.yaml in HEAD"),
    (("shop.yaml",), "name a second file, --design NAME, or --against REV"),
    (("shop.yaml", "shop.yaml"), "this file is named twice"),
    (("shop.yaml", "missing.yaml"), "no such file"),
    (("shop.yaml", "--design", "por"), "did you mean 'poor'?"),
    (("shop.yaml", "shop.yaml", "--against", "HEAD"), "--against takes one file"),
    ((".", "shop.yaml"), "this folder holds no result"),
    (("kept", "shop.yaml"), "error: is no folder of results, as kept is\n--> shop.yaml\n  = run it first"),
    (("shop.yaml", "kept"), "error: is no folder of results, as kept is\n--> shop.yaml\n  = run it first"),
    (("kept", "runs/nowhere"), "error: no such folder\n--> runs/nowhere"),
    ((".",), "name a second result"),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_what_cannot_be_compared_is_an_error(repository: Path, words: tuple[str, ...], message: str) -> None:
    """Exit code 2, the problem and its remedy."""
    if "kept" in words:
        simnet("run", "shop.yaml", "--as", "kept", "--out", ".", "--replications", "1", "--quiet")
    done = simnet("diff", *words)
    assert done.exit_code == 2 and message in done.stderr


def test_without_a_repository_there_are_no_versions(place: Path) -> None:
    """It is said; nothing else needs git."""
    done = simnet("diff", "shop.yaml", "--against", "HEAD")
    assert done.exit_code == 2 and "is in no git repository" in done.stderr


def test_other_days_are_told_and_not_compared(repository: Path) -> None:
    """What changed in is printed; why nothing comes out stands beside it."""
    edit("shop.yaml", "length: 90 d", "length: 60 d")
    done = simnet("diff", "shop.yaml", "--against", "HEAD")
    assert done.exit_code == 0 and "run.length: 90 d → 60 d" in done.stdout and not Path("runs").exists()
    assert "what comes out cannot be compared: run.length was 90 d and is 60 d" in done.stderr


def test_kept_results_are_compared_without_running(place: Path) -> None:
    """From their folders: values, data and seeds that differ are told, other seeds are not paired."""
    simnet("run", "shop.yaml", "--as", "a", "--quiet")
    edit("shop.yaml", "target: 90 %", "target: 40 %")
    edit("parts.csv", "30 EUR", "33 EUR")
    simnet("run", "shop.yaml", "--as", "b", "--quiet")
    simnet("run", "shop.yaml", "--as", "c", "--seed", "4", "--replications", "4", "--quiet")
    same = simnet("diff", "runs/a", "runs/b")
    assert same.exit_code == 0, same.output
    assert "stocking.default.target: 90 % → 40 %" in same.stdout
    assert "note: data that changed between the two: parts.csv" in same.stdout and "paired difference" in same.stdout
    other = simnet("diff", "runs/b", "runs/c", "--json")
    found = json.loads(other.stdout)
    assert found["notes"][:2] == ["seed 3, then 4", "replications 3, then 4"]
    assert found["in"]["values"] == [] and found["out"]["fill.line"]["verdict"] in ("same", "better", "worse")
    paired = json.loads(simnet("diff", "runs/a", "runs/b", "--json").stdout)["out"]["fill.line"]
    assert paired["verdict"] == "worse" and paired["difference"] == pytest.approx(paired["new"] - paired["old"])


def test_the_same_result_twice_has_no_table_of_zeros(place: Path) -> None:
    """Where nothing changed, it is said in two lines."""
    simnet("run", "shop.yaml", "--as", "a", "--quiet")
    shutil.copytree("runs/a", "runs/b")
    told = simnet("diff", "runs/a", "runs/b").stdout.splitlines()
    assert told == [
        "Nothing changed in (a → b): the two say the same.",
        "Nothing changed out: every figure is the same.",
    ]


def test_results_and_files_tell_the_same(place: Path) -> None:
    """The table of two results is that of the comparison of their files."""
    simnet("run", "shop.yaml", "--as", "a", "--quiet")
    simnet("run", "shop.yaml", "--design", "poor", "--as", "b", "--quiet")
    rows = [simnet("diff", *words, "--md", "--kpi", "fill.line", "--kpi", "stock.on_hand.value").stdout.splitlines()
            for words in (("runs/a", "runs/b"), ("shop.yaml", "--design", "poor"))]  # fmt: skip
    tables = [[line for line in lines if line.startswith("| ")][1:] for lines in rows]
    assert tables[0] == tables[1] and len(tables[0]) == 2
    assert "- stocking.default.target: 90 % → 60 %" in rows[0]


def test_json_holds_both_sides(place: Path) -> None:
    """What changed in and out, for machines."""
    found = json.loads(simnet("diff", "shop.yaml", "--design", "poor", "--json").stdout)
    assert (found["from"], found["to"]) == ("shop", "poor")
    assert found["in"] == {
        "values": [{"path": "stocking.default.target", "old": "90 %", "new": "60 %"}], "tables": [],
    }  # fmt: skip
    assert set(found["out"]["fill.line"]) == {"unit", "old", "new", "difference", "half_width", "verdict"}


@pytest.fixture
def results(place: Path) -> Path:
    """A run, and a sweep of three points around it."""
    again = ("--set", "stocking.default.target=90%", "-q", "--as", "plain")
    assert simnet("run", "shop.yaml", *again).exit_code == 0
    vary = ("--vary", "stocking.default.target=90 %,80%,70%", "-q", "--as", "swept")
    assert simnet("sweep", "shop.yaml", *vary).exit_code == 0
    return place


def test_a_sweep_says_which_points_there_are(results: Path) -> None:
    """None is taken silently; one is named in any spelling, and said."""
    refused = simnet("diff", "runs/plain", "runs/swept")
    assert refused.exit_code == 2
    assert "a sweep of 3 points; say which one to compare" in refused.output
    assert "--design with one of 'target 90 %', 'target 80%', 'target 70%'" in " ".join(refused.output.split())
    done = simnet("diff", "runs/plain", "runs/swept", "--design", "target 80 %", "--in")
    assert done.exit_code == 0, done.output
    assert "note: of runs/swept it is target 80%" in done.output
    assert "stocking.default.target: 90 % → 80 %" in done.output
    unknown = simnet("diff", "runs/plain", "runs/swept", "--design", "target 60%")
    assert "there is no point 'target 60%'" in unknown.output


def test_two_points_of_a_sweep(results: Path) -> None:
    """Its first point is the reference, as in the sweep itself; the heading names both."""
    done = simnet("diff", "runs/swept", "--design", "target 70%", "--in")
    assert done.stdout.splitlines()[0] == "What changed in (target 90 % → target 70%)"


def test_another_spelling_is_no_change(results: Path) -> None:
    """`90%` and `90 %` are one value, in results, files and tables."""
    done = simnet("diff", "runs/plain", "runs/swept", "--design", "target 90%", "--in")
    assert "Nothing changed in" in done.output
    Path("other.yaml").write_text(SHOP.replace("90 %", "90.0%").replace("20 d", "20d"))
    assert simnet("diff", "shop.yaml", "other.yaml", "--in").stdout.startswith("Nothing changed in")
    edit("other.yaml", "parts.csv", "others.csv")
    Path("others.csv").write_text(PARTS.replace("10 EUR", "10EUR").replace("80 EUR", "81EUR"))
    told = simnet("diff", "shop.yaml", "other.yaml", "--in").stdout
    assert "1 row changed (price 1)" in told


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("90%", "90 %", True),
        ("90.0 %", "90 %", True),
        ("2 per month", "2/month", True),
        ("22 %/y", "22%/y", True),
        ("0123", "123", False),
        ("3.0", "3", False),
        ("lyon", "Lyon", False),
        ("1e3", "1000", False),
    ],
)
def test_what_is_one_value(one: str, other: str, alike: bool) -> None:
    """Units may stand with or without a space; what may be a name is what it says."""
    assert same(one, other) is alike


@pytest.mark.parametrize(
    ("text", "told"), [("90%", "90 %"), ("22%/y", "22 %/y"), ("2per month", "2per month"), ("3M", "3M"), ("5d", "5 d")]
)
def test_values_are_told_in_one_spelling(text: str, told: str) -> None:
    """As the docs write them; what is no value stays."""
    assert spelled(text) == told
