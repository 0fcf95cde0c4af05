"""The scene of a result: its comparison, and what of its scenarios charts draw beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.report.scene import Scene

if TYPE_CHECKING:
    from simnet.study.result import Result


def scene(result: Result) -> Scene:
    """What the charts of a result draw."""
    return Scene(result.comparison)
