"""What the page tells besides the comparison: what hurts, what was assumed, the glossary, colors that can be read."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from importlib.resources import files

import pytest
from python_calamine import CalamineWorkbook

from simnet.metrics import compare
from simnet.report import Scene, Story, html
from simnet.report.assumed import assumed, changed
from simnet.report.charts.causes import CAUSES_BY_DAYS, CAUSES_BY_LINES, MISSED
from simnet.report.charts.style import DESIGNS
from simnet.report.excel import excel
from simnet.report.folded import folded, together
from simnet.report.glossary import anchor, definitions
from simnet.report.grid import Grid, levels_grid
from simnet.report.html import contents, legible
from simnet.report.numbers import clean
from simnet.report.page import SECTIONS, section_of
from simnet.report.places import money_grids, tier_grids
from simnet.report.rows import rows
from simnet.report.worst import headed, worst
from tests.metrics import flowing, tiny

ONE = compare([tiny.design("a")])
TWO = compare([tiny.design("a"), tiny.design("b", (5, 6, 8))])
FLOW = compare([flowing.design("a"), flowing.design("b", (5, 6, 8))])
PARTS = {"a": ("filter", "pump"), "b": ("filter", "pump")}
CSS = (files("simnet.report") / "templates" / "report.css").read_text(encoding="utf-8")


def grids(comparison: object, parts: object = PARTS) -> dict[str, Grid]:
    """The tables of what hurts by what their rows are."""
    return {grid.heads[0]: grid for grid in worst(comparison, parts)}  # type: ignore[arg-type]


def luminance(color: str) -> float:
    """Relative luminance of `#rrggbb` or `#rgb` (WCAG 2.1)."""
    digits = color.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Ratio of contrast of two colors: 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    """The colors of the page by light, dark and print."""
    found = [dict(re.findall(r"--(\w+): (#\w+)", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)]
    return dict(zip(("light", "dark", "print"), found, strict=True))


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
@pytest.mark.parametrize("ink", ["ink", "soft", "good", "bad", "accent"])
@pytest.mark.parametrize("paper", ["paper", "wash", "mark"])
def test_text_stands_out(mode: str, ink: str, paper: str) -> None:
    """Every color of text has a contrast of 4.5 or more on every color it stands on, by day, by night and on paper."""
    colors = palettes()[mode]
    assert contrast(colors[ink], colors[paper]) >= 4.5


@pytest.mark.parametrize("color", DESIGNS)
@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_text_in_the_color_of_a_design_can_be_read(mode: str, color: str) -> None:
    """Halfway to the ink, each design's color stands out on the paper."""
    colors = palettes()[mode]
    ink = colors["ink"] if len(colors["ink"]) == 7 else "#" + "".join(2 * digit for digit in colors["ink"][1:])
    mixed = "".join(f"{(int(color[at : at + 2], 16) + int(ink[at : at + 2], 16)) // 2:02x}" for at in (1, 3, 5))
    assert contrast(f"#{mixed}", colors["paper"]) >= 4.5
    picture = legible(f'<text style="font-size: 9px; fill: {color}">a</text><path style="fill: {color}"/>')
    assert picture.count("color-mix") == 1 and picture.endswith(f'<path style="fill: {color}"/>')


def test_colors_are_named() -> None:
    """No rule of the style has a color of its own, so that the test above speaks for all."""
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", rules) == []
    assert contrast("#000", "#fff") == pytest.approx(21) and contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


def test_worst_parts_come_first() -> None:
    """Parts by lines a year that were not on the shelf, with intervals, under the names of the catalog."""
    found = grids(TWO)["part"]
    assert {names[0] for names, _ in found.rows} <= {"filter", "pump"}
    means = [max(float(cell.value) for cell in cells) for _, cells in found.rows]
    assert means == sorted(means, reverse=True) and found.intervals
    assert "part" not in grids(TWO, {})


