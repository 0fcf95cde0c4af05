"""The clean table of orders, the lines left out, and a scenario around them that runs at once."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.intake import facts
from simnet.intake.cells import amounts, names
from simnet.intake.coded import Days
from simnet.intake.dates import written
from simnet.intake.history import Imported
from simnet.scenario.escaped import escaped

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEMPLATE = Path(__file__).parent / "network.yaml"
ORDERS, REJECTED = "orders.csv", "orders.rejected.csv"
SUPPLIER_LEAD_TIME, DEALER_LEAD_TIME = "{mean: 30 d, cv: 0.5}", "2 d"
FROM_STOCK = 25
"""Percentile of a dealer's waits taken as the way from the shelf: lines that fast were in stock."""
LEAST_MONTHS = 9
"""Months of history from which a third is warm-up."""
LEAST_KNOWN = 20
"""Delivered lines of a dealer from which its own way is told."""
WAREHOUSE = """\
warehouses:               # assumed
  {central}: {{tier: central, refilled_by: {supplier}}}

"""
NO_SHELF = """\
  tiers:
    dealer: {policy: none}      # the lines are orders on the warehouse; for dealers with shelves: {target: 80 %}
"""
_PLAIN_YAML = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def write_orders(found: Imported, path: Path) -> list[str]:
    """The lines that count, with ISO dates; names that a spreadsheet would run are escaped; the columns."""
    columns: dict[str, Iterable[str]] = {
        "part": coded(found.part, [escaped(name) for name in found.parts]),
        "date": texts_of(found.day),
        "quantity": map(str, found.quantity.tolist()),
    }
    if found.dealer is not None:
        columns["dealer"] = coded(found.dealer, [escaped(name) for name in found.dealers])
    if found.delivered is not None:
        columns["delivered"] = texts_of(found.delivered, facts.delivered(found) >= 0)
        if found.promised is not None:
            columns["promised"] = texts_of(found.promised)
    write_csv(path, list(columns), zip(*columns.values(), strict=True))
    return list(columns)


def write_rejected(found: Imported, path: Path) -> None:
    """The lines left out as they stand in the file, each with its line and the reason."""
    rows = []
    for lines, cells in found.source.chunks():
        for line, row in zip(lines, cells, strict=True):
            if line in found.faults:
                rows.append([str(line), found.faults[line], *map(escaped, row)])
    write_csv(path, ["line", "reason", *map(escaped, found.columns.header)], rows)


def coded(codes: NDArray[Any], texts: Sequence[str]) -> list[str]:
    """The text of each row."""
    return [texts[code] for code in codes.tolist()]


def texts_of(days: Days, known: NDArray[Any] | None = None) -> list[str]:
    """The text of each day; empty where it is not known."""
    texts = [written((year, month, day)) if year else "" for year, month, day in days.different.tolist()]
    if known is None:
        return coded(days.codes, texts)
    return coded(np.where(known, days.codes, len(texts)), [*texts, ""])


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


@dataclass(frozen=True)
class Sites:
    """The sites that are assumed around a history."""

    supplier: str
    central: str | None
    """The warehouse that serves the dealers; None: the one store orders from the supplier itself."""
    dealers: tuple[str, ...]

    @classmethod
    def of(cls, found: Imported) -> Sites:
        """A warehouse where dealers are told apart or deliveries take their time, else one store with a shelf."""
        if found.dealer is None and found.delivered is None:
            return cls("supplier", None, ("store",))
        dealers = found.dealers or ["customers"]
        central = free_name("central", dealers)
        return cls(free_name("supplier", [*dealers, central]), central, tuple(dealers))


def write_folder(found: Imported, folder: Path, name: str, money: str) -> dict[str, str]:
    """The scenario NAME.yaml and its tables; returns each file with what it holds."""
    months, sites = facts.part_months(found), Sites.of(found)
    files = {f"{name}.yaml": "the scenario: what the history does not say is assumed"}
    files["parts.csv"] = ", ".join(write_parts(found, folder / "parts.csv", months, money))
    files["dealers.csv"] = ", ".join(write_dealers(found, folder / "dealers.csv", sites))
    columns = ", ".join(write_orders(found, folder / ORDERS))
    files[ORDERS] = f"{columns}: {counted(len(found), 'line')}"
    if found.faults:
        write_rejected(found, folder / REJECTED)
        files[REJECTED] = f"{counted(len(found.faults), 'line')} left out, each with its reason"
    (folder / f"{name}.yaml").write_text(scenario(found, name, months, sites, money), encoding="utf-8")
    return files


