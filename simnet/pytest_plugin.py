"""pytest plugin: each expectation of a scenario is a test. Nothing is collected unless it is asked for.

`pytest scenarios/demo.yaml` names a file; the ini option `simnet_scenarios` names files and folders that are collected
with the rest. Options: `--simnet-quick`, `--simnet-strict`, `--simnet-runs FOLDER`. Loads nothing of simnet before
a scenario is collected. PYTEST_DONT_REWRITE
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from simnet.errors import SimnetError
    from simnet.scenario import Expectation
    from simnet.study import Study
    from simnet.study.expect_files import Files
    from simnet.study.expect_run import Held

SUFFIXES = (".yaml", ".yml", ".xlsx", ".xlsm")
INI = "simnet_scenarios"
NAMED = pytest.StashKey[tuple[Path, ...]]()
READ: pytest.StashKey[dict[Path, Files]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options and the ini option."""
    group = parser.getgroup("simnet", "scenarios of service-parts networks")
    group.addoption(
        "--simnet-quick", action="store_true", help="a quarter of the replications; fail only what is clear"
    )
    group.addoption("--simnet-strict", action="store_true", help="fail what is too near to its limit to tell")
    group.addoption("--simnet-runs", default="runs", metavar="FOLDER", help="where results are kept (runs)")
    parser.addini(INI, "scenario files and folders of them, from the ini file's folder; patterns such as **/*.yaml too",
                  type="args", default=[])  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Without files on the command line, what the ini option names is collected beside `testpaths`."""
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    there = [Path(arg.split("::")[0]).resolve() for arg in config.args]
    for path in named(config):
        if not any(path.is_relative_to(above) for above in there):
            config.args.append(str(path))


def named(config: pytest.Config) -> tuple[Path, ...]:
    """The files and folders of the ini option; one that is not there is an error, never passed over."""
    if NAMED not in config.stash:
        root = config.inipath.parent if config.inipath is not None else config.rootpath
        config.stash[NAMED] = tuple(path.resolve() for text in config.getini(INI) for path in matching(root, text))
    return config.stash[NAMED]


def matching(root: Path, text: str) -> list[Path]:
    """The paths that a name or a pattern stands for."""
    found = sorted(root.glob(text)) if any(char in text for char in "*?[") else [root / text]
    if not any(path.exists() for path in found):
        raise pytest.UsageError(f"{INI}: there is no {text} in {root}")
    return found


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """A scenario that was named, on the command line or by the ini option."""
    if file_path.suffix.lower() not in SUFFIXES:
        return None
    here = file_path.resolve()
    above = next((path for path in named(parent.config) if here.is_relative_to(path)), None)
    if above is None and not parent.session.isinitpath(file_path):
        return None
    file: ScenarioFile = ScenarioFile.from_parent(parent, path=file_path)
    file.folder = above if above is not None and above.is_dir() else None
    return file


class ScenarioFile(pytest.File):
    """A scenario; it is run once, when the first of its expectations is tested."""

    folder: Path | None = None
    """The folder that was named, where the file itself was not."""
    study: Study
    _held: Held | SimnetError | None = None

    def collect(self) -> Iterable[pytest.Item]:
        """An item an expectation; a file that is wrong is an error of collection."""
        from simnet.study.expect_run import expected

        found = self.found()
        for path, error in found.wrong:
            if path.resolve() == self.path.resolve():
                raise self.CollectError(str(error))
        for path, study in found.studies:
            if path.resolve() == self.path.resolve():
                self.study = study
                for design, every in expected(study).items():
                    yield from (self.item(design, each) for each in every)

    def found(self) -> Files:
        """What was read: all of the folder that was named, as its files may stand on one another, or this file."""
        from simnet.study.expect_files import find

        above = self.folder or self.path
        read = self.config.stash.setdefault(READ, {})
        if above not in read:
            read[above] = find([os.path.relpath(above, self.config.invocation_params.dir)])
        return read[above]

    def item(self, design: str, each: Expectation) -> pytest.Item:
        """The test of one expectation."""
        name = each.kpi if design == self.study.designs[0] else f"{design}::{each.kpi}"
        made: ExpectationItem = ExpectationItem.from_parent(self, name=name)
        made.design, made.expectation = design, each
        return made

    def held(self) -> Held:
        """What came of the scenario, which is run when this is first asked."""
        from simnet.errors import SimnetError

        if self._held is None:
            try:
                self._held = self.run()
            except SimnetError as error:
                self._held = error
        if isinstance(self._held, SimnetError):
            raise self._held
        return self._held

    def run(self) -> Held:
        """Run it and hold it to all that it promises."""
        from simnet.study.expect_run import Manner, expected, hold
        from simnet.study.runs import Question

        option = self.config.option
        question = Question(folder=self.config.invocation_params.dir / option.simnet_runs)
        path = self.study.path or self.path
        return hold(self.study, path, expected(self.study), Manner(question, option.simnet_quick, option.simnet_strict))


class Missed(Exception):
    """An expectation that does not hold; its text says which and by how much."""


class ExpectationItem(pytest.Item):
    """One expectation of a scenario."""

    design: str
    expectation: Expectation

    def runtest(self) -> None:
        """Hold the figure to its limit."""
        from simnet.study.expect_words import sentence, spot

        assert isinstance(self.parent, ScenarioFile)
        held = self.parent.held()
        checked = next(each for each in held.checked[self.design] if each.expectation == self.expectation)
        told = sentence(checked)
        if checked.fails(self.config.option.simnet_strict):
            design = "" if self.design == held.first else f"{self.design}: "
            raise Missed(f"{design}{told}\n{spot(self.expectation)}")
        self.add_report_section("call", "simnet", told)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The sentence for an expectation that fails, all problems for a file that is wrong."""
        from simnet.errors import SimnetError

        if isinstance(excinfo.value, (Missed, SimnetError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the expectation is written."""
        return self.path, max(self.expectation.line - 1, 0), f"{self.name} {self.expectation.limit.text}"
