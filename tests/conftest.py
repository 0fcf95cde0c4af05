"""What all tests may ask for: both clocks by one fixture. Without Numba, tests of the compiled clock are skipped.

A shell that runs the tests in the background has them ignore Ctrl-C, and all their children, which then cannot
be stopped as a person would. Here it is heard again.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from simnet.engine.simulate import no_compiler
from simnet.errors import SimnetError

CLOCKS = ("simpy", "compiled")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(params=CLOCKS)
def clock(request: pytest.FixtureRequest) -> str:
    """Name each clock in turn: what holds for one of them must hold for the other."""
    return str(request.param)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """A test that asks for the compiled clock by name, where there is none, is skipped and says why."""
    try:
        yield
    except (SimnetError, ModuleNotFoundError) as error:
        lacking = no_compiler()
        if lacking and (lacking[0] in str(error) or "numba" in str(error)):
            pytest.skip(lacking[0])
        raise
