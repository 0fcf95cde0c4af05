"""Baselines of `simnet test`: taken on purpose, told old to new, never trusted when damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import simnet
from tests.cli.test_test import BASELINE, place, shop

__all__ = ["place"]


def update() -> str:
    """Take what comes out now; what was said."""
    done = simnet("test", "shop.yaml", "--update")
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_baseline_is_taken_and_held(place: Path) -> None:
    """--update writes it, says so, and writes nothing the second time; then it holds."""
    shop(place, "cost.purchase: within 2 % of baseline", "demand.lines: as baseline")
    assert "note: baseline shop: demand.lines: (none) -> " in update()
    before = BASELINE.read_bytes()
    assert "note:" not in update() and BASELINE.read_bytes() == before
    done = simnet("test", "shop.yaml")
    assert done.exit_code == 0 and "+0 %" in done.stdout and "2 passed" in done.stdout


def test_a_baseline_reads_well_in_a_diff(place: Path) -> None:
    """Sorted, a number a line, with unit, interval, seed, replications and hash."""
    shop(place, "demand.lines: as baseline", "cost.purchase: within 2 % of baseline")
    update()
    text = BASELINE.read_text()
    found = json.loads(text)
    assert text == json.dumps(found, indent=2, sort_keys=True) + "\n"
    assert (found["seed"], found["replications"], found["scenario"]) == (3, 4, "shop")
    assert set(found) == {"designs", "hash", "replications", "scenario", "seed", "simnet"}
    assert set(found["designs"]["shop"]["demand.lines"]) == {"half_width", "unit", "value"}


@pytest.mark.parametrize(
    ("limit", "code"), [("as baseline", 1), ("within 2 % of baseline", 1), ("within 60 % of baseline", 0)]
)
def test_another_outcome_turns_it_red(place: Path, limit: str, code: int) -> None:
    """Ten orders more a hundred days move the lines by more than two percent, and by less than sixty."""
    shop(place, f"demand.lines: {limit}")
    update()
    shop(place, f"demand.lines: {limit}", **{"orders: 2 per day": "orders: 3 per day"})
    done = simnet("test", "shop.yaml")
    assert done.exit_code == code, done.output
    assert ("FAIL" in done.stdout and "line 12" in done.stdout) == bool(code)


def test_what_changed_is_told_old_to_new(place: Path) -> None:
    """--update of a moved figure names both values; a figure that is held no more is taken out."""
    shop(place, "demand.lines: as baseline", "cost.purchase: within 2 % of baseline")
    update()
    shop(place, "demand.lines: as baseline", **{"orders: 2 per day": "orders: 3 per day"})
    done = simnet("test", "shop.yaml")
    assert "baseline of cost.purchase (shop): nothing is held to it any more; --update takes it out" in done.stdout
    told = update()
    assert "note: baseline shop: cost.purchase: " in told and "-> (removed)" in told
    assert "note: baseline shop: demand.lines: 1" in told
    assert set(json.loads(BASELINE.read_text())["designs"]["shop"]) == {"demand.lines"}


def test_what_is_not_chosen_keeps_its_baseline(place: Path) -> None:
    """--update with -k takes the chosen figures alone."""
    shop(place, "demand.lines: as baseline", "cost.purchase: as baseline")
    update()
    before = json.loads(BASELINE.read_text())["designs"]["shop"]
    shop(place, "demand.lines: as baseline", "cost.purchase: as baseline", **{"2 per day": "3 per day"})
    simnet("test", "shop.yaml", "--update", "-k", "demand")
    after = json.loads(BASELINE.read_text())["designs"]["shop"]
    assert after["cost.purchase"] == before["cost.purchase"] and after["demand.lines"] != before["demand.lines"]


def test_a_baseline_of_another_seed_is_told(place: Path) -> None:
    """A comparison across seeds is noise; the reader is told."""
    shop(place, "demand.lines: within 90 % of baseline")
    update()
    shop(place, "demand.lines: within 90 % of baseline", **{"seed: 3": "seed: 4"})
    assert "the baselines are of seed 3, this run is of seed 4" in simnet("test", "shop.yaml").stdout


DAMAGED = [
    ("{", "is no JSON", ":1:2"),
    ("<<<<<<< ours\n", "is no JSON", ":1:1"),
    ("[]", "is no file of baselines", ""),
    ('{"designs": {"shop": []}}', "is no file of baselines", ""),
    ('{"designs": {"shop": {"demand.lines": {"value": "12", "unit": "lines"}}}}', "needs a number 'value'", ""),
    ('{"designs": {"shop": {"demand.lines": {"value": NaN, "unit": "lines"}}}}', "needs a number 'value'", ""),
]


@pytest.mark.parametrize(("text", "message", "where"), DAMAGED)
def test_a_damaged_baseline_is_an_error(place: Path, text: str, message: str, where: str) -> None:
    """Its place, what is wrong and what to do; exit code 2. --update takes it anew."""
    shop(place, "demand.lines: as baseline")
    BASELINE.parent.mkdir()
    BASELINE.write_text(text)
    done = simnet("test", "shop.yaml")
    assert done.exit_code == 2
    assert message in done.stderr and f"expected/shop.json{where}" in done.stderr and "--update" in done.stderr
    update()
    assert simnet("test", "shop.yaml").exit_code == 0


def test_a_baseline_in_another_unit_is_an_error(place: Path) -> None:
    """Amounts of another currency are never compared by their numbers."""
    shop(place, "cost.purchase: as baseline")
    update()
    BASELINE.write_text(BASELINE.read_text().replace("EUR", "SEK"))
    done = simnet("test", "shop.yaml")
    assert done.exit_code == 2 and "the baseline is in SEK" in done.stderr
