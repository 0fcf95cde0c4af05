# ruff: noqa: E501 - tables of cases and texts of scenarios
"""A right scenario is read: values without units, defaults, texts as written, tables of every shape."""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.leadtime import Constant, Gamma
from simnet.scenario import Scenario, load
from simnet.scenario.nodes import Source
from simnet.scenario.read import compose
from simnet.scenario.spans import CivilSpan, parse_span
from simnet.scenario.stocking import Point
from simnet.units import DAY, YEAR
from tests.reader.samples import (
    BASE,
    DEALERS,
    ORDERS,
    PARTS,
    changed,
    with_dealers,
    with_orders,
    with_parts,
    write,
)


def loaded(folder: Path, text: str, files: dict[str, str | bytes] | None = None) -> Scenario:
    """The scenario of a text and its tables."""
    return load(write(folder, text, files))


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


@pytest.mark.parametrize(
    ("table", "spec"),
    [
        (PARTS, "parts.csv"),
        (PARTS.replace(",", ";"), "parts.csv"),
        (PARTS.replace(",", "\t"), "parts.csv"),
        (PARTS.replace("\n", "\r\n") + "\r\n,,,,\r\n", "parts.csv"),
        ("\ufeff" + PARTS, "parts.csv"),
        (PARTS.replace("part,", "Part ,").replace("class", "Class"), "parts.csv"),
        ('"part","cost","price","weight","class"\n"filter","12.40","29","800 g","fast"\nhose,3,5,1 kg,slow\n', "parts.csv"),
        ("part,cost [EUR],price,weight [kg],class\nfilter,12.40,29,0.8,fast\nhose,3,5,1,slow\n", "parts.csv"),
        ("part;cost;price;weight;class\nfilter;12,40;29;0,8;fast\nhose;3;5;1;slow\n", "{table: parts.csv, decimal: ',', units: {weight: kg}}"),
        ("id,ek,vk,kg,k\nfilter,12.40,29,0.8,fast\nhose,3,5,1,slow\n", "{table: parts.csv, columns: {part: id, cost: ek, price: vk, weight: kg, class: k}, units: {weight: kg}}"),
        (PARTS.replace("class", "class,colour").replace("fast", "fast,red").replace("slow", "slow,blue"), "{table: parts.csv, ignore: [colour]}"),
        (PARTS.replace("filter", '"filter"'), "{table: parts.csv, encoding: cp1252}"),
    ],
)  # fmt: skip
def test_tables_of_every_shape(table: str, spec: str, tmp_path: Path) -> None:
    """Delimiters, line ends, marks, quotes, units and column names as ERP systems write them."""
    parts = loaded(tmp_path, with_parts(spec), {"parts.csv": table}).parts
    assert list(parts.names) == ["filter", "hose"]
    assert list(parts.cost) == [124_000, 30_000]
    assert list(parts.price) == [290_000, 50_000]
    assert list(parts.weight) == [800, 1000]
    assert list(parts.part_class) == ["fast", "slow"]


def test_price_from_a_margin(tmp_path: Path) -> None:
    """Where a part has no price, its price follows from its cost and the margin."""
    files: dict[str, str | bytes] = {"parts.csv": "part,cost,price\nfilter,11,\nhose,3,5\n"}
    parts = loaded(tmp_path, with_parts("{table: parts.csv, margin: 45 %}"), files).parts
    assert list(parts.price) == [200_000, 50_000]
    parts = loaded(tmp_path, changed("  hose: {cost: 3 EUR, price: 5 EUR}", "  hose: {cost: 11 EUR}\n  margin: 45 %")).parts
    assert list(parts.price) == [290_000, 200_000]


def test_tables_of_sites(tmp_path: Path) -> None:
    """Dealers, warehouses and lanes may stand in tables, with coordinates in two columns."""
    text = with_dealers() + "lanes: lanes.csv\n"
    files: dict[str, str | bytes] = {
        "dealers.csv": "dealer,served_by,lead_time [d],lat,lon,share\nlyon,paris,2,45.7,4.8,2.5\nturin,gent,3,,,\n",
        "lanes.csv": "from,to,lead_time,cost,mode,crossing\ngent,turin,4 d,1.5,air,false\n",
    }
    found = loaded(tmp_path, text.replace("served_by: gent, lead_time: 3 d", "served_by: gent"), files)
    assert found.dealers["lyon"].at == (45.7, 4.8)
    assert found.dealers["lyon"].share == 2.5
    assert found.dealers["turin"].lead_time == Constant(mean=3 * DAY)
    assert found.lanes["gent"]["turin"].cost == 15_000
    assert found.lanes["gent"]["turin"].crossing is False
    assert found.lead_time("turin", "gent") == Constant(mean=4 * DAY)
    assert found.lead_time("gent", "factory") == Gamma(mean=45 * DAY, cv=0.5)


