"""What a study has done so far, on disk: a study that is killed goes on where it was when it is asked again."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from simnet.errors import Problem, SimnetError

NAME = ".unfinished-{}"
FORGOTTEN = 30 * 24 * 3600
"""Seconds after which nobody comes back to an unfinished study."""
SUM = 32


class Unfinished:
    """The finished tasks of one question; nowhere, if `folder` is None or the question has no hash."""

    def __init__(self, folder: Path | None, code: str | None) -> None:
        self.folder = None if folder is None or code is None else folder / NAME.format(code)
        if self.folder is not None:
            forget(self.folder.parent)

    def get(self, key: str) -> bytes | None:
        """What was put under a key, if it is whole."""
        if self.folder is None:
            return None
        try:
            data = (self.folder / key).read_bytes()
        except OSError:
            return None
        body = data[SUM:]
        return body if hashlib.sha256(body).digest() == data[:SUM] else None

    def put(self, key: str, data: bytes) -> None:
        """Keep it: whole, or not at all. `SimnetError` where the disk does not let us."""
        if self.folder is None:
            return
        beside = self.folder / f".{key}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.write(hashlib.sha256(data).digest())
                file.write(data)
            beside.replace(self.folder / key)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            problem = f"what was run cannot be kept: {error.strerror or error}"
            remedy = "free the disk, or name another folder with --out; what is kept is not run again"
            raise SimnetError(Problem(problem, str(self.folder), remedy=remedy)) from None

    def has(self, key: str) -> bool:
        """Whether there is something under a key; `get` says whether it is whole."""
        return self.folder is not None and (self.folder / key).is_file()

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """The tables of rows that were put, by name."""
        names = sorted(path.name for path in self.folder.glob("*.parquet")) if self.folder is not None else []
        for name in names:
            data = self.get(name)
            if data is None:
                raise OSError(f"{name} is damaged")
            yield name, data

    def clear(self) -> None:
        """The study is finished."""
        if self.folder is not None:
            remove(self.folder)


def forget(above: Path) -> None:
    """Take away what nobody came back to."""
    with suppress(OSError):
        for folder in above.glob(NAME.format("*")):
            if time.time() - folder.stat().st_mtime > FORGOTTEN:
                remove(folder)


def remove(folder: Path) -> None:
    """Delete our files of a folder, and the folder if nothing else is left."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_file():
                path.unlink(missing_ok=True)
        folder.rmdir()
