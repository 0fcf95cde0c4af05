"""Where a kept result came from: the scenario, its changes and its files, so that its runs can be told again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.provenance import file_hash
from simnet.study.folder import SUMMARY

if TYPE_CHECKING:
    from simnet.scenario import Scenario
    from simnet.study.ready import Kept, Sliced, Whole
    from simnet.study.result import Result
    from simnet.study.study import Study

AGAIN = "run it again with simnet run or simnet compare"


@dataclass(frozen=True, eq=False)
class Origin:
    """One design of a result, ready to be run again: what was asked, and the tallies that were kept."""

    study: Study
    design: str
    scenario: Scenario
    seed: int
    replications: int
    folder: Path | None = None
    """None: told from a scenario file, of which nothing is kept."""
    number: int = 0
    """Which of the folder's designs."""

    @cached_property
    def ready(self) -> Whole | Sliced:
        """The design, as it was run."""
        from simnet.study.ready import ready

        return ready(self.scenario, None, self.number)

    def kept(self, replication: int) -> Kept | None:
        """What was kept of a replication, if there is a folder."""
        path = None if self.folder is None else self.folder / self.ready.file(replication)
        if path is None or not path.is_file():
            return None
        try:
            return self.ready.unpacked(path.read_bytes())
        except (ValueError, KeyError, EOFError):
            problem = "is damaged, or was kept by another version of simnet"
            raise SimnetError(Problem(problem, str(path), remedy=AGAIN)) from None

    def check(self, replication: int) -> None:
        """Refuse a replication that was not run."""
        if not 0 <= replication < self.replications:
            last = self.replications - 1
            remedy = "the only replication is 0" if last == 0 else f"replications are 0 to {last}"
            raise SimnetError(Problem(f"there is no replication {replication}", remedy=remedy))


def sources_of(result: Result, folder: Path) -> dict[str, Any]:
    """What a folder keeps of where its result came from; paths are as seen from the folder."""
    asked, sources = [], {}
    for study, design in result.asked:
        file = None if study.path is None else seen_from(folder, study.path)
        asked.append({"file": file, "design": design, "sets": dict(study.sets), "own": bool(study.own)})
        sources.update({seen_from(folder, path): file_hash(path) for path in study.scenario.files if path.is_file()})
    return {"asked": asked, "sources": sources}


def seen_from(folder: Path, path: Path) -> str:
    """A path as it is found from a folder, or the whole path where there is no way between them."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()


def origin(path: Path, design: str | None = None) -> Origin:
    """One design of a results folder, or of a scenario file; `SimnetError` says why it cannot be told again."""
    return of_folder(path, design) if path.is_dir() else of_file(path, design)


def of_file(path: Path, design: str | None) -> Origin:
    """A design of a scenario file, as it would be run."""
    from simnet.study.study import load

    study = load(path)
    scenario = study.design(design or study.designs[0])
    return Origin(study, scenario.variant, scenario, scenario.run.seed, scenario.run.replications)


def of_folder(folder: Path, design: str | None) -> Origin:
    """A design of a results folder, its files untouched since."""
    from simnet.study.saved import read_summary, whole

    summary = read_summary(folder)
    if not isinstance(summary.get("designs"), dict) or not isinstance(summary.get("provenance"), dict):
        message = f"this folder holds no result (no {SUMMARY} that can be read)"
        raise SimnetError(Problem(message, str(folder), remedy="name one such as runs/NAME"))
    if not whole(folder, summary.get("files")):
        raise changed("a file of this result is missing or was changed since it was written", folder)
    names = list(summary["designs"])
    name = names[0] if design is None else design
    if name not in names:
        remedy = did_you_mean(name, names) or f"the designs are {', '.join(names[:20])}"
        raise SimnetError(Problem(f"there is no design '{name[:60]}' in this result", str(folder), remedy=remedy))
    number, known = names.index(name), summary["provenance"]
    study, variant = rebuilt(folder, number, summary)
    seed, replications = int(known["seed"]), int(known["replications"])
    return Origin(study, name, study.design(variant), seed, replications, folder, number)


def rebuilt(folder: Path, number: int, summary: dict[str, Any]) -> tuple[Study, str]:
    """The study of a folder's design, from the files that it was read from; and the design's name there."""
    from simnet.study.study import load

    asked = summary.get("asked")
    if not isinstance(asked, list) or len(asked) <= number:
        raise changed("this result was kept by an older simnet, which did not write down its files", folder)
    entry = asked[number]
    if entry["own"] or entry["file"] is None:
        remedy = "explain tells runs of scenario files"
        message = "this result was made in Python, with demand or policies of its own"
        raise SimnetError(Problem(message, str(folder), remedy=remedy))
    gone = [name for name in summary["sources"] if not (folder / name).is_file()]
    if gone:
        return from_resolved(folder, number, gone)
    other = [name for name, code in summary["sources"].items() if file_hash(folder / name) != code]
    if other:
        named = ", ".join(Path(name).name for name in other[:5])
        raise changed(f"{named} changed since this result was kept: its story cannot be told from it", folder)
    file = Path(os.path.relpath(folder / entry["file"]))
    return load(file, entry["sets"]), entry["design"]


def from_resolved(folder: Path, number: int, gone: list[str]) -> tuple[Study, str]:
    """The study of the scenario that the folder itself holds; enough where it has no tables."""
    from simnet.study.study import load

    try:
        study = load(folder / f"scenario.resolved{f'.{number}' if number else ''}.yaml")
    except SimnetError:
        named = ", ".join(Path(name).name for name in gone[:5])
        raise changed(f"{named} of this result is not where it was", folder) from None
    return study, study.designs[0]


def changed(message: str, folder: Path) -> SimnetError:
    """The error where a result is not what it was."""
    return SimnetError(Problem(message, str(folder), remedy=AGAIN))
