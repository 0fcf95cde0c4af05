"""What nobody gave is not nothing: money of parts without cost or price, and fill where nobody has a shelf."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

import simnet as sn
from simnet.cli import main
from simnet.errors import SimnetError
from simnet.report import settled
from simnet.report.charts.amounts_by_month import STOCK
from simnet.report.charts.cost import COST
from simnet.report.charts.fill_by_class import finding as by_class
from simnet.report.charts.fill_by_site import FILL_BY_SITE
from simnet.report.charts.fill_by_site import finding as by_site
from simnet.report.charts.map import MAP, symbols
from simnet.report.charts.map_colors import Fill
from simnet.report.charts.map_key import rows as key_rows
from simnet.report.charts.map_view import Panel, merged, view_of
from simnet.report.charts.tradeoff import TRADEOFF
from simnet.report.charts.warmup import WARMUP
from simnet.report.cut_notes import cut_notes
from simnet.report.places import tier_grids
from simnet.report.rows import headline, notes
from simnet.report.scene import Atlas, Spot
from simnet.report.sentences import sentences
from simnet.study.expect import check

WORLD = """simnet: 1
name: small
money: EUR
run: {{start: 2025-01-01, length: 2 mo, replications: 2}}
suppliers: {{factory: {{lead_time: 5 d}}}}
warehouses: {{central: {{tier: central, refilled_by: factory}}}}
dealers:
  lyon: {{served_by: central, lead_time: 2 d}}
  turin: {{served_by: central, lead_time: 2 d}}
