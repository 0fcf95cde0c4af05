"""The scene of a result: its comparison, and what of its scenarios charts draw beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.report.scene import Scene

if TYPE_CHECKING:
    from simnet.study.result import Result

MOST_MAPPED = 12
"""Designs of which there are maps; a sweep may have hundreds."""


def scene(result: Result) -> Scene:
    """What the charts of a result draw."""
    from simnet.study.atlas import atlas

    known = list(zip(result.comparison.results, result.asked, result.seen, strict=False))
    places = {
        each.name: atlas(study.design(name), each, seen.supplied) for each, (study, name), seen in known[:MOST_MAPPED]
    }
    demand = {each.name: seen.demand for each, _, seen in known if seen.demand is not None}
    return Scene(result.comparison, places, demand)
