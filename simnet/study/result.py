"""A result: the designs' KPIs with their intervals, and everything to show, save and question them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.metrics import Comparison, Ranking, find, frame, rank
from simnet.report import Scene, Story, as_csv, as_json, as_markdown, text, write_html
from simnet.report.ranks import ranks_json
from simnet.study.plots import Plots

if TYPE_CHECKING:
    import pandas as pd

    from simnet.engine.simulate import Run
    from simnet.metrics.intervals import Estimate
    from simnet.study.seen import Seen
    from simnet.study.study import Study


class Shown(str):
    """A table that shows itself in a notebook as well as in a terminal."""

    html: str = ""

    @classmethod
    def of(cls, comparison: Comparison, keys: Sequence[str] | None) -> Shown:
        """The table of a comparison."""
        from simnet.study.html import table_html

        made = cls(text(comparison, keys))
        made.html = table_html(comparison, keys)
        return made

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return self.html


@dataclass(frozen=True, eq=False)
class Result:
    """Designs, run and measured."""

    comparison: Comparison
    provenance: dict[str, Any]
    asked: tuple[tuple[Study, str], ...] = field(repr=False)
    runs: list[list[Run]] = field(repr=False)
    """By design and replication."""
    folder: Path | None = None
    """Where it is saved."""
    cached: bool = False
    """Whether it was answered from disk."""
    seen: tuple[Seen, ...] = field(default=(), repr=False)
    """What charts draw of each design beside its sums."""

    @property
    def designs(self) -> tuple[str, ...]:
        """Names of the designs; the first is the reference."""
        return self.comparison.designs

    def kpi(self, key: str, design: str | None = None) -> Estimate:
        """The estimate of one KPI: mean, half_width, unit, values by replication."""
        name = design or self.designs[0]
        found = self.comparison.level(name, key)
        if found is None:
            find(key, self.comparison.results[self.designs.index(name)].outline)  # says what is wrong with it
            raise KeyError(key)
        return found

    def table(self, *keys: str) -> Shown:
        """The comparison as the terminal prints it; `keys` choose KPIs."""
        return Shown.of(self.comparison, keys or None)

    def frame(self, key: str, by: str | Sequence[str] = ("design",)) -> pd.DataFrame:
        """One KPI as a tidy table, by design, site, tier, month, part_class, order_class or replication."""
        return frame(self.comparison, key, (by,) if isinstance(by, str) else by)

    def lines(self, design: str | None = None, replication: int = 0) -> pd.DataFrame:
        """The ledger of one replication: a row a line, customers' and replenishment lines alike."""
        from simnet.study.saved import ledger_frame

        number = self.designs.index(design or self.designs[0])
        study, name = self.asked[number]
        return ledger_frame(study.network(name), self.runs[number][replication].lines)

    def against_actual(self, by: str | None = None, design: str | None = None) -> pd.DataFrame:
        """Waits of the history's deliveries beside the simulated ones, by `site`, by `part_class` or of all lines.

        The run must have kept its lines and replay the history: `study.as_it_was().run(lines=True)`.
        """
        from simnet.study.actual import against_actual

        return against_actual(self, by, design)

    @property
    def plot(self) -> Plots:
        """Charts: `result.plot.ladder()` gives matplotlib axes; `dir(result.plot)` lists them."""
        return Plots(self.scene)

    def rank(self, key: str) -> Ranking | None:
        """The best design in a figure, and which cannot be told apart from it; None where neither side is better."""
        return rank(self.comparison, key)

    def json(self, best: Sequence[str] = ()) -> dict[str, Any]:
        """KPIs by design, the ranking in the figures of `best`, and provenance, as plain data."""
        return {**ranks_json(self.comparison, best), **as_json(self.comparison, self.provenance)}

    def csv(self, keys: Iterable[str] | None = None) -> str:
        """A line a design and KPI."""
        return as_csv(self.comparison, keys)

    def markdown(self, keys: Iterable[str] | None = None) -> str:
        """The comparison as a Markdown table."""
        return as_markdown(self.comparison, keys)

    def report(self, path: Path | str) -> Path:
        """Write the report, one HTML file."""
        return write_html(path, self.scene(), self.story())

    def excel(self, path: Path | str) -> Path:
        """Write the report as an Excel workbook: figures by design, site, part and month, native charts."""
        from simnet.report import write
        from simnet.study.excel import workbook

        return write(path, workbook(self))

    def command(self) -> str:
        """The command that repeats it, from the folder of its scenario."""
        from simnet.study.describe import command

        return command(self)

    def scene(self) -> Scene:
        """What charts draw: the comparison, and places and demand of the scenarios."""
        from simnet.study.scene import scene

        return scene(self)

    def story(self) -> Story:
        """What the report tells besides numbers."""
        from simnet.study.describe import story_of

        return story_of(self)

    def __repr__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()
