"""The language in words: what a key means, how its value is written, its default, an example.

Read from the JSON Schema and the models, so that it says what the reader does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import BaseModel

from simnet.demand import DEMAND_MODELS
from simnet.leadtime import LEAD_TIMES
from simnet.policy import POLICIES, policy_name
from simnet.scenario.described import described
from simnet.scenario.spelling import OWNERS, Place, built_in_value, default, example_of, forms, schema, written

NAME = "NAME"
"""Stands in a path for a word of the analyst's own."""
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


def explain(path: str) -> list[Explained]:
    """What a dotted path of the language means, once a kind of entry; nothing if there is no such key."""
    steps = [step for step in path.split(".") if step]
    if not steps or len(steps) > _MOST_STEPS:
        return []
    if steps[0] == "designs" and len(steps) > 2:
        return explain(".".join(steps[2:]))
    found = [Place(schema())]
    for step in steps:
        inner = [place for here in found for place in _under(here, step)]
        if not inner:
            return []
        found = inner
    told = [_told(path, place) for place in found]
    return list({(each.meaning, each.written): each for each in told}.values())


def known_paths() -> list[str]:
    """Every path of the language, NAME standing for words of one's own."""
    return sorted(set(_walk(Place(schema()), "", 0)))


def models() -> list[str]:
    """The maps of the language by the name of their model: `Run`, `Dealer`; the file itself first."""
    return ["Scenario", *(name for name, node in schema()["$defs"].items() if "properties" in node)]


def keys_of(model: str) -> list[Explained]:
    """Every key of one map of the language, such as `Dealer`, in the order in which it is told."""
    node = schema() if model == "Scenario" else schema()["$defs"][model]
    return [_told(key, Place(inner, model, key)) for key, inner in node["properties"].items()]


def top_keys() -> tuple[tuple[str, str], ...]:
    """The keys of a scenario and what they mean."""
    return _keys(Place(schema()))


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


def _under(place: Place, step: str) -> list[Place]:
    """The places one step further: a key, else a word of one's own, else inside the entries of a list."""
    found = list(forms(place))
    keys = [Place(node["properties"][step], owner, step) for owner, node in found if step in node.get("properties", {})]
    if keys:
        return keys
    names = [node["additionalProperties"] for _, node in found if isinstance(node.get("additionalProperties"), dict)]
    if names:
        return [Place(names[0])]
    items = [Place(node["items"]) for _, node in found if isinstance(node.get("items"), dict)]
    return items if step.isdecimal() else [each for item in items for each in _under(item, step)]


def _told(path: str, place: Place) -> Explained:
    example = example_of(place)
    return Explained(
        path=path,
        meaning=_meaning(place) or "A word of your own.",
        written=written(place),
        default=built_in_value(path) or default(place),
        example=f"{path}: {example}" if example else "",
        keys=_keys(place),
        forms=_lead_times() if place.field == "lead_time" else (),
        of=_kind_of(place.owner),
    )


def _kind_of(owner: str) -> str:
    """What a model is of and how it is written: `the lines of a history: {orders: orders.csv, replay: exact}`."""
    about = ((getattr(OWNERS.get(owner), "__doc__", None) or "").split("\n")[0]).removesuffix(".")
    return (about[:1].lower() + about[1:]).replace("; written", ":")


def _meaning(place: Place) -> str:
    """What is said of the key, else of what stands under it."""
    owner = next((name for name, _ in forms(place) if name), "")
    return str(place.node.get("description") or schema()["$defs"].get(owner, {}).get("description", ""))


def _keys(place: Place) -> tuple[tuple[str, str], ...]:
    """The keys under a place; those of a table's description are left to the docs."""
    found: dict[str, str] = {}
    for _, node in forms(place):
        if "table" in node.get("required", ()):
            continue
        for name, inner in node.get("properties", {}).items():
            found.setdefault(name, _meaning(Place(inner)))
        for inner in (node.get("additionalProperties"), node.get("items")):
            if isinstance(inner, dict) and any("properties" in each for _, each in forms(Place(inner))):
                mark = f"{NAME}." if inner is node.get("additionalProperties") else ""
                found |= {f"{mark}{name}": about for name, about in _keys(Place(inner)) if name not in found}
    return tuple(found.items())


def _walk(place: Place, above: str, depth: int) -> Iterator[str]:
    if depth > 5:
        return
    for _, node in forms(place):
        if "table" in node.get("required", ()):
            continue
        for name, inner in node.get("properties", {}).items():
            path = f"{above}.{name}" if above else name
            yield path
            if path not in ("designs", "expect"):
                yield from _walk(Place(inner), path, depth + 1)
        for key, step in (("additionalProperties", f".{NAME}"), ("items", "")):
            if isinstance(node.get(key), dict):
                yield from _walk(Place(node[key]), above + step, depth + 1)


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
