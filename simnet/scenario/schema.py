"""The JSON Schema of the scenario language, generated from the models, with human patterns.

What `explain` reads; editors are given the form of it in `editor.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from simnet.demand import DEMAND_MODELS
from simnet.scenario.described import described
from simnet.scenario.history import HISTORY_KEYS
from simnet.scenario.job_cards import CARD_KEYS
from simnet.scenario.named import SECTIONS
from simnet.scenario.parts import MORE_KEYS, PartRow
from simnet.scenario.scenario import Scenario
from simnet.scenario.table_grid import SPEC_KEYS

_TABLE: dict[str, Any] = {
    "type": "string",
    "pattern": r"\.(csv|tsv|txt|xlsx|xlsm)(\.gz)?$",
    "description": "A table, relative to this file.",
}
_TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
ABOUT_TABLE: dict[str, dict[str, Any]] = {
    "sheet": {"type": "string", "examples": ["Parts"], "description": "The sheet of a workbook."},
    "columns": {**_TEXTS, "examples": [{"part": "Teil"}], "description": "Our column: the name in the file."},
    "units": {**_TEXTS, "examples": [{"cost": "EUR"}], "description": "The unit of bare numbers, by column."},
    "decimal": {"enum": [".", ","], "description": "The decimal sign."},
    "encoding": {"type": "string", "examples": ["utf-8", "cp1252"], "description": "How letters are coded."},
    "ignore": {
        "type": "array",
        "items": {"type": "string"},
        "examples": [["remark"]],
        "description": "Columns to leave out.",
    },
    "format": {"enum": ["long", "wide"], "description": "A row a line, or a column a period."},
    "dates": {"enum": ["dmy", "mdy", "ymd"], "description": "The order of day, month and year."},
    "blanks": {"enum": ["zero", "unknown"], "description": "What an empty cell of a wide history means."},
    "returns": {"enum": ["error", "ignore"], "description": "What to do with negative quantities."},
    "margin": {"type": "string", "examples": ["45 %"], "description": "price = cost / (1 - margin)."},
}
"""What may be said of a table, beside `table:`."""


class _Generator(GenerateJsonSchema):
    """Values that pydantic cannot describe are described further below, or may be anything."""

    def handle_invalid_for_json_schema(self, schema: core_schema.CoreSchema, error_info: str) -> JsonSchemaValue:
        return {}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Fields are told by the text under them."""
        found = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        for name, text in described(model).items():
            shown = found.get("properties", {}).get(model.model_fields[name].alias or name)
            if isinstance(shown, dict):
                shown.setdefault("description", text)
        return found

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Keys stay in the order in which they are written, in examples too."""
        return value

    def emit_warning(self, kind: Any, detail: str) -> None:
        """Defaults that are no JSON are not shown."""


def language() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a whole scenario."""
    schema: dict[str, Any] = Scenario.model_json_schema(schema_generator=_Generator, mode="validation")
    definitions: dict[str, Any] = schema.setdefault("$defs", {})
    properties: dict[str, Any] = schema["properties"]
    properties.pop("variant", None)
    for section in SECTIONS:
        written = {key: value for key, value in properties[section].items() if key not in ("description", "title")}
        properties[section] = {"anyOf": [written, _table(())], **_about(properties[section])}
    part = model_schema(PartRow, PartRow.__name__, definitions)
    del definitions[PartRow.__name__]["properties"]["margin"]  # it stands beside a table only
    properties["parts"] = {"anyOf": [_names(part), _table(MORE_KEYS)], **_about(properties["parts"])}
    entries = {"anyOf": [demand_schema(model, model.__name__, definitions) for model in DEMAND_MODELS]}
    many = {"anyOf": [entries, {"type": "array", "items": entries}]}
    properties["demand"] = {**many, **_about(properties["demand"])}
    properties["opening"] = {"anyOf": [{"const": "full"}, _table(())], **_about(properties["opening"])}
    definitions["Stocking"]["properties"]["levels"] = {
        "anyOf": [_table(())],
        "description": "Numbers by site and part.",
        "examples": ["levels.csv"],
    }
    for settings in ("Settings", "Rule"):
        for key in ("managed", "phase_in"):
            definitions[settings]["properties"][key]["anyOf"].append({"type": "boolean"})
    _more(properties)
    schema["required"] = ["simnet", "parts", "demand"]
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "simnet scenario"
    tidy(schema)
    used = _used(schema, definitions)
    schema["$defs"] = {name: definitions[name] for name in sorted(used)}
    return schema