def write_parts(found: Imported, path: Path, months: facts.PartMonths, money: str) -> list[str]:
    """The parts with what the history says of them; the columns written."""
    columns: dict[str, list[str]] = {"part": [escaped(name) for name in found.parts]}
    for role in ("cost", "price"):
        if role in found.raw.columns:
            read = amounts(found.texts(role), found.decimals.sign or ".")
            columns[role] = [amount(each, money) for each in facts.medians(found, role, read)]
    if "class" in found.raw.columns:
        columns["class"] = part_classes(found)
    elif months.tell_classes:
        columns["class"] = list(months.classes)
    write_csv(path, list(columns), zip(*columns.values(), strict=True))
    return list(columns)


def amount(value: Decimal | None, money: str) -> str:
    """An amount as the scenario language writes it, to the last digit it counts."""
    if value is None:
        return ""
    cents, fine = round(value, 2), round(value, 4)
    return f"{cents if cents == fine else fine:f} {money}"


def part_classes(found: Imported) -> list[str]:
    """The class that the first line of each part gives."""
    texts = names(found.texts("class"), "class").values
    codes = found.raw.columns["class"].codes[found.rows]
    used = np.array([bool(text) for text in texts])[codes]
    classes = ["all"] * len(found.parts)
    for part, code in zip(found.part[used][::-1].tolist(), codes[used][::-1].tolist(), strict=True):
        classes[part] = escaped(texts[code])
    return classes


def write_dealers(found: Imported, path: Path, sites: Sites) -> list[str]:
    """The dealers, each with its way from the warehouse; the columns written."""
    columns: dict[str, Sequence[str]] = {"dealer": list(map(escaped, sites.dealers))}
    columns["served_by"] = [sites.central or sites.supplier] * len(sites.dealers)
    if sites.central is not None:
        columns["lead_time"] = ways(found, len(sites.dealers))
    write_csv(path, list(columns), zip(*columns.values(), strict=True))
    return list(columns)


def ways(found: Imported, dealers: int) -> list[str]:
    """The way to each dealer: what its fastest delivered lines took, where there are enough."""
    dealer = found.dealer if found.dealer is not None else np.zeros(len(found), dtype=np.int64)
    waits = facts.delivered(found)
    order = np.argsort(dealer, kind="stable")
    order = order[waits[order] >= 0]
    starts = np.searchsorted(dealer[order], np.arange(dealers + 1))
    made = []
    for first, last in zip(starts, starts[1:], strict=False):
        own = waits[order[first:last]]
        enough = len(own) >= LEAST_KNOWN
        made.append(f"{int(np.percentile(own, FROM_STOCK, method='lower'))} d" if enough else DEALER_LEAD_TIME)
    return made


def free_name(name: str, taken: Sequence[str]) -> str:
    """The name, or the name with a number where a dealer has it."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def scenario(found: Imported, name: str, months: facts.PartMonths, sites: Sites, money: str) -> str:
    """The scenario's text."""
    warm_up = min(12, months.months // 3) if months.months >= LEAST_MONTHS else 0
    about = f"{counted(len(found), 'line')} of {Path(found.source.name).name}, {counted(len(found.parts), 'part')}"
    supplier, central = plain(sites.supplier), sites.central and plain(sites.central)
    words = {
        "NAME": plain(name),
        "ABOUT": json.dumps(about + ", replayed over an assumed network.", ensure_ascii=False),
        "MONEY": money,
        "START": f"{months.first // 12}-{months.first % 12 + 1:02}-01",
        "WARM_UP": f"{warm_up} mo" if warm_up else "0 d",
        "LENGTH": f"{months.months - warm_up} mo",
        "SUPPLIER": supplier,
        "LEAD_TIME": SUPPLIER_LEAD_TIME,
        "SITES": WAREHOUSE.format(central=central, supplier=supplier) if central else "",
        "TIERS": NO_SHELF if central else "",
        "WAYS": way_told(found, sites),
        "COSTS": costs(found),
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    return re.sub(r"@([A-Z_]+)@", lambda match: words[match[1]], text)


def way_told(found: Imported, sites: Sites) -> str:
    """Where the lead times of dealers.csv are from."""
    if sites.central is None:
        return "one store, as the history names none"
    if found.delivered is None:
        return f"lead_time: {DEALER_LEAD_TIME} to each, assumed"
    return f"lead_time: what the fastest {FROM_STOCK} % of its lines took; {DEALER_LEAD_TIME} where few are known"


def costs(found: Imported) -> str:
    """The costs, where parts have one to count by."""
    if "cost" in found.raw.columns:
        return "costs: {holding: 22 %/y}  # assumed"
    return "# costs: {holding: 22 %/y}  # once parts.csv has a cost; until then stock is counted in pieces"


def counted(number: int, what: str) -> str:
    """`1 line`, `2,000 lines`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def plain(name: str) -> str:
    """The name as a value in YAML."""
    return name if _PLAIN_YAML.fullmatch(name) and name != "null" else json.dumps(name, ensure_ascii=False)
