"""The map: what it draws of a scene, how large it is as a file, and that names in it are only names."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from simnet.metrics import compare
from simnet.report import Scene
from simnet.report.charts import svg
from simnet.report.charts.labels import Mark, labels, meet, within
from simnet.report.charts.map import MAP, finding, layout, numbers, symbols
from simnet.report.charts.map_colors import Fill, levels_of
from simnet.report.charts.map_key import FILLS, MODES, rows, stock_lanes
from simnet.report.charts.map_sheet import dotted, stretches, thick
from simnet.report.charts.map_view import MapView, Panel, holds, page, view_of
from simnet.report.charts.picture import save
from simnet.report.scene import Atlas, Link, Spot
from simnet.study.plots import Plots
from tests.metrics import tiny

HOSTILE = ("<script>alert(1)</script>", "$x^2$ \\frac{1}{0$", "备品仓库", "🚚 van", "مستودع دبي", "w" * 200)
PLACES = ((51.0, 3.7), (1.3, 103.8), (40.0, -83.0), (25.0, 55.0), (-23.5, -46.6), (35.7, 139.7))
MOST_BYTES = 160_000


def spots() -> list[Spot]:
    """The three sites of the tiny network."""
    return [
        Spot("gent", "central", 51.05, 3.72, flow=130.0),
        Spot("lyon", "dealer", 45.76, 4.84, True, 92.0),
        Spot("turin", "dealer", 45.07, 7.69, True, 40.0),
    ]


LANES = [Link("gent", "lyon", "road", 92.0), Link("gent", "turin", "sea", 40.0), Link("gent", "lyon", "air", 5.0, True)]


def scene(count: int = 1, lucks: tuple[int, ...] = (0, 2), **atlas: Any) -> Scene:
    """So many designs of the tiny network with their places."""
    names = [f"design {number}" for number in range(count)]
    made = Atlas(**{"sites": spots(), "lanes": LANES, **atlas})
    return Scene(compare([tiny.design(name, lucks) for name in names]), dict.fromkeys(names, made))


def world(dealers: int, designs: int = 1) -> MapView:
    """Hostile warehouses all over the world, and dealers at random."""
    panels = []
    for number in range(designs):
        chance = random.Random(7)
        sites = [Spot(name, "regional" if n else "central", *PLACES[n], flow=1e6) for n, name in enumerate(HOSTILE)]
        sites += [
            Spot(
                f"dealer {n}",
                "dealer",
                chance.uniform(-50, 65),
                chance.uniform(-180, 180),
                True,
                chance.uniform(1, 999),
            )
            for n in range(dealers)
        ]
        lanes = [Link(HOSTILE[n % 6], f"dealer {n}", "road", 50.0) for n in range(dealers)]
        lanes += [Link(HOSTILE[0], f"dealer {n}", "air", 2.0, True) for n in range(0, dealers, 3)]
        fills = {spot.name: Fill(chance.uniform(0.7, 1.0), 100.0) for spot in sites}
        panels.append(Panel(HOSTILE[number % 6], number, Atlas(sites, lanes), fills))
    return MapView(tuple(panels), designs)


def drawn(view: MapView) -> str:
    """The map of a view as SVG."""
    return svg(replace(MAP, of=lambda _: view), scene())


@pytest.mark.parametrize("designs", [1, 2, 5])
@pytest.mark.parametrize("dealers", [1, 60, 2000])
def test_a_map_is_small_and_its_names_are_names(dealers: int, designs: int) -> None:
    """Below 160 kB with maps of crowds, well-formed, without elements or links of its own, the same bytes on repeat."""
    view = world(dealers, designs)
    text = drawn(view)
    assert len(text.encode()) < MOST_BYTES
    root = ElementTree.fromstring(text)
    assert not [each for each in root.iter() if each.tag.endswith(("script", "image"))]
    assert "alert(" not in re.sub(r">[^<]*<", "><", re.sub(r'aria-label="[^"]*"', "", text))
    assert "备品仓库" in text
    assert drawn(view) == text


def test_no_places_no_map() -> None:
    """A scene without places, or with suppliers only, has no map; one site is enough for one."""
    assert not MAP.shown(view_of(Scene(scene().comparison)))
    assert not MAP.shown(view_of(scene(sites=[Spot("factory", "", 50.0, 4.0)], lanes=())))
    assert MAP.shown(view_of(scene(sites=spots()[:1], lanes=())))
    assert svg(MAP, scene(sites=spots()[:1], lanes=())).startswith("<svg")


def test_what_is_not_on_the_map_is_told() -> None:
    """Sites without a place are counted, and designs beyond the sixth."""
    assert "Not shown, as nobody said where they are: 3 sites" in finding(view_of(scene(unplaced=3)))
    assert "2 more designs have no map." in finding(view_of(scene(8)))
    assert "nobody" not in finding(view_of(scene()))
    assert "near each other are one dot" in finding(world(300)) and "one dot" not in finding(world(50))


def test_fills_are_those_of_the_comparison() -> None:
    """Gent fills what sites ask of it (119 of 130), Lyon 67 of 91 on average of both replications, Turin nothing."""
    fills = view_of(scene()).panels[0].fills
    assert fills["gent"].share == pytest.approx(119 / 130)
    assert fills["lyon"].share == pytest.approx(67 / 91)
    assert fills["turin"].share == 0.0
    header, rows = numbers(view_of(scene(2)))
    assert header == ["", "tier", "pieces received a year", "fill, design 0", "fill, design 1"]
    assert rows[0] == ["gent", "central", "130", "91.5 %", "91.5 %"]
    assert [row[0] for row in rows] == ["gent", "lyon", "turin"]


def test_one_replication_has_a_map() -> None:
    """No interval is drawn, so nothing is missing."""
    assert svg(MAP, scene(lucks=(0,))).startswith("<svg")


@pytest.mark.parametrize(
    ("places", "left", "right"),
    [
        ([(48, 2), (52, 13), (59, 18)], -20, 40),
        ([(35, 139), (21, -157), (-36, 174)], 90, 260),
        ([(51, 4), (35, -90), (-33, 151), (1, 104)], -180, 180),
    ],
)
def test_the_map_shows_where_the_network_is(places: list[tuple[float, float]], left: float, right: float) -> None:
    """Europe, the Pacific across the antimeridian, and the world; every site is within it."""
    from simnet.report import geo

    sites = [Spot(f"site {n}", "dealer", *place, True) for n, place in enumerate(places)]
    view = MapView((Panel("a", 0, Atlas(sites), {}),), 1)
    assert all(holds(view.box, page(spot, view.center)) for spot in sites)
    far = max(abs(float(geo.equal_earth(0, each, view.center)[0])) for each in (left, right))
    assert max(-view.box[0], view.box[2]) <= far + 1e-9


def test_a_supplier_on_the_other_side_of_the_world_does_not_widen_the_map() -> None:
    """It stands at the edge, where its lane comes in."""
    far = Spot("asia", "", 31.3, 120.6)
    near = scene(sites=[*spots(), far], lanes=[*LANES, Link("asia", "gent", "sea", 100.0)])
    assert view_of(near).box == view_of(scene()).box
    assert "asia (off map)" in svg(MAP, near)


@pytest.mark.parametrize(
    ("shares", "levels"),
    [
        ([], ()),
        ([0.95], ()),
        ([0.9, 0.9, 0.9], ()),
        ([0.9, 0.95], (0.92,)),
        ([0.52, 0.53, 0.54, 0.95, 0.98], (0.7, 0.96)),  # dealers and warehouses
        ([0.5, 0.51, 0.62, 0.7, 0.71, 0.83, 0.97], (0.6, 0.7, 0.8, 0.9)),
        ([0.9812, 0.984, 0.99, 0.995], (0.982, 0.99, 0.992)),
    ],
)
def test_colors_change_at_round_numbers(shares: list[float], levels: tuple[float, ...]) -> None:
    """Between groups of alike sites; where all are alike there is one color."""
    assert levels_of(shares) == levels


@pytest.mark.parametrize(
    ("shares", "noise", "levels"),
    [
        ([0.883, 0.885, 0.887, 0.890, 0.893], 0.005, 0),
        ([0.883, 0.885, 0.887, 0.890, 0.893], 0.0001, 4),
        ([0.57, 0.62, 0.67, 0.72, 0.77, 0.80], 0.007, 4),
        ([0.57, 0.62, 0.67, 0.72, 0.77, 0.80], 0.05, 1),
        ([0.88, 0.89, 0.90, 0.98, 0.985], 0.012, 1),
        ([0.2, 0.9], 0.4, 0),
    ],
)
def test_what_noise_explains_has_one_color(shares: list[float], noise: float, levels: int) -> None:
    """Groups whose means are no further apart than the intervals of their sites reach are one."""
    assert len(levels_of(shares, [noise] * len(shares))) == levels


@pytest.mark.parametrize("seed", range(5))
def test_sites_that_differ_by_chance_alone_have_one_color(seed: int) -> None:
    """Forty sites of the same fill, each off by what its interval says."""
    chance = np.random.default_rng(seed)
    assert levels_of((0.9 + chance.normal(0, 0.01, 40)).tolist(), [0.02] * 40) == ()


def colored(*fills: Fill) -> MapView:
    """A map of dealers with these fills."""
    sites = [Spot(f"d{n}", "dealer", 40.0 + n, 5.0 * n, True, 10.0) for n in range(len(fills))]
    return MapView((Panel("a", 0, Atlas(sites), {f"d{n}": fill for n, fill in enumerate(fills)}),), 1)


def test_a_site_on_a_limit_has_both_colors_and_the_key_says_so() -> None:
    """79.5 % ±1 reaches over the limit of 80 %; 70 % ±1 does not."""
    view = colored(*(Fill(share, 100.0, 0.01) for share in (0.70, 0.71, 0.795, 0.90, 0.91)))
    known = symbols(view, 6.0)
    assert known.levels == (0.75, 0.85) or len(known.levels) == 2
    limit = known.levels[0]
    low, high = known.paint(Fill(limit - 0.005, 100.0, 0.01))
    assert low != high and known.paint(Fill(limit - 0.02, 100.0, 0.01)) == (low, low)
    on_limit = colored(*(Fill(share, 100.0, 0.01) for share in (0.70, 0.71, limit - 0.002, 0.90, 0.91)))
    assert any("reaches into both" in words for row in rows(symbols(on_limit, 6.0)) for _, _, words in row)
    assert any(words == "a usual interval: ±1.0 pt" for row in rows(known) for _, _, words in row)


def test_one_replication_is_as_noisy_as_its_lines() -> None:
    """Half an interval of 100 lines at 90 % is 5.9 points; more lines are more exact, a known interval wins."""
    assert Fill(0.9, 100.0).noise == pytest.approx(0.0588)
    assert Fill(0.9, 10_000.0).noise == pytest.approx(0.00588)
    assert Fill(0.9, 100.0, 0.01).noise == 0.01 and Fill(None, 0.0).noise == 0.0


@pytest.mark.parametrize(
    ("modes", "told"),
    [
        (("road", "sea"), ["road", "sea"]),
        (("road", ""), ["road, other"]),
        (("sea", ""), ["sea", "other"]),
        (("",), ["stock"]),
    ],
)
def test_lanes_that_nobody_wrote_are_not_apologized_for(modes: tuple[str, ...], told: list[str]) -> None:
    """They are drawn like those by road, and the key has one line for both."""
    assert [words for _, _, words in stock_lanes(modes)] == told


def europe(count: int, far: bool = True) -> MapView:
    """So many dealers in Europe, and three far away."""
    sites = [Spot("gent", "central", 51.05, 3.72, flow=900.0)]
    sites += [Spot(f"eu{n}", "dealer", 45.0 + n % 4 * 3, n * 2.0, True, 10.0) for n in range(count)]
    places = [("us", 40.0, -90.0), ("br", -20.0, -46.0), ("au", -33.0, 150.0)]
    sites += [Spot(name, "dealer", lat, lon, True, 10.0) for name, lat, lon in places if far]
    lanes = [Link("gent", spot.name, "road", 10.0) for spot in sites[1:]]
    fills = {spot.name: Fill(0.9, 100.0, 0.01) for spot in sites}
    return MapView((Panel("a", 0, Atlas(sites, lanes), fills),), 1)


def test_a_crowd_has_a_map_of_its_own() -> None:
    """Europe on a map of the world: all of its sites are on the second map, with their names, and there alone."""
    view = europe(9)
    assert view.zoom is not None
    assert all(holds(view.zoom, page(spot, view.center)) for spot in view.spots if spot.name.startswith("eu"))
    assert not any(holds(view.zoom, page(spot, view.center)) for spot in view.spots if spot.name in ("us", "br", "au"))
    text = drawn(view)
    told = [len(re.findall(f">eu{n}<", text)) for n in range(9)]
    assert max(told) == 1 and sum(told) >= 7


@pytest.mark.parametrize("view", [europe(2), europe(12, far=False)], ids=["few", "all"])
def test_no_crowd_no_second_map(view: MapView) -> None:
    """Few sites, or a map that shows the crowd already."""
    assert view.zoom is None


@pytest.mark.parametrize("size", ["slide", "half-slide", "page"])
def test_suppliers_have_names_within_the_picture(size: str, tmp_path: Any) -> None:
    """One on the map, one beyond it."""
    far, near = Spot("asia", "", 31.3, 120.6), Spot("brescia", "", 45.5, 10.2)
    lanes = [*LANES, Link("asia", "gent", "sea", 100.0), Link("brescia", "gent", "road", 50.0)]
    made = Plots(lambda: scene(sites=[*spots(), far, near], lanes=lanes)).map()
    text = save(made, tmp_path / "a.svg", size).read_text("utf-8")
    assert ">asia (off map)<" in text and ">brescia<" in text


def test_fuller_is_darker() -> None:
    """The colors of fill get darker one by one, in print as on screen."""
    luma = [sum(w * int(each[a : a + 2], 16) for w, a in ((0.299, 1), (0.587, 3), (0.114, 5))) for each in FILLS]
    assert all(one > other + 20 for one, other in zip(luma, luma[1:], strict=False))


def test_modes_have_lines_of_their_own() -> None:
    """Road, sea, air and rail are told apart; a mode of one's own keeps its line."""
    assert len({str(MODES.dashes(mode)) for mode in ("road", "sea", "air", "rail")}) == 4
    assert MODES.dashes("drone") == MODES.dashes("drone") != MODES.dashes("road")


