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


def whole(slicer: Slicer, cuts: list[np.ndarray]) -> Piece:
    """The pieces of all slices of replication 1, added from the last to the first."""
    found = None
    for number, parts in reversed(list(enumerate(cuts))):
        cut = Slice(f"{id(slicer)}-{number}", slicer.slice(parts), slicer.own, parts)
        piece = run_slice(SliceTask(cut, 0, number, 1, 3, "simpy", points=False))
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
