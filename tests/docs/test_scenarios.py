"""The shipped scenarios load in every design, and their tables are what their scripts write."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from simnet.scenario import load
from tests.docs.blocks import ROOT

SCENARIOS = ROOT / "scenarios"
SHIPPED = [
    "minimal.yaml",
    "demo/demo.yaml",
    "ladder/ladder.yaml",
    "ladder/surcharge.yaml",
    "managed-dealers/managed-dealers.yaml",
    "volvo-like/volvo-like.yaml",
]


def column(table: str, name: str) -> list[str]:
    """Return one column of a table of the volvo-like scenario."""
    with (SCENARIOS / "volvo-like" / table).open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_loads(name: str) -> None:
    """Base and designs are free of errors, and the file is held to something."""
    scenario = load(SCENARIOS / name)
    assert scenario.expect
    for design in scenario.designs:
        assert scenario.design(design).dealers


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_asks_a_question(name: str) -> None:
    """The first line says, as a comment, the question that the scenario answers."""
    first = (SCENARIOS / name).read_text("utf-8").splitlines()[0]
    assert first.startswith("# ") and first.endswith("?")


@pytest.mark.parametrize("folder", ["demo", "ladder", "managed-dealers", "volvo-like"])
def test_tables_are_what_make_writes(folder: str, workplace: Path) -> None:
    """`make.py` reproduces the committed tables byte for byte."""
    committed = {file.name: file.read_bytes() for file in (SCENARIOS / folder).iterdir() if file.is_file()}
    for file in (workplace / folder).glob("*.csv"):
        file.unlink()
    subprocess.run([sys.executable, str(workplace / folder / "make.py")], check=True)
    made = {name: (workplace / folder / name).read_bytes() for name in committed}
    assert [name for name in committed if made[name] != committed[name]] == []


def test_the_tables_are_small() -> None:
    """All shipped tables together stay under a megabyte."""
    assert sum(file.stat().st_size for file in SCENARIOS.rglob("*.csv")) < 1_000_000


def test_the_catalog_has_the_published_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cheap parts move more (about -0.57), dear ones come late (+0.37), a fifth holds 82 % of the value."""
    monkeypatch.syspath_prepend(str(SCENARIOS))
    monkeypatch.syspath_prepend(str(SCENARIOS / "volvo-like"))
    from catalog import rank_correlation  # type: ignore[import-not-found]
    from sites import SUPPLIER_TABLE  # type: ignore[import-not-found]

    cost = [float(cell) for cell in column("parts.csv", "cost")]
    lines = [float(cell.split()[0]) for cell in column("demand.csv", "orders")]
    pieces = [a * float(b) for a, b in zip(lines, column("demand.csv", "size_mean"), strict=True)]
    days = [SUPPLIER_TABLE[name][-1] for name in column("parts.csv", "supplier")]
    value = sorted((a * b for a, b in zip(cost, pieces, strict=True)), reverse=True)
    assert rank_correlation(cost, pieces) == pytest.approx(-0.57, abs=0.03)
    assert rank_correlation(cost, days) == pytest.approx(0.37, abs=0.03)
    assert sum(value[: len(value) // 5]) / sum(value) == pytest.approx(0.82, abs=0.02)
