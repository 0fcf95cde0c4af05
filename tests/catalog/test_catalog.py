"""A synthetic catalog has the published shapes, is the same for a seed, and grows in proportion."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from simnet.catalog import Plan, write
from simnet.catalog.draw import chance, drawn
from simnet.catalog.measured import COST, DELIVERY, PIECES, SIZE, SPEARMAN
from simnet.catalog.parts import CLASSES, SUPPLIERS, draw_parts
from simnet.network.build import build
from simnet.scenario import load
from tests.cli.commands import simnet

MANY = 20_000
PUBLISHED = (0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99)


def table(path: Path) -> dict[str, list[str]]:
    """A table by column."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: [row[name] for row in rows] for name in rows[0]}


def numbers(column: list[str]) -> np.ndarray:
    """A column as numbers."""
    return np.array([float(cell) for cell in column])


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of 20,000 parts."""
    folder = tmp_path_factory.mktemp("catalog")
    write(folder, "large", "large", Plan.of(MANY, seed=3))
    return folder


@pytest.fixture(scope="module")
def columns(catalog: Path) -> dict[str, np.ndarray]:
    """Cost, pieces a year, pieces a line and delivery days of each part, from its files alone."""
    parts, demand = table(catalog / "parts.csv"), table(catalog / "demand.csv")
    suppliers = load(catalog / "large.yaml").suppliers
    days = [suppliers[name].lead_time.mean / 1440 for name in parts["supplier"]]
    size = numbers(demand["size_mean"])
    pieces = numbers(demand["orders [per y]"]) * size
    return {"cost": numbers(parts["cost"]), "pieces": pieces, "size": size, "delivery": np.array(days)}


@pytest.mark.parametrize(
    "name, published, close", [("cost", COST, 0.30), ("size", SIZE, 0.06), ("delivery", DELIVERY, 0.12)]
)
def test_quantiles_are_the_published_ones(
    name: str, published: list[tuple[float, float]], close: float, columns: dict[str, np.ndarray]
) -> None:
    """At each published share: cost to a cent or 3 %, sizes to a tenth as written, delivery within a fortieth of parts.

    Values are read at ranks, so no luck is left: only rounding and the width of a supplier's share.
    """
    want = dict(published)
    found = np.quantile(columns[name], PUBLISHED)
    for share, value in zip(PUBLISHED, found.tolist(), strict=True):
        if share in want and name == "delivery" and share in (0.01, 0.99):
            continue  # the outermost suppliers stand for the outermost 2.5 %
        if share in want:
            assert value == pytest.approx(want[share], rel=min(close, 0.03) if name == "cost" else close, abs=0.011)


def test_demand_has_the_published_shape(columns: dict[str, np.ndarray]) -> None:
    """Pieces over their median are the published ones over theirs, to 2 %: the level is set by the lines a year."""
    want, found = dict(PIECES), np.quantile(columns["pieces"], PUBLISHED)
    middle = float(found[PUBLISHED.index(0.50)])
    for share, value in zip(PUBLISHED, found.tolist(), strict=True):
        assert value / middle == pytest.approx(want[share] / want[0.50], rel=0.02)


def test_rank_correlations_are_the_published_ones(columns: dict[str, np.ndarray]) -> None:
    """Spearman's between all four columns within 0.04, 5.5 standard errors of 20,000 parts (false alarm 3e-7)."""
    ranks = [np.argsort(np.argsort(column, kind="stable")) for column in columns.values()]
    found = np.corrcoef(np.array(ranks, dtype=float))
    assert np.abs(found - np.array(SPEARMAN)).max() < 0.04


def test_lines_pairs_and_sites(catalog: Path) -> None:
    """Lines a year add up to what was asked; a part that is asked more often is asked at more dealers."""
    demand = table(catalog / "demand.csv")
    orders, sites = numbers(demand["orders [per y]"]), numbers(demand["sites"])
    plan = Plan.of(MANY)
    assert orders.sum() == pytest.approx(plan.lines, rel=1e-3)
    order = np.argsort(orders)
    assert (np.diff(sites[order]) >= 0).all()
    assert sites.min() == 1 and sites.max() <= plan.dealers
    assert 14 < sites.mean() < 20
    assert len(table(catalog / "dealers.csv")["dealer"]) == plan.dealers


def test_a_fifth_of_the_dealers_sells_a_half() -> None:
    """At 2,000 dealers the shares fall as said, within a point."""
    from simnet.catalog.sites import dealer_rows

    share = np.sort([float(row.rsplit(",", 1)[1]) for row in dealer_rows(Plan.of(300_000))])[::-1]
    assert share[:400].sum() / share.sum() == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("parts", [1, 2, 39, 40, 500])
def test_a_catalog_of_any_size_builds(parts: int, tmp_path: Path) -> None:
    """From one part on: it is read without a remark on its demand, and every part is asked."""
    write(tmp_path, "c", "c", Plan.of(parts))
    network = build(load(tmp_path / "c.yaml"))
    assert network.parts == parts
    assert set(network.streams[0].targets.part.tolist()) == set(range(parts))
    assert len(load(tmp_path / "c.yaml").suppliers) == min(parts, SUPPLIERS)


