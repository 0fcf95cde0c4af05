"""What a sweep varies: paths and their values, and the points that are their product."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError, clean, shorten

if TYPE_CHECKING:
    from simnet.study.study import Study

Vary = Mapping[str, Sequence[Any]] | Sequence[tuple[str, Sequence[Any]]]
"""Paths and their values."""
MOST_POINTS = 200
LONGEST = 40
"""Characters of a value in the name of a point."""
OPEN = {"{": "}", "[": "]"}
NUMBER = re.compile(r"([+-]?[0-9]+(?:\.[0-9]*)?)(.*)")
_ONE = r"[+-]?[0-9]+(?:\.[0-9]+)?[^0-9:.]*"
RANGE = re.compile(rf"{_ONE}(?::{_ONE}:|\.\.){_ONE}")
"""What others write for a row of values: `90%:99%:3`, `1..5`."""
GENERIC = frozenset(("mean", "cv", "default", "cost"))
"""Ends of paths that say little by themselves."""
EXAMPLE = "stocking.default.target=90%,95%,98%"


@dataclass(frozen=True)
class Axis:
    """A path and the values it takes."""

    path: str
    name: str
    """The end of the path that tells it from the other paths."""
    values: tuple[str, ...]
    """As they would stand behind `--set path=`."""


def split_values(text: str) -> list[str]:
    """The values of `90%,95%`: commas part them, except inside quotes, {} and []; ValueError where one is not closed.

    A quote opens where a value begins; within a word it is a letter like any other.
    """
    found, start, closing, quote = [], 0, list[str](), ""
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"" and text[:at].rstrip()[-1:] in ("", ",", ":", *OPEN):
            quote = char
        elif char in OPEN:
            closing.append(OPEN[char])
        elif closing and char == closing[-1]:
            closing.pop()
        elif char == "," and not closing:
            found.append(text[start:at].strip())
            start = at + 1
    if quote or closing:
        raise ValueError(f"a {quote or closing[-1]} is missing in {shorten(text)}")
    return [*found, text[start:].strip()]


def joined(values: Iterable[str]) -> str:
    """Values as `--vary` takes them: those with a comma of their own in quotes."""
    return ",".join(value if split_values(value) == [value] else json.dumps(value) for value in values)


def parse_vary(texts: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Paths and values of `--vary PATH=V1,V2`; `SimnetError` lists all that is wrong."""
    found, problems = [], []
    for text in texts:
        path, sign, values = text.partition("=")
        try:
            if not sign or not path.strip():
                raise ValueError(f"is not a path and its values, such as {EXAMPLE}")
            each = split_values(values) if values.strip() else []
            if ranges := [value for value in each if RANGE.fullmatch(value)]:
                raise ValueError(f"{shorten(ranges[0])} is no value: ranges are not known, list the values: {EXAMPLE}")
            found.append((path.strip(), each))
        except ValueError as error:
            problems.append(Problem(str(error), file="--vary", line=1, column=1, snippet=text[:200], span=len(text)))
    if problems:
        raise SimnetError([*problems, *(check_values(found) if found else ())])
    return found


def axes_of(study: Study, vary: Vary) -> list[Axis]:
    """The axes of a sweep, checked; where they are wrong, what else is wrong with their values is told too."""
    taken = [path for path, _ in study.sets]
    pairs = list(vary.items()) if isinstance(vary, Mapping) else list(vary)
    written = [(str(path), [text_of(value) for value in values]) for path, values in pairs]
    problems = list(check_values(written, taken))
    count = prod(max(len(values), 1) for _, values in written)
    if count > MOST_POINTS:
        how = " x ".join(str(len(values)) for _, values in written)
        remedy = "vary fewer values, or fewer at a time; --set holds the others"
        problems.append(Problem(f"{how} values are {count:,} points; at most {MOST_POINTS} are run", remedy=remedy))
    if problems:
        sound = [(path, value) for path, values in written for value in values if value and not is_run(path)]
        raise SimnetError([*problems, *wrong_values(study, list(dict.fromkeys(sound))[:MOST_POINTS])])
    names = short_names([path for path, _ in written])
    return [Axis(path, name, tuple(values)) for (path, values), name in zip(written, names, strict=True)]


def wrong_values(study: Study, values: Sequence[tuple[str, str]]) -> list[Problem]:
    """What is wrong with values, each by itself."""
    from simnet.study.study import load

    found: list[Problem] = []
    if study.path is None:
        return found
    for path, value in values:
        try:
            load(study.path, {**dict(study.sets), path: value})
        except SimnetError as error:
            found += [told_of(each, [path]) for each in error.problems]
    return list(dict.fromkeys(found))


