# ruff: noqa: E501 - tables of cases and texts of scenarios
"""Designs, files that extend files, and `--set`: maps merge, lists replace, null removes."""

from __future__ import annotations

from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.leadtime import Constant, Gamma, Uniform
from simnet.scenario import Scenario, load
from simnet.scenario.stocking import Point
from simnet.units import DAY
from tests.reader.samples import BASE, DEALERS, PARTS, changed, with_dealers, with_orders, with_parts, write

SHIPPED = Path(__file__).parents[2] / "scenarios"

ROOT = Path(__file__).parents[2]
LANES = "lanes: {gent: {turin: {mode: sea, lead_time: {mean: 30 d, cv: 0.3}, cost: 1 EUR/kg}}}\n"


def design(folder: Path, over: str, text: str = BASE, files: dict[str, str | bytes] | None = None) -> Scenario:
    """The one design `x` of a scenario, with these changes."""
    return load(write(folder, f"{text}designs:\n  x: {over}\n", files)).design("x")


def test_the_base_is_the_first_design(tmp_path: Path) -> None:
    """The designs are the file itself and those it names; each knows which it is."""
    base = load(write(tmp_path, BASE + "designs: {a: {}, b: {run.seed: 9}}\n"))
    assert base.designs == ("two-tier", "a", "b")
    assert base.variant == "two-tier" and base.name == "two-tier"
    assert base.design("b").variant == "b" and base.design("b").name == "two-tier"
    assert base.design("b").run.seed == 9 and base.run.seed == 7
    assert base.design("b").design("two-tier").run.seed == 7
    assert load(tmp_path / "network.yaml", design="b").run.seed == 9
    with pytest.raises(SimnetError, match="there is no design 'c'"):
        base.design("c")


@pytest.mark.parametrize("path", ["name", "simnet", "designs.x.run.seed", "extends"])
def test_what_only_the_file_can_say(path: str, tmp_path: Path) -> None:
    """`--set` of a key that it cannot change is refused at its place, not half applied."""
    written = write(tmp_path, BASE + "designs: {x: {run.seed: 9}}\n")
    with pytest.raises(SimnetError) as caught:
        load(written, [(path, "../up")])
    assert "neither a design nor --set can change it" in str(caught.value)
    assert str(caught.value).count("error: ") == 1
    assert "--> --set:1:1" in str(caught.value)


def test_maps_merge(tmp_path: Path) -> None:
    """A map in a design changes what it names and leaves the rest."""
    found = design(tmp_path, "{lanes.gent.turin: {mode: air, lead_time: {mean: 7 d}}}", BASE + LANES)
    lane = found.lanes["gent"]["turin"]
    assert (lane.mode, lane.cost, lane.lead_time) == ("air", 10_000, Gamma(mean=7 * DAY, cv=0.3))


def test_another_form_of_lead_time_replaces(tmp_path: Path) -> None:
    """A lead time of another form is not merged into the old one."""
    found = design(tmp_path, "{suppliers.factory.lead_time: {uniform: {from: 1 d, to: 2 d}}}")
    assert isinstance(found.suppliers["factory"].lead_time, Uniform)
    assert design(tmp_path, "{suppliers.factory.lead_time: 9 d}").suppliers["factory"].lead_time == Constant(
        mean=9 * DAY
    )


def test_lists_replace(tmp_path: Path) -> None:
    """A list in a design takes the old one's place; an item of a list may be named by number."""
    assert len(design(tmp_path, "{demand: [{part: hose, orders: 1 per y}]}").demand) == 1
    found = design(tmp_path, "{demand.1.chance: 50 %}")
    assert found.demand[1].chance == 0.5
    assert len(found.demand) == 2


def test_new_names_in_tables_of_names(tmp_path: Path) -> None:
    """A path may make a new warehouse, dealer, lane or part."""
    over = "{warehouses.rome: {refilled_by: gent, lead_time: 5 d}, lanes.gent.lyon: {lead_time: 2 d}, dealers.nice: {served_by: rome, lead_time: 1 d}}"
    found = design(tmp_path, over)
    assert found.warehouses["rome"].refilled_by == "gent"
    assert found.dealers["nice"].served_by == "rome"
    assert found.lanes["gent"]["lyon"].lead_time == Constant(mean=2 * DAY)


