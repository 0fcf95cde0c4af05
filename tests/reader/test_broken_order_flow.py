# ruff: noqa: E501 - one case a line reads as the table it is
"""Broken order classes, sourcing lists, reserves and pools: each with its place, the problem and the remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.scenario import load
from tests.reader.samples import BASE, changed, with_dealers, write
from tests.reader.test_broken import Case

SITES = BASE.replace("refilled_by: gent, lead_time: 4 d}", "refilled_by: gent, lead_time: 4 d}\n  bonn: {tier: regional, refilled_by: gent, lead_time: 3 d}")
"""The base scenario with two regional warehouses; `bonn` refills nobody."""
SITES = SITES.replace("dealers:\n", "dealers:\n  koln: {served_by: bonn, lead_time: 2 d}\n")


def classes(text: str, base: str = SITES) -> str:
    """The scenario with order classes, on line 26."""
    return base + f"order_classes: {text}\n"


def vor(text: str, base: str = SITES) -> str:
    """The scenario with a class `vor` that waits where it is asked, and no list unless the case gives one."""
    return classes("{vor: {" + text + "}}", base)


def paris(text: str) -> str:
    """The scenario with more about the warehouse paris."""
    return changed("refilled_by: gent, lead_time: 4 d}", f"refilled_by: gent, lead_time: 4 d, {text}}}", SITES)


def lyon(text: str) -> str:
    """The scenario with more about the dealer lyon."""
    return changed("served_by: paris, lead_time: 2 d}", f"served_by: paris, lead_time: 2 d, {text}}}", SITES)


def reserve(text: str, more: str = "order_classes: {vor: {ask: [facing]}}") -> str:
    """The scenario with a reserve everywhere, and a class that it is kept for."""
    return changed("target: 95 %}", f"target: 95 %, reserve: {text}}}", SITES) + more + "\n"


def lanes(text: str) -> str:
    """The scenario with lanes, on line 18."""
    return changed("demand:", f"lanes: {{{text}}}\ndemand:", SITES)


def placed(text: str) -> str:
    """The same with a place to every site."""
    for name, place in (("koln", "Cologne DE"), ("lyon", "Lyon FR"), ("turin", "Turin IT"), ("gent", "Gent BE")):
        text = re.sub(rf"(?m)^  {name}: +\{{", f"  {name}: {{at: {place}, ", text)
    return text


CLASSES = [
    Case("unknown source", vor("ask: [facing, referal]"), "must be 'facing', 'referral', 'lateral', 'central' or 'supplier', not 'referal'", "network.yaml:26:37", "did you mean 'referral'?"),
    Case("one unknown source", vor("ask: nearest"), "must be 'facing'", "network.yaml:26:28"),
    Case("sources as a map", vor("ask: {facing: 1}"), "must be 'facing'", "network.yaml:26:28"),
    Case("source twice", vor("ask: [facing, central, facing]"), "'facing' is asked twice", "network.yaml:26:46", "keep one"),
    Case("source behind a supplier", vor("ask: [supplier, facing]"), "'facing' is never asked: a supplier gives everything", "network.yaml:26:39", "put supplier last"),
    Case("unknown backorder place", vor("ask: [], backorder: home"), "must be 'dealer', 'facing' or 'central', not 'home'", "network.yaml:26:"),
    Case("rank zero", vor("rank: 0"), "must be at least 1", "network.yaml:26:29"),
    Case("rank in words", vor("rank: first"), "must be a whole number", "network.yaml:26:29"),
    Case("unknown key of a class", vor("priority: 1"), "unknown key 'priority' in order_classes > vor", "network.yaml:26:23"),
    Case("misspelled lead time of a class", vor("lead_tme: 2 d"), "unknown key 'lead_tme' in order_classes > vor", "network.yaml:26:23", "did you mean 'lead_time'?"),
    Case("misspelled lead time of a class on a lane", lanes("gent: {koln: {classes: {vor: {lead_tme: 2 d}}}}") + "order_classes: {vor: {ask: [central]}}\n", "unknown key 'lead_tme' in lanes > gent > koln > classes > vor", "network.yaml:18:39", "did you mean 'lead_time'?"),
    Case("misspelled place on the way of a class", placed(vor("rank: 1")).replace("at: Cologne DE", "att: Cologne DE"), "unknown key 'att' in dealers > koln", "network.yaml:12:10", "did you mean 'at'?"),
    Case("broken place on the way of a class", placed(vor("rank: 1")).replace("at: Cologne DE", "at: [5]"), "must be a place such as 'Gent BE'", "network.yaml:12:14"),
    Case("misspelled tier that settings refer to", changed("tiers: {dealer: {up_to: 3}}", "tiers: {central: {up_to: 3}}", changed("tier: central", "tieer: central", SITES)), "unknown key 'tieer' in warehouses > gent", "network.yaml:8:10", "did you mean 'tier'?"),
    Case("misspelled key that others refer to as an alias", lanes("gent: &a {bonn: {lead_tme: 2 d}}, paris: *a"), "unknown key 'lead_tme' in lanes > gent > bonn", "network.yaml:18:26", "did you mean 'lead_time'?"),
    Case("misspelled section of lanes", lanes("bonn: {koln: {lead_time: 2 d}}").replace("koln: {served_by: bonn, lead_time: 2 d}", "koln: {served_by: bonn}").replace("lanes:", "laness:"), "unknown key 'laness' in the scenario", "network.yaml:18:1", "did you mean 'lanes'?"),
    Case("misspelled section of demand", changed("\ndemand:", "\ndemnad:", SITES), "unknown key 'demnad' in the scenario", "network.yaml:", "did you mean 'demand'?"),
    Case("misspelled lead time of a dealer", changed("bonn, lead_time: 2 d", "bonn, lead_tme: 2 d", SITES), "unknown key 'lead_tme' in dealers > koln", "network.yaml:12:27", "did you mean 'lead_time'?"),
    Case("misspelled lead time of a lane", changed("koln: {served_by: bonn, lead_time: 2 d}", "koln: {served_by: bonn}", lanes("bonn: {koln: {lead_tme: 2 d}}")), "unknown key 'lead_tme' in lanes > bonn > koln", "network.yaml:18:23", "did you mean 'lead_time'?"),
    Case("unknown order class asked", changed("part: hose", "part: hose, order_class: vorr", SITES), "there is no order class for customers 'vorr'", "network.yaml:20:", "did you mean 'vor'?"),
    Case("customers order stock", changed("part: hose", "part: hose, order_class: stock", SITES), "there is no order class for customers 'stock'", "network.yaml:20:"),
    Case("surcharge without percent", vor("surcharge: 0.25"), "needs a percent sign, such as '25 %'", "network.yaml:26:34"),
    Case("surcharge and discount", vor("ask: [], surcharge: 25 %, discount: 5 %"), "a surcharge and a discount contradict each other", "network.yaml:26:", "keep one"),
    Case("need-by without unit", vor("need_by: 24"), "needs a unit", "network.yaml:26:"),
    Case("no patience at all", vor("ask: [], patience: 0 d"), "must be above zero", "network.yaml:26:", "unmet: lost"),
    Case("patience of the lost", vor("ask: [facing], unmet: lost, patience: 3 d"), "contradicts unmet: lost", "network.yaml:26:", "leave out patience"),
    Case("place of the lost", classes("{day: {unmet: lost, backorder: facing}}"), "contradicts unmet: lost", "network.yaml:26:", "leave out backorder"),
    Case("will-fit of the lost", classes("{day: {unmet: lost, will_fit: 10 %}}"), "contradicts unmet: lost", "network.yaml:26:"),
    Case("lost replenishment", classes("{stock: {unmet: lost}}"), "replenishment cannot be lost", "network.yaml:26:"),
    Case("impatient replenishment", classes("{stock: {patience: 9 d}}"), "replenishment waits until it is served", "network.yaml:26:"),
    Case("will-fit replenishment", classes("{stock: {will_fit: 9 %}}"), "replenishment is bought of the maker", "network.yaml:26:"),
    Case("replenishment elsewhere", classes("{stock: {backorder: central}}"), "replenishment waits at the source", "network.yaml:26:"),
    Case("will-fit of no class", vor("ask: [], will_fit: {quick: 10 %}"), "there is no part class 'quick'", "network.yaml:26:", "fast"),
    Case("will-fit as a number", vor("ask: [], will_fit: 0.1"), "needs a percent sign", "network.yaml:26:"),
    Case("lists of no class", vor("ask: [], part_classes: {quick: {ask: [facing]}}"), "there is no part class 'quick'", "network.yaml:26:"),
    Case("lists of no site", vor("ask: [], sites: {lion: {ask: [facing]}}"), "there is no site or tier 'lion'", "network.yaml:26:", "did you mean 'lyon'?"),
    Case("lists of unknown key", vor("ask: [], sites: {lyon: {asks: [facing]}}"), "unknown key 'asks'", "network.yaml:26:", "did you mean 'ask'?"),
    Case("waiting without a warehouse", changed("turin: {served_by: gent,", "turin: {served_by: factory,", vor("ask: [facing], backorder: facing")), "nothing can wait at the facing warehouse of 'turin': a supplier serves it", "network.yaml:26:", "backorder: dealer"),
    Case("laterals without sisters", vor("ask: [facing, lateral]"), "there are no sister sites", "network.yaml:26:28", "radius: 300 km"),
    Case("radius without places", vor("ask: [lateral], radius: 300 km"), "there is no telling how far it is: 'koln' and 2 more have no place", "network.yaml:26:", "dealers.koln.at"),
    Case("radius of nobody", vor("ask: [facing], radius: 300 km"), "the class does not ask 'lateral'", "network.yaml:26:"),
    Case("radius without unit", vor("ask: [lateral], radius: 300"), "needs a unit, such as '300 km'", "network.yaml:26:"),
    Case("radius in miles", vor("ask: [lateral], radius: 300 mi"), "unknown unit of distance 'mi'", "network.yaml:26:", "m or km"),
    Case("no way from the top", vor("ask: [central]"), "no lead time from 'gent' to 'koln' for class 'vor'", "network.yaml:26:17", "lanes.gent.koln.classes.vor.lead_time"),
    Case("no way, class built in", changed("part: hose", "part: hose, order_class: vor", SITES), "no lead time from 'gent' to 'koln' for class 'vor'", "network.yaml:18:1", "order_classes.vor.lead_time"),
    Case("a built-in class in capitals", classes("{VOR: {ask: [facing]}}"), "'VOR' is not the 'vor' that is built in", "network.yaml:26:17", "write vor"),
    Case("a built-in class with a capital", classes("{Day: {rank: 2}}", changed("part: hose", "part: hose, order_class: Day", SITES)), "'Day' is not the 'day' that is built in", "network.yaml:26:", "write day"),
    Case("replenishment with a capital", classes("{Stock: {rank: 3}}"), "'Stock' is not the 'stock' that is built in", "network.yaml:26:", "write stock"),
    Case("capitals asked", changed("part: hose", "part: hose, order_class: VOR", SITES), "there is no order class for customers 'VOR'", "network.yaml:20:", "write vor"),
    Case("sources as one text", vor('ask: "facing, referral"'), "write a list: [facing, referral]", "network.yaml:26:28"),
    Case("sources of a site as one text", vor("sites: {lyon: {ask: facing central}}"), "write a list: [facing, central]", "network.yaml:26:"),
    Case("referral of nobody", vor("ask: [referral]"), "nobody is referred to: no warehouse has refers_to", "network.yaml:26:28", "warehouses.gent.refers_to"),
    Case("referral of nobody for a part class", vor("part_classes: {fast: {ask: [facing, referral]}}"), "no warehouse has refers_to", "network.yaml:26:", "leave referral out"),
    Case("lead time of replenishment", classes("{stock: {lead_time: 3 d}}"), "class stock travels by the lanes", "network.yaml:26:36", "lanes.bonn.koln.lead_time"),
    Case("freight of replenishment", classes("{stock: {cost: 3 EUR/kg}}"), "class stock travels by the lanes", "network.yaml:26:", "lanes.bonn.koln.cost"),
    Case("mode of replenishment", classes("{stock: {mode: sea}}"), "class stock travels by the lanes", "network.yaml:26:", "lanes.bonn.koln.mode"),
    Case("a mode without a speed", placed(vor("ask: [facing, central], mode: rocket")), "mode 'rocket' has no speed of its own; road, air, sea do", "network.yaml:26:", "or give order_classes.vor.lead_time"),
    Case("a surcharge beyond measure", vor("ask: [], surcharge: 1001 %"), "must be between 0 % and 1,000 %", "network.yaml:26:"),
    Case("a discount beyond the price", vor("ask: [], discount: 101 %"), "must be between 0 % and 100 %", "network.yaml:26:"),
    Case("no way by the class's mode", vor("ask: [central]", changed("demand:", "lanes: {gent: {koln: {mode: sea, lead_time: 9 d}, lyon: {lead_time: 1 d}}}\ndemand:", SITES)), "no lead time from 'gent' to 'koln'", "network.yaml:27:"),
]  # fmt: skip

PLACES = [
    Case("refers to itself", paris("refers_to: [paris]"), "refers to itself", "network.yaml:9:74"),
    Case("refers to a dealer", paris("refers_to: lyon"), "'lyon' is a dealer; a warehouse refers to warehouses", "network.yaml:9:", "ask: [lateral]"),
    Case("refers to a supplier", paris("refers_to: [factory]"), "'factory' is a supplier", "network.yaml:9:"),
    Case("refers to nobody", paris("refers_to: [bon]"), "there is no warehouse 'bon'", "network.yaml:9:", "did you mean 'bonn'?"),
    Case("refers twice", paris("refers_to: [bonn, bonn]"), "'bonn' is there twice", "network.yaml:9:", "keep one"),
    Case("unknown allocation", paris("allocation: fair"), "must be 'first come', 'rank' or 'fair share'", "network.yaml:9:"),
    Case("pushes to nobody", changed("lead_time: 3 d}\ndealers", "lead_time: 3 d, push: true}\ndealers", SITES).replace("served_by: bonn", "served_by: gent"), "'bonn' refills nobody", "network.yaml:10:", "leave push out"),
    Case("a pool of one", lyon("pool: south"), "no other site is in pool 'south'", "network.yaml:13:"),
    Case("a pool misspelled", lyon("pool: suoth").replace("gent, lead_time: 3 d}\nparts", "gent, lead_time: 3 d, pool: south}\nparts").replace("served_by: bonn, lead_time: 2 d", "served_by: bonn, lead_time: 2 d, pool: south"), "no other site is in pool 'suoth'", "network.yaml:13:", "did you mean 'south'?"),
    Case("balances with nobody", lyon("balance: 1 w"), "'lyon' has no sisters to look at", "network.yaml:13:", "give it a pool"),
    Case("balances all the time", lyon("balance: 0 d"), "must be above zero", "network.yaml:13:"),
    Case("holds back a part of a piece", lyon("hold_back: 1.5"), "whole number", "network.yaml:13:"),
    Case("stock of nobody", lyon("stock: mine"), "must be 'independent', 'managed' or 'consigned', not 'mine'", "network.yaml:13:"),
    Case("lane of no class", changed("demand:", "lanes: {gent: {lyon: {lead_time: 4 d, classes: {rush: {lead_time: 1 d}}}}}\ndemand:", SITES), "there is no order class 'rush'", "network.yaml:18:"),
    Case("lane of replenishment", lanes("bonn: {koln: {classes: {stock: {lead_time: 1 d}}}}"), "replenishment travels by the lane itself", "network.yaml:18:", "lanes.bonn.koln.lead_time"),
    Case("lane of a supplier's replenishment", lanes("factory: {gent: {classes: {stock: {cost: 1 EUR/kg}}}}"), "replenishment travels by the lane itself", "network.yaml:18:", "lanes.factory.gent.cost"),
    Case("departures at no time", lanes("bonn: {koln: {departures: {days: mon, at: []}}}"), "is empty; times are due here", "network.yaml:18:"),
    Case("a tier called system", changed("{tier: central", "{tier: system", SITES), "the name 'system' is taken", "network.yaml:8:", "give the tier another name"),
    Case("a tier called facing", SITES.replace("tier: regional", "tier: facing"), "the name 'facing' is taken", "network.yaml:9:"),
    Case("a tier called customer", lyon("tier: customer"), "the name 'customer' is taken", "network.yaml:13:"),
    Case("a tier called order", lyon("tier: order"), "the name 'order' is taken", "network.yaml:13:"),
    Case("lane class with a typo", changed("demand:", "lanes: {gent: {lyon: {lead_time: 4 d, classes: {vor: {leadtime: 1 d}}}}}\ndemand:", SITES), "unknown key 'leadtime'", "network.yaml:18:", "did you mean 'lead_time'?"),
    Case("table of dealers with a pool of one", with_dealers(), "no other site is in pool 'south'", "dealers.csv:2:", files={"dealers.csv": "dealer,served_by,lead_time,pool\nlyon,paris,2 d,south\nturin,gent,3 d,\n"}),
]  # fmt: skip

RESERVES = [
    Case("reserve of no class", reserve("{dya: 1}"), "there is no order class 'dya'", "network.yaml:22:57", "did you mean 'day'?"),
    Case("reserve as a number", reserve("2"), "must be pieces by order class", "network.yaml:22:", "{day: 1, stock: 2}"),
    Case("reserve of half a piece", reserve("{day: 0.5}"), "day: must be a whole number", "network.yaml:22:"),
    Case("reserve for nobody", reserve("{vor: 1}"), "no class is better than 'vor'", "network.yaml:22:", "leave it out"),
    Case("reserve for a class that nobody uses", reserve("{day: 1}", ""), "no class is better than 'day'", "network.yaml:22:", "vor: {rank: 1}"),
    Case("reserve upside down", reserve("{day: 3, stock: 1}"), "'stock' leaves 1, the better 'day' leaves 3", "network.yaml:22:", "stock: 3, or more"),
    Case("reserve of one rank in two ways", reserve("{day: 1, warranty: 2}", "order_classes: {vor: {ask: [facing]}, warranty: {rank: 2}}"), "'warranty' leaves 2, and 'day' of the same rank 1", "network.yaml:22:"),
    Case("reserve by first come", paris("allocation: first come").replace("target: 95 %}", "target: 95 %, reserve: {stock: 1}}"), "'first come' does not heed the reserve that 'paris' keeps", "network.yaml:9:", "allocation: rank"),
    Case("reserve by fair share", paris("allocation: fair share") .replace("{up_to: 3}", "{up_to: 3}, regional: {reserve: {stock: 1}}"), "'fair share' does not heed the reserve", "network.yaml:9:", "allocation: rank"),
]  # fmt: skip

CASES = [*CLASSES, *PLACES, *RESERVES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_broken_order_flow_is_explained(case: Case, tmp_path: Path) -> None:
    """The message names the problem, its place and, where there is one, the remedy; one fault is one error."""
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, case.text, case.files))
    text = str(caught.value).replace(f"{tmp_path}/", "")
    assert case.says in text
    places = re.findall(r"--> (.*)", text)
    assert any(place.startswith(case.at) for place in places), text
    assert case.remedy in text, text
    assert text.count("error: ") == 1, text


def test_the_whole_is_right(tmp_path: Path) -> None:
    """What the cases break is right as it stands."""
    assert load(write(tmp_path, vor("ask: [facing, referral], lead_time: 1 d", paris("refers_to: bonn"))))
    assert load(write(tmp_path, vor("ask: [facing], surcharge: 1000 %"))).order_classes["vor"].surcharge == 10
    assert load(write(tmp_path, reserve("{day: 1, stock: 2}")))


def test_names_of_cases_are_unique() -> None:
    """Each broken input has its own name, and there are many."""
    assert len({case.name for case in CASES}) == len(CASES) >= 55


DESIGN = """designs:
  without:
    warehouses: {bonn: null}
