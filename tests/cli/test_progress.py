"""Progress: a bar with rate and time left on a terminal, silence elsewhere."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simnet.cli.progress import rate, time_left
from tests.cli.commands import process

ROOT = Path(__file__).parents[2]
WATCHED = """
import time
from simnet.cli.progress import watching

with watching(quiet=False) as move:
    for done in range(1, 9):
        time.sleep(0.15)
        move(done * 100_000, 1_000_000)
    time.sleep(0.3)
"""
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (None, ""), (0, ""), (5, "5.0 lines/s"), (940, "940 lines/s"), (1_000, "1.0 k lines/s"),
        (9_949, "9.9 k lines/s"), (12_300, "12 k lines/s"), (1_900_000, "1.9 M lines/s"), (31_000_000, "31 M lines/s"),
    ],
)  # fmt: skip
def test_the_rate_in_words(lines: float | None, told: str) -> None:
    """Two digits and a size; nothing as long as it is not known."""
    assert rate(lines) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, ""),
        (0, "0 s left"),
        (99, "99 s left"),
        (100, "2 min left"),
        (5_900, "98 min left"),
        (6_000, "1.7 h left"),
    ],
)
def test_the_time_left_in_words(seconds: float | None, told: str) -> None:
    """Seconds, minutes, hours."""
    assert time_left(seconds) == told


def test_on_a_terminal_rate_and_time_left_are_shown() -> None:
    """A bar, a share, lines a second and the time left, on standard error of a real terminal."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    env.pop("CI", None)
    with subprocess.Popen([sys.executable, "-c", WATCHED], stderr=theirs, stdout=theirs, env=env) as shown:
        os.close(theirs)
        text = ""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            text += piece.decode(errors="replace")
    os.close(ours)
    assert shown.returncode == 0
    plain = CODES.sub("", text)
    assert "simulating" in plain and re.search(r"80\s?%", plain)
    assert re.search(r"[\d.]+ [kM] lines/s, \d+ s left", plain)


def test_in_a_pipe_nothing_is_shown(place: Path) -> None:
    """Standard error holds no bar where it is no terminal."""
    done = process("run", "tiny.yaml", cwd=place)
    assert done.returncode == 0
    assert "lines/s" not in done.stderr and "\x1b" not in done.stderr