def test_names_with_dots(tmp_path: Path) -> None:
    """A site's name may hold a dot; paths still lead to it."""
    text = changed("  turin:", "  St. Gallen: {served_by: gent, lead_time: 3 d}\n  turin:")
    assert design(tmp_path, "{dealers: {St. Gallen: {share: 2}}}", text).dealers["St. Gallen"].share == 2
    assert design(tmp_path, "{dealers.St. Gallen.share: 3}", text).dealers["St. Gallen"].share == 3
    assert "U.N." in design(tmp_path, "{dealers: {U.N.: {served_by: gent, lead_time: 1 d}}}", text).dealers


def test_target_replaces_numbers(tmp_path: Path) -> None:
    """A design that sets a target drops the numbers it replaces, and the other way round."""
    assert design(tmp_path, "{stocking.tiers.dealer.target: 80 %}").stocking.tiers["dealer"].given() == {"target": 0.8}
    assert design(tmp_path, "{stocking.default.up_to: 4}").stocking.default.given() == {
        "policy": "base-stock",
        "up_to": 4,
    }


def test_a_removed_warehouse_hands_its_sites_over(tmp_path: Path) -> None:
    """Dealers and warehouses of a removed one are served by what refilled it."""
    found = design(tmp_path, "{warehouses: {paris: null}}")
    assert set(found.warehouses) == {"gent"}
    assert found.dealers["lyon"].served_by == "gent"
    assert found.dealers["lyon"].lead_time == Constant(mean=2 * DAY)
    direct = design(tmp_path, "{warehouses: {gent: null, paris: null}}")
    assert {each.served_by for each in direct.dealers.values()} == {"factory"}


def test_settings_of_what_is_removed_do_not_dangle(tmp_path: Path) -> None:
    """Lanes, settings, levels and opening stock of a removed site are left out."""
    text = changed(
        "  tiers: {dealer:",
        "  levels: levels.csv\n  sites: {paris: {up_to: 9}}\n  rules: [{when: {site: paris}, up_to: 2}]\n  tiers: {regional: {target: 97 %}, dealer:",
    )
    text += "lanes: {gent: {paris: {lead_time: 1 d}}, paris: {lyon: {lead_time: 1 d}}}\nopening: opening.csv\n"
    files: dict[str, str | bytes] = {
        "levels.csv": "site,part,up_to\nparis,hose,3\nlyon,hose,2\n",
        "opening.csv": "site,part,on_hand\nparis,hose,3\n",
    }
    found = design(tmp_path, "{warehouses: {paris: null}}", text, files)
    assert set(found.stocking.levels.rows) == {("lyon", "hose")}
    assert found.opening is not None and not found.opening.rows
    assert found.lanes == {"gent": {}}


def test_a_removed_dealer_takes_its_demand_along(tmp_path: Path) -> None:
    """Entries, tables and histories lose the lines of a removed dealer."""
    found = design(tmp_path, "{dealers: {turin: null}}")
    assert found.demand[0].at == ("lyon",)
    text = changed("part: hose, chance: 12 %, every: 1 mo", "table: demand.csv")
    rows: dict[str, str | bytes] = {
        "demand.csv": "part,at,orders\nhose,lyon,2 per y\nhose,turin,2 per y\nfilter,paris,1 per y\n"
    }
    found = design(tmp_path, "{dealers: {turin: null}, warehouses: {paris: null}}", text, rows)
    assert found.demand[1].rows.at == ("lyon", "gent")
    orders: dict[str, str | bytes] = {
        "orders.csv": "part,date,quantity,dealer\nhose,2025-01-01,1,lyon\nhose,2025-02-01,2,turin\n"
    }
    history = design(tmp_path, "{dealers: {turin: null}}", with_orders(), orders).demand[0].history
    assert list(history.quantity) == [1]


def test_a_removed_part_takes_its_demand_along(tmp_path: Path) -> None:
    """A part may be removed from the file or from a table."""
    found = design(tmp_path, "{parts: {hose: null}}")
    assert list(found.parts.names) == ["filter"] and len(found.demand) == 1
    found = design(tmp_path, "{parts: {hose: null}}", with_parts(), {"parts.csv": PARTS})
    assert list(found.parts.names) == ["filter"] and len(found.demand) == 1


