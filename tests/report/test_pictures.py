"""Charts as pictures: files of some size, the same bytes again, in notebooks without pyplot, told to who cannot see."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

import simnet as sn
from simnet.metrics import Comparison, Estimate, compare
from simnet.report.charts import CHARTS, Chart, fill_by_site, svg
from simnet.report.charts.dots import Row
from simnet.report.charts.style import SIZES
from simnet.report.scene import Scene
from simnet.study.plots import Plots
from tests.metrics import flowing, tiny

HOSTILE = ("<script>alert(1)</script>", "$x^2$ \\frac{1}{0$ & \"q\"", "W" * 200, "备品备件网络设计方案" * 4,
           "תכנון רשת חלקים", "👩‍🔧🔩 emoji 🚚", "\u2800\u3164")  # fmt: skip


def plots(comparison: Comparison) -> Plots:
    """What `result.plot` is."""
    return Plots(lambda: Scene(comparison))


@pytest.fixture(scope="module")
def two() -> Comparison:
    """Two designs with an order flow."""
    return compare([flowing.design("a"), flowing.design("b", (5, 6, 8))])


@pytest.fixture(scope="module")
def hostile() -> Comparison:
    """Designs, sites and classes with names that would break a page, a picture or a layout."""
    sites, classes = ("<b>$x$", "备件中心" * 20, "مستودع"), ("<i>", "x" * 200)
    orders = ("stock", "$day$ <b>", "紧急🔧" * 30)
    named = {"site_names": sites, "class_names": classes, "order_classes": orders}
    return compare([flowing.design(name, (at, at + 1), **named) for at, name in enumerate(HOSTILE)])


SIZE = re.compile(r"font(?:-size)?: (?:italic |\d+ )*([\d.]+)px")
NAMED = [chart.name for chart in CHARTS]
BEYOND_SUMS = {chart.name for chart in CHARTS if not chart.shown(chart.of(Scene(compare([
    flowing.design("a"), flowing.design("b", (5, 6, 8))]))))}  # fmt: skip
"""Charts of what the sums of the flow do not hold, such as places, or of which the flow has nothing."""


@pytest.mark.parametrize("name", NAMED)
def test_each_chart_is_a_method_of_plot(name: str, two: Comparison) -> None:
    """It draws on new axes or on one's own and returns them; where there is nothing to show it says so."""
    plot = plots(two)
    assert name in dir(plot)
    if name in BEYOND_SUMS:
        with pytest.raises(sn.SimnetError, match="nothing to show"):
            getattr(plot, name)()
        return
    made = getattr(plot, name)()
    assert isinstance(made, Axes) and (made.has_data() or made.texts or made.patches or made.child_axes)
    own = Figure().add_subplot()
    assert getattr(plot, name)(ax=own) is own


def test_an_unknown_chart_is_refused(two: Comparison) -> None:
    """With the name it may mean; it is no attribute either."""
    plot = plots(two)
    with pytest.raises(sn.SimnetError, match="no chart 'tradeof'") as caught:
        plot.tradeof()
    assert caught.value.problems[0].remedy == "did you mean 'tradeoff'?"
    assert not hasattr(plot, "nonsense")


