"""Ledgers, event by event: printed traces of one and of two levels, in both clocks, to the last piece."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.oracles.cases import Case, read_cases
from tests.oracles.conftest import KEY
from tests.oracles.ledgers import LEDGERS, events, followed_at_once, same

CASES = [case for case in read_cases() if case.system in LEDGERS]
ALL = pytest.mark.parametrize("case", CASES, ids=[f"{case.id}-{case.system}" for case in CASES])
BOTH = pytest.mark.parametrize("engine", ["simpy", "compiled"])


@BOTH
@ALL
def test_rows(case: Case, engine: str, tmp_path: Path) -> None:
    """After each event all that the ledger prints is true."""
    world = LEDGERS[case.system](case, tmp_path, engine)
    for row, (time, event, demands), between in zip(case.rows, events(case), followed_at_once(case), strict=True):
        printed = dict(zip(case.columns, row, strict=True))
        if between:
            printed = {name: printed[name] for name in ("time", "event", "received") if name in printed}
        found = world.row(time, event, demands)
        wrong = {name: (found[name], value) for name, value in printed.items() if not same(found[name], value)}
        assert not wrong, f"at {time} after {event}: (found, printed) {wrong}"


@BOTH
@ALL
def test_totals(case: Case, engine: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """The totals at the end are those that are printed."""
    totals = LEDGERS[case.system](case, tmp_path, engine).totals()
    known = {name: value for name, value in case.values.items() if name in totals}
    missing = sorted(set(case.values) - set(known))
    own = {"z": 0.0, "measure": case.measure} if case.measure in known else None
    record = {"id": case.id, "system": case.system, "engine": engine, "orders": len(case.rows), "own": own}
    record_property(KEY, {**record, "measure": case.measure, "worst": own, "count": len(known), "missing": missing})
    wrong = {name: (totals[name], value) for name, value in known.items() if not same(totals[name], value)}
    assert not wrong, f"(found, printed) {wrong}"
    assert own, f"{case.measure} is not known here"