def test_rows_of_tables_may_change(tmp_path: Path) -> None:
    """A design changes rows of a table by name, and adds some."""
    over = "{parts: {filter: {cost: 9 EUR}, valve: {cost: 1 EUR}}, parts.hose.price: 7 EUR}"
    found = design(tmp_path, over, with_parts(), {"parts.csv": PARTS})
    assert list(found.parts.names) == ["filter", "hose", "valve"]
    assert list(found.parts.cost) == [90_000, 30_000, 10_000]
    assert list(found.parts.price) == [290_000, 70_000, 0]
    found = design(tmp_path, "{dealers: {lyon: {lead_time: 9 d}}}", with_dealers(), {"dealers.csv": DEALERS})
    assert found.dealers["lyon"].lead_time == Constant(mean=9 * DAY)
    assert found.dealers["turin"].served_by == "gent"


def test_a_table_may_be_exchanged(tmp_path: Path) -> None:
    """A design that names another table reads that one instead."""
    files: dict[str, str | bytes] = {"dealers.csv": DEALERS, "other.csv": DEALERS.replace("2 d", "8 d")}
    found = design(tmp_path, "{dealers: other.csv}", with_dealers(), files)
    assert found.dealers["lyon"].lead_time == Constant(mean=8 * DAY)


def test_changes_are_listed_old_to_new(tmp_path: Path) -> None:
    """What a design changes is listed as written."""
    over = "{stocking.default.target: 98 %, warehouses: {paris: null}, costs: {order: 3 EUR}}"
    base = load(write(tmp_path, f"{BASE}designs: {{x: {over}}}\n"))
    assert base.changes() == []
    assert [str(change) for change in base.changes("x")] == [
        "warehouses.paris: {tier: regional, refilled_by: gent, lead_time: 4 d} → (removed)",
        "dealers.lyon.served_by: paris → gent",
        "stocking.default.target: 95 % → 98 %",
        "costs.order: (none) → 3 EUR",
    ]


def test_errors_of_a_design_point_at_its_line(tmp_path: Path) -> None:
    """All designs are checked at once; what is wrong in the base is told once."""
    text = changed("mean: 45 d", "mean: 45") + "designs:\n  x: {}\n  y: {}\n"
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, text))
    assert len(caught.value.problems) == 1
    text = BASE + "designs:\n  x: {costs.order: 3}\n  y: {dealers.lyon.served_by: rome}\n"
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, text))
    assert [(each.line, each.column) for each in caught.value.problems] == [(25, 20), (26, 31)]


def test_extends(tmp_path: Path) -> None:
    """A file stands on another: its own values win, tables are found beside the file that names them."""
    files: dict[str, str | bytes] = {"base/base.yaml": with_dealers(), "base/dealers.csv": DEALERS}
    text = "extends: base/base.yaml\nname: mine\ndealers: {lyon: {lead_time: 8 d}, turin: null}\n"
    text += "demand: {part: hose, orders: 1 per y}\nexpect: {fill.regional.line: at least 1 %}\n"
    found = load(write(tmp_path, text, files))
    assert found.name == "mine"
    assert found.dealers["lyon"].lead_time == Constant(mean=8 * DAY)
    assert set(found.dealers) == {"lyon"}
    assert {each.kpi for each in found.expect} == {"fill.dealer.line", "fill.regional.line"}
    assert [path.name for path in found.files] == ["network.yaml", "base.yaml", "dealers.csv"]


def test_extends_merges_designs_by_name(tmp_path: Path) -> None:
    """Designs of the lower file stay unless the upper one names them anew."""
    base = BASE + "designs: {a: {run.seed: 1}, b: {warehouses: {paris: null}}}\n"
    found = load(write(tmp_path, "extends: base.yaml\nname: up\ndesigns: {b: {run.seed: 2}}\n", {"base.yaml": base}))
    assert found.designs == ("up", "a", "b")
    assert set(found.design("b").warehouses) == {"gent", "paris"}


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("stocking.default.target", "97%", {"policy": "base-stock", "target": 0.97}),
        ("stocking.default", "{up_to: 2}", {"policy": "base-stock", "up_to": 2}),
        ("stocking.default.review", "1 d", {"policy": "base-stock", "target": 0.95, "review": DAY}),
    ],
)
def test_set(path: str, text: str, value: object, tmp_path: Path) -> None:
    """A value from the command line is read like one in the file."""
    assert load(write(tmp_path, BASE), sets=[(path, text)]).stocking.default.given() == value


