"""docs/ci.md is run: its scenario, its workflow, its GitLab job, its pytest commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.blocks import ROOT, blocks

PAGE = ROOT / "docs" / "ci.md"
PROGRAM = f"{sys.executable} -c 'from simnet.cli import main; main()' "
ELSEWHERE = ("python -m pip install",)
"""Commands of a build server that are not run here."""


def block(language: str, start: str) -> str:
    """Return the one block of the page that is in a language and starts so."""
    (found,) = [each.text for each in blocks(PAGE) if each.language == language and each.text.startswith(start)]
    return found


def shell(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command line of the page as a build server does, with the simnet and the pytest of these tests."""
    command = command.replace("simnet test", f"{PROGRAM}test", 1).replace("simnet diff", f"{PROGRAM}diff", 1)
    if command.startswith("pytest"):
        command = f"{sys.executable} -m pytest -p no:cacheprovider {command.removeprefix('pytest')}"
    known = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTEST_"))}
    there = {**known, "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, env=there,
                          capture_output=True, text=True, check=False)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository of somebody else's with a scenario in scenarios/, one commit ahead of its branch main."""
    if shutil.which("git") is None:
        pytest.skip("no git")
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_own.py").write_text("def test_own(): pass\n")
    file = tmp_path / "scenarios" / "minimal.yaml"
    file.write_text((ROOT / "scenarios" / "minimal.yaml").read_text("utf-8"), encoding="utf-8")
    name = "git -c user.name=t -c user.email=t@example.org"
    setup = f"git init -q && git add . && {name} commit -qm one && git update-ref refs/remotes/origin/main HEAD"
    done = shell(setup, tmp_path)
    assert done.returncode == 0, done.stderr
    file.write_text(file.read_text("utf-8").replace("95 %", "96 %"), encoding="utf-8")
    return tmp_path


def test_the_example_prints_what_is_shown(tmp_path: Path) -> None:
    """The scenario of the page, tested: line by line as on the page, but for the seconds."""
    (tmp_path / "shop.yaml").write_text(block("yaml", "simnet: 1"), encoding="utf-8")
    done = shell("simnet test shop.yaml", tmp_path)
    assert done.returncode == 1, done.stderr
    shown = [line.partition(" (")[0] if " passed in " in line else line for line in done.stdout.splitlines()]
    assert shown == block("text", "shop.yaml").splitlines()


def commands(job: dict[str, Any]) -> Iterator[str]:
    """Yield the command lines of a job of GitHub or GitLab."""
    yield from job.get("script", ())
    yield from (step["run"] for step in job.get("steps", ()) if "run" in step)


def test_the_github_workflow_runs(project: Path) -> None:
    """It parses, its steps are actions or commands, and the commands do what the page says of them."""
    workflow = yaml.load(block("yaml", "name: scenarios"), Loader=yaml.BaseLoader)
    assert workflow["on"] == ["push", "pull_request"]
    (job,) = workflow["jobs"].values()
    assert all(("uses" in step) != ("run" in step) for step in job["steps"]) and job["runs-on"]
    server = {"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main", "GITHUB_WORKSPACE": str(project),
              "GITHUB_STEP_SUMMARY": str(project / "summary.md")}  # fmt: skip
    for command in commands(job):
        if not command.startswith(ELSEWHERE):
            done = shell(command, project, **server)
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    summary = (project / "summary.md").read_text("utf-8")
    assert "### simnet test" in summary and "fill.dealer.line" in summary
    assert "- stocking.default.target: 95 % → 96 %" in summary and "### What changed out" in summary
    assert "<testsuites" in (project / "simnet.xml").read_text("utf-8")
    kept = job["steps"][-1]["with"]["path"].split()
    assert all(list(project.glob(name)) for name in kept)


def test_the_gitlab_job_runs(project: Path) -> None:
    """The same on the other server."""
    (job,) = yaml.load(block("yaml", "scenarios:"), Loader=yaml.BaseLoader).values()
    for command in commands(job):
        if not command.startswith(ELSEWHERE):
            done = shell(command, project)
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    artifacts = job["artifacts"]
    assert all(list(project.glob(name)) for name in (*artifacts["paths"], artifacts["reports"]["junit"]))


def test_the_pytest_commands_run(project: Path) -> None:
    """With the ini file of the page both the project's test and the scenario are collected."""
    (project / "pytest.ini").write_text(block("ini", "[pytest]"), encoding="utf-8")
    passed = []
    for command in block("bash", "pytest").splitlines():
        done = shell(command, project)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        passed.append(done.stdout.splitlines()[-1])
    assert ["2 passed" in passed[0], "1 passed" in passed[1], "1 passed" in passed[2]] == [True] * 3
