"""docs/clusters.md is typed in: its scheduler, its workers and its study, on a free port."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

pytest.importorskip("distributed")

from tests.docs.blocks import ROOT, blocks
from tests.engine.executors.clusters import BIN, end, free_port, listens, start, until

PORT = "8786"


@pytest.mark.dask
def test_the_cluster_of_the_page_runs(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that end with & stay running; the last line asks, and the answer has the page's study in it."""
    assert workplace.is_dir()
    monkeypatch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
    port, log = free_port(), workplace / "cluster.log"
    (block,) = (each for each in blocks(ROOT / "docs" / "clusters.md") if each.language == "shell")
    running = []
    try:
        for line in block.text.splitlines():
            words = shlex.split(line.replace(PORT, str(port)).removesuffix("&"))
            running.append(start(*words, log=log))
            if line.endswith("&"):
                until(lambda: listens(port), "the scheduler")
        assert running.pop().wait(timeout=120) == 0, log.read_text("utf-8")
    finally:
        end(*running)
    assert "saved in runs" in log.read_text("utf-8")
