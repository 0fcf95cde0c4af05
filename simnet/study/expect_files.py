"""Which files hold expectations: files as named, folders with all below them; nothing is left out in silence."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.scenario.workbook import WORKBOOKS, is_workbook
from simnet.study.folder import SUMMARY

if TYPE_CHECKING:
    from simnet.scenario.nodes import Node
    from simnet.study.study import Study

YAML = (".yaml", ".yml")
SUFFIXES = (*YAML, *WORKBOOKS)
SKIPPED = frozenset(("__pycache__", "node_modules"))
"""Folders in which nobody keeps scenarios; hidden folders and results are passed over too."""
OPENING = re.compile(r"^['\"]?(simnet|extends|expect)['\"]?\s*:", re.MULTILINE)
"""What a text says that is meant to be a scenario."""
NONE = "no scenario"
FEWEST = 3
"""Keys of the language that make a map a scenario, whatever else is wrong with it."""


@dataclass
class Files:
    """What was found: scenarios that were read, in order, what is wrong, and what is not held to anything."""

    studies: list[tuple[Path, Study]] = field(default_factory=list)
    wrong: list[tuple[Path, SimnetError]] = field(default_factory=list)
    idle: list[tuple[Path, str]] = field(default_factory=list)
    """Files on which nothing is checked, and why."""


def find(paths: Sequence[str | Path]) -> Files:
    """The scenarios among files and folders; a path that is not there is an error with the others."""
    found = Files()
    named: dict[Path, bool] = {}
    for path in map(Path, paths):
        try:
            if path.is_dir():
                for each in below(path):
                    named.setdefault(each, False)
            else:
                named[usable(path)] = True
        except SimnetError as error:
            found.wrong.append((path, error))
    bases = set[Path]()
    for path, asked in named.items():
        reason, under = ("", None) if asked else what(path)
        if under is not None:
            bases.add(under)
        if reason:
            found.idle.append((path, reason))
        else:
            take(path, found)
    without_bases(found, bases)
    return found


def usable(path: Path) -> Path:
    """A file that is named itself."""
    if not path.is_file():
        near = did_you_mean(path.name, names_in(path.parent))
        raise SimnetError(Problem("no such file or folder", str(path), remedy=near))
    if path.suffix.lower() not in SUFFIXES:
        raise SimnetError(Problem(f"is {NONE}", str(path), remedy=f"scenarios end with {', '.join(SUFFIXES)}"))
    if what(path)[0] == NONE:
        raise SimnetError(Problem(f"is {NONE}", str(path), remedy="a scenario starts with simnet: 1"))
    return path


def names_in(folder: Path) -> list[str]:
    """What stands in a folder."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def below(folder: Path) -> Iterator[Path]:
    """Files below a folder that may be scenarios, sorted; results of runs are passed over."""
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED)
        if SUMMARY in files:
            folders[:] = []
            continue
        for name in sorted(files):
            if name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$")):
                yield Path(above) / name


def what(path: Path) -> tuple[str, Path | None]:
    """Why a file in a folder is no scenario, nothing where it is one; and the file that it stands on."""
    if is_workbook(path):
        return why_no_workbook(path), None
    from simnet.scenario.files import read_source, resolve
    from simnet.scenario.read import compose

    try:
        source = read_source(path, str(path))
    except SimnetError as error:
        return error.problems[0].message, None
    try:
        root = compose(source)
        extends = root.get("extends")
        under = resolve(extends.text, source)[0].resolve() if extends is not None and extends.text else None
    except SimnetError:
        return ("" if OPENING.search(source.text) else "no scenario, and no YAML that can be read"), None
    return ("" if is_scenario(root) else NONE), under


def is_scenario(root: Node) -> bool:
    """Whether a map is meant to be a scenario, also where a key of it is misspelled."""
    from simnet.scenario import Scenario

    keys = root.entries.keys()
    return bool({"simnet", "extends"} & keys) or len(keys & Scenario.model_fields.keys()) >= FEWEST


def why_no_workbook(path: Path) -> str:
    """Why a workbook is no scenario, but a table beside one, say; nothing where it is a scenario."""
    from simnet.scenario.excel import open_workbook
    from simnet.scenario.sheet_kinds import SETTINGS, SHEETS, kind_of

    try:
        kinds = {kind_of(sheet) for sheet in open_workbook(path, str(path)).sheets}
    except SimnetError as error:
        return error.problems[0].message
    return "" if SETTINGS in kinds or len(kinds & set(SHEETS)) >= FEWEST else NONE


def take(path: Path, found: Files) -> None:
    """Read a scenario."""
    from simnet.study.study import load

    try:
        found.studies.append((path, load(path)))
    except SimnetError as error:
        found.wrong.append((path, error))


def without_bases(found: Files, bases: set[Path]) -> None:
    """A file that others stand on need not be whole by itself, as long as it says nothing of what it expects."""
    for path, error in list(found.wrong):
        if path.is_file() and path.resolve() in bases and not expects(path):
            found.wrong.remove((path, error))
            found.idle.append((path, "stands under other files, and is not whole by itself"))


def expects(path: Path) -> bool:
    """Whether a file has a key that is, or is nearly, `expect`."""
    from simnet.scenario.files import read_source
    from simnet.scenario.read import compose

    try:
        return any(key == "expect" or did_you_mean(key, ["expect"]) for key in compose(read_source(path, "")).entries)
    except SimnetError:
        return True
