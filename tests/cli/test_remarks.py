"""What a planner is told of a design before its figures, and what `show` tells of lanes, parts and work."""

from __future__ import annotations

from pathlib import Path

import pytest

import simnet as sn
from simnet.errors import SimnetError
from simnet.units import DAY
from tests.cli.commands import simnet, tiny

CHAIN = {
    "  lyon: {served_by: gent": "  lyon: {served_by: paris",
    "  turin: {served_by: gent": "  turin: {served_by: paris",
    "refilled_by: factory}\n": "refilled_by: factory}\n  paris: {refilled_by: gent, lead_time: 4 d}\n",
}
LANES = "lanes: {gent: {paris: {cost: 2 EUR/kg, shipment_cost: 7 EUR}}}\nparts:"


def design(folder: Path, changes: str, **more: str) -> sn.Study:
    """The tiny network with a regional warehouse, and a design called `direct`."""
    path = tiny(folder, **CHAIN, **{"designs:": f"designs:\n  direct: {changes}"}, **more)
    return sn.load(path)


def remarks_of(study: sn.Study) -> list[str]:
    """Those of the design."""
    assert study.design("tiny").remarks == ()
    return list(study.design("direct").remarks)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ("{warehouses.paris: null}",
         "lyon, turin are now refilled by gent in their own 2 d, 3 d; lanes.gent.lyon.lead_time would say otherwise"),
        ("{warehouses.paris: null, dealers.lyon.lead_time: 9 d}",
         "turin is now refilled by gent in its own 3 d; lanes.gent.turin.lead_time would say otherwise"),
        ("{warehouses.paris: null, lanes.gent.lyon.lead_time: 9 d}",
         "turin is now refilled by gent in its own 3 d; lanes.gent.turin.lead_time would say otherwise"),
        ("{warehouses.paris: null, lanes.gent: {lyon: {lead_time: 9 d}, turin: {lead_time: 9 d}}}", ""),
        ("{warehouses.paris: null, dealers: {lyon: {served_by: gent}, turin: {served_by: gent}}}", ""),
        ("{warehouses.gent: null}",
         "paris is now refilled by factory in the time of the supplier, not in its own 4 d; "
         "lanes.factory.paris.lead_time would say otherwise"),
    ],
)  # fmt: skip
def test_sites_left_behind_are_told(place: Path, changes: str, told: str) -> None:
    """Where a removed warehouse leaves sites to another source, unless the design says how long that takes."""
    assert remarks_of(design(place, changes)) == ([told] if told else [])


def test_a_removed_warehouse_makes_no_miracle_factory(place: Path) -> None:
    """The supplier's lead time, not the one that the site had from the warehouse; a lane or the design's own wins."""
    assert design(place, "{warehouses.gent: null}").design("direct").lead_time("paris", "factory").mean == 20 * DAY
    own = design(place, "{warehouses: {gent: null, paris: {lead_time: 6 d}}}")
    assert own.design("direct").lead_time("paris", "factory").mean == 6 * DAY
    lane = design(place, "{warehouses.gent: null, lanes.factory.paris.lead_time: 8 d}")
    assert lane.design("direct").lead_time("paris", "factory").mean == 8 * DAY
    points = own.network("direct").points
    assert set(points["lead"][points["source"] < 0].tolist()) == {6 * DAY}
    points = lane.network("direct").points
    assert set(points["lead"][points["source"] < 0].tolist()) == {8 * DAY}


def test_a_supplier_without_a_lead_time_needs_a_lane(place: Path) -> None:
    """The error names the lane to write."""
    changes = {"factory: {lead_time: {mean: 20 d, cv: 0.5}}": "factory: {}", "  slower: {": "  # "}
    central = {"{tier: central, ": "{tier: central, lead_time: 20 d, "}
    with pytest.raises(SimnetError, match="no lead time from supplier 'factory' to 'paris'") as caught:
        design(place, "{warehouses.gent: null}", **changes, **central)
    assert "lanes.factory.paris.lead_time" in str(caught.value)