def test_excel(tmp_path: Path) -> None:
    """A workbook's sheets are tables; numbers are whole where they are, texts stay texts, places are cells."""
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "network.xlsx")
    for name, rows in (("Parts", PARTS), ("dealers", DEALERS)):
        sheet = book.add_worksheet(name)
        for row, line in enumerate(rows.splitlines()):
            for column, cell in enumerate(line.split(",")):
                sheet.write(row, column, float(cell) if cell in ("3", "5") else cell)
    book.close()
    text = changed(BASE[BASE.index("dealers:") : BASE.index("demand:")], "dealers: network.xlsx\nparts: network.xlsx\n")
    found = loaded(tmp_path, text)
    assert list(found.parts.cost) == [124_000, 30_000]
    assert found.dealers["turin"].served_by == "gent"
    with pytest.raises(SimnetError) as caught:
        loaded(tmp_path, changed("dealers: network.xlsx", "dealers: {table: network.xlsx, sheet: Dealer}", text))
    assert "no sheet 'Dealer'" in str(caught.value) and "did you mean 'dealers'?" in str(caught.value)


def test_excel_cells_in_messages(tmp_path: Path) -> None:
    """A wrong cell of a workbook is named as the spreadsheet names it."""
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "parts.xlsx")
    sheet = book.add_worksheet("parts")
    for row, line in enumerate(["part,weight,cost", "filter,1 kg,4", "hose,1 kg,cheap"]):
        for column, cell in enumerate(line.split(",")):
            sheet.write_string(row, column, cell)
    book.close()
    with pytest.raises(SimnetError) as caught:
        loaded(tmp_path, with_parts("parts.xlsx"))
    assert "parts.xlsx, sheet parts, cell C3" in str(caught.value)


def test_excel_with_a_far_cell_is_refused_at_once(tmp_path: Path) -> None:
    """One stray cell at the end of a sheet does not make a table of billions."""
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "parts.xlsx")
    sheet = book.add_worksheet("parts")
    sheet.write_string(0, 0, "part")
    sheet.write_string(1_048_575, 16_383, "far")
    book.close()
    with pytest.raises(SimnetError) as caught:
        loaded(tmp_path, with_parts("parts.xlsx"))
    assert "cell XFD1048576" in str(caught.value)


LONG = [
    (ORDERS, ""),
    (ORDERS.replace("2025-01-13", "13.01.2025").replace("2025-02-01", "01.02.2025"), ""),
    (ORDERS.replace("2025-01-13", "01/13/2025").replace("2025-02-01", "02/01/2025"), ""),
    (ORDERS.replace("2025-01-13", "20250113").replace("2025-02-01", "2025-02-01 10:30"), ""),
    (ORDERS.replace("2,lyon", "2.0,lyon"), ""),
]


@pytest.mark.parametrize(("table", "more"), LONG)
def test_long_history(table: str, more: str, tmp_path: Path) -> None:
    """A row a line, with dates in any order that can be told."""
    entry = loaded(tmp_path, with_orders(more=more), {"orders.csv": table}).demand[0]
    history = entry.history
    assert list(history.part_names) == ["filter", "hose"]
    assert list(history.site_names) == ["lyon", "turin"]
    assert list(history.quantity) == [2, 1]
    assert list(history.day) == [13, 1]
    assert list(history.month) == [0, 1]


@pytest.mark.parametrize("spec", ["wide.csv", "wide.csv.gz"])
def test_wide_history(spec: str, tmp_path: Path) -> None:
    """A row a part and a column a month; blanks are not observed."""
    import gzip

    text = "part,2025-01,2025-02,2025-03\nfilter,1,,3\nhose,0,2.0,0\n"
    data = gzip.compress(text.encode()) if spec.endswith("gz") else text.encode()
    history = loaded(tmp_path, with_orders(spec), {spec: data}).demand[0].history
    assert list(history.quantity) == [1, 3, 2]
    assert list(history.month) == [0, 2, 1]
    assert history.months == 3
    assert history.observed is not None and history.observed.tolist() == [[True, False, True], [True, True, True]]


