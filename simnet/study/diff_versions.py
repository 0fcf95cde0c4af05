"""A scenario as it was in a version that git knows, with the files that it names, in a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from simnet.errors import Problem, SimnetError, clean

if TYPE_CHECKING:
    from simnet.scenario.nodes import Node
    from simnet.study.study import Study

NAMED = re.compile(r"(.+\.(?:yaml|yml|xlsx|xlsm))@(.+)", re.IGNORECASE)
SCENARIOS = (".yaml", ".yml")


@dataclass(frozen=True)
class Version:
    """A file of a repository in one of its commits."""

    root: Path
    """Of the repository."""
    file: str
    """From the root on."""
    commit: str
    revision: str
    """As it was asked."""


def split(name: str) -> tuple[str, str]:
    """File and revision of `FILE@REV`; no revision where there is none, or a file of that very name."""
    match = None if Path(name).exists() else NAMED.fullmatch(name)
    return (match[1], match[2]) if match else (name, "")


def find(path: Path, revision: str) -> Version:
    """The file in a revision; `SimnetError` where there is no repository, or no such revision."""
    whole = path.absolute()
    above = next(folder for folder in whole.parents if folder.is_dir())
    top = git(above, "rev-parse", "--show-toplevel")
    if top is None:
        raise SimnetError(Problem("is in no git repository", str(path), remedy="@REV and --against take one"))
    commit = git(above, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        remedy = "name a commit, a tag or a branch, such as HEAD~1"
        raise SimnetError(Problem(f"git knows no revision '{clean(revision, 60)}'", str(path), remedy=remedy))
    root = Path(top.decode().strip()).resolve()
    file = (whole.parent.resolve() / whole.name).relative_to(root).as_posix()
    return Version(root, file, commit.decode().strip(), revision)


def git(folder: Path, *words: str) -> bytes | None:
    """What git says; None where it fails."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)
    except OSError:
        raise SimnetError(Problem("git is not installed, or cannot be run", remedy="install git")) from None
    return done.stdout if done.returncode == 0 else None


def load(version: Version, folder: Path) -> Study:
    """The scenario as it was, written below `folder`; `SimnetError` names files as `FILE@REV`."""
    from simnet.study.study import load as read

    if not fetch(version, version.file, folder):
        message = f"there is no {version.file} in {clean(version.revision, 60)}"
        raise SimnetError(Problem(message, remedy="it may have had another name then"))
    waiting = [version.file]
    seen = {version.file}
    while waiting:
        for name in named_in(folder, waiting.pop()):
            if name not in seen:
                seen.add(name)
                if fetch(version, name, folder) and name.endswith(SCENARIOS):
                    waiting.append(name)
    try:
        return read(folder / version.file)
    except SimnetError as error:
        raise SimnetError([at_version(each, folder, version.revision) for each in error.problems]) from None


def fetch(version: Version, name: str, folder: Path) -> bool:
    """Write a file as it was; false where it was not there."""
    data = git(version.root, "show", f"{version.commit}:{name}")
    if data is None:
        return False
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return True


def named_in(folder: Path, file: str) -> Iterator[str]:
    """Files of the repository that a scenario may stand on: tables, and what it extends; from the root on."""
    try:
        root = opened(folder / file)
    except SimnetError:
        return
    for text in texts(root):
        name = os.path.normpath(PurePosixPath(file).parent / text)
        if not os.path.isabs(text) and not name.startswith(".."):
            yield PurePosixPath(name).as_posix()


def opened(path: Path) -> Node:
    """The nodes of a scenario."""
    from simnet.scenario.files import read_source
    from simnet.scenario.nodes import Problems
    from simnet.scenario.read import compose
    from simnet.scenario.workbook import is_workbook, read_workbook

    name = str(path)
    return read_workbook(path, name, Problems()) if is_workbook(path) else compose(read_source(path, name))


def texts(node: Node) -> Iterator[str]:
    """Every text that may name a file."""
    from simnet.scenario.tables import is_table_name

    if node.kind == "text" and (is_table_name(node.text) or node.text.endswith(SCENARIOS)):
        yield node.text
    inner = node.value if node.kind == "list" else [value for _, value in node.entries.values()]
    for each in inner:
        yield from texts(each)


def at_version(problem: Problem, folder: Path, revision: str) -> Problem:
    """A problem of a file below the folder, named as whoever reads it knows the file."""
    file = problem.file
    if file is not None and Path(file).is_relative_to(folder):
        file = f"{Path(file).relative_to(folder).as_posix()}@{revision}"
    return replace(problem, file=file, message=problem.message.replace(f"{folder}{os.sep}", ""))