@pytest.mark.parametrize(("shown", "known", "title"), [
    (10, 50, "Worst sites: 10 of 50"), (6, 6, "Sites, worst first"), (1, 2, "Worst sites: 1 of 2"),
])  # fmt: skip
def test_a_head_claims_no_more_than_its_rows(shown: int, known: int, title: str) -> None:
    """Of how many rows these are the worst stands in the head; all of them are not the worst."""
    assert headed("Worst sites", "site", shown, known) == title
    assert grids(TWO)["site"].title == "Sites by lines not on the shelf, worst first"
    assert headed("Worst sites", "site", 1, 2, " by delay") == "Worst sites by delay: 1 of 2"
    assert grids(TWO)["lane"].title == "Lanes, slowest first"


def test_what_hurts_is_counted_once() -> None:
    """The lines a year not on the shelf are the same, told by part or by site, and as the fill tells them."""
    for name in TWO.designs:
        at = TWO.designs.index(name)
        by_part, by_site = (sum(float(cells[at].value) for _, cells in grids(TWO)[title].rows)
                            for title in ("part", "site"))  # fmt: skip
        fill, lines = TWO.levels[name]["fill.line"].mean, TWO.levels[name]["demand.lines"].mean
        assert fill is not None and lines is not None
        assert by_part == pytest.approx(by_site) == pytest.approx(lines * (1 - fill), abs=0.2)


def test_a_design_without_the_place_has_no_figure() -> None:
    """A site that a design lacks has a dash there; lanes are named by both ends."""
    other = compare([tiny.design("a"), tiny.design("b", site_names=("gent", "oslo", "turin"))])
    rows = dict(grids(other)["lane"].rows)
    assert all(" → " in lane for (lane,) in rows)
    assert rows[("gent → oslo",)][0].value == "-" != rows[("gent → oslo",)][1].value


def test_missed_is_not_what_is_off_the_shelf() -> None:
    """Causes are of lines after their promise, worst parts and sites of lines not on the shelf: each says which."""
    found = grids(FLOW)
    for head in ("part", "site"):
        assert (
            "not on the shelf" in found[head].title and "missed" not in (found[head].title + found[head].note).lower()
        )
    assert "missed lines" in found["cause"].title and MISSED in found["cause"].note
    assert all(MISSED in chart.note for chart in (CAUSES_BY_LINES, CAUSES_BY_DAYS))


def test_rows_say_by_which_design_they_are_ordered() -> None:
    """By the worst one, where there are several."""
    one = {grid.heads[0]: grid for grid in worst(compare([flowing.design("a")]), {"a": ("filter", "pump")})}
    for head in ("part", "site", "lane"):
        told = f"A {head} counts as its worst design."
        assert told in grids(FLOW)[head].note and told not in one[head].note


def test_causes_are_those_of_the_figures() -> None:
    """Causes of misses are shares of all lines, the largest first; a plain network has none."""
    rows = grids(FLOW)["cause"].rows
    assert rows[0][0] == ("not stocked here",)
    assert "cause" not in grids(TWO)


def test_one_replication_says_so() -> None:
    """With one replication each table says that it has no interval; with several each figure has one."""
    page = html(Scene(compare([tiny.design("a", (0,))])), Story("one", parts=PARTS))
    assert "one replication: no intervals" in page and "±<" not in page
    assert page.count("One replication: no interval.") > 5
    assert all(grid.intervals for grid in (*tier_grids(TWO), *money_grids(TWO), *worst(TWO, PARTS)))


@pytest.mark.parametrize(("comparison", "said"), [
    (ONE, "One design: there is nothing to trade off"),
    (TWO, "No site of this network says where it is"),
    (ONE, "Nothing was passed on to this page"),
])  # fmt: skip
def test_a_section_without_content_says_why(comparison: object, said: str) -> None:
    """All sections stand, whatever is in them, under their anchors."""
    page = html(Scene(comparison), Story("bare"))  # type: ignore[arg-type]
    assert said in page
    assert re.findall(r'<section id="(\w+)"', page) == list(SECTIONS)


