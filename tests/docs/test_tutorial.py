"""docs/tutorial.md is followed as a newcomer does: typed from top to bottom, beginning in an empty folder."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT, Block, blocks
from tests.docs.typed import EXIT, RUN, shown_in_order

PAGE = ROOT / "docs" / "tutorial.md"
TYPED = ("console", "diff", "python")


def edit(folder: Path, block: Block) -> None:
    """Change a file as a block of - and + lines says; lines that are meant to be there must be, once."""
    head, *lines = block.text.splitlines()
    file = folder / head.removeprefix("--- ")
    text = file.read_text("utf-8")
    before, after = list[str](), list[str]()
    for line in [*lines, " "]:
        if before and (line[0] == "-" and after or line == " "):
            old, new = "\n".join(before), "\n".join(after or before)
            assert text.count(old) == 1, f"{block.place}: {old!r} is not there once"
            text, before, after = text.replace(old, new), [], []
        if line[0] in "- " and line.strip():
            before.append(line[1:])
        if line[0] == "+" or (line[0] == " " and line.strip()):
            after.append(line[1:])
    file.write_text(text, encoding="utf-8")


def type_in(folder: Path, block: Block) -> Path:
    """Type a block of commands, and hold what is printed to what is shown; where `cd` leads to is returned."""
    for command, shown in block.commands():
        code = EXIT.search(command)
        words = shlex.split(EXIT.sub("", command))
        if words[0] == "cd":
            folder = folder / words[1]
            continue
        assert words[0] == "simnet", f"{block.place}: only simnet is run here, not {words[0]}"
        done = subprocess.run([*RUN, *words[1:]], capture_output=True, text=True, check=False, cwd=folder)
        printed = done.stdout + done.stderr
        assert done.returncode == (int(code[1]) if code else 0), f"{block.place}: {command}\n{printed}"
        missing = shown_in_order(shown, printed)
        assert missing is None, f"{block.place}: {command} did not print {missing!r} here:\n{printed}"
    return folder


def test_the_tutorial_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step works where the steps before it lead, and prints what the page shows."""
    folder = tmp_path
    for block in blocks(PAGE):
        if block.language == "console":
            folder = type_in(folder, block)
        elif block.language == "diff":
            edit(folder, block)
        elif block.language == "python":
            monkeypatch.chdir(folder)
            exec(compile(block.text, block.place, "exec"), {"__name__": "docs"})
        else:
            assert block.language == "bash", f"{block.place}: who types {block.language}?"


def test_an_edit_is_of_lines_that_are_there(tmp_path: Path) -> None:
    """Lines change one after the other; what is not there is a mistake of the page."""
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\nb: 2\nc: 3\n", encoding="utf-8")
    edit(tmp_path, Block("p", 1, "diff", "--- a.yaml\n-a: 1\n+a: 9\n-b: 2\n+b: 8\n+d: 4\n"))
    edit(tmp_path, Block("p", 1, "diff", "--- a.yaml\n c: 3\n+e: 5\n"))
    assert file.read_text("utf-8") == "a: 9\nb: 8\nd: 4\nc: 3\ne: 5\n"
    with pytest.raises(AssertionError, match="is not there once"):
        edit(tmp_path, Block("p", 1, "diff", "--- a.yaml\n-z: 1\n+z: 2\n"))
