"""Write the tables of the ladder: `python scenarios/ladder/make.py`.

An average maker of construction machines in Europe, inspired by public figures; it is no maker's data. Each figure
stands beside its source; what has no source says "assumed". Sources by short name:

[raf], [parts], [oil]  shapes of real spare parts: simnet/catalog/measured.py
[syncron] a dealer keeps about 5,000 parts, the maker more than 200,000 (doczz.fr 452281)
[webinar] 250,000 parts at central, 30,000-100,000 at regional, 3,000-5,000 at local sites (Syncron, DTNA 2014)
[daimler] 400,000 parts stored and 90,000 that can be ordered (myautomagazin.com/7895527)
[field]   trade sources on dealers' orders: emergency 10-15 %, day 25-35 % of a dealer's lines
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from catalog import draw, ranks, three_digits, write_csv  # noqa: E402  (the folder above is not a package)

from simnet.catalog.measured import COST, DELIVERY, PIECES, SIZE, SPEARMAN, weight_kg  # noqa: E402

PARTS, SEED = 1_000, 1993

# The level of demand, whose shape is PIECES: what a dealer is asked for three times a year is what he keeps, and that
# is 5,000 parts [syncron] of the 40,000 that move in a year (assumed: a fifth of the 200,000).
KEPT, HITS = 5_000 / 40_000, 3

# Breadth above the dealers: a regional warehouse keeps 30,000 parts and more, the central one all [webinar], but for
# those that the maker only orders when asked: 90,000 of 490,000 at Germersheim [daimler]; of the 40,000 that move half
# as large a share (assumed). What is asked least is left out first.
REGIONAL, ORDERED = 30_000 / 40_000, 90 / 490 / 2

# Of the customers' lines this share is for a machine that stands: 12.5 of 12.5 + 30 emergency and day lines [field].
VOR_SHARE = 0.29

# Suppliers by the thirds of DELIVERY.
SUPPLIERS = ["near", "europe", "overseas"]

PARIS, ZONES = "Europe/Paris", {"GB": "Europe/London", "PL": "Europe/Warsaw", "FI": "Europe/Helsinki"}
# Facing warehouse: dealers' towns; assumed. All towns but those of ZONES keep the time of Paris.
FACED = {
    "gent": [
        "Lille FR", "Lyon FR", "Rotterdam NL", "Birmingham GB", "Leeds GB", "Nantes FR", "Cologne DE", "Antwerp BE",
    ],
    "gothenburg": [
        "Oslo NO", "Bergen NO", "Stockholm SE", "Malmö SE", "Copenhagen DK", "Tampere FI", "Hamburg DE", "Gdansk PL",
    ],
    "milan": [
        "Turin IT", "Bologna IT", "Rome IT", "Munich DE", "Vienna AT", "Zaragoza ES", "Madrid ES", "Marseille FR",
    ],
}  # fmt: skip
HOURS, RECEIVING = "mon-fri 07:00-18:00", "1 h"  # assumed

# Share of the sales price above purchase cost: assumed.
MARKUP = 0.48


def part_class(place: int) -> str:
    """Return how far out a part is kept, by its place among all parts, the least asked being 0."""
    if place < ORDERED * PARTS:
        return "ordered"
    return "central" if place < (1 - REGIONAL) * PARTS else "regional"


def rows() -> Iterator[tuple[list[object], list[object]]]:
    """Yield each part's row of parts.csv and of demand.csv: lines a year of one dealer."""
    cost, pieces, size, days = draw(SEED, PARTS, [COST, PIECES, SIZE, DELIVERY], SPEARMAN)
    thirds = sorted(days)
    lines = [p / s for p, s in zip(pieces, size, strict=True)]
    level = HITS / sorted(lines)[round((1 - KEPT) * PARTS)]
    place = ranks(lines)
    for index in range(PARTS):
        name = f"{3_000_000 + 911 * index}"
        supplier = SUPPLIERS[3 * thirds.index(days[index]) // PARTS]
        paid = round(cost[index], 2)
        price = max(paid + 0.01, round(paid / (1 - MARKUP), 2))
        weight = three_digits(weight_kg(cost[index], size[index]))
        yearly = lines[index] * level
        vor, day = (f"{three_digits(share * yearly)} per y" for share in (VOR_SHARE, 1 - VOR_SHARE))
        part = [name, supplier, f"{paid:.2f}", f"{price:.2f}", f"{weight} kg", part_class(place[index])]
        yield part, [name, vor, day, f"{size[index]:.2f}"]


def dealer_rows() -> Iterator[list[object]]:
    """Yield the dealers with the warehouse that faces them."""
    for facing, towns in FACED.items():
        for town in towns:
            name = town[:-3].lower().replace("ö", "o")
            yield [name, town, facing, "2 d", ZONES.get(town[-2:], PARIS), HOURS, RECEIVING]


def main(folder: Path = Path(__file__).parent) -> None:
    """Write parts.csv, demand.csv and dealers.csv into the folder."""
    table = list(rows())
    header = ["part", "supplier", "cost", "price", "weight", "class"]
    write_csv(folder / "parts.csv", header, [part for part, _ in table])
    write_csv(folder / "demand.csv", ["part", "vor", "day", "size_mean"], [line for _, line in table])
    header = ["dealer", "at", "served_by", "lead_time", "time_zone", "hours", "receiving"]
    write_csv(folder / "dealers.csv", header, dealer_rows())


if __name__ == "__main__":
    main()
