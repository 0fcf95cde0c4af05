"""Every case of the oracle file that the present features express, in both clocks.

The file is the one that SIMNET_ORACLES names, else ../shared/oracles/open.json beside the checkout. A case becomes a
scenario file, is read with `sn.load` and run with `Study.run`; what the language does not say (a rate that is a sine)
is given through `Study.use`. The measures come from the tallies, and where a KPI says the same, the KPI must agree.

Passed is |simulated - exact| <= 4 SE + tolerance for the case's own measure and 5 SE + 1e-9 for those beside it. SE is
that of a ratio of sums over at least 400 independent worlds (100 in the SimPy clock): the parts of the scenario, all
alike, times its replications. The seed is fixed, so a run is repeatable; over other files or seeds a right simulator
fails one comparison of 16,000 at 4 SE and of 1.7 million at 5 SE. The summary adds this up. Nothing is tried twice.
What fewer than 300 events of a run make up is not compared in it, as its standard error would mean nothing.

Quick runs take 1 to 3 million orders in the compiled clock, as many as the file's own `check` says are needed for
a relative standard error of 0.05 %, and 30,000 in the SimPy clock, whose tallies must also equal those of the compiled
clock to the last integer. The runs marked `long` take ten times as many. Units of time are explained in `say.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simnet.study import Result
from tests.oracles.cases import Case, Inexpressible, oracle_file, read_cases
from tests.oracles.conftest import KEY
from tests.oracles.kpis import check_kpis
from tests.oracles.ledgers import LEDGERS
from tests.oracles.say import Effort
from tests.oracles.system import System
from tests.oracles.systems import JOBS, system_of
from tests.oracles.verdict import NOT_TALLIED, Verdict, perform

Record = Callable[[str, object], None]

CASES = [case for case in read_cases() if case.system not in (*LEDGERS, JOBS)]
ALL = pytest.mark.parametrize("case", CASES, ids=[f"{case.id}-{case.system}" for case in CASES])
SIMPY = Effort(orders=3e4, parts=5)


def system_or_skip(case: Case, engine: str, record_property: Record) -> System:
    """The case's system, or a skip with its reason."""
    try:
        system = system_of(case)
        if system.acting and engine == "compiled":
            raise Inexpressible("a policy that decides inside the run needs the SimPy clock")
    except Inexpressible as lacking:
        skipped = {"id": case.id, "system": case.system, "engine": engine, "skipped": str(lacking)}
        record_property(KEY, skipped)
        pytest.skip(str(lacking))
    return system


def settle(verdict: Verdict, record_property: Record) -> None:
    """Write the verdict down; fail if a measure is out of bounds, skip if the case's own is not tallied."""
    record_property(KEY, verdict.record())
    verdict.check()
    if verdict.case.measure in verdict.missing:
        pytest.skip(NOT_TALLIED.get(verdict.case.measure, f"{verdict.case.measure} is not known here"))


def test_the_file_is_there() -> None:
    """The file that is named, or lies beside the checkout, holds cases."""
    if oracle_file() is None:
        pytest.skip("no oracle file beside the checkout")
    assert CASES


@ALL
def test_compiled_clock(case: Case, tmp_path: Path, record_property: Record) -> None:
    """The compiled clock reaches the exact values, and the KPIs say what the tallies say."""
    system = system_or_skip(case, "compiled", record_property)
    verdict, result = perform(case, system, tmp_path, "compiled", Effort(case.orders, parts=20))
    check_kpis(result, system, verdict.length.minutes)
    settle(verdict, record_property)


@ALL
def test_simpy_clock(case: Case, tmp_path: Path, record_property: Record) -> None:
    """The SimPy clock reaches the exact values, and its tallies are those of the compiled clock."""
    system = system_or_skip(case, "simpy", record_property)
    verdict, result = perform(case, system, tmp_path, "simpy", SIMPY)
    if not system.acting:
        same_in_compiled(result)
    settle(verdict, record_property)


def same_in_compiled(result: Result) -> None:
    """The same question in the compiled clock gives the same integers."""
    study, design = result.asked[0]
    other = study.run(design, engine="compiled", folder=None, workers=1)
    for run, twin in zip(result.runs[0], other.runs[0], strict=True):
        assert run.tally.same_as(twin.tally)


@pytest.mark.long
@ALL
def test_long_runs(case: Case, tmp_path: Path, record_property: Record) -> None:
    """Ten times the orders: a bias a third as large would show."""
    system = system_or_skip(case, "compiled", record_property)
    verdict, _ = perform(case, system, tmp_path, "compiled", Effort(10 * case.orders, parts=20))
    settle(verdict, record_property)
