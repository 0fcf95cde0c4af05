"""Two results that are kept, held against each other from what their folders say; nothing is run."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.metrics.intervals import Difference, Estimate, difference, estimate, verdict
from simnet.metrics.kpi import METRICS
from simnet.metrics.metric import CHOICES, TIER, WINDOW
from simnet.report.numbers import change, level
from simnet.report.rows import FIRST, LAST, Row
from simnet.study.axes import plain
from simnet.study.diff import Inputs, differences
from simnet.study.folder import SUMMARY

if TYPE_CHECKING:
    from simnet.metrics import Metric

SCENARIOS = (".yaml", ".yml")
"""Files whose changes are told value by value."""
MOST_NAMED = 20
WORTH_TELLING = ("simnet", "engine", "seed", "replications")
"""Of a result's record: what it was made by, and with what chance."""


@dataclass(frozen=True)
class KeptRun:
    """One design of a result."""

    folder: Path
    design: str
    number: int
    provenance: Mapping[str, Any]
    sources: Mapping[str, str]
    """Hashes of its files, by their whole paths."""
    levels: Mapping[str, Estimate]
    one_of: int = 1
    """Designs of the result."""


def read(folder: Path, design: str | None = None, first: bool = False) -> KeptRun:
    """A design of a folder, the first one if none is named; `SimnetError` where the folder is no result.

    Of a sweep a point must be named, unless the `first` one is meant.
    """
    from simnet.study.saved import read_summary, whole

    summary = read_summary(folder)
    if not isinstance(summary.get("designs"), dict) or not isinstance(summary.get("provenance"), dict):
        message = f"this folder holds no result (no {SUMMARY} that can be read)"
        raise SimnetError(Problem(message, str(folder), remedy="name two such as runs/NAME, or two scenario files"))
    if not whole(folder, summary.get("files")):
        message = "a file of this result is missing or was changed since it was written"
        raise SimnetError(Problem(message, str(folder), remedy="run it again with simnet run or simnet compare"))
    names = list(summary["designs"])
    name = chosen(folder, names, design, "points" in summary and not first)
    found = summary.get("sources")
    sources = {str((folder / path).resolve()): code for path, code in found.items()} if isinstance(found, dict) else {}
    return KeptRun(folder, name, names.index(name), summary["provenance"], sources, levels(folder, name), len(names))


def chosen(folder: Path, names: Sequence[str], design: str | None, swept: bool) -> str:
    """The design of a result that is meant: the one asked for, in whatever spelling, else the first, but of a sweep."""
    what = "point" if swept else "design"
    if design is None:
        if swept and len(names) > 1:
            message = f"this result is a sweep of {len(names)} points; say which one to compare"
            raise SimnetError(Problem(message, str(folder), remedy=f"--design with one of {quoted(names)}"))
        return names[0]
    wanted = plain(design)
    found = [name for name in names if name == design] or [name for name in names if plain(name) == wanted]
    if found or len(names) == 1:
        return (found or list(names))[0]  # of a result of one design there is no choice
    remedy = did_you_mean(design, names) or f"the {what}s are {quoted(names)}"
    raise SimnetError(Problem(f"there is no {what} '{design[:60]}' in this result", str(folder), remedy=remedy))


def quoted(names: Sequence[str]) -> str:
    """Names of points hold spaces and commas: `'target 90%', 'target 95%'`."""
    return ", ".join(f"'{name}'" for name in names[:MOST_NAMED]) + (", ..." if len(names) > MOST_NAMED else "")


def levels(folder: Path, design: str) -> dict[str, Estimate]:
    """Every figure of a design, with its values by replication."""
    from pyarrow import parquet

    rows = parquet.read_table(folder / "metrics.parquet").to_pydict()
    found: dict[str, tuple[str, list[float | None]]] = {}
    columns = (rows[name] for name in ("design", "metric", "unit", "value"))
    for name, key, unit, value in zip(*columns, strict=True):
        if name == design:
            found.setdefault(key, (unit, []))[1].append(value)
    return {key: estimate(values, unit) for key, (unit, values) in found.items()}


def inputs(old: KeptRun, new: KeptRun) -> Inputs:
    """What differs in the scenarios that were run; tables are known by their hashes alone."""
    return Inputs([each for each in differences(tree(old), tree(new)) if each.path != "simnet"], [])


def tree(run: KeptRun) -> Any:
    """What was run, as it was resolved."""
    from simnet.scenario.files import read_source
    from simnet.scenario.read import compose

    path = run.folder / f"scenario.resolved{f'.{run.number}' if run.number else ''}.yaml"
    return compose(read_source(path, str(path)))


