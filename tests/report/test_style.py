"""One style: colors that the color-blind tell apart on any paper, names in the room there is."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from simnet.report.charts.room import apart
from simnet.report.charts.style import DESIGNS, LAYERS, NO_NAME, SHAPES, columns, cut, on, plain

EYES = {
    "usual": np.eye(3),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
}  # fmt: skip
"""What eyes make of linear red, green and blue: Machado, Oliveira and Fernandes (2009), full severity."""
TO_CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                     [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
TO_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                   [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
PAPERS = ("#ffffff", "#14181c")
SEEN = 10.0
"""Distance (OKLab x 100) at which two marks of a few points are told apart at a glance; 2 is just noticeable."""


def linear(paint: str) -> Any:
    """Linear red, green and blue."""
    found = np.array(to_rgb(paint))
    return np.where(found <= 0.04045, found / 12.92, ((found + 0.055) / 1.055) ** 2.4)


def seen(paint: str, eyes: str) -> Any:
    """A color as these eyes see it, in OKLab."""
    return TO_LAB @ np.cbrt(TO_CONES @ np.clip(EYES[eyes] @ linear(paint), 0, 1))


def contrast(one: str, other: str) -> float:
    """The contrast of two colors as WCAG 2 defines it."""
    low, high = sorted(float(linear(each) @ [0.2126, 0.7152, 0.0722]) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("eyes", EYES)
def test_six_designs_are_told_apart_by_any_eyes(eyes: str) -> None:
    """Of the first six colors each pair is far apart for usual and for color-blind eyes."""
    for one, other in combinations(DESIGNS[:6], 2):
        assert 100 * np.linalg.norm(seen(one, eyes) - seen(other, eyes)) > SEEN, (one, other)


@pytest.mark.parametrize("eyes", EYES)
def test_neighboring_layers_are_told_apart_by_any_eyes(eyes: str) -> None:
    """Layers that touch each other are apart for usual and for color-blind eyes."""
    for one, other in zip(LAYERS, LAYERS[1:], strict=False):
        assert 100 * np.linalg.norm(seen(one, eyes) - seen(other, eyes)) > SEEN, (one, other)


@pytest.mark.parametrize("paper", PAPERS)
def test_designs_stand_out_from_light_and_dark_paper(paper: str) -> None:
    """Every color of a design has a contrast of 2.6 and more to either paper."""
    assert min(contrast(paint, paper) for paint in DESIGNS) > 2.6


def test_words_on_colors_can_be_read() -> None:
    """Numbers within layers have the contrast that WCAG 2 asks of words of their size, or nearly."""
    assert min(contrast(on(paint), paint) for paint in LAYERS) > 4.2


def test_designs_have_a_mark_of_their_own() -> None:
    """Color is never the only carrier: as many shapes as colors."""
    assert len(set(SHAPES)) == len(SHAPES) >= len(DESIGNS)


@pytest.mark.parametrize(
    ("name", "most", "shown"),
    [
        ("gent", 10, "gent"),
        ("a name of some length", 12, "a name of…"),
        ("备品备件网络设计方案", 10, "备品备件…"),
        ("W" * 20, 10, "WWWWW…"),
        ("e\u0301" * 4, 4, "e\u0301" * 4),
        ("", 10, NO_NAME),
        (" \t", 10, "�"),
        ("\u3164\u2800", 10, NO_NAME),
    ],
)
def test_names_are_cut_to_their_room(name: str, most: int, shown: str) -> None:
    """An ellipsis stands for what is cut; Chinese and capitals take more room; what shows nothing is said to."""
    assert cut(name, most).strip() == shown
    assert columns(shown) <= most or shown == NO_NAME


@pytest.mark.parametrize("name", ["$", "$5 and $6", "$x^2$", r"\frac{1}{0$", r"\$", "a_b^c", "100 %"])
def test_no_name_is_mathematics(name: str) -> None:
    """matplotlib draws every name as it stands."""
    text = Figure().add_subplot().text(0, 0, plain(name))
    drawn, mathematics = text._preprocess_math(text.get_text())  # type: ignore[attr-defined]
    assert (drawn, mathematics) == (name, False)


@pytest.mark.parametrize(
    ("places", "moved"),
    [
        ([5.0, 1.0], [5.0, 1.0]),
        ([5.0, 5.0, 5.0], [5.0, 6.0, 7.0]),
        ([10.0, 10.0], [9.0, 10.0]),
        ([0.0, 0.0, 10.0], [0.0, 1.0, 10.0]),
        ([9.5, 9.8, 9.9, 2.0], [8.0, 9.0, 10.0, 2.0]),
        ([], []),
    ],
)
def test_names_at_the_ends_of_lines_are_moved_apart(places: list[float], moved: list[float]) -> None:
    """A step between neighbors, in their order, within the ends of the axis."""
    assert apart(places, 1.0, 0.0, 10.0) == pytest.approx(moved)
