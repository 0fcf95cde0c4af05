"""Write the tables of the managed dealers: `python scenarios/managed-dealers/make.py`.

A truck maker in North America, inspired by public figures; it is no maker's data. Each figure stands beside its source;
what has no source says "assumed". Sources by short name:

[raf], [parts], [oil]  shapes of real spare parts: simnet/catalog/measured.py
[facts]   Byhalia is a central warehouse; of the regional ones, Columbus and Reno are from memory, not checked
[field]   trade sources on dealers' orders: emergency 10-15 %, day 25-35 % of a dealer's lines
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from catalog import draw, three_digits, write_csv  # noqa: E402  (the folder above is not a package)

from simnet.catalog.measured import COST, DELIVERY, PIECES, SIZE, SPEARMAN, weight_kg  # noqa: E402

PARTS, SEED = 1_000, 2003

# Order lines a year over dealers served, Tacoma [facts]; a dealer here has three outlets, and the parts stand for twice
# as many (both assumed, as in ../volvo-like). Larger dealers are asked more: weights assumed.
LINES_A_DEALER = 3 * 500_000 / 240 / 2
# Of the customers' lines this share is for a vehicle that stands: 12.5 of 12.5 + 30 emergency and day lines [field].
VOR_SHARE = 0.29

# Suppliers by the thirds of DELIVERY; their towns are assumed.
SUPPLIERS = ["midwest", "europe", "asia"]

# dealer: (town, facing warehouse, zone, weight); all assumed.
EASTERN, CENTRAL, MOUNTAIN, PACIFIC = (f"America/{town}" for town in ("New_York", "Chicago", "Denver", "Los_Angeles"))
DEALERS = {
    "detroit": ("Detroit US", "columbus", EASTERN, 1.3),
    "pittsburgh": ("Pittsburgh US", "columbus", EASTERN, 1.0),
    "charlotte": ("Charlotte US", "columbus", EASTERN, 1.2),
    "allentown": ("Allentown US", "columbus", EASTERN, 0.9),
    "boston": ("Boston US", "columbus", EASTERN, 0.8),
    "atlanta": ("Atlanta US", "byhalia", EASTERN, 1.4),
    "dallas": ("Dallas US", "byhalia", CENTRAL, 1.5),
    "chicago": ("Chicago US", "byhalia", CENTRAL, 1.4),
    "kansas-city": ("Kansas City US", "byhalia", CENTRAL, 0.7),
    "minneapolis": ("Minneapolis US", "byhalia", CENTRAL, 0.7),
    "denver": ("Denver US", "reno", MOUNTAIN, 0.8),
    "salt-lake-city": ("Salt Lake City US", "reno", MOUNTAIN, 0.6),
    "seattle": ("Seattle US", "reno", PACIFIC, 0.9),
    "phoenix": ("Phoenix US", "reno", "America/Phoenix", 0.7),
    "los-angeles": ("Los Angeles US", "reno", PACIFIC, 1.6),
}

HOURS, RECEIVING = "mon-fri 07:00-18:00; sat 08:00-12:00", "1 h"  # assumed

# Share of the sales price above purchase cost: assumed.
MARKUP = 0.48


def rows() -> Iterator[tuple[list[object], list[object]]]:
    """Yield each part's row of parts.csv and of demand.csv: lines a year of all dealers together."""
    cost, pieces, size, days = draw(SEED, PARTS, [COST, PIECES, SIZE, DELIVERY], SPEARMAN)
    thirds = sorted(days)
    lines = [p / s for p, s in zip(pieces, size, strict=True)]
    level = LINES_A_DEALER * len(DEALERS) / sum(lines)
    for index in range(PARTS):
        name = f"{2_000_000 + 737 * index}"
        supplier = SUPPLIERS[3 * thirds.index(days[index]) // PARTS]
        paid = round(cost[index], 2)
        price = max(paid + 0.01, round(paid / (1 - MARKUP), 2))
        weight = three_digits(weight_kg(cost[index], size[index]))
        yearly = lines[index] * level
        vor, day = (f"{three_digits(share * yearly)} per y" for share in (VOR_SHARE, 1 - VOR_SHARE))
        yield [name, supplier, f"{paid:.2f}", f"{price:.2f}", f"{weight} kg"], [name, vor, day, f"{size[index]:.2f}"]


def main(folder: Path = Path(__file__).parent) -> None:
    """Write parts.csv, demand.csv and dealers.csv into the folder."""
    table = list(rows())
    write_csv(folder / "parts.csv", ["part", "supplier", "cost", "price", "weight"], [part for part, _ in table])
    write_csv(folder / "demand.csv", ["part", "vor", "day", "size_mean"], [line for _, line in table])
    header = ["dealer", "at", "served_by", "time_zone", "hours", "receiving", "share"]
    dealers = [[name, at, facing, zone, HOURS, RECEIVING, share] for name, (at, facing, zone, share) in DEALERS.items()]
    write_csv(folder / "dealers.csv", header, dealers)


if __name__ == "__main__":
    main()
