# ruff: noqa: E501 - one case a line reads as the table it is
"""Order classes, sourcing lists, ways, reserves and pushes as arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simnet.errors import SimnetError
from simnet.network import limits
from simnet.network.network import Network
from simnet.network.rows import CENTRAL, FACING, LATERAL, REFERRAL, SUPPLIER_DIRECT
from simnet.network.shard import cut
from tests.network.flows import asked, network, place, point, sisters, term, waits_at, way

DAY = 1440
FAST = "lead_time: 1 d"


def vor(text: str) -> str:
    """An order class `vor` whose lines take a day where no lane says."""
    return f"order_classes: {{vor: {{{FAST}, {text}}}}}\n"


PLAIN = [
    "", "order_classes: {day: {unmet: lost}}\n", "order_classes: {day: {lines: complete}, rush: {unmet: lost, rank: 1}}\n",
    "order_classes: {day: {patience: 9 d, surcharge: 20 %, need_by: 1 d, freight: dealer}}\n",
    "order_classes: {vor: {ask: [], backorder: dealer}}\n",
]  # fmt: skip


@pytest.mark.parametrize("more", PLAIN)
def test_what_is_not_used_is_empty(more: str) -> None:
    """A scenario without lists, reserves, ranks or will-fit has no terms, sources or ways, and one queue."""
    of = network(more, demand="{orders: 2 per month}")
    assert (len(of.terms), len(of.sources), len(of.ways), of.queues, of.modes) == (0, 0, 0, 1, ())
    assert not any(of.points[name].any() for name in ("fair", "push", "balance", "laterals", "fickle"))


def test_order_classes_and_their_order() -> None:
    """Stock and day first, then those declared, then those only asked for."""
    assert network(demand="{orders: 2 per month}").order_classes == ("stock", "day")
    of = network("order_classes: {warranty: {rank: 2}}\nlanes: {gent: {koln: {lead_time: 1 d}, lyon: {lead_time: 1 d}, nice: {lead_time: 1 d}, nimes: {lead_time: 1 d}}, bonn: {lyon: {lead_time: 1 d}, nice: {lead_time: 1 d}, nimes: {lead_time: 1 d}}}")
    assert of.order_classes == ("stock", "day", "warranty", "vor")
    assert of.classes["rank"].tolist() == [3, 2, 2, 1]
    assert of.classes["rush"].tolist() == [0, 1, 1, 1]
    assert of.classes["need_by"].tolist() == [0, 0, 0, DAY]
    assert asked(of, "lyon") == ["paris", "bonn", "gent"]
    assert waits_at(of, "lyon") == "paris"


def test_class_rows() -> None:
    """Shares are of 10,000, times minutes, words flags."""
    of = network(vor("ask: [], backorder: dealer, surcharge: 25 %, discount: 0 %, freight: dealer, patience: 14 d, lines: complete, rush: false"))
    row = of.classes[of.order_classes.index("vor")]
    assert [int(row[name]) for name in ("surcharge", "discount", "dealer_pays", "patience", "complete", "lost", "rush")] == [2500, 0, 1, 14 * DAY, 1, 0, 0]


LISTS = [
    ("ask: [facing]", "lyon", ["paris"], "paris"),
    ("ask: [facing, referral, central]", "lyon", ["paris", "bonn", "gent"], "paris"),
    ("ask: [central, facing]", "lyon", ["gent", "paris"], "paris"),
    ("ask: [referral]", "lyon", ["bonn", "gent"], "paris"),
    ("ask: [referral]", "koln", [], "bonn"),
    ("ask: [facing, lateral]", "lyon", ["paris", "nice", "nimes"], "paris"),
    ("ask: [facing, lateral]", "koln", ["bonn"], "bonn"),
    ("ask: [facing, supplier]", "lyon", ["paris", "supplier"], "paris"),
    ("ask: []", "lyon", [], "paris"),
    ("ask: [], backorder: central", "lyon", [], "gent"),
    ("ask: [facing], backorder: dealer", "lyon", ["paris"], ""),
    ("ask: [facing], unmet: lost", "lyon", ["paris"], ""),
    ("ask: [facing], backorder: central", "lyon", ["paris"], "gent"),
    ("ask: [facing], sites: {lyon: {ask: [central]}}", "lyon", ["gent"], "paris"),
    ("ask: [facing], sites: {dealer: {ask: [central]}}", "lyon", ["gent"], "paris"),
    ("ask: [facing], sites: {dealer: {ask: [central]}, lyon: {ask: []}}", "lyon", [], "paris"),
    ("ask: [facing], part_classes: {fast: {ask: [central]}}", "lyon", ["gent"], "paris"),
    ("ask: [facing], part_classes: {all: {ask: [central]}}", "lyon", ["paris"], "paris"),
    ("ask: [facing], part_classes: {fast: {ask: [central]}}, sites: {dealer: {ask: []}}", "lyon", ["gent"], "paris"),
    ("ask: [facing], part_classes: {fast: {backorder: dealer}}", "lyon", ["paris"], ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "site", "names", "waits"), LISTS, ids=[each[0] + " " + each[1] for each in LISTS])
def test_sourcing_lists(text: str, site: str, names: list[str], waits: str) -> None:
    """Who is asked, in order, each once, and where the rest waits."""
    of = network(vor(text))
    assert (asked(of, site), waits_at(of, site)) == (names, waits)


def test_only_points_are_asked() -> None:
    """A sister that never holds the part is not in the list; warehouses that serve it always are."""
    for at, there in (("[lyon, nice]", ["paris", "nice"]), ("lyon", ["paris"])):
        demand = f"{{part: filter, at: {at}, orders: 2 per month, order_class: vor}}"
        of = network(vor("ask: [facing, lateral]"), demand, stocking="{default: {target: 90 %}}")
        assert asked(of, "lyon") == there
        assert waits_at(of, "lyon") == "paris"


def test_replenishment_asks_further_sources() -> None:
    """A site that refills itself may ask others than its own source, which it has asked already."""
    of = network("order_classes: {stock: {ask: [facing, referral, central, supplier], lead_time: 5 d}}\n", demand="{orders: 2 per month}")
    assert asked(of, "lyon", "stock") == ["bonn", "gent", "supplier"]
    assert asked(of, "paris", "stock") == ["supplier"]
    assert asked(of, "gent", "stock") == []
    assert waits_at(of, "lyon", "stock") == ""


WAYS = [
    ("", "paris", FACING, 1 * DAY),  # the class's own time wins over the road of replenishment
    ("lanes: {paris: {lyon: {lead_time: 9 h}}}\n", "paris", FACING, 540),
    ("lanes: {paris: {lyon: {mode: sea, lead_time: 9 d}}}\n", "paris", FACING, DAY),  # another mode than air
    ("lanes: {paris: {lyon: {mode: air, lead_time: 9 h}}}\n", "paris", FACING, 540),
    ("lanes: {paris: {lyon: {mode: sea, lead_time: 9 d, classes: {vor: {lead_time: 7 h}}}}}\n", "paris", FACING, 420),
    ("lanes: {bonn: {lyon: {lead_time: 8 h}}}\n", "bonn", REFERRAL, 480),
    ("", "nice", LATERAL, DAY),
    ("lanes: {nice: {lyon: {classes: {vor: {lead_time: 6 h}}}}}\n", "nice", LATERAL, 360),
    ("", "gent", CENTRAL, DAY),
    ("", "supplier", SUPPLIER_DIRECT, 45 * DAY),  # a supplier's own time comes before the class's
    ("lanes: {factory: {lyon: {lead_time: 6 d}}}\n", "supplier", SUPPLIER_DIRECT, 6 * DAY),
]  # fmt: skip


@pytest.mark.parametrize(("more", "source", "kind", "minutes"), WAYS)
def test_ways(more: str, source: str, kind: int, minutes: int) -> None:
    """How long the goods travel, whoever says it."""
    of = network(vor("ask: [facing, central, referral, lateral, supplier]") + more)
    found = way(of, source, "lyon")
    assert (found["kind"], found["lead"], found["via"], found["shape"]) == (kind, minutes, -1, -1)


def test_ways_without_a_word() -> None:
    """Without lane or class time a site's own source takes its own time, with its spread; a sister by distance."""
    of = network("order_classes: {vor: {ask: [facing, lateral], mode: road}}\n", lyon="at: Lyon FR", nice="at: Nice FR", nimes="at: Nimes FR")
    assert way(of, "paris", "nice")["lead"] == 3 * DAY
    assert way(of, "paris", "nice")["shape"] >= 0
    kilometers = way(of, "nimes", "nice")["distance"] / 1000
    assert 300 < kilometers < 330
    assert way(of, "nimes", "nice")["lead"] == pytest.approx(DAY / 2 + kilometers / 600 * DAY, abs=1)
    assert asked(of, "lyon") == ["paris", "nimes", "nice"]  # the nearer first


