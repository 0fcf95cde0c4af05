"""What was assumed: the resolved scenario, and which of its values a design changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simnet.report.numbers import clean

TAKEN_AWAY = "(none)"


@dataclass(frozen=True)
class Assumption:
    """A value of the first design, and what other designs have instead."""

    path: str
    value: str
    instead: tuple[tuple[str, str], ...] = ()
    """Design and its value."""


def assumed(
    assumptions: Sequence[tuple[str, str]], changes: Mapping[str, Sequence[tuple[str, str, str]]]
) -> list[Assumption]:
    """Every value, in its order. A change of a whole map marks each value in it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for design, changed in changes.items():
        for path, _, new in changed:
            found.setdefault(str(path), []).append((clean(design), clean(str(new))))
    return [
        Assumption(clean(str(path)), clean(str(value)), tuple(marks(str(path), found))) for path, value in assumptions
    ]


def marks(path: str, found: Mapping[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """What changes a path: itself, or a map that holds it."""
    steps = path.split(".")
    above = [".".join(steps[:at]) for at in range(1, len(steps))]
    return [
        *((design, new or TAKEN_AWAY) for design, new in found.get(path, ())),
        *((design, "changed" if new else TAKEN_AWAY) for place in above for design, new in found.get(place, ())),
    ]