@pytest.mark.parametrize(("flow", "most", "wide"), [(0, 0, 0.5), (1, 100, 0.5), (5, 100, 0.8), (100, 100, 2.9)])
def test_wider_lanes_carry_more(flow: float, most: float, wide: float) -> None:
    """In five steps."""
    assert thick(flow, most) == wide


def test_names_stand_clear() -> None:
    """No name stands on another, on a mark, or outside; the first come first, a far one may stand off by a line."""
    chance = random.Random(3)
    marks = [Mark(chance.uniform(0, 300), chance.uniform(0, 150), 3.0, f"site {n}", n < 5) for n in range(60)]
    frame = (0.0, 0.0, 300.0, 150.0)
    found = labels(marks, frame, 7.0)
    boxes = [(each.x, each.y - 4.2, each.x + 0.58 * 7 * len(each.name), each.y + 4.2) for each in found]
    assert all(within(box, frame) for box in boxes)
    assert not any(meet(one, other) for n, one in enumerate(boxes) for other in boxes[:n])
    assert not any(meet(box, (m.x - 3, m.y - 3, m.x + 3, m.y + 3)) for box in boxes for m in marks)
    assert {f"site {n}" for n in range(5)} <= {each.name for each in found}
    assert all(each.line is None for each in found if each.name not in {f"site {n}" for n in range(5)})