def test_a_seed_is_a_catalog(tmp_path: Path) -> None:
    """The same bytes for a seed, others for another seed."""
    made = []
    for number, seed in enumerate((1, 1, 2)):
        folder = tmp_path / str(number)
        folder.mkdir()
        write(folder, "c", "c", Plan.of(300, seed=seed))
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1]
    assert all(made[0][name] != made[2][name] for name in ("parts.csv", "demand.csv", "dealers.csv"))


def test_a_catalog_never_changes(tmp_path: Path) -> None:
    """Hashes and ranks draw the same parts in every version and on every machine: the first rows are known."""
    write(tmp_path, "c", "c", Plan.of(300))
    lines = [(tmp_path / name).read_text().splitlines()[1:3] for name in ("parts.csv", "demand.csv", "dealers.csv")]
    assert lines == PINNED


def test_chance_and_columns_go_by_name() -> None:
    """A column is drawn by its name: with others beside it, it stays what it was."""
    alone = drawn(1, 50, [("cost", COST)], [[1.0]])[0]
    both = drawn(1, 50, [("cost", COST), ("size", SIZE)], [[1.0, 0.5], [0.5, 1.0]])[0]
    assert alone.tolist() == both.tolist()
    assert chance(1, "a", 5).tolist() == chance(1, "a", 9)[:5].tolist() != chance(2, "a", 5).tolist()


@pytest.mark.parametrize(
    "parts, dealers, support, regions", [(300_000, 2_000, 40, 6), (30_000, 632, 13, 2), (1_000, 115, 2, 1)]
)
def test_a_smaller_catalog_has_a_smaller_network(parts: int, dealers: int, support: int, regions: int) -> None:
    """The network of a large maker at 300,000 parts, dealers with the root of the parts below; 33 lines a part."""
    plan = Plan.of(parts)
    assert (plan.dealers, plan.support, plan.regions) == (dealers, support, regions)
    assert plan.lines == round(parts * 100 / 3)


def test_classes_follow_demand() -> None:
    """Fast parts are asked more often than medium, slow and rare ones; critical ones are of any demand."""
    parts = draw_parts(Plan.of(5_000))
    orders = numbers(parts.orders)
    low, high = ([f(orders[parts.kind == kind]) for kind in range(1, len(CLASSES))] for f in (np.min, np.max))
    assert all(least > most for least, most in zip(low[:-1], high[1:], strict=True))
    assert 0.015 < (parts.kind == 0).mean() < 0.045


def test_the_command_makes_a_folder_that_runs(place: Path) -> None:
    """`simnet new NAME --catalog 40`, then show."""
    made = simnet("new", "big", "--catalog", "40", "--dealers", "6", "--seed", "5", "--lines", "4000")
    assert made.exit_code == 0
    assert "simnet run big/big.yaml" in made.stdout
    shown = simnet("show", "big/big.yaml")
    assert shown.exit_code == 0 and "40 parts" in shown.stdout


@pytest.mark.parametrize(
    "options, says",
    [
        (["--seed", "3"], "--seed is about a synthetic catalog"),
        (["--catalog", "0"], "0 is not in the range"),
        (["--catalog", "many"], "not a valid integer"),
        (["--catalog", "6000000"], "6,000,000 parts: it must be 1 to 5,000,000"),
        (["--catalog", "10", "--dealers", "2", "--support", "5"], "2 dealers under 5 support warehouses"),
        (["--catalog", "10", "--support", "2", "--regions", "3"], "2 support warehouses under 3 regional ones"),
        (["--catalog", "1000", "--lines", "1"], "1 lines a year for 1,000 parts"),
    ],
)
def test_wrong_options_are_refused(options: list[str], says: str, place: Path) -> None:
    """The message names the number and the limit, and nothing is made."""
    done = simnet("new", "big", *options)
    assert done.exit_code == 2
    assert says in done.stderr
    assert not (place / "big").exists()


def test_a_large_catalog_is_shown_from_its_tables(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where levels would take their time, `show` says what the tables say, and that levels are not worked out."""
    write(tmp_path, "c", "c", Plan.of(100))
    whole = simnet("show", "c.yaml").stdout
    monkeypatch.setattr("simnet.cli.show.MOST_POINTS", 10)
    short = simnet("show", "c.yaml").stdout
    assert "trigger" in whole and "trigger" not in short
    assert "not worked out here" in short and "lines a year" in short
    assert next(line for line in whole.splitlines() if "asked as" in line) in short.splitlines()


PINNED = [
    ["10000000,s06,0.05,0.11,0.0168,rare,g2", "10000061,s05,0.54,1.13,0.0878,slow,g8"],
    ["10000000,4.34,1.6,4", "10000061,19.1,1.7,13"],
    ["dealer-0001,support-01,3 d,15.335", "dealer-0002,support-01,1 d,44.135"],
]
