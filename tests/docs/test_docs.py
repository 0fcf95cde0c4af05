"""What the README and docs/ show is run: a page cannot promise what the program does not do."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from simnet.study import load
from tests.docs.blocks import ROOT, Block, all_blocks, blocks, pages
from tests.docs.typed import EXIT, RUN, shown_in_order

by_place = pytest.mark.parametrize


TUTORIAL = "docs/tutorial.md"
"""Typed from top to bottom by test_tutorial.py."""


@by_place("block", [b for b in all_blocks("yaml") if b.text.startswith("simnet: 1")], ids=lambda b: b.place)
def test_a_scenario_in_the_docs_loads(block: Block, workplace: Path) -> None:
    """A yaml block that starts with `simnet: 1` is a whole scenario, and each design makes a network."""
    file = workplace / "from-the-docs.yaml"
    file.write_text(block.text, encoding="utf-8")
    study = load(file)
    assert all(len(study.network(design).points) for design in study.designs)


@by_place("block", [b for b in all_blocks("console") if b.page != TUTORIAL], ids=lambda b: b.place)
def test_a_command_in_the_docs_runs(block: Block, workplace: Path) -> None:
    """Each `$ simnet` line ends with the exit code it says (0 unless noted) and prints what is shown."""
    for command, shown in block.commands():
        code = EXIT.search(command)
        words = shlex.split(EXIT.sub("", command))
        assert words[0] == "simnet", f"{block.place}: only simnet is run here, not {words[0]}"
        done = subprocess.run([*RUN, *words[1:]], capture_output=True, text=True, check=False, cwd=workplace)
        printed = done.stdout + done.stderr
        assert done.returncode == (int(code[1]) if code else 0), f"{block.place}: {command}\n{printed}"
        missing = shown_in_order(shown, printed)
        assert missing is None, f"{block.place}: {command} did not print {missing!r} here:\n{printed}"


@by_place("page", [page for page in pages() if not TUTORIAL.endswith(page.name)], ids=lambda page: page.name)
def test_python_in_the_docs_runs(page: Path, workplace: Path) -> None:
    """The python blocks of a page run from top to bottom in one namespace."""
    assert workplace.is_dir()
    space: dict[str, object] = {"__name__": "docs"}
    for block in blocks(page):
        if block.language == "python":
            exec(compile("\n" * block.line + block.text, str(page), "exec"), space)


def test_the_readme_holds_the_two_commands() -> None:
    """One line sets up and runs the demo, one sets up and runs the tests, as `.ci/run` expects them."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    commands = [line for line in lines if line.startswith("python3 -m venv ")]
    assert [line.rsplit(" && ", 1)[-1] for line in commands] == [
        ".venv/bin/simnet demo",
        ".venv/bin/python -m pytest -n auto",
    ]
