"""The worst parts are found by arrays over the whole catalog; here they are found by counting part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simnet.ledger.sums import PART
from simnet.metrics import DesignResult, compare
from simnet.report.worst import MOST, worst_parts
from simnet.units import YEAR
from tests.metrics import tiny

PARTS = 25
CATALOGS = {"a": [f"part {at}" for at in range(PARTS)], "b": [f"part {at}" for at in range(5, PARTS + 5)]}
"""Two designs that share most of their parts, each under another number."""
BASE = {name: tiny.design(name) for name in CATALOGS}
MISSED = st.lists(st.lists(st.integers(0, 3), min_size=PARTS, max_size=PARTS), min_size=3, max_size=3)
"""Lines not on the shelf, by replication and part: few values, so that many parts are equally bad."""


def missing(design: DesignResult, missed: Sequence[Sequence[int]]) -> DesignResult:
    """The design with other sums of parts: ten lines of each that was asked, so many of them not on the shelf."""
    sums = []
    for each, lines in zip(design.sums, missed, strict=True):
        asked = [part for part, count in enumerate(lines) if count]
        rows = np.zeros(len(asked), dtype=PART)
        rows["part"], rows["lines"] = asked, 10
        rows["filled_lines"] = [10 - lines[part] for part in asked]
        sums.append(replace(each, part=rows))
    return replace(design, sums=tuple(sums))


def counted(designs: dict[str, Sequence[Sequence[int]]]) -> dict[str, float]:
    """The mean lines of each part in the design where it is worst, by name."""
    found: dict[str, float] = {}
    for name, missed in designs.items():
        rates = [YEAR / each.minutes for each in BASE[name].sums]
        for part, title in enumerate(CATALOGS[name]):
            lines = sum(own[part] * rate for own, rate in zip(missed, rates, strict=True)) / len(rates)
            if lines:
                found[title] = max(found.get(title, 0.0), lines)
    return found


@given(MISSED, MISSED)
def test_the_worst_parts_are_those_that_counting_finds(one: list[list[int]], other: list[list[int]]) -> None:
    """The ten worst by any design, worst first, under the right names; the head tells how many there are."""
    designs = {"a": one, "b": other}
    grid = worst_parts(compare([missing(BASE[name], missed) for name, missed in designs.items()]), CATALOGS)
    expected = counted(designs)
    shown = [expected[name] for (name,), _ in grid.rows]
    np.testing.assert_allclose(shown, sorted(expected.values(), reverse=True)[:MOST])
    assert len({names for names, _ in grid.rows}) == min(MOST, len(expected))
    if len(expected) > MOST:
        assert grid.title == f"Worst parts by lines not on the shelf: {MOST} of {len(expected)}"


def test_equal_parts_come_in_the_order_of_the_catalog() -> None:
    """Of parts that are equally bad the first of the catalog are shown; a design without the part has a dash."""
    designs = [missing(BASE["a"], [[2] * PARTS] * 3), missing(BASE["b"], [[1] * PARTS] * 3)]
    grid = worst_parts(compare(designs), CATALOGS)
    assert [name for (name,), _ in grid.rows] == CATALOGS["a"][:MOST]
    assert [cells[1].value for _, cells in grid.rows] == ["-"] * 5 + [grid.rows[-1][1][1].value] * 5
    assert grid.rows[-1][1][1].value != "-"
