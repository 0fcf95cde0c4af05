"""A folder of one's own for every test, with a tiny scenario in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import tiny


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder; it holds tiny.yaml and nothing else."""
    monkeypatch.chdir(tmp_path)
    tiny(tmp_path)
    return tmp_path
