"""Loading matplotlib without the help texts that it writes for its classes: a third of its start.

Only the program asks for it; who uses simnet as a library keeps `help(ax.set)`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass
class Wish:
    """What was asked."""

    lean: bool = False


WISH = Wish()


def no_help(_: object) -> str:
    """The properties of an artist as a text for `help`: none."""
    return ""


def load() -> None:
    """Load what draws, without help texts where that was asked and matplotlib is not there yet."""
    if not WISH.lean or "matplotlib" in sys.modules:
        return
    from matplotlib import artist

    usual, artist.kwdoc = artist.kwdoc, no_help  # type: ignore[assignment]
    try:
        import matplotlib.backends.backend_svg
        import matplotlib.figure  # noqa: F401
    finally:
        artist.kwdoc = usual
