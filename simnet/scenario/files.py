"""Bytes of a file to text: every way in which a file can be unreadable has its message here."""

from __future__ import annotations

import codecs
import gzip
import os
import zlib
from pathlib import Path

from simnet.errors import Problem, SimnetError
from simnet.scenario.nodes import Source

MOST_YAML_BYTES = 64 * 2**20
MOST_TABLE_BYTES = 2**30
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_source(path: Path, name: str, most: int = MOST_YAML_BYTES) -> Source:
    """The text of a UTF-8 (or marked UTF-16) file; anything else is an error with its remedy."""
    return Source(name, decode(read_bytes(path, name, most), name), path.parent)


def read_bytes(path: Path, name: str, most: int) -> bytes:
    """The bytes of a plain or gzip file (`.gz`), at most `most` of them once unpacked."""
    try:
        if not path.exists():
            raise _error(name, "no such file", _neighbor(path))
        if path.is_dir():
            raise _error(name, "is a directory, not a file", _inside(path))
        if not path.is_file():
            raise _error(name, "is not a regular file")
        packed = path.suffix == ".gz"
        if packed:
            # Real tables shrink thirtyfold at most; what grows more is a bomb.
            most = min(most, 2**26 + 100 * path.stat().st_size)
        with gzip.open(path, "rb") if packed else path.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise _error(name, f"cannot be read ({_reason(error)})") from None
    if len(data) > most:
        raise _error(name, f"is too large: more than {most // 2**20} MB", "put large data into a table (CSV)")
    return data


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """Text of UTF-8 bytes, with line ends as `\\n`; an `encoding` given by the analyst is used instead."""
    try:
        if encoding is not None:
            text = data.decode(encoding)
        elif data.startswith(_UTF16):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except LookupError:
        raise _error(name, f"unknown encoding '{encoding}'", "such as utf-8, cp1252, utf-16") from None
    except UnicodeError as error:
        raise _not_text(data, name, getattr(error, "start", 0), encoding or "UTF-8") from None
    zero = text.find("\0")
    if zero >= 0:
        line = text.count("\n", 0, zero) + 1
        raise SimnetError(Problem("is a binary file, not text (it holds a zero byte)", name, line))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def resolve(reference: str, source: Source) -> tuple[Path, str]:
    """The path that a file named in `source` points to (relative to it), and its name in messages."""
    if "\0" in reference or len(reference) > 1000:
        raise _error(source.name, "holds a file name that cannot be one")
    try:
        path = source.directory / Path(reference).expanduser()
    except RuntimeError:  # a home that cannot be told, as in ~nobody/parts.csv
        path = source.directory / reference
    beside = os.path.dirname(source.name)
    return path, os.path.normpath(os.path.join(beside, reference))


def is_there(path: Path) -> bool:
    """Whether there is something at a path; what cannot be a path has nothing there."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _not_text(data: bytes, name: str, start: int, encoding: str) -> SimnetError:
    line = data.count(b"\n", 0, start) + 1
    column = start - (data.rfind(b"\n", 0, start) + 1) + 1
    control = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096])
    if control > len(data[:4096]) // 50 and not data.startswith(_UTF16):
        return SimnetError(Problem("is a binary file, not text", name, line))
    found = f" (byte 0x{data[start]:02x})" if start < len(data) else ""
    remedy = "save it as UTF-8; for a table, name its encoding, such as `encoding: cp1252`"
    return SimnetError(Problem(f"is not {encoding} text{found}", name, line, column, remedy=remedy))


def _inside(folder: Path) -> str | None:
    """The scenario that a folder holds, if there is one."""
    found = sorted(folder.glob("*.y*ml"), key=lambda file: (file.stem != folder.name, file.name))
    return f"there is a scenario in it: {folder / found[0].name}" if found else None


def _neighbor(path: Path) -> str | None:
    from simnet.errors import did_you_mean

    try:
        if not path.parent.is_dir():
            return None
        with os.scandir(path.parent) as entries:
            names = [entry.name for _, entry in zip(range(2000), entries, strict=False) if entry.name != path.name]
    except OSError:
        return None
    return did_you_mean(path.name, names)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "damaged gzip file" if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile)) else "bad name"


def _error(name: str, message: str, remedy: str | None = None) -> SimnetError:
    return SimnetError(Problem(message, name, remedy=remedy))
