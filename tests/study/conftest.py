"""What tests of studies share: a small study, and which replications of it were run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import simnet as sn
from simnet.study import ready
from tests.cli.commands import tiny


@pytest.fixture
def study(tmp_path: Path) -> sn.Study:
    """The tiny scenario on the SimPy clock."""
    return sn.load(tiny(tmp_path, **{"seed: 7": "seed: 7, engine: simpy"}))


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The replications that were run, of any design or point, in order."""
    found: list[int] = []
    real = ready.replicate

    def counting(network: Any, **asked: Any) -> Any:
        found.extend(asked["replications"])
        return real(network, **asked)

    monkeypatch.setattr(ready, "replicate", counting)
    return found
