"""What the README and docs/ show is run: a page cannot promise what the program does not do."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from simnet.study import load
from tests.docs.blocks import ROOT, Block, all_blocks, blocks, pages

RUN = [sys.executable, "-c", "from simnet.cli import main; main()"]
EXIT = re.compile(r"\s+# exits with (\d)$")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")

by_place = pytest.mark.parametrize


def shown_in_order(shown: list[str], printed: str) -> str | None:
    """Return the first line shown that was not printed in that order; `...` stands for any lines."""
    lines = iter([" ".join(line.split()) for line in printed.splitlines()])
    wanted = (" ".join(line.split()) for line in shown if line != "...")
    return next((line for line in wanted if line not in lines), None)


@by_place("block", [b for b in all_blocks("yaml") if b.text.startswith("simnet: 1")], ids=lambda b: b.place)
def test_a_scenario_in_the_docs_loads(block: Block, workplace: Path) -> None:
    """A yaml block that starts with `simnet: 1` is a whole scenario, and each design makes a network."""
    file = workplace / "from-the-docs.yaml"
    file.write_text(block.text, encoding="utf-8")
    study = load(file)
    assert all(len(study.network(design).points) for design in study.designs)


@by_place("block", all_blocks("console"), ids=lambda b: b.place)
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


@by_place("page", pages(), ids=lambda page: page.name)
def test_python_in_the_docs_runs(page: Path, workplace: Path) -> None:
    """The python blocks of a page run from top to bottom in one namespace."""
    assert workplace.is_dir()
    space: dict[str, object] = {"__name__": "docs"}
    for block in blocks(page):
        if block.language == "python":
            exec(compile("\n" * block.line + block.text, str(page), "exec"), space)


@by_place("page", pages(), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link of a page names a file of the repository."""
    broken = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert broken == []


def test_the_readme_holds_the_two_commands() -> None:
    """One line sets up and runs the demo, one sets up and runs the tests, as `.ci/run` expects them."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    commands = [line for line in lines if line.startswith("python3 -m venv ")]
    assert [line.rsplit(" && ", 1)[-1] for line in commands] == [
        ".venv/bin/simnet demo",
        ".venv/bin/python -m pytest",
    ]
