# ruff: noqa: E501 - tables of cases
"""The JSON Schema for editors: valid, complete, and of one mind with the reader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from simnet import units
from simnet.demand import Entry
from simnet.scenario import Scenario, editor, json_schema
from simnet.units import Duration
from tests.reader.samples import BASE, changed, with_orders, with_parts

ROOT = Path(__file__).parents[2]
SHIPPED = sorted([*ROOT.glob("scenarios/*.yaml"), *ROOT.glob("scenarios/*/*.yaml"), *ROOT.glob("tests/real/*.yaml")])

jsonschema = pytest.importorskip("jsonschema")


def faults(text: str) -> list[str]:
    """What the schema finds wrong with a scenario."""
    tree = _numbers(yaml.load(text, yaml.BaseLoader))
    return [error.json_path for error in jsonschema.Draft202012Validator(json_schema()).iter_errors(tree)]


def _numbers(tree: Any) -> Any:
    """Plain numbers, truths and nothing as an editor sees them."""
    if isinstance(tree, dict):
        return {key: _numbers(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_numbers(item) for item in tree]
    try:
        return json.loads(tree) if tree[:1].isdigit() or tree in ("null", "true", "false") else tree
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


@pytest.mark.parametrize("path", SHIPPED, ids=[path.name for path in SHIPPED])
def test_shipped_scenarios_pass(path: Path) -> None:
    """No file that is shipped is marked, those that are only part of a scenario included."""
    assert faults(path.read_text("utf-8")) == []


def test_the_scenarios_of_the_docs_pass() -> None:
    """Nor is one that the docs show."""
    shown = [block for path in ROOT.glob("docs/*.md") for block in re.findall(r"```yaml\n(.*?)```", path.read_text("utf-8"), re.S)]
    whole = [block for block in shown if "simnet:" in block]
    assert whole and [fault for block in whole for fault in faults(block)] == []


@pytest.mark.parametrize(
    "text",
    [
        "extends: base.yaml",
        "extends: base.yaml\nstocking.default.target: 97 %\nlanes.gent.lyon: {lead_time: 4 d}",
        "extends: base.yaml\ndealers: {lyon: {lead_time: 4 d}, turin: null, metz.lead_time: 4 d}",
        "extends: base.yaml\nparts: {filter: null}\nstocking: {default.cover: 30 d, tiers: {central: null}}",
        "simnet: 1\nsuppliers: {factory: {lead_time: 3 d}}",
    ],
)
def test_files_that_say_less_pass(text: str) -> None:
    """A file that extends another, or is extended, says part of a scenario; paths have dots, null removes."""
    assert faults(text) == []


DESIGNS = "designs:\n  one: {warehouses: {gent: null}, dealers: {lyon: {lead_time: {cv: 0.2}}}, costs.order: 3 EUR}"
LAW = "suppliers: {factory: {lead_time: %s}}"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (DESIGNS, True),
        (DESIGNS.replace("warehouses", "warehuses"), False),
        (DESIGNS.replace("cv: 0.2", "cw: 0.2"), False),
        (DESIGNS.replace("costs.order", "cost.order"), False),
        (LAW % "{mean: 45 d, cv: 0.5, shape: lognormal}", True),
        (LAW % "{uniform: {from: 5 d, to: 9 d}}", True),
        (LAW % "{table: {10 d: 50 %, 40 d: 50 %}}", True),
        (LAW % "{mixture: [{share: 90 %, mean: 5 d}, {share: 10 %, mean: 30 d, cv: 0.5}]}", True),
        (LAW % "{mean: 45 d, cw: 0.5}", False),
        (LAW % "{mean: 45}", False),
        (LAW % "{mean: 45 d, cv: 0.5, shape: normal}", False),
        (LAW % "{uniform: {form: 5 d, to: 9 d}}", False),
        (LAW % "{mixture: [{share: 90 d, mean: 5 d}]}", False),
        ("demand: {part: filter, orders: 2/mo, size: {geometric: {mean: 1.5}}}", True),
        ("demand: {part: filter, orders: 2/mo, size: {negative_binomial: {mean: 3, var_to_mean: 2}}}", True),
        ("demand: {part: filter, orders: 2/mo, size: {table: {1: 60 %, 2: 40 %}}}", True),
        ("demand: {part: filter, orders: 2/mo, size: {geometrc: {mean: 1.5}}}", False),
        ("demand: {part: filter, orders: 2/mo, size: {geometric: 1.5}}", False),
        ("stocking: {default: {policy: base-stok, up_to: 2}}", False),
        ("stocking: {default: {policy: base-stock, upto: 2}}", False),
        ("stocking: {rules: [{when: {tier: dealer}, polcy: none}]}", False),
        ("run: {length: 5 yr}", False),
        ("parts: {table: parts.csv, colums: {part: id}}", False),
    ],
)
def test_forms(text: str, right: bool) -> None:
    """Every form of a value passes, with a typo in it none does."""
    assert (faults("simnet: 1\n" + text) == []) == right


NUMBERS = ("30", "1.5", ".5", "5.", "+5", "-5", "1e3", "1,5", "")
TYPES = {
    "Duration": ("d", "days", "w", "month", "x"),
    "Share": ("%", "percent"),
    "Rate": ("/month", "per month", " / mo", "a month"),
    "Weight": ("kg", "g", "lb"),
    "Money": ("EUR", "kEUR", "eur"),
    "MoneyPerKg": ("EUR/kg", "EUR / kg", "EUR per kg", "EUR"),
    "MoneyPerDay": ("EUR/d", "EUR per day", "EUR"),
    "SharePer": ("%/y", "% / year", "% per year", "%"),
}


@pytest.mark.parametrize("name", TYPES)
def test_patterns_take_what_the_reader_takes(name: str) -> None:
    """An editor marks no number with its unit that the reader takes, and few that it does not take."""
    adapter = TypeAdapter[Any](getattr(units, name))
    pattern = re.compile(adapter.json_schema()["pattern"])
    for text in (number + gap + unit for number in NUMBERS for gap in ("", " ", "  ") for unit in ("", *TYPES[name])):
        try:
            adapter.validate_python(text, context={"currency": "EUR"})
        except ValidationError:
            assert not pattern.match(text) or "e3" in text, text
        else:
            assert pattern.match(text), text


class Capped(BaseModel):
    """A policy of one's own."""

    most: int
    cover: Duration | Literal["all"] = 0

    def levels(self, item: Any) -> Any:
        """Never asked here."""


