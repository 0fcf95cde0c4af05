"""What all tests may ask for: both clocks by one fixture."""

from __future__ import annotations

import pytest

CLOCKS = ("simpy", "compiled")


@pytest.fixture(params=CLOCKS)
def clock(request: pytest.FixtureRequest) -> str:
    """Name each clock in turn: what holds for one of them must hold for the other."""
    return str(request.param)