def test_many_sites_are_counted(place: Path) -> None:
    """Three are named."""
    more = "".join(f"  d{number}: {{served_by: gent, lead_time: {number} d}}\n" for number in range(1, 6))
    tiny(place, **{"dealers:\n": f"dealers:\n{more}"})
    told = " ".join(simnet("show", "tiny.yaml", "--set", "warehouses.gent=null").stdout.split())
    assert told.count("d1, d2, d3 and 4 more are now refilled by factory in the time of the supplier, not in") == 1


def test_every_verb_tells(place: Path) -> None:
    """`show` under the design, `run` and `compare` on standard error, the report on its page; -q is quiet."""
    design(place, "{warehouses.paris: null}")
    shown = " ".join(simnet("show", "tiny.yaml").stdout.split())
    assert "note: lyon, turin are now refilled by gent in their own 2 d, 3 d;" in shown
    assert "Remarks lyon, turin are" in " ".join(simnet("show", "tiny.yaml", "--design", "direct").stdout.split())
    for words in (["compare", "tiny.yaml"], ["run", "tiny.yaml", "--design", "direct"]):
        done = simnet(*words, "--report", "page.html")
        assert "note: direct: lyon, turin are now refilled by gent" in done.stderr
        assert max(map(len, done.stderr.splitlines())) <= 80
        assert "lyon, turin are now refilled by gent" in (place / "page.html").read_text()
        assert simnet(*words, "-q").stderr == ""
    assert "note:" not in simnet("run", "tiny.yaml").stderr


def test_show_tells_lanes_weights_and_memory(place: Path) -> None:
    """Freight of a shipment, a mode that the file does not hold, weights, lines held at once, prices under cost."""
    tiny(place, **CHAIN, **{"parts:": LANES, "price: 170.00 EUR": "price: 70.00 EUR"})
    shown = simnet("show", "tiny.yaml").stdout
    assert "2.00 EUR/kg   road *\n" in shown and " 7.00 EUR a shipment from gent to paris\n" in shown
    assert "weight 800 g to 5 kg" in " ".join(shown.split())
    assert "largest part: 158 lines; about 1 MB of lines in memory a processor" in shown
    assert "Remarks      1 part with a price below the cost: pump" in shown
    tiny(place, **CHAIN, **{"parts:": LANES.replace("{cost", "{mode: road, cost")})
    assert "2.00 EUR/kg   road\n" in simnet("show", "tiny.yaml").stdout


def test_show_tells_the_span_of_a_history(place: Path) -> None:
    """Lines, months and how they are replayed."""
    simnet("new", "net")
    shown = simnet("show", "net/net.yaml").stdout
    assert "history of 1,259 lines, 2024-01 to 2025-12 (24 mo), replay" in shown


VOR = {"  - {part: pump, orders: 2 per month}": "  - {part: pump, orders: 2 per month, order_class: vor}"}
LATE = "no source of vor keeps 1 d for lyon, turin: the fastest takes 2 d to 3 d in the mean"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({**VOR, "stocking:": "order_classes: {vor: {mode: road}}\nstocking:"}, LATE),
        ({"lead_time: 2 d}": "lead_time: 2 d, hold_back: 1}"}, "hold_back of lyon does nothing: it is in no pool"),
        ({"lead_time: 2 d}": "lead_time: 2 d, hours: mon-fri 09:00-17:00}"}, "lyon: customers ask round the clock"),
        ({"orders: 2 per month}": "orders: 2 per month, when: open}"},
         "when: open of demand does nothing: no site that is asked has hours"),
        ({"refilled_by: factory}": "refilled_by: factory, push: true}"}, "push of gent does nothing: the sites below"),
        ({"refilled_by: factory}": "refilled_by: factory, holidays: 12-25}"},
         "gent: none of its holidays falls into the run"),
        ({"stocking:": "order_classes: {day: {need_by: 3 d, patience: 1 d}}\nstocking:"},
         "customers of day go after 1 d (patience), before the 3 d that they are promised (need_by)"),
    ],
)  # fmt: skip
def test_what_does_nothing_is_told(place: Path, changes: dict[str, str], told: str) -> None:
    """Promises that no way keeps, pieces held for nobody, customers at night, pushes to sites that are full."""
    remarks = sn.load(tiny(place, **changes)).scenario.remarks
    assert any(told in remark for remark in remarks), remarks


