"""The collector rests or leaves alone what was there, and is left as it was."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from simnet.garbage import collecting_nothing, set_aside
from simnet.study import load

MINIMAL = Path(__file__).parents[1] / "scenarios" / "minimal.yaml"


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


def test_answers_in_a_loop_leave_no_garbage_behind(tmp_path: Path) -> None:
    """A program that asks again and again has its own garbage found as ever: only large catalogs are set aside."""
    frozen: list[int] = []
    load(MINIMAL).run(folder=None, replications=1, progress=lambda done, of: frozen.append(gc.get_freeze_count()))
    assert frozen and set(frozen) == {0}


def test_what_somebody_else_set_aside_stays_there() -> None:
    """A program that froze its objects finds them frozen afterwards."""
    gc.freeze()
    try:
        with set_aside():
            pass
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()