parts: {{A: {a}, B: {b}}}
demand: [{{part: A, orders: 180 per year}}, {{part: B, orders: 180 per year}}]
stocking: {{default: {{policy: base-stock, up_to: 9}}, tiers: {{dealer: {dealer}}}}}
costs: {{{costs}}}
designs: {{more: {{stocking.default.up_to: 12}}}}
expect: {{{expect}}}
"""
NONE, PRICE, COSTED, BOTH = "{}", "{price: 9 EUR}", "{cost: 4 EUR}", "{cost: 4 EUR, price: 9 EUR}"
NO_SHELF = "Dealers have no stock at any time, so nothing is filled off their shelf."


def study(
    folder: Path, a: str = NONE, b: str | None = None, dealer: str = "{policy: none}", costs: str = "", expect: str = ""
) -> sn.Study:
    """The world with parts that have what is said."""
    text = WORLD.format(a=a, b=a if b is None else b, dealer=dealer, costs=costs, expect=expect)
    (folder / "small.yaml").write_text(text)
    return sn.load(folder / "small.yaml")


def run(folder: Path, *designs: str, **given: str) -> sn.Result:
    """The world, run."""
    world = study(folder, **given)
    return world.compare(folder=None) if designs else world.run(folder=None)


@pytest.mark.parametrize(
    ("part", "costs", "unknown", "told"),
    [
        (BOTH, "holding: 20 %/y", [], []),
        (
            PRICE,
            "",
            ["stock.on_hand.value", "stock.central.on_hand.value", "stock.dead.value", "turns", "turns.central",
             "stock.months", "cost.holding", "cost.purchase", "margin"],
            ["No part has a cost: stock value, turns and margin are not known; give `cost` in parts."],
        ),
        (
            PRICE,
            "holding: 20 %/y",
            ["stock.on_hand.value", "cost.year", "margin"],
            ["No part has a cost: stock value, turns, cost a year and margin are not known; give `cost` in parts."],
        ),
        (
            COSTED,
            "holding: 20 %/y",
            ["revenue.year", "margin"],
            ["No part has a price of its own: revenue and margin are not known; give `price` or `margin` in parts."],
        ),
        (
            NONE,
            "order: 2 EUR",
            ["stock.on_hand.value", "revenue.year", "margin"],
            ["No part has a cost or a price: stock value, turns, revenue and margin are not known; give `cost` and "
             "`price` in parts."],
        ),
    ],
)  # fmt: skip
def test_money_of_parts_without_cost_or_price_is_not_known(
    tmp_path: Path, part: str, costs: str, unknown: list[str], told: list[str]
) -> None:
    """Such figures have no value, in JSON null and in a table `-`; a sentence says what to give. Others stay."""
    result = run(tmp_path, a=part, costs=costs)
    figures = json.loads(json.dumps(result.json()))["designs"]["small"]
    for key in unknown:
        assert figures[key]["mean"] is None, key
    known = {"stock.on_hand.value", "margin", "revenue.year", "cost.year", "cost.order"} - {*unknown}
    assert all(figures[key]["mean"] is not None for key in known)
    assert [note for note in notes(result.comparison) if note.startswith("No part")] == told
    if "stock.on_hand.value" in unknown:
        line = next(row for row in str(result.table()).splitlines() if row.startswith("stock value"))
        assert line.split() == ["stock", "value", "-"]
        assert headline(result.comparison).count("stock.on_hand.units") == 1
        assert "pieces in stock" in sentences(result.comparison)[0].text


def test_costs_of_what_is_ordered_are_known_without_a_cost_of_parts(tmp_path: Path) -> None:
    """The cost a year holds ordering; without a holding rate it lacks nothing."""
    level = run(tmp_path, costs="order: 2 EUR").kpi("cost.year")
    assert level.mean is not None and level.mean > 0


def test_figures_by_site_class_and_month_are_not_known_either(tmp_path: Path) -> None:
    """No axis makes 0 EUR of what nobody knows."""
    result = run(tmp_path)
    for axis in ("site", "part_class", "month"):
        assert result.frame("stock.on_hand.value", [axis])["value"].isna().all()


@pytest.mark.parametrize(
    ("key", "known", "unknown"),
    [
        ("stock.on_hand.value", BOTH, NONE),
        ("turns", COSTED, PRICE),
        ("cost.holding", BOTH, NONE),
        ("cost.year", BOTH, PRICE),
        ("revenue.year", PRICE, NONE),
        ("revenue.year", BOTH, COSTED),
        ("margin", BOTH, PRICE),
        ("margin", BOTH, COSTED),
    ],
)
def test_a_class_without_costs_is_not_known_where_another_has_them(
    tmp_path: Path, key: str, known: str, unknown: str
) -> None:
    """A place of which no part says what a figure takes has none; others have theirs."""
    parts = {"a": known.replace("{", "{class: fast, "), "b": unknown.replace("{", "{class: slow, ")}
    result = run(tmp_path, dealer="{up_to: 3}", costs="holding: 20 %/y", **parts)
    frame = result.frame(key, ["part_class"]).set_index("part_class")["value"]
    assert frame["fast"] > 0 and math.isnan(frame["slow"])
    both = result.frame(key, ["site", "part_class"])
    assert both[both["part_class"] == "slow"]["value"].isna().all()
    assert (result.frame(key, ["tier"])["value"] > 0).any()


def test_a_site_without_costs_is_not_known_where_another_has_them(tmp_path: Path) -> None:
    """The dealer of Turin asks only the part without a cost; what holds no part at all has a stock of nothing."""
    only = "{part: A, at: [lyon], orders: 180 per year}, {part: B, orders: 180 per year, at: [turin]}"
    parts = {"a": "{class: fast, cost: 4 EUR}", "b": "{class: slow}"}
    rules = "[{when: {site: turin, class: fast}, policy: none}, {when: {site: lyon, class: slow}, policy: none}]"
    world = study(tmp_path, **parts, dealer="{up_to: 3}").set("demand", f"[{only}]").set("stocking.rules", rules)
    result = world.run(folder=None)
    for by in (["site"], ["site", "month"]):
        value = result.frame("stock.on_hand.value", by).groupby("site")["value"].max()
        assert math.isnan(value["turin"]) and value["lyon"] > 0 and value["central"] > 0
    units = result.frame("stock.on_hand.units", ["site"]).set_index("site")["value"]
    assert units["turin"] > 0


def test_a_tier_without_costs_is_not_known_and_no_expectation_holds_on_it(tmp_path: Path) -> None:
    """`-` in the table of tiers; the error says what it would take."""
    only = "[{part: A, at: [lyon], orders: 180 per year}]"
    parts = {"a": "{class: fast}", "b": "{class: slow, cost: 4 EUR}"}
    world = study(tmp_path, **parts, dealer="{up_to: 3}", expect="stock.dealer.on_hand.value: at most 1 MEUR")
    world = world.set("stocking.rules", "[{when: {tier: dealer, class: slow}, policy: none}]").set("demand", only)
    result = world.run(folder=None)
    assert result.kpi("stock.central.on_hand.value").mean
    assert result.kpi("stock.dealer.on_hand.value").mean is None
    with pytest.raises(SimnetError, match="'stock.dealer.on_hand.value' is not measured: it takes a part with a cost"):
        check(result)


def test_no_chart_draws_money_that_nobody_knows(tmp_path: Path) -> None:
    """Stock, cost and trade-off are left out, and the page says why."""
    result = run(tmp_path, "more", a=PRICE)
    assert not any(chart.shown(result.comparison) for chart in (STOCK, COST, TRADEOFF))
    page = result.report(tmp_path / "report.html").read_text()
    assert page.count("No part has a cost") >= 3 and "There is no cost to hold service against" in page
    assert not re.search(r"stock value</a></th><td>0", page)
    priced = run(tmp_path, "more", a=BOTH, costs="holding: 20 %/y")
    assert all(chart.shown(priced.comparison) for chart in (STOCK, COST, TRADEOFF))


@pytest.mark.parametrize("key", ["stock.on_hand.value", "turns", "margin", "cost.holding"])
def test_an_expectation_of_what_is_not_known_is_an_error(tmp_path: Path, key: str) -> None:
    """It does not hold on 0, nor does it fail like a figure that was missed."""
    limit = "at most 20 %" if key == "margin" else "at most 5" if key == "turns" else "at most 1 MEUR"
    result = run(tmp_path, a=PRICE, expect=f"{key}: {limit}")
    with pytest.raises(SimnetError, match=rf"'{key}' is not measured: it takes a part with a cost"):
        check(result)


@pytest.mark.parametrize(
    ("a", "b", "costs", "told"),
    [
        (BOTH, PRICE, "", "1 of 2 parts (B) has no cost: stock value, turns and holding leave them out, margin takes "
         "them as free"),
        (BOTH, COSTED, "", "1 of 2 parts (B) has no price of their own: they are sold at cost"),
        (BOTH, BOTH, "transport: 1 EUR/kg", "transport is paid by the kilogram and no part has a weight: it costs "
         "nothing; give weight in parts"),
        ("{cost: 4 EUR, price: 9 EUR, weight: 1 kg}", BOTH, "transport: 1 EUR/kg",
         "1 of 2 parts (B) has no weight: their transport costs nothing"),
    ],
)  # fmt: skip
def test_some_parts_without_are_told_and_the_others_counted(
    tmp_path: Path, a: str, b: str, costs: str, told: str
) -> None:
    """The figure stands, with a remark on what it leaves out."""
    world = study(tmp_path, a, b, costs=costs)
    assert told in world.scenario.remarks
    value = world.run(folder=None).kpi("stock.on_hand.value").mean
    assert value is not None and value > 0


@pytest.mark.parametrize("part", [NONE, PRICE, COSTED, BOTH])
def test_what_no_part_has_is_no_remark(tmp_path: Path, part: str) -> None:
    """A scenario without money is as good as any: it is said beside the figures, not before each run."""
    assert study(tmp_path, part).scenario.remarks == ()


def test_without_a_shelf_the_answer_leads_with_a_fill_that_says_something(tmp_path: Path) -> None:
    """Dealers without stock fill nothing: the warehouse's fill is told, and that once."""
    comparison = run(tmp_path, a=BOTH).comparison
    assert headline(comparison)[0] == "fill.central.line"
    assert notes(comparison).count(NO_SHELF) == 1
    assert sentences(comparison)[0].text.startswith("has a central fill of ")
    assert not FILL_BY_SITE.shown(comparison)


