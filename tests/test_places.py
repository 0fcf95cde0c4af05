"""Towns are found as planners write them, and a miss says what to do."""

from __future__ import annotations

import pytest

from simnet.places import find_place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gent BE", (51.05, 3.72)),
        ("Ghent BE", (51.05, 3.72)),
        ("gent, be", (51.05, 3.72)),
        ("São José dos Pinhais BR", (-25.53, -49.21)),
        ("Sao Jose dos Pinhais BR", (-25.53, -49.21)),
        ("Göteborg SE", (57.71, 11.97)),
        ("Gothenburg SE", (57.71, 11.97)),
        ("Columbus US", (39.96, -83.0)),
        ("Byhalia US", (34.87, -89.69)),
        ("New York US", (40.71, -74.01)),
    ],
)
def test_a_town_is_found(text: str, place: tuple[float, float]) -> None:
    """Case, accents, commas and common other names do not matter; the largest of a name is meant."""
    assert find_place(text) == pytest.approx(place, abs=0.011)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Gnet BE", "did you mean 'Gent'?"),
        ("Columbus USA", "did you mean 'Columbus US'?"),
        ("Gent", "write the town and its country"),
        ("Lyon FRANCE", "did you mean 'Lyon FR'?"),
        ("Nowhere-at-all XX", "write the town and its country"),
        ("", "write the town and its country"),
        ("Zzyzx US", "write the town and its country"),
    ],
)
def test_a_miss_names_the_remedy(text: str, remedy: str) -> None:
    """An unknown town or a missing country is a ValueError that says what to write instead."""
    with pytest.raises(ValueError, match="town|country") as caught:
        find_place(text)
    assert remedy in str(caught.value)


def test_the_list_says_where_it_comes_from() -> None:
    """GeoNames asks for attribution: the file names source and license, and stays small."""
    from importlib.resources import files

    data = files("simnet").joinpath("data/places.csv").read_bytes()
    head = data[:400].decode()
    assert "GeoNames" in head and "CC BY 4.0" in head
    assert len(data) < 300_000
