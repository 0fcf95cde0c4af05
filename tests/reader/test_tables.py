# ruff: noqa: E501 - tables of cases and texts of scenarios
"""Tables of every shape: CSV and Excel, sites, parts, histories, levels."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simnet.demand import Poisson
from simnet.demand.history_moments import history_moments
from simnet.errors import SimnetError
from simnet.leadtime import Constant, Gamma
from simnet.network.build import build
from simnet.scenario import load
from simnet.scenario.grid import Column, Grid
from simnet.scenario.nodes import Mark, Problems
from simnet.scenario.sites import parse_name
from simnet.scenario.stocking import Point
from simnet.scenario.tables import Table, TableSource, stripped
from simnet.units import DAY, YEAR
from tests.reader.samples import (
    BASE,
    DEALERS,
    INLINE_DEMAND,
    ORDERS,
    PARTS,
    changed,
    loaded,
    with_dealers,
    with_orders,
    with_parts,
    write,
)


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
    parts = loaded(
        tmp_path, changed("  hose: {cost: 3 EUR, price: 5 EUR}", "  hose: {cost: 11 EUR}\n  margin: 45 %")
    ).parts
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
    """A row a part and a column a month; blanks are not observed where the scenario says so."""
    import gzip

    text = "part,2025-01,2025-02,2025-03\nfilter,1,,3\nhose,0,2.0,0\n"
    data = gzip.compress(text.encode()) if spec.endswith("gz") else text.encode()
    unknown = f"{{table: {spec}, blanks: unknown}}"
    history = loaded(tmp_path, with_orders(unknown), {spec: data}).demand[0].history
    assert list(history.quantity) == [1, 3, 2]
    assert list(history.month) == [0, 2, 1]
    assert history.months == 3
    assert history.observed is not None and history.observed.tolist() == [[True, False, True], [True, True, True]]


def test_blanks_are_nothing_asked(tmp_path: Path) -> None:
    """An empty cell of a wide history is a zero, as in the long one that leaves such rows out."""
    wide = {"wide.csv": "part,2025-01,2025-02,2025-03,2025-04\nfilter,1,,,3\nhose,,2,,\n"}
    long = {"long.csv": "part,month,quantity\nfilter,2025-01,1\nfilter,2025-04,3\nhose,2025-02,2\n"}
    both = (("wide.csv", wide), ("long.csv", long))
    found = [loaded(tmp_path, with_orders(name), files).demand[0].history for name, files in both]
    rates = [history_moments(history).chance.tolist() for history in found]
    assert rates[0] == rates[1] == [2 / 4, 1 / 4]


def test_returns_may_be_left_out(tmp_path: Path) -> None:
    """Negative quantities are refused unless the table says that they are returns to ignore."""
    files: dict[str, str | bytes] = {"orders.csv": ORDERS + "hose,2025-02-03,-4,turin\n"}
    history = loaded(tmp_path, with_orders("{table: orders.csv, returns: ignore}"), files).demand[0].history
    assert list(history.quantity) == [2, 1]


def test_demand_table(tmp_path: Path) -> None:
    """A table of streams: one row a part, at a site or at those of the entry."""
    text = changed("part: hose, chance: 12 %, every: 1 mo", "table: demand.csv, split: share")
    entry = loaded(
        tmp_path, text, {"demand.csv": "part,at,orders,size_mean\nhose,lyon,2 per y,1.5\nfilter,,3 per y,1\n"}
    ).demand[1]
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
    assert found.opening is not None and found.opening.rows == {
        ("lyon", "hose"): (3, 0, 0), ("gent", "hose"): (3, 7, 0)
    }  # fmt: skip


def test_levels_under_nothing(tmp_path: Path) -> None:
    """Negative reorder points, in a table and in the scenario."""
    text = changed("  tiers:", "  levels: levels.csv\n  tiers:").replace(
        "{up_to: 3}", "{policy: reorder-lot, trigger: -1000000000, lot: 2}"
    )
    files: dict[str, str | bytes] = {"levels.csv": "site,part,trigger,up_to,lot\nturin,hose,-2,6,\ngent,hose,-8,,10\n"}
    found = loaded(tmp_path, text, files)
    assert found.stocking.levels.rows["turin", "hose"]["trigger"] == -2
    assert found.stocking.levels.rows["gent", "hose"]["trigger"] == -8
    assert found.stocking.tiers["dealer"].trigger == -(10**9)


def test_a_wide_history_names_dealers(tmp_path: Path) -> None:
    """A row a part and dealer; other columns are left out; a month counts where any dealer's cell is filled."""
    table = "part,dealer,text,2025-01,2025-02\nfilter,lyon,a,3,\nfilter,turin,b,,4\nhose,lyon,c,1,\n"
    spec = "{table: wide.csv, ignore: text, blanks: unknown}"
    found = loaded(tmp_path, with_orders(spec), {"wide.csv": table}).demand[0].history
    rows = zip(found.part, found.site, found.month, found.quantity, strict=True)
    names = [(found.part_names[part], found.site_names[site], month, pieces) for part, site, month, pieces in rows]
    assert names == [("filter", "lyon", 0, 3), ("filter", "turin", 1, 4), ("hose", "lyon", 0, 1)]
    assert found.observed.tolist() == [[True, True], [True, False]]