def test_returns_may_be_left_out(tmp_path: Path) -> None:
    """Negative quantities are refused unless the table says that they are returns to ignore."""
    files: dict[str, str | bytes] = {"orders.csv": ORDERS + "hose,2025-02-03,-4,turin\n"}
    history = loaded(tmp_path, with_orders("{table: orders.csv, returns: ignore}"), files).demand[0].history
    assert list(history.quantity) == [2, 1]


def test_demand_table(tmp_path: Path) -> None:
    """A table of streams: one row a part, at a site or at those of the entry."""
    text = changed("part: hose, chance: 12 %, every: 1 mo", "table: demand.csv, split: share")
    entry = loaded(tmp_path, text, {"demand.csv": "part,at,orders,size_mean\nhose,lyon,2 per y,1.5\nfilter,,3 per y,1\n"}).demand[1]
    assert entry.rows.part == ("hose", "filter")
    assert entry.rows.at == ("lyon", "")


def test_levels_and_opening(tmp_path: Path) -> None:
    """Numbers by site and part, and the stock at the start, from tables."""
    text = changed("  tiers:", "  levels: levels.csv\n  tiers:") + "opening: opening.csv\n"
    files: dict[str, str | bytes] = {
        "levels.csv": "site,part,trigger,up_to,lot\nlyon,hose,,4,\nturin,hose,2,6,\ngent,hose,3,,10\n",
        "opening.csv": "site,part,on_hand,on_order\nlyon,hose,3,\ngent,hose,3,7\n",
    }
    found = loaded(tmp_path, text, files)
    point = {site: Point(site, found.tier_of(site), "hose") for site in ("lyon", "turin", "gent", "paris")}
    policies = {site: found.stocking.policy(each) for site, each in point.items()}
    assert {site: policy.policy for site, policy in policies.items()} == {
        "lyon": "base-stock", "turin": "min-max", "gent": "reorder-lot", "paris": "base-stock"
    }  # fmt: skip
    assert policies["lyon"].up_to == 4 and policies["turin"].trigger == 2 and policies["gent"].lot == 10
    assert found.opening is not None and found.opening.rows == {("lyon", "hose"): (3, 0), ("gent", "hose"): (3, 7)}


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


def test_large_tables_are_quick(tmp_path: Path) -> None:
    """A hundred thousand parts are read in a few seconds."""
    rows = [f"{n:07},{n % 997 + 1}.{n % 100:02},{n % 1999 + 2}.50,{n % 50 + 1} kg,c{n % 5}" for n in range(100_000)]
    text = with_parts().replace("filter", "0000001").replace("hose", "0000002")
    path = write(tmp_path, text, {"parts.csv": "part,cost,price,weight,class\n" + "\n".join(rows)})
    started = time.process_time()
    found = load(path)
    assert time.process_time() - started < 8
    assert len(found.parts) == 100_000
    assert found.parts.cost[12345] == (12345 % 997 + 1) * 10_000 + 4500


@pytest.mark.parametrize(
    "text",
    ["[" * 10_000_000, "- " * 5_000_000, "{a: " * 3_000_000, "a: {\n" * 2_000_000, "? " * 5_000_000, "a: " + "&b [" * 3_000_000],
)  # fmt: skip
def test_ten_megabytes_of_nesting(text: str, tmp_path: Path) -> None:
    """Depth is bounded before it hurts."""
    started = time.process_time()
    with pytest.raises(SimnetError):
        load(write(tmp_path, text))
    assert time.process_time() - started < 5


def test_alias_bomb(tmp_path: Path) -> None:
    """Nine aliases of nine aliases of nine ... are refused before they expand."""
    names = "abcdefghijklmnop"
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join(['*' + above] * 9)}]\n" for above, name in zip(names, names[1:], strict=False)
    )
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, bomb))
    assert "aliases expand to too many values" in str(caught.value)


def test_files_are_listed(tmp_path: Path) -> None:
    """The scenario knows the files it came from, for its hash."""
    found = loaded(tmp_path, with_parts(), {"parts.csv": PARTS})
    assert [path.name for path in found.files] == ["network.yaml", "parts.csv"]