def test_with_a_sourcing_list_it_leads_with_what_the_network_finds(tmp_path: Path) -> None:
    """System fill, where lines are passed on."""
    world = study(tmp_path, BOTH).set("order_classes.day.ask", "[facing]")
    comparison = world.run(folder=None).comparison
    assert "fill.line" not in headline(comparison)
    assert sentences(comparison)[0].text.startswith("finds ")
    assert "of customers' lines somewhere in the network" in sentences(comparison)[0].text


def test_with_a_shelf_it_leads_with_the_shelf(tmp_path: Path) -> None:
    """Dealers' own fill, as ever."""
    comparison = run(tmp_path, a=BOTH, dealer="{up_to: 3}").comparison
    assert headline(comparison)[0] == "fill.line"
    assert NO_SHELF not in notes(comparison)
    assert sentences(comparison)[0].text.startswith("fills ")


def test_ties_have_no_first_and_no_last(tmp_path: Path) -> None:
    """Sites and classes that are filled alike are said to be."""
    parts = {"a": "{class: fast}", "b": "{class: slow}"}
    comparison = run(tmp_path, dealer="{up_to: 99}", **parts).comparison
    assert by_site(comparison) == "In small, both sites alike: 100.0 %."
    assert by_class(comparison) == "In small, both part classes alike (100.0 %)."
    apart = run(tmp_path, dealer="{up_to: 1}", **parts).comparison
    assert "worst" in by_site(apart) and "least" in by_class(apart)


