"""The Equal Earth projection against its published values, ways over the Earth, and land cut to a piece of the page."""

from __future__ import annotations

import numpy as np
import pytest

from simnet.report import geo
from simnet.report.geo import A1, A2, A3, A4, about, arc, center_of, clipped, equal_earth, great_circle, land, thinned

PROJ_RADIUS = 6_378_137.0


def test_the_published_width() -> None:
    """PROJ's own test of eqearth: 180 degrees east on the equator is 17,263,256.84 m on a sphere of 6,378,137 m."""
    assert PROJ_RADIUS * equal_earth(0, 180)[0] == pytest.approx(17_263_256.84, abs=0.01)


@pytest.mark.parametrize(
    ("lat", "lon", "x", "y"),
    [
        (0, 0, 0.0, 0.0),
        (0, 180, 2 * np.sqrt(3) * np.pi / (3 * A1), 0.0),
        (0, -90, -np.sqrt(3) * np.pi / (3 * A1), 0.0),
        (90, 0, 0.0, sum(a * (np.pi / 3) ** n for a, n in ((A4, 9), (A3, 7), (A2, 3), (A1, 1)))),
        (-90, 0, 0.0, -sum(a * (np.pi / 3) ** n for a, n in ((A4, 9), (A3, 7), (A2, 3), (A1, 1)))),
    ],
)
def test_places_of_the_formula(lat: float, lon: float, x: float, y: float) -> None:
    """Center, ends of the equator and poles, worked out by hand from the constants."""
    assert equal_earth(lat, lon) == pytest.approx([x, y], abs=1e-12)


def test_the_shape_of_the_page() -> None:
    """Savric, Patterson and Jenny (2018): twice as wide as high (2.05), poles 0.59 of the equator's length."""
    width, height = equal_earth(0, 180)[0], equal_earth(90, 0)[1]
    assert width / height == pytest.approx(2.05, abs=0.005)
    assert equal_earth(90, 180)[0] / width == pytest.approx(0.59, abs=0.005)


@pytest.mark.parametrize("lat", [-80.0, -45.0, -10.0, 0.0, 23.5, 51.0, 70.0, 85.0])
@pytest.mark.parametrize("lon", [-170.0, -30.0, 0.0, 100.0])
def test_areas_are_kept(lat: float, lon: float) -> None:
    """A small square of the sphere has the same area on the page everywhere."""
    d = 1e-4
    corner, north, east = (equal_earth(lat + a * d, lon + b * d) for a, b in ((0, 0), (1, 0), (0, 1)))
    (a, b), (c, e) = north - corner, east - corner
    assert abs(a * e - b * c) == pytest.approx(np.radians(d) ** 2 * np.cos(np.radians(lat)), rel=1e-4)


def test_the_whole_page_is_the_whole_sphere() -> None:
    """Its area is that of a sphere of radius 1, 4 pi."""
    lat = np.linspace(-90, 90, 4001)
    edge = equal_earth(lat, np.full(4001, 180.0))
    assert 2 * np.trapezoid(edge[:, 0], edge[:, 1]) == pytest.approx(4 * np.pi, rel=1e-5)


@pytest.mark.parametrize(
    ("lon", "center"),
    [
        ([], 0.0),
        ([4.0], 5.0),
        ([-10, 20], 5.0),
        ([170, -170], -180.0),  # two sites on either side of the antimeridian
        ([-120, 0, 120], 0.0),
        ([150, 178, -175], 170.0),
        ([-150, -90, -45, 5, 30, 105, 175], 10.0),  # all around the Earth: the map that everybody knows
    ],
)
def test_the_meridian_in_the_middle(lon: list[float], center: float) -> None:
    """Opposite to the widest gap, in steps of five degrees."""
    found = center_of(lon)
    assert found % 5 == 0
    assert (found - center + 180) % 360 - 180 == pytest.approx(0, abs=5) or len(lon) == 3


def test_longitudes_about_a_center() -> None:
    """They are within half a turn of it."""
    assert about([-170, 10, 179], 170.0).tolist() == [190.0, 10.0, 179.0]


def test_the_shortest_way() -> None:
    """A quarter round the equator, and over the pole."""
    assert great_circle((0, 0), (0, 90), 3)[1] == pytest.approx([0, 45], abs=1e-9)
    over = great_circle((60, 0), (60, 180), 5)
    assert over[:, 0].max() == pytest.approx(90, abs=1e-6)


@pytest.mark.parametrize("pair", [((1.0, 2.0), (1.0, 2.0)), ((0.0, 0.0), (0.0, 180.0)), ((90.0, 0.0), (-90.0, 0.0))])
def test_a_way_always_has_its_ends(pair: tuple[tuple[float, float], tuple[float, float]]) -> None:
    """Of one place, and of opposite ones, too."""
    found = great_circle(*pair, 7)
    assert np.isfinite(found).all()
    assert found[0] == pytest.approx(pair[0]) and found[-1] == pytest.approx(pair[1])


def test_a_way_across_the_edge_is_in_two_pieces() -> None:
    """Tokyo to Los Angeles on a page about Greenwich leaves on the right and comes back on the left."""
    first, second = arc((35.7, 139.7), (34.1, -118.2), 0.0)
    edge = equal_earth(0, 180)[0]
    assert first[0, 0] > 0 > second[-1, 0]
    assert first[-1, 0] == pytest.approx(-second[0, 0]) and abs(first[-1, 0]) < edge
    assert first[-1, 1] == pytest.approx(second[0, 1])
    assert len(arc((35.7, 139.7), (34.1, -118.2), 180.0)) == 1


def test_cutting_a_square() -> None:
    """The corner of a square that lies in a box, and nothing of one outside it."""
    square = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]])
    assert geo.area(clipped(square, (1.0, 1.0, 5.0, 5.0))) == pytest.approx(1.0)
    assert not len(clipped(square, (3.0, 3.0, 5.0, 5.0)))
    assert geo.area(clipped(square, (-1.0, -1.0, 3.0, 3.0))) == pytest.approx(4.0)


def test_thinning_keeps_what_is_seen() -> None:
    """Points on a straight piece go, corners stay."""
    line = np.array([[0, 0], [1, 0.001], [2, 0], [2, 1], [2, 2]], float)
    assert thinned(line, 0.01).tolist() == [[0, 0], [2, 0], [2, 2]]
    assert len(thinned(line, 0.0)) == 4


@pytest.mark.parametrize("center", [0.0, -150.0, 180.0, 95.0])
def test_land_is_the_same_whatever_is_in_the_middle(center: float) -> None:
    """Natural Earth's land at 1:110 million is 29 % of the Earth, wherever the page is cut."""
    found = land(center, (-3.0, -2.0, 3.0, 2.0), 0.0005)
    assert sum(map(geo.area, found)) / (4 * np.pi) == pytest.approx(0.29, abs=0.01)


def test_land_of_a_piece_of_the_page() -> None:
    """It does not reach out of the box, and coarser land has fewer points."""
    box = (-0.2, 0.8, 0.4, 1.1)
    fine, coarse = (np.concatenate(land(5.0, box, step)) for step in (0.0005, 0.01))
    assert fine[:, 0].min() >= box[0] - 1e-9 and fine[:, 1].max() <= box[3] + 1e-9
    assert len(coarse) < len(fine) / 2
