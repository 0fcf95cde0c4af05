# ruff: noqa: E501 - one case a line reads as the table it is
"""Broken inputs: each is refused with its place, the problem and the remedy, and never a traceback."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.scenario import Book, load
from simnet.units import parse_quantity
from tests.reader.samples import (
    BASE,
    DEALERS,
    ORDERS,
    PARTS,
    changed,
    with_dealers,
    with_orders,
    with_parts,
    workbook,
    write,
)


@dataclass(frozen=True)
class Case:
    """A broken input: what the message says, where it points, and the remedy it offers."""

    name: str
    text: str | bytes
    says: str
    at: str = "network.yaml"
    remedy: str = ""
    files: dict[str, str | bytes] = field(default_factory=dict)


FILE = [
    Case("empty file", "", "is empty", remedy="simnet new"),
    Case("only comments", "# nothing\n", "is empty", remedy="simnet new"),
    Case("a list", "- a\n- b\n", "a scenario is a map"),
    Case("a text", "hello", "a scenario is a map"),
    Case("latin-1", BASE.replace("two-tier", "zwölf").encode("latin-1"), "not UTF-8 text (byte 0xf6)", "network.yaml:2:9", "save it as UTF-8"),
    Case("binary", bytes(range(256)) * 8, "binary file"),
    Case("zero bytes", b"simnet: 1\0\nname: x\n", "zero byte", "network.yaml:1"),
    Case("control character", BASE.replace("two-tier", "two\x07tier"), "control characters", "network.yaml:2:", "remove"),
    Case("half a utf-16", b"\xff\xfes\0i", "not UTF-8 text"),
    Case("odd utf-16", b"\xff\xfes\0i\0m", "not UTF-8 text"),
    Case("two documents", BASE + "---\n" + BASE, "a second document", "network.yaml:24:1", "one scenario a file"),
    Case("tab", changed("  factory:", "\tfactory:"), "a tab stands", "network.yaml:6:", "indent with spaces"),
    Case("unknown tag", changed("EUR\nrun", "!!python/object:os.system EUR\nrun"), "tag '!!python", "network.yaml:3:8", "remove the tag"),
    Case("own tag", changed("money: EUR", "money: !money EUR"), "tag '!money'", "network.yaml:3:8", "remove the tag"),
    Case("duplicate key", changed("money: EUR", "money: EUR\nmoney: USD"), "key 'money' is given twice; the first is on line 3", "network.yaml:4:1", "keep one"),
    Case("duplicate key inside", changed("{served_by: gent,", "{served_by: gent, served_by: paris,"), "key 'served_by' is given twice", "network.yaml:12:28"),
    Case("key is a list", changed("money: EUR", "? [a, b]\n: EUR"), "a key must be a plain word", "network.yaml:3:"),
    Case("key is null", changed("money: EUR", "~: EUR"), "a key must be a plain word", "network.yaml:3:1"),
    Case("unclosed brace", changed("cv: 0.5}}", "cv: 0.5}"), "is not YAML", "network.yaml:", "missing"),
    Case("unclosed quote", changed("name: two-tier", "name: 'two-tier"), "is not YAML", "network.yaml:", "quote"),
    Case("two colons", changed("money: EUR", "money: EUR: USD"), "mapping values", "network.yaml:3:", "quotes"),
    Case("undefined alias", changed("money: EUR", "money: *x"), "has no complete '&x' before it", "network.yaml:3:8"),
    Case("alias within itself", changed("money: EUR", "money: &x [*x]"), "has no complete", "network.yaml:3:"),
    Case("merge of a text", changed("money: EUR", "<<: EUR"), "'<<' takes a map", "network.yaml:3:"),
    Case("deep nesting", "a: " + "[" * 5000 + "]" * 5000, "nested too deep", "network.yaml:1:"),
    Case("deep blocks", "".join("  " * i + "a:\n" for i in range(200)), "nested too deep"),
    Case("newer version", changed("simnet: 1", "simnet: 2"), "version 2 of the scenario language", "network.yaml:1:9", "install a newer simnet"),
    Case("odd version", changed("simnet: 1", "simnet: one"), "must be 1", "network.yaml:1:9"),
    Case("no version", changed("simnet: 1\n", ""), "needs 'simnet'"),
    Case("limit as sign", changed("{fill.dealer.line: at least 90 %}", "\n  fill: >= 95 %"), "limits are words", "network.yaml:24", "at least 95 %"),
]  # fmt: skip

VALUES = [
    Case("duration without unit", changed("mean: 45 d", "mean: 45"), "needs a unit, such as '45 d'", "network.yaml:6:31"),
    Case("unknown unit", changed("mean: 45 d", "mean: 45 days-ish"), "unknown unit of time 'days-ish'", "network.yaml:6:31", "min, h, d, w, mo, y"),
    Case("weight as time", changed("0.8 kg", "0.8 d"), "unknown unit of weight 'd'", "network.yaml:14:", "g, kg or t"),
    Case("negative duration", changed("mean: 45 d", "mean: -45 d"), "must not be negative", "network.yaml:6:"),
    Case("nan", changed("cv: 0.5", "cv: .nan"), "finite number", "network.yaml:6:"),
    Case("nan by name", changed("cv: 0.5", "cv: NaN"), "finite number", "network.yaml:6:"),
    Case("infinity", changed("mean: 45 d", "mean: inf"), "finite number", "network.yaml:6:"),
    Case("huge duration", changed("mean: 45 d", "mean: 1e30 d"), "too large", "network.yaml:6:", "1000 y"),
    Case("huge exponent", changed("mean: 45 d", "mean: 1e9999 d"), "too large", "network.yaml:6:"),
    Case("endless digits", changed("mean: 45 d", f"mean: {'9' * 5000} d"), "too long", "network.yaml:6:"),
    Case("decimal comma", changed("12.40 EUR", "'12,40 EUR'"), "has a comma", "network.yaml:14:", "point"),
    Case("money without currency", changed("12.40 EUR", "12.40"), "needs a currency, such as '12.40 EUR'", "network.yaml:14:"),
    Case("wrong currency", changed("12.40 EUR", "12.40 USD"), "is in USD, but this scenario counts in EUR", "network.yaml:14:"),
    Case("currency by sign", changed("12.40 EUR", "12.40 €"), "by a sign", "network.yaml:14:", "12.40 EUR"),
    Case("no currency", changed("money: EUR", "money: euros"), "three letters", "network.yaml:3:8", "EUR"),
    Case("share without percent", changed("target: 95 %", "target: 0.95"), "such as '95 %'", "network.yaml:20:"),
    Case("share above 100", changed("target: 95 %", "target: 195 %"), "between 0 % and 100 %", "network.yaml:20:"),
    Case("target of 100", changed("target: 95 %", "target: 100 %"), "below 100 %", "network.yaml:20:", "98 %"),
    Case("rate without time", changed("orders: 2 per month", "orders: 2"), "such as '2 per month'", "network.yaml:17:"),
    Case("rate per nothing", changed("orders: 2 per month", "orders: 2 per customer"), "needs a rate", "network.yaml:17:"),
    Case("half a piece", changed("up_to: 3", "up_to: 3.5"), "whole number", "network.yaml:21:"),
    Case("negative pieces", changed("up_to: 3", "up_to: -3"), "must not be negative", "network.yaml:21:"),
    Case("pieces with unit", changed("up_to: 3", "up_to: 3 pcs"), "without a unit", "network.yaml:21:"),
    Case("huge pieces", changed("up_to: 3", "up_to: 1e15"), "too large", "network.yaml:21:"),
    Case("map for text", changed("money: EUR", "money: {a: b}"), "three letters", "network.yaml:3:"),
    Case("list for map", changed("costs: {holding: 22 %/y}", "costs: [22 %/y]"), "must be a map", "network.yaml:22:"),
    Case("text for map", changed("{tier: central, refilled_by: factory}", "factory"), "must be a map, not 'factory'", "network.yaml:8:"),
    Case("text for names", changed("costs: {holding: 22 %/y}", "lanes: gent"), "must be a map of names", "network.yaml:22:"),
    Case("date", changed("start: 2026-01-01", "start: 2026-02-30"), "no day of the calendar", "network.yaml:4:"),
    Case("date by number", changed("start: 2026-01-01", "start: 01/02/2026"), "2026-01-31", "network.yaml:4:"),
    Case("zero length", changed("length: 2 y", "length: 0 d"), "must be above zero", "network.yaml:4:"),
    Case("endless run", changed("length: 2 y", "length: 900 y"), "too long for a run", "network.yaml:4:", "200 y"),
    Case("no replication", changed("replications: 3", "replications: 0"), "from 1 to 100000", "network.yaml:4:"),
    Case("fractional replication", changed("replications: 3", "replications: 2.5"), "whole number", "network.yaml:4:"),
    Case("huge seed", changed("seed: 7", "seed: 99999999999999999999"), "", "network.yaml:4:"),
    Case("engine", changed("seed: 7", "engine: simppy"), "must be 'auto', 'simpy' or 'compiled'", "network.yaml:4:", "did you mean 'simpy'?"),
    Case("coordinates", changed("{tier: central,", "{tier: central, at: [91, 0],"), "latitude", "network.yaml:8:"),
    Case("three coordinates", changed("{tier: central,", "{tier: central, at: [1, 2, 3],"), "latitude", "network.yaml:8:"),
    Case("unknown town", changed("{tier: central,", "{tier: central, at: Atlantis BE,"), "no town 'Atlantis'", "network.yaml:8:"),
    Case("town without country", changed("{tier: central,", "{tier: central, at: Gent,"), "country", "network.yaml:8:", "Gent BE"),
    Case("season of eleven", changed("every: 1 mo", "season: [1,1,1,1,1,1,1,1,1,1,1]"), "12 items, not 11", "network.yaml:18:"),
    Case("size table", changed("{geometric: {mean: 1.5}}", "{table: {1: 60 %}}"), "", "network.yaml:17:"),
    Case("limit that is none", changed("at least 90 %", "about 90 %"), "is no limit", "network.yaml:23:", "at most 10 d"),
    Case("limit of two kinds", changed("at least 90 %", "between 4 d and 5 EUR"), "mixes time and money", "network.yaml:23:"),
    Case("limit upside down", changed("at least 90 %", "between 95 % and 90 %"), "above the second", "network.yaml:23:"),
    Case("limit is a map", changed("at least 90 %", "{}"), "limit in words", "network.yaml:23:"),
]  # fmt: skip

LOOP = "  gent: {tier: central, refilled_by: paris}"
NAMES = [
    Case("unknown key", changed("refilled_by: factory", "refiled_by: factory"), "unknown key 'refiled_by' in warehouses > gent", "network.yaml:8:25", "did you mean 'refilled_by'?"),
    Case("unknown key on top", changed("costs:", "cost:"), "unknown key 'cost' in the scenario", "network.yaml:22:1", "did you mean 'costs'?"),
    Case("unknown key in a part", changed("weight: 0.8 kg", "wieght: 0.8 kg"), "unknown key 'wieght' in parts > filter", "network.yaml:14:", "did you mean 'weight'?"),
    Case("unknown key in demand", changed("size: {geo", "sizes: {geo"), "unknown key 'sizes'", "network.yaml:17:", "did you mean 'size'?"),
    Case("unknown key in stocking", changed("up_to: 3", "upto: 3"), "unknown key 'upto'", "network.yaml:21:", "did you mean 'up_to'?"),
    Case("unknown key in a size", changed("{mean: 1.5}", "{maen: 1.5}"), "unknown key 'maen'", "network.yaml:17:", "did you mean 'mean'?"),
    Case("missing key", changed("{served_by: gent, lead_time: 3 d}", "{lead_time: 3 d}"), "needs 'served_by'", "network.yaml:12:"),
    Case("no parts", changed(BASE[BASE.index("parts:") : BASE.index("demand:")], ""), "needs 'parts'", "network.yaml", "parts.csv"),
    Case("no demand", changed(BASE[BASE.index("demand:") : BASE.index("stocking:")], ""), "needs 'demand'"),
    Case("unknown source", changed("served_by: gent", "served_by: ghent"), "there is no supplier or warehouse 'ghent'", "network.yaml:12:", "did you mean 'gent'?"),
    Case("served by a dealer", changed("served_by: gent", "served_by: lyon"), "a dealer supplies nobody", "network.yaml:12:"),
    Case("circle", changed("  gent: {tier: central, refilled_by: factory}", LOOP), "goes in a circle: gent > paris > gent", "network.yaml:8:", "refilled by a supplier"),
    Case("refilled by itself", changed("refilled_by: factory", "refilled_by: gent"), "goes in a circle: gent > gent", "network.yaml:8:"),
    Case("one name twice", changed("  turin:", "  gent:", changed("[lyon, turin]", "lyon")), "the name 'gent' is in warehouses too", "network.yaml:12:3"),
    Case("reserved name", changed("  turin:", "  suppliers:", changed("[lyon, turin]", "lyon")), "the name 'suppliers' is taken", "network.yaml:12:3"),
    Case("unknown part", changed("part: hose", "part: hoes"), "there is no part 'hoes'", "network.yaml:18:", "did you mean 'hose'?"),
    Case("unknown site", changed("[lyon, turin]", "[lyon, turino]"), "there is no site or tier 'turino'", "network.yaml:17:31", "did you mean 'turin'?"),
    Case("unknown class", changed("part: hose", "class: slow"), "there is no part class 'slow'", "network.yaml:18:"),
    Case("unknown order class", changed("part: hose", "part: hose, order_class: warranty"), "there is no order class for customers 'warranty'", "network.yaml:18:"),
    Case("stock is not for customers", changed("part: hose", "part: hose, order_class: stock"), "no order class for customers", "network.yaml:18:"),
    Case("unknown tier", changed("tiers: {dealer:", "tiers: {dealr:"), "there is no tier 'dealr'", "network.yaml:21:", "did you mean 'dealer'?"),
    Case("unknown policy", changed("policy: base-stock", "policy: base-stok"), "unknown policy 'base-stok'", "network.yaml:20:", "did you mean 'base-stock'?"),
    Case("key of another policy", changed("policy: base-stock, target: 95 %", "policy: base-stock, lot: 3"), "takes no 'lot'", "network.yaml:20:", "it takes"),
    Case("no stocking", changed(BASE[BASE.index("stocking:") : BASE.index("costs:")], ""), "needs one of up_to, cover, target", "", "target: 95 %"),
    Case("numbers half", changed("{up_to: 3}", "{policy: min-max, up_to: 3}"), "up_to needs trigger", "network.yaml:21:"),
    Case("unknown rule site", changed("  tiers:", "  rules: [{when: {site: rome}, up_to: 3}]\n  tiers:"), "there is no site 'rome'", "network.yaml:21:"),
    Case("rule price", changed("  tiers:", "  rules: [{when: {price: cheap}, up_to: 3}]\n  tiers:"), "is no limit", "network.yaml:21:"),
    Case("lane from nowhere", changed("costs:", "lanes: {rome: {lyon: {lead_time: 2 d}}}\ncosts:"), "there is no supplier or warehouse 'rome'", "network.yaml:22:9"),
    Case("lane to nowhere", changed("costs:", "lanes: {gent: {rome: {lead_time: 2 d}}}\ncosts:"), "there is no warehouse or dealer 'rome'", "network.yaml:22:16"),
    Case("lane per time", changed("costs:", "lanes: {gent: {lyon: {cost: 2 EUR/d}}}\ncosts:"), "per kg", "network.yaml:22:"),
    Case("no lead time", changed("{served_by: gent, lead_time: 3 d}", "{served_by: gent}"), "no lead time from 'gent' to 'turin'", "network.yaml:12:3", "lanes: {gent: {turin"),
    Case("supplier without lead time", changed("{lead_time: {mean: 45 d, cv: 0.5}}", "{}"), "no lead time from supplier 'factory'", "network.yaml:6:3", "each part"),
    Case("part without supplier", changed("factory: {", "asia: {lead_time: 9 d}\n  factory: {", BASE.replace("refilled_by: factory", "refilled_by: suppliers")), "needs a supplier: there is more than one", "network.yaml:15:"),
    Case("unknown supplier", changed("weight: 0.8 kg", "supplier: factroy"), "there is no supplier 'factroy'", "network.yaml:14:", "did you mean 'factory'?"),
    Case("no suppliers", changed("suppliers:\n  factory: {lead_time: {mean: 45 d, cv: 0.5}}\n", "", BASE.replace("refilled_by: factory", "refilled_by: suppliers")), "there are no suppliers", "network.yaml:6:"),
    Case("form of lead time", changed("{mean: 45 d, cv: 0.5}", "{median: 45 d}"), "needs one of mean, uniform, table, mixture", "network.yaml:6:"),
    Case("two forms", changed("{mean: 45 d, cv: 0.5}", "{mean: 45 d, uniform: {from: 1 d, to: 2 d}}"), "has both", "network.yaml:6:"),
    Case("lost replenishment", changed("costs:", "order_classes: {stock: {unmet: lost}}\ncosts:"), "cannot be lost", "network.yaml:22:"),
    Case("unmet", changed("costs:", "order_classes: {day: {unmet: los}}\ncosts:"), "'backorder' or 'lost'", "network.yaml:22:", "did you mean 'lost'?"),
    Case("extends itself", "extends: network.yaml\n" + BASE, "extends this file in turn", "network.yaml:1:10"),
    Case("extends in a circle", "extends: other.yaml\n" + BASE, "extends this file in turn", "other.yaml:1:10", files={"other.yaml": "extends: network.yaml\nmoney: EUR\n"}),
    Case("extends nothing", "extends: missing.yaml\n" + BASE, "no such file 'missing.yaml'", "network.yaml:1:10"),
    Case("design is a text", BASE + "designs: {fast: now}\n", "must be a map of changes", "network.yaml:24:17"),
    Case("design misspells", BASE + "designs:\n  fast: {stocking.defalt.target: 98 %}\n", "unknown key 'defalt' in stocking", "network.yaml:25:10", "did you mean 'default'?"),
    Case("design misspells deeper", BASE + "designs:\n  fast: {run.lenght: 1 y}\n", "unknown key 'lenght' in run", "network.yaml:25:10", "did you mean 'length'?"),
    Case("design removes nothing", BASE + "designs:\n  fast: {warehouses: {rome: null}}\n", "there is no 'rome' to remove", "network.yaml:25:23"),
    Case("design with a bad value", BASE + "designs:\n  fast: {stocking.default.target: 98}\n", "such as '98 %'", "network.yaml:25:35"),
    Case("design named as the file", BASE + "designs: {two-tier: {}}\n", "name of the scenario itself", "network.yaml:24:"),
    Case("design as a folder", BASE + "designs: {../up: {}}\n", "cannot name a folder", "network.yaml:24:"),
    Case("empty path step", BASE + "designs: {fast: {run..seed: 1}}\n", "is no path", "network.yaml:24:"),
]  # fmt: skip

DEMAND_LIST = changed("part: hose,", "part: [hose, filter, hose],")
NEWCOMER = [
    Case("part twice in a list", DEMAND_LIST, "'hose' is there twice", "network.yaml:18:27", "keep one"),
    Case("site twice in a list", changed("[lyon, turin]", "[lyon, turin, lyon]"), "'lyon' is there twice", "network.yaml:17:38", "keep one"),
    Case("amount too fine", changed("3 EUR, price", "0.00001 EUR, price"), "finer than 1/10,000", "network.yaml:15:16"),
    Case("freight too fine", changed("holding: 22 %/y", "transport: 0.01 EUR/t"), "finer than 1/10,000", "network.yaml:22:"),
    Case("name too long", changed("two-tier", "x" * 101), "has 101 characters, and may have 100", "network.yaml:2:7"),
    Case("name far too long", changed("two-tier", "x" * 300), "has 300 characters, and may have 100", "network.yaml:2:7"),
    Case("name as a way", changed("two-tier", "../up"), "cannot name a folder", "network.yaml:2:7"),
    Case("design named too long", BASE + f"designs: {{{'x' * 101}: {{}}}}\n", "may have 100", "network.yaml:24:11"),
    Case("design renames", BASE + "designs: {x: {name: foo}}\n", "the name is the file's", "network.yaml:24:15", "--as NAME"),
    Case("design of another version", BASE + "designs: {x: {simnet: 1}}\n", "version of the language is the file's", "network.yaml:24:15"),
    Case("design on a file", BASE + "designs: {x: {extends: a.yaml}}\n", "said in the file", "network.yaml:24:15"),
    Case("design of designs", BASE + "designs: {x: {designs.y.run.seed: 3}}\n", "designs are written in the file", "network.yaml:24:15"),
    Case("value twice in a design", BASE + "designs:\n  x: {run.seed: 3, run: {seed: 4}}\n", "'run > seed' is given twice", "network.yaml:25:26", "keep one"),
    Case("two sources of a level", changed("target: 95 %}", "target: 95 %, up_to: 4}"), "up_to and target contradict each other", "network.yaml:20:33"),
    Case("columns of no table", changed("every: 1 mo}", "columns: {part: x}}"), "'columns' is about a table", "network.yaml:18:32"),
    Case("trigger under all", changed("{up_to: 3}", "{policy: reorder-lot, trigger: -1000000001, lot: 2}"), "too large", "network.yaml:21:"),
    Case("half a trigger", changed("{up_to: 3}", "{policy: reorder-lot, trigger: -1.5, lot: 2}"), "whole number", "network.yaml:21:"),
]  # fmt: skip
LONG_AGO = "part,date,quantity\nfilter,1924-02-20,1\nhose,2024-01-01,3\nhose,2024-03-01,3\n"
FAR_OFF = "part,date,quantity\nfilter,2024-02-20,1\nhose,2124-01-01,3\nhose,2024-03-01,3\n"
FAR_COLUMN = "part,2024-01,2024-02,2034-02\nfilter,1,2,3\n"
HISTORIES = [
    Case("history in the future", with_orders(), "from 2024-03-01 to 2124-01-01, 100 years; a mistyped year?", "orders.csv:3:6", "mend the date", {"orders.csv": FAR_OFF}),
    Case("history in the past", with_orders(), "from 1924-02-20 to 2024-01-01, 100 years; a mistyped year?", "orders.csv:2:8", files={"orders.csv": LONG_AGO}),
    Case("period in the future", with_orders("wide.csv"), "from 2024-02 to 2034-02, 10 years", "wide.csv:1:22", files={"wide.csv": FAR_COLUMN}),
    Case("a million pieces", with_orders(), "more than 1,000,000 pieces at once: 1,000,001", "orders.csv:2:19", files={"orders.csv": "part,date,quantity\nfilter,2024-02-20,1000001\n"}),
    Case("a million pieces on every line", changed("part: hose, chance: 12 %, every: 1 mo", "table: demand.csv"), "must be at most 1,000,000", "demand.csv:2:14", files={"demand.csv": "part,orders,size\nhose,2 per y,1000001\n"}),
    Case("a mean of millions", changed("part: hose, chance: 12 %, every: 1 mo", "table: demand.csv"), "must be at most 1,000,000", "demand.csv:2:14", files={"demand.csv": "part,orders,size_mean\nhose,2 per y,1e9\n"}),
    Case("misspelt part in a history", with_orders(), "column part: there is no part 'filtr'", "orders.csv:3:1", files={"orders.csv": "part,date,quantity\nfilter,2024-02-20,1\nfiltr,2024-02-20,1\n"}),
    Case("misspelt dealer in a history", with_orders(), "column dealer: there is no dealer 'lion'", "orders.csv:2:21", files={"orders.csv": "part,date,quantity,dealer\nfilter,2024-02-20,1,lion\n"}),
    Case("misspelt dealer in a wide history", with_orders("wide.csv"), "column dealer: there is no dealer 'lion'", "wide.csv:2:8", files={"wide.csv": "part,dealer,2025-01\nfilter,lion,1\n"}),
    Case("wide with words", with_orders("wide.csv"), "a period in each column", "wide.csv:1:6", "ignore: [text]", {"wide.csv": "part,text,2025-01,2025-02\nfilter,a,1,2\n"}),
    Case("wide part and dealer twice", with_orders("wide.csv"), "part 'filter at lyon' is there twice", "wide.csv:3:1", files={"wide.csv": "part,dealer,2025-01\nfilter,lyon,1\nfilter,lyon,2\n"}),
    Case("misspelt site of an opening stock", BASE + "opening: o.csv\n", "column site: there is no site 'lion'", "o.csv:2:6", files={"o.csv": "part,site,on_hand\nhose,lion,1\n"}),
    Case("misspelt part of an opening stock", BASE + "opening: o.csv\n", "column part: there is no part 'hoose'", "o.csv:2:1", files={"o.csv": "part,site,on_hand\nhoose,lyon,1\n"}),
    Case("sheet that is not there", with_parts("{table: parts.xlsx, sheet: nope}"), "no sheet 'nope'", "network.yaml:13:35", files={"parts.xlsx": workbook({"parts": PARTS})}),
]  # fmt: skip

DECIMALS = 'part,cost,price\nfilter,"12,4",29\nhose,"3,5",5\n'
TABLES = [
    Case("missing table", with_parts(), "no such file 'parts.csv'", "network.yaml:13:8", "relative"),
    Case("misnamed table", with_parts("prats.csv"), "no such file 'prats.csv'", "network.yaml:13:8", "did you mean 'parts.csv'?", {"parts.csv": PARTS}),
    Case("directory for a table", with_parts("sub.csv"), "is a directory", "sub.csv", files={"sub.csv/x": ""}),
    Case("empty table", with_parts(), "is empty", "parts.csv", "first row names the columns", {"parts.csv": ""}),
    Case("header only", with_parts(), "there are no parts", "network.yaml:13", files={"parts.csv": "part,cost\n"}),
    Case("no part column", with_parts(), "has no column 'part'", "parts.csv", "columns: {part:", {"parts.csv": "cost,price\n1,2\n"}),
    Case("unknown column", with_parts(), "unknown column 'colour'", "parts.csv:1:6", "ignore", {"parts.csv": "part,colour\nfilter,red\nhose,red\n"}),
    Case("misspelled column", with_parts(), "unknown column 'wieght'", "parts.csv:1:6", "did you mean 'weight'?", {"parts.csv": "part,wieght\nfilter,1 kg\nhose,1 kg\n"}),
    Case("decimal commas", with_parts(), "'12,4' - decimal comma?", "parts.csv:2:8", "set decimal: ','", {"parts.csv": DECIMALS}),
    Case("unquoted commas", with_parts(), "the row has 4 cells, the header 3", "parts.csv:2:", "quotes", {"parts.csv": "part,cost,price\nfilter,12,4,29\n"}),
    Case("short row", with_parts(), "the row has 2 cells, the header 3", "parts.csv:2:", files={"parts.csv": "part,cost,price\nfilter,12\n"}),
    Case("open quote", with_parts(), "quote", "parts.csv:", files={"parts.csv": 'part,cost\n"filter,12\nhose,1\n'}),
    Case("part twice", with_parts(), "part 'hose' is there twice; the first is in row 3", "parts.csv:4:1", "keep one", {"parts.csv": PARTS + "hose,3,5,1 kg,slow\n"}),
    Case("part blank", with_parts(), "is empty", "parts.csv:4:1", files={"parts.csv": PARTS + ",3,5,1 kg,slow\n"}),
    Case("column twice", with_parts(), "column 'cost' is there twice", "parts.csv:1", files={"parts.csv": "part,cost,cost\nfilter,1,2\nhose,1,2\n"}),
    Case("column without name", with_parts(), "column 2 has no name", "parts.csv:1", files={"parts.csv": "part,,cost\nfilter,1,2\nhose,1,2\n"}),
    Case("weight without unit", with_parts(), "needs a unit, such as '0.8 kg'", "parts.csv:2:8", "units: {weight", {"parts.csv": "part,weight\nfilter,0.8\nhose,1 kg\n"}),
    Case("text for money", with_parts(), "is not a number", "parts.csv:2:8", files={"parts.csv": "part,cost\nfilter,cheap\nhose,1\n"}),
    Case("nan for money", with_parts(), "finite number", "parts.csv:2:8", files={"parts.csv": "part,cost\nfilter,nan\nhose,1\n"}),
    Case("formula", with_parts(), "holds a formula", "parts.csv:2:8", "store its value", {"parts.csv": "part,cost\nfilter,=A1*2\nhose,1\n"}),
    Case("formula as a name", with_parts(), "holds a formula", "parts.csv:2:1", files={"parts.csv": "part,cost\n=cmd|'x',1\nhose,1\n"}),
    Case("spreadsheet error", with_parts(), "spreadsheet error: '#REF!'", "parts.csv:2:8", files={"parts.csv": "part,cost\nfilter,#REF!\nhose,1\n"}),
    Case("other currency", with_parts(), "is in USD", "parts.csv:2:8", files={"parts.csv": "part,cost\nfilter,1 USD\nhose,1\n"}),
    Case("negative cost", with_parts(), "must not be negative", "parts.csv:2:8", files={"parts.csv": "part,cost\nfilter,-1\nhose,1\n"}),
    Case("latin-1 table", with_parts(), "not UTF-8 text (byte 0xe9)", "parts.csv:2:", "encoding: cp1252", {"parts.csv": "part,class\nfilté,x\n".encode("latin-1")}),
    Case("unknown encoding", with_parts("{table: parts.csv, encoding: klingon}"), "unknown encoding 'klingon'", "parts.csv", "utf-8", {"parts.csv": PARTS}),
    Case("zero bytes in a table", with_parts(), "zero byte", "parts.csv:1", files={"parts.csv": b"part,cost\0\n"}),
    Case("damaged gzip", with_parts("parts.csv.gz"), "cannot be read (damaged gzip file)", "parts.csv.gz", files={"parts.csv.gz": gzip.compress(PARTS.encode())[:20]}),
    Case("no gzip", with_parts("parts.csv.gz"), "cannot be read (damaged gzip file)", "parts.csv.gz", files={"parts.csv.gz": PARTS}),
    Case("old Excel", with_parts("parts.xls"), "'parts.xls' is not read", "network.yaml:13:8", "save it as .xlsx", {"parts.xls": b"x"}),
    Case("no Excel", with_parts("parts.xlsx"), "is not an Excel workbook", "parts.xlsx", "save it again", {"parts.xlsx": b"PK\x03\x04 nonsense"}),
    Case("unknown option", with_parts("{table: parts.csv, colums: {}}"), "unknown key 'colums' beside 'table'", "network.yaml:13:", "did you mean 'columns'?", {"parts.csv": PARTS}),
    Case("mapped column missing", with_parts("{table: parts.csv, columns: {part: id}}"), "has no column 'id'", "network.yaml:13:", "it has part", {"parts.csv": PARTS}),
    Case("mapping of nothing", with_parts("{table: parts.csv, columns: {prat: part}}"), "no column 'prat' is known", "network.yaml:13:", "did you mean 'part'?", {"parts.csv": PARTS}),
    Case("decimal sign", with_parts("{table: parts.csv, decimal: comma}"), "must be '.' or ','", "network.yaml:13:", files={"parts.csv": PARTS}),
    Case("margin", with_parts("{table: parts.csv, margin: 100 %}"), "must be under 100 %", "network.yaml:13:", files={"parts.csv": PARTS}),
    Case("dealer twice", with_dealers(), "'lyon' is there twice; the first is in row 2", "dealers.csv:4:1", "keep one", {"dealers.csv": DEALERS + "lyon,gent,1 d\n"}),
    Case("dealer served by nobody", with_dealers(), "there is no supplier or warehouse 'gnt'", "dealers.csv:2:6", "did you mean 'gent'?", {"dealers.csv": "dealer,served_by,lead_time\nlyon,gnt,2 d\nturin,gent,2 d\n"}),
    Case("dealer without source", with_dealers(), "needs 'served_by'", "dealers.csv:2:1", files={"dealers.csv": "dealer,served_by,lead_time\nlyon,,2 d\nturin,gent,2 d\n"}),
    Case("dealer's lead time", with_dealers(), "unknown unit of time 'x'", "dealers.csv:3:12", files={"dealers.csv": "dealer,served_by,lead_time\nlyon,gent,2 d\nturin,gent,3 x\n"}),
    Case("dealer's coordinates", with_dealers(), "latitude", "dealers.csv:2:", files={"dealers.csv": "dealer,served_by,lead_time,lat,lon\nlyon,gent,2 d,95,4\nturin,gent,3 d,45,7\n"}),
    Case("day or month", with_orders(), "day or month first? '03/04/2025'", "orders.csv:2:8", "dates: dmy", {"orders.csv": "part,date,quantity\nfilter,03/04/2025,2\n"}),
    Case("day and month mixed", with_orders(), "day or month first?", "orders.csv:2:8", "dates: dmy", {"orders.csv": "part,date,quantity\nfilter,13/04/2025,2\nhose,04/13/2025,1\n"}),
    Case("year of two digits", with_orders("{table: orders.csv, dates: dmy}"), "year of two digits", "orders.csv:2:8", "2026-01-31", {"orders.csv": "part,date,quantity\nfilter,03/04/25,2\n"}),
    Case("no date", with_orders(), "is no date", "orders.csv:2:8", "2026-01-31", {"orders.csv": "part,date,quantity\nfilter,yesterday,2\n"}),
    Case("no day", with_orders(), "no day of the calendar", "orders.csv:2:8", files={"orders.csv": "part,date,quantity\nfilter,2025-02-30,2\n"}),
    Case("order of dates", with_orders("{table: orders.csv, dates: ydm}"), "must be one of dmy, mdy, ymd", "network.yaml:16:", files={"orders.csv": ORDERS}),
    Case("returns", with_orders(), "must not be negative: '-2'", "orders.csv:2:19", "returns: ignore", {"orders.csv": "part,date,quantity\nfilter,2025-01-13,-2\n"}),
    Case("half a piece ordered", with_orders(), "whole number, not '3.5'", "orders.csv:2:19", files={"orders.csv": "part,date,quantity\nfilter,2025-01-13,3.5\n"}),
    Case("blank quantity", with_orders(), "is empty", "orders.csv:2:19", files={"orders.csv": "part,date,quantity\nfilter,2025-01-13,\n"}),
    Case("unknown part ordered", with_orders(), "there is no part 'filtr'", "orders.csv:2:", "did you mean 'filter'?", {"orders.csv": "part,date,quantity\nfiltr,2025-01-13,1\n"}),
    Case("unknown dealer orders", with_orders(), "there is no dealer 'lion'", "orders.csv:2:", "did you mean 'lyon'?", {"orders.csv": "part,date,quantity,dealer\nfilter,2025-01-13,1,lion\n"}),
    Case("no lines", with_orders(), "the history has no rows", "network.yaml:16:", files={"orders.csv": "part,date,quantity\n"}),
    Case("no quantity", with_orders(), "has no column 'quantity'", "orders.csv", files={"orders.csv": "part,date\nfilter,2025-01-13\n"}),
    Case("wide part twice", with_orders("wide.csv"), "part 'filter' is there twice", "wide.csv:3:1", files={"wide.csv": "part,2025-01,2025-02\nfilter,1,2\nfilter,2,3\n"}),
    Case("wide with another column", with_orders("{table: wide.csv, format: wide}"), "a period in each column", "wide.csv:1:6", files={"wide.csv": "part,price,2025-02\nfilter,1,2\n"}),
    Case("wide negative", with_orders("wide.csv"), "must not be negative", "wide.csv:2:10", "returns: ignore", {"wide.csv": "part,2025-01,2025-02\nfilter,1,-2\n"}),
    Case("demand of a dead part", changed("part: hose, chance: 12 %, every: 1 mo", "table: demand.csv"), "there is no part 'hoose'", "demand.csv:2:1", "did you mean 'hose'?", {"demand.csv": "part,orders\nhoose,2 per y\n"}),
    Case("demand without a rate", changed("part: hose, chance: 12 %, every: 1 mo", "table: demand.csv"), "such as '2 per month'", "demand.csv:2:6", files={"demand.csv": "part,orders\nhose,2\n"}),
    Case("mean as a size", changed("part: hose, chance: 12 %, every: 1 mo", "table: demand.csv"), "a mean goes into a column size_mean", "demand.csv:2:14", files={"demand.csv": "part,orders,size\nhose,2 per y,1.5\n"}),
    Case("levels of nobody", changed("  tiers:", "  levels: levels.csv\n  tiers:"), "there is no site 'rome'", "levels.csv:2:", files={"levels.csv": "site,part,up_to\nrome,hose,3\n"}),
    Case("levels twice", changed("  tiers:", "  levels: levels.csv\n  tiers:"), "is there twice", "levels.csv:3:", files={"levels.csv": "site,part,up_to\nlyon,hose,3\nlyon,hose,4\n"}),
    Case("levels upside down", changed("  tiers:", "  levels: levels.csv\n  tiers:"), "must be under up_to", "levels.csv:2:", files={"levels.csv": "site,part,trigger,up_to\nlyon,hose,5,3\n"}),
    Case("opening of nothing", BASE + "opening: opening.csv\n", "there is no part 'hosse'", "opening.csv:2:", "did you mean 'hose'?", {"opening.csv": "site,part,on_hand\nlyon,hosse,3\n"}),
    Case("opening owes with stock", BASE + "opening: opening.csv\n", "on hand and owes 2", "opening.csv:2:", "for want of stock", {"opening.csv": "site,part,on_hand,owed\nlyon,hose,3,2\n"}),
    Case("opening is a word", BASE + "opening: empty\n", "must be full, or a table", "network.yaml:24:"),
]  # fmt: skip

CASES = [*FILE, *VALUES, *NAMES, *TABLES, *NEWCOMER, *HISTORIES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_broken_input_is_explained(case: Case, tmp_path: Path) -> None:
    """The message names the problem, its place and, where there is one, the remedy."""
    path = write(tmp_path, case.text, case.files)
    with pytest.raises(SimnetError) as caught:
        load(path)
    text = str(caught.value).replace(f"{tmp_path}/", "")
    assert case.says in text
    places = re.findall(r"--> (.*)", text)
    assert not case.at or any(place.startswith(case.at) for place in places), text
    assert case.remedy in text, text
    assert caught.value.exit_code == 2
    assert "Traceback" not in text


@pytest.mark.parametrize("case", [*VALUES, *NAMES, *NEWCOMER, *HISTORIES], ids=lambda case: case.name)
def test_one_fault_is_one_error(case: Case, tmp_path: Path) -> None:
    """A single typing error gives a single message, not one for each thing it breaks."""
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, case.text, case.files))
    assert str(caught.value).count("error: ") == 1, str(caught.value)


def test_names_of_cases_are_unique() -> None:
    """Each broken input has its own name, and there are many."""
    assert len({case.name for case in CASES}) == len(CASES) >= 150


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("simnet: 1\nrun:\n  seed 7\n  replications: 5\n", 3, "write 'seed: 7'"),
        ("simnet: 1\nrun:\n  length: 2 y\n\n  seed 7   # luck\n\n  replications: 5\n", 5, "write 'seed: 7'"),
        ("simnet: 1\nrun: {length: 2 y, seed 7}\n", 2, "write 'seed: 7'"),
        ("simnet: 1\nrun: {\n  seed 7\n  }\n", 3, "write 'seed: 7'"),
        ("simnet: 1\nrun: {seed 7, length: 2 y}\n", 2, "write 'seed: 7'"),
        ("simnet: 1\nsuppliers\n  factory: {lead_time: 3 d}\n", 2, "write 'suppliers: ...'"),
        ("simnet: 1\nrun {seed: 7}\n", 2, "write 'run: {seed: 7}'"),
    ],
)
def test_a_forgotten_colon_is_shown_where_it_is_missing(tmp_path: Path, text: str, line: int, remedy: str) -> None:
    """Not at the line after it, where YAML stumbles; and never as a key without a value, which says nothing."""
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(SimnetError) as caught:
        load(tmp_path / "a.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.remedy) == (line, remedy)
    assert "':'" in problem.message


@pytest.mark.parametrize("value", ["ten", "many pieces", "five"])
def test_a_count_has_no_unit(value: str) -> None:
    """So a word in its place is not told to lack one."""
    with pytest.raises(ValueError, match="is not a number: "):
        parse_quantity(value)


def test_a_currency_of_four_letters_is_one_problem(tmp_path: Path) -> None:
    """Nothing is said of designs or --set, which do not touch it; also where there are some."""
    text = (Path(__file__).parents[2] / "scenarios" / "minimal.yaml").read_text("utf-8")
    design = "designs: {other: {run.length: 2 y}}\n"
    (tmp_path / "a.yaml").write_text(text.replace("money: EUR", "money: EURO") + design, "utf-8")
    with pytest.raises(SimnetError) as caught:
        Book(tmp_path / "a.yaml", [("run.seed", "3")]).check_designs()
    assert [each.message for each in caught.value.problems] == [
        "must be a currency of three letters, such as EUR, not 'EURO'"
    ]