AT = """
  lyon: {served_by: central, lead_time: 2 d, at: [45.76, 4.84]}
  turin: {served_by: central, lead_time: 2 d, at: [45.07, 7.69]}
"""


def placed(folder: Path, dealer: str) -> sn.Result:
    """The world with sites on a map."""
    text = WORLD.format(a=BOTH, b=BOTH, dealer=dealer, costs="", expect="")
    head, _, tail = text.partition("dealers:")
    (folder / "small.yaml").write_text(
        head.replace("{tier: central,", "{tier: central, at: [48.86, 2.35],")
        + "dealers:"
        + AT
        + tail[tail.index("parts:") :]
    )
    return sn.load(folder / "small.yaml").run(folder=None)


@pytest.mark.parametrize(("dealer", "shelf"), [("{policy: none}", False), ("{up_to: 3}", True)])
def test_nothing_shows_a_fill_of_dealers_where_they_have_no_shelf(tmp_path: Path, dealer: str, shelf: bool) -> None:
    """One rule for the warm-up, the table of tiers and the map: the warehouse's fill stands, the dealers' does not."""
    result = placed(tmp_path, dealer)
    found = result.comparison
    assert [name for name, _, _ in settled.figures(found)] == [
        "pieces on hand",
        *(["lines filled at once"] if shelf else []),
    ]
    assert len(WARMUP.numbers(found)[0]) == 2 + shelf
    fills, stock = tier_grids(found)
    assert {cells[0] for cells, _ in fills.rows} == ({"central", "dealer"} if shelf else {"central"})
    assert {cells[0] for cells, _ in stock.rows} == {"central", "dealer"}
    view = view_of(result.scene())
    shares = {name: fill.share for name, fill in view.panels[0].fills.items()}
    assert shares["central"] is not None and (shares["lyon"] is None) is not shelf
    key = [words for row in key_rows(symbols(view, 6.0)) for _, _, words in row]
    assert ("no stock" in key) is not shelf and "not asked" not in key
    cell = next(row for row in MAP.numbers(view)[1] if row[0] == "lyon")[-1]
    assert (cell == "-") is not shelf


def test_dealers_near_each_other_without_a_shelf_are_one_dot_without_a_fill() -> None:
    """What is not known stays so when it is put together, and does not weigh on what is."""
    spots = [Spot(f"d{at}", "dealer", 45 + at / 1e4, 5, dealers=True) for at in range(200)]
    some = {"d0": Fill(0.5, 10.0), **{f"d{at}": Fill(None, 9.0) for at in range(1, 200)}}
    for fills, share in ((some, 0.5), ({name: Fill(None, 9.0) for name in some}, None)):
        one = merged(Panel("a", 0, Atlas(spots), fills), 5.0, 1.0, 1)
        (spot,) = one.atlas.sites
        told = one.fills[spot.name]
        assert told.share == share and told.lines > 0


@pytest.mark.parametrize(
    ("part", "dealer", "keys", "note"),
    [
        (BOTH, "{policy: none}", ["fill.central.line", "wait.mean", "stock.on_hand.value"], NO_SHELF),
        (BOTH, "{up_to: 3}", ["fill.line", "wait.mean", "stock.on_hand.value"], ""),
        (PRICE, "{up_to: 3}", ["fill.line", "wait.mean", "stock.on_hand.units"], "No part has a cost: "),
    ],
)
def test_a_sweep_leads_with_what_it_knows_and_says_what_it_does_not(
    tmp_path: Path, part: str, dealer: str, keys: list[str], note: str
) -> None:
    """The same rule and notes as of designs, in the terminal, in a notebook, in Markdown and on the page."""
    swept = study(tmp_path, a=part, dealer=dealer).sweep({"stocking.default.up_to": [9, 12]}, folder=None)
    assert swept.told.keys(None) == keys
    page = swept.report(tmp_path / "sweep.html").read_text()
    shown = [str(swept.table()), swept.markdown(), swept.table()._repr_html_(), re.sub("</?code>", "`", page)]
    flat = [" ".join(text.split()) for text in shown]
    assert all((note in text) if note else ("No part has" not in text and NO_SHELF not in text) for text in flat)


