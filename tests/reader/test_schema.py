# ruff: noqa: E501 - tables of cases
"""The JSON Schema for editors: valid, complete, and of one mind with the reader."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from simnet.scenario import Scenario, json_schema
from tests.reader.samples import BASE, changed, with_orders, with_parts

jsonschema = pytest.importorskip("jsonschema")


def faults(text: str) -> list[str]:
    """What the schema finds wrong with a scenario."""
    tree = _numbers(yaml.load(text, yaml.BaseLoader))
    return [error.json_path for error in jsonschema.Draft202012Validator(json_schema()).iter_errors(tree)]


def _numbers(tree: Any) -> Any:
    """Plain numbers as an editor sees them."""
    if isinstance(tree, dict):
        return {key: _numbers(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_numbers(item) for item in tree]
    try:
        return json.loads(tree) if tree[:1].isdigit() else tree
    except ValueError:
        return tree


def test_schema_is_valid_and_stable() -> None:
    """The schema is one of its own draft, and the same each time."""
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json.dumps(json_schema()) == json.dumps(json_schema())


def test_schema_knows_every_key() -> None:
    """Each key of the scenario is there and described."""
    properties = json_schema()["properties"]
    assert set(properties) == (set(Scenario.model_fields) - {"variant"}) | {"extends"}
    assert [name for name, schema in properties.items() if "description" not in schema and "$ref" not in schema] == []


@pytest.mark.parametrize("text", [BASE, with_parts(), with_parts("{table: parts.csv, margin: 45 %}"), with_orders()])
def test_right_scenarios_pass(text: str) -> None:
    """What the reader takes, the schema takes."""
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (changed("seed: 7", "sede: 7"), "$.run"),
        (changed("length: 2 y", "length: [2]"), "$.run.length"),
        (changed("money: EUR", "money: euros"), "$.money"),
        (changed("costs:", "cost:"), "$"),
        (changed("target: 95 %", "target: 95 d"), "$.stocking.default.target"),
        (changed("simnet: 1", "simnet: 2"), "$.simnet"),
    ],
)
def test_wrong_scenarios_fail(text: str, place: str) -> None:
    """An editor marks a wrong key, unit or form where it stands."""
    assert any(each.startswith(place) for each in faults(text))
