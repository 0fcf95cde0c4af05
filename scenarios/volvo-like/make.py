"""Write the tables of the volvo-like scenario: `python scenarios/volvo-like/make.py`.

Inspired by public figures on Volvo's parts network; it is not Volvo's data. Each figure stands beside its
source; what has no source says "assumed". Sources by short name:

[facts]   trucknews.com (Milton, 2019), supplychaindive.com (Tacoma, 2025), rivieramm.com (Ghent, 2013),
          commercialappeal.com (Byhalia, about 2014), adjoriparana.com.br (Sao Jose dos Pinhais, 2025),
          pmvmiddleeast.com (Dubai, 2019), truckfocus.pl (deliveries January to November 2006)
[raf]     5,000 spare parts x 84 months (de Haan 2021): price, demand a month; a random half of the series
[parts]   2,674 car parts x 51 months (Hyndman et al. 2008): pieces an order; a random half of the series
[oil]     4,333 maintenance parts with a delivery time, 1997-2001 (Khue Nguyen; de Haan 2021)
[scms]    10,324 shipments of USAID's Supply Chain Management System, 2006-2015: spread and freight by mode
[searoute] sea distances between ports by the PyPI package searoute 1.6.0
[ports]   porteconomicsmanagement.org: Shanghai-Rotterdam 10,600 nautical miles, 27 days at 16 knots,
          35 days on a usual liner rotation
[field]   stock orders reach a dealer in 2-5 days; air to another continent takes 3-7 days (trade sources)
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from catalog import draw, three_digits, write_csv  # noqa: E402  (the folder above is not a package)
from sites import DEALERS, FACING, SUPPLIER_TABLE, dealer_days, network_yaml, shares  # noqa: E402

PARTS = 2_000
SEED = 20_260_101

# Purchase price of a part, GBP read as EUR (assumed at par) [raf], q01 to q99; the ends are assumed.
COST = [
    (0.0, 0.02), (0.01, 0.02), (0.05, 0.0989), (0.10, 0.3028), (0.25, 1.8432), (0.50, 11.3085),
    (0.75, 71.9468), (0.90, 243.118), (0.95, 500.3864), (0.99, 1475.18), (1.0, 4000.0),
]  # fmt: skip
# Pieces a month of one operator's part [raf]: the shape; the level follows from LINES_A_DEALER.
PIECES = [
    (0.0, 0.036), (0.01, 0.0476), (0.05, 0.0833), (0.10, 0.1071), (0.25, 0.1548), (0.50, 0.3571),
    (0.75, 1.1786), (0.90, 3.4286), (0.95, 6.4298), (0.99, 19.6502), (1.0, 65.083),
]  # fmt: skip
# Pieces on an order line, mean of a part [parts].
SIZE = [
    (0.0, 1.0), (0.05, 1.0), (0.10, 1.125), (0.25, 1.3333), (0.50, 1.6), (0.75, 2.0541), (0.90, 3.0),
    (0.95, 5.0), (0.99, 9.56), (1.0, 9.56),
]  # fmt: skip
# Days from order to receipt at the supplier [oil].
DELIVERY = [
    (0.0, 8.0), (0.01, 8.0), (0.05, 14.0), (0.10, 17.0), (0.25, 29.0), (0.50, 56.0), (0.75, 86.0),
    (0.90, 107.0), (0.95, 140.0), (0.99, 209.0), (1.0, 209.0),
]  # fmt: skip
# Rank correlations of cost, pieces, size, delivery [raf]; pieces with size [parts].
SPEARMAN = [
    [1.000, -0.570, -0.594, 0.366],
    [-0.570, 1.000, 0.698, -0.179],
    [-0.594, 0.698, 1.000, -0.189],
    [0.366, -0.179, -0.189, 1.000],
]

# Order lines a year over dealers served, Tacoma [facts]; a dealer here has three outlets (assumed).
LINES_A_DEALER = 3 * 500_000 / 240

SUPPLIERS = list(SUPPLIER_TABLE)  # the tenths of DELIVERY, quickest first

# Lines a year in the whole network that part the classes, and the share of critical parts: assumed.
FAST, MEDIUM, SLOW = 300, 100, 30
CRITICAL_SHARE = 0.06
# Share of the sales price above purchase cost by class: assumed, so that about 45 % is left after freight.
MARKUP = {"fast": 0.45, "medium": 0.49, "slow": 0.52, "z": 0.55, "critical": 0.47}


def part_class(index: int, lines_a_year: float) -> str:
    """Return the class of a part: critical ones evenly spread over the catalog, the others by hits."""
    if math.floor((index + 1) * CRITICAL_SHARE) > math.floor(index * CRITICAL_SHARE):
        return "critical"
    if lines_a_year >= FAST:
        return "fast"
    if lines_a_year >= MEDIUM:
        return "medium"
    return "slow" if lines_a_year >= SLOW else "z"


def weight_kg(cost: float, size: float) -> float:
    """Return the weight of a piece: 15 EUR of cost weigh a kilogram, less than in proportion (assumed)."""
    return float(max(0.01, (cost / 15) ** 0.7 / size**0.2))


def rows() -> Iterator[tuple[list[object], list[object]]]:
    """Yield each part's row of parts.csv and of demand.csv."""
    cost, pieces, size, days = draw(SEED, PARTS, [COST, PIECES, SIZE, DELIVERY], SPEARMAN)
    lines = [p / s for p, s in zip(pieces, size, strict=True)]
    level = LINES_A_DEALER * len(DEALERS) / sum(lines)
    tenths = sorted(days)
    for index in range(PARTS):
        name = f"{1_500_000 + 613 * index}"
        tenth = min(9, 10 * tenths.index(days[index]) // PARTS)
        yearly = lines[index] * level
        kind = part_class(index, yearly)
        paid = round(cost[index], 2)
        price = max(paid + 0.01, round(paid / (1 - MARKUP[kind]), 2))
        weight = three_digits(weight_kg(cost[index], size[index]))
        part = [name, SUPPLIERS[tenth], f"{paid:.2f}", f"{price:.2f}", f"{weight} kg", kind]
        yield part, [name, f"{three_digits(yearly)} per y", f"{size[index]:.2f}"]


def main(folder: Path = Path(__file__).parent) -> None:
    """Write parts.csv, demand.csv, dealers.csv and network.yaml into the folder."""
    table = list(rows())
    header = ["part", "supplier", "cost", "price", "weight", "class"]
    write_csv(folder / "parts.csv", header, [part for part, _ in table])
    write_csv(folder / "demand.csv", ["part", "orders", "size_mean"], [line for _, line in table])
    share = shares()
    dealers = [
        [name, at, FACING[name], f"{dealer_days(name)} d", f"{share[name]:.3f}"]
        for name, at in DEALERS.items()
    ]
    write_csv(folder / "dealers.csv", ["dealer", "at", "served_by", "lead_time", "share"], dealers)
    (folder / "network.yaml").write_text(network_yaml(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
