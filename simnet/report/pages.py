"""Templates of pages, compiled once and kept among the user's caches."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from simnet.caches import cache_base

if TYPE_CHECKING:
    from jinja2 import BytecodeCache


def kept_templates() -> BytecodeCache | None:
    """Where compiled templates are kept; None on a machine whose caches cannot be written to."""
    from jinja2 import FileSystemBytecodeCache

    class Kept(FileSystemBytecodeCache):
        """One that goes without where the disk is full."""

        def dump_bytecode(self, bucket: Any) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    folder = cache_base() / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return Kept(str(folder))
