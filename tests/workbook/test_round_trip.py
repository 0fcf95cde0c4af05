"""YAML to workbook and back: the same scenario, to the last text, whatever names and values it holds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from simnet.cli import main
from simnet.errors import SimnetError
from simnet.scenario import Book
from simnet.scenario.nodes import Node, Source
from simnet.scenario.paths import join_path, split_path
from simnet.scenario.read import compose
from simnet.scenario.scenario import Scenario
from simnet.study import load
from simnet.study.runs import hash_of
from simnet.workbook import to_workbook, to_yaml
from simnet.workbook.plain import yaml_of
from simnet.workbook.words import cell, flow
from tests.docs.blocks import ROOT, all_blocks
from tests.workbook.books import made

WHOLE = [path for path in sorted((ROOT / "scenarios").rglob("*.yaml")) if path.name != "network.yaml"]
"""The shipped scenarios; network.yaml is one that others extend."""
DOCS = [block for block in all_blocks("yaml") if block.text.startswith("simnet: 1")]


def same(one: Path, other: Path) -> None:
    """Both files are the same scenario: content of every design, hash of the question, order of the rows."""
    first, second = Book(one), Book(other)
    first.check_designs()
    second.check_designs()
    assert second.designs == first.designs
    for name in first.designs:
        ours, theirs = first.scenario(name), second.scenario(name)
        assert second.content(name) == first.content(name)
        assert ordered(theirs) == ordered(ours)
    studies = load(one), load(other)
    codes = [hash_of([(study, name) for name in study.designs], 3, 7, {}) for study in studies]
    assert codes[0] == codes[1]


def ordered(scenario: Scenario) -> dict[str, Any]:
    """What the order of rows decides, and what tables resolve to."""
    parts = scenario.parts
    return {
        "sites": [list(getattr(scenario, name)) for name in ("suppliers", "warehouses", "dealers")],
        "parts": list(parts.names),
        "numbers": [getattr(parts, name).tolist() for name in ("cost", "price", "weight", "pack", "minimum_order")],
        "words": [list(parts.supplier), list(parts.part_class), list(parts.lead_time)],
        "stocking": scenario.stocking.model_dump(exclude={"levels"}),
        "levels": dict(scenario.stocking.levels.rows),
        "opening": dict(scenario.opening.rows) if scenario.opening else None,
        "lanes": {source: list(ways) for source, ways in scenario.lanes.items()},
        "expect": [(each.kpi, str(each.limit)) for each in scenario.expect],
    }


def there_and_back(source: Path, folder: Path) -> None:
    """YAML, workbook, YAML: three times the same; the same bytes when written again."""
    book = to_workbook(source, folder / "book.xlsx")
    same(source, book)
    first = book.read_bytes()
    assert to_workbook(source, folder / "again.xlsx").read_bytes() == first
    (folder / "back").mkdir()
    same(source, to_yaml(book, folder / "back" / "back.yaml")[0])


@pytest.mark.parametrize("source", WHOLE, ids=lambda path: path.stem)
def test_a_shipped_scenario_is_the_same_as_a_workbook(source: Path, tmp_path: Path) -> None:
    """One file with its tables in sheets: nothing beside it is read."""
    there_and_back(source, tmp_path)
    assert Book(tmp_path / "book.xlsx").files == (tmp_path / "book.xlsx",)


@pytest.mark.parametrize("block", DOCS, ids=lambda block: block.place)
def test_a_scenario_of_the_docs_is_the_same_as_a_workbook(block: Any, tmp_path: Path) -> None:
    """Every form that the page of the language shows."""
    file = tmp_path / "docs.yaml"
    file.write_text(block.text, encoding="utf-8")
    there_and_back(file, tmp_path)


def test_a_workbook_answers_from_what_its_yaml_was_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question is the same, so it is answered once."""
    monkeypatch.chdir(tmp_path)
    to_workbook(made(tmp_path / "hand.xlsx"), tmp_path / "unused.xlsx")
    shutil.copy(ROOT / "scenarios" / "minimal.yaml", tmp_path)
    to_workbook(tmp_path / "minimal.yaml", tmp_path / "book.xlsx")
    asked = ["--replications", "2", "--json"]
    first = CliRunner().invoke(main, ["run", "minimal.yaml", *asked])
    second = CliRunner().invoke(main, ["run", "book.xlsx", *asked])
    assert "(cached" in second.stderr
    assert json.loads(second.stdout)["designs"] == json.loads(first.stdout)["designs"]