def tidy(schema: Any) -> None:
    """Titles repeat the keys; defaults in minutes or of whole maps are not what one would write."""
    if isinstance(schema, list):
        for item in schema:
            tidy(item)
    elif isinstance(schema, dict):
        if "$schema" not in schema:
            schema.pop("title", None)
        if "default" in schema and (not isinstance(schema["default"], str) or not schema["default"]):
            schema.pop("default")
        for key, value in schema.items():
            if key == "examples":
                continue
            # The keys of these are the analyst's words, not the schema's.
            tidy(list(value.values()) if key in ("properties", "$defs") else value)


def _used(schema: Any, definitions: dict[str, Any]) -> set[str]:
    """The definitions that a schema refers to, directly or not."""
    used: set[str] = set()
    waiting: list[Any] = [{key: value for key, value in schema.items() if key != "$defs"}]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting.extend(here)
        elif isinstance(here, dict):
            name = str(here.get("$ref", "")).rpartition("/")[2]
            if name in definitions and name not in used:
                used.add(name)
                waiting.append(definitions[name])
            waiting.extend(here.values())
    return used


def _more(properties: dict[str, Any]) -> None:
    limits = {
        "type": "string",
        "pattern": "^(at least|at most|between|within|exactly) |^as baseline$",
        "examples": ["at least 95 %"],
    }
    properties["expect"] = {
        **_names(limits),
        "description": "What `simnet test` holds this file to.",
        "examples": [{"fill.line": "at least 95 %"}],
    }
    change = {"type": ["object", "null"]}
    properties["designs"] = {
        **_names(change),
        "description": "Designs: each is this file plus its changes.",
        "examples": [{"tighter": {"stocking.default.target": "98 %"}}],
    }
    properties["extends"] = {
        "type": "string",
        "description": "A file that this one stands on.",
        "examples": ["base.yaml"],
    }


def demand_schema(model: type[BaseModel], name: str, definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to the schema of a demand model, which is put among the definitions."""
    found = model_schema(model, name, definitions)
    inner = definitions[name]["properties"]
    for key in ("table", "orders"):
        if key in inner and model.__name__ == "Replay" or key == "table" and key in inner:
            inner[key] = {**_table(HISTORY_KEYS), **_about(inner[key])}
    if "jobs" in inner:
        for key in ("part", "parts", "class"):  # jobs name their parts themselves
            del inner[key]
        kind = {"$ref": "#/$defs/JobKind"}
        kinds = [kind, {"type": "array", "items": kind}]
        inner["jobs"] = {"anyOf": [*kinds, _table(CARD_KEYS)], **_about(inner["jobs"])}
    return found


def model_schema(model: type[BaseModel], name: str, definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to the schema of a model, which is put among the definitions."""
    schema = model.model_json_schema(schema_generator=_Generator, mode="validation", ref_template="#/$defs/{model}")
    definitions.update(schema.pop("$defs", {}))
    if "part_class" in schema["properties"]:
        schema["properties"]["class"] = schema["properties"].pop("part_class")
    definitions[name] = schema
    return {"$ref": f"#/$defs/{name}"}


def _names(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value}


def _table(more: Sequence[str]) -> dict[str, Any]:
    """A table by name, or a map that says more about it."""
    known: dict[str, Any] = {key: ABOUT_TABLE[key] for key in (*SPEC_KEYS, *more) if key in ABOUT_TABLE}
    about = {"type": "object", "properties": {"table": _TABLE, **known}, "required": ["table"]}
    return {"anyOf": [_TABLE, {**about, "additionalProperties": False}]}


def _about(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: schema[key] for key in ("description", "examples") if key in schema}
