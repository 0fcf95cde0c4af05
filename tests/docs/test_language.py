"""docs/language.md tells every key of the language, and every example in it is one that loads."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from simnet.scenario.explain import Explained, keys_of, models
from simnet.study import load
from tests.docs.blocks import ROOT
from tools.docs.language import chosen
from tools.docs.regions import REGION

PAGE = (ROOT / "docs" / "language.md").read_text("utf-8")
REGIONS = [match["what"] for match in REGION.finditer(PAGE) if match["word"] == "keys"]
EVERY = [(model, key) for model in models() for key in keys_of(model)]

FIRST = {key: model for model, key in reversed(EVERY)}
"""Each key once, where several maps have it with the same words."""

WHOLE = """
simnet: 1
money: EUR
run: {length: 1 mo}
suppliers: {factory: {lead_time: 10 d}, asia: {lead_time: 60 d}}
warehouses:
  gent: {tier: central, refilled_by: suppliers, at: Gent BE, pool: south}
  milan: {refilled_by: gent, lead_time: 2 d, at: Milan IT, pool: south}
dealers:
  lyon: {served_by: gent, lead_time: 2 d, at: Lyon FR, pool: south}
  turin: {served_by: milan, lead_time: 2 d, at: Turin IT, pool: south}
lanes: {gent: {lyon: {lead_time: 2 d, classes: {vor: {lead_time: 1 d}}}}}
parts:
  filter: {cost: 12 EUR, price: 20 EUR, weight: 1 kg, class: fast, supplier: factory}
  sensor: {cost: 600 EUR, price: 900 EUR, weight: 1 kg, class: slow, supplier: asia}
  belt: {cost: 12 EUR, price: 20 EUR, weight: 1 kg, class: slow, supplier: factory}
  pulley: {cost: 12 EUR, price: 20 EUR, weight: 1 kg, class: slow, supplier: factory}
demand:
  - {orders: 2 per month}
  - {orders: 1 per month, order_class: vor}
order_classes: {vor: {}, day: {}}
stocking:
  default: {target: 90 %}
  sites: {lyon: {}}