def test_figures_stand_in_their_section() -> None:
    """Each figure is told in full in one section, that of its family."""
    every = contents(Scene(FLOW), Story("all"))["every"]
    assert [section_of(key) for key in ("fill.line", "turns", "cost.year", "why.reserved.line")] == [
        "service", "stock", "money", "hurts",
    ]  # fmt: skip
    keys = [key for found in every.values() if found for key in found.keys]
    assert len(keys) == len(set(keys)) > 100


def test_differences_are_marked() -> None:
    """A value that a design changes carries what the design has instead; one that goes with its map is gone."""
    found = assumed(
        [("stocking.default.target", "95 %"), ("warehouses.oslo.at", "Oslo NO"), ("seed", "7")],
        {"lean": [("stocking.default.target", "95 %", "85 %")], "far": [("warehouses.oslo", "{at: Oslo NO}", "")],
         "near": [("warehouses.oslo", "{at: Oslo NO}", "{at: Bergen NO}")]},
    )  # fmt: skip
    assert [each.instead for each in found] == [
        (("lean", "85 %"),), (("far", "(none)"), ("near", "changed")), (),
    ]  # fmt: skip


def test_every_label_leads_to_a_definition() -> None:
    """Each figure of the network is told once in the glossary, under an anchor of its own."""
    told = list(definitions(FLOW))
    assert {each.anchor for each in told} == {anchor(kpi.metric) for kpi in FLOW.kpis.values()}
    assert len({each.anchor for each in told}) == len(told)
    page = html(Scene(FLOW), Story("all"))
    assert set(re.findall(r'href="#(kpi-[^"]+)"', page)) <= {each.anchor for each in told}
    assert "(tier) fill" in page and "<code>need_by</code>" in page


def test_definitions_of_figures_in_full_lists_are_folded() -> None:
    """The glossary tells the figures of the tables first, those of the full lists behind a fold, each once."""
    near, far = contents(Scene(FLOW), Story("all"))["definitions"]
    keys = [{each.key for each in found} for found in (near, far)]
    assert "fill.line" in keys[0] and "wait.p99" in keys[1] and not keys[0] & keys[1]
    assert len(keys[0]) + len(keys[1]) == len(list(definitions(FLOW)))


def test_checks_are_told_in_words() -> None:
    """What was checked is said for a reader who knows no formula; the formulas are behind a fold."""
    page = html(Scene(TWO), Story("all", checks=["on hand = opening + received - shipped"]))
    words, fold = page[page.index('<ul class="checks">') :].split('<details class="laws">')
    assert "No customer is forgotten." in words and "run 3 times" in words and " = " not in words.split("<ul")[1]
    assert "on hand = opening" in fold.split("</details>")[0]
    assert "No customer is forgotten." not in html(Scene(TWO), Story("nothing was checked"))


def test_all_changes_of_a_design_are_told() -> None:
    """A dozen stand as they are; of more the first ten, the others behind a fold."""
    found = {name: [(f"seed.{at}", at, at + 1) for at in range(count)] for name, count in
             (("none", 0), ("few", 12), ("many", 40))}  # fmt: skip
    few, many = changed(found)
    assert (few.design, few.shown, many.design, many.shown) == ("few", 12, "many", 10)
    page = html(Scene(TWO), Story("all", changes=found))
    named = html(Scene(TWO), Story("all", changes=found, files={"few": "<net>.yaml"}))
    assert "few changes 12 values of &lt;net&gt;.yaml</h3>" in named and "many changes 40 values</h3>" in named
    assert "few changes 12 values</h3>" in page and "30 more changes of many" in page and "seed.<wbr>39" in page


