"""What is written and does nothing in this run: times longer than it, classes that nobody asks, shares of nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from simnet.errors import clean
from simnet.scenario.order_classes import STOCK
from simnet.units import YEAR, show_duration

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario
    from simnet.scenario.sites import Dealer, Warehouse

DEAREST = 1.0
"""Share of its cost that holding a piece for a year may cost without a word."""


def pointless(scenario: Scenario) -> Iterator[str]:
    """Sentences about settings without effect."""
    yield from _beyond_the_run(scenario)
    yield from _asked_by_nobody(scenario)
    yield from _kept_for_nobody(scenario)
    yield from _ranks(scenario)
    yield from _nothing(scenario)
    yield from _dear(scenario)


def minutes_of(scenario: Scenario) -> int:
    """The length of the run, warm-up included."""
    run = scenario.run
    end = run.length.add_to(run.warm_up.add_to(run.start))
    return int((end - datetime.combine(run.start, time())).total_seconds()) // 60


def _times(scenario: Scenario) -> Iterator[tuple[str, int, str]]:
    """Every time that may be too long: its path, minutes, and what then does not happen."""
    for section, sites in sites_of(scenario):
        for name, site in sites.items():
            if site.balance is not None:
                yield f"{section}.{name}.balance", site.balance, "nothing is balanced"
    for section, sources in (*sites_of(scenario), ("suppliers", scenario.suppliers)):
        for name, source in sources.items():
            if source.lead_time is not None:
                yield f"{section}.{name}.lead_time", round(source.lead_time.mean), "hardly anything comes"
    for name, seller in scenario.suppliers.items():
        if seller.order_every:
            yield f"suppliers.{name}.order_every", seller.order_every, "it takes orders once, at the start"
    for path, settings in settings_of(scenario):
        if settings.review:
            yield f"{path}.review", settings.review, "stock is looked at once, at its start"
        if settings.managed is not None and settings.managed.on:
            yield f"{path}.managed.every", settings.managed.every, "no level is proposed"
            yield f"{path}.managed.window", settings.managed.window, "what was asked never fills it"
        if settings.phase_in is not None and settings.phase_in.hits:
            yield f"{path}.phase_in.every", settings.phase_in.every, "no list is looked at"
            yield f"{path}.phase_in.within", settings.phase_in.within, "what was asked never fills it"
        if settings.phase_out:
            yield f"{path}.phase_out", settings.phase_out, "no part leaves a list"
    for number, window in enumerate(scenario.run.windows):
        yield f"run.windows.{number}", window, "every line that is served is within it"
    for name, rule in scenario.order_classes.items():
        if rule.need_by:
            yield f"order_classes.{name}.need_by", rule.need_by, "no promise is broken"
        if rule.patience:
            yield f"order_classes.{name}.patience", rule.patience, "nobody gives up"


def sites_of(scenario: Scenario) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Warehouses and dealers, by the section that they stand in."""
    return ("warehouses", scenario.warehouses), ("dealers", scenario.dealers)


def settings_of(scenario: Scenario) -> Iterator[tuple[str, Any]]:
    """All settings of stocking with their paths."""
    stocking = scenario.stocking
    yield "stocking.default", stocking.default
    for section in ("tiers", "classes", "sites"):
        for name, settings in getattr(stocking, section).items():
            yield f"stocking.{section}.{name}", settings
    for number, rule in enumerate(stocking.rules):
        yield f"stocking.rules.{number}", rule


def _beyond_the_run(scenario: Scenario) -> Iterator[str]:
    """Times as long as the run, or longer."""
    run, spans = minutes_of(scenario), scenario.run
    length = f"{spans.warm_up} + {spans.length}" if spans.warm_up.count else f"{spans.length}"
    told: dict[tuple[str, str, str], list[str]] = {}
    for path, minutes, then in _times(scenario):
        if minutes >= run:
            told.setdefault((path.rpartition(".")[2], show_duration(minutes), then), []).append(path)
    for (_, long, then), paths in told.items():
        more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
        yield f"{clean(paths[0], 60)}{more}: {long} is no shorter than the run ({length}), so {then}"


