"""Whether hours, cut-offs and departures can be kept: sites open, lanes leave, a cut-off is within the day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from simnet.errors import clean, shorten
from simnet.scenario.days_off import DaysOff
from simnet.scenario.nodes import Loc
from simnet.scenario.week import Hours, Moments, show_clock
from simnet.units import show_duration

if TYPE_CHECKING:
    from simnet.scenario.checker import Checker
    from simnet.scenario.hours import Shipping
    from simnet.scenario.scenario import Scenario

ALL_WEEK = tuple(range(7))
ROUND_THE_CLOCK = (
    "customers ask round the clock, outside the hours of the dealer too; when: open of their demand keeps to them"
)
_WITHIN = "a cut-off is between opening and closing; write the time of day in the zone of the site"


def check_hours(here: Checker) -> None:
    """Every site works on some day of the run, every lane and release leaves on one, and cut-offs are in the hours."""
    for section, name, site in sites_of(here.scenario):
        days = site.hours.days if site.hours is not None else ALL_WEEK
        if site.holidays and not happens(here.scenario, days, site.holidays):
            message = f"never opens in the run: every day of {site.hours or 'the week'} is a holiday"
            here.problems.add(here.mark(section, name, "holidays"), message, path=(section, name, "holidays"))
    off = {name: site.holidays for _, name, site in sites_of(here.scenario)}
    for loc, source, leaves in _departures(here.scenario):
        if source in off and not happens(here.scenario, leaves.days, off[source]):
            message = f"nothing ever leaves: in the run every {leaves} is a holiday of {shorten(source)}"
            here.problems.add(here.mark(*loc), message, path=loc)
    _check_classes(here)


def _check_classes(here: Checker) -> None:
    open_at = {name: site.hours for name, site in here.scenario.warehouses.items() if site.hours is not None}
    for name, rule in here.scenario.order_classes.items():
        cut_off = rule.cut_off
        if cut_off is not None and open_at and not any(hours.covers(cut_off) for hours in open_at.values()):
            site, hours = next(iter(open_at.items()))
            who = f"warehouse {shorten(site)}" if len(open_at) == 1 else f"every warehouse, such as {shorten(site)}"
            loc: Loc = ("order_classes", name, "cut_off")
            message = f"{show_clock(cut_off)} is outside the hours of {who} ({hours})"
            here.problems.add(here.mark(*loc), message, path=loc, remedy=_WITHIN)
        if rule.release is not None and rule.release.times:
            _check_release(here, name, rule.release)


def _check_release(here: Checker, name: str, release: Moments) -> None:
    for site, place in here.scenario.warehouses.items():
        if not happens(here.scenario, release.days, place.holidays):
            loc: Loc = ("order_classes", name, "release")
            message = f"nothing is ever released: in the run every {release} is a holiday of {shorten(site)}"
            here.problems.add(here.mark(*loc), message, path=loc)
            return


def sites_of(scenario: Scenario) -> Iterator[tuple[str, str, Shipping]]:
    """Section, name and hours of everyone who sends or receives."""
    for section in ("suppliers", "warehouses", "dealers"):
        for name, site in getattr(scenario, section).items():
            yield section, name, site


def _departures(scenario: Scenario) -> Iterator[tuple[Loc, str, Moments]]:
    """Where departures are written, from whom, and when."""
    for source, lanes in scenario.lanes.items():
        for end, lane in lanes.items():
            if lane.departures is not None:
                yield ("lanes", source, end, "departures"), source, lane.departures
            for name, own in lane.classes.items():
                if own.departures is not None:
                    yield ("lanes", source, end, "classes", name, "departures"), source, own.departures


def happens(scenario: Scenario, days: Collection[int], off: DaysOff) -> bool:
    """Whether one of these days of the week comes in the run and is no holiday."""
    run = scenario.run
    return _happens(run.start, run.length.add_to(run.warm_up.add_to(run.start)).date(), tuple(days), off)


@cache
def _happens(start: date, end: date, days: tuple[int, ...], off: DaysOff) -> bool:
    holidays = off.days(start.year, end.year)
    each = (start + timedelta(days=number) for number in range(max((end - start).days, 1)))
    return any(day.weekday() in days and day not in holidays for day in each)


def hours_overlooked(scenario: Scenario) -> Iterator[str]:
    """What is easily overlooked in hours: work of days, departures before opening, last year's holidays."""
    told: dict[str, list[str]] = {}
    for _, name, site in sites_of(scenario):
        for text in _site_remarks(scenario, site):
            told.setdefault(text, []).append(name)
    for name in asked_at(scenario, "any time"):
        if name in scenario.dealers and scenario.dealers[name].hours is not None:
            told.setdefault(ROUND_THE_CLOCK, []).append(name)
    known = {name: site for _, name, site in sites_of(scenario)}
    for _, source, leaves in _departures(scenario):
        early = _too_early(known[source], leaves) if source in known else None
        if early is not None and source not in told.setdefault(early, []):
            told[early].append(source)
    for text, names in told.items():
        more = f" and {len(names) - 2:,} more" if len(names) > 2 else ""
        yield f"{', '.join(clean(name, 30) for name in names[:2])}{more}: {text}"
    sites = {**scenario.warehouses, **scenario.dealers}
    at = asked_at(scenario, "open")
    if at and not any(sites[name].hours or sites[name].holidays for name in at):
        yield "when: open of demand does nothing: no site that is asked has hours"


def asked_at(scenario: Scenario, when: str) -> list[str]:
    """The sites that entries of demand ask, in their opening hours only or at any time."""
    entries = [entry for entry in scenario.demand if getattr(entry, "when", "any time") == when]
    return scenario.sites_at(tuple(dict.fromkeys(at for entry in entries for at in getattr(entry, "at", ()))))


def _site_remarks(scenario: Scenario, site: Shipping) -> Iterator[str]:
    if site.hours is not None:
        longest = max(sum(b - a for day, a, b in site.hours.spans if day == each) for each in site.hours.days)
        for what in ("picking", "receiving"):
            minutes = getattr(site, what, 0)
            if minutes > longest:
                days = f"{minutes / longest:.1f} days of its hours"
                yield f"{what} of {show_duration(minutes)} is working time, at least {days}"
    if site.holidays:
        run = scenario.run
        end = run.length.add_to(run.warm_up.add_to(run.start)).date()
        if not any(run.start <= day < end for day in site.holidays.days(run.start.year, end.year)):
            only = site.holidays.dates and not (site.holidays.yearly or site.holidays.countries)
            yield "no date of its holidays is in the run" if only else "none of its holidays falls into the run"


def _too_early(site: Shipping, leaves: Moments) -> str | None:
    """What is said where nothing asked on a day can leave on that day."""
    hours: Hours | None = site.hours
    if hours is None:
        return None
    opens = {day: min(a for on, a, _ in hours.spans if on == day) for day in hours.days}
    if any(at >= opens[day] + site.picking for day, at in leaves.times if day in opens):
        return None
    return f"departures {leaves} are before anything asked that day is picked; it leaves with the next"
