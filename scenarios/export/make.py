"""Write `bestellungen.csv`: an export as an ERP makes it, from the orders of the starter network. All made up.

Semicolons, Windows-1252, German headings, days first, decimal commas, a return now and then; 93 % of the lines are
delivered in two days, the others two weeks later on average, and what was not delivered by the end of 2025 is open.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
STARTER = HERE.parents[1] / "simnet" / "cli" / "starter"
HEADINGS = ("Auftrag", "Bestelldatum", "Teile-Nr.", "Menge", "Händler", "Lieferdatum", "Preis")
LAST = date(2025, 12, 31)


def text() -> str:
    """The export."""
    luck = Random(5)
    with (STARTER / "parts.csv").open(newline="") as file:
        prices = {row["part"]: row["price"].split()[0].replace(".", ",") for row in csv.DictReader(file)}
    with (STARTER / "orders.csv").open(newline="") as file:
        orders = list(csv.DictReader(file))
    lines = [";".join(HEADINGS)]
    for number, row in enumerate(orders):
        asked = date.fromisoformat(row["date"])
        done = asked + timedelta(days=2 if luck.random() < 0.93 else 3 + int(luck.random() * 26))
        sign = "-" if number % 250 == 249 else ""
        cells = (
            90000 + number, f"{asked:%d.%m.%Y}", row["part"], f"{sign}{row['quantity']}", row["dealer"],
            f"{done:%d.%m.%Y}" if done <= LAST else "", prices[row["part"]],
        )  # fmt: skip
        lines.append(";".join(map(str, cells)))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (HERE / "bestellungen.csv").write_bytes(text().encode("cp1252"))