@pytest.mark.parametrize(
    "words",
    [
        ["show", "book.xlsx"],
        ["run", "book.xlsx", "--replications", "1", "--set", "stocking.default.target=97%"],
        ["compare", "book.xlsx", "--replications", "1"],
        ["sweep", "book.xlsx", "--vary", "stocking.default.target=90%,95%", "--replications", "1"],
        ["explain", "book.xlsx", "--part", "0123"],
    ],
    ids=lambda words: words[0],
)
def test_verbs_take_a_workbook_where_they_take_yaml(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing that only YAML can."""
    monkeypatch.chdir(tmp_path)
    made(tmp_path / "book.xlsx")
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output


HOSTILE = [
    "=cmd()", "+1", "@x", "<script>", "x" * 200, "漢字", "\u05d0\u05d1", "\U0001f600", "a.b", 'say "no"', "null", "~",
    "{a", "[b", "NO", "0123", "4711E3", "12:30", "#REF!", "_x0041_", "sheet parts", "a b", "-", "'quoted'", "\\n",
    "<<", "1e5",
]  # fmt: skip
"""Names that YAML, a spreadsheet or a reader of either may take for something else."""


def test_hostile_names_are_the_same_names(tmp_path: Path) -> None:
    """Parts and sites of any name, in tables and in designs."""
    names = [name for name in HOSTILE if name not in ("null", "~", "<<")]
    scenario = {
        "simnet": "1", "money": "EUR", "run": {"length": "1 y"}, "about": "=1+1",
        "suppliers": {"f": {"lead_time": "9 d"}},
        "warehouses": {"w": {"refilled_by": "f"}},
        "dealers": {name: {"served_by": "w", "lead_time": "1 d"} for name in names},
        "parts": {name: {"cost": "1 EUR", "price": "2 EUR", "class": name} for name in names},
        "demand": [{"part": name, "orders": "1 per year", "at": names[0]} for name in names],
        "stocking": {"default": {"target": "90 %"}, "classes": {name: {"target": "91 %"} for name in names}},
    }  # fmt: skip
    file = tmp_path / "odd.yaml"
    file.write_text(yaml.safe_dump(scenario, allow_unicode=True, sort_keys=False), encoding="utf-8")
    there_and_back(file, tmp_path)


TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=0, max_size=12))
KEYS = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=12))
TREES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


def node_of(value: Any) -> Node:
    """A value as nodes, however YAML writes it."""
    return compose(Source("x", json_yaml(value)))


def json_yaml(value: Any) -> str:
    """A value as YAML, every text in quotes."""
    return yaml.safe_dump(value, default_style='"', allow_unicode=False, width=10**9)


def printable(value: Any) -> bool:
    """Whether YAML can write it: no surrogates, and no two keys that are one after all."""
    return "\\ud" not in json.dumps(value).lower()


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4).filter(printable))
def test_any_tree_is_the_same_in_a_cell_and_in_a_file(value: dict[str, Any]) -> None:
    """Values in one line, and whole files."""
    node = node_of(value)
    assert compose(Source("x", flow(node))).data() == node.data()
    assert compose(Source("x", yaml_of(node))).data() == node.data()
    for _, inner in node.entries.values():
        text = cell(inner)
        assert text == text.strip()


@given(st.lists(KEYS.filter(printable), min_size=1, max_size=5))
def test_a_path_has_the_steps_that_it_was_joined_from(steps: list[str]) -> None:
    """Whatever the keys hold."""
    assert split_path(join_path(steps)) == steps


SAFE = st.one_of(
    st.sampled_from([name for name in HOSTILE if name not in ("null", "~", "<<", "\\n")]),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9),
)
WORLDS = st.fixed_dictionaries(
    {
        "simnet": st.just("1"),
        "money": st.just("EUR"),
        "about": TEXTS,
        "run": st.fixed_dictionaries({"length": st.just("1 y")}, optional={
            "seed": st.just("3"), "windows": st.just(["12 h", "14 d"]), "precision": st.just({"fill.line": "2 pt"})}),
        "suppliers": st.just({"f": {"lead_time": {"mixture": [{"share": "90 %", "mean": "5 d"},
                                                              {"share": "10 %", "mean": "30 d", "cv": "0.5"}]}}}),
        "warehouses": st.just({"w": {"refilled_by": "f", "holidays": ["12-25", "01-01"]}}),
        "dealers": st.dictionaries(SAFE, st.fixed_dictionaries(
            {"served_by": st.just("w"), "lead_time": st.sampled_from(["1 d", {"mean": "2 d", "cv": "0.4"}])},
            optional={"at": st.sampled_from(["Gent BE", ["51.05", "3.73"]]), "share": st.just("2")}),
            min_size=1, max_size=3),
        "parts": st.dictionaries(SAFE, st.fixed_dictionaries({}, optional={
            "cost": st.sampled_from(["1 EUR", "12.40 EUR"]), "class": SAFE, "pack": st.just("2"),
            "lead_time": st.sampled_from(["3 d", {"uniform": {"from": "5 d", "to": "9 d"}}])}), min_size=1, max_size=3),
        "stocking": st.sampled_from([
            {"default": {"target": "95 %"}},
            {"default": {"target": "95 %"}, "rules": [{"when": {"price": "at most 10 EUR"}, "policy": "none"}]},
            {"default": {"cover": "30 d"}, "tiers": {"dealer": {"reserve": {"stock": "1"}}}, "classes": {}}]),
        "demand": st.sampled_from([{"orders": "2 per month"}, [{"orders": "2 per month"}],
                                   [{"orders": "2 per month", "size": {"table": {"1": "60 %", "5": "40 %"}}},
                                    {"chance": "12 %", "every": "1 mo", "season": ["1"] * 12}]]),
    },
    optional={
        "order_classes": st.sampled_from([{"vor": {"ask": ["facing", "supplier"], "lead_time": "1 d"}}, {"day": {}}]),
        "costs": st.sampled_from([{"holding": "22 %/y"}, {}]),
        "designs": st.dictionaries(st.sampled_from(["a", "b c", "=d"]), st.sampled_from([
            {}, {"stocking.default.target": "97 %"}, {"warehouses": {"w": {"lead_time": "3 d"}}},
            {"demand": [{"orders": "3 per month"}], "stocking": {"default": {"review": "1 w"}}}]), max_size=2),
        "expect": st.sampled_from([{"fill.line": "at least 1 %"}]),
    },
)  # fmt: skip


SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(WORLDS)
def test_any_scenario_is_the_same_as_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, world: dict[str, Any]
) -> None:
    """Scenarios at random, with names at random: what reads as YAML reads the same as a workbook."""
    folder = tmp_path_factory.mktemp("world")
    file = folder / "world.yaml"
    file.write_text(yaml.safe_dump(world, default_style='"', allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        Book(file).check_designs()
    except SimnetError:
        assume(False)  # such as a part whose number is a spreadsheet's error
    there_and_back(file, folder)
