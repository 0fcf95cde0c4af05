"""Sweeps: one design at every point of a product of values, under the same luck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.errors import clean
from simnet.report import Story
from simnet.report.points import Points, as_points_csv, as_points_json, as_points_markdown, as_points_text
from simnet.study.axes import Axis, Vary, axes_of, labels_of, points_of, studies_of
from simnet.study.folder import fit
from simnet.study.plots import Plots
from simnet.study.result import Result, Shown

if TYPE_CHECKING:
    import pandas as pd

    from simnet.study.runs import Question
    from simnet.study.study import Study


@dataclass(frozen=True, eq=False)
class Sweep(Result):
    """The points of a sweep, run and measured; its designs are the points."""

    axes: tuple[Axis, ...] = ()
    design: str = ""
    """The design that is varied."""
    points: tuple[dict[str, str], ...] = field(default=(), repr=False)
    """Varied values by path, a point a design."""
    best: tuple[str, ...] = ()
    """Figures whose best points are named; empty: those of the table."""

    @property
    def told(self) -> Points:
        """The points as reports show them."""
        values = {name: tuple(point.values()) for name, point in zip(self.designs, self.points, strict=True)}
        names, paths = tuple(axis.name for axis in self.axes), tuple(axis.path for axis in self.axes)
        return Points(self.comparison, names, paths, values)

    @property
    def plot(self) -> Plots:
        """Charts of the points, called by their values."""
        return Plots(self.scene, self.told.short)

    def ranked(self, keys: Sequence[str] | None = None) -> list[str]:
        """The figures whose best points are named."""
        return list(self.best) or self.told.keys(keys)

    def table(self, *keys: str, differences: bool = False) -> Shown:
        """A row a point, as the terminal prints it; `keys` choose figures, `differences` are to the first point."""
        from simnet.study.html import points_html

        made = Shown(as_points_text(self.told, keys, differences, self.ranked(keys)))
        made.html = points_html(self.told, keys, differences, self.ranked(keys))
        return made

    def frame(self, key: str, by: Sequence[str] = ()) -> pd.DataFrame:
        """One figure as a tidy table: the varied values by their paths, the axes of `by`, value and half width."""
        base = super().frame(key, ["design", *(axis for axis in by if axis != "design")])
        place = {name: number for number, name in enumerate(self.designs)}
        for at, axis in enumerate(self.axes):
            values = [self.points[place[name]][axis.path] for name in base["design"]]
            base.insert(at, axis.path, values)
        return base if "design" in by else base.drop(columns="design")

    def json(self, best: Sequence[str] = ()) -> dict[str, Any]:
        """Figures by point, the points' values, the best points, and provenance, as plain data."""
        return as_points_json(self.told, self.provenance, list(best) or self.ranked())

    def csv(self, keys: Iterable[str] | None = None) -> str:
        """A line a point and figure."""
        return as_points_csv(self.told, None if keys is None else list(keys))

    def markdown(self, keys: Iterable[str] | None = None, differences: bool = False) -> str:
        """The table as Markdown."""
        chosen = None if keys is None else list(keys)
        return as_points_markdown(self.told, chosen, differences, self.ranked(chosen))

    def report(self, path: Path | str) -> Path:
        """Write the report, one HTML file."""
        from simnet.report.sweep_page import write_sweep_html

        return write_sweep_html(path, self.told, self.story(), self.ranked())

    def excel(self, path: Path | str) -> Path:
        """Write the points as an Excel workbook."""
        from simnet.report import write
        from simnet.study.excel import workbook

        return write(path, workbook(self, self.told))

    def story(self) -> Story:
        """What the report tells besides numbers; what is to be known of several points is told once."""
        found = super().story()
        remarks = dict.fromkeys(text for _, text in found.remarks)
        return replace(
            found, title=f"{self.asked[0][0].name}, swept", changes={}, remarks=[("", each) for each in remarks]
        )

    def command(self) -> str:
        """The command that repeats it, from the folder of its scenario."""
        from simnet.study.describe import sweep_command

        return sweep_command(self)


@dataclass(frozen=True)
class Plan:
    """A sweep that is read and checked, ready to be run."""

    studies: tuple[Study, ...]
    """The study of every point."""
    design: str
    axes: tuple[Axis, ...]
    points: tuple[dict[str, str], ...]
    best: tuple[str, ...]
    name: str
    """Of the folder, unless the question names another."""

    @property
    def remarks(self) -> list[str]:
        """What to know of the points before their figures, each thing once."""
        every = (text for study in self.studies for text in study.design(self.design).remarks)
        return [clean(text) for text in dict.fromkeys(every)]

    def run(self, question: Question) -> Sweep:
        """The points, under the same luck."""
        from simnet.study.runs import answer

        made = partial(Sweep, axes=self.axes, design=self.design, points=self.points, best=self.best)
        labels = labels_of(self.axes, self.points)
        asked = [(study, self.design) for study in self.studies]
        name = question.name or self.name
        found = answer(asked, replace(question, name=name, levels=True, labels=labels, make=made))
        assert isinstance(found, Sweep)
        return found


def plan(study: Study, vary: Vary, design: str | None = None, best: Sequence[str] = ()) -> Plan:
    """A sweep of one design; `SimnetError` lists every path and value that is wrong."""
    from simnet.study.checks import check_best

    base = design or study.designs[0]
    scenario = study.design(base)
    axes = axes_of(study, vary)
    check_best(best, [scenario])
    studies = tuple(studies_of(study, axes, base))
    return Plan(studies, base, tuple(axes), tuple(points_of(axes)), tuple(best), sweep_name(study, base, axes))


def sweep(study: Study, vary: Vary, design: str | None = None, best: Sequence[str] = (), **asked: Any) -> Sweep:
    """Run a design at every point of the product of values; `asked` are the fields of a question."""
    from simnet.study.runs import question

    return plan(study, vary, design, best).run(question(asked))


def sweep_name(study: Study, design: str, axes: Sequence[Axis]) -> str:
    """The folder of a sweep: `NAME.sweep.target-review`, with the design's name between where one is named."""
    middle = "" if design == study.designs[0] else f".{design}"
    return fit(f"{study.name}{middle}.sweep.{'-'.join(axis.name for axis in axes)}")
