"""Lines of text end between words, not between a number and its unit."""

from __future__ import annotations

import pytest

from simnet.wrapping import KEPT, filled, unbroken


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("half fill 84.4 % or more", "half fill 84.4~% or more"),
        ("100.0 % within 7 d, costs 2.8 kEUR ±0.2 more", "100.0~% within 7~d, costs 2.8~kEUR~±0.2 more"),
        ("+2.9 pt ±0.3 better, 3 days, 12 to 14", "+2.9~pt~±0.3 better, 3 days, 12 to 14"),
        ("of 40 parts, 2 designs, 5 dealers", "of 40 parts, 2 designs, 5 dealers"),
        ("say `target: 95 %` or 98 %", "say `target: 95 %` or 98~%"),
    ],
)
def test_a_number_keeps_its_unit(text: str, kept: str) -> None:
    """Neither words after a number nor code are touched."""
    assert unbroken(text) == kept.replace("~", KEPT)


@pytest.mark.parametrize("width", range(12, 40))
def test_no_line_ends_between_a_number_and_its_unit(width: int) -> None:
    """Of any width; the spaces are those of a keyboard."""
    text = filled("100.0 % within 7 d, 84.4 % or more of them within 12 h", width)
    assert KEPT not in text and not any(line.startswith(("%", "d,", "h")) for line in text.split("\n"))
    assert " ".join(text.split("\n")) == "100.0 % within 7 d, 84.4 % or more of them within 12 h"