def test_a_line_is_cut_at_the_edge_of_the_map() -> None:
    """What leaves and comes back is two pieces, which end at the edge."""
    line = np.array([[0.5, 0.5], [1.5, 0.5], [1.5, 0.8], [0.2, 0.8]])
    first, second = stretches(line, (0.0, 0.0, 1.0, 1.0))
    assert first.tolist() == [[0.5, 0.5], [1.0, 0.5]]
    assert second == pytest.approx(np.array([[1.0, 0.8], [0.2, 0.8]]))


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (3, 2), (6, 2)])
def test_maps_share_the_page(count: int, columns: int) -> None:
    """One by itself, more in two columns; where the picture is low, they fit into it."""
    view = view_of(scene(count))
    assert layout(view, 380.0).columns == columns
    assert layout(view, 380.0, 250.0).total <= 251 or layout(view, 380.0, 250.0).wide == 40.0


@pytest.mark.parametrize(
    ("line", "side"),
    [([(0, 0), (60, 0)], "left"), ([(0, 0), (-60, 0)], "right"), ([], "right"), ([(-60, 0), (60, 0)], "above")],
)
def test_a_name_stands_where_no_lane_runs_through_it(line: list[tuple[float, float]], side: str) -> None:
    """Beside its mark, on the side that no line leaves it from."""
    points = dotted(np.array(line, dtype=float)) if line else ()
    (label,) = labels([Mark(0, 0, 4, "gent")], (-100, -100, 100, 100), 7.0, lines=points)
    assert side == ("above" if label.y > 4 else "right" if label.x > 0 else "left")


def test_a_line_is_dotted_evenly_with_its_ends() -> None:
    """Points two apart, however the line bends."""
    points = dotted(np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 4.0]]))
    assert points[0].tolist() == [0, 0] and points[-1].tolist() == [3, 4]
    assert np.hypot(*np.diff(points, axis=0).T).max() <= 2.0 + 1e-9
