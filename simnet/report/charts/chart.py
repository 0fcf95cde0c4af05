"""What a chart is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from simnet.report.scene import Scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SECTIONS = ("service", "stock", "money", "tradeoff", "hurts", "assumed", "trust", "map")
"""Of the report, in which charts stand."""

Numbers = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Header and rows of a chart's own table."""

WIDTH = 5.4
"""Inches of a chart on the page."""

Subject = TypeVar("Subject")
"""What a chart draws of a scene: the comparison, unless it says otherwise."""


def the_comparison(scene: Scene) -> Any:
    """What most charts draw."""
    return scene.comparison


def nothing(_: Any) -> str:
    """No finding."""
    return ""


@dataclass(frozen=True)
class Chart(Generic[Subject]):
    """A chart: what of a scene it draws and how, and its numbers for who cannot or will not see it."""

    key: str
    title: str
    note: str
    """One sentence on how to read it."""
    draw: Callable[[Axes, Subject], Axes | None]
    numbers: Callable[[Subject], Numbers]
    height: Callable[[Subject], float]
    """Inches, at its width."""
    shown: Callable[[Subject], bool] = lambda subject: True
    """Whether there is something to show."""
    of: Callable[[Scene], Subject] = the_comparison
    section: str = field(kw_only=True)
    """Where in the report it stands: one of SECTIONS."""
    width: float = field(default=WIDTH, kw_only=True)
    """Inches, on the page."""
    across: str = field(default="", kw_only=True)
    up: str = field(default="", kw_only=True)
    """What the axes measure, where the picture stands alone; on the page the title says it."""
    finding: Callable[[Subject], str] = field(default=nothing, kw_only=True)
    """Its main finding as a sentence, from its numbers: what a reader who does not see it must know."""

    @property
    def name(self) -> str:
        """What it is called in `result.plot`."""
        return self.key.replace("-", "_")
