"""Baselines: what came out when somebody last said that it was right, in `expected/NAME.json` beside a scenario."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError, clean
from simnet.metrics.intervals import Estimate
from simnet.report.numbers import level
from simnet.report.write import write

if TYPE_CHECKING:
    from simnet.scenario import Expectation
    from simnet.study.result import Result

FOLDER = "expected"
FACTS = ("hash", "replications", "scenario", "seed", "simnet")
"""What a baseline says of the run that it was taken from."""
ANEW = "repair it, or take it anew: simnet test --update"


@dataclass(frozen=True)
class Baseline:
    """One figure as it was."""

    value: float
    half_width: float | None
    unit: str

    def __str__(self) -> str:
        return str(level(Estimate(self.value, self.half_width, self.unit, ())))


Stored = dict[str, dict[str, Baseline]]
"""By design, then figure."""


@dataclass(frozen=True)
class Baselines:
    """The baselines of one scenario, and of which run they are."""

    path: Path
    stored: Stored = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    def of(self, design: str) -> dict[str, Baseline]:
        """Those of one design."""
        return self.stored.get(design, {})

    def repeated_by(self, result: Result) -> bool:
        """Whether a result met the same chance: the same seed, as many replications."""
        return all(self.facts.get(name) == result.provenance.get(name) for name in ("seed", "replications"))

    def idle(self, expected: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
        """Designs and figures that nothing is held to any more."""
        for design, found in self.stored.items():
            wanted = set(expected.get(design, ()))
            yield from ((design, kpi) for kpi in found if kpi not in wanted)

    def text(self) -> str:
        """As written: sorted, a figure's numbers each on a line of their own."""
        plain = {
            design: {kpi: {"half_width": each.half_width, "unit": each.unit, "value": each.value}
                     for kpi, each in found.items()}
            for design, found in self.stored.items() if found
        }  # fmt: skip
        whole = {**{name: self.facts.get(name) for name in FACTS}, "designs": plain}
        return json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def path_of(scenario: Path) -> Path:
    """Where the baselines of a scenario are: `expected/NAME.json` beside it."""
    name = scenario.stem if scenario.suffix in (".yaml", ".yml") else scenario.name
    return scenario.parent / FOLDER / f"{name}.json"


def read(path: Path) -> Baselines:
    """The baselines of a file, none where it is not there; `SimnetError` where it is damaged."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Baselines(path)
    except json.JSONDecodeError as error:
        message = f"is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise damaged(path, message, line=error.lineno, column=error.colno) from None
    except (OSError, ValueError, RecursionError) as error:
        raise damaged(path, f"cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8 text'})") from None
    designs = data.get("designs") if isinstance(data, dict) else None
    if not isinstance(designs, dict) or not all(isinstance(found, dict) for found in designs.values()):
        raise damaged(path, "is no file of baselines: it has no map 'designs' of designs and figures")
    stored = {design: {kpi: baseline(path, kpi, each) for kpi, each in found.items()}
              for design, found in designs.items()}  # fmt: skip
    return Baselines(path, stored, {name: data.get(name) for name in FACTS})


def baseline(path: Path, kpi: str, given: Any) -> Baseline:
    """One figure of the file."""
    value, half, unit = (
        given.get(name) if isinstance(given, dict) else None for name in ("value", "half_width", "unit")
    )
    if not number(value) or not (half is None or number(half)) or not isinstance(unit, str):
        raise damaged(path, f"'{clean(kpi, 60)}' needs a number 'value', a number or null 'half_width', and a 'unit'")
    return Baseline(float(value or 0), None if half is None else float(half), unit)


def number(value: Any) -> bool:
    """Whether it is a finite number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def damaged(path: Path, message: str, **place: Any) -> SimnetError:
    """The error where a file of baselines cannot be used."""
    return SimnetError(Problem(message, path.as_posix(), remedy=ANEW, **place))


def taken(before: Baselines, result: Result, expected: Mapping[str, Iterable[Expectation]]) -> Baselines:
    """The baselines with what came out now for the figures of `expected`, by design; others stay."""
    stored: Stored = {design: dict(found) for design, found in before.stored.items()}
    for design, expectations in expected.items():
        for each in expectations:
            found = result.comparison.level(design, each.kpi)
            if each.limit.within is not None and found is not None and found.mean is not None:
                stored.setdefault(design, {})[each.kpi] = Baseline(found.mean, found.half_width, found.unit)
    return Baselines(before.path, stored, {name: result.provenance.get(name) for name in FACTS})


def without(before: Baselines, idle: Iterable[tuple[str, str]]) -> Baselines:
    """The baselines without some of them."""
    gone = set(idle)
    stored = {design: {kpi: each for kpi, each in found.items() if (design, kpi) not in gone}
              for design, found in before.stored.items()}  # fmt: skip
    return Baselines(before.path, {design: found for design, found in stored.items() if found}, before.facts)


def changes(before: Baselines, after: Baselines) -> list[str]:
    """What differs, old to new, a line a figure."""
    told = []
    for design in sorted({**before.stored, **after.stored}):
        old, new = before.of(design), after.of(design)
        for kpi in sorted({**old, **new}):
            if old.get(kpi) != new.get(kpi):
                told.append(f"{design}: {kpi}: {old.get(kpi) or '(none)'} -> {new.get(kpi) or '(removed)'}")
    return told


def store(before: Baselines, after: Baselines) -> list[str]:
    """Write what changed, and say what did; a file in which nothing would change is left alone."""
    told = changes(before, after)
    if told:
        try:
            write(after.path, after.text()) if after.stored else after.path.unlink(missing_ok=True)
        except OSError as error:
            reason = f"cannot be written: {error.strerror or error}"
            raise SimnetError(Problem(reason, after.path.as_posix())) from None
    return told
