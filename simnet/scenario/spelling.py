"""How a value of the language is written, its default and an example, by the nodes of the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from simnet.demand import DEMAND_MODELS
from simnet.demand.job_cards import JobKind
from simnet.demand.sizes import Fixed
from simnet.scenario.managed import Managed, PhaseIn
from simnet.scenario.order_classes import OrderClass, Special, built_in
from simnet.scenario.parts import PartRow
from simnet.scenario.scenario import Costs, Run, Scenario
from simnet.scenario.schema import language
from simnet.scenario.sites import Dealer, Lane, LaneClass, Supplier, Warehouse
from simnet.scenario.stocking import LevelTable, Rule, Settings, Stocking, When
from simnet.units import MONTH, show_duration

UNITS = {
    "30 d": "a time: min, h, d, w, mo, y",
    "95 %": "a share",
    "12.40 EUR": "an amount of money",
    "1.10 EUR/kg": "money per weight",
    "40 EUR/d": "money per time",
    "22 %/y": "a share per time",
    "2 per month": "a rate: per minute, hour, day, week, month, year",
    "0.8 kg": "a weight: g, kg, t",
    "300 km": "a distance: m, km",
    "10 %": "a share",
    "Gent BE": "a place by town and country, or [latitude, longitude]",
    "mon-fri 08:00-17:00": "days and hours of the week",
    "mon-fri 18:00": "times of the week",
    "mon-fri": "days of the week",
    "17:00": "a time of day, 24 hours",
    "18:00": "times of day, 24 hours",
    "Europe/Brussels": "a time zone",
    "2026-01-01": "a day",
    "2026-12-25": "a day, or a country such as BE",
    "1 y": "a time; months and years follow the calendar",
    "at least 95 %": "a limit: at least, at most, between ... and ..., within ... of baseline",
    "at most 10 EUR": "a limit in money",
}
"""How a value is written, by the first example of it."""
TYPES = {
    "integer": "a whole number",
    "number": "a plain number",
    "boolean": "true or false",
    "string": "a word",
    "array": "a list",
}
_MODELS: tuple[type[BaseModel], ...] = (
    Scenario, Run, Costs, Supplier, Warehouse, Dealer, Lane, LaneClass, OrderClass, Special, PartRow,
    Stocking, Settings, Rule, When, PhaseIn, Managed, JobKind,
    *DEMAND_MODELS,
)  # fmt: skip
OWNERS = {model.__name__: model for model in _MODELS}


@dataclass(frozen=True)
class Place:
    """A node of the schema, and the model and field it stands for."""

    node: dict[str, Any]
    owner: str = ""
    field: str = ""


@cache
def schema() -> dict[str, Any]:
    return language()


def forms(place: Place) -> Iterator[tuple[str, dict[str, Any]]]:
    """The alternatives of a node with the model each describes, references followed."""
    waiting = [("", place.node)]
    while waiting:
        owner, node = waiting.pop(0)
        if "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            waiting.insert(0, (name, schema()["$defs"][name]))
        elif "anyOf" in node:
            waiting[:0] = [(owner, each) for each in node["anyOf"]]
        elif node.get("type") != "null":
            yield owner or ("Scenario" if node is schema() else ""), node


def written(place: Place) -> str:
    """How the value is written, all alternatives."""
    words: list[str] = []
    for _, node in forms(place):
        if node.get("type") != "array":
            words.append(_kind(node))
            continue
        item = next((_kind(each) for _, each in forms(Place(node.get("items", {})))), "")
        same = bool(item) and item in words
        words.append(f"{TYPES['array']} of them" if same else f"{TYPES['array']} ({item})" if item else TYPES["array"])
    return "; or ".join(dict.fromkeys(word for word in words if word))


def _kind(node: dict[str, Any]) -> str:
    if "enum" in node:
        return "one of " + ", ".join(map(flow, node["enum"]))
    if "const" in node:
        return f"the word {node['const']}" if isinstance(node["const"], str) else f"always {node['const']}"
    if "csv" in node.get("pattern", ""):
        return "the name of a table (csv, xlsx)"
    examples = [each for each in node.get("examples", ()) if isinstance(each, str)]
    if unit := UNITS.get(examples[0] if examples else "") or _unit(node.get("pattern")):
        return unit
    if node.get("type") == "object":
        named = isinstance(node.get("additionalProperties"), dict)
        return "" if "table" in node.get("properties", {}) else "a map by name" if named else "a map"
    return TYPES.get(str(node.get("type")), "")


def _unit(pattern: str | None) -> str:
    """How values of a pattern are written, where the example is another than that of their type."""
    return next((unit for example, unit in UNITS.items() if re.search(pattern, example)), "") if pattern else ""


def default(place: Place) -> str:
    """The default as one would write it; empty where a key has none."""
    model = OWNERS.get(place.owner)
    if model is None:
        return ""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    fields |= {"class": model.model_fields["part_class"]} if "part_class" in model.model_fields else {}
    field = fields.get(place.field)
    if field is None:
        return ""
    if field.is_required():
        return "none: it must be written"
    return _value(field.default, place) if field.default is not PydanticUndefined else ""


def built_in_value(path: str) -> str:
    """What a key of an order class that is built in holds before anything is written."""
    steps = path.split(".")
    value = built_in(steps[1]).get(steps[2]) if len(steps) == 3 and steps[0] == "order_classes" else None
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _value(value: Any, place: Place) -> str:
    if value is None or value == () or value == {} or isinstance(value, LevelTable):
        return "left out"
    if isinstance(value, BaseModel):
        return str(value.pieces) if isinstance(value, Fixed) else ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and written(place).startswith("a time"):
        return "1 mo" if value == MONTH else show_duration(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def example_of(place: Place) -> str:
    """A value as one would write it: the key's own example, else one of its type, else the last of its words."""
    found = next(_examples(place), None)
    if found is not None:
        return flow(found)
    words = [str(node["enum"][-1]) for _, node in forms(place) if "enum" in node]
    consts = [str(node["const"]) for _, node in forms(place) if "const" in node]
    return next(iter([*words, *consts]), "")


def _examples(place: Place) -> Iterator[Any]:
    """The examples of a node, the outer ones first."""
    yield from place.node.get("examples", ())
    for inner in place.node.get("anyOf", ()):
        yield from _examples(Place(inner))
    for _, node in forms(place) if "$ref" in place.node else ():
        yield from node.get("examples", ())


def flow(value: Any) -> str:
    """A value on one line of YAML: `{hits: 3, within: 12 mo}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)
