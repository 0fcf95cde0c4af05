"""The JSON Schema that editors are given: also for files that change another, and with one's own code in it."""

from __future__ import annotations

import re
from importlib.metadata import entry_points
from typing import Any

from pydantic import BaseModel

from simnet.demand.parse import ENTRY_POINTS, find_demand_model
from simnet.policy import GROUP, find_policy, policy_names
from simnet.scenario.schema import demand_schema, language, model_schema, tidy

NULL = {"type": "null"}
PARTIAL = ("Warehouse", "Dealer", "Replay")
"""What a design, or a file that extends another, may change without saying all of it again."""
NOT_IN_DESIGNS = ("simnet", "designs", "extends")


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a scenario file; whether all that is needed is there, the reader says."""
    schema = language()
    definitions: dict[str, Any] = schema["$defs"]
    _own_policies(definitions)
    _own_demand(schema, definitions)
    for name in PARTIAL:
        definitions[name].pop("required", None)
    definitions["Design"] = _design(schema["properties"])
    named = {"anyOf": [{"$ref": "#/$defs/Design"}, NULL]}
    schema["properties"]["designs"]["additionalProperties"] = named
    del schema["required"]
    schema |= {"if": {"not": {"required": ["extends"]}}, "then": {"required": ["simnet"]}}
    _refine(schema, definitions)
    for name, each in definitions.items():
        each["title"] = " ".join(re.findall("[A-Z]?[^A-Z]+", name)).lower().removesuffix(" row")
    return schema


def _own_policies(definitions: dict[str, Any]) -> None:
    """The words that name a policy; the keys of one's own where they are known, any key where they are not."""
    own: dict[str, Any] = {}
    strict = True
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        found = _found(find_policy, entry.name)
        if found is None:
            strict = False
        else:
            model_schema(found, entry.name, definitions)
            _add(own, definitions.pop(entry.name)["properties"])
    tidy(list(own.values()))
    for name in ("Settings", "Rule"):
        keys = definitions[name]["properties"]
        keys["policy"] |= {"anyOf": [{"enum": policy_names()}, NULL]}
        _add(keys, own)
        definitions[name]["additionalProperties"] = not strict


def _own_demand(schema: dict[str, Any], definitions: dict[str, Any]) -> None:
    """Demand models of one's own among the built-in ones."""
    entries = schema["properties"]["demand"]["anyOf"][0]["anyOf"]
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        found, name = _found(find_demand_model, entry.name), f"{entry.name}-demand"
        if found is not None:
            entries.append(demand_schema(found, name, definitions))
            tidy(definitions[name])
            definitions[name]["required"] = ["model"]
            keys = definitions[name]["properties"]
            keys["model"] = {"anyOf": [keys["model"], NULL]}  # so that its name is offered where none stands yet


def _add(keys: dict[str, Any], more: dict[str, Any]) -> None:
    """Further keys; one that is there already may be written in either way."""
    for name, each in more.items():
        keys[name] = {"anyOf": [keys[name], each]} | _about(keys[name]) if name in keys else each


def _found(find: Any, name: str) -> type[BaseModel] | None:
    """A class of an entry point that describes its keys."""
    try:
        found = find(name)
        found.model_json_schema()
    except Exception:  # somebody else's package may fail in any way; the reader tells
        return None
    return found if issubclass(found, BaseModel) else None


def _design(properties: dict[str, Any]) -> dict[str, Any]:
    """A design: the keys of the file, each over what the file says."""
    keys = {
        name: {"anyOf": [{"$ref": f"#/properties/{name}"}, NULL]} | _about(each)
        for name, each in properties.items()
        if name not in NOT_IN_DESIGNS
    }
    return {
        "type": "object",
        "description": "Changes to this file: maps merge, lists replace, null removes.",
        "properties": keys,
        "additionalProperties": False,
    }


def _about(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": schema["description"]} if "description" in schema else {}


def _refine(node: Any, definitions: dict[str, Any]) -> None:
    """Paths with dots for keys, null for an entry that is removed; for a wrong form, an example of a right one."""
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _refine(inner, definitions)
    if not isinstance(node, dict):
        return
    if isinstance(node.get("pattern"), str) and isinstance(node.get("examples"), list):
        node["patternErrorMessage"] = f"Write it such as {node['examples'][0]}."
    if node.get("type") != "object":
        return
    named = node.get("additionalProperties")
    if named is False:
        node["patternProperties"] = {f"^({'|'.join(node['properties'])})\\.": {}}
    elif isinstance(named, dict) and (named.get("type") == "object" or "$ref" in named):
        node["additionalProperties"] = {"anyOf": [named, NULL]}
        below = definitions.get(str(named.get("$ref")).rpartition("/")[2], {}).get("properties")
        if below:
            node["patternProperties"] = {f"\\.({'|'.join(below)})(\\.|$)": {}}