@pytest.mark.parametrize(
    "changes",
    [
        {**VOR, "stocking:": "lanes: {gent: {lyon: {classes: {vor: {lead_time: 1 d}}}, "
         "turin: {classes: {vor: {lead_time: 1 d}}}}}\nstocking:"},
        {**VOR, "stocking:": "order_classes: {vor: {ask: [facing, supplier], mode: road}}\nstocking:"},
        {"lead_time: 2 d}": "lead_time: 2 d, hold_back: 1, pool: south}",
         "lead_time: 3 d}": "lead_time: 3 d, pool: south}"},
        {"refilled_by: factory}": "refilled_by: factory, push: true}", "target: 90 %": "target: 90 %, review: 1 w"},
        {"refilled_by: factory}": "refilled_by: factory, push: true}", "base-stock": "min-max"},
        {"refilled_by: factory}": "refilled_by: factory, holidays: 02-25}"},
        {"stocking:": "order_classes: {day: {need_by: 1 d, patience: 3 d}}\nstocking:"},
    ],
)  # fmt: skip
def test_what_does_something_is_not_told(place: Path, changes: dict[str, str]) -> None:
    """The same words where they have an effect."""
    assert sn.load(tiny(place, **changes)).scenario.remarks == ()


def test_show_counts_points_whose_reserve_is_no_less_than_the_level(place: Path) -> None:
    """Levels do not reckon with what is kept for better classes."""
    kept = "{policy: base-stock, up_to: 2, reserve: {day: 2}}"
    tiny(place, **VOR, **{"{policy: base-stock, target: 90 %}": kept})
    shown = " ".join(simnet("show", "tiny.yaml").stdout.split())
    assert "at 4 of 4 points with a reserve that day leaves it is not below up_to: day gets nothing there" in shown
    tiny(place, **VOR, **{"{policy: base-stock, target: 90 %}": kept.replace("up_to: 2", "up_to: 3")})
    assert "gets nothing there" not in simnet("show", "tiny.yaml").stdout


def test_show_names_who_has_a_list(place: Path) -> None:
    """A line for each different list: dealers of one list together, from the shortest way to the longest."""
    tiny(place, **VOR, **{"stocking:": "order_classes: {vor: {mode: road}}\nstocking:"})
    shown = " ".join(simnet("show", "tiny.yaml").stdout.split())
    assert "vor at lyon, turin: gent (facing, 2 d to 3 d); the rest waits at gent" in shown
    special = "order_classes: {vor: {mode: road, sites: {turin: {ask: []}}}}\nstocking:"
    tiny(place, **VOR, **{"stocking:": special})
    shown = " ".join(simnet("show", "tiny.yaml").stdout.split())
    assert "vor at lyon: gent (facing, 2 d); the rest" in shown and "vor at turin: nobody is asked; the rest" in shown


def test_show_tells_who_asks_in_opening_hours(place: Path) -> None:
    """Behind the order class of the demand; nothing is left to remark on."""
    hours = {"lead_time: 2 d}": "lead_time: 2 d, hours: mon-fri 09:00-17:00}"}
    asked = {"orders: 2 per month}": "orders: 2 per month, when: open}"}
    assert "(class day, in opening hours): " in simnet("show", str(tiny(place, **hours, **asked).name)).stdout
    assert "in opening hours" not in simnet("show", str(tiny(place, **hours).name)).stdout
