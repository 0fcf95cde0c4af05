"""The language in words: what a key means, how its value is written, its default, an example.

Read from the JSON Schema and the models, so that it says what the reader does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from simnet.demand import DEMAND_MODELS
from simnet.demand.job_cards import JobKind
from simnet.demand.sizes import Fixed
from simnet.leadtime import LEAD_TIMES
from simnet.policy import POLICIES, policy_name
from simnet.scenario.described import described
from simnet.scenario.managed import Managed, PhaseIn
from simnet.scenario.order_classes import OrderClass, Special, built_in
from simnet.scenario.parts import PartRow
from simnet.scenario.scenario import Costs, Run, Scenario
from simnet.scenario.schema import language
from simnet.scenario.sites import Dealer, Lane, LaneClass, Supplier, Warehouse
from simnet.scenario.stocking import LevelTable, Rule, Settings, Stocking, When
from simnet.units import MONTH, show_duration

NAME = "NAME"
"""Stands in a path for a word of the analyst's own."""
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
_OWNERS = {model.__name__: model for model in _MODELS}
_MOST_STEPS = 12


@dataclass(frozen=True)
class Explained:
    """One key of the language."""

    path: str
    meaning: str
    written: str = ""
    """How its value is written."""
    default: str = ""
    example: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    """Keys under it and what they mean."""
    forms: tuple[str, ...] = ()
    """Further ways to write it, or kinds of it."""
    of: str = field(default="", compare=False)
    """The kind of entry that has it, where several have a key of this name."""


@dataclass(frozen=True)
class _Place:
    """A node of the schema, and the model and field it stands for."""

    node: dict[str, Any]
    owner: str = ""
    field: str = ""


def explain(path: str) -> list[Explained]:
    """What a dotted path of the language means, once a kind of entry; nothing if there is no such key."""
    steps = [step for step in path.split(".") if step]
    if not steps or len(steps) > _MOST_STEPS:
        return []
    if steps[0] == "designs" and len(steps) > 2:
        return explain(".".join(steps[2:]))
    found = [_Place(_schema())]
    for step in steps:
        inner = [place for here in found for place in _under(here, step)]
        if not inner:
            return []
        found = inner
    told = [_told(path, place) for place in found]
    return list({(each.meaning, each.written): each for each in told}.values())


def known_paths() -> list[str]:
    """Every path of the language, NAME standing for words of one's own."""
    return sorted(set(_walk(_Place(_schema()), "", 0)))


def models() -> list[str]:
    """The maps of the language by the name of their model: `Run`, `Dealer`; the file itself first."""
    return ["Scenario", *(name for name, node in _schema()["$defs"].items() if "properties" in node)]


def keys_of(model: str) -> list[Explained]:
    """Every key of one map of the language, such as `Dealer`, in the order in which it is told."""
    node = _schema() if model == "Scenario" else _schema()["$defs"][model]
    return [_told(key, _Place(inner, model, key)) for key, inner in node["properties"].items()]


def top_keys() -> tuple[tuple[str, str], ...]:
    """The keys of a scenario and what they mean."""
    return _keys(_Place(_schema()))


def named_things() -> dict[str, Explained]:
    """Policies, demand models and lead times by the word that names them."""
    found = {}
    for policy in POLICIES:
        found[policy_name(policy)] = _model(policy_name(policy), policy, "policy")
    for model in DEMAND_MODELS:
        found[model.__name__.lower()] = _model(model.__name__.lower(), model, "model")
    for law in LEAD_TIMES:
        found.setdefault(law.__name__.lower(), _model(law.__name__.lower(), law, ""))
    return found


@cache
def _schema() -> dict[str, Any]:
    return language()


def _forms(place: _Place) -> Iterator[tuple[str, dict[str, Any]]]:
    """The alternatives of a node with the model each describes, references followed."""
    waiting = [("", place.node)]
    while waiting:
        owner, node = waiting.pop(0)
        if "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            waiting.insert(0, (name, _schema()["$defs"][name]))
        elif "anyOf" in node:
            waiting[:0] = [(owner, each) for each in node["anyOf"]]
        elif node.get("type") != "null":
            yield owner or ("Scenario" if node is _schema() else ""), node


def _under(place: _Place, step: str) -> list[_Place]:
    """The places one step further: a key, else a word of one's own, else inside the entries of a list."""
    forms = list(_forms(place))
    keys = [
        _Place(node["properties"][step], owner, step) for owner, node in forms if step in node.get("properties", {})
    ]
    if keys:
        return keys
    names = [node["additionalProperties"] for _, node in forms if isinstance(node.get("additionalProperties"), dict)]
    if names:
        return [_Place(names[0])]
    items = [_Place(node["items"]) for _, node in forms if isinstance(node.get("items"), dict)]
    return items if step.isdecimal() else [found for item in items for found in _under(item, step)]


