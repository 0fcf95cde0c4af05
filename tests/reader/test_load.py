# ruff: noqa: E501 - tables of cases and texts of scenarios
"""A right scenario is read: values without units, defaults, texts as written."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.leadtime import Gamma
from simnet.scenario import load
from simnet.scenario.nodes import Source
from simnet.scenario.read import compose
from simnet.scenario.spans import CivilSpan, parse_span
from simnet.scenario.stocking import Point
from simnet.units import DAY, YEAR
from tests.reader.samples import (
    BASE,
    PARTS,
    changed,
    loaded,
    with_parts,
    write,
)


def test_the_base_is_read(tmp_path: Path) -> None:
    """Every value has lost its unit and every default is there."""
    found = loaded(tmp_path, BASE)
    assert found.name == found.variant == "two-tier"
    assert found.run.start == date(2026, 1, 1)
    assert found.run.warm_up == CivilSpan(1, "y")
    assert found.suppliers["factory"].lead_time == Gamma(mean=45 * DAY, cv=0.5)
    assert found.warehouses["gent"].tier == "central"
    assert found.dealers["lyon"].tier == "dealer" and found.dealers["lyon"].share == 1.0
    assert list(found.parts.names) == ["filter", "hose"]
    assert list(found.parts.cost) == [124_000, 30_000]
    assert list(found.parts.weight) == [800, 0]
    assert list(found.parts.part_class) == ["fast", "all"]
    assert list(found.parts.pack) == [1, 1] and list(found.parts.minimum_order) == [0, 0]
    assert [type(entry).__name__ for entry in found.demand] == ["Poisson", "Intermittent"]
    assert set(found.order_classes) == {"stock", "day"}
    assert found.costs.holding == pytest.approx(0.22 / YEAR)
    assert found.opening is None
    assert found.expect[0].kpi == "fill.dealer.line"
    assert found.expect[0].limit.low == 0.9
    assert found.expect[0].line == 23


def test_shortest_scenario(tmp_path: Path) -> None:
    """A handful of lines is enough; the name is that of the file."""
    text = """\
simnet: 1
suppliers: {factory: {lead_time: 9 d}}
dealers: {lyon: {served_by: factory}}
parts: {filter: {}}
demand: {part: filter, orders: 2 per month}
stocking: {default: {up_to: 2}}
"""
    found = loaded(tmp_path, text)
    assert found.name == "network"
    assert found.money == "EUR"
    assert found.run.length == CivilSpan(1, "y")


def test_texts_stay_as_written(tmp_path: Path) -> None:
    """Country NO, part 0123 and part 4711E3 are texts, as keys, values and cells."""
    text = changed("  hose:", "  0123: {}\n  4711E3: {}\n  12:30: {}\n  on: {}\n  hose:")
    found = loaded(tmp_path, text.replace("{tier: central,", "{tier: central, at: Oslo NO,"))
    assert list(found.parts.names) == ["filter", "0123", "4711E3", "12:30", "on", "hose"]
    assert found.warehouses["gent"].at == "Oslo NO"
    table = loaded(tmp_path, with_parts(), {"parts.csv": "part,class\nfilter,NO\nhose,1e3\n0123,on\n4711E3,~\n"})
    assert list(table.parts.names) == ["filter", "hose", "0123", "4711E3"]
    assert list(table.parts.part_class) == ["NO", "1e3", "on", "~"]


def test_yaml_1_2_core() -> None:
    """Nothing is guessed but null; anchors and merge keys work, explicit keys win over merged ones."""
    text = "a: &a {x: 012, y: yes, z: 1e3}\nb: {<<: *a, y: no}\nc: [*a, ~, null, 'null', '']\nd:\n"
    node = compose(Source("x.yaml", text))
    x = {"x": "012", "y": "yes", "z": "1e3"}
    assert node.data() == {"a": x, "b": {"y": "no", "x": "012", "z": "1e3"}, "c": [x, None, None, "null", ""]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    """UTF-8 with or without a mark, and UTF-16 with one, are read alike, with any line ends."""
    path = write(tmp_path, BASE.replace("two-tier", "zwölf").replace("\n", "\r\n").encode(encoding))
    assert load(path).name == "zwölf"


def test_settings_go_from_general_to_special(tmp_path: Path) -> None:
    """Default, tier, class, site and rule follow each other; numbers, cover and target replace each other."""
    stocking = """\
