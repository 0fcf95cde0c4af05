"""The one style of all charts: colors, shapes, words and sizes. No pyplot anywhere.

Ink, grid and paper are drawn in marker colors that the page replaces by its own (`var(--ink)`), so that one
picture serves light, dark and print.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from simnet.report.numbers import clean

DESIGNS = ("#4a99de", "#e18516", "#1a746c", "#853eac", "#d5818e", "#6a6106", "#5f7f95", "#a0522d")
"""Colors of designs: readable on white and on near-black; the first six apart for the color-blind too."""
SHAPES = ("o", "s", "D", "^", "v", "P", "X", "h")
"""Marks of designs, for who cannot tell colors apart."""
LAYERS = ("#3b5d73", "#7b9cad", "#b9ccd5", "#d9a441", "#a8502f", "#9d8fb8", "#6f7a2f", "#e0b3a8")
"""Colors of the layers of a bar: quieter than those of designs, so that none is taken for a design."""
INK, SOFT, GRID, PAPER = "#0a0b0c", "#5a5b5c", "#d8d9da", "#fcfdfe"
MARKERS = {INK: "var(--ink)", SOFT: "var(--soft)", GRID: "var(--grid)", PAPER: "var(--paper)"}
PAGE_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
PICTURE_FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"

TEXT, SMALL = 9.0, 8.0
"""Points of words and of numbers at marks."""
MEASURED = "DejaVu Sans"
"""Comes with matplotlib and is wide: what fits in it fits in any reader's font."""
PREFERRED = ("Arial", "Helvetica", "Liberation Sans", MEASURED)
BEYOND = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB",
    "WenQuanYi Zen Hei", "Droid Sans Fallback", "Arial Unicode MS", "Noto Sans Arabic", "Noto Sans Hebrew",
    "Noto Sans Devanagari", "Noto Sans Symbols2", "Noto Emoji",
)  # fmt: skip
"""Fonts for the letters that the others lack; those that are installed are used."""

LETTER = 5.6
"""Points: a letter of TEXT points, in a wide font."""
HALF_LIGHT = 0.18
"""Luminance above which black is read better than white."""
WIDE = "WMmw@%—"
UNSEEN = " \u2800\u3164\uffa0\u115f\u1160\u00a0\u3000"
NO_NAME = "(blank name)"


@dataclass(frozen=True)
class Size:
    """A kind of picture."""

    width: float
    height: float | None
    """Inches; None: as high as the chart needs."""
    drawn: float
    """Inches that the chart is drawn wide at least, before it is scaled to `width`: it decides how large words are."""
    dpi: int
    words: float
    """Points of the words around a chart, where there are any."""


SIZES = {
    "slide": Size(13.333, 7.5, 6.4, 144, 14),
    "half-slide": Size(6.4, 5.8, 4.2, 150, 14),
    "column": Size(3.35, None, 4.2, 300, 7),
    "page": Size(6.7, None, 6.0, 300, 10),
}
"""A 16:9 slide and half of one below its title; a column (85 mm) and the width (170 mm) of a printed page."""


def rc(salt: str, page: bool = True) -> dict[str, Any]:
    """Settings for drawing: of the page, whose fonts are the reader's, or of a picture with fonts of its own."""
    return {
        "svg.hashsalt": salt, "svg.fonttype": "none", "pdf.fonttype": 42,
        "font.family": [MEASURED] if page else fonts(), "font.size": TEXT,
        "text.color": INK, "axes.labelcolor": SOFT, "xtick.color": SOFT, "ytick.color": SOFT,
        "axes.labelsize": TEXT,
        "text.usetex": False, "axes.unicode_minus": True,
    }  # fmt: skip


@cache
def fonts() -> list[str]:
    """The preferred font that is installed, and what is there for letters that it lacks."""
    from matplotlib.font_manager import fontManager

    known = set(fontManager.get_font_names())
    first = next((name for name in PREFERRED if name in known), MEASURED)
    return [*dict.fromkeys([first, MEASURED, *(name for name in BEYOND if name in known)])]


def color(number: int, palette: Sequence[str] = DESIGNS) -> str:
    """The color of the n-th design or layer."""
    return palette[number % len(palette)]


def shape(number: int) -> str:
    """The mark of the n-th design."""
    return SHAPES[number % len(SHAPES)]


def on(paint: str) -> str:
    """The color of words on a color: white or near-black, whichever can be read."""
    red, green, blue = (int(paint[at : at + 2], 16) / 255 for at in (1, 3, 5))
    light = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return "#14181c" if light > HALF_LIGHT else "#ffffff"


def columns(text: str) -> int:
    """The room of a text in letters: Chinese takes two, a capital more than one, an accent none."""
    return math.ceil(sum(map(breadth, text)))


def breadth(char: str) -> float:
    """The room of one character, in letters."""
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 2.0
    if char in WIDE:
        return 1.7
    return 1.2 if char.isupper() else 1.0


def cut(name: str, most: int) -> str:
    """A name in `most` letters, an ellipsis where there were more; one that shows nothing is said to be blank."""
    text = clean(name)
    if not text.strip(UNSEEN):
        return NO_NAME
    if columns(text) <= most:
        return text
    while columns(text) > most - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def plain(name: str, most: int = 1000) -> str:
    """A name, cut, that matplotlib draws as it stands: no mathematics between dollar signs."""
    return cut(name, most).replace("$", r"\$")
