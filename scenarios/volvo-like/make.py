"""Write the tables of the volvo-like scenario: `python scenarios/volvo-like/make.py`.

Inspired by public figures on Volvo's parts network; it is not Volvo's data. Each figure stands beside its
source; what has no source says "assumed". Sources by short name:

[facts]   trucknews.com (Milton, 2019), supplychaindive.com (Tacoma, 2025), rivieramm.com (Ghent, 2013),
          commercialappeal.com (Byhalia, about 2014), adjoriparana.com.br (Sao Jose dos Pinhais, 2025),
          pmvmiddleeast.com (Dubai, 2019), truckfocus.pl (deliveries January to November 2006)
[raf], [parts], [oil]  shapes of real spare parts: simnet/catalog/measured.py
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

from simnet.catalog.measured import COST, DELIVERY, PIECES, SIZE, SPEARMAN, weight_kg  # noqa: E402

PARTS = 2_000
SEED = 20_260_101

# Order lines a year over dealers served, Tacoma [facts]; a dealer here has three outlets (assumed). It sets the
# level of the demand, PIECES its shape.
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
    dealers = [[name, at, FACING[name], f"{dealer_days(name)} d", f"{share[name]:.3f}"] for name, at in DEALERS.items()]
    write_csv(folder / "dealers.csv", ["dealer", "at", "served_by", "lead_time", "share"], dealers)
    (folder / "network.yaml").write_text(network_yaml(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
