"""The folder of a result: what it is called, and which of its files are ours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simnet.devices import is_device

if TYPE_CHECKING:
    from simnet.study.study import Study

SUMMARY = "summary.json"
"""A folder that holds this file is one of ours, and may be replaced."""
OURS = re.compile(
    rf"{re.escape(SUMMARY)}|(metrics|months)\.parquet|report\.(html|xlsx)|scenario\.resolved(\.\d+)?\.yaml"
    r"|tally-\d+-\d+\.(bin|npz)|sums-\d+-\d+\.bin|(lines|points)-\d+-\d+(-\d+)?\.parquet"
)
"""The files of a result; whatever else stands beside them is somebody's."""
LONGEST = 150
"""Bytes of a folder's name; file systems end at 255, and half-written folders have longer ones."""


def folder_name(asked: Sequence[tuple[Study, str]]) -> str:
    """The name of a result: `NAME` for all of a file, `NAME.DESIGN`, `NAME.base` for the file without its designs,
    or those asked, `A-vs-B`."""
    first = asked[0][0]
    designs = tuple(name for _, name in asked)
    if any(study is not first for study, _ in asked):
        own = [study.name if name == study.name else f"{study.name}.{name}" for study, name in asked]
        return fit("-vs-".join(own))
    if designs == first.designs:
        return fit(first.name)
    if designs == first.designs[:1]:
        return fit(f"{first.name}.base")
    above = "" if designs[0] == first.name else f"{first.name}."
    return fit(above + "-vs-".join(designs))


def fit(name: str) -> str:
    """A name that any file system takes; where something had to go, a hash of the whole keeps it apart."""
    kept = "".join(char if char.isalnum() or char in "-_." else "-" for char in name).strip(".-")
    while len(kept.encode()) > LONGEST:
        kept = kept[:-1]
    kept = kept or "scenario"
    mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:6]
    if is_device(kept):
        stem, dot, rest = kept.partition(".")
        return f"{stem}-{mark}{dot}{rest}"
    return kept if kept == name else f"{kept}-{mark}"


def strangers(folder: Path) -> Iterator[Path]:
    """What stands in the folder of a result and is not ours."""
    return (path for path in folder.iterdir() if not OURS.fullmatch(path.name) or not path.is_file())


def clear(folder: Path) -> None:
    """Delete our files of a folder, and the folder if nothing else is left."""
    for path in folder.iterdir():
        if OURS.fullmatch(path.name) and path.is_file():
            path.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
