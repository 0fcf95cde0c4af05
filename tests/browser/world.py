"""A made-up network for the report to be looked at: five designs, 60 sites all over the world, order classes."""

from __future__ import annotations

import csv
import random
from pathlib import Path

DEALERS = {
    "gent": "Lyon FR, Paris FR, Hamburg DE, Madrid ES, Warsaw PL, Milan IT, Birmingham GB, Oslo NO, Helsinki FI",
    "istanbul": "Cairo EG, Riyadh SA, Dubai AE, Baku AZ, Tbilisi GE, Tehran IR, Ankara TR",
    "columbus": "Atlanta US, Chicago US, Dallas US, Denver US, Toronto CA, Monterrey MX, Houston US",
    "sao-paulo": "Lima PE, Bogota CO, Santiago CL, Buenos Aires AR, Recife BR, Manaus BR, Quito EC",
    "singapore": "Bangkok TH, Jakarta ID, Manila PH, Brisbane AU, Melbourne AU, Hanoi VN, Auckland NZ",
    "shanghai": "Seoul KR, Osaka JP, Chengdu CN, Wuhan CN, Ulan Bator MN, Taipei TW",
    "johannesburg": "Lusaka ZM, Harare ZW, Durban ZA",
    "accra": "Lagos NG, Dakar SN",
    "darwin": "Perth AU",
    "anchorage": "Seattle US",
}
"""Towns of the dealers by the warehouse that serves them."""

SCENARIO = """\
simnet: 1
name: sixty-sites
about: >-
  Construction machines on six continents. One central warehouse, five regional and four support warehouses, fifty
  dealers. Which network keeps the machines running, and what does it cost? Made up.
money: EUR
run: {start: 2026-01-01, warm_up: 1 y, length: 2 y, replications: 6, seed: 7}

suppliers:
  europe: {at: Gothenburg SE, lead_time: {mean: 35 d, cv: 0.4}}
  asia: {at: Suzhou CN, lead_time: {mean: 70 d, cv: 0.5}}

warehouses:
  gent: {tier: central, at: Gent BE, refilled_by: suppliers, allocation: rank}
  istanbul: {tier: regional, at: Istanbul TR, refilled_by: gent, refers_to: [shanghai], hold_back: 1}
  columbus: {tier: regional, at: Columbus US, refilled_by: gent, refers_to: [sao-paulo], hold_back: 1}
  sao-paulo: {tier: regional, at: São Paulo BR, refilled_by: gent, refers_to: [columbus], hold_back: 1}
  singapore: {tier: regional, at: Singapore SG, refilled_by: gent, refers_to: [shanghai], hold_back: 1}
  shanghai: {tier: regional, at: Shanghai CN, refilled_by: gent, refers_to: [singapore], hold_back: 1}
  johannesburg: {tier: support, at: Johannesburg ZA, refilled_by: gent}
  accra: {tier: support, at: Accra GH, refilled_by: gent}
  darwin: {tier: support, at: Darwin AU, refilled_by: singapore, lead_time: 30 d}
  anchorage: {tier: support, at: Anchorage US, refilled_by: columbus, lead_time: 20 d}

lanes:
  gent:
    istanbul: {mode: road, lead_time: {mean: 6 d, cv: 0.3}, cost: 0.55 EUR/kg}
    columbus: {mode: sea, lead_time: {mean: 24 d, cv: 0.35}, cost: 1.10 EUR/kg}
    sao-paulo: {mode: sea, lead_time: {mean: 28 d, cv: 0.35}, cost: 1.20 EUR/kg}
    singapore: &sea {mode: sea, lead_time: {mean: 35 d, cv: 0.35}, cost: 1.30 EUR/kg}
    shanghai: *sea
    johannesburg: {mode: air, lead_time: {mean: 6 d, cv: 0.5}, cost: 6.80 EUR/kg}
    accra: {mode: sea, lead_time: {mean: 21 d, cv: 0.5}, cost: 1.00 EUR/kg}
  singapore:
    darwin: {mode: sea, lead_time: {mean: 10 d, cv: 0.3}, cost: 0.70 EUR/kg}
  columbus:
    anchorage: {mode: road, lead_time: {mean: 8 d, cv: 0.3}, cost: 0.60 EUR/kg}

dealers: dealers.csv
parts: parts.csv
demand:
  - {table: demand.csv, columns: {part: part, orders: vor}, order_class: vor, split: share}
  - {table: demand.csv, columns: {part: part, orders: day}, order_class: day, split: share,
     size: {geometric: {mean: 1.4}}}

order_classes:
  vor: {ask: [facing, referral, central], backorder: facing, need_by: 24 h, mode: air, lead_time: 12 h,
    cost: 4 EUR/kg, surcharge: 15 %}
  day: {ask: [facing, central], backorder: facing, need_by: 72 h, mode: parcel, lead_time: 1 d, cost: 1.50 EUR/kg}

stocking:
  default: {policy: base-stock, target: 95 %, review: 1 w}
  tiers:
    central: {policy: min-max, target: 97 %, review: 1 d}
    dealer: {target: 75 %}
  classes:
    critical: {target: 98 %}
  rules:
    - {when: {tier: dealer, class: slow}, policy: none}

costs: {holding: 22 %/y, order: 6 EUR, rush: 8 EUR, backorder: 15 EUR/d, transport: 0.35 EUR/kg}

designs:
  central-only:
    warehouses: {istanbul: null, columbus: null, sao-paulo: null, singapore: null, shanghai: null}
    warehouses.darwin.refilled_by: gent
    warehouses.anchorage.refilled_by: gent
  fly-to-asia:
    lanes.gent.singapore: {mode: air, lead_time: {mean: 7 d, cv: 0.4}, cost: 5.90 EUR/kg}
    lanes.gent.shanghai: {mode: air, lead_time: {mean: 7 d, cv: 0.4}, cost: 5.90 EUR/kg}
  fuller-shelves:
    stocking.tiers.dealer.target: 90 %
  lean:
    stocking.default.target: 85 %
    stocking.tiers.central.target: 90 %
"""


