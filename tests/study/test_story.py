"""The story of a line names every event in order, for each cause; and the traced run is the run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from simnet.engine.records import CAUSES as KNOWN
from simnet.engine.simulate import simulate
from simnet.engine.tracer import trace
from simnet.errors import SimnetError
from simnet.ledger.tally import CAUSES
from simnet.study.life import Life
from simnet.study.retold import retell
from simnet.study.sentences import span
from simnet.study.story import LineStory
from tests.engine.worlds_at_random import RandomWorld
from tests.engine.worlds_mixed import mixed_worlds
from tests.semantics.flowing import HOUR, day, vor
from tests.semantics.flowing import PART as VOR_PART
from tests.semantics.test_law_06_sharing import SISTERS
from tests.semantics.test_law_07_planning import HEAD as EIGHTY_DAYS
from tests.semantics.test_law_07_planning import MANAGED, SELDOM, SOLD
from tests.study.retelling import chain, origin_of, retold, text_of, whats, whole
from tests.worlds import DAY, HEAD, ONE, TWO, Asked

LEAD = 10 * DAY
ALWAYS = "stocking: {default: {policy: base-stock, up_to: 1}}\n"
PART = VOR_PART.replace(", order_class: vor", "")


@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(world=mixed_worlds())
def test_a_traced_run_is_the_run(world: RandomWorld) -> None:
    """Part by part the tracer leaves the tally of the clock without one, and tells every line to its end."""
    network, asked = world.network, world.tape
    plain = simulate(network, asked, engine="simpy").tally
    for part in range(network.parts):
        found = trace(network, asked, part, seed=1, replication=0)
        own, classes = found.points, len(network.order_classes)
        desks = slice(own.start * classes, own.stop * classes)
        assert found.tally is not None
        assert (found.tally.point[own.start : own.stop] == plain.point[own.start : own.stop]).all()
        assert (found.tally.flow[desks] == plain.flow[desks]).all()
        customers = found.customers
        minutes = asked.minute[asked.start[part] : asked.start[part + 1]]
        assert len(customers) == (minutes < network.horizon).sum()
        for line in customers:
            told = [event.what for event in found.events if event.line == line.index]
            assert told[0] == "asked"
            assert {"shelf", "done", "lost", "open"} & set(told)


def test_off_the_shelf() -> None:
    """Nothing lay behind it."""
    found = chain([vor(60)], lyon=1)
    assert whats(found) == ["asked", "shelf"]
    assert LineStory(found, 1).verdict() == "Everything was on the shelf."


def test_not_stocked_here() -> None:
    """Lyon keeps none: its order climbs to the factory, and comes down over Gent and Bonn in fourteen days."""
    found = chain([vor(60)])
    assert whats(found) == [
        "asked", "short", "waits",
        "ordered", "short", "waits",  # Lyon at Bonn, which is out too
        "ordered", "short", "waits",  # Bonn at Gent
        "ordered", "leaves",  # Gent at the factory
        "arrives", "leaves", "arrives", "leaves", "arrives",
        "served", "done", "missed",
    ]  # fmt: skip
    text = text_of(found)
    assert "because lyon does not stock this part" in text
    assert "bonn sends 1 piece to lyon after 12 d" in text
    assert "14 d after it was asked" in text


def test_stocked_but_out() -> None:
    """The one piece is gone; what lyon orders for the line comes after its lead time."""
    found = retold(ONE + PART + ALWAYS, [day(60, 2)])
    assert whats(found) == [
        "asked", "shelf", "short", "waits", "ordered", "leaves", "arrives", "served", "done", "missed",
    ]  # fmt: skip
    assert "only 1 of 2 is on hand, and nothing is on order" in text_of(found)


def test_in_transit() -> None:
    """The lot that serves the line was ordered for the one before it, by a dealer whose level is one."""
    found = retold(ONE + PART + ALWAYS, [day(60), day(DAY)])
    assert LineStory(found, 2).verdict() == "Waited 9 d 1 h: in customs or transit."
    text = text_of(found, 2)
    assert "lyon has 0 on hand, 1 on the road; it orders at 0 up to 1." in text
    assert "On order: 1 piece since Thu 2026-01-01 01:00, on the road, there Sun 2026-01-11 01:00." in text


def test_upstream_out() -> None:
    """Lyon's order waits at Bonn, whose own waits at Gent: the story goes up to the lot that ended all waiting."""
    found = chain([vor(60), vor(61)], lyon=1)
    assert whats(found, 2) == [
        "ordered", "short", "waits", "ordered", "short", "waits", "ordered", "leaves",  # for the line before
        "asked", "short", "waits",
        "arrives", "leaves", "arrives", "leaves", "arrives", "served", "done", "missed",
    ]  # fmt: skip
    text = text_of(found, 2)
    assert "what lyon has on order waits at bonn, which is out too" in text
    assert "lyon has 0 on hand, 1 still to come from bonn; it orders at 0 up to 1." in text
    assert "On order: 1 piece since Thu 2026-01-01 01:00, waiting at bonn." in text
    assert "gent receives 1 piece from the supplier." in text