stocking:
  default: {policy: base-stock, target: 95 %, review: 1 w}
  tiers: {dealer: {cover: 30 d}}
  classes: {fast: {target: 99 %}}
  sites: {turin: {policy: min-max, trigger: 1, up_to: 4}}
  rules:
    - {when: {price: at most 10 EUR, tier: regional}, policy: none}
    - {when: {part: filter, site: turin}, review: 2 d}
"""
    text = changed(BASE[BASE.index("stocking:") : BASE.index("costs:")], stocking)
    found = loaded(tmp_path, text)
    seen = {}
    for site in ("gent", "paris", "lyon", "turin"):
        for row, part in enumerate(found.parts.names):
            point = Point(site, found.tier_of(site), part, found.parts.part_class[row], found.parts.price[row])
            settings = dict(found.stocking.settings(point))
            settings.pop("policy") if settings["policy"] == "base-stock" else None
            seen[site, part] = settings
    week = 7 * DAY
    assert seen["gent", "hose"] == {"target": 0.95, "review": week}
    assert seen["gent", "filter"] == {"target": 0.99, "review": week}
    assert seen["paris", "hose"] == {"policy": "none", "target": 0.95, "review": week}
    assert seen["lyon", "hose"] == {"cover": 30 * DAY, "review": week}
    assert seen["lyon", "filter"] == {"target": 0.99, "review": week}
    assert seen["turin", "hose"] == {"policy": "min-max", "trigger": 1, "up_to": 4, "review": week}
    assert seen["turin", "filter"] == {"policy": "min-max", "trigger": 1, "up_to": 4, "review": 2 * DAY}
    assert found.stocking.policy(Point("paris", "regional", "hose")).policy in ("base-stock", "none")


@pytest.mark.parametrize(
    ("text", "day", "end"),
    [
        ("1 y", date(2024, 2, 29), datetime(2025, 2, 28)),
        ("1 mo", date(2026, 1, 31), datetime(2026, 2, 28)),
        ("18 mo", date(2026, 1, 1), datetime(2027, 7, 1)),
        ("90 d", date(2026, 1, 1), datetime(2026, 4, 1)),
        ("12 h", date(2026, 1, 1), datetime(2026, 1, 1, 12)),
    ],
)
def test_civil_spans(text: str, day: date, end: datetime) -> None:
    """Months and years follow the calendar, days and hours the clock."""
    assert parse_span(text).add_to(day) == end


def test_sites_at(tmp_path: Path) -> None:
    """`at:` names sites, tiers or all dealers."""
    found = loaded(tmp_path, BASE)
    assert found.sites_at(("dealers",)) == ["lyon", "turin"]
    assert found.sites_at(("regional", "lyon")) == ["paris", "lyon"]


def test_files_are_listed(tmp_path: Path) -> None:
    """The scenario knows the files it came from, for its hash."""
    found = loaded(tmp_path, with_parts(), {"parts.csv": PARTS})
    assert [path.name for path in found.files] == ["network.yaml", "parts.csv"]


@pytest.mark.parametrize(("name", "says"), [("nothing.yaml", "no such file"), (".", "is a directory")])
def test_the_scenario_itself_is_not_there(name: str, says: str, tmp_path: Path) -> None:
    """A wrong path on the command line is told like any other fault."""
    with pytest.raises(SimnetError, match=says):
        load(tmp_path / name)


def test_a_folder_says_what_scenario_is_in_it(tmp_path: Path) -> None:
    """Who names the folder that `simnet new` made is told the file, the one of the folder's name first."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("a.yaml", "mine.yaml"):
        (folder / name).write_text(BASE, encoding="utf-8")
    with pytest.raises(SimnetError, match="there is a scenario in it: .*mine/mine.yaml"):
        load(folder)


def test_all_errors_at_once(tmp_path: Path) -> None:
    """Wrong units, misspelled keys, dangling names and wrong parts are told in one go, from top to bottom."""
    text = BASE.replace("mean: 45 d", "mean: 45").replace("served_by: gent", "served_by: ghent")
    text = text.replace("size: {geo", "sizes: {geo").replace("up_to: 3", "upto: 3").replace("22 %/y", "22 %")
    with pytest.raises(SimnetError) as caught:
        loaded(tmp_path, text)
    assert [problem.line for problem in caught.value.problems] == [6, 12, 17, 21, 22]