def test_tables_beside_and_above(tmp_path: Path) -> None:
    """A table's path is relative to the file that names it; absolute ones and `..` lead there too."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "parts.csv").write_text(PARTS)
    (tmp_path / "deep/network.yaml").write_text(with_parts("../parts.csv"))
    assert len(load(tmp_path / "deep/network.yaml").parts) == 2
    (tmp_path / "deep/network.yaml").write_text(with_parts(str(tmp_path / "parts.csv")))
    assert len(load(tmp_path / "deep/network.yaml").parts) == 2


@pytest.mark.parametrize(("name", "says"), [("nothing.yaml", "no such file"), (".", "is a directory")])
def test_the_scenario_itself_is_not_there(name: str, says: str, tmp_path: Path) -> None:
    """A wrong path on the command line is told like any other fault."""
    with pytest.raises(SimnetError, match=says):
        load(tmp_path / name)


def test_depth_by_aliases(tmp_path: Path) -> None:
    """Levels that aliases add count like written ones."""
    deep = "".join(f"k{n}: &a{n} {'[' * 20}{f'*a{n - 1}' if n else 'x'}{']' * 20}\n" for n in range(200))
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, deep))
    assert "nested too deep" in str(caught.value)


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    """A small file that unpacks to hundreds of megabytes is not unpacked to its end."""
    import gzip

    data = gzip.compress(b"0" * 300_000_000, compresslevel=1)
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, with_parts("parts.csv.gz"), {"parts.csv.gz": data}))
    assert "is too large" in str(caught.value)


@pytest.mark.parametrize("name", ["~nobody-here/parts.csv", "a" * 300 + ".csv", "\\0.csv", "a/" * 400 + "b.csv"])
def test_names_that_cannot_be_files(name: str, tmp_path: Path) -> None:
    """A path that no file can have is a missing file."""
    for text in (with_parts(f'"{name}"'), f'extends: "{name}"\n' + BASE, with_parts(f'"{name[:-4]}.xlsx"')):
        with pytest.raises(SimnetError):
            load(write(tmp_path, text))


def test_many_values_are_refused_in_seconds(tmp_path: Path) -> None:
    """Ten megabytes of short values belong into a table."""
    started = time.process_time()
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, "a: [" + "x," * 5_000_000 + "]"))
    assert "too many values" in str(caught.value)
    assert time.process_time() - started < 20


@pytest.mark.parametrize("value", ["9" * 5_000_000, "9 " * 2_000_000, "'1" + " " * 4_000_000 + "1'", "a.b" * 2_000_000, "'=" + ">" * 4_000_000 + "'"])
@pytest.mark.parametrize(
    "old",
    ["mean: 45 d", "start: 2026-01-01", "seed: 7", "orders: 2 per month", "chance: 12 %", "cost: 3 EUR", "{fill.dealer.line: at least 90 %}", "holding: 22 %/y", "policy: base-stock", "every: 1 mo"],
)  # fmt: skip
def test_endless_values_are_refused_at_once(value: str, old: str, tmp_path: Path) -> None:
    """A value of megabytes costs no more than reading it."""
    key = old.split(": ")[0]
    started = time.process_time()
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, changed(old, f"{key}: {value}" + ("}" if old.startswith("{") else ""))))
    assert len(str(caught.value)) < 5000
    assert time.process_time() - started < 4


@pytest.mark.parametrize("cell", ["9" * 99_000, "1" + " " * 99_000 + "1", "1," * 40_000, "(" * 99_000, "2025-01-01 " + " " * 90_000 + "x"])
def test_endless_cells_are_refused_at_once(cell: str, tmp_path: Path) -> None:
    """A cell or a column name of a hundred thousand characters is refused quickly."""
    started = time.process_time()
    for text, files in (
        (with_parts(), {"parts.csv": f'part,cost,lead_time\nfilter,"{cell}","{cell}"\nhose,1,1 d\n'}),
        (with_parts(), {"parts.csv": f'part,"{cell}"\nfilter,1\nhose,1\n'}),
        (with_orders(), {"orders.csv": f'part,date,quantity\nfilter,"{cell}","{cell}"\n'}),
        (with_dealers(), {"dealers.csv": f'dealer,served_by,lead_time\nlyon,"{cell}","{cell}"\n'}),
    ):
        with pytest.raises(SimnetError) as caught:
            load(write(tmp_path, text, files))
        assert len(str(caught.value)) < 5000
    assert time.process_time() - started < 4