class Recall(Entry):
    """A demand model of one's own."""

    model: Literal["recall"]
    within: Duration


class Opaque:
    """A policy that does not say its keys."""


class Point:
    """An entry point."""

    def __init__(self, name: str) -> None:
        self.name = name


def installed(monkeypatch: pytest.MonkeyPatch, *policies: str) -> None:
    """Have policies and a demand model of one's own, as an installed package has."""
    known = {"capped": Capped, "opaque": Opaque, "recall": Recall}
    groups = {editor.GROUP: policies, editor.ENTRY_POINTS: ("recall",)}
    monkeypatch.setattr(editor, "entry_points", lambda group: [Point(name) for name in groups[group]])
    monkeypatch.setattr(editor, "find_policy", known.__getitem__)
    monkeypatch.setattr(editor, "find_demand_model", known.__getitem__)
    monkeypatch.setattr(editor, "policy_names", lambda: ["base-stock", *policies])


@pytest.mark.parametrize(
    ("policies", "text", "right"),
    [
        (["capped"], "stocking: {default: {policy: capped, most: 4}}", True),
        (["capped"], "stocking: {default: {policy: capped, most: 4, cover: all}}", True),
        (["capped"], "stocking: {default: {policy: capped, most: 4, cover: 30 d}}", True),
        (["capped"], "stocking: {default: {policy: capped, most: four}}", False),
        (["capped"], "stocking: {default: {policy: capped, msot: 4}}", False),
        (["capped"], "stocking: {default: {policy: caped, most: 4}}", False),
        (["opaque"], "stocking: {default: {policy: opaque, whatever: 4}}", True),
        (["gone"], "stocking: {default: {policy: gone, whatever: 4}}", True),
        ([], "demand: [{part: filter, model: recall, within: 2 y}, {part: filter, orders: 2/mo}]", True),
        ([], "demand: {part: filter, model: recall, wihtin: 2 y}", False),
        ([], "demand: {part: filter, model: recal, within: 2 y}", False),
    ],
)
def test_own_code(policies: list[str], text: str, right: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of an installed policy or demand model are those of the language; unknown ones are not marked."""
    installed(monkeypatch, *policies)
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert (faults("simnet: 1\n" + text) == []) == right


def test_everything_that_completes_is_described() -> None:
    """Each key of each map says what it is."""
    schema = json_schema()
    bare = [
        f"{name}.{key}"
        for name, each in schema["$defs"].items()
        for key, inner in each.get("properties", {}).items()
        if "description" not in inner and "$ref" not in inner and "$ref" not in str(inner.get("anyOf"))
    ]
    assert bare == []


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
