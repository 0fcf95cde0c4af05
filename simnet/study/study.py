"""A study: one or more scenarios and their designs, ready to be run under the same luck."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.scenario import Scenario
from simnet.scenario import load as read

if TYPE_CHECKING:
    from simnet.network.network import Network
    from simnet.study.result import Result
    from simnet.study.sweep import Sweep

RUNS = Path("runs")
LABEL = re.compile(r"^(\S.*?)(?=\s\s|$)", re.MULTILINE)
"""The label of a section, at the start of its line."""
SHOWN_POINTS = 500_000
"""Parts times sites up to which a study that shows itself works its levels out."""
Progress = Callable[[int, int], None]
"""Demand lines done, of those expected in all."""


def load(path: str | Path, sets: Mapping[str, Any] | None = None) -> Study:
    """Read a scenario and all its designs; `SimnetError` lists everything that is wrong.

    `sets` are changes by path, such as `{"stocking.default.target": "97 %"}`.
    """
    from simnet.study import precise
    from simnet.study.checks import promise_problems

    given = tuple((key, str(value)) for key, value in (sets or {}).items())
    study = Study(read(path, given, judge=promise_problems), Path(path), given)
    if study.scenario.run.precision:
        precise.check(study.scenario.run.precision, [study.scenario])
    return study


@dataclass(frozen=True, eq=False)
class Study:
    """A scenario as read, and what may be asked of it."""

    scenario: Scenario
    path: Path | None = None
    sets: tuple[tuple[str, str], ...] = ()
    own: Mapping[str, Any] | None = None
    """Parts of the scenario that are Python objects: demand models and policies of one's own."""

    @property
    def name(self) -> str:
        """The scenario's name."""
        return self.scenario.name

    @property
    def designs(self) -> tuple[str, ...]:
        """Names of the designs, the scenario itself first."""
        return self.scenario.designs or (self.scenario.name,)

    def set(self, path: str, value: Any) -> Study:
        """The study with one value changed, `study.set("stocking.default.target", "97 %")`."""
        if self.path is None:
            raise SimnetError(Problem("only a study that was read from a file can be changed by path"))
        changed = load(self.path, {**dict(self.sets), path: value})
        return replace(changed, own=self.own)

    def use(self, *, demand: Sequence[Any] = (), policies: Mapping[str, Any] | None = None) -> Study:
        """The study with demand models added, and policies of one's own by tier.

        A demand model has `draw(streams, clock)` and `moments(targets)`; a policy `levels(item)` (both clocks)
        or `decide(here, now)` (it acts inside the run, on the SimPy clock).
        """
        before = dict(self.own or {})
        own = {
            "demand": (*before.get("demand", ()), *demand),
            "policies": {**before.get("policies", {}), **(policies or {})},
        }
        return replace(self, own=own)

    def as_it_was(self, design: str | None = None) -> Study:
        """The study with its history replayed line by line, to be held against the history's deliveries."""
        from simnet.study.actual import as_it_was

        return as_it_was(self, design or self.designs[0])

    def design(self, name: str) -> Scenario:
        """The scenario of one design."""
        if name not in self.designs:
            remedy = did_you_mean(name, self.designs) or f"the designs are {', '.join(self.designs[:20])}"
            raise SimnetError(Problem(f"there is no design '{name[:60]}'", path=str(self.path or ""), remedy=remedy))
        return self.scenario if name == self.designs[0] else self.scenario.design(name)

    def network(self, design: str | None = None) -> Network:
        """The network of one design, the scenario itself if none is named."""
        from simnet.network.build import build

        return build(self.design(design or self.designs[0]), self.own)

    def run(self, design: str | None = None, **asked: Any) -> Result:
        """Run one design, the scenario itself if none is named; the arguments are those of `compare`."""
        return self.compare(design or self.designs[0], **asked)

    def compare(self, *designs: str, **asked: Any) -> Result:
        """Run designs, all of them if none is named, under the same demand and the same lead times.

        Keyword arguments: replications, seed, engine (`auto`, `simpy`, `compiled`), workers, on (`dask://HOST:PORT`,
        `ray://auto`, an Executor), lines (keep the ledger), folder (where results are saved; None: nowhere), again
        (run even if the answer is saved), name (of the result), progress(done, of).
        """
        from simnet.study.runs import answer, question

        return answer([(self, name) for name in designs or self.designs], question(asked))

    def sweep(
        self,
        vary: Mapping[str, Sequence[Any]],
        design: str | None = None,
        best: Sequence[str] = (),
        **asked: Any,
    ) -> Sweep:
        """Run a design at every point of a product: `study.sweep({"stocking.default.target": ["90 %", "95 %"]})`.

        All points meet the same orders. `best` names figures whose best points are told; the other arguments are
        those of `compare`. `SimnetError` lists every path and value that is wrong.
        """
        from simnet.study.sweep import sweep

        return sweep(self, vary, design, best, **asked)

    @cached_property
    def _summary(self) -> str:
        from simnet.study.describe import describe

        return describe(self, most_points=SHOWN_POINTS)

    def __repr__(self) -> str:
        return self._summary

    def _repr_html_(self) -> str:
        from html import escape

        text = LABEL.sub(r"<b>\1</b>", escape(self._summary))
        return f"<pre>{text}</pre>"
