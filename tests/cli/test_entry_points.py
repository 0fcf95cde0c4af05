"""Policies and demand models of an installed package, named in YAML, through the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.commands import TINY, simnet

CODE = """
from typing import Literal

import numpy as np
from pydantic import BaseModel

from simnet.demand import Entry, Lines, Moments
from simnet.demand.sizes import Fixed
from simnet.policy import Levels
from simnet.units import Quantity


class Capped(BaseModel):
    most: int

    def levels(self, item):
        return Levels(self.most - 1, self.most, 1)


class Watching:
    def __init__(self, keep):
        self.keep = int(keep)

    def decide(self, here, now):
        return self.keep - int(here.on_hand + here.on_order - here.owed)


class Noon(Entry):
    model: Literal["noon"]
    pieces: Quantity

    def draw(self, streams, clock):
        count = len(streams)
        return Lines(np.arange(count), np.full(count, 720), np.full(count, self.pieces, dtype=np.int64))

    def moments(self, targets):
        count = len(targets)
        return Moments(np.full(count, 1e-6), np.full(count, float(self.pieces)), Fixed(pieces=self.pieces))
"""
POINTS = """[simnet.policy]
capped = own_parts:Capped
watching = own_parts:Watching
gone = own_parts.nowhere:Gone

[simnet.demand]
noon = own_parts:Noon
lost = own_parts.nowhere:Lost
"""
BUILT_IN = "policy: base-stock, target: 90 %"
DEMAND = "  - {part: pump, orders: 2 per month}\n"


@pytest.fixture
def package(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with policies and demand models, some of which do not load."""
    site = place / "site"
    about = site / "own_parts-1.0.dist-info"
    about.mkdir(parents=True)
    (site / "own_parts.py").write_text(CODE, "utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: own-parts\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text(POINTS, "utf-8")
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, "own_parts", raising=False)
    return place


def scenario(place: Path, policy: str, demand: str = "") -> None:
    """The tiny scenario with a policy, and one demand entry more."""
    text = TINY.replace(BUILT_IN, policy).replace(DEMAND, DEMAND + demand).partition("designs:")[0]
    (place / "own.yaml").write_text(text, "utf-8")


def test_a_policy_and_a_model_by_name(package: Path) -> None:
    """Both run from YAML alone, and the summary says their names and keys."""
    scenario(package, "policy: capped, most: 4", "  - {part: pump, model: noon, pieces: 3}\n")
    shown = simnet("show", "own.yaml")
    assert "capped, most 4" in shown.output and "noon (class day)" in shown.output
    assert simnet("run", "own.yaml").exit_code == 0


def test_own_code_is_run_again(package: Path) -> None:
    """The code of a package has no hash: an answer of yesterday's code is not given for today's."""
    scenario(package, "policy: capped, most: 4")
    assert [simnet("run", "own.yaml").exit_code for _ in range(2)] == [0, 0]
    assert "cached" not in simnet("run", "own.yaml").stderr
    assert simnet("run", "tiny.yaml").exit_code == 0
    assert "cached" in simnet("run", "tiny.yaml").stderr


def test_a_policy_that_acts_wants_simpy(package: Path) -> None:
    """The summary says which clock runs and why; the compiled clock asked for by name is refused."""
    scenario(package, "policy: watching, keep: 3")
    assert "SimPy clock: a policy acts inside the run" in simnet("show", "own.yaml").output
    assert "engine simpy" in simnet("run", "own.yaml", "-v").stderr
    refused = simnet("run", "own.yaml", "--engine", "compiled")
    assert refused.exit_code == 2
    assert "the compiled clock cannot run this: a policy acts inside the run" in refused.stderr
    assert "engine: auto" in refused.stderr


@pytest.mark.parametrize(
    ("policy", "demand", "told"),
    [
        ("policy: caped, most: 4", "", "did you mean 'capped'?"),
        ("policy: capped, most: four", "", "most: Input should be a valid integer"),
        ("policy: watching, kepe: 3", "", "unexpected keyword argument 'kepe'"),
        ("policy: gone", "", "policy 'gone' (own_parts.nowhere:Gone) cannot be loaded"),
        (BUILT_IN, "  - {part: pump, model: noone, pieces: 3}\n", "did you mean 'noon'?"),
        (BUILT_IN, "  - {part: pump, model: noon, pices: 3}\n", "unknown key 'pices'"),
        (
            BUILT_IN,
            "  - {part: pump, model: lost}\n",
            "the demand model lost (own_parts.nowhere:Lost) cannot be loaded",
        ),
    ],
)
def test_what_is_wrong_is_placed(package: Path, policy: str, demand: str, told: str) -> None:
    """A wrong name, a wrong key, a package that does not load: an error with its line, never a crash."""
    scenario(package, policy, demand)
    answer = simnet("run", "own.yaml")
    assert answer.exit_code == 2
    assert told in answer.stderr and "--> own.yaml:" in answer.stderr
