"""`simnet compare FILE...`: designs under the same orders."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from simnet.cli.options import asking, best, telling, wanted
from simnet.cli.progress import remark
from simnet.cli.work import answered, read
from simnet.errors import Problem, SimnetError, did_you_mean

if TYPE_CHECKING:
    from simnet.study import Study

ALIKE = ("money", "run.start", "run.warm_up", "run.length")
"""What scenarios must have in common to be compared."""


@click.command("compare")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--design", "designs", metavar="NAME", multiple=True, help="Only these, in this order.")
@asking
@best
@telling
def command(files: tuple[str, ...], designs: tuple[str, ...], **given: Any) -> None:
    """Run designs under the same orders and say what differs.

    One FILE: all its designs, or those named; the first is the reference, and a single named design is held
    against the file itself. Several files: each file itself, or the designs named.
    """
    want = wanted(**given)
    for file, times in Counter(files).items():
        if times > 1:
            remark(f"{file} is named {times} times and taken once", want.quiet)
    studies = [read(file, want) for file in dict.fromkeys(files)]
    check_alike(studies)
    asked = chosen(studies, designs)
    if len(asked) == 1:
        remark(alone(asked[0][0]), want.quiet)
    answered(asked, want)


def alone(study: Study) -> str:
    """What is said where there is nothing to compare."""
    from simnet.study.words import listed

    others = study.designs[1:]
    if others:
        return f"one design, nothing to compare; {study.path} also has {listed(others, 5)}"
    return f"one design, nothing to compare: {study.path} has no other; add some under designs:"


def chosen(studies: list[Study], designs: tuple[str, ...]) -> list[tuple[Study, str]]:
    """Which designs of which scenario, the reference first."""
    if not designs:
        if len(studies) == 1:
            return [(studies[0], name) for name in studies[0].designs]
        return [(study, study.designs[0]) for study in studies]
    known = list(dict.fromkeys(name for study in studies for name in study.designs))
    for name in designs:
        if name not in known:
            remedy = did_you_mean(name, known) or f"the designs are {', '.join(known[:20])}"
            raise SimnetError(Problem(f"there is no design '{name[:60]}'", remedy=remedy))
    found = [(study, name) for name in dict.fromkeys(designs) for study in studies if name in study.designs]
    if len(found) == 1 and found[0][1] != found[0][0].designs[0]:
        found.insert(0, (found[0][0], found[0][0].designs[0]))
    return found


def check_alike(studies: list[Study]) -> None:
    """Scenarios are comparable: the same money, and the same days."""
    first = studies[0]
    for other in studies[1:]:
        for path in ALIKE:
            ours, theirs = (value_at(study, path) for study in (first, other))
            if ours != theirs:
                message = f"{path} is {ours} in {first.path} and {theirs} in {other.path}"
                same = f"--set {path}={str(ours).replace(' ', '')} makes it the same"
                remedy = same if path != "money" else "make it the same"
                raise SimnetError(Problem(f"{message}: they cannot be compared", remedy=remedy))


def value_at(study: Study, path: str) -> Any:
    """A value of a scenario by its path."""
    found: Any = study.scenario
    for name in path.split("."):
        found = getattr(found, name)
    return found
