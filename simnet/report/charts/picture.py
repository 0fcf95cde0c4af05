"""How a chart becomes a picture: SVG in the page, axes that show themselves in a notebook, files of some size.

The same chart gives the same bytes every time.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.report.charts.caption import Caption, around, asked, laid_out
from simnet.report.charts.chart import Chart
from simnet.report.charts.lean import load
from simnet.report.charts.once import drawn_once
from simnet.report.charts.room import Frame, fit_again
from simnet.report.charts.style import MARKERS, PAGE_FONT, PAPER, PICTURE_FONT, SIZES, Size, rc
from simnet.report.numbers import clean
from simnet.report.scene import Scene
from simnet.report.write import write

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SUFFIXES = ("svg", "png", "pdf")
NO_DATES: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
POINTS_AN_INCH = 72
NO_FRAME = Frame()
FRAMED = 1.1
"""How much wider a chart is drawn, and its words smaller, where a slide has words around it too."""
SCREEN_DPI = 192
"""Of a picture in a notebook, shown at half its pixels."""
TAG = re.compile(r"<[^!?][^>]*>")
POINTS = re.compile(r'(width|height)="([\d.]+)pt"')
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
"""Points with more than two decimals, a seventieth of a millimeter."""


@contextmanager
def drawing(salt: str, page: bool = True) -> Iterator[None]:
    """In our style; letters that a font lacks are no error, as the reader's font has them or shows a box."""
    load()
    import matplotlib

    settings: Any = rc(salt, page)
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")  # Bengali and such
        warnings.filterwarnings("ignore", message="constrained_layout not applied")
        yield


def svg(chart: Chart[Any], scene: Scene, page: bool = True) -> str:
    """The chart as SVG, byte for byte the same on repeat; `page` leaves its ink to the page's colors."""
    subject = chart.of(scene)
    with drawing(chart.key):
        from matplotlib.figure import Figure

        figure = Figure(figsize=(chart.width, chart.height(subject)), layout="constrained")
        figure.patch.set_alpha(0)
        chart.draw(figure.add_subplot(), subject)
        text = tidy(drawn_once(figure, NO_DATES["svg"]), chart.key, PAGE_FONT)
    text = text.replace("<svg ", f"<svg {told(chart.title, chart.finding(subject))} ", 1)
    text = text.replace(">", f">\n<title>{escape(chart.title)}</title>\n<desc>{escape(said(chart, subject))}</desc>", 1)
    if page:
        for marker, name in MARKERS.items():
            text = text.replace(marker, name)
    return text


def said(chart: Chart[Any], subject: Any) -> str:
    """The finding of a chart, or how to read it where there is none."""
    return clean(chart.finding(subject) or chart.note)


def told(title: str, finding: str) -> str:
    """What a reader who does not see the picture is told."""
    return f'role="img" aria-label="{escape(clean(f"{title}. {finding}".strip()))}"'


def as_svg(figure: Figure, **asked: Any) -> str:
    """The figure as matplotlib writes it."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata=NO_DATES["svg"], **asked)
    return out.getvalue()


def tidy(text: str, key: str, font: str) -> str:
    """The picture without prologue and needless digits, its names made its own, its font a list of the usual ones."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    used = set(re.findall(r"#([\w.-]+)", text))
    text = re.sub(r' id="([^"]*)"', lambda found: f' id="{key}-{found[1]}"' if found[1] in used else "", text)
    text = re.sub(r"url\(#", f"url(#{key}-", text)
    text = re.sub(r'href="#', f'href="#{key}-', text)
    text = re.sub(r"font: ([\d.]+px)[^;\"]*", r"font-size: \1", text)
    text = re.sub(r"font: ([^;\"]*[\d.]+px)[^;\"]*", rf"font: \1 {font}", text)  # italic or bold
    text = re.sub(r" font-family: [^;\"]*;?", "", text)
    text = text.replace("<svg ", f'<svg font-family="{font}" ', 1)
    text = TAG.sub(lambda found: LONG_NUMBER.sub(short, found[0]), text)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def short(number: re.Match[str]) -> str:
    """A number with two decimals."""
    return f"{float(number[0]):.2f}"


@cache
def axes_class() -> type[Axes]:
    """Axes whose last line in a notebook shows the picture, without pyplot."""
    from matplotlib.axes import Axes

    class Shown(Axes):
        """Axes of a figure that no window and no pyplot knows."""

        def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
            figure: Any = self.figure
            wide, high = figure.get_size_inches()
            with drawing("notebook", page=False):
                data = pixels(figure, SCREEN_DPI)
            return data, {"width": round(96 * wide), "height": round(96 * high)}

    return Shown


def new_axes(width: float, height: float, told: Caption) -> Axes:
    """Axes of a figure of their own, which a notebook shows when they are the last line of a cell; `told` is what may
    be written around them."""
    from matplotlib.figure import Figure

    figure: Any = Figure(figsize=(width, height), layout="constrained", facecolor=PAPER)
    figure.told = told
    ax: Axes = figure.add_subplot(axes_class=axes_class())
    return ax


def pixels(figure: Figure, dpi: float) -> bytes:
    """The figure as PNG."""
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=dpi, facecolor=PAPER, metadata=NO_DATES["png"])
    return out.getvalue()