def test_supplier_late() -> None:
    """The lot comes two days later than planned, and its arrival says so."""
    lead = HEAD.replace("lead_time: 10 d", "lead_time: {table: {2 d: 50 %, 6 d: 50 %}}")
    stories = [retold(ONE + PART + ALWAYS, [day(0), day(5 * DAY)], lead, seed) for seed in range(1, 9)]
    late = [found for found in stories if found.trace.customers[1].short]
    assert late and len(late) < len(stories)
    text = text_of(late[0], 2)
    assert "the shelf is empty, and the supplier's lot is late" in text
    assert "lyon receives 1 piece from the supplier, 2 d later than planned." in text


def test_reserved() -> None:
    """Three lie there, all kept from class `day`."""
    found = chain([day(60, 2)], lyon=3, rule=", reserve: {day: 3}")
    assert "what lies there is kept for better classes" in text_of(found)
    assert LineStory(found, 1).verdict().endswith("reserved.")


def test_down_the_list() -> None:
    """Nice keeps her last piece, Kiel is bare, Turin and Gent give: all of it in the order of asking."""
    found = chain([vor(60, 4)], ask="lateral, referral, central", nice=1, turin=1, gent=9, lyon=1)
    told = [what for what in whats(found) if what in ("shelf", "short", "nothing", "passed", "done")]
    assert told == ["shelf", "short", "nothing", "passed", "nothing", "passed", "done"]
    text = text_of(found)
    assert "nice (lateral) has nothing for the line: it has 1 and keeps 1." in text
    assert "turin (lateral) sends 1 piece for the line, there Thu 2026-01-01 07:00." in text
    assert "kiel (referral) has nothing for the line: its shelf is empty." in text
    assert "gent (central) sends 2 pieces for the line" in text


def test_will_fit_and_lost() -> None:
    """Who takes another make, and who is not waited for."""
    assert "takes another make for 2 pieces" in text_of(chain([vor(60, 2)], ask="facing", vor="will_fit: 100 %"))
    found = chain([vor(60, 2)], ask="facing", vor="unmet: lost", bonn=1)
    assert whats(found)[-2:] == ["lost", "missed"]
    assert "1 piece of the line is lost: its class does not wait." in text_of(found)


def test_lost_patience() -> None:
    """An hour is not enough; the lot that would have come is told."""
    found = chain([vor(60), vor(61)], vor="backorder: dealer, patience: 1 h", lyon=1, bonn=1)
    story = LineStory(found, 2)
    assert story.verdict() == "Gave up, 1 h: lost patience."
    assert [told.event.what for told in story.told() if told.event][-3:] == ["lost", "missed", "arrives"]


def test_it_waits_at_the_facing_warehouse() -> None:
    """Bonn takes the line over and sends it to the customer."""
    text = text_of(chain([vor(60)], ask="facing", vor="backorder: facing"))
    assert "1 piece of the line waits at bonn, first in the queue." in text
    assert "bonn sends 1 piece for the line, there Tue 2026-01-13 07:00." in text


def test_still_open_at_the_end() -> None:
    """The run of thirty days ends first."""
    found = chain([vor(20 * DAY)])
    assert whats(found)[-2:] == ["open", "missed"] or whats(found)[-2:] == ["missed", "open"]
    assert LineStory(found, 1).verdict() == "Still open: not stocked here."


def test_after_the_cut_off() -> None:
    """A line of 16:01 is released the next morning, on the clock of its dealer."""
    text = """
warehouses: {gent: {refilled_by: factory, hours: "mon-fri 08:00-17:00", time_zone: Europe/Brussels}}
dealers: {lyon: {served_by: gent, lead_time: 2 d, time_zone: Europe/Paris}}
order_classes: {vor: {ask: facing, cut_off: "16:00", lead_time: 12 h}}
stocking: {default: {policy: none}, sites: {gent: {policy: base-stock, up_to: 9}}}
"""
    found = retold(text + VOR_PART, [(4 * DAY + 15 * HOUR + 1, "lyon", "filter", 1, "vor")])
    story = LineStory(found, 1)
    assert story.zone == "Europe/Paris"
    assert story.verdict() == f"Found in {span(story.line.done - story.line.minute)}: after cut-off."
    passed = text_of(found)
    assert "released Tue 2026-01-06 08:00" in passed
    assert "it came after the cut-off of the day" in passed
    assert "too late in the day to leave" in passed


def test_every_cause_has_words() -> None:
    """No cause is left without a sentence."""
    from simnet.study.sentences import BECAUSE

    assert set(range(KNOWN)) - set(BECAUSE) == {CAUSES.index("after cut-off"), CAUSES.index("lost patience")}


