"""A machine without Numba: everything runs on the SimPy clock, and says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = "import sys; sys.modules['numba'] = sys.modules['llvmlite'] = None; from simnet.cli import main; main()"


def bare(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process that finds no Numba."""
    command = [sys.executable, "-c", WITHOUT, *words]
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=120)


def test_it_runs_on_simpy_and_says_so(place: Path) -> None:
    """The run, its remark on standard error, and the summary name the clock and the reason."""
    run = bare(place, "run", "tiny.yaml", "-v")
    assert run.returncode == 0 and "customer fill" in run.stdout
    assert "Numba is not installed here" in run.stderr and "pip install numba" in run.stderr
    assert "engine simpy" in run.stderr
    assert "SimPy clock: Numba is not installed here" in bare(place, "show", "tiny.yaml").stdout


@pytest.mark.parametrize("words", [("--engine", "compiled"), ("--set", "run.engine=compiled")])
def test_the_compiled_clock_by_name_is_an_error(place: Path, words: tuple[str, ...]) -> None:
    """With a remedy, exit code 2 and nothing run, a kept answer or not."""
    assert bare(place, "run", "tiny.yaml").returncode == 0
    refused = bare(place, "run", "tiny.yaml", *words)
    assert refused.returncode == 2 and not refused.stdout
    assert "the compiled clock cannot run this: Numba is not installed here" in refused.stderr
    assert "pip install numba" in refused.stderr and "Nothing was run." in refused.stderr
