"""A scenario without its wrong values, so that what else is wrong can be told in the same go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from simnet.errors import nearest
from simnet.scenario.complain import keys_at
from simnet.scenario.scenario import Scenario
from simnet.scenario.table_grid import MEANT

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MOST_ROUNDS = 6
_SITES = ("suppliers", "warehouses", "dealers")
_NAMING = ("tier", "served_by", "refilled_by")
"""Values that others refer to or that lead elsewhere: without them more would seem wrong than is."""
_SOURCES = {"served_by": "dealers", "refilled_by": "warehouses"}
"""The one value that a site must have, and the section of such sites."""


def without_faults(data: dict[str, Any], error: ValidationError, currency: str) -> Scenario | None:
    """The scenario with its faulty values left out, or None where others hang on them; `data` is changed."""
    for _ in range(MOST_ROUNDS):
        for found in reversed(error.errors(include_url=False)):  # of a list the last items first
            if not _mended(data, found):
                return None
        try:
            return Scenario.model_validate(data, context={"currency": currency})
        except ValidationError as again:
            error = again
    return None


def _mended(data: dict[str, Any], found: ErrorDetails) -> bool:
    """Whether one fault is out of the data."""
    if found["type"] == "missing":
        return _sourced(data, found["loc"])
    if found["type"] == "extra_forbidden" and _renamed(data, found["loc"]):
        return True
    return _remove(data, found["loc"])


def _renamed(data: dict[str, Any], loc: Sequence[str | int]) -> bool:
    """Take a misspelled key for the one that is meant, so that nothing follows from it; False where none is near."""
    here: Any = data
    for step in loc[:-1]:
        inside = isinstance(here, dict) and step in here
        if inside or (isinstance(here, list) and isinstance(step, int) and step < len(here)):
            here = here[step]
    name = str(loc[-1])
    if not isinstance(here, dict) or name not in here:
        return False
    meant = nearest(name, [each for each in keys_at(Scenario, tuple(loc[:-1])) if each not in here], MEANT)
    if meant is not None:
        here[meant] = here.pop(name)
    return meant is not None


def _remove(data: dict[str, Any], loc: Sequence[str | int]) -> bool:
    """Take out the deepest value on the way `loc`; False for a whole site, or a value that names one."""
    where: Any = None
    here: Any = data
    path: list[str | int] = []
    for step in loc:
        inside = isinstance(here, dict) and step in here
        if inside or (isinstance(here, list) and isinstance(step, int) and step < len(here)):
            where, here = here, here[step]
            path.append(step)
    if where is None or path[-1] in _NAMING or (path[0] in _SITES and len(path) < 3):
        return False
    where.pop(path[-1])
    return True


def _sourced(data: dict[str, Any], loc: Sequence[str | int]) -> bool:
    """Let a site that names no source be served by whoever there is, or take an item that lacks something out of its
    list; False where something else is missing."""
    numbers = [step for step, key in enumerate(loc) if isinstance(key, int)]
    if numbers:
        return _remove(data, loc[: numbers[-1] + 1])
    if len(loc) != 3 or _SOURCES.get(str(loc[2])) != loc[0]:
        return False
    sources = [*data.get("suppliers", {}), *data.get("warehouses", {})]
    site = data[str(loc[0])][loc[1]]
    if not sources or not isinstance(site, dict):
        return False
    site[str(loc[2])] = sources[0]
    return True