def write_world(folder: Path, parts: int = 120) -> Path:
    """Write the scenario with its tables into a folder; where it is."""
    rows = [
        [town.strip()[:-3].lower().replace(" ", "-"), town.strip(), site, f"{2 + number % 4} d"]
        for site, towns in DEALERS.items()
        for number, town in enumerate(towns.split(","))
    ]
    table(folder / "dealers.csv", ["dealer", "at", "served_by", "lead_time"], rows)
    chance = random.Random(5)
    classes = ["fast"] * 2 + ["medium"] * 3 + ["slow"] * 4 + ["critical"]
    found, asked = [], []
    for number in range(parts):
        kind = classes[number % len(classes)]
        cost = round(chance.lognormvariate(3.4, 1.2), 2)
        supplier = chance.choice(["europe", "asia"])
        weight = f"{chance.lognormvariate(0, 1):.3f} kg"
        found.append([f"{4_000_000 + 911 * number}", supplier, cost, round(1.9 * cost, 2), weight, kind])
        lines = {"fast": 400, "medium": 90, "slow": 12, "critical": 60}[kind] * chance.uniform(0.5, 2)
        asked.append([found[-1][0], f"{0.15 * lines:.2f} per y", f"{0.85 * lines:.2f} per y"])
    table(folder / "parts.csv", ["part", "supplier", "cost", "price", "weight", "class"], found)
    table(folder / "demand.csv", ["part", "vor", "day"], asked)
    (folder / "sixty-sites.yaml").write_text(SCENARIO, encoding="utf-8")
    return folder / "sixty-sites.yaml"


def table(path: Path, header: list[str], rows: list[list[object]] | list[list[str]]) -> None:
    """Write a table of a scenario."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