def test_few_sites_for_a_slide(two: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of sixty sites so many of the worst are shown one by one, the others as one row with their span."""
    sixty(monkeypatch, 2)
    usual, few = plots(two).fill_by_site(), plots(two).fill_by_site(most=12)
    names = [text.get_text() for text in few.get_yticklabels()]
    assert len(usual.get_yticklabels()) == 26 and len(names) == 13
    assert names[0] == "site 0" and names[-1] == "48 others"
    assert any("57.2 to 85.4 %" in text.get_text() for text in few.texts)
    with pytest.raises(sn.SimnetError, match="at least one"):
        plots(two).fill_by_site(most=0)


def sixty(monkeypatch: pytest.MonkeyPatch, designs: int) -> None:
    """Let the chart of sites see sixty of them, filled 50.0 %, 50.6 % and so on."""
    rows = [Row(f"site {at}", [Estimate(0.5 + 0.006 * at, 0.02, "share", ())] * designs) for at in range(60)]
    monkeypatch.setattr(fill_by_site, "sites", lambda _: rows)


def test_sixty_sites_and_five_designs_stay_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The largest chart of a report takes less than 60 kB."""
    sixty(monkeypatch, 5)
    five = compare([tiny.design(f"design {number}", (number, number + 1)) for number in range(5)])
    assert len(svg(fill_by_site.FILL_BY_SITE, Scene(five)).encode()) < 60_000


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_who_cannot_see_a_chart_is_told(chart: Chart[Any], two: Comparison) -> None:
    """Each has a sentence with its finding, which stands in the picture, and takes less than 60 kB."""
    scene = Scene(two)
    if not chart.shown(chart.of(scene)):
        pytest.skip("nothing to show")
    said = chart.finding(chart.of(scene))
    assert said.endswith(".") and re.search(r"\d", said), said
    picture = svg(chart, scene)
    root = ElementTree.fromstring(picture)
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img" and said in (root.get("aria-label") or "")
    assert root.findtext(f"{space}title") == chart.title and root.findtext(f"{space}desc") == said
    assert len(picture.encode()) < 60_000


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_hostile_names_are_drawn_as_text(chart: Chart[Any], hostile: Comparison) -> None:
    """The picture is well-formed, no name becomes a tag or mathematics, none is longer than its room."""
    scene = Scene(hostile)
    if not chart.shown(chart.of(scene)):
        pytest.skip("nothing to show")
    picture = svg(chart, scene)
    root = ElementTree.fromstring(picture)
    texts = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "<script" not in picture and not any("W" * 30 in text or "x" * 40 in text for text in texts)
    assert not any(each.tag.endswith(("script", "foreignObject")) for each in root.iter())
    assert not any("\\\\frac" in text for text in texts)
    if any("(blank name)" in text for text in texts):
        assert any("script>" in text for text in texts)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_saving_gives_the_same_bytes(size: str, suffix: str, two: Comparison, tmp_path: Path) -> None:
    """Twice from one chart and once from another like it; the chart keeps its size; nothing is left beside."""
    ax, like = plots(two).cost(), plots(two).cost()
    before = tuple(ax.figure.get_size_inches())
    one = sn.save(ax, tmp_path / f"one.{suffix}", size=size)
    two_, three = sn.save(ax, tmp_path / f"two.{suffix}", size), sn.save(like, str(tmp_path / f"deep/3.{suffix}"), size)
    assert one.read_bytes() == two_.read_bytes() == three.read_bytes()
    assert tuple(ax.figure.get_size_inches()) == before
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(
    ("size", "wide", "high"),
    [("slide", 1920, 1080), ("half-slide", 960, 870), ("column", 1005, None), ("page", 2010, None)],
)
def test_pictures_have_the_size_asked(size: str, wide: int, high: int | None, two: Comparison, tmp_path: Path) -> None:
    """PNG in pixels; SVG at the same width in points."""
    ax = plots(two).stock()
    pixels = struct.unpack(">II", sn.save(ax, tmp_path / "a.png", size).read_bytes()[16:24])
    assert pixels[0] == pytest.approx(wide, abs=1) and (high is None or pixels[1] == pytest.approx(high, abs=1))
    root = ElementTree.fromstring(sn.save(ax, tmp_path / "a.svg", size).read_text(encoding="utf-8"))
    assert float((root.get("width") or "").removesuffix("pt")) == pytest.approx(72 * SIZES[size].width, abs=0.1)


@pytest.mark.parametrize("size", SIZES)
def test_a_pdf_has_the_size_asked(size: str, two: Comparison, tmp_path: Path) -> None:
    """Its page is as wide as the picture is to be, and as high as the SVG; saving leaves the chart as it was."""
    ax = plots(two).stock()
    before = (ax.figure.dpi, ax.figure.canvas, ax.figure.get_facecolor())  # type: ignore[union-attr]
    data = sn.save(ax, tmp_path / "a.pdf", size).read_bytes()
    wide, high = map(float, re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", data)[0])
    root = ElementTree.fromstring(sn.save(ax, tmp_path / "a.svg", size).read_text(encoding="utf-8"))
    assert wide == pytest.approx(72 * SIZES[size].width, abs=0.1)
    assert high == pytest.approx(float((root.get("height") or "").removesuffix("pt")), abs=0.1)
    assert before == (ax.figure.dpi, ax.figure.canvas, ax.figure.get_facecolor())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("\u05d0\u05d1\u05d2 gent 42", "gent 42 \u05d2\u05d1\u05d0"),  # Hebrew: its first letter stands right
        ("gent \u05d0\u05d1\u05d2", "gent \u05d2\u05d1\u05d0"),
    ],
)
def test_text_from_right_to_left_is_drawn_so(written: str, seen: str, tmp_path: Path) -> None:
    """As the same letters forced from left to right in the order in which they are seen; in SVG the text is a text."""
    forced = f"\u202d{seen}\u202c"
    found = [drawing_of(text, "png", tmp_path) for text in (written, forced)]
    assert found[0] == found[1]
    assert written in drawing_of(written, "svg", tmp_path).decode()