def notes(old: KeptRun, new: KeptRun) -> list[str]:
    """What else differs: versions, seeds, replications, files of the same name that do not hold the same."""
    told = [f"of {run.folder} it is {run.design}" for run in (old, new) if run.one_of > 1 and old.folder != new.folder]
    for name in WORTH_TELLING:
        first, other = old.provenance.get(name), new.provenance.get(name)
        if first != other:
            told.append(f"{name} {first}, then {other}")
    tables = {path: code for path, code in new.sources.items() if not path.endswith(SCENARIOS)}
    moved = sorted(Path(path).name for path, code in tables.items() if other_hash(old, path) not in (None, code))
    if moved:
        told.append(f"data that changed between the two: {', '.join(moved[:8])}")
    if not paired(old, new):
        told.append("the orders are not the same under other seeds, so differences are not paired")
    return told


def other_hash(run: KeptRun, path: str) -> str | None:
    """The hash that a file, or the only one of its name, had in a run."""
    named = [code for each, code in run.sources.items() if Path(each).name == Path(path).name]
    return run.sources.get(path) or (named[0] if len(named) == 1 else None)


def paired(old: KeptRun, new: KeptRun) -> bool:
    """Whether the two met the same orders."""
    return old.provenance.get("seed") == new.provenance.get("seed")


def rows(old: KeptRun, new: KeptRun, keys: Sequence[str]) -> list[Row]:
    """The figures of both: the level of the first, the difference of the other to it."""
    chosen = list(keys) or [key for key in usual(old, new) if tells(old, key) or tells(new, key)]
    wrong = [key for key in keys if key not in old.levels and key not in new.levels]
    if wrong:
        remedy = did_you_mean(wrong[0], old.levels) or "docs/kpis.md lists them"
        raise SimnetError(Problem(f"neither result has a figure '{wrong[0][:80]}'", remedy=remedy))
    made = []
    for key in chosen:
        metric, title = meaning(key)
        first = old.levels.get(key)
        cells = (level(first), change(apart(old, new, key, metric), first))
        made.append(Row(key, title, cells))
    return made


def usual(old: KeptRun, new: KeptRun) -> Iterator[str]:
    """The figures of the comparison table: service, wait, stock, money."""
    yield from FIRST
    for key in {**old.levels, **new.levels}:
        if re.fullmatch(r"fill\.(?!system|facing)[^.]+\.line", key) and not asked_alone(key, old, new):
            yield key
    yield from LAST


def asked_alone(key: str, old: KeptRun, new: KeptRun) -> bool:
    """Whether the fill of a tier is that of all customers' lines: they ask nobody else."""
    return all(run.levels.get(key) == run.levels.get(FIRST[0]) for run in (old, new))


def tells(run: KeptRun, key: str) -> bool:
    """Whether a figure has a value, other than a cost of nothing."""
    found = run.levels.get(key)
    return found is not None and found.mean is not None and (found.mean != 0 or not key.startswith(("cost.", "lost.")))


def apart(old: KeptRun, new: KeptRun, key: str, metric: Metric | None) -> Difference | None:
    """The difference of a figure: paired under the same orders, else of two samples."""
    first, other = old.levels.get(key), new.levels.get(key)
    if first is None or other is None or first.unit != other.unit:
        return None
    better = None if metric is None else metric.better
    if paired(old, new):
        count = min(len(first.values), len(other.values))
        cut = [replace(each, values=each.values[:count]) for each in (first, other)]
        return difference(cut[0], cut[1], better)
    if first.mean is None or other.mean is None:
        return None
    halves = (first.half_width, other.half_width)
    half = None if None in halves else math.hypot(*(each or 0.0 for each in halves))
    found = Estimate(other.mean - first.mean, half, first.unit, ())
    return Difference(found.mean, half, found.unit, (), verdict(found, better))


def meaning(key: str) -> tuple[Metric | None, str]:
    """The metric that a key is of, and the title of its row."""
    for metric in sorted(METRICS, key=lambda each: pattern(each).count("(")):
        match = re.fullmatch(pattern(metric) + (r"(?:\.(?P<kind>[^.]+))?" if metric.by_order else ""), key)
        if match:
            place = next((found for name, found in match.groupdict().items() if name != "kind" and found), "")
            kind = match.groupdict().get("kind")
            return metric, metric.title.format(place=place) + (f", {kind}" if kind else "")
    return None, key


def pattern(metric: Metric) -> str:
    """What keys of a metric look like."""
    places = {TIER, WINDOW, *CHOICES}
    return r"\.".join("(?P<place>[^.]+)" if step in places else re.escape(step) for step in metric.key.split("."))
