"""Towns by name, so that `at: Gent BE` has a place on the map.

The list is GeoNames' (CC BY 4.0): towns of 100,000 people or more and those of the shipped scenarios.
Names are compared without case, accents and punctuation. Of towns with one name in a country it holds
the largest; for another one, write its coordinates.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from simnet.errors import did_you_mean, shorten

__all__ = ["find_place"]

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_REMEDY = "write the town and its country, such as 'Gent BE', or coordinates, such as [51.05, 3.72]"


def find_place(text: str) -> tuple[float, float]:
    """The latitude and longitude in degrees of a town written `Gent BE` or `Gent, BE`.

    Raises `ValueError` with the remedy when the country is missing or the town is not in the list.
    """
    name, country = _split(text)
    towns = _countries()
    if country not in towns:
        raise ValueError(f"{shorten(text)} names no country by its two letters; {_hint(name)}")
    place = towns[country].get(_fold(name))
    if place is None:
        near = did_you_mean(name, _names()[country]) or _REMEDY
        raise ValueError(f"no town {shorten(name)} in {country} in the list; {near}")
    return place


def _split(text: str) -> tuple[str, str]:
    """The town and the country code, which is the last word."""
    words = text.replace(",", " ").split()
    return " ".join(words[:-1]), words[-1].upper() if words else ""


def _hint(name: str) -> str:
    """The remedy where the country is missing: the countries that have the town, if any."""
    wanted = _fold(name)
    homes = [country for country, towns in _countries().items() if wanted in towns]
    if not wanted or not homes:
        return _REMEDY
    return "did you mean " + " or ".join(f"'{name} {country}'" for country in homes[:5]) + "?"


def _fold(name: str) -> str:
    """The name without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return "".join(letter for letter in plain if letter.isalnum())


@cache
def _rows() -> tuple[tuple[str, str, float, float, tuple[str, ...]], ...]:
    text = files("simnet").joinpath("data/places.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        (row["country"], row["name"], float(row["lat"]), float(row["lon"]), tuple(row["also"].split("|")))
        for row in rows
    )


@cache
def _countries() -> Mapping[str, Mapping[str, tuple[float, float]]]:
    """Country code -> folded name -> place; a main name wins over another town's further name."""
    towns: dict[str, dict[str, tuple[float, float]]] = {}
    for country, name, lat, lon, _ in _rows():
        towns.setdefault(country, {})[_fold(name)] = (lat, lon)
    for country, _, lat, lon, also in _rows():
        for other in filter(None, also):
            towns[country].setdefault(_fold(other), (lat, lon))
    return towns


@cache
def _names() -> Mapping[str, list[str]]:
    """Country code -> names as people write them, for suggestions."""
    names: dict[str, list[str]] = {}
    for country, name, _, _, also in _rows():
        names.setdefault(country, []).extend([name, *filter(None, also)])
    return names
