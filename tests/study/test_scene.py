"""The scene of a result: where its sites are, what travels between them, and how its parts are asked for."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import simnet as sn
from simnet.report.scene import Scene

TEXT = """
simnet: 1
name: placed
money: EUR
run: {start: 2026-01-01, warm_up: 2 mo, length: 1 y, replications: 2, seed: 3}
suppliers:
  near: {at: Gothenburg SE, lead_time: 9 d}
  far: {at: Suzhou CN, lead_time: 60 d}
warehouses:
  gent: {tier: central, at: Gent BE, refilled_by: suppliers}
lanes:
  gent: {lyon: {mode: rail, lead_time: 2 d}}
  near: {gent: {mode: sea, lead_time: 9 d}}
dealers:
  lyon: {at: [45.76, 4.84], served_by: gent, lead_time: 2 d}
  somewhere: {served_by: gent, lead_time: 3 d}
parts:
  filter: {cost: 10 EUR, price: 25 EUR, supplier: near}
  pump: {cost: 90 EUR, price: 200 EUR, supplier: far}
demand:
  - {part: filter, orders: 9 per month, order_class: vor}
  - {part: pump, orders: 3 per month, order_class: vor}
order_classes: {vor: {ask: [facing], backorder: dealer, mode: air, lead_time: 12 h, cost: 4 EUR/kg}}
stocking: {default: {policy: base-stock, target: 60 %, review: 1 w}}
designs:
  straight: {warehouses: {gent: null}}
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> sn.Result:
    """Two designs: by way of Gent, and straight from the suppliers."""
    path = tmp_path_factory.mktemp("placed") / "placed.yaml"
    path.write_text(TEXT, "utf-8")
    return sn.load(path).compare(folder=None)


@pytest.fixture(scope="module")
def scene(result: sn.Result) -> Scene:
    """What its charts draw."""
    return result.scene()


def test_sites_stand_where_the_scenario_says(scene: Scene) -> None:
    """Towns by name and coordinates alike; a dealer without a place is counted, not drawn."""
    atlas = scene.places["placed"]
    assert [(spot.name, spot.tier, spot.dealers) for spot in atlas.sites] == [
        ("near", "", False), ("far", "", False), ("gent", "central", False), ("lyon", "dealer", True),
    ]  # fmt: skip
    assert atlas.sites[2].lat == pytest.approx(51.05, abs=0.02)
    assert (atlas.sites[3].lat, atlas.sites[3].lon) == (45.76, 4.84)
    assert atlas.unplaced == 1


def test_what_suppliers_send_is_what_the_warehouse_receives(scene: Scene) -> None:
    """Pieces a year by lane: both suppliers together are Gent's receipts; the mode is the lane's, if one is written."""
    atlas = scene.places["placed"]
    into = {lane.source: lane for lane in atlas.lanes if lane.site == "gent" and not lane.rush}
    gent = next(spot for spot in atlas.sites if spot.name == "gent")
    assert set(into) == {"near", "far"}
    assert sum(lane.flow for lane in into.values()) == pytest.approx(gent.flow)
    assert into["near"].flow > into["far"].flow > 0
    assert (into["near"].mode, into["far"].mode) == ("sea", "")


def test_refills_and_rush_are_lanes_of_their_own(scene: Scene) -> None:
    """Lyon gets stock by rail and rush by air; lanes of a site without a place are left out."""
    lanes = {(lane.source, lane.site, lane.mode, lane.rush): lane.flow for lane in scene.places["placed"].lanes}
    assert lanes["gent", "lyon", "rail", False] > 0
    assert lanes["gent", "lyon", "air", True] > 0
    assert not any("somewhere" in key for key in lanes)


def test_each_design_has_its_own_map(scene: Scene) -> None:
    """Without Gent the dealers are refilled by the suppliers of the parts."""
    atlas = scene.places["straight"]
    assert {spot.name for spot in atlas.sites} == {"near", "far", "lyon"}
    assert {(lane.source, lane.site) for lane in atlas.lanes} == {("near", "lyon"), ("far", "lyon")}


def test_demand_is_told_of_each_design(scene: Scene) -> None:
    """Three lines a month at each of two dealers: 1 / (1 - e ** -6) months from one with demand to the next."""
    assert list(scene.demand) == list(scene.comparison.designs)
    assert all(each.same_as(scene.demand["placed"]) and not each.sampled for each in scene.demand.values())
    assert sorted(scene.demand["placed"].adi.tolist()) == pytest.approx([1.0, 1 / (1 - math.exp(-6))], abs=1e-4)


@pytest.mark.parametrize(("probed", "sampled"), [(1, True), (400, False)])
def test_demand_of_a_network_in_slices_is_that_of_some_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, probed: int, sampled: bool
) -> None:
    """Those that stand evenly through the catalog, and it is said; of a short catalog all."""
    monkeypatch.setattr("simnet.study.ready.LARGE", 1)
    monkeypatch.setattr("simnet.network.slices.PROBED", probed)
    path = tmp_path / "placed.yaml"
    path.write_text(TEXT, "utf-8")
    found = sn.load(path).run(folder=None).scene().demand["placed"]
    assert len(found.adi) == (1 if sampled else 2) and found.sampled is sampled


def test_a_result_from_disk_has_the_same_scene(tmp_path: Path) -> None:
    """What charts draw beside the sums is seen again where a result was kept."""
    path = tmp_path / "placed.yaml"
    path.write_text(TEXT, "utf-8")
    fresh = sn.load(path).compare(folder=tmp_path / "runs")
    kept = sn.load(path).compare(folder=tmp_path / "runs")
    assert kept.cached
    assert kept.scene().places == fresh.scene().places
    assert kept.scene().demand["placed"].adi.tolist() == fresh.scene().demand["placed"].adi.tolist()
