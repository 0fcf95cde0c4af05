"""A catalog as the files of a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from simnet.catalog.measured import SUPPLIER_CV
from simnet.catalog.parts import CLASSES, DEMAND_HEADER, PART_HEADER, Parts, demand_rows, draw_parts, part_rows
from simnet.catalog.plan import Plan
from simnet.catalog.sites import DEALER_HEADER, dealer_rows, warehouses

NOT_STOCKED = {"dealer": ("slow", "rare"), "support": ("rare",)}
"""By tier: the classes that it does not stock, those of the first tier among others those of the next."""
TEMPLATE = Path(__file__).with_name("network.yaml")


def write(folder: Path, name: str, shown: str, plan: Plan) -> Parts:
    """Write NAME.yaml and its three tables into a folder that is there; `shown` is the name as a YAML value."""
    parts = draw_parts(plan)
    table(folder / "parts.csv", PART_HEADER, part_rows(parts))
    table(folder / "dealers.csv", DEALER_HEADER, dealer_rows(plan))
    table(folder / "demand.csv", DEMAND_HEADER, demand_rows(parts))
    text = TEMPLATE.read_text(encoding="utf-8")
    for word, value in words(name, shown, plan, parts).items():
        text = text.replace(f"@{word}@", value)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    return parts


def words(name: str, shown: str, plan: Plan, parts: Parts) -> dict[str, str]:
    """What the template leaves open."""
    count = np.bincount(parts.kind, minlength=len(CLASSES))
    days = [
        f"  s{at + 1:02}: {{lead_time: {{mean: {day} d, cv: {SUPPLIER_CV}}}}}\n"
        for at, day in enumerate(parts.supplier_days.tolist())
    ]
    sites = f"{plan.regions:,} regional and {plan.support:,} support warehouses, {plan.dealers:,} dealers"
    return {
        "FILE": f"{name}.yaml",
        "NAME": shown,
        "PARTS": f"{plan.parts:,}",
        "SITES": f"1 central, {sites}",
        "LINES": f"{plan.lines:,}",
        "PAIRS": f"{int(parts.sites.sum()):,}",
        "CLASSES": ", ".join(f"{number:,} {each}" for each, number in zip(CLASSES, count.tolist(), strict=True)),
        "SEED": str(plan.seed),
        "RULES": "".join(rules({CLASSES[kind] for kind in np.flatnonzero(count).tolist()})).rstrip("\n"),
        "SUPPLIERS": "".join(days).rstrip("\n"),
        "WAREHOUSES": "".join(warehouses(plan)).rstrip("\n"),
    }


def rules(there: set[str]) -> Iterator[str]:
    """Which classes are not stocked where, as far as there are parts of them."""
    for number, (tier, kinds) in enumerate(NOT_STOCKED.items()):
        named = [kind for kind in kinds if kind in there]
        if not number:
            yield "  rules:                            # the first that fits wins\n" if named else "  rules: []\n"
        if named:
            yield f"    - {{when: {{tier: {tier}, class: [{', '.join(named)}]}}, policy: none}}\n"


def table(path: Path, header: Sequence[str], rows: Iterable[str]) -> None:
    """Write a table with plain line ends, the same on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(header) + "\n")
        file.writelines(rows)
