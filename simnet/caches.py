"""Where the program keeps what it can make again: a folder of the user's own."""

from __future__ import annotations

import os
from pathlib import Path


def cache_base() -> Path:
    """`SIMNET_CACHE`, or `simnet` among the user's other caches; it need not exist."""
    asked = os.environ.get("SIMNET_CACHE")
    return Path(asked or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "simnet"))
