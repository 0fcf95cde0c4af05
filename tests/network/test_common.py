"""What the slices of a catalog have in common is worked out once, and only for slices."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from simnet.network import build as build_of
from simnet.network import openings, times
from simnet.network.build import build
from simnet.network.slices import Slicer
from simnet.scenario.common import once
from simnet.study import Study, load

ROOT = Path(__file__).parents[2] / "scenarios"
WORKED_OUT = [
    ("demo", build_of, "topology_of"),
    ("demo", build_of, "calendar_of"),
    ("demo", build_of, "owners"),
    ("demo", times, "has_hours"),
    ("ladder", openings, "openings"),
]
"""Scenarios, and functions of sites, rules and dates alone that they ask."""


def study_of(name: str = "demo") -> Study:
    """Half a year of a shipped scenario."""
    return load(ROOT / name / f"{name}.yaml", {"run.length": "6 mo", "run.warm_up": "1 mo"})


@pytest.mark.parametrize(("scenario", "module", "name"), WORKED_OUT)
def test_slices_share_what_no_part_changes(
    scenario: str, module: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many slices are built, their sites, owners, hours and calendar are worked out once."""
    asked: list[str] = []
    plain = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *some: asked.append(name) or plain(*some))
    slicer = Slicer(study_of(scenario).scenario)
    for part in range(4):
        build(slicer.slice(np.array([part])))
    assert asked == [name]


def test_a_scenario_that_is_no_slice_is_worked_out_anew() -> None:
    """Nobody can tell when it is changed; slices of one catalog share what they find, those of another do not."""
    whole = study_of().scenario
    found = [1, 2, 3]
    assert [once(whole, "word", found.pop) for _ in range(3)] == [3, 2, 1]
    assert whole.common is None
    slicer = Slicer(whole)
    first, second, other = (each.slice(np.array([0])) for each in (slicer, slicer, Slicer(whole)))
    assert [once(each, "word", lambda: "one") for each in (first, second)] == ["one", "one"]
    assert once(second, "word", lambda: "two") == "one"
    assert once(other, "word", lambda: "two") == "two"


def test_designs_have_nothing_in_common() -> None:
    """A design may change sites, so each is cut from a trunk of its own."""
    study = study_of()
    trunks = [Slicer(study.design(name)).trunk for name in study.designs]
    assert len({id(trunk.common) for trunk in trunks}) == len(study.designs) > 1


def test_what_slices_have_in_common_travels_with_them() -> None:
    """A slice that comes out of a parcel knows what was known when it was packed, and builds the same network."""
    cut = Slicer(study_of().scenario).slice(np.array([0, 1]))
    network = build(cut)
    there = pickle.loads(pickle.dumps(cut.bare()))
    assert there.common is not None and set(there.common) == set(cut.common or ())
    assert np.array_equal(build(there).points, network.points)
