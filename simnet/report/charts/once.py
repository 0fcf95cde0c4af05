"""A figure as SVG in one pass: laid out, then drawn, each text measured once in the life of the program.

`Figure.savefig` draws a figure that has a layout twice, and measures every text anew for each.
"""

from __future__ import annotations

import io
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.figure import Figure

POINTS_AN_INCH = 72
MOST_TEXTS = 20_000


def drawn_once(figure: Figure, metadata: dict[str, Any]) -> str:
    """The text that `savefig` would write; the figure cannot be laid out again afterwards."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    canvas: Any = FigureCanvasSVG(figure)
    figure.set_dpi(POINTS_AN_INCH)
    wide, high = figure.get_size_inches()
    out = io.StringIO()
    pen: Any = pen_class()(POINTS_AN_INCH * wide, POINTS_AN_INCH * high, out, metadata=metadata)
    canvas.get_renderer = lambda: pen  # whom a layout asks for the size of texts
    layout = figure.get_layout_engine()
    if layout is not None:
        layout.execute(figure)
        figure.set_layout_engine("none")
    figure.draw(pen)
    pen.finalize()
    return out.getvalue()


@cache
def pen_class() -> type[RendererSVG]:
    """What draws and measures."""
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.textpath import text_to_path

    @lru_cache(maxsize=MOST_TEXTS)
    def measured(text: str, font: Any, ismath: Any) -> Any:
        return text_to_path.get_text_width_height_descent(text, font, ismath)

    class Pen(RendererSVG):
        """Writes SVG; remembers the sizes of texts that earlier figures had."""

        def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
            return measured(s, prop.copy(), ismath)

    return Pen
