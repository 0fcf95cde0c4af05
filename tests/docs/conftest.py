"""A copy of the shipped scenarios, so that what the docs run leaves no trace in the repository."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder that holds what scenarios/ holds, made the current one."""
    skip = shutil.ignore_patterns("runs", "__pycache__")
    folder = Path(shutil.copytree(ROOT / "scenarios", tmp_path / "work", ignore=skip))
    monkeypatch.chdir(folder)
    return folder
