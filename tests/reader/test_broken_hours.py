# ruff: noqa: E501 - one case a line reads as the table it is
"""Broken hours, cut-offs and departures: each is refused with its place, the problem and the remedy."""

from __future__ import annotations

import builtins
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from simnet.errors import SimnetError
from simnet.scenario import load
from simnet.scenario.days_off import parse_holidays
from tests.reader.samples import BASE, changed, loaded, with_dealers, write
from tests.reader.test_broken import Case

GENT = "gent: {tier: central, refilled_by: factory"


def gent(more: str, text: str = BASE) -> str:
    """The base scenario with further keys at the warehouse of Gent."""
    return changed(f"{GENT}}}", f"{GENT}, {more}}}", text)


def lane(more: str, text: str = BASE) -> str:
    """The base scenario with a lane from Gent to Paris."""
    return text + f"lanes: {{gent: {{paris: {{{more}}}}}}}\n"


def orders(more: str, text: str = BASE) -> str:
    """The base scenario with an order class."""
    return text + f"order_classes: {{day: {{{more}}}}}\n"


def every_day(year: int) -> str:
    """All days of a year as holidays."""
    first = date(year, 1, 1).toordinal()
    return ", ".join(date.fromordinal(first + day).isoformat() for day in range(366))


HOURS = [
    Case("hours without days", gent("hours: '08:00-17:00'"), "needs the days before the time, such as 'mon-fri 08:00-17:00'", "network.yaml:8:"),
    Case("hours with a space for a dash", gent("hours: mon-fri 08:00 17:00"), "must be hours such as '08:00-17:00'", "network.yaml:8:"),
    Case("hours of twelve", gent("hours: mon-fri 8am-5pm"), "in 24 hours and minutes, such as '17:00', not '8am'", "network.yaml:8:"),
    Case("hours after midnight", gent("hours: mon-fri 08:00-25:00"), "is no time of day: '25:00'", "network.yaml:8:"),
    Case("minutes of sixty", gent("hours: mon-fri 08:00-16:60"), "is no time of day: '16:60'", "network.yaml:8:"),
    Case("over midnight", gent("hours: mon-fri 22:00-06:00"), "two spans, 'mon-fri 22:00-24:00; tue-sat 00:00-06:00'", "network.yaml:8:"),
    Case("hours that never open", gent("hours: mon-fri 08:00-08:00"), "never opens: '08:00-08:00'", "network.yaml:8:"),
    Case("spans that overlap", gent("hours: [mon-fri 08:00-13:00, wed 12:00-17:00]"), "two spans overlap on wed: 08:00-13:00 and 12:00-17:00", "network.yaml:8:"),
    Case("unknown day", gent("hours: mo-fri 08:00-17:00"), "unknown day 'mo'; did you mean 'mon'?", "network.yaml:8:"),
    Case("hours half", gent("hours: {days: mon-fri, open: 08:00}"), "needs 'close', such as {days: mon-fri, open: 08:00, close: 17:00}", "network.yaml:8:"),
    Case("hours without days in a map", gent("hours: {open: 08:00, close: 17:00}"), "needs 'days'", "network.yaml:8:"),
    Case("unknown key in hours", gent("hours: {days: mon-fri, from: 08:00, close: 17:00}"), "unknown key 'from'", "network.yaml:8:"),
    Case("upside down in a map", gent("hours: {days: mon, open: 17:00, close: 08:00}"), "closes before it opens", "network.yaml:8:"),
    Case("hours of nothing", gent("hours: []"), "is empty; days are due here", "network.yaml:8:"),
    Case("hours as a number", gent("hours: 8"), "needs the days before the time", "network.yaml:8:"),
    Case("unknown zone", gent("time_zone: Europe/Brusels"), "there is no time zone 'Europe/Brusels'; did you mean 'Europe/Brussels'?", "network.yaml:8:"),
    Case("zone by town", gent("time_zone: new york"), "did you mean 'America/New_York'?", "network.yaml:8:"),
    Case("zone by offset", gent("time_zone: '+01:00'"), "zones are named by a town", "network.yaml:8:"),
    Case("zone by country", gent("time_zone: BE"), "there is no time zone 'BE'", "network.yaml:8:"),
    Case("zone out of the folder", gent("time_zone: ../../etc/passwd"), "there is no time zone", "network.yaml:8:"),
    Case("zone misspelled as key", gent("timezone: Europe/Brussels"), "unknown key 'timezone'", "network.yaml:8:", "did you mean 'time_zone'?"),
    Case("holiday by number", gent("holidays: [25/12/2026]"), "must be a day such as 2026-01-31", "network.yaml:8:"),
    Case("holiday that is none", gent("holidays: [2026-02-30]"), "is no day of the calendar", "network.yaml:8:"),
    Case("holiday of every year that is none", gent("holidays: [02-30]"), "is no day of the year", "network.yaml:8:"),
    Case("holiday by name", gent("holidays: christmas"), "must be dates such as 2026-12-25, or a country such as BE, not 'christmas'", "network.yaml:8:"),
    Case("holidays as a map", gent("holidays: {be: 2026-12-25}"), "must be dates such as 2026-12-25", "network.yaml:8:"),
    Case("nothing but holidays", gent(f"holidays: [{every_day(2026)}]", BASE.replace("warm_up: 1 y, length: 2 y", "length: 1 y")), "never opens in the run: every day of the week is a holiday", "network.yaml:8:"),
    Case("no working day but holidays", gent(f"hours: sun 08:00-12:00, holidays: [{every_day(2026)}]", BASE.replace("warm_up: 1 y, length: 2 y", "length: 1 y")), "every day of sun 08:00-12:00 is a holiday", "network.yaml:8:"),
    Case("picking without a unit", gent("picking: 2"), "needs a unit", "network.yaml:8:"),
    Case("receiving that is negative", gent("receiving: -2 h"), "must not be negative", "network.yaml:8:"),
    Case("a supplier receives nothing", changed("factory: {", "factory: {receiving: 2 h, "), "unknown key 'receiving' in suppliers > factory", "network.yaml:6:"),
    Case("cut-off of twelve", orders("cut_off: 5 pm"), "must be a time of day in 24 hours and minutes, such as '17:00', not '5 pm'", "network.yaml:24:"),
    Case("cut-off with seconds", orders("cut_off: 17:00:00"), "must be a time of day", "network.yaml:24:"),
    Case("cut-off in minutes", orders("cut_off: 1020"), "such as '17:00', not '1020'", "network.yaml:24:"),
    Case("cut-off at the end of the day", orders("cut_off: 24:00"), "they go from 00:00 to 23:59", "network.yaml:24:"),
    Case("cut-off outside the hours", orders("cut_off: 18:00", gent("hours: mon-fri 08:00-17:00")), "18:00 is outside the hours of warehouse 'gent' (mon-fri 08:00-17:00)", "network.yaml:24:", "between opening and closing"),
    Case("release without a time", orders("release: mon-fri"), "needs a time of day after the days", "network.yaml:24:"),
    Case("release without days", orders("release: '18:00'"), "needs the days before the time", "network.yaml:24:"),
    Case("release half", orders("release: {days: mon-fri}"), "needs 'at', such as {days: mon-fri, at: 18:00}", "network.yaml:24:"),
    Case("release by a word", orders("release: now"), "unknown day 'now'", "network.yaml:24:"),
    Case("release on holidays only", orders("release: wed 18:00", gent("holidays: [2026-01-07]", BASE.replace("warm_up: 1 y, length: 2 y", "length: 10 d"))), "nothing is ever released: in the run every wed 18:00 is a holiday of 'gent'", "network.yaml:24:"),
    Case("departures without a time", lane("departures: mon-fri"), "needs a time of day after the days", "network.yaml:24:"),
    Case("departures as a span", lane("departures: mon-fri 08:00-17:00"), "must be a time of day", "network.yaml:24:"),
    Case("departures at once", lane("departures: at once"), "unknown day", "network.yaml:24:"),
    Case("departures of an unknown day", lane("departures: monn 08:00"), "did you mean 'mon'?", "network.yaml:24:"),
    Case("departures on holidays only", lane("departures: wed 18:00", gent("holidays: [2026-01-07]", BASE.replace("warm_up: 1 y, length: 2 y", "length: 10 d"))), "nothing ever leaves: in the run every wed 18:00 is a holiday of 'gent'", "network.yaml:24:"),
    Case("departures of a class", lane("classes: {day: {departures: 18:00}}"), "needs the days before the time", "network.yaml:24:"),
    Case("hours in a table", with_dealers(), "unknown day 'mo'", "dealers.csv:2:15", files={"dealers.csv": "dealer,served_by,lead_time,hours,time_zone\nlyon,gent,2 d,mo-fri 09:00-18:00,Europe/Paris\nturin,gent,2 d,,\n"}),
    Case("zone in a table", with_dealers(), "did you mean 'Europe/Paris'?", "dealers.csv:2:", files={"dealers.csv": "dealer,served_by,lead_time,hours,time_zone\nlyon,gent,2 d,mon-fri 09:00-18:00,Paris\nturin,gent,2 d,,\n"}),
]  # fmt: skip
COUNTRIES = [
    Case("unknown country", gent("holidays: XX"), "holidays of a country 'XX' are not known", "network.yaml:8:"),
    Case("unknown region", gent("holidays: BE-ZZ"), "country BE has no region 'ZZ'", "network.yaml:8:"),
]  # fmt: skip


