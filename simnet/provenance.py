"""Where a result comes from: stamped on every one, so that it can be repeated or doubted."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

LIBRARIES = ("numpy", "scipy", "simpy", "numba")
"""What could move a result."""


def simnet_version() -> str:
    """The version of this program."""
    try:
        return version("simnet-parts")
    except PackageNotFoundError:
        return "not installed"


def file_hash(path: Path) -> str:
    """A hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def hashed(data: bytes) -> str:
    """The `file_hash` of a file of these bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


@cache
def code_hash() -> str:
    """A hash of the program's own code, all but what only shows results: another code may answer otherwise."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted(here.rglob("*.py")):
        if file.relative_to(here).parts[0] not in ("cli", "report"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def question_hash(resolved: Mapping[str, Any], files: Iterable[Path], **asked: Any) -> str:
    """A hash of everything that decides a result: the resolved scenario, its files, the code, what was asked."""
    parts = {
        "version": simnet_version(),
        "code": code_hash(),
        "scenario": resolved,
        "files": sorted((path.name, file_hash(path)) for path in files if path.is_file()),
        "asked": asked,
    }
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def provenance(name: str, question: str, engine: str, **more: Any) -> dict[str, Any]:
    """The record of one result."""
    known = {library: found for library in LIBRARIES if (found := library_version(library)) is not None}
    return {
        "simnet": simnet_version(),
        "scenario": name,
        "hash": question,
        "engine": engine,
        **more,
        "python": platform.python_version(),
        "libraries": known,
    }


def library_version(name: str) -> str | None:
    """The installed version of a library; None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