def test_arabic_letters_are_joined(tmp_path: Path) -> None:
    """Three letters of a word are not three by themselves."""
    joined, apart = (
        drawing_of(text, "png", tmp_path) for text in ("\u0645\u0645\u0645", "\u0645\u200c\u0645\u200c\u0645")
    )
    assert joined != apart


def drawing_of(text: str, suffix: str, folder: Path) -> bytes:
    """A picture of nothing but a text."""
    figure = Figure(figsize=(3, 1))
    ax = figure.add_subplot()
    ax.axis("off")
    ax.text(0.1, 0.5, text, family=["DejaVu Sans"])
    return sn.save(ax, folder / f"a.{suffix}", "page").read_bytes()


@pytest.mark.parametrize("name", [name for name in NAMED if name not in BEYOND_SUMS])
@pytest.mark.parametrize("size", SIZES)
def test_words_can_be_read_at_each_size(name: str, size: str, two: Comparison, tmp_path: Path) -> None:
    """No word is smaller than 6 points in print and 12 on a slide."""
    root = ElementTree.fromstring(sn.save(getattr(plots(two), name)(), tmp_path / "a.svg", size).read_text("utf-8"))
    times = float((root.get("width") or "").removesuffix("pt")) / float((root.get("viewBox") or "").split()[2])
    found = [float(points) for each in root.iter() for points in SIZE.findall(each.get("style", ""))]
    assert found and min(found) * times >= (12 if "slide" in size else 6)


