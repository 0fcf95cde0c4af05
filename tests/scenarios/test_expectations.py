"""The shipped scenarios keep what they promise in `expect:`; what moves a figure turns `simnet test` red."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import simnet as sn
from simnet.study.expect import check
from tests.cli.commands import simnet

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PROMISE = """
simnet: 1
name: promise
money: EUR
run: {length: 60 d}
suppliers: {factory: {lead_time: 10 d}}
warehouses: {gent: {tier: central, refilled_by: factory}}
dealers: {lyon: {served_by: gent, lead_time: 2 d}}
parts: {filter: {cost: 10 EUR, price: 20 EUR}}
demand: {part: filter, orders: 2 per day}
stocking: {default: {policy: base-stock, up_to: 100}}
expect: {%s: %s}
"""


def kept(path: Path) -> dict[str, bool]:
    """Return each expectation of a file and whether it holds."""
    result = sn.load(path).run(folder=None)
    return {each.expectation.kpi: each.holds for each in check(result)}


def copied(folder: Path, *names: str) -> None:
    """Copy scenarios into the current folder, without results."""
    for name in names:
        source = SCENARIOS / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("runs", "__pycache__"))
        else:
            shutil.copy(source, folder / name)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "names",
    [("minimal.yaml", "demo"), pytest.param(("ladder", "managed-dealers", "volvo-like"), marks=pytest.mark.long)],
)
def test_the_shipped_scenarios_keep_their_promises(place: Path, names: tuple[str, ...]) -> None:
    """`simnet test` is green on all of them, strictly: every figure is clearly where it is promised to be."""
    copied(place, *names)
    held = {path.as_posix() for path in Path().rglob("*.yaml") if "\nexpect:" in path.read_text("utf-8")}
    done = simnet("test", ".", "--strict")
    assert done.exit_code == 0, done.output
    told = {line for line in done.stdout.splitlines() if line.endswith(".yaml")}
    assert told == held


def edited(path: Path, old: str, new: str) -> None:
    """Change a text of a file that is there once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "failed"),
    [("target: 95 %", "target: 55 %", 1), ("mean: 45 d, cv: 0.5", "mean: 45 d, cv: 0.6", 0)],
    ids=["moves the fill", "does not move it enough"],
)
def test_one_character_turns_it_red(place: Path, old: str, new: str, failed: int) -> None:
    """A target that lost its nine: the expectation fails, and its line is named."""
    copied(place, "minimal.yaml")
    edited(place / "minimal.yaml", old, new)
    done = simnet("test", "minimal.yaml")
    assert done.exit_code == failed, done.output
    assert ("FAIL   fill.dealer.line" in done.stdout and done.stdout.count("line 16") == 1) == bool(failed)


def test_a_baseline_sees_one_character_of_a_table(place: Path) -> None:
    """A part asked for ten times less often: no limit breaks, the baseline does, with its line."""
    copied(place, "demo")
    edited(place / "demo" / "demand.csv", "filter-000,482 per y", "filter-000,48 per y")
    done = simnet("test", "demo", "-k", "demand.lines or margin")
    assert done.exit_code == 1, done.output
    line = (place / "demo" / "demo.yaml").read_text("utf-8").splitlines().index(
        "  demand.lines: as baseline         # expected/demo.json"
    ) + 1  # fmt: skip
    failed = [text for text in done.stdout.splitlines() if "FAIL" in text]
    assert len(failed) == 1 and "demand.lines" in failed[0] and failed[0].endswith(f"line {line}")


def test_a_misspelled_key_never_passes(place: Path) -> None:
    """`exepct:` is an error with its place and remedy, though the rest of the file is sound."""
    copied(place, "minimal.yaml")
    edited(place / "minimal.yaml", "expect:", "exepct:")
    done = simnet("test", ".")
    assert done.exit_code == 2
    assert "unknown key 'exepct'" in done.stderr and "minimal.yaml:16:1" in done.stderr
    assert "did you mean 'expect'?" in done.stderr


def promise(folder: Path, kpi: str, limit: str) -> dict[str, bool]:
    """Return what becomes of one promise."""
    path = folder / "promise.yaml"
    path.write_text(PROMISE % (kpi, limit), encoding="utf-8")
    return kept(path)


@pytest.mark.parametrize(
    ("kpi", "limit", "holds"),
    [
        ("fill.line", "at least 95 %", True),
        ("fill.line", "at most 95 %", False),
        ("wait.mean", "at most 1 h", True),
        ("wait.mean", "at least 1 d", False),
        ("cost.purchase", "between 3 kEUR and 12 kEUR", True),
        ("revenue.year", "at least 1 MEUR", False),
        ("turns", "at least 1", True),
    ],
)
def test_limits_are_read_in_the_units_of_their_figure(tmp_path: Path, kpi: str, limit: str, holds: bool) -> None:
    """Shares, times, money and plain numbers are compared in their own units."""
    assert promise(tmp_path, kpi, limit) == {kpi: holds}


@pytest.mark.parametrize(
    ("kpi", "limit", "message"),
    [
        ("fill.lin", "at least 95 %", "did you mean 'fill.line'"),
        ("fill.line", "at most 10 d", "is no limit on it"),
        ("cost.year", "within 2 % of baseline", "needs a stored baseline"),
    ],
)
def test_what_cannot_be_checked_never_passes(tmp_path: Path, kpi: str, limit: str, message: str) -> None:
    """A misspelt figure, or a limit of another kind, is an error."""
    with pytest.raises(sn.SimnetError) as raised:
        promise(tmp_path, kpi, limit)
    assert message in str(raised.value)
