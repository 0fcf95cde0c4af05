"""docs/extending.md is followed to the letter: its package is built, and a scenario runs with its classes."""

from __future__ import annotations

import tomllib
from importlib import invalidate_caches
from pathlib import Path

import pytest

from simnet.study import load
from tests.docs.blocks import ROOT, blocks

PAGE = ROOT / "docs" / "extending.md"


def texts(language: str) -> list[str]:
    """Return the page's blocks in one language."""
    return [block.text for block in blocks(PAGE) if block.language == language]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's package on the path, with the entry points of its pyproject."""
    for text in texts("python"):
        name = text.splitlines()[0].removeprefix("# ")
        if name.startswith("my_parts/"):
            file = tmp_path / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
    project = tomllib.loads(texts("toml")[0])["project"]
    facts = tmp_path / f"my_parts-{project['version']}.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n")
    groups = [
        f"[{group}]\n" + "".join(f"{name} = {place}\n" for name, place in points.items())
        for group, points in project["entry-points"].items()
    ]
    (facts / "entry_points.txt").write_text("\n".join(groups))
    monkeypatch.syspath_prepend(str(tmp_path))
    invalidate_caches()


@pytest.mark.usefixtures("installed")
def test_own_policy_and_demand_run(workplace: Path) -> None:
    """The scenario of the page runs: recall pieces are asked, levels follow the capped cover."""
    base = (workplace / "minimal.yaml").read_text("utf-8").splitlines()
    kept = [line for line in base if not line.startswith(("demand:", "stocking:", "expect:"))]
    file = workplace / "own.yaml"
    file.write_text("\n".join(kept) + "\n" + texts("text")[0], encoding="utf-8")
    study = load(file)
    assert study.network().points["up_to"].max() == 4
    result = study.run(replications=2, folder=None)
    plain = load(workplace / "minimal.yaml").run(replications=2, folder=None)
    assert result.kpi("demand.units").mean > 0
    assert result.kpi("fill.line").mean != plain.kpi("fill.line").mean
