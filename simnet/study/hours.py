"""Hours said back: who works when and in which zone, and when lots leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simnet.errors import clean
from simnet.scenario.check_hours import sites_of
from simnet.study import words
from simnet.study.sections import DEFAULT, MOST_ROWS
from simnet.units import show_duration

if TYPE_CHECKING:
    from simnet.scenario import Scenario
    from simnet.scenario.hours import Shipping


def hours(scenario: Scenario) -> Iterator[str]:
    """Nothing where nobody keeps hours; else sites of one week together, then departures."""
    weeks: dict[str, list[str]] = {}
    for _, name, site in sites_of(scenario):
        weeks.setdefault(week(site), []).append(name)
    released = any(rule.cut_off is not None or rule.release for rule in scenario.order_classes.values())
    leaves = departures(scenario)
    plain = weeks.pop(f"round the clock{DEFAULT}", [])
    if not (weeks or released or leaves):
        return
    rows = [(words.listed(names, 2), text) for text, names in weeks.items()]
    if plain:
        rows.append((words.listed(plain, 2) if weeks else "all sites", f"round the clock, in UTC{DEFAULT}"))
    yield from words.aligned(rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        yield f"and {len(rows) - MOST_ROWS:,} more kinds of hours"
    for text, pairs in list(leaves.items())[:MOST_ROWS]:
        yield f"{words.listed(pairs, 2)} leaves {text}"
    if released or leaves:
        yield "cut-offs, releases and departures are by the clock of the source"


def week(site: Shipping) -> str:
    """When a site works, in one line."""
    given = site.model_fields_set
    said = [str(site.hours) if site.hours is not None else f"round the clock{DEFAULT}"]
    if site.hours is not None or site.time_zone != "UTC" or site.holidays:
        said.append(f"in {site.time_zone}{'' if 'time_zone' in given else DEFAULT}")
    if site.holidays:
        said.append(f"holidays {site.holidays}")
    for name in ("picking", "receiving"):
        if getattr(site, name, 0):
            said.append(f"{name} {show_duration(getattr(site, name))}")
    return ", ".join(said)


def departures(scenario: Scenario) -> dict[str, list[str]]:
    """Lanes by their departures."""
    found: dict[str, list[str]] = {}
    for source, lanes in scenario.lanes.items():
        for end, lane in lanes.items():
            pair = f"{clean(source, 20)} to {clean(end, 20)}"
            if lane.departures is not None:
                found.setdefault(str(lane.departures), []).append(pair)
            for name, own in lane.classes.items():
                if own.departures is not None:
                    found.setdefault(f"{own.departures} for {clean(name, 20)}", []).append(pair)
    return found
