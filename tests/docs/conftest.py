"""A copy of the shipped scenarios, so that what the docs run leaves no trace in the repository."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from simnet.leadtime.parse import SHAPES
from simnet.metrics import METRICS
from simnet.metrics.terms import TERMS
from simnet.report.charts import CHARTS
from tests.docs.blocks import ROOT


@pytest.fixture(autouse=True)
def lists_as_they_were() -> Iterator[None]:
    """What docs/extending.md adds to the lists of simnet is taken out again."""
    kept = (METRICS, list(METRICS)), (CHARTS, list(CHARTS))
    named = (TERMS, dict(TERMS)), (SHAPES, dict(SHAPES))
    yield
    for here, before in kept:
        here[:] = before
    for table, known in named:
        table.clear()
        table.update(known)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder that holds what scenarios/ holds, made the current one."""
    skip = shutil.ignore_patterns("runs", "__pycache__")
    folder = Path(shutil.copytree(ROOT / "scenarios", tmp_path / "work", ignore=skip))
    monkeypatch.chdir(folder)
    return folder
