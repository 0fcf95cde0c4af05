"""Slices: some parts of a scenario, built on their own, are what the whole network has of them."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from simnet.engine.pieces import Piece, Slice, SliceTask, run_slice
from simnet.engine.replicate import replicate
from simnet.ledger.summing import summed
from simnet.network import slices as slices_of
from simnet.network.build import build
from simnet.network.outline import outline
from simnet.network.slices import Slicer
from simnet.study import load

ROOT = Path(__file__).parents[2] / "scenarios"
JOBS = """
simnet: 1
name: jobs
run: {start: 2026-01-05, length: 1 y}
suppliers: {factory: {lead_time: {mean: 9 d, cv: 0.4}}}
warehouses: {gent: {tier: central, refilled_by: factory}}
dealers: {lyon: {served_by: gent, lead_time: 2 d}, turin: {served_by: gent, lead_time: 1 d}}
parts:
  alone: {cost: 3 EUR, price: 9 EUR, class: slow}
  brake: {cost: 20 EUR, price: 50 EUR, class: fast}
  disc: {cost: 30 EUR, price: 70 EUR, class: fast}
  far: {cost: 1 EUR, price: 2 EUR, class: slow}
  pad: {cost: 8 EUR, price: 20 EUR, class: wear}
demand:
  - {part: all, at: dealers, orders: 2 per month}
  - at: dealers
    jobs:
      - {name: brakes, orders: 1 per week, parts: {brake: 1, pad: 2}}
      - {name: discs, orders: 1 per month, parts: {disc: 2, pad: 1}}
stocking: {default: {policy: base-stock, target: 90 %}}
"""


def whole(slicer: Slicer, cuts: list[np.ndarray], clock: str = "simpy") -> Piece:
    """The pieces of all slices of replication 1, added from the last to the first."""
    found = None
    for number, parts in reversed(list(enumerate(cuts))):
        cut = Slice(f"{id(slicer)}-{number}", slicer.slice(parts), slicer.own, parts)
        piece = run_slice(SliceTask(cut, 0, number, 1, 3, clock))
        found = piece.begun() if found is None else found.plus(piece)
    assert found is not None
    return found


@pytest.mark.parametrize("file", ["minimal.yaml", "demo/demo.yaml"])
@pytest.mark.parametrize("slices", [2, 7])
def test_slices_add_up_to_the_whole(file: str, slices: int) -> None:
    """Sums and outlines of slices, built, drawn and run on their own, are those of the network built whole."""
    study = load(ROOT / file, {"run.length": "6 mo", "run.warm_up": "1 mo"})
    for design in study.designs:
        slicer = Slicer(study.design(design))
        network = build(slicer.scenario)
        cuts = slicer.cuts(max(1, len(slicer.scenario.parts) // slices))
        assert sorted(np.concatenate(cuts).tolist()) == list(range(len(slicer.scenario.parts)))
        found = whole(slicer, cuts)
        run = replicate(network, seed=3, replications=[1], engine="simpy")[0]
        assert found.sums.same_as(summed(run.tally, network))
        assert found.outline.same_as(outline(network))


def test_parts_that_meet_stay_together(tmp_path: Path) -> None:
    """Parts of one job, and of jobs that share a part, are in one slice; the others go anywhere."""
    file = tmp_path / "jobs.yaml"
    file.write_text(JOBS, encoding="utf-8")
    slicer = Slicer(load(file).scenario)
    cuts = slicer.cuts(1)
    assert [cut.tolist() for cut in cuts] == [[0], [3], [1, 2, 4]], "by class, then as in the catalog"
    network = build(slicer.scenario)
    run = replicate(network, seed=3, replications=[1], engine="simpy")[0]
    assert whole(slicer, cuts).sums.same_as(summed(run.tally, network))


def test_parts_of_a_class_stand_together_in_a_slice(tmp_path: Path) -> None:
    """Within a slice parts are ordered by class, then as in the catalog; which slice they are in is not up to it."""
    file = tmp_path / "jobs.yaml"
    file.write_text(JOBS, encoding="utf-8")
    slicer = Slicer(load(file).scenario)
    (parts,) = slicer.cuts(5)
    names = [slicer.scenario.parts.names[part] for part in parts]
    assert names == ["alone", "far", "brake", "disc", "pad"]
    assert build(slicer.slice(parts)).part_names == tuple(names)


CATALOG = """
simnet: 1
name: catalog
money: EUR
run: {{start: 2026-01-05, length: 1 y}}
suppliers: {{factory: {{lead_time: 9 d}}}}
warehouses: {{gent: {{tier: central, refilled_by: factory}}}}
dealers: {{{dealers}}}
parts:
{parts}
demand:
  - {{part: [{often}], at: dealers, orders: 3 per month}}
  - {{part: [{seldom}], at: d0, orders: 1 per year}}
