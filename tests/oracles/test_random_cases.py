"""Random parameters against the exact formulas: whatever the numbers, the simulation agrees.

Every case is made from its number, so it is the same each time. 300,000 orders each; every measure is held to 5 SE, so
over some 300 comparisons a right simulator raises a false alarm at one choice of numbers in 6,000.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tests.oracles.cases import exact_module
from tests.oracles.chances import Maker
from tests.oracles.random_cases import MAKERS, make
from tests.oracles.random_flows import FLOW_MAKERS
from tests.oracles.say import Effort
from tests.oracles.systems import system_of
from tests.oracles.verdict import perform

QUICK, LONG = 3, 12
ALL = (*MAKERS, *FLOW_MAKERS)


@pytest.fixture(scope="module")
def exact() -> ModuleType:
    """The exact formulas, where they are at hand."""
    found = exact_module()
    if found is None:
        pytest.skip("no exact.py beside the oracle file")
    return found


def run(maker: Maker, number: int, exact: ModuleType, folder: Path, orders: float) -> None:
    """One case of chance in the compiled clock."""
    case = make(maker, number, exact)
    verdict, _ = perform(case, system_of(case), folder, "compiled", Effort(orders, parts=20))
    assert verdict.compared
    verdict.check()


@pytest.mark.parametrize("number", range(QUICK))
@pytest.mark.parametrize("maker", ALL, ids=lambda maker: maker.__name__)
def test_random_case(maker: Maker, number: int, exact: ModuleType, tmp_path: Path) -> None:
    """The exact figures hold at parameters that nobody chose."""
    run(maker, number, exact, tmp_path, 3e5)


@pytest.mark.long
@pytest.mark.parametrize("number", range(QUICK, QUICK + LONG))
@pytest.mark.parametrize("maker", ALL, ids=lambda maker: maker.__name__)
def test_more_random_cases(maker: Maker, number: int, exact: ModuleType, tmp_path: Path) -> None:
    """More parameters, longer runs."""
    run(maker, number, exact, tmp_path, 3e6)
