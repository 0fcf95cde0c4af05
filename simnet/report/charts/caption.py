"""What a picture says of itself where no page stands around it: a title, how to read it, what it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError
from simnet.report.charts.room import Frame
from simnet.report.charts.style import INK, MEASURED, SOFT, Size, fonts, plain
from simnet.report.numbers import clean
from simnet.report.page import nature
from simnet.wrapping import wrapped

if TYPE_CHECKING:
    from simnet.metrics import Comparison

TITLE, NOTE, SOURCE = 1.75, 1.05, 0.86
"""Points of its lines, by those of the picture's words."""
LEADING = 1.3
LETTER, WIDE_LETTER = 0.49, 0.58
"""Of a line, and of a letter in the usual font and in the one that is always there, by their points."""
BOLD = 1.12
"""How much wider bold letters are."""
MARGIN = 0.035
"""Of the width, around everything."""
MOST_LINES = 2
AN_INCH = 72.0


@dataclass(frozen=True)
class Caption:
    """The words around a chart; any may be empty."""

    title: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a caption: its words, points, and inches from the top of the picture, or above its bottom."""

    text: str
    points: float
    away: float
    top: bool
    bold: bool = False

    def shrunk(self, times: float) -> Line:
        """The line on a picture that is shown so many times larger than it is drawn."""
        return replace(self, points=self.points / times, away=self.away / times)


def caption(title: str, note: str, comparison: Comparison) -> Caption:
    """Of a chart of these designs."""
    source = " · ".join([clean(comparison.designs[0]), *nature(comparison)])
    return Caption(title, note, f"Simulated with simnet: {source}")


def asked(ax: Any, size: str, title: bool | str | None) -> Caption | None:
    """The words that a picture gets: on a slide unless declined; a title that the axes were given goes before the
    chart's. Of a figure of one's own nothing is known but what is asked for."""
    known = getattr(ax.figure.figure, "told", None)
    if title is False or title is None and (size != "slide" or known is None):
        return None
    words = title if isinstance(title, str) else ax.get_title()
    if not words and known is None:
        problem = "this figure is your own, so its title is not known"
        raise SimnetError(Problem(problem, remedy='say it: title="Dealers to talk about"'))
    return replace(known or Caption(), **({"title": words} if words else {}))


def laid_out(told: Caption, size: Size) -> tuple[list[Line], Frame]:
    """Its lines on a picture of this size, and the inches that they take around the chart."""
    if told == Caption():
        return [], Frame()
    margin, line_high = MARGIN * size.width, LEADING * size.words / AN_INCH
    room = size.width - 2 * margin
    found: list[Line] = []
    away = 0.75 * margin
    for text, share in ((told.title, TITLE), (told.note, NOTE)):
        bold = share == TITLE
        for line in lines(text, room, share * size.words * (BOLD if bold else 1.0)):
            found.append(Line(line, share * size.words, away, True, bold))
            away += share * line_high
        away += 0.2 * line_high
    source = lines(told.source, room, SOURCE * size.words)
    below = 0.65 * margin + SOURCE * line_high * len(source)
    found += [
        Line(line, SOURCE * size.words, below - SOURCE * line_high * at, False) for at, line in enumerate(source, 1)
    ]
    return found, Frame(margin, below + 0.3 * line_high, margin, away + 0.3 * line_high)


def lines(text: str, room: float, points: float) -> list[str]:
    """A text in so many inches, two lines at most: as many of its sentences as fit, of the first as many words."""
    letter = WIDE_LETTER if fonts()[0] == MEASURED else LETTER
    letters = max(8, int(AN_INCH * room / (letter * points)))
    sentences = re.split(r"(?<=\.) (?=[A-Z])", clean(text))
    for count in range(len(sentences), 0, -1):
        found = wrapped(" ".join(sentences[:count]), letters)
        if len(found) <= MOST_LINES:
            break
    else:
        found = wrapped(sentences[0], letters, max_lines=MOST_LINES, placeholder=" …")
    return [plain(each) for each in found]


@contextmanager
def around(ax: Any, written: Sequence[Line], frame: Frame, wide: float, high: float) -> Iterator[None]:
    """The picture of `ax`, so many inches wide and high, with a frame around the chart and the lines in it; none of it
    stays."""
    if not any(frame):
        yield
        return
    figure = ax.figure.figure
    engine, seen = figure.get_layout_engine(), ax.title.get_visible()
    figure.frame = frame
    inner = (wide - frame.left - frame.right, high - frame.bottom - frame.top)
    rect = (frame.left / wide, frame.bottom / high, inner[0] / wide, inner[1] / high)
    figure.set_layout_engine("constrained", rect=rect)
    ax.title.set_visible(False)
    made = [
        figure.text(frame.left / wide, 1 - each.away / high if each.top else each.away / high, each.text,
                    fontsize=each.points, fontweight="bold" if each.bold else "normal",
                    color=INK if each.bold else SOFT, va="top" if each.top else "bottom", in_layout=False)
        for each in written
    ]  # fmt: skip
    try:
        yield
    finally:
        for each in made:
            each.remove()
        ax.title.set_visible(seen)
        figure.frame = Frame()
        figure.set_layout_engine(engine)