@pytest.mark.parametrize("spec", ["orders.csv, returns: ignore", "{table: orders.csv, returns: ignore}"])
def test_returns_are_left_out(spec: str, tmp_path: Path) -> None:
    """What may be said of a history stands beside its name or inside."""
    files: dict[str, str | bytes] = {"orders.csv": "part,date,quantity\nfilter,2025-01-13,-2\nhose,2025-02-01,1\n"}
    assert loaded(tmp_path, with_orders(spec), files).demand[0].history.quantity.tolist() == [1]


def test_columns_beside_a_demand_table(tmp_path: Path) -> None:
    """The mapping of columns stands beside `table:`, as it does for parts."""
    text = changed("part: hose, chance: 12 %, every: 1 mo", "table: demand.csv, columns: {part: id, orders: rate}, units: {orders: per y}")
    found = loaded(tmp_path, text, {"demand.csv": "id,rate,more\nhose,12,x\n"}).demand[1]
    assert found.rows.part == ("hose",)
    assert found.rows.column("orders")[0] == pytest.approx(12 / YEAR)


def test_no_demand_of_its_own(tmp_path: Path) -> None:
    """`demand: []` is for models of one's own; without them nobody asks, even where stock is kept."""
    found = loaded(tmp_path, changed(INLINE_DEMAND, "demand: []\n"))
    assert found.demand == ()
    with pytest.raises(SimnetError, match="nobody asks for any part"):
        build(found)
    own = Poisson(part="filter", at="lyon", orders="2 per month")
    assert build(found, {"demand": [own]}).streams


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


def test_tables_beside_and_above(tmp_path: Path) -> None:
    """A table's path is relative to the file that names it; absolute ones and `..` lead there too."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "parts.csv").write_text(PARTS)
    (tmp_path / "deep/network.yaml").write_text(with_parts("../parts.csv"))
    assert len(load(tmp_path / "deep/network.yaml").parts) == 2
    (tmp_path / "deep/network.yaml").write_text(with_parts(str(tmp_path / "parts.csv")))
    assert len(load(tmp_path / "deep/network.yaml").parts) == 2


def test_with_columns_only_these_are_read(tmp_path: Path) -> None:
    """A mapping names all columns to read: a column that happens to have one of our names is left alone."""
    files: dict[str, str | bytes] = {"parts.csv": "id,cost,class,ek\nfilter,cheap,1,3\nhose,dear,2,4\n"}
    parts = loaded(tmp_path, with_parts("{table: parts.csv, columns: {part: id, cost: ek}}"), files).parts
    assert list(parts.cost) == [30_000, 40_000]
    assert list(parts.part_class) == ["all", "all"]


NAMES = st.text(st.sampled_from("aZ09 ._/-'=+@#!{}:\t\u00a0\u200bé"), max_size=6) | st.sampled_from(
    ["#N/A", "#REF!", "'=a", "=a", "a" * 200, "a" * 201, "a b", "12", "1e5", "a\n", "a "]
)


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_a_column_of_plain_names_is_taken_as_names_are(names: list[str]) -> None:
    """Names taken at once are what they are one by one, and no name that has a fault is taken at once."""
    column, read = Column("part", parse_name, ""), {}
    for whole, cells in ((True, names), (False, [*names, "'-"])):  # the last is no plain name: one by one
        grid = Grid(Mark(TableSource("parts.csv", "", Path()), 0, 0), Problems())
        grid.table = Table(TableSource("parts.csv", "", Path()), ["part"], [cells], list(range(2, len(cells) + 2)))
        grid.rows, grid.cells, grid.index = len(cells), {"part": cells}, {"part": 0}
        read[whole] = (grid.values(column)[: len(names)], len(grid.problems.found))
    assert read[True] == read[False]


@given(st.lists(st.text(st.sampled_from("ab7é \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u2003"), max_size=4), max_size=6))
def test_cells_are_hashed_without_the_space_around_them(cells: list[str]) -> None:
    """Whatever space is, and whether or not a column has any: as if each cell were stripped."""
    assert stripped(cells) == "\x1f".join(cell.strip() for cell in cells)