def test_ways_of_parts_from_their_suppliers() -> None:
    """A supplier's way has the part's own lead time, unless a lane says; each supplier has its way."""
    text = vor("ask: [supplier]")
    of = network(text)
    assert [way(of, "supplier", "lyon", part=part)["lead"] // DAY for part in ("filter", "hose", "valve")] == [45, 20, 9]
    of = network(text + "lanes: {works: {lyon: {lead_time: 2 d}}}\n")
    assert [way(of, "supplier", "lyon", part=part)["lead"] // DAY for part in ("filter", "hose", "valve")] == [45, 2, 2]


def test_freight_and_hold_back() -> None:
    """Freight by lane and class, else class, else everywhere; who gives to others than its own keeps some."""
    lanes = "lanes: {gent: {lyon: {cost: 2 EUR/kg, shipment_cost: 3 EUR, crossing: false, classes: {vor: {shipment_cost: 1 EUR}}}}}\n"
    of = network(vor("ask: [facing, central, referral, lateral], cost: 4 EUR/kg") + lanes, koln="pool: south, hold_back: 5")
    central, facing = way(of, "gent", "lyon"), way(of, "paris", "lyon")
    assert (central["transport"], central["shipment"], central["orderly"]) == (20_000, 10_000, 1)
    assert (facing["transport"], facing["shipment"], facing["orderly"]) == (40_000, 0, 0)
    assert [way(of, name, "lyon")["hold"] for name in ("paris", "gent", "bonn", "nice", "koln")] == [0, 0, 2, 0, 5]
    assert of.modes[central["mode"]] == "air"


def test_consolidated_at_the_facing_warehouse() -> None:
    """What others send travels to the facing warehouse, and from there as its own does."""
    of = network(vor("ask: [facing, referral, lateral], consolidate: true") + "lanes: {bonn: {paris: {lead_time: 5 h}}}\n")
    first = way(of, "bonn", "lyon")
    assert of.site_names[first["site"]] == "paris"
    assert (first["lead"], first["kind"]) == (300, REFERRAL)
    second = of.ways[first["via"]]
    assert (of.site_names[second["source"]], of.site_names[second["site"]], second["kind"]) == ("paris", "lyon", FACING)
    assert way(of, "nice", "lyon")["via"] == -1


def test_chance_of_ways_is_keyed_by_names() -> None:
    """A part's luck on a way stays when other lists change; parts, ends and classes differ."""
    small, large = network(vor("ask: [facing]")), network(vor("ask: [lateral, facing, supplier]"))

    def key(of: Network, source: str, site: str, part: str = "filter") -> int:
        here = term(of, site, part=part)
        rows = range(here["source"], here["source"] + here["sources"])
        return int(of.sources["lane"][next(row for row in rows if place(of, row) == source)])

    assert key(small, "paris", "lyon") == key(large, "paris", "lyon")
    assert len(set(large.sources["lane"].tolist())) == len(large.sources)
    assert key(large, "nice", "lyon") != key(large, "lyon", "nice")


def reserve(text: str, sites: str = "", rank: str = "") -> Network:
    """A network whose sites keep a reserve."""
    more = vor("ask: [facing]").rstrip().removesuffix("}") + f"{rank}}}\n"
    return network(more, stocking=f"{{default: {{up_to: 2, reserve: {text}}}{sites}}}")


@pytest.mark.parametrize(
    ("text", "sites", "rank", "site", "left"),
    [
        ("{day: 1, stock: 2}", "", "", "gent", {"vor": 0, "day": 1, "stock": 2}),
        ("{day: 1}", "", "", "gent", {"vor": 0, "day": 1, "stock": 1}),  # the worse leaves as many
        ("{stock: 2}", "", "", "gent", {"vor": 0, "day": 0, "stock": 2}),
        ("{day: 1, stock: 2}", ", tiers: {central: {reserve: {stock: 5}}}", "", "gent", {"day": 0, "stock": 5}),
        ("{day: 1, stock: 2}", ", tiers: {central: {reserve: {stock: 5}}}", "", "paris", {"day": 1, "stock": 2}),
        ("{stock: 2}", ", classes: {fast: {reserve: {stock: 7}}}", "", "paris", {"stock": 7}),
        ("{stock: 2}", ", tiers: {regional: {policy: none}}", "", "paris", {"stock": 2}),  # whatever the policy
        ("{day: 1}", "", ", campaign: {rank: 9}", "gent", {"campaign": 1, "stock": 1}),
        ("{day: 1}", "", ", warranty: {rank: 2}", "gent", {"warranty": 1}),
    ],
)  # fmt: skip
def test_reserves(text: str, sites: str, rank: str, site: str, left: dict[str, int]) -> None:
    """What each class leaves: the special over the general, as a whole; a class not named as the better ones."""
    of = reserve(text, sites=sites, rank=rank)
    assert {name: int(term(of, site, name)["reserve"]) for name in left} == left


def test_queues_by_rank() -> None:
    """A site that keeps a reserve, or says so, has a queue a rank; others one."""
    of = network(vor("ask: [facing]").rstrip().removesuffix("}") + ", warranty: {rank: 2}}\n", paris="allocation: rank")
    assert of.queues == 3
    assert [int(term(of, "paris", name)["queue"]) for name in of.order_classes] == [2, 1, 0, 1]
    assert [int(term(of, "gent", name)["queue"]) for name in of.order_classes] == [0, 0, 0, 0]
    of = reserve("{stock: 1}")
    assert [int(term(of, "gent", name)["queue"]) for name in of.order_classes] == [2, 1, 0]
    assert network(vor("ask: [facing]")).queues == 1


def test_fair_share_needs_no_terms() -> None:
    """It is a property of the point."""
    of = network("", demand="{orders: 2 per month}", gent="allocation: fair share")
    assert of.points["fair"].tolist() == [int(of.site_names[site] == "gent") for site in of.points["site"]]
    assert len(of.terms) == 0


def test_will_fit() -> None:
    """Of 4,096 customers, by part class; the key of the chance is the part's and the site's."""
    of = network("order_classes: {day: {will_fit: {fast: 25 %, default: 10 %}}}\n", demand="{orders: 2 per month}")
    assert [int(term(of, "lyon", "day", part)["will_fit"]) for part in ("filter", "hose")] == [1024, 410]
    assert term(of, "lyon", "stock")["will_fit"] == 0
    assert len(set(of.points["fickle"].tolist())) == len(of.points)
    assert len(of.sources) == 0


def test_pushes() -> None:
    """A warehouse that pushes knows whom it refills; equal lists are one in the timetable."""
    of = network("", demand="{orders: 2 per month}", paris="push: true", bonn="push: true")
    for part in of.part_names:
        here = point(of, "paris", part)
        address = int(of.points["children"][here])
        count = int(of.timetable[address])
        children = here + of.timetable[address + 1 : address + 1 + count]
        assert [of.site_names[site] for site in of.points["site"][children]] == ["lyon", "nice", "nimes"]
    assert of.points["children"][point(of, "gent")] == -1
    assert of.points["push"][point(of, "gent")] == 0
    assert len(of.timetable) == 4 + 2


def test_balancing() -> None:
    """A site that balances has the sisters of its pool, those that reach it soonest first."""
    lanes = "lanes: {nice: {lyon: {lead_time: 2 d}}, nimes: {lyon: {lead_time: 1 d}}}\n"
    of = network(lanes, demand="{orders: 2 per month}", lyon="balance: 1 w")
    assert sisters(of, "lyon") == ["nimes", "nice"]
    assert of.points["balance"][point(of, "lyon")] == 7 * DAY
    assert of.points["balance"][point(of, "nice")] == 0
    row = of.sources[of.points["lateral"][point(of, "lyon")]]
    assert of.ways["kind"][row["way"]] == LATERAL and of.ways["order_class"][row["way"]] == 0


def test_sisters_within_a_radius() -> None:
    """Without a pool the dealers near; with one those of the pool that are near; never one's own warehouse."""
    sites = {"lyon": "at: Lyon FR", "nice": "at: Nice FR", "nimes": "at: Nimes FR", "koln": "at: Cologne DE"}
    of = network(vor("ask: [lateral], radius: 250 km"), **sites)
    assert (asked(of, "lyon"), asked(of, "nice"), asked(of, "koln")) == (["nimes"], ["nimes"], [])
    of = network(vor("ask: [lateral], radius: 650 km"), **sites)
    assert asked(of, "koln") == ["lyon"]  # of its tier, pool or not
    assert asked(of, "lyon") == ["nice", "nimes"]


def test_owner() -> None:
    """Consigned stock is the maker's; empty where nobody said."""
    of = network("", demand="{orders: 2 per month}", lyon="stock: consigned")
    assert of.owner.tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert len(network("", demand="{orders: 2 per month}").owner) == 0


def test_too_many_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists that would not fit in memory are refused in words."""
    monkeypatch.setattr(limits, "MOST_SOURCES", 5)
    with pytest.raises(SimnetError, match="sourcing lists have"):
        network(vor("ask: [facing, lateral]"))


def lists(of: Network) -> list[tuple[str, ...]]:
    """Everything that a point meets, by name."""
    found = []
    for number, here in enumerate(of.points):
        site, part = of.site_names[here["site"]], of.part_names[here["part"]]
        for name in of.order_classes:
            row = term(of, site, name, part)
            known = [str(int(row[field])) for field in ("reserve", "queue", "will_fit")]
            found.append((part, site, name, *asked(of, site, name, part), "at", waits_at(of, site, name, part), *known))
        found.append((part, site, *sisters(of, site, part), str(point(of, site, part) == number)))
    return found


WORDS = st.lists(st.sampled_from(["facing", "referral", "lateral", "central"]), unique=True, max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS, WORDS, st.booleans(), st.sampled_from(["dealer", "facing", "central"]), st.integers(1, 3))
def test_shards_meet_the_same(vor_asks: list[str], day_asks: list[str], supplier: bool, wait: str, at: int) -> None:
    """Cut anywhere, every point keeps its lists, its waiting place and its sisters."""
    last = ["supplier"] if supplier else []
    more = (
        f"order_classes: {{vor: {{{FAST}, ask: [{', '.join(vor_asks + last)}], backorder: {wait}}}, "
        f"day: {{{FAST}, ask: [{', '.join(day_asks)}], will_fit: 10 %}}, stock: {{{FAST}, ask: [referral]}}}}\n"
    )
    whole = network(more, lyon="balance: 1 w", gent="allocation: rank")
    halves = [cut(whole, 0, at), cut(whole, at, 3)] if at < 3 else [cut(whole, 0, 1), cut(whole, 1, 2), cut(whole, 2, 3)]
    assert (np.diff(whole.terms["source"]) >= 0).all() if len(whole.terms) else True  # a shard is a slice
    assert lists(whole) == [each for half in halves for each in lists(half)]
    assert sum(len(half.sources) for half in halves) == len(whole.sources)
    assert all((half.sources["point"] < len(half.points)).all() for half in halves)
    assert np.array_equal(np.concatenate([half.sources["lane"] for half in halves]), whole.sources["lane"])