costs: {order: 6 EUR}
"""
FILES = {
    "demand.csv": "part,at,orders,size\nfilter,lyon,2 per month,1\n",
    "orders.csv": "part,date,quantity\nfilter,2025-01-04,2\nfilter,2025-02-04,1\n",
    "wide.csv": "part,2025-01,2025-02\nfilter,1,2\n",
    "cards.csv": "job,date,part,quantity,site\n1,2025-01-04,filter,1,lyon\n",
    "teil.csv": "Teil,orders,remark\nfilter,2 per month,x\n",
    "bare.csv": "part,orders\nfilter,2\n",
    "teil-chance.csv": "Teil,chance,remark\nfilter,5 %,x\n",
    "teil-history.csv": "Teil,date,quantity,remark\nfilter,2025-01-04,2,x\n",
    "teil-cards.csv": "job,date,Teil,quantity,site,remark\n1,2025-01-04,filter,1,lyon,x\n",
    "levels.csv": "site,part,up_to\nlyon,filter,3\n",
    "opening.csv": "site,part,on_hand,on_order,owed\nlyon,filter,3,0,0\n",
    "base.yaml": WHOLE,
}
PLACES: dict[str, tuple[Any, ...]] = {
    "Scenario": (),
    "Run": ("run",),
    "Costs": ("costs",),
    "Supplier": ("suppliers", "factory"),
    "Warehouse": ("warehouses", "gent"),
    "Dealer": ("dealers", "lyon"),
    "Lane": ("lanes", "gent", "lyon"),
    "LaneClass": ("lanes", "gent", "lyon", "classes", "vor"),
    "PartRow": ("parts", "filter"),
    "OrderClass": ("order_classes", "vor"),
    "Special": ("order_classes", "vor", "sites", "lyon"),
    "Stocking": ("stocking",),
    "Settings": ("stocking", "sites", "lyon"),
    "Rule": ("stocking", "rules", 0),
    "When": ("stocking", "rules", 0, "when"),
    "PhaseIn": ("stocking", "sites", "lyon", "phase_in"),
    "Managed": ("stocking", "sites", "lyon", "managed"),
    "Poisson": ("demand", 0),
    "Intermittent": ("demand", 0),
    "Replay": ("demand", 0),
    "Jobs": ("demand", 0),
    "JobKind": ("demand", 0, "jobs", 0),
}
"""Where in WHOLE a map of each model stands."""
START: dict[str, Any] = {
    "Rule": {"when": {"tier": "dealer"}},
    "PhaseIn": {"hits": "2", "within": "12 mo"},
    "Poisson": {"orders": "2 per month"},
    "Intermittent": {"chance": "5 %"},
    "Replay": {"orders": "orders.csv"},
    "Jobs": {"jobs": [{"orders": "1 per month", "parts": ["filter"]}]},
}
"""What the map holds before the example is put into it, where it is not in WHOLE as it should be."""
READ = {
    "Poisson": ("orders", None, "teil.csv", "orders"),
    "Intermittent": ("chance", None, "teil-chance.csv", "chance"),
    "Replay": ("orders", "teil-history.csv", None, "date quantity"),
    "Jobs": ("jobs", "teil-cards.csv", None, "job date quantity site"),
}
"""Of each demand model: a key and its value, its `table`, and the columns that are read beside `part`."""
TABLES: dict[str, dict[str, Any]] = {
    model: {key: value, "table": table, "columns": {"part": "Teil", **{name: name for name in read.split()}},
            "ignore": ["remark"]}
    for model, (key, value, table, read) in READ.items()
}
BESIDE: dict[str, dict[str, Any]] = {
    **{f"{model}.{key}": beside for model, beside in TABLES.items() for key in ("columns", "ignore")},
    "Poisson.units": {"orders": None, "table": "bare.csv"},
    "Intermittent.units": {"chance": None, "table": "bare.csv"},
    "Intermittent.table": {"chance": None},
    "Poisson.table": {"orders": None},
    "Jobs.replay": {"jobs": "cards.csv"},
    "Jobs.dates": {"jobs": "cards.csv"},
    "Replay.format": {"orders": "wide.csv"},
    "Supplier.minimum_order_value": {"order_every": "1 w"},
    "Supplier.hold_at_most": {"order_every": "1 w", "minimum_order_value": "60 EUR"},
    "OrderClass.radius": {"ask": ["lateral"]},
    **{f"{model}.trigger": {"up_to": "5"} for model in ("Rule", "Settings")},
    **{f"{model}.lot": {"policy": "reorder-lot", "trigger": "2"} for model in ("Rule", "Settings")},
}
"""What stands beside an example, as its meaning says; None: not what the map begins with."""
BARE = ("Replay.units", "Jobs.units")
"""No column of a history or of job cards has a unit."""


def put(scenario: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The map at a place, made where there is none; a value for it to begin with."""
    *above, last = place
    here = scenario
    for step, following in zip(above, place[1:], strict=True):
        here = here[step] if isinstance(here, list) else here.setdefault(step, [{}] if following == 0 else {})
    if value is not None:
        here[last] = value
    return here[last] if isinstance(here, list) else here.setdefault(last, {})


def merge(here: dict[str, Any], more: dict[str, Any]) -> None:
    """Maps are merged, all else replaced, as where one file extends another."""
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(here.get(name), dict):
            merge(here[name], value)
        else:
            here[name] = value


def test_every_key_stands_on_the_page() -> None:
    """Each key of each map of the language is in a table of the page."""
    told = [key for what in REGIONS for key in chosen(what)]
    assert [(model, key.path) for model, key in EVERY if key not in told] == []


@pytest.mark.parametrize(("model", "key"), EVERY, ids=lambda value: getattr(value, "path", value))
def test_every_key_is_told_in_full(model: str, key: Explained) -> None:
    """A key has a meaning, how it is written, and an example."""
    assert key.meaning.endswith(".") and key.written and key.example


@pytest.mark.parametrize(
    ("model", "key"),
    [(model, key) for key, model in FIRST.items() if f"{model}.{key.path}" not in BARE],
    ids=lambda value: getattr(value, "path", value),
)
def test_every_example_loads(model: str, key: Explained, tmp_path: Path) -> None:
    """A scenario with the example in it is read, and makes a network."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    scenario = yaml.load(WHOLE, yaml.BaseLoader)
    if model == "JobKind":
        scenario["demand"][0] = deepcopy(START["Jobs"])
    here = put(scenario, PLACES[model], deepcopy(START.get(model))) if PLACES[model] else scenario
    here |= BESIDE.get(f"{model}.{key.path}", {})
    for name in [name for name, value in here.items() if value is None]:
        del here[name]
    merge(here, yaml.load(key.example, yaml.BaseLoader))
    file = tmp_path / "example.yaml"
    file.write_text(yaml.safe_dump(scenario, sort_keys=False), encoding="utf-8")
    study = load(file)
    assert len(study.network().points)