def test_set_wins_over_designs(tmp_path: Path) -> None:
    """What is set on the command line holds in every design, and is listed among the changes."""
    path = write(tmp_path, BASE + "designs: {x: {run.seed: 9}}\n")
    found = load(path, sets=[("run.seed", "11"), ("warehouses.paris", "null")])
    assert found.run.seed == found.design("x").run.seed == 11
    assert "paris" not in found.warehouses
    assert "run.seed: 7 → 11" in [str(change) for change in found.changes("x")]


@pytest.mark.parametrize(
    ("path", "text", "says", "at"),
    [
        ("stocking.defalt.target", "97 %", "unknown key 'defalt' in stocking", "--set:1:1"),
        ("stocking.default.target", "97", "such as '97 %'", "--set:1:25"),
        ("run.seed", "[", "is not YAML", "--set:1:"),
        ("run..seed", "1", "is no path", "--set:1:"),
        ("demand.7.orders", "1 per y", "items 0 to 1", "--set:1:"),
    ],
)
def test_wrong_set(path: str, text: str, says: str, at: str, tmp_path: Path) -> None:
    """A wrong value on the command line is shown as it was typed."""
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, BASE), sets=[(path, text)])
    assert says in str(caught.value) and at in str(caught.value)


def test_written(tmp_path: Path) -> None:
    """The scenario of a design as plain data, to be kept beside its results."""
    written = design(tmp_path, "{run.seed: 9}").written()
    assert written["run"]["seed"] == "9" and "designs" not in written
    assert Point("lyon", "dealer", "hose").part == "hose"


def test_what_follows_from_a_fault_of_the_file_is_not_told_of_its_designs(tmp_path: Path) -> None:
    """A misspelled key of a warehouse that a design removes is one error; what the design writes wrong is another."""
    demo = (ROOT / "scenarios" / "demo").resolve()
    text = (demo / "demo.yaml").read_text("utf-8").replace("Columbus US, refilled_by", "Columbus US, refiled_by")
    text = text.replace("  two-tier:\n", "  two-tier:\n    run: {sead: 3}\n")
    for name in ("dealers.csv", "parts.csv", "demand.csv"):
        (tmp_path / name).write_bytes((demo / name).read_bytes())
    with pytest.raises(SimnetError) as error:
        load(write(tmp_path, text))
    told = [(each.line, each.message.split(" in ")[0]) for each in error.value.problems]
    lines = text.splitlines()
    at = [1 + next(row for row, line in enumerate(lines) if word in line) for word in ("refiled_by", "sead: 3")]
    assert told == [(at[0], "unknown key 'refiled_by'"), (at[1], "unknown key 'sead'")]


def test_base_and_designs_are_told_together(tmp_path: Path) -> None:
    """A fault in the file itself does not hide one in a design."""
    text = changed("mean: 45 d", "mean: 45") + "designs:\n  x: {costs.order: 3}\n"
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, text))
    assert [each.line for each in caught.value.problems] == [6, 25]


@pytest.mark.parametrize("where", ["set", "design"])
def test_the_money_stays_what_the_file_says(tmp_path: Path, where: str) -> None:
    """Relabeling the amounts as another currency is refused: they would keep their numbers."""
    text = (Path(__file__).parents[2] / "scenarios" / "minimal.yaml").read_text()
    if where == "design":
        text += "designs: {abroad: {money: SEK}}\n"
    path = tmp_path / "minimal.yaml"
    path.write_text(text)
    with pytest.raises(SimnetError, match="the amounts are in EUR"):
        load(path, [("money", "SEK")] if where == "set" else [])


BASE_HELD = BASE.replace("fill.dealer.line: at least 90 %", "fill.dealer.line: at least 90 %, fill.line: at least 80 %")


@pytest.mark.parametrize(
    ("more", "held"),
    [
        ("", {"fill.dealer.line": "at least 90 %", "fill.line": "at least 80 %"}),
        ("expect: {fill.line: at least 70 %}\n", {"fill.dealer.line": "at least 90 %", "fill.line": "at least 70 %"}),
        ("expect: {fill.line: null}\n", {"fill.dealer.line": "at least 90 %"}),
        ("expect: null\n", {}),
    ],
    ids=["inherited", "replaced", "one taken back", "all taken back"],
)
def test_expectations_are_inherited_like_the_rest(more: str, held: dict[str, str], tmp_path: Path) -> None:
    """Maps merge, null removes: a file that extends another is held to what that one is, unless it says otherwise."""
    found = load(write(tmp_path, f"extends: base.yaml\nname: mine\n{more}", {"base.yaml": BASE_HELD}))
    assert {each.kpi: each.limit.text for each in found.expect} == held
    inherited = [each.file for each in found.expect if each.kpi == "fill.dealer.line"]
    assert all(Path(file).name == "base.yaml" for file in inherited)