"""


def test_referrals_to_a_removed_warehouse_drop_with_a_remark(tmp_path: Path) -> None:
    """A design that removes a warehouse leaves nobody who refers to it, and says so."""
    text = paris("refers_to: [bonn, gent]") + "order_classes: {vor: {ask: [facing], sites: {bonn: {ask: []}}}}\n" + DESIGN
    scenario = load(write(tmp_path, text), design="without")
    assert scenario.warehouses["paris"].refers_to == ("gent",)
    assert scenario.order_classes["vor"].sites == {}
    assert "paris refers to bonn no more: it is removed" in scenario.remarks
    assert scenario.design("two-tier").warehouses["paris"].refers_to == ("bonn", "gent")


def test_a_design_changes_one_thing_of_a_built_in_class(tmp_path: Path) -> None:
    """`vor: {mode: ..}` keeps the rest of what is built in; a path through sites keeps dots in names."""
    lane = "lanes: {gent: {koln: {mode: road, lead_time: 3 d}, lyon: {mode: road, lead_time: 3 d}}}\n"
    text = vor("mode: road") + lane + "designs: {slow: {order_classes.vor.need_by: 2 d}}\n"
    rule = load(write(tmp_path, text), design="slow").order_classes["vor"]
    assert (rule.rank, rule.mode, rule.need_by, rule.backorder) == (1, "road", 2 * 1440, "facing")
    assert rule.ask == ("facing", "referral", "central")


def test_replenishment_that_asks_others_takes_their_lanes(tmp_path: Path) -> None:
    """A list of class `stock` uses its lead time, and what a lane from another source says of it."""
    lane = "lanes: {gent: {koln: {lead_time: 4 d, classes: {stock: {lead_time: 1 d}}}}}\n"
    assert load(write(tmp_path, classes("{stock: {ask: [central], lead_time: 3 d, mode: road}}") + lane))