stocking:
  default: {{policy: base-stock, up_to: 2}}
  rules: [{{when: {{tier: dealer, class: seldom}}, policy: none}}]
"""


def catalog(parts: int = 90) -> str:
    """Parts of two classes in turn; one is asked at ten dealers, the other at one."""
    dealers = ", ".join(f"d{number}: {{served_by: gent, lead_time: 2 d}}" for number in range(10))
    kinds = ("often", "seldom", "seldom")
    rows = "\n".join(f"  p{number:02}: {{cost: 2 EUR, class: {kinds[number % 3]}}}" for number in range(parts))
    asked = {kind: ", ".join(f"p{n:02}" for n in range(parts) if kinds[n % 3] == kind) for kind in kinds}
    return CATALOG.format(dealers=dealers, parts=rows, **asked)


@pytest.mark.parametrize("points", [30, 100])
def test_slices_of_one_size_are_cut_class_by_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, points: int
) -> None:
    """Parts with few points are many in a slice, those with many are few; a class begins where another ends."""
    monkeypatch.setattr(slices_of, "SLICE_POINTS", points)
    (tmp_path / "catalog.yaml").write_text(catalog(), "utf-8")
    slicer = Slicer(load(tmp_path / "catalog.yaml").scenario)
    cuts = slicer.cuts()
    assert len(cuts) % 2 == 0 and sorted(np.concatenate(cuts).tolist()) == list(range(90))
    kinds = [[slicer.scenario.parts.part_class[part] for part in cut] for cut in cuts]
    joined = list(chain.from_iterable(kinds))
    assert joined == sorted(joined), "often, then seldom"
    sizes = [len(build(slicer.slice(cut)).points) for cut in cuts]
    assert sum(sizes) == 30 * 11 + 60 * 2 and max(sizes) <= points + 11
    assert len(cuts[-1]) > 2 * len(cuts[0])


def test_a_slice_knows_the_classes_of_the_whole(tmp_path: Path) -> None:
    """Part classes of a slice are those of the catalog, in its order, whichever parts it has."""
    file = tmp_path / "jobs.yaml"
    file.write_text(JOBS, encoding="utf-8")
    slicer = Slicer(load(file).scenario)
    network = build(slicer.slice(np.array([3])))
    assert network.class_names == ("slow", "fast", "wear")
    assert network.part_names == ("far",)


def test_the_size_of_a_catalog_is_judged_by_some_of_its_parts() -> None:
    """Points and lines of a sample, scaled, are near those of all parts; exact where all are in the sample."""
    study = load(ROOT / "demo/demo.yaml")
    network = study.network()
    size = Slicer(study.scenario).size
    assert size.points == len(network.points)
    expected = sum(block.moments().rate.sum() for block in network.streams) * network.horizon
    assert size.lines == pytest.approx(expected)


SHARED = """
simnet: 1
name: shared
money: EUR
run: {start: 2026-01-05, length: 1 y}
suppliers:
  factory: {lead_time: 9 d, order_every: 1 w, minimum_order_value: 200 EUR, hold_at_most: 4 w}
  works: {lead_time: 5 d}
warehouses: {gent: {tier: central, refilled_by: suppliers}}
dealers: {lyon: {served_by: gent, lead_time: 2 d}, turin: {served_by: gent, lead_time: 1 d}}
parts:
  alone: {cost: 3 EUR, supplier: works}
  brake: {cost: 20 EUR, supplier: factory}
  clip: {cost: 2 EUR, supplier: works}
  disc: {cost: 30 EUR, supplier: factory}
  pad: {cost: 8 EUR, supplier: factory}