@pytest.mark.parametrize("case", HOURS, ids=lambda case: case.name)
def test_broken_hours_are_explained(case: Case, tmp_path: Path) -> None:
    """One message that names the problem, its place and the remedy."""
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, case.text, case.files))
    text = str(caught.value).replace(f"{tmp_path}/", "")
    assert case.says in text and case.remedy in text, text
    assert any(place.startswith(case.at) for place in re.findall(r"--> (.*)", text)), text
    assert text.count("error: ") == 1, text


@pytest.mark.parametrize("case", COUNTRIES, ids=lambda case: case.name)
def test_unknown_countries_are_explained(case: Case, tmp_path: Path) -> None:
    """The library of the extra says which there are."""
    pytest.importorskip("holidays")
    test_broken_hours_are_explained(case, tmp_path)


def test_a_country_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install, and that dates do without."""
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "holidays":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ValueError, match=re.escape("pip install 'simnet-parts[calendars]'; or list the dates")):
        parse_holidays("BE")
    assert len(parse_holidays(["2026-12-25", "01-01"]).days(2026, 2027)) == 3


def test_hours_are_read_as_written(tmp_path: Path) -> None:
    """Texts, maps and lists mean the same; times of day stay times of day, and NO a country."""
    pytest.importorskip("holidays")
    more = "hours: {days: [mon, tue], open: 08:00, close: 17:00}, time_zone: Europe/Oslo, holidays: [NO, 12-24], picking: 2 h"
    text = orders("cut_off: 16:30, release: {days: mon-fri, at: [06:00, 18:00]}", lane("departures: [mon-thu 18:00, fri 15:00]", gent(more)))
    scenario = loaded(tmp_path, text)
    site, rule = scenario.warehouses["gent"], scenario.order_classes["day"]
    assert (str(site.hours), site.time_zone, str(site.holidays), site.picking) == ("mon, tue 08:00-17:00", "Europe/Oslo", "NO, 1 day", 120)
    assert (rule.cut_off, str(rule.release)) == (990, "mon-fri 06:00, 18:00")
    assert str(scenario.lanes["gent"]["paris"].departures) == "mon-thu 18:00; fri 15:00"
    assert date(2026, 5, 17) in site.holidays.days(2026, 2026)


def test_tables_hold_hours(tmp_path: Path) -> None:
    """The hours of dealers in columns; blank is round the clock, in UTC."""
    table = "dealer,served_by,lead_time,hours,time_zone,holidays,receiving\nlyon,gent,2 d,mon-fri 09:00-18:00,Europe/Paris,2026-07-14;12-25,1 h\nturin,gent,2 d,,,,\n"
    dealers = loaded(tmp_path, with_dealers(), {"dealers.csv": table}).dealers
    assert (str(dealers["lyon"].hours), str(dealers["lyon"].holidays), dealers["lyon"].receiving) == ("mon-fri 09:00-18:00", "2 days", 60)
    assert (dealers["turin"].hours, dealers["turin"].time_zone) == (None, "UTC")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (gent("hours: mon-fri 08:00-17:00, picking: 1 d"), "gent: picking of 1 d is working time, at least 2.7 days of its hours"),
        (gent("holidays: [2025-12-25]"), "gent: no date of its holidays is in the run"),
        (lane("departures: mon-fri 07:00", gent("hours: mon-fri 08:00-17:00")), "gent: departures mon-fri 07:00 are before anything asked that day is picked"),
    ],
)
def test_what_is_overlooked_is_remarked(text: str, says: str, tmp_path: Path) -> None:
    """Nothing wrong, but easily not meant."""
    assert any(says in remark for remark in loaded(tmp_path, text).remarks)


def test_the_cases_are_many() -> None:
    """Each with a name of its own."""
    assert len({case.name for case in [*HOURS, *COUNTRIES]}) == len(HOURS) + len(COUNTRIES) >= 40


def test_editors_take_what_the_reader_takes(tmp_path: Path) -> None:
    """Every way to write hours passes the schema; what is plainly none does not."""
    jsonschema = pytest.importorskip("jsonschema")
    import yaml

    from simnet.scenario.editor import json_schema

    check = jsonschema.Draft202012Validator(json_schema())
    right = [
        gent("hours: mon-fri 08:00-17:00"), gent("hours: 'Mon to Fri 8:00-12:00, 13:00-17:00; sat 09:00-12:00'"),
        gent("hours: {days: [mon, tue], open: '08:00', close: '17:00'}"), gent("hours: [daily, {days: mon}]".replace("daily, ", "")),
        gent("hours: daily"), gent("time_zone: Etc/GMT+5"), gent("holidays: ['2026-12-25', 12-24]"), gent("picking: 2 h"),
        orders("cut_off: '17:00', release: at once"), orders("release: {days: mon-fri, at: '06:00, 18:00'}"),
        lane("departures: [mon-thu 18:00, fri 15:00]"), lane("classes: {day: {departures: daily 06:00}}"),
    ]  # fmt: skip
    wrong = [gent("hours: '08:00'"), gent("hours: {open: '08:00'}"), orders("cut_off: 5 pm"), lane("departures: at once")]
    for number, text in enumerate(right):
        loaded(tmp_path / str(number), text)
    faults = [len(list(check.iter_errors(yaml.load(text, yaml.BaseLoader)))) for text in (*right, *wrong)]
    base = len(list(check.iter_errors(yaml.load(BASE, yaml.BaseLoader))))
    assert [count > base for count in faults] == [False] * len(right) + [True] * len(wrong)
