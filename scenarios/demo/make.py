"""Write the tables of the demo: `python scenarios/demo/make.py`.

200 parts whose costs, order lines and weights have the shape of the volvo-like catalog (its make.py names the
sources), and 24 dealers in real towns. Everything else about them is made up.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from catalog import draw, three_digits, write_csv  # noqa: E402  (the folder above is not a package)

PARTS, SEED = 200, 11
LINES_A_YEAR = 24_000
COST = [(0.0, 0.80), (0.1, 2.2), (0.25, 6.0), (0.5, 18.0), (0.75, 70.0), (0.9, 210.0), (1.0, 900.0)]
LINES = [(0.0, 1.0), (0.1, 2.0), (0.25, 5.0), (0.5, 16.0), (0.75, 60.0), (0.9, 200.0), (1.0, 900.0)]
SPEARMAN = [[1.0, -0.57], [-0.57, 1.0]]
FAMILIES = ["filter", "belt", "seal", "sensor", "lamp", "hose", "bearing", "valve", "pump", "injector"]
FACED = {
    "gent": [
        "Lyon FR", "Paris FR", "Hamburg DE", "Munich DE", "Rotterdam NL", "Milan IT", "Madrid ES",
        "Warsaw PL", "Gothenburg SE", "Oslo NO",
    ],
    "columbus": [
        "Atlanta US", "Chicago US", "Dallas US", "Denver US", "Los Angeles US", "Seattle US", "Toronto CA",
        "Monterrey MX",
    ],
    "singapore": ["Bangkok TH", "Jakarta ID", "Kuala Lumpur MY", "Manila PH", "Brisbane AU", "Melbourne AU"],
}  # fmt: skip
DAYS = {"gent": 3, "columbus": 3, "singapore": 4}


def part_rows() -> Iterator[tuple[list[object], list[object]]]:
    """Yield each part's row of parts.csv and of demand.csv; dear parts come from the families named last."""
    cost, lines = draw(SEED, PARTS, [COST, LINES], SPEARMAN)
    level = LINES_A_YEAR / sum(lines)
    for number, index in enumerate(sorted(range(PARTS), key=cost.__getitem__)):
        family = FAMILIES[number * len(FAMILIES) // PARTS]
        name, yearly = f"{family}-{number:03d}", lines[index] * level
        kind = "critical" if number % 12 == 5 else "fast" if yearly > 60 else "slow" if yearly > 12 else "z"
        paid = round(cost[index], 2)
        supplier = "asia" if index % 5 < 2 else "europe"
        weight = f"{three_digits(0.9 * math.sqrt(paid / 15))} kg"
        yield (
            [name, supplier, f"{paid:.2f}", f"{paid / 0.53:.2f}", weight, kind],
            [name, f"{three_digits(yearly)} per y"],
        )


def dealer_rows() -> Iterator[list[object]]:
    """Yield the dealers with the warehouse that faces them."""
    for facing, towns in FACED.items():
        for town in towns:
            yield [town[:-3].lower().replace(" ", "-"), town, facing, f"{DAYS[facing]} d"]


def main(folder: Path = Path(__file__).parent) -> None:
    """Write parts.csv, demand.csv and dealers.csv into the folder."""
    rows = list(part_rows())
    header = ["part", "supplier", "cost", "price", "weight", "class"]
    write_csv(folder / "parts.csv", header, [part for part, _ in rows])
    write_csv(folder / "demand.csv", ["part", "orders"], [line for _, line in rows])
    write_csv(folder / "dealers.csv", ["dealer", "at", "served_by", "lead_time"], list(dealer_rows()))


if __name__ == "__main__":
    main()
