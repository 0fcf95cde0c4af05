"""From an entry of `demand:` to its model, and how a model of one's own is found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from simnet.demand.entry import Entry
from simnet.demand.intermittent import Intermittent
from simnet.demand.jobs import Jobs
from simnet.demand.poisson import Poisson
from simnet.demand.replay import Replay
from simnet.demand.table import DemandTable
from simnet.errors import did_you_mean, shorten

ENTRY_POINTS = "simnet.demand"
DEMAND_MODELS: tuple[type[Entry], ...] = (Poisson, Intermittent, Replay, Jobs)
BUILT_IN: Mapping[str, type[Entry]] = {model.__name__.lower(): model for model in DEMAND_MODELS}


def find_demand_model(name: str) -> type[Entry]:
    """Return the class of a demand model: a built-in one, or one from the entry points `simnet.demand`.

    Raises ValueError for an unknown name, or for a class that the scenario reader cannot fill (it must be a
    subclass of `simnet.demand.Entry` with the methods `draw` and `moments`).
    """
    from importlib.metadata import entry_points

    if name in BUILT_IN:
        return BUILT_IN[name]
    found = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if name not in found:
        hint = did_you_mean(name, [*BUILT_IN, *found])
        known = ", ".join([*BUILT_IN, *sorted(found)])
        raise ValueError(f"unknown demand model {shorten(name)}; {hint or f'use one of {known}'}")
    try:
        model = found[name].load()
    except Exception as error:  # somebody else's package may fail in any way
        raise ValueError(f"the demand model {name} ({found[name].value}) cannot be loaded: {error}") from error
    complete = isinstance(model, type) and issubclass(model, Entry)
    if not complete or not all(hasattr(model, method) for method in ("draw", "moments")):
        raise ValueError(f"the demand model {name} must be a simnet.demand.Entry with draw and moments")
    return model  # type: ignore[no-any-return]


def parse_demand(value: object) -> Entry:
    """Return the demand model that one entry of `demand:` describes, with its common keys.

    `model` names it; else `jobs` makes Jobs, `replay` (or a history as `orders`) a Replay, `chance` or `every` an
    Intermittent, and anything else a Poisson. Tables and histories must have been read: the reader puts a
    DemandTable under `table` and a History (or its `HistoryColumns`) under `orders`.
    """
    if isinstance(value, Entry):
        return value
    if not isinstance(value, Mapping):
        raise ValueError("needs a map, such as {part: filter, at: dealers, orders: 2 per month}")
    return _model(value).model_validate(value)


def _model(value: Mapping[str, Any]) -> type[Entry]:
    if value.get("model") is not None:
        return find_demand_model(str(value["model"]))
    table = value.get("table")
    if "jobs" in value:
        return Jobs
    if "replay" in value or "format" in value or hasattr(value.get("orders"), "quantity"):
        return Replay
    if "chance" in value or "every" in value or (isinstance(table, DemandTable) and "chance" in table.columns):
        return Intermittent
    return Poisson


DemandEntry = Annotated[SerializeAsAny[Entry], BeforeValidator(parse_demand)]
"""An entry of `demand:` as a field: a map in, a Poisson, Intermittent, Replay, Jobs or one's own model out."""
