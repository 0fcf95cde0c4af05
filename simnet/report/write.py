"""Writing a file so that it is either the old one or the whole new one, never half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write(path: Path | str, content: str | bytes) -> Path:
    """Write beside the file and rename; makes the folder where it is missing."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, 0o666 & ~mask())
        os.replace(beside, target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return target


def mask() -> int:
    """The user's file creation mask: a temporary file is private, the written one is not."""
    current = os.umask(0o022)
    os.umask(current)
    return current