def is_run(path: str) -> bool:
    """Whether a path is one of how often, how long and by what luck is run."""
    return path == "run" or path.startswith("run.")


def text_of(value: Any) -> str:
    """A value as it would be written."""
    return "null" if value is None else " ".join(str(value).split())


def check_values(written: Sequence[tuple[str, Sequence[str]]], taken: Sequence[str] = ()) -> Iterator[Problem]:
    """What is wrong before any file is looked at."""
    if not written:
        yield Problem("nothing is varied", remedy=f"--vary {EXAMPLE}")
    for number, (path, values) in enumerate(written):
        place: dict[str, Any] = {"path": path}
        if is_run(path):
            remedy = f"say it once, with --set {path}=..." if path != "run" else "vary something else"
            yield Problem("cannot be varied: all points run as often, as long and under the same luck", **place,
                          remedy=remedy)  # fmt: skip
        before = [other for other, _ in written[:number]]
        if path in before:
            yield Problem("is varied twice", **place, remedy="give all its values in one --vary")
        for other in {*before, *taken} - {path}:
            if path.startswith(f"{other}.") or other.startswith(f"{path}."):
                yield Problem(f"stands inside {shorten(other)} or around it, which is given too", **place,
                              remedy="vary one of them, with maps as values: {policy: min-max, ...}")  # fmt: skip
        if path in taken:
            yield Problem("is varied and set", **place, remedy="leave --set out")
        yield from check_list(path, values)


def check_list(path: str, values: Sequence[str]) -> Iterator[Problem]:
    """An empty list, an empty value, a value that comes twice."""
    if not values:
        yield Problem("has no values", path=path, remedy=f"{EXAMPLE}")
    if values and "" in values:
        yield Problem("has an empty value", path=path, remedy="a comma too many? null removes a value")
    seen: dict[str, str] = {}
    for value in values:
        same = seen.setdefault(plain(value), value)
        if same is not value and value:
            told = shorten(value) if same == value else f"{shorten(value)} (as {shorten(same)})"
            yield Problem(f"has {told} twice", path=path, remedy="keep one")


def plain(value: str) -> str:
    """A value without what does not matter: spaces, zeros behind the point."""
    tight = "".join(value.split())
    match = NUMBER.fullmatch(tight)
    return f"{Decimal(match[1]).normalize():f}{match[2]}" if match else tight


def short_names(paths: Sequence[str]) -> list[str]:
    """The shortest ends of paths that tell them apart: `target`, or `dealer.target` and `central.target`."""
    steps = [path.split(".") for path in paths]
    for length in range(1, max(map(len, steps), default=1) + 1):
        names = [".".join(each[-length - (each[-1] in GENERIC) :]) for each in steps]
        if len(set(names)) == len(names):
            return names
    return list(paths)


def points_of(axes: Sequence[Axis]) -> list[dict[str, str]]:
    """The points, the last axis running fastest."""
    return [dict(zip([axis.path for axis in axes], values, strict=True))
            for values in product(*(axis.values for axis in axes))]  # fmt: skip


def label(axes: Sequence[Axis], point: Mapping[str, str]) -> str:
    """What a point is called: `target 95%, review 1d`."""
    return ", ".join(f"{axis.name} {clean(point[axis.path], LONGEST)}" for axis in axes)


def labels_of(axes: Sequence[Axis], points: Sequence[Mapping[str, str]]) -> list[str]:
    """The names of the points; with a number where long values look the same."""
    names = [label(axes, point) for point in points]
    return [name if names.count(name) == 1 else f"{name} ({at + 1})" for at, name in enumerate(names)]


def studies_of(study: Study, axes: Sequence[Axis], design: str) -> list[Study]:
    """The study of every point; `SimnetError` lists what is wrong with any of them, each thing once."""
    from simnet.study.study import load

    if study.path is None:
        raise SimnetError(Problem("only a study that was read from a file can be swept"))
    found, problems = [], list[Problem]()
    for point in points_of(axes):
        try:
            made = replace(load(study.path, {**dict(study.sets), **point}), own=study.own)
            made.design(design)
            found.append(made)
        except SimnetError as error:
            problems += [told_of(each, point) for each in error.problems]
    if problems:
        raise SimnetError(list(dict.fromkeys(problems)))
    return found


def told_of(problem: Problem, paths: Iterable[str]) -> Problem:
    """A problem of a value that `--vary` gave, told so."""
    path = next((path for path in paths if (problem.snippet or "").startswith(f"{path}=")), None)
    if problem.file != "--set" or path is None:
        return problem
    if (problem.column or 0) > len(path):
        return replace(problem, file="--vary")
    # The path is wrong, whatever the value: it is told once.
    return replace(problem, file="--vary", snippet=path, span=min(problem.span or 1, len(path)))
