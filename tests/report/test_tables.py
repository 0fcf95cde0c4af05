"""The comparison in a terminal, as Markdown, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json

import pytest
from rich.console import Console

from simnet.metrics import Comparison, compare
from simnet.report import as_csv, as_json, as_markdown, show, text
from simnet.report.rows import headline, tiers
from simnet.report.sentences import sentences
from tests.metrics import flowing, tiny

HOSTILE = "=cmd|'/C calc'!A0 [red]<script>$x$</script>\x1b[31m|`*"


def designs(*names: str) -> Comparison:
    """Designs with some luck, the more the later."""
    return compare([tiny.design(name, (n, n + 1, n + 3)) for n, name in enumerate(names)])


TWO = designs("two-tier", "three-tier")


def test_the_table_as_a_whole() -> None:
    """The terminal's table, to the letter."""
    assert text(TWO, ["fill.line", "stock.on_hand.value", "cost.year"]) == (
        "               two-tier        three-tier\n"
        "──────────────────────────────────────────────────\n"
        "customer fill     51.4 % ±2.9  +0.8 pt ±0.0 better\n"
        "stock value      800 EUR ±0      0 EUR ±0   same\n"
        "cost a year    2,315 EUR ±15    -4 EUR ±0   better\n"
        "\n"
        "First column: level. Others: paired difference to it, under the same orders.\n"
        '± is the 95 % confidence half-width; "same" means not told apart from zero.\n'
    )


@pytest.mark.parametrize("count", [1, 2, 3, 5, 9])
def test_tables_keep_to_80_columns(count: int) -> None:
    """However many designs, no line is wider, and every design is shown."""
    names = [f"design-number-{n}-of-many" for n in range(count)]
    shown = text(designs(*names))
    assert max(len(line) for line in shown.splitlines()) <= 80
    for name in names[1:]:
        assert name in shown


def test_the_headline_names_the_tiers_that_refill_others() -> None:
    """Fill of customers, of warehouses; waits, stock, money; not the dealers' fill twice."""
    assert headline(TWO) == [
        "fill.line", "fill.central.line", "within.72h", "wait.mean", "wait.p95", "stock.on_hand.value",
        "turns", "cost.year", "margin",
    ]  # fmt: skip


def test_the_headline_of_an_order_flow_is_the_ladder() -> None:
    """Dealer, facing and system fill, the urgent class under it, jobs and promises; then the rows of any scenario."""
    flow = compare([flowing.design("a"), flowing.design("b", (5, 6, 8))])
    assert headline(flow) == [
        "fill.line", "fill.facing.line", "fill.system.line", "fill.system.line.vor", "promise.line", "fill.order",
        "fill.central.line", "within.72h", "wait.mean", "wait.p95", "lost.share", "rush.line", "stock.on_hand.value",
        "orders.held", "turns", "cost.year", "margin",
    ]  # fmt: skip
    lines = text(flow).splitlines()
    assert [line[:18].rstrip() for line in lines[2:6]] == [
        "dealer fill", "facing fill", "system fill", "  machine off road",
    ]  # fmt: skip
    assert "finds 53.7" in sentences(flow)[0].text


def test_a_figure_that_is_not_listed_can_be_shown() -> None:
    """Any key may be a row, and a line of the CSV; a design that does not have it has a dash."""
    mixed = compare([tiny.design("a"), flowing.design("b")])
    shown = text(mixed, ["fill.system.line.vor", "within.24h.unit"])
    assert "system fill, vor" in shown and " - " in shown.replace("\n", " ")
    assert len(list(csv.DictReader(io.StringIO(as_csv(mixed, ["fill.system.line.vor", "fill.line.day"]))))) == 3


def test_tiers_keep_the_order_of_their_designs() -> None:
    """A tier that the first design lacks stands after the one it follows in its own."""
    other = tiny.design("b", tier_names=("central", "regional", "dealer"))
    assert tiers(compare([tiny.design("a"), other])) == ["central", "regional", "dealer"]


def test_one_replication_says_so() -> None:
    """One replication: no interval, no verdict, and the note."""
    shown = text(compare([tiny.design("a", (0,)), tiny.design("b", (5,))]))
    assert "One replication: no interval." in shown
    assert "±" not in shown and "better" not in shown


@pytest.mark.parametrize(
    ("terminal", "no_color", "colored"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_color_only_on_a_terminal(terminal: bool, no_color: bool, colored: bool) -> None:
    """Color is for terminals, and NO_COLOR is obeyed."""
    out = io.StringIO()
    environment = {"NO_COLOR": "1"} if no_color else {}
    console = Console(file=out, force_terminal=terminal, width=80, _environ={"TERM": "xterm-256color", **environment})
    show(TWO, console)
    assert ("\x1b[32m" in out.getvalue()) == colored


def test_nothing_asked_is_a_dash() -> None:
    """A design that nobody asked anything has dashes, not errors."""
    empty = compare([tiny.result("empty", tiny.network(), [tiny.tally()])])
    assert " -" in text(empty, ["fill.line", "turns"])
    assert as_json(empty)["designs"]["empty"]["fill.line"] == {
        "mean": None,
        "half_width": None,
        "unit": "share",
    }
    assert [sentence.text for sentence in sentences(empty)] == ["keeps 0\N{NO-BREAK SPACE}EUR of stock."]


def test_json_has_the_agreed_form() -> None:
    """Designs, KPIs, mean, half width and unit; provenance beside them; plain JSON."""
    found = as_json(TWO, {"seed": 7})
    assert set(found) == {"designs", "provenance"}
    assert found["provenance"] == {"seed": 7}
    assert set(found["designs"]) == {"two-tier", "three-tier"}
    assert set(found["designs"]["two-tier"]["cost.year"]) == {"mean", "half_width", "unit"}
    assert found["designs"]["two-tier"]["cost.year"]["unit"] == "EUR/y"
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_csv_reads_back() -> None:
    """A line a design and KPI, differences on the lines of the other designs."""
    found = list(csv.DictReader(io.StringIO(as_csv(TWO, ["fill.line"]))))
    assert [row["design"] for row in found] == ["two-tier", "three-tier"]
    assert float(found[1]["mean"]) - float(found[0]["mean"]) == pytest.approx(float(found[1]["difference"]))
    assert [row["verdict"] for row in found] == ["", "better"]


def test_hostile_names_stay_text() -> None:
    """A name is no formula in CSV, no markup in Markdown, no command to a terminal."""
    found = designs("a", HOSTILE)
    assert "\x1b" not in text(found) and "[red]" in text(found)
    assert next(row for row in csv.reader(io.StringIO(as_csv(found))) if "cmd" in row[0])[0].startswith("'=")
    head = as_markdown(found).splitlines()[0]
    assert head.replace("\\|", "").count("|") == 4
    assert "<script>" not in head.replace("\\<", "")


def test_markdown_is_a_table() -> None:
    """Every row has as many cells as the header."""
    lines = [line for line in as_markdown(TWO).splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {4}
    assert "+0.8 pt ±0.0 better" in lines[2]


def test_a_sentence_a_design() -> None:
    """The first design by its levels, the others by what tells them apart."""
    told = {sentence.design: sentence.text.replace("\N{NO-BREAK SPACE}", " ") for sentence in sentences(TWO)}
    assert told["two-tier"] == (
        "fills 51.4 % of customers' lines at once, keeps 800 EUR of stock and costs 2,315 EUR a year."
    )
    assert told["three-tier"] == (
        "fills 0.8 points more of customers' lines at once and costs 4 EUR less a year; "
        "it is not told apart in stock value."
    )