def save(ax: Axes, file: Path | str, size: str = "slide", title: bool | str | None = None) -> Path:
    """Write a chart as a picture and return its path; SVG, PNG or PDF, as the file's name ends.

    `size` is `slide` (16:9), `half-slide`, `column` (85 mm, for print) or `page` (170 mm); words are large enough to
    read at each. A slide has the chart's title, how to read it and what was simulated around it; `title=True` asks for
    them at the other sizes, `title=False` for the chart alone, and a text is the title instead. The same chart gives
    the same bytes. `SimnetError` names an unknown size or suffix.
    """
    target = Path(file)
    kind = checked(ax, target, size)
    told = asked(ax, size, title) or Caption()
    figure: Any = ax.figure.figure  # of a part of a figure, the whole
    before = tuple(figure.get_size_inches())
    written, frame = laid_out(told, SIZES[size])
    wide, high, times = room_of(figure, SIZES[size], frame)
    try:
        with (
            drawing("picture", page=False),
            around(ax, [line.shrunk(times) for line in written], frame.shrunk(times), wide, high),
        ):
            resized(figure, wide, high)
            data = encoded(figure, kind, times, SIZES[size])
    finally:
        resized(figure, *before)
    try:
        return write(target, data)
    except OSError as error:
        problem = f"cannot write the picture: {error.strerror or error}"
        raise SimnetError(Problem(problem, str(target), remedy="name a folder that you may write to")) from None


def resized(figure: Figure, wide: float, high: float) -> None:
    """The figure in another size; its layout begins anew, so that it does not depend on sizes that it had before."""
    figure.set_size_inches(wide, high)
    for ax in figure.axes:
        place = ax.get_subplotspec()
        if place is not None and ax.get_in_layout() and figure.get_layout_engine() is not None:
            ax.set_subplotspec(place)
    fit_again(figure)


def checked(ax: Any, target: Path, size: str) -> str:
    """The format that the name of the file asks for; `SimnetError` says all that is wrong."""
    problems = []
    if not hasattr(ax, "get_figure") or ax.get_figure() is None:
        remedy = "pass what a chart gives: ax = result.plot.ladder()"
        problems.append(Problem("save takes matplotlib axes that are in a figure", remedy=remedy))
    kind = target.suffix.lower().removeprefix(".")
    if kind not in SUFFIXES:
        said = f"'{target.suffix}' is no kind of picture" if target.suffix else "the name has no suffix"
        problems.append(Problem(said, str(target), remedy="end the name in .svg, .png or .pdf"))
    if size not in SIZES:
        remedy = did_you_mean(str(size), SIZES) or f"sizes are {', '.join(SIZES)}"
        problems.append(Problem(f"unknown size '{str(size)[:60]}' of a picture", remedy=remedy))
    if problems:
        raise SimnetError(problems)
    return kind


def room_of(figure: Any, size: Size, frame: Frame = NO_FRAME) -> tuple[float, float, float]:
    """Width and height in which a picture is drawn, and how much larger it is shown; `frame` is as it is shown.

    A chart keeps the height it was made with, or has that which suits the width; where the picture's shape is fixed, a
    high chart is drawn wider instead, unless it adapts itself to less height.
    """
    adapts, natural = getattr(figure, "adapts", None), getattr(figure, "natural", None)
    beside, over = frame.left + frame.right, frame.bottom + frame.top
    room = size.width - beside
    wide = size.drawn * (adapts or 1.0) * (FRAMED if any(frame) and size.height else 1.0)
    high = float(figure.get_size_inches()[1]) if natural is None else natural(wide)
    if size.height is not None:
        share = (size.height - over) / room
        if not adapts:
            least = getattr(figure, "flatter", 1.0)
            while (natural(wide) if natural else high) * least > wide * share:
                wide *= 1.02
        high = wide * share
    times = room / wide
    return wide + beside / times, high + over / times, times


def encoded(figure: Figure, kind: str, times: float, size: Size) -> bytes:
    """The figure in a format, so many times larger."""
    if kind == "png":
        return pixels(figure, round(size.dpi * times, 6))
    if kind == "svg":
        text = tidy(as_svg(figure, facecolor=PAPER), "picture", PICTURE_FONT)
        text = POINTS.sub(lambda found: f'{found[1]}="{float(found[2]) * times:.2f}pt"', text, count=2)
        return ('<?xml version="1.0" encoding="utf-8"?>\n' + text).encode()
    return as_pdf(figure, times)


def as_pdf(figure: Any, times: float) -> bytes:
    """The figure as PDF, on a page so many times larger, with all that is drawn."""
    from matplotlib.backends import backend_pdf

    pdf: Any = backend_pdf
    out, canvas, dpi, paper = io.BytesIO(), figure.canvas, figure.dpi, figure.get_facecolor()
    wide, high = figure.get_size_inches()
    try:
        pdf.FigureCanvasPdf(figure)
        figure.dpi = POINTS_AN_INCH
        figure.set_facecolor(PAPER)
        figure.draw_without_rendering()
        file = pdf.PdfFile(out, metadata=NO_DATES["pdf"])
        file.newPage(times * wide, times * high)
        file.output(times, 0, 0, times, 0, 0, pdf.Op.concat_matrix)
        pen = pdf.RendererPdf(file, POINTS_AN_INCH, high, wide)
        figure.draw(pen)
        pen.finalize()
        file.finalize()
        file.close()
    finally:
        figure.set_canvas(canvas)
        figure.dpi = dpi
        figure.set_facecolor(paper)
    return out.getvalue()