def _asked_by_nobody(scenario: Scenario) -> Iterator[str]:
    """Classes that the file describes and no demand asks."""
    asked = {getattr(entry, "order_class", "") for entry in scenario.demand}
    written = scenario.written().get("order_classes")
    for name in written if isinstance(written, dict) else ():
        if name != STOCK and name not in asked and scenario.demand:
            yield f"no demand is of class {clean(name, 24)}; order_class of an entry of demand says so"


def _kept_for_nobody(scenario: Scenario) -> Iterator[str]:
    """Reserves for better classes that nobody asks."""
    rules = scenario.order_classes
    asked = {getattr(entry, "order_class", "") for entry in scenario.demand} & rules.keys()
    best = min((rules[name].rank for name in (*asked, STOCK)), default=0)
    idle = [
        (path, name)
        for path, settings in settings_of(scenario)
        for name, pieces in (settings.reserve or {}).items()
        if pieces and name in rules and rules[name].rank <= best
    ]
    if idle and scenario.demand:
        path, name = idle[0]
        yield (
            f"{clean(path, 60)}.reserve: no class that is asked is better than {clean(name, 24)}; "
            "what it leaves on the shelf is kept for nobody"
        )


def _ranks(scenario: Scenario) -> Iterator[str]:
    """Customers who come after replenishment, where ranks decide."""
    rules = scenario.order_classes
    sites: tuple[Warehouse | Dealer, ...] = (*scenario.warehouses.values(), *scenario.dealers.values())
    ranked = any(site.allocation == "rank" for site in sites) or any(
        any((settings.reserve or {}).values()) for _, settings in settings_of(scenario)
    )
    asked = {getattr(entry, "order_class", ""): None for entry in scenario.demand}
    for name in asked if ranked else ():
        if name in rules and rules[name].rank > rules[STOCK].rank:
            yield (
                f"customers of {clean(name, 24)} (rank {rules[name].rank}) are served after replenishment "
                f"(stock, rank {rules[STOCK].rank})"
            )


def _dear(scenario: Scenario) -> Iterator[str]:
    """A year's holding that costs more than the piece."""
    yearly = scenario.costs.holding * YEAR
    if yearly > DEAREST:
        yield (f"costs.holding: {100 * yearly:,.0f} % a year of what a piece costs; most companies reckon 15 to 40 %/y")


def _nothing(scenario: Scenario) -> Iterator[str]:
    """Shares and numbers that switch off what they stand in."""
    for path, settings in settings_of(scenario):
        if settings.managed is not None and settings.managed.on and not settings.managed.accept:
            yield f"{clean(path, 60)}.managed: the dealer accepts 0 % of the proposals, so that no level ever changes"
        said = settings.phase_in
        if said is not None and not said.hits and "hits" in said.model_fields_set and _is_written(scenario, path):
            yield f"{clean(path, 60)}.phase_in: with 0 hits every part is listed, as with phase_in: false"
    for name, rule in scenario.order_classes.items():
        if rule.radius == 0:
            yield f"order_classes.{clean(name, 24)}.radius: within 0 km there is no sister"
        full = [kind for kind, share in rule.will_fit.items() if share >= 1]
        if full:
            of = "" if full == ["default"] else f" of class {clean(full[0], 24)}"
            yield f"every customer of {clean(name, 24)} who finds no part{of} buys elsewhere (will_fit 100 %)"


def _is_written(scenario: Scenario, path: str) -> bool:
    """Whether the file says hits by that word, and not `false`."""
    here: Any = scenario.written()
    for step in (*path.split("."), "phase_in"):
        here = here.get(step) if isinstance(here, dict) else here[int(step)] if isinstance(here, list) else None
    return isinstance(here, dict)
