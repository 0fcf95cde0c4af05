"""The program: help, versions, and how each kind of end is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import click
import pytest

from simnet.cli.program import CUT_OFF, FILES, INTERRUPTED, VERBS
from tests.cli.commands import process, simnet


def test_help_lists_the_verbs() -> None:
    """`simnet --help` names every verb and what it does."""
    done = simnet("--help")
    assert done.exit_code == 0
    for verb, about in VERBS.items():
        assert verb in done.stdout and about in done.stdout


def test_help_is_quick(place: Path) -> None:
    """`simnet --help` takes less than 0.3 s of processor time."""
    before = os.times()
    assert process("--help", cwd=place).returncode == 0
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 0.3


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    """Each verb is a command of its file's name with a help text that fits 80 columns."""
    command: click.Command = import_module(f"simnet.cli.{FILES.get(verb, verb)}").command
    assert command.name == verb
    done = simnet(verb, "--help")
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert all(param.help for param in command.params if isinstance(param, click.Option))


def test_version_names_the_release() -> None:
    """`simnet --version` prints one line."""
    done = simnet("--version")
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert done.stdout.startswith("simnet ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["comprae"], "did you mean 'compare'?"),
        (["run", "tiny.yaml", "--reps", "3"], "'--reps'. Did you mean --replications?"),
        (["run", "tiny.yaml", "--rep", "3"], "Did you mean --replications or --report?"),
        (["run", "tiny.yaml", "--kpis", "3"], "'--kpi'"),
        (["compare", "tiny.yaml", "--best", "costs"], "did you mean 'cost.year'?"),
        (["run", "tiny.yaml", "--kpi", "stock"], "did you mean 'stock.on_hand.units'?"),
        (["run", "tiny.yaml", "--kpi", "Fills"], "did you mean 'fill.line'?"),
        (["run", "tiny.yaml", "--excel", "x.xls"], "such as x.xlsx"),
        (["run", "tiny.yaml", "--excel", "x.2026"], "such as x.2026.xlsx"),
        (["xyzzy"], "simnet --help lists the verbs"),
        (["run"], "Missing argument 'FILE'"),
        (["run", "tiny.yaml", "--repliactions", "3"], "--replications"),
        (["run", "tiny.yaml", "--set", "nothing"], "is not path=value"),
        (["run", "tiny.yaml", "--replications", "0"], "not in the range"),
        (["run", "tiny.yaml", "--json", "--csv"], "only one of --json, --csv"),
        (["run", "tiny.yaml", "--by", "tier", "--json"], "--csv or --md"),
        (["run", "tiny.yaml", "--by", "tier", "--levels"], "leave --levels out"),
        (["run", "nowhere.yaml"], "no such file"),
        (["run", "."], "is a directory"),
        (["run", "tiny.yaml", "--design", "richr"], "did you mean 'richer'?"),
        (["compare", "tiny.yaml", "--design", "richr"], "did you mean 'richer'?"),
        (["show", "tiny.yaml", "--design", "richr"], "did you mean 'richer'?"),
        (["run", "tiny.yaml", "--set", "stocking.default.taget=9%"], "did you mean 'target'?"),
        (["run", "tiny.yaml", "--set", "stocking.default.target=9"], "needs a percent sign"),
        (["run", "tiny.yaml", "--kpi", "fill.lin"], "did you mean 'fill.line'?"),
        (["run", "tiny.yaml", "--kpi", "within.36h"], "run.windows"),
        (["run", "tiny.yaml", "--by", "month", "--kpi", "wait.mean"], "not known by month"),
        (["run", "tiny.yaml", "--by", "part_class", "--kpi", "wait.p95"], "not known by part class"),
        (["run", "tiny.yaml", "--as", "../elsewhere"], "no plain name"),
        (["run", "tiny.yaml", "--as", ""], "no plain name"),
        (["run", "tiny.yaml", "--as", "-x"], "no plain name"),
        (["run", "tiny.yaml", "--as", "x" * 300], "too long for a name: 300 of at most 100 bytes"),
        (["run", "tiny.yaml", "--as", "CON"], "no name on Windows"),
        (["new", "aux.x"], "no name on Windows"),
        (["new", "x" * 300], "too long for a name"),
        (["run", "tiny.yaml", "--out", ""], "name a folder"),
        (["run", "tiny.yaml", "--out", "tiny.yaml"], "is not touched"),
        (["run", "tiny.yaml", "--report", "tiny.yaml"], "no report of simnet's and is not touched"),
        (["run", "tiny.yaml", "--set", "demand.0.orders=1000000 per day"], "part 'filter' is asked"),
        (["explain", "stocking.defualt.target"], "did you mean 'stocking.default.target'?"),
        (
            ["explain", "stocking.managed"],
            "it is a key of stocking.classes.NAME, stocking.default, stocking.rules, stocking.sites.NAME",
        ),
        (["new", "a/../.."], "no plain name"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_is_answered(place: Path, words: list[str], told: str) -> None:
    """Exit code 2, the remedy on standard error, nothing on standard output, nothing written."""
    done = simnet(*words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert [path.name for path in place.iterdir()] == ["tiny.yaml"]


def test_a_mistake_of_ours_is_owned_up_to(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3, three lines, where it was, and how to learn more."""
    monkeypatch.setattr("simnet.study.describe.head", lambda *_: 1 / 0)
    done = simnet("show", "tiny.yaml")
    assert done.exit_code == 3
    assert "ZeroDivisionError" in done.stderr and "describe.py" in done.stderr and "--debug" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 3


def test_debug_tells_all(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --debug the traceback is printed."""
    monkeypatch.setattr("simnet.study.describe.head", lambda *_: 1 / 0)
    done = simnet("show", "tiny.yaml", "--debug")
    assert done.exit_code == 3
    assert "Traceback" in done.stderr


def test_a_reader_that_goes_away_is_no_failure(place: Path) -> None:
    """`simnet ... | head` ends without a word."""
    command = [sys.executable, "-c", "from simnet.cli import main; main()", "schema"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=place) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()
    assert running.returncode in (0, CUT_OFF)
    assert told == b""


def test_ctrl_c_stops_cleanly(place: Path) -> None:
    """An interrupted run says so, exits with 130 and leaves nothing half-written: only replications that are done."""
    command = [sys.executable, "-c", "from simnet.cli import main; main()", "run", "tiny.yaml"]
    command += ["--replications", "100000", "--engine", "simpy"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, cwd=place) as running:
        time.sleep(3)  # by then it is at work; stopped earlier it has to end in the same way
        running.send_signal(signal.SIGINT)
        try:
            printed, told = running.communicate(timeout=60)
        finally:
            running.kill()  # else a failed test would leave it at work
    assert running.returncode == INTERRUPTED
    assert b"Stopped." in told and b"Traceback" not in told
    assert printed == b""
    left = [path for path in place.glob("runs/**/*") if path.is_file()]
    assert all(path.parent.name.startswith(".unfinished-") and path.suffix == ".bin" for path in left)


def test_a_terminal_without_the_letters_still_gets_its_table(place: Path) -> None:
    """Output in ASCII replaces what it cannot write."""
    done = process("run", "tiny.yaml", cwd=place, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stderr
    assert "customer fill" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [["run", "tiny.yaml"], ["--help"], ["explain"]])
def test_a_full_or_closed_output_is_no_mistake_of_ours(place: Path, words: list[str]) -> None:
    """One line on standard error and exit code 2."""
    shell = '"$0" -c "from simnet.cli import main; main()" '
    for ending, told in ((">/dev/full", "cannot be written"), (">&-", "output is closed")):
        command = ["sh", "-c", shell + " ".join(words) + ending, sys.executable]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 2
        assert [told in line for line in done.stderr.splitlines() if not line.startswith("saved")] == [True]


def test_no_color_beyond_a_terminal(place: Path) -> None:
    """Neither answers nor errors carry escape codes when they are not on a terminal."""
    done = process("compare", "tiny.yaml", cwd=place, env={**os.environ, "FORCE_COLOR": ""})
    assert "\x1b" not in done.stdout + done.stderr
    wrong = process("run", "tiny.yaml", "--set", "money=x", cwd=place)
    assert "\x1b" not in wrong.stderr