def test_code_of_the_question_and_of_remarks_is_set_as_code() -> None:
    """Backticks in the scenario's own words too; what stands in them is text, and a lone one stays."""
    page = html(
        Scene(TWO), Story("all", about="Is `<up_to>: 3` enough? A lone ` stays.", remarks=[("a", "give `cost`")])
    )
    assert "Is <code>&lt;up_to&gt;: 3</code> enough? A lone ` stays." in page and "give <code>cost</code>" in page


def test_nothing_has_no_row() -> None:
    """A cost that no design has is left out of its table."""
    shown = levels_grid(ONE, "money", ["cost.year", "cost.rush"]).keys
    assert shown == ("cost.year",)


def test_a_remark_is_said_once_with_its_designs() -> None:
    """On the page and on the sheet: of some designs with their names, of all as of every design."""
    told = [("a", "a pool is missing"), ("b", "a pool is missing"), ("b", "no price")]
    page = html(Scene(TWO), Story("all", remarks=told))
    assert page.count("a pool is missing") == 1 and "Every design: a pool is missing" in page
    assert "<b>b</b>: no price" in page
    lines = {row[0]: row[1] for row in CalamineWorkbook.from_filelike(
        io.BytesIO(excel(TWO, Story("all", remarks=told), {}))).get_sheet_by_name("About").to_python()}  # fmt: skip
    assert lines["remark"] == "a pool is missing" and lines["remark, b"] == "no price"


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (["dealer fill", "facing fill", "system fill"], "dealer, facing and system fill"),
        (["customer fill, pieces", "dealer fill, pieces"], "customer and dealer fill, pieces"),
        (["dealer fill", "dealer fill"], "dealer fill"),
        (["dealer fill", "complete orders"], "dealer fill, complete orders"),
    ],
)
def test_names_of_the_same_figure_are_joined(titles: list[str], said: str) -> None:
    """What they share is said once."""
    assert together(titles) == said


def test_the_same_fill_stands_once() -> None:
    """A fill that is another's in every replication of every design names both; one that differs stands apart."""
    keys = ["fill.line", "fill.facing.line", "fill.unit", "wait.mean"]
    plain = rows(TWO, keys)
    assert [row.key for row in folded(TWO, plain)] == keys
    levels = {name: {**found, "fill.facing.line": found["fill.line"]} for name, found in TWO.levels.items()}
    same = replace(TWO, levels=levels)
    assert [row.title for row in folded(same, rows(same, keys))] == [
        "customer and facing fill", "customer fill, pieces", "wait, mean",
    ]  # fmt: skip
    one = replace(TWO, levels={**levels, "b": TWO.levels["b"]})
    assert len(folded(one, rows(one, keys))) == len(keys)


def test_a_row_of_dashes_is_left_out() -> None:
    """A place without any figure has no row in a table, nor a line in the numbers of a chart."""
    levels = {name: {**found, **{key: replace(each, mean=None) for key, each in found.items() if ".central" in key}}
              for name, found in TWO.levels.items()}  # fmt: skip
    none = replace(TWO, levels=levels)
    fills, _ = tier_grids(none)
    assert fills.rows and "central" not in {names[0] for names, _ in fills.rows}
    for places in contents(Scene(none), Story("all"))["flows"].values():
        lines = [row for each in places if each.kind == "figure" for row in each.what["rows"]]
        assert not any(set(row[1:]) <= {"-", ""} for row in lines)


@pytest.mark.parametrize(("name", "read"), [
    ("a\u202eb", "a\ufffdb"), ("a\x1b[31m", "a\ufffd[31m"), ("上海\u3000备件", "上海 备件"),
    ("👩\u200d🔧", "👩\u200d🔧"), ("可\u00a0能", "可 能"), ("a\nb", "a\ufffdb"),
])  # fmt: skip
def test_names_lose_what_a_page_would_act_on(name: str, read: str) -> None:
    """Codes and directions of text are marked; spaces of all widths and joined emoji stay."""
    assert clean(name) == read
