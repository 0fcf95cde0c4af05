"""The comparison for machines and for other documents: JSON, CSV and Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from simnet.metrics import Comparison
from simnet.report.numbers import clean
from simnet.report.rows import notes, rows

FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "design",
    "kpi",
    "title",
    "unit",
    "mean",
    "half_width",
    "difference",
    "difference_half_width",
    "verdict",
)


def as_json(comparison: Comparison, provenance: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`{"designs": {NAME: {KPI: {"mean", "half_width", "unit"}}}, "provenance": {...}}`; None is null."""
    designs = {
        name: {
            key: {"mean": found.mean, "half_width": found.half_width, "unit": found.unit}
            for key, found in levels.items()
        }
        for name, levels in comparison.levels.items()
    }
    return {"designs": designs, "provenance": dict(provenance or {})}


def as_csv(comparison: Comparison, keys: Iterable[str] | None = None) -> str:
    """A line a design and KPI (all of them, unless `keys` are given), with the difference to the first."""
    chosen = list(comparison.kpis) if keys is None else list(keys)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name in comparison.designs:
        for key in chosen:
            if comparison.level(name, key) is not None:
                writer.writerow([harmless(name), harmless(key), *numbers(comparison, name, key)])
    return out.getvalue()


def numbers(comparison: Comparison, name: str, key: str) -> list[Any]:
    """Title, unit and numbers of one line of the CSV; empty where there is none."""
    level = comparison.level(name, key)
    assert level is not None
    cells = [harmless(comparison.kpi(key).title), level.unit, level.mean, level.half_width]
    change = comparison.difference(name, key)
    if change is None:
        return [*cells, None, None, None]
    return [*cells, change.mean, change.half_width, change.verdict]


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula, written so that it does not."""
    return "'" + text if text.startswith(FORMULA) else text


def as_markdown(comparison: Comparison, keys: Iterable[str] | None = None) -> str:
    """The comparison table as Markdown, with its notes."""
    found = rows(comparison, keys)
    lines = [
        "| | " + " | ".join(quiet(name) for name in comparison.designs) + " |",
        "|---|" + "---:|" * len(comparison.designs),
        *("| " + " | ".join([quiet(row.title), *map(str, row.cells)]) + " |" for row in found),
        "",
        *(f"{note}  " for note in notes(comparison)),
    ]
    return "\n".join(line.rstrip() if line.startswith("|") else line for line in lines) + "\n"


def quiet(name: str) -> str:
    """A name that Markdown leaves alone."""
    return "".join("\\" + char if char in "\\`*_[]<>|#" else char for char in clean(name))
