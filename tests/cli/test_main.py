"""The program as the shell sees it: exit codes, and everything printed before it leaves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("words", "code"), [(["--version"], 0), (["check", "nowhere.yaml"], 2), (["nosuch"], 2)])
def test_the_exit_code_is_kept(words: list[str], code: int, tmp_path: Path) -> None:
    """Though the process does not take itself apart."""
    ran = subprocess.run([sys.executable, "-m", "simnet", *words], capture_output=True, cwd=tmp_path)
    assert ran.returncode == code
    assert (ran.stdout or ran.stderr).strip()


def test_what_is_to_be_done_at_the_end_is_done() -> None:
    """Also what others registered, and output that waits in a buffer."""
    code = (
        "import atexit, sys\n"
        "from simnet.__main__ import run\n"
        "sys.argv = ['simnet', '--version']\n"
        "from simnet.cli import main\n"
        "import simnet.cli.program as program\n"
        "kept = program.Program.ended\n"
        "program.Program.ended = lambda *a: (kept(*a), atexit.register(print, 'at the end'))[0]\n"
        "run()\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0 and ran.stdout.endswith("at the end\n")
