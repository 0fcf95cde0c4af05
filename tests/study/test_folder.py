"""What the folder of a result is called."""

from __future__ import annotations

from pathlib import Path

import pytest

import simnet as sn
from simnet.study.folder import LONGEST, fit, folder_name
from tests.cli.commands import tiny


@pytest.mark.parametrize(
    ("designs", "name"),
    [
        (["tiny"], "tiny.base"),
        (["richer"], "tiny.richer"),
        (["tiny", "richer", "slower"], "tiny"),
        (["tiny", "richer"], "tiny-vs-richer"),
        (["slower", "tiny"], "tiny.slower-vs-tiny"),
        (["slower", "tiny", "richer"], "tiny.slower-vs-tiny-vs-richer"),
    ],
)
def test_every_choice_of_designs_has_a_folder_of_its_own(tmp_path: Path, designs: list[str], name: str) -> None:
    """The file's name for all of it, with the design's or `base` after it for one, or those that were asked."""
    study = sn.load(tiny(tmp_path))
    assert folder_name([(study, design) for design in designs]) == name


def test_designs_of_two_files_are_named_with_their_file(tmp_path: Path) -> None:
    """Two files, each itself or by a design."""
    one, other = sn.load(tiny(tmp_path)), sn.load(tiny(tmp_path, "other.yaml", **{"name: tiny": "name: other"}))
    assert folder_name([(one, "tiny"), (other, "other")]) == "tiny-vs-other"
    assert folder_name([(one, "richer"), (other, "richer")]) == "tiny.richer-vs-other.richer"


@pytest.mark.parametrize("name", ["two-tier", "a_b.c", "Käse", "שלום", "京都", "COM12", "console"])
def test_plain_names_stay(name: str) -> None:
    """Letters and digits of any script, `-`, `_` and `.`."""
    assert fit(name) == name


@pytest.mark.parametrize(
    ("name", "like"),
    [("🚚שלום", "שלום"), ("a b", "a-b"), ("CON", "CON"), ("aux.richer", "aux.richer"), ("x.", "x"), ("🚚", "scenario"),
     ("x" * 400, "x" * LONGEST), ("京" * 90, "京" * (LONGEST // 3))],
)  # fmt: skip
def test_names_that_lose_something_get_a_hash(name: str, like: str) -> None:
    """Two names never share a folder because of what a file system cannot hold; Windows keeps its devices."""
    stem, _, rest = like.partition(".")
    found = fit(name)
    assert found != like and found == fit(name)
    assert found.startswith(f"{stem}-") and found.endswith(rest)
    assert len(found.encode()) <= LONGEST + 7
    assert fit(name + "!") != found