def _told(path: str, place: _Place) -> Explained:
    example = _example(place)
    return Explained(
        path=path,
        meaning=_meaning(place) or "A word of your own.",
        written=_written(place),
        default=_built_in(path) or _default(place),
        example=f"{path}: {example}" if example else "",
        keys=_keys(place),
        forms=_lead_times() if place.field == "lead_time" else (),
        of=_kind_of(place.owner),
    )


def _kind_of(owner: str) -> str:
    """What a model is of and how it is written: `the lines of a history: {orders: orders.csv, replay: exact}`."""
    about = ((getattr(_OWNERS.get(owner), "__doc__", None) or "").split("\n")[0]).removesuffix(".")
    return (about[:1].lower() + about[1:]).replace("; written", ":")


def _meaning(place: _Place) -> str:
    """What is said of the key, else of what stands under it."""
    owner = next((name for name, _ in _forms(place) if name), "")
    return str(place.node.get("description") or _schema()["$defs"].get(owner, {}).get("description", ""))


def _written(place: _Place) -> str:
    """How the value is written, all alternatives."""
    words: list[str] = []
    for _, node in _forms(place):
        if node.get("type") != "array":
            words.append(_kind(node))
            continue
        item = next((_kind(each) for _, each in _forms(_Place(node.get("items", {})))), "")
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


def _default(place: _Place) -> str:
    """The default as one would write it; empty where a key has none."""
    model = _OWNERS.get(place.owner)
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


def _built_in(path: str) -> str:
    """What a key of an order class that is built in holds before anything is written."""
    steps = path.split(".")
    value = built_in(steps[1]).get(steps[2]) if len(steps) == 3 and steps[0] == "order_classes" else None
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _value(value: Any, place: _Place) -> str:
    if value is None or value == () or value == {} or isinstance(value, LevelTable):
        return "left out"
    if isinstance(value, BaseModel):
        return str(value.pieces) if isinstance(value, Fixed) else ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and _written(place).startswith("a time"):
        return "1 mo" if value == MONTH else show_duration(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _example(place: _Place) -> str:
    """A value as one would write it: the key's own example, else one of its type, else the last of its words."""
    found = next(_examples(place), None)
    if found is not None:
        return flow(found)
    words = [str(node["enum"][-1]) for _, node in _forms(place) if "enum" in node]
    consts = [str(node["const"]) for _, node in _forms(place) if "const" in node]
    return next(iter([*words, *consts]), "")


def _examples(place: _Place) -> Iterator[Any]:
    """The examples of a node, the outer ones first."""
    yield from place.node.get("examples", ())
    for inner in place.node.get("anyOf", ()):
        yield from _examples(_Place(inner))
    for _, node in _forms(place) if "$ref" in place.node else ():
        yield from node.get("examples", ())


def flow(value: Any) -> str:
    """A value on one line of YAML: `{hits: 3, within: 12 mo}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _keys(place: _Place) -> tuple[tuple[str, str], ...]:
    """The keys under a place; those of a table's description are left to the docs."""
    found: dict[str, str] = {}
    for _, node in _forms(place):
        if "table" in node.get("required", ()):
            continue
        for name, inner in node.get("properties", {}).items():
            found.setdefault(name, _meaning(_Place(inner)))
        for inner in (node.get("additionalProperties"), node.get("items")):
            if isinstance(inner, dict) and any("properties" in each for _, each in _forms(_Place(inner))):
                mark = f"{NAME}." if inner is node.get("additionalProperties") else ""
                found |= {f"{mark}{name}": about for name, about in _keys(_Place(inner)) if name not in found}
    return tuple(found.items())


def _walk(place: _Place, above: str, depth: int) -> Iterator[str]:
    if depth > 5:
        return
    for _, node in _forms(place):
        if "table" in node.get("required", ()):
            continue
        for name, inner in node.get("properties", {}).items():
            path = f"{above}.{name}" if above else name
            yield path
            if path not in ("designs", "expect"):
                yield from _walk(_Place(inner), path, depth + 1)
        for key, step in (("additionalProperties", f".{NAME}"), ("items", "")):
            if isinstance(node.get(key), dict):
                yield from _walk(_Place(node[key]), above + step, depth + 1)


def _model(name: str, model: type[BaseModel], key: str) -> Explained:
    about = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    texts = described(model)
    fields = tuple(
        (field.alias or each, texts.get(each, ""))
        for each, field in model.model_fields.items()
        if each not in ("policy", "model")
    )
    return Explained(name, about, keys=fields, example=f"{key}: {name}" if key == "policy" else "")


def _lead_times() -> tuple[str, ...]:
    return tuple(" ".join((law.__doc__ or "").split("\n\n")[0].split()) for law in LEAD_TIMES)