demand: [{part: all, at: dealers, orders: 2 per month}]
stocking: {default: {policy: base-stock, target: 90 %}}
"""


@pytest.mark.parametrize("slices", [2, 3, 5])
def test_parts_that_share_orders_are_in_one_slice(tmp_path: Path, slices: int) -> None:
    """What a supplier takes together is not cut; the slices add up to the whole, orders that were held and all."""
    (tmp_path / "shared.yaml").write_text(SHARED, "utf-8")
    slicer = Slicer(load(tmp_path / "shared.yaml").design("shared"))
    assert slicer.groups.tolist() == [0, 1, 2, 1, 1]
    cuts = slicer.cuts(-(-5 // slices))
    assert len(cuts) > 1
    network = build(slicer.scenario)
    run = replicate(network, seed=3, replications=(1,), engine="simpy")[0]
    assert run.tally.point["held"].sum() > 0
    assert whole(slicer, cuts).sums.same_as(summed(run.tally, network))


def test_a_site_that_orders_everything_of_one_supplier_keeps_all_parts_together(tmp_path: Path) -> None:
    """Where a warehouse is refilled by a supplier, whatever the parts say, all of them share its orders."""
    (tmp_path / "shared.yaml").write_text(SHARED.replace("refilled_by: suppliers", "refilled_by: factory"), "utf-8")
    slicer = Slicer(load(tmp_path / "shared.yaml").design("shared"))
    assert slicer.groups.tolist() == [0] * 5


REPLAYED = """
simnet: 1
name: replayed
run: {{start: 2026-01-05, length: 8 mo}}
suppliers: {{factory: {{lead_time: {{mean: 9 d, cv: 0.4}}}}}}
warehouses: {{gent: {{tier: central, refilled_by: factory}}}}
dealers: {{lyon: {{served_by: gent, lead_time: 2 d}}, turin: {{served_by: gent, lead_time: 1 d}}}}
parts: {{brake: {{cost: 20 EUR}}, clip: {{cost: 2 EUR}}, disc: {{cost: 30 EUR}}, never: {{cost: 9 EUR}}}}
demand: [{{orders: orders.csv, replay: {how}{form}}}]
stocking: {{default: {{policy: base-stock, target: 90 %}}}}
"""
HISTORIES = {
    "dated": "part,date,quantity\ndisc,2025-02-03,2\nclip,2025-02-07,1\nclip,2025-05-30,4\ndisc,2025-06-11,1\n",
    "dated in part": "part,date,quantity\ndisc,2025-02,2\nclip,2025-02-07,1\nclip,2025-05,4\nbrake,2025-06,1\n",
    "by site": "part,date,quantity,dealer\ndisc,2025-02-03,2,lyon\nclip,2025-05-07,1,turin\nclip,2025-05-09,1,lyon\n",
    "wide": "part,2025-01,2025-02,2025-03,2025-04\nclip,,2,0,1\ndisc,3,,,4\nbrake,0,0,1,0\n",
}


@pytest.mark.parametrize("clock", ["simpy", "compiled"])
@pytest.mark.parametrize("how", ["exact", "bootstrap", "fitted"])
@pytest.mark.parametrize("history", HISTORIES)
def test_a_history_is_cut_with_its_parts(history: str, how: str, clock: str, tmp_path: Path) -> None:
    """A slice has the history of its own parts, over the months of all; one whose parts were never asked for has none
    that counts, and no stocking point. The slices add up to the whole."""
    (tmp_path / "orders.csv").write_text(HISTORIES[history], "utf-8")
    form = ", format: wide" if history == "wide" else ""
    (tmp_path / "replayed.yaml").write_text(REPLAYED.format(how=how, form=form), "utf-8")
    slicer = Slicer(load(tmp_path / "replayed.yaml").scenario)
    cuts = [np.array([part]) for part in range(4)]
    for part, name in enumerate(slicer.scenario.parts.names):
        cut = slicer.slice(cuts[part]).demand[0].orders
        whole_history = slicer.scenario.demand[0].orders
        assert (cut.first_month, cut.months, cut.dated, cut.days) == (
            whole_history.first_month, whole_history.months, whole_history.dated, whole_history.days
        )  # fmt: skip
        asked = name in HISTORIES[history]
        assert len(cut.part_names) == 1 and (cut.part_names[0] == name) == asked
    network = build(slicer.scenario)
    run = replicate(network, seed=3, replications=[1], engine="simpy")[0]
    assert run.tally.flow["lines"].sum() > 0
    assert whole(slicer, cuts, clock).sums.same_as(summed(run.tally, network))
