"""A part is simulated whole: one that is asked more than a machine holds is refused before anything is drawn."""

from __future__ import annotations

import pytest

import simnet as sn
from simnet.errors import SimnetError
from simnet.network.limits import MOST_LINES
from simnet.network.shard import lines_of_parts
from simnet.shipped import shipped


@pytest.mark.parametrize(("a_day", "refused"), [(12_000, False), (100_000, True)])
def test_more_lines_of_a_part_than_memory_holds(a_day: int, refused: bool) -> None:
    """The part, the lines and what to change are named."""
    sets = {"demand.orders": f"{a_day} per day", "run.length": "1 y", "run.warm_up": "1 y"}
    study = sn.load(shipped("minimal.yaml"), sets)
    if not refused:
        assert 0 < lines_of_parts(study.network()).max() <= MOST_LINES
        return
    with pytest.raises(SimnetError, match="part 'filter' is asked 146,000,000 lines in one replication") as caught:
        study.network()
    assert "shorten run.length" in str(caught.value)
