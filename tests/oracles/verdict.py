"""What a run of a case is held to, and what is written down of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scipy import stats

from simnet.study import Result
from tests.oracles.cases import Case
from tests.oracles.say import Effort, Length, length_of, write
from tests.oracles.system import System
from tests.oracles.worlds import Found, estimate, worlds_of

OWN_BOUND, ALSO_BOUND = 4.0, 5.0
"""Standard errors allowed of a case's own measure (CONVENTIONS.md), and of the others beside it."""
MANY = 100
"""Batches from which the normal law stands for Student's."""
ROUNDING = 1e-9
NOT_TALLIED: Mapping[str, str] = {
    "on_hand_before_receipt": "the tally keeps averages over all time, not over the moments before receipts",
    "backorders_before_receipt": "the tally keeps averages over all time, not over the moments before receipts",
    "p_no_stockout_period": "the tally keeps pieces owed, not the time in which none is owed",
}


FEWEST_EVENTS = 300
"""Under so many expected events in a run (pieces that wait, say) its standard error cannot be trusted."""
SHARES = ("fill", "_complete", "ready_rate", "lost_fraction", "lateral", "emergency", "direct", "outside")
NUMBERED = re.compile(r"_(class)?\d+$")
"""At the end of a measure: the site or order class that it is of."""


def events(system: System, measure: str, value: float, orders: float) -> float:
    """Events that make up a measure, to be expected in a run: pieces that do, or do not, what it counts."""
    name = NUMBERED.sub("", measure.rpartition(".")[2])
    if name.endswith(SHARES) or name.startswith("fill_within"):
        return orders * min(value, 1 - value)
    per_order = {"backorders": 1.0, "mean_wait": system.orders, "lost_rate": 1 / system.orders}
    return orders * value * per_order[name] if name in per_order else orders


def bound(sigmas: float, batches: int) -> float:
    """Standard errors that are as rare under Student's law as `sigmas` under the normal one."""
    if batches >= MANY:
        return sigmas
    return float(stats.t.isf(stats.norm.sf(sigmas), batches - 1))


def false_alarm(sigmas: float) -> float:
    """The chance that a right simulator fails one comparison."""
    return float(2 * stats.norm.sf(sigmas))


@dataclass(frozen=True)
class Compared:
    """One measure of one run beside its exact value."""

    measure: str
    value: float
    found: float
    error: float
    z: float
    """Standard errors by which they differ, beyond the tolerance."""
    allowed: float

    @property
    def holds(self) -> bool:
        """Whether |found - value| <= allowed x standard error + tolerance."""
        return self.z <= self.allowed


def compared(case: Case, measure: str, found: Found) -> Compared:
    """The verdict on one measure."""
    value = case.values[measure]
    off = max(found.value - value, value - found.value - found.slack)
    beyond = max(off - case.tolerance_of(measure) - ROUNDING * abs(value), 0.0)
    z = beyond / found.error if found.error > 0 else (0.0 if beyond == 0 else float("inf"))
    sigmas = OWN_BOUND if measure == case.measure else ALSO_BOUND
    return Compared(measure, value, found.value, found.error, z, bound(sigmas, found.batches))


@dataclass(frozen=True)
class Verdict:
    """All measures of one run of a case."""

    case: Case
    engine: str
    length: Length
    orders: float
    compared: tuple[Compared, ...]
    missing: tuple[str, ...]
    """Measures that the tally does not tell."""
    rare: tuple[str, ...]
    """Measures that too few events of the run make up."""

    def check(self) -> None:
        """Fail with every measure that is out of bounds."""
        wrong = [each for each in self.compared if not each.holds]
        assert not wrong, "\n".join(
            f"{self.case.id} {each.measure}: {each.found:.6g} +- {each.error:.2g}, exact {each.value:.6g}, "
            f"|z| {each.z:.1f} > {each.allowed:.1f}"
            for each in wrong
        )

    def record(self) -> dict[str, Any]:
        """What the summary shows."""
        own = next((each for each in self.compared if each.measure == self.case.measure), None)
        worst = max(self.compared, key=lambda each: each.z, default=None)
        return {
            "id": self.case.id,
            "system": self.case.system,
            "measure": self.case.measure,
            "engine": self.engine,
            "orders": self.orders,
            "own": own and asdict(own),
            "worst": worst and asdict(worst),
            "count": len(self.compared),
            "missing": list(self.missing),
            "rare": list(self.rare),
        }


def perform(case: Case, system: System, folder: Path, engine: str, effort: Effort) -> tuple[Verdict, Result]:
    """Run a case through its scenario file, audit included, and compare every measure that it tells."""
    length = length_of(system, effort.pooled() if system.pooled else effort)
    study = write(folder, case.id, system, length)
    result = study.run(engine=engine, folder=None, workers=1)
    assert {run.engine for run in result.runs[0]} == {engine}
    worlds = worlds_of(result, length.minutes)
    classes = len(worlds.network.order_classes)
    orders = sum(int(each.flow["lines"].reshape(-1, classes)[:, 1:].sum()) for each in worlds.tallies)
    known = [name for name in case.values if name in system.measures]
    rare = tuple(name for name in known if 0 < events(system, name, case.values[name], orders) < FEWEST_EVENTS)
    rows = tuple(compared(case, name, estimate(worlds, system.measures[name])) for name in known if name not in rare)
    missing = tuple(name for name in case.values if name not in system.measures)
    return Verdict(case, engine, length, orders, rows, missing, rare), result
