"""What was written, said back: time, money, sites, lanes, parts, stocking, designs. Needs no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from simnet.errors import clean
from simnet.scenario.spans import CivilSpan
from simnet.study import words
from simnet.units import show_duration, show_money

if TYPE_CHECKING:
    from simnet.scenario import Change, Scenario
    from simnet.study.study import Study

DEFAULT = " *"
"""Stands behind a value that the file does not hold."""
MOST_ROWS, MOST_CHANGES, WIDEST_VALUE = 16, 12, 60


def is_written(scenario: Scenario, *loc: str) -> bool:
    """Whether the file holds a value at a path."""
    here: Any = scenario.written()
    for name in loc:
        if not isinstance(here, Mapping) or name not in here:
            return False
        here = here[name]
    return True


def star(scenario: Scenario, *loc: str) -> str:
    """The mark of a default, unless the file holds the value."""
    return "" if is_written(scenario, *loc) else DEFAULT


def time(scenario: Scenario) -> Iterator[str]:
    """Which days are simulated, and how often."""
    run = scenario.run
    begin = run.warm_up.add_to(run.start)
    last = run.length.add_to(begin) - timedelta(minutes=1)
    if run.warm_up == CivilSpan(run.warm_up.count, "min") and run.warm_up.count == 0:
        yield f"no warm-up{star(scenario, 'run', 'warm_up')}"
    else:
        until = (begin - timedelta(minutes=1)).date()
        yield f"warm-up   {run.start}{star(scenario, 'run', 'start')} to {until} ({run.warm_up})"
    length = f"({run.length}{star(scenario, 'run', 'length')})"
    yield f"measured  {begin.date()} to {last.date()} {length}"
    seed = f"seed {run.seed}{star(scenario, 'run', 'seed')}"
    yield f"{words.count(run.replications, 'replication')}{star(scenario, 'run', 'replications')}, {seed}"
    if run.precision:
        asked = ", ".join(f"{clean(key, 60)} ±{half}" for key, half in run.precision.items())
        most = f"{run.most_replications:,}{star(scenario, 'run', 'most_replications')}"
        yield f"more, at most {most}, until {asked}"


def money(scenario: Scenario) -> Iterator[str]:
    """The currency and what is paid for."""
    costs, currency = scenario.costs, scenario.money
    yield f"in {currency}{star(scenario, 'money')}"
    told = (
        ("holding", f"{words.per_year(costs.holding)} of the stock's cost"),
        ("order", f"{show_money(costs.order, currency)} a replenishment line"),
        ("rush", f"{show_money(costs.rush, currency)} a customer's line passed on"),
        ("backorder", f"{show_money(costs.backorder, currency)} a day and piece owed to a customer"),
        ("transport", f"{words.per_kg(costs.transport, currency)} on lanes without a cost of their own"),
    )
    for name, text in told:
        if getattr(costs, name) or is_written(scenario, "costs", name):
            yield f"{name:<10}{text}"
    nothing = [name for name, _ in told if not getattr(costs, name) and not is_written(scenario, "costs", name)]
    if nothing:
        yield f"no cost of {', '.join(nothing)}{DEFAULT}"


def sites(scenario: Scenario) -> Iterator[str]:
    """Sites by tier, and who refills them."""
    tiers: dict[str, list[str]] = {}
    for site in (*scenario.warehouses, *scenario.dealers):
        tiers.setdefault(scenario.tier_of(site), []).append(site)
    rows = []
    for tier, names in tiers.items():
        sources = Counter(scenario.source_of(name) for name in names)
        rows.append((clean(tier, 20), f"{len(names):,}", words.listed(names, 2), words.listed(sources, 2)))
    if scenario.suppliers:
        rows.insert(0, ("suppliers", f"{len(scenario.suppliers):,}", words.listed(scenario.suppliers, 2), ""))
    named = [(tier, size, names, f"from {above}" if above else "") for tier, size, names, above in rows]
    yield from words.aligned(named, right=(1,))


def lanes(scenario: Scenario) -> Iterator[str]:
    """Lead times and freight, like lanes together."""
    from simnet.network.lanes import supplier_names, way_to

    used = set(supplier_names(scenario))
    suppliers = [name for name in scenario.suppliers if name in used]
    kinds: dict[tuple[str, str, str, str], list[str]] = {}
    shipments: dict[tuple[str, str], list[str]] = {}
    currency = scenario.money
    for site in (*scenario.warehouses, *scenario.dealers):
        source = scenario.source_of(site)
        for seller in suppliers if source == "suppliers" else [source]:
            way = way_to(scenario, site, seller)
            lane = scenario.lane(way.source, site)
            freight = words.per_kg(way.transport, currency) if way.transport else "no freight"
            freight += "" if lane is not None and lane.cost is not None else DEFAULT
            if way.shipment:
                shipments.setdefault((way.source, show_money(way.shipment, currency)), []).append(site)
            mode = "" if lane is None else lane.mode + star(scenario, "lanes", way.source, site, "mode")
            key = (way.source, words.lead_time(way.lead_time), freight, mode)
            kinds.setdefault(key, []).append(site)
    rows = [
        (f"{clean(source, 20)} to {words.listed(there, 1)}", lead, freight, clean(mode, 14))
        for (source, lead, freight, mode), there in kinds.items()
    ]
    yield from words.aligned(rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        yield f"and {len(rows) - MOST_ROWS:,} more kinds of lane"
    for (source, amount), there in list(shipments.items())[:MOST_ROWS]:
        yield f"{amount} a shipment from {clean(source, 20)} to {words.listed(there, 2)}"
    yield from order_terms(scenario)
    own = sum(1 for law in scenario.parts.lead_time if law is not None)
    if own:
        yield f"{words.count(own, 'part')} with an own lead time from the supplier"


def order_terms(scenario: Scenario) -> Iterator[str]:
    """When suppliers take orders, and what these must be worth."""
    told: dict[str, list[str]] = {}
    for name, seller in scenario.suppliers.items():
        if seller.order_every:
            terms = f"orders every {show_duration(seller.order_every)}"
            if seller.minimum_order_value:
                terms += f", of {show_money(seller.minimum_order_value, scenario.money)} or more for all parts together"
            if seller.hold_at_most:
                terms += f", held at most {show_duration(seller.hold_at_most)}"
            told.setdefault(terms, []).append(name)
    for terms, names in list(told.items())[:MOST_ROWS]:
        yield f"{words.listed(names, 2)}: {terms}"
    if len(told) > MOST_ROWS:
        yield f"and {len(told) - MOST_ROWS:,} more terms of orders"


def parts(scenario: Scenario) -> Iterator[str]:
    """How many parts, their classes, what they cost."""
    table = scenario.parts
    if not len(table):
        yield "none"
        return
    classes = Counter(table.part_class)
    named = ", ".join(f"{clean(name, 20)} {size:,}" for name, size in classes.most_common(8))
    more = f" and {len(classes) - 8} more" if len(classes) > 8 else ""
    only = star_of_class(classes)
    yield f"{words.count(len(table), 'part')}" + (only or f" in {len(classes)} classes: {named}{more}")
    cost, price = (words.money_range(column, scenario.money) for column in (table.cost, table.price))
    weight = words.weight_range(table.weight)
    yield f"cost {cost}, price {price}{', weight ' + weight if any(table.weight) else ''}"
    lacking = [
        f"{words.count(sum(1 for value in column if not value), 'part')} without a {name}"
        for name, column in (("cost", table.cost), ("price", table.price), ("weight", table.weight))
        if not all(column)
    ]
    if lacking:
        yield ", ".join(lacking) + ": 0" + DEFAULT


def star_of_class(classes: Mapping[str, int]) -> str:
    """What is said where all parts are of one class."""
    if len(classes) > 1:
        return ""
    name = next(iter(classes))
    return f" of one class, {clean(name, 40)}{DEFAULT if name == 'all' else ''}"


def stocking(scenario: Scenario) -> Iterator[str]:
    """The settings as written, the general ones first."""
    rules = scenario.stocking
    default = rules.default.given()
    rows = [("everywhere", words.setting({"policy": "base-stock" + DEFAULT, **default}))]
    for kind, named in (("tier", rules.tiers), ("class", rules.classes), ("site", rules.sites)):
        rows += [(f"{kind} {clean(name, 24)}", words.setting(each.given())) for name, each in named.items()]
    for number, rule in enumerate(rules.rules, start=1):
        rows.append((f"rule {number}", f"{words.setting(rule.given())}  where {condition(rule.when)}"))
    yield from words.aligned(rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        yield f"and {len(rows) - MOST_ROWS:,} more settings"
    if len(rules.levels):
        yield f"{words.count(len(rules.levels), 'level')} by site and part from a table"
    opening = scenario.opening
    full = f"every site starts full{star(scenario, 'opening')}"
    yield (full if opening is None else f"opening stock of {words.count(len(opening), 'part')} at sites from a table")


def condition(when: Any) -> str:
    """`tier dealer, class z`."""
    told = []
    for name in type(when).model_fields:
        value = getattr(when, name)
        if value is not None:
            shown = value.text if hasattr(value, "text") else " or ".join(map(str, value))
            told.append(f"{name.removeprefix('part_')} {clean(shown, 40)}")
    return ", ".join(told) or "anything"


def designs(study: Study) -> Iterator[str]:
    """Each design and what it changes, old to new."""
    for name in study.designs:
        changes = list(changed(study.scenario.changes(name)))
        yield f"{clean(name, 40)}  {'' if changes else 'as written'}".rstrip()
        yield from (f"  {line}" for line in changes[:MOST_CHANGES])
        if len(changes) > MOST_CHANGES:
            yield f"  and {len(changes) - MOST_CHANGES:,} more changes"
        told = () if name == study.designs[0] else study.design(name).remarks
        yield from (f"  note: {text}" for text in told if text not in study.scenario.remarks)


def remarks(scenario: Scenario) -> Iterator[str]:
    """What to know of the design before its figures."""
    yield from scenario.remarks
    table = scenario.parts
    dear = [name for name, cost, price in zip(table.names, table.cost, table.price, strict=True) if cost > price > 0]
    if dear:
        yield f"{words.count(len(dear), 'part')} with a price below the cost: {words.listed(dear, 3)}"


def histories(scenario: Scenario) -> Iterator[str]:
    """The histories that demand replays: rows and months."""
    told = set()
    for entry in scenario.demand:
        history = getattr(entry, "history", None)
        if history is None or id(history) in told:
            continue
        told.add(id(history))
        used = f"replay {entry.replay}{'' if 'replay' in entry.model_fields_set else DEFAULT}"
        span = words.months(history.first_month, history.months)
        yield f"history of {words.count(len(history), 'line')}, {span}, {used}"


def changed(changes: Sequence[Change]) -> Iterator[str]:
    """Changes in words; the same change of several names is told once."""
    alike: dict[tuple[str, str, str, str], list[str]] = {}
    for change in changes:
        steps = change.path.split(".")
        if change.new is None:
            key = (".".join(steps[:-1]), "", "", "")
        elif len(steps) > 2:
            key = (".".join(steps[:-2]), steps[-1], change.old or "(none)", change.new)
        else:
            key = (change.path, "", change.old or "(none)", change.new)
        alike.setdefault(key, []).append(steps[-1] if change.new is None else steps[-2:][0])
    for (section, last, old, new), names in alike.items():
        where = clean(section, WIDEST_VALUE)
        if not new and not old:
            yield (f"{where}: {words.listed(names, 6)} removed" if where else f"{words.listed(names, 6)} removed")
            continue
        one = len(names) == 1
        path = f"{where}.{clean(names[0], 40) if one else '*'}.{clean(last, 40)}" if last else where
        of = "" if one else f" ({words.listed(names, 3)})"
        yield f"{path}: {clean(old, WIDEST_VALUE)} → {clean(new, WIDEST_VALUE)}{of}"


def expectations(scenario: Scenario) -> Iterator[str]:
    """What the file is held to."""
    yield from words.aligned([(clean(each.kpi, 40), each.limit.text) for each in scenario.expect[:MOST_ROWS]])