@pytest.mark.parametrize(
    ("file", "size", "told"),
    [
        ("a.png", "slid", ["unknown size 'slid'", "did you mean 'slide'?"]),
        ("a.png", "poster", ["unknown size 'poster'", "slide, half-slide, column, page"]),
        ("a.jpg", "slide", ["'.jpg' is no kind of picture", ".svg, .png or .pdf"]),
        ("a", "slide", ["no suffix", ".svg, .png or .pdf"]),
        ("a.gif", "huge", ["'.gif'", "'huge'"]),
    ],
)
def test_what_cannot_be_saved_is_told(file: str, size: str, told: list[str], two: Comparison, tmp_path: Path) -> None:
    """The problem and the remedy, all at once; no file is written."""
    with pytest.raises(sn.SimnetError) as caught:
        sn.save(plots(two).cost(), tmp_path / file, size)
    assert all(words in str(caught.value) for words in told), str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_picture_is_written_whole_or_not_at_all(
    two: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves the old picture, and a message."""
    target = sn.save(plots(two).cost(), tmp_path / "a.svg")
    before = target.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(sn.SimnetError, match="No space left"):
        sn.save(plots(two).ladder(), target)
    assert target.read_bytes() == before and [path.name for path in tmp_path.iterdir()] == ["a.svg"]


def test_what_is_no_chart_is_refused(tmp_path: Path) -> None:
    """A result instead of axes is told what to pass."""
    with pytest.raises(sn.SimnetError, match="takes matplotlib axes"):
        sn.save("ladder", tmp_path / "a.png")  # type: ignore[arg-type]


def test_ones_own_words_are_saved_too(two: Comparison, tmp_path: Path) -> None:
    """What was changed on the axes stays."""
    ax = plots(two).ladder()
    ax.set_title("Mine alone")
    assert "Mine alone" in sn.save(ax, tmp_path / "a.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", ["slide", "page"])
def test_names_give_way_to_a_line_that_somebody_draws(size: str, two: Comparison, tmp_path: Path) -> None:
    """What was promised goes through no name, where one would have stood."""
    free = plots(two).tradeoff(y="fill.line")
    sn.save(free, tmp_path / "a.png", size=size)
    for at in range(2):
        for across in (True, False):
            ax, where = plots(two).tradeoff(y="fill.line"), free.texts[at].get_position()
            line = ax.axhline(where[1]) if across else ax.axvline(where[0] - 1e-3 * abs(where[0]))
            sn.save(ax, tmp_path / "a.png", size=size)
            ax.figure.draw_without_rendering()  # type: ignore[union-attr]
            box, boxes = line.get_window_extent(), [Text.get_window_extent(text) for text in ax.texts]
            assert len(boxes) == 2 and not [each for each in boxes if each.padded(-3).overlaps(box)]


def test_a_notebook_shows_the_last_line(two: Comparison) -> None:
    """New axes give a PNG at twice the pixels of its width; hostile names raise no warning."""
    ax: Any = plots(two).tradeoff()
    data, shown = ax._repr_png_()
    wide, _ = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG") and wide == pytest.approx(2 * shown["width"], abs=1)


def test_ipython_displays_new_axes_as_a_picture(two: Comparison) -> None:
    """As the last line of a cell: a PNG with its size, beside the text that terminals print."""
    formatters = pytest.importorskip("IPython.core.formatters")
    shown, sizes = formatters.DisplayFormatter().format(plots(two).ladder())
    assert shown["image/png"].startswith(b"\x89PNG") and sizes["image/png"]["width"] > 400
    assert "image/png" not in formatters.DisplayFormatter().format(plots(two).ladder(ax=Figure().add_subplot()))[0]


def test_warnings_of_missing_letters_are_no_errors(hostile: Comparison, tmp_path: Path) -> None:
    """Emoji and scripts that our fonts lack can be saved and shown."""
    ax: Any = plots(hostile).cost()
    assert sn.save(ax, tmp_path / "a.png").stat().st_size > 10_000
    assert ax._repr_png_()[0].startswith(b"\x89PNG")


def test_pyplot_is_never_loaded() -> None:
    """Drawing and saving know nothing of pyplot."""
    code = """
import sys
from simnet.metrics import compare
from simnet.report.scene import Scene
from simnet.study.plots import Plots
from tests.metrics import flowing
import simnet as sn
ax = Plots(lambda: Scene(compare([flowing.design("a")]))).ladder()
sn.save(ax, sys.argv[1]); ax._repr_png_()
print("matplotlib.pyplot" in sys.modules)
"""
    found = subprocess.run([sys.executable, "-c", code, "/dev/null/none.png"], capture_output=True, text=True)
    assert "cannot write the picture" in found.stderr
    found = subprocess.run([sys.executable, "-c", code.replace("sn.save(ax, sys.argv[1]); ", "")], capture_output=True,
                           text=True, check=True)  # fmt: skip
    assert found.stdout.strip() == "False"
