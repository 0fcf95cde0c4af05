"""The collector rests or leaves alone what was there, and is left as it was."""

from __future__ import annotations

import gc

import pytest

from simnet.garbage import collecting_nothing, set_aside


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


def test_what_was_there_is_set_aside_and_comes_back() -> None:
    """Nobody looks at it meanwhile, also where the work fails; garbage made meanwhile is found as ever."""
    gc.collect()
    assert gc.get_freeze_count() == 0
    with pytest.raises(ZeroDivisionError), set_aside():
        assert gc.get_freeze_count() > 1000
        mine: list[object] = []
        mine.append(mine)
        del mine
        assert gc.collect() >= 1
        raise ZeroDivisionError
    assert gc.get_freeze_count() == 0


def test_what_somebody_else_set_aside_stays_there() -> None:
    """A program that froze its objects finds them frozen afterwards."""
    gc.freeze()
    try:
        with set_aside():
            pass
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()
