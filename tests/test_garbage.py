"""The collector rests, and is left as it was."""

from __future__ import annotations

import gc

import pytest

from simnet.garbage import collecting_nothing


@pytest.mark.parametrize("was", [True, False])
def test_the_collector_rests_and_is_as_it_was(was: bool) -> None:
    """Off meanwhile, also where the work fails; on again only where it was on."""
    before = gc.isenabled()
    try:
        (gc.enable if was else gc.disable)()
        with pytest.raises(ZeroDivisionError), collecting_nothing():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert gc.isenabled() is was
    finally:
        (gc.enable if before else gc.disable)()