def test_push_and_balancing() -> None:
    """Who was offered stock, and whom a sister helped."""
    up_to = "policy: min-max, trigger: 0, up_to: "
    stocking = f"stocking: {{sites: {{gent: {{{up_to}5}}, lyon: {{{up_to}4}}, nice: {{{up_to}8}}}}}}\n"
    lines: list[Asked] = [(60, "gent", "filter", 5), (61, "lyon", "filter", 1), (62, "nice", "filter", 6)]
    found = retold(SISTERS.replace("allocation: fair share", "push: true") + PART + stocking, lines)
    assert "nice orders 5 pieces at gent, offered by it" in whole(found)
    found = chain([vor(60, 5)], lyon_is=", balance: 1 w", more=", stock: {lead_time: 1 d}", lyon=4, nice=5, turin=3)
    assert "balanced" in whats(found)
    assert "its sister nice sends" in text_of(found)


def test_plans_and_buy_back() -> None:
    """Levels accepted and refused, what goes back, and what comes."""
    settings = "stocking: {default: {policy: none}, sites: {lyon: {managed: {window: 28 d, every: 1 w}}}}\n"
    found = retold(TWO + SELDOM + settings, [*SOLD, (34 * DAY, "turin", "filter", 1)], EIGHTY_DAYS)
    text = whole(found)
    assert "lyon accepts a proposal: level 0 -> " in text
    assert "back to gent." in text
    assert "back that a site below" in text
    stories = [retold(ONE + SELDOM + MANAGED.format(", accept: 50 %"), SOLD, EIGHTY_DAYS, seed) for seed in range(1, 9)]
    assert any("lyon refuses a proposal" in whole(found) for found in stories)
    listed = "stocking: {default: {up_to: 3, phase_in: {hits: 2, within: 3 d, every: 1 d}, phase_out: 3 d}}\n"
    lines: list[Asked] = [(DAY + 10, "lyon", "filter", 1), (2 * DAY + 10, "lyon", "filter", 1)]
    found = retold(ONE + SELDOM + listed, lines, EIGHTY_DAYS)
    assert "puts the part on its list: level 0 -> 3." in whole(found)
    assert "takes the part off its list: level 3 -> 0." in whole(found)
    assert Life(found).sites()[0].level == "0"


def test_what_was_there_before_minute_0() -> None:
    """An opening debt and an opening lot are told as such."""
    text = ONE + PART + "stocking: {default: {policy: none}}\nopening: opening.csv\n"
    found = retold(text, [], opening="site,part,owed,on_order\nlyon,filter,2,1\n")
    assert "lyon owes customers 2 pieces from before." in whole(found)
    assert "what was owed at minute 0 gets 1 piece at lyon; 1 more to come." in whole(found).replace("What", "what")


def test_the_life_of_a_part() -> None:
    """Sites with their lines, misses with the longest first, and only the days and the site asked for."""
    found = chain([vor(60), vor(61), vor(DAY, 1, "turin")], lyon=1)
    life = Life(found)
    assert [(row.site, row.lines, row.filled, row.waited) for row in life.sites() if row.lines] == [
        ("lyon", 2, 1, 1), ("turin", 1, 0, 1),
    ]  # fmt: skip
    assert [miss.number for miss in life.misses()] == [3, 2]
    only = Life(found, "turin", life.words.moment(DAY).date(), life.words.moment(DAY).date())
    assert [line.number for line in only.lines()] == [3]
    assert all(told.minute // DAY == 1 for told in only.told())


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_line_that_there_is_not(number: int) -> None:
    """Lines are counted from 1."""
    with pytest.raises(SimnetError, match=f"there is no line {number} of 'filter'") as error:
        LineStory(chain([vor(60)], lyon=1), number)
    assert error.value.problems[0].remedy == "lines are 1 to 1"


@pytest.mark.parametrize(("site", "said"), [("lyn", "no site 'lyn'"), ("moon", "no site 'moon'")])
def test_a_site_that_there_is_not(site: str, said: str) -> None:
    """The nearest one is named."""
    with pytest.raises(SimnetError, match=said):
        Life(chain([vor(60)], lyon=1), site)


def test_jobs_name_their_other_lines() -> None:
    """A line of a job says what else is asked with it."""
    text = ONE + "parts: {filter: {cost: 1 EUR, price: 2 EUR}, pump: {cost: 1 EUR, price: 2 EUR}}\n"
    text += "demand: [{jobs: [{orders: 1 per week, parts: {filter: 1, pump: 2}}], at: dealers}]\n" + ALWAYS
    found = retell(origin_of(text), "pump")
    assert "It is one line of a job that also asks 1 of filter." in text_of(found)


def test_parts_that_share_no_jobs_are_cut_apart() -> None:
    """A part is run alone, or with those that it shares jobs with."""
    parts = ", ".join(f"{name}: {{cost: 1 EUR, price: 2 EUR}}" for name in ("a", "b", "c", "d"))
    jobs = "{jobs: [{orders: 1 per week, parts: {b: 1, c: 2}}], at: dealers}"
    text = ONE + f"parts: {{{parts}}}\ndemand: [{jobs}, {{part: [a, d], orders: 1 per week}}]\n" + ALWAYS
    assert {name: retell(origin_of(text), name).network.first_part for name in "abcd"} == {
        "a": 0,
        "b": 1,
        "c": 1,
        "d": 3,
    }
