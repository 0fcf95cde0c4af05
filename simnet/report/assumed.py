"""What was assumed: the resolved scenario, and which of its values a design changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simnet.report.numbers import clean

TAKEN_AWAY = "(none)"
SHOWN = 10
"""Changes of a design that are not folded."""
NARROW = 58
"""Letters of a change that fit half the page."""


@dataclass(frozen=True)
class Assumption:
    """A value of the first design, and what other designs have instead."""

    path: str
    value: str
    instead: tuple[tuple[str, str], ...] = ()
    """Design and its value."""


@dataclass(frozen=True)
class Changes:
    """What a design changes: path, old and new value."""

    design: str
    rows: tuple[tuple[str, str, str], ...]
    of: str = ""
    """The file whose values they are."""

    @property
    def shown(self) -> int:
        """How many stand before the fold; a last one alone is not folded."""
        return len(self.rows) if len(self.rows) <= SHOWN + 2 else SHOWN

    @property
    def narrow(self) -> bool:
        """Whether half the page is enough for them."""
        return sum(max(map(len, column)) for column in zip(*self.rows, strict=True)) <= NARROW


def changed(
    changes: Mapping[str, Sequence[tuple[str, str, str]]], files: Mapping[str, str] | None = None
) -> list[Changes]:
    """The changes of the designs that change anything; `files` name what each changes."""
    of = files or {}
    return [
        Changes(
            clean(name),
            tuple((clean(str(path)), shown(old), shown(new)) for path, old, new in found),
            clean(of.get(name, "")),
        )
        for name, found in changes.items()
        if found
    ]


def shown(value: object) -> str:
    """A value as the page shows it."""
    return clean(str(value)) or TAKEN_AWAY


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