MISTYPED = [
    ("suppliers.factroy.lead_time", "3 d", "there is no supplier 'factroy'", "did you mean 'factory'?"),
    ("warehouses.ghent.tier", "x", "there is no warehouse 'ghent'", "did you mean 'gent'?"),
    ("dealers.berlin.lead_time", "3 d", "there is no dealer 'berlin'", "write a new one whole, dealers.berlin: {...}"),
    ("parts.fliter.cost", "3 EUR", "there is no part 'fliter'", "did you mean 'filter'?"),
    ("order_classes.vro.rank", "1", "there is no order class 'vro'", "did you mean 'vor'?"),
]


@pytest.mark.parametrize(("path", "value", "message", "remedy"), MISTYPED, ids=lambda each: each)
@pytest.mark.parametrize("by", ["set", "design"])
def test_a_path_below_a_name_that_is_not_there(
    tmp_path: Path, path: str, value: str, message: str, remedy: str, by: str
) -> None:
    """It changes nothing silently: the name is mistyped, and a new one is written whole."""
    text = (SHIPPED / "minimal.yaml").read_text("utf-8")
    design = f"designs: {{other: {{{path}: {value}}}}}\n"
    (tmp_path / "a.yaml").write_text(text + design * (by == "design"), "utf-8")
    with pytest.raises(SimnetError) as caught:
        load(tmp_path / "a.yaml", [(path, value)] if by == "set" else [], "other" if by == "design" else None)
    assert [each.message for each in caught.value.problems] == [message]
    assert remedy in (caught.value.problems[0].remedy or "")


def test_paths_below_names_that_are_there(tmp_path: Path) -> None:
    """Built-in classes, rows of a table, what is said of a table, and new names that are written whole."""
    (tmp_path / "parts.csv").write_text("part,cost,price\nfilter,10 EUR,20 EUR\n", "utf-8")
    text = (SHIPPED / "minimal.yaml").read_text("utf-8")
    before = "parts: {filter: {cost: 12.40 EUR, price: 23.00 EUR}}"
    assert before in text
    (tmp_path / "a.yaml").write_text(text.replace(before, "parts: parts.csv"), "utf-8")
    sets = [
        ("order_classes.vor.rank", "1"),
        ("parts.filter.cost", "3 EUR"),
        ("parts.margin", "30 %"),
        ("dealers.berlin", "{served_by: gent, lead_time: 2 d}"),
        ("dealers.berlin.lead_time", "3 d"),
    ]
    assert load(tmp_path / "a.yaml", sets).dealers["berlin"].lead_time is not None


@pytest.mark.parametrize("name", ["gnet", "hub"])
def test_what_follows_from_a_removal_that_names_nothing_is_not_told(name: str, tmp_path: Path) -> None:
    """Neither of a misspelled warehouse, which is taken as meant, nor of one that nobody knows."""
    text = BASE.replace("refilled_by: gent, lead_time: 4 d", "refilled_by: gent")
    text += "lanes: {gent: {paris: {lead_time: 4 d}}, factory: {paris: {lead_time: 50 d}}}\n"
    over = f"{{warehouses: {{{name}: null}}, lanes: {{gent: null}}, dealers: {{lyon: {{served_by: paris}}}}}}"
    with pytest.raises(SimnetError) as caught:
        design(tmp_path, over, text)
    assert [each.message for each in caught.value.problems] == [f"there is no '{name}' to remove"]
    design(tmp_path, over.replace(name, "gent"), text)


def test_a_misspelled_removal_beside_the_right_one_takes_nothing_twice(tmp_path: Path) -> None:
    """It is told alone."""
    with pytest.raises(SimnetError) as caught:
        design(tmp_path, "{warehouses: {gnet: null, gent: null}}")
    assert [each.message for each in caught.value.problems] == ["there is no 'gnet' to remove"]
