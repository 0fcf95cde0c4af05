"""The oracle file: exact and published values of systems that theory can solve, and where it lies.

Its format and the meaning of every key are in CONVENTIONS.md beside it. Another file of the same format is
named by the environment variable SIMNET_ORACLES.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

VARIABLE = "SIMNET_ORACLES"
BESIDE = Path(__file__).parents[3] / "shared" / "oracles" / "open.json"
"""Where the file lies unless the variable says otherwise: beside the checkout."""


class Inexpressible(Exception):
    """What a case needs and the present features lack; the case is skipped with this reason."""


@dataclass(frozen=True)
class Case:
    """One system, its parameters and what theory says of it; times are in the case's own unit."""

    id: str
    system: str
    parameters: Mapping[str, Any]
    values: Mapping[str, float]
    """By measure, the case's own first."""
    tolerance: float = 1e-9
    """Of the case's own measure: the rounding of the printed value."""
    orders: float = 3e6
    """Customers' orders after which the standard error is a quarter of a thousandth of the value, or so."""
    rows: tuple[tuple[Any, ...], ...] = ()
    """Of a ledger: what is true after each event."""
    columns: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def measure(self) -> str:
        """The measure that the case is about."""
        return next(iter(self.values))

    def tolerance_of(self, measure: str) -> float:
        """Printed digits bound the case's own value; `also` is computed to 1e-9."""
        return self.tolerance if measure == self.measure else 1e-9


WANTED, FEWEST, MOST = 5e-4, 1e6, 3e6
"""Relative standard error wanted of a case's own measure, and the orders that a quick run may take for it."""


def orders_for(raw: Mapping[str, Any]) -> float:
    """Orders for the wanted standard error, from that of the file's own brute-force run."""
    check = raw.get("check", {})
    if "se" not in check or not raw["value"]:
        return 3e6
    wanted = WANTED * abs(raw["value"])
    return float(min(max(check["arrivals"] * (check["se"] / wanted) ** 2, FEWEST), MOST))


def case_of(raw: Mapping[str, Any]) -> Case:
    """One entry of the file. Keys of `also` that begin with METRIC_ are approximations and are left out."""
    also = {name: value for name, value in raw.get("also", {}).items() if not name.startswith("METRIC_")}
    return Case(
        id=raw["id"],
        system=raw["system"],
        parameters=raw["parameters"],
        values={raw["measure"]: raw["value"], **also},
        tolerance=raw["tolerance"],
        orders=orders_for(raw),
        rows=tuple(tuple(row) for row in raw.get("rows", ())),
        columns=tuple(raw.get("row_columns", ())),
        raw=raw,
    )


def oracle_file() -> Path | None:
    """The file to run, or None where there is none; a file that is named must be there."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    return BESIDE if BESIDE.is_file() else None


def read_cases() -> list[Case]:
    """All cases of the file."""
    path = oracle_file()
    if path is None:
        return []
    return [case_of(raw) for raw in json.loads(path.read_text("utf-8"))["cases"]]


def exact_module() -> ModuleType | None:
    """The exact formulas that lie beside the oracle file, where they are at hand."""
    path = (oracle_file() or BESIDE).with_name("exact.py")
    path = path if path.is_file() else BESIDE.with_name("exact.py")
    spec = importlib.util.spec_from_file_location("oracles_exact", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