@pytest.mark.parametrize("dealer", ["{policy: none}", "{up_to: 3}"])
def test_charts_of_the_workbook_lead_with_a_fill_that_says_something(tmp_path: Path, dealer: str) -> None:
    """The spreadsheet's own charts: the warehouse's fill where dealers have no shelf, and no fill by month."""
    path = run(tmp_path, a=BOTH, dealer=dealer).excel(tmp_path / "report.xlsx")
    words = [
        str(cell) for row in CalamineWorkbook.from_path(path).get_sheet_by_name("Charts").to_python() for cell in row
    ]
    shelf = dealer != "{policy: none}"
    assert ("customer fill" in words) is shelf and ("central fill" in words) is not shelf
    assert ("month" in words) is shelf


def test_a_class_that_no_dealer_stocks_is_told_below_the_tables(tmp_path: Path) -> None:
    """In the words of the chart; by designs where they differ; nothing where all are stocked, or of other figures."""
    rule = "[{when: {tier: dealer, class: slow}, policy: none}]"
    world = study(tmp_path, a="{class: fast}", b="{class: slow}", dealer="{up_to: 9}").set("stocking.rules", rule)
    words = "no dealer has stock of slow, so nothing of it is found on the shelf"
    found = world.run(folder=None)
    assert words in by_class(found.comparison)
    assert cut_notes(found.comparison, ["fill.line"], "part_class") == [f"N{words[1:]}."]
    assert cut_notes(found.comparison, ["fill.dealer.line"], "part_class") == [f"N{words[1:]}."]
    for key, axis in (("fill.central.line", "part_class"), ("fill.line", "site"), ("wait.mean", "part_class")):
        assert not cut_notes(found.comparison, [key], axis)
    book = CalamineWorkbook.from_path(found.excel(tmp_path / "report.xlsx"))
    assert f"N{words[1:]}." in [str(row[0]) for row in book.get_sheet_by_name("By part").to_python()]
    path = tmp_path / "small.yaml"
    path.write_text(path.read_text().replace("designs: {", f"designs: {{less: {{stocking.rules: {rule}}}, "))
    every = sn.load(path).compare(folder=None)
    assert cut_notes(every.comparison, ["fill.line"], "part_class") == [f"In less, {words}."]


@pytest.mark.parametrize(
    ("key", "axis", "told"),
    [
        (
            "stock.on_hand.value",
            "part_class",
            "No part of slow has a cost: such money is not known; give `cost` in parts.",
        ),
        ("cost.year", "part_class", "No part of slow has a cost: such money is not known; give `cost` in parts."),
        ("revenue.year", "part_class", "No part of slow has a price: such money is not known; give `price` in parts."),
        ("stock.on_hand.value", "site", ""),
        ("stock.on_hand.units", "part_class", ""),
    ],
)
def test_tables_by_class_say_where_money_is_not_known(tmp_path: Path, key: str, axis: str, told: str) -> None:
    """A dash has a reason, and the remedy stands beside it."""
    parts = {"a": BOTH.replace("{", "{class: fast, "), "b": "{class: slow}"}
    found = run(tmp_path, dealer="{up_to: 3}", costs="holding: 20 %/y", **parts).comparison
    assert cut_notes(found, [key], axis) == ([told] if told else [])


def test_the_command_prints_them_below_its_tables(tmp_path: Path) -> None:
    """`--by part_class` on a class without a cost."""
    study(tmp_path, BOTH.replace("{", "{class: fast, "), "{class: slow}", dealer="{up_to: 3}")
    asked = ["run", str(tmp_path / "small.yaml"), "--by", "part_class", "--kpi", "stock.on_hand.value"]
    text = CliRunner().invoke(main, [*asked, "--out", str(tmp_path / "out")]).output
    assert re.search(r"^slow +-$", text, re.M) and "No part of slow has a cost" in text
